"""Tests of `mail/`: the drafts."""
