"""Tests of `intake/`: the inbox, its files, sheets and rows."""
