"""Tests of `cli/`: the program as a person runs it."""
