"""Tests of `word/`: documents without domain."""
