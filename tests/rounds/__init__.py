"""Tests of `rounds/`: the steps and their files."""
