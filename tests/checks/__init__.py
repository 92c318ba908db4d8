"""Tests of `checks/`: the rules."""
