"""Tests of `language/`: how people write."""
