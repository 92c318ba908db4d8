"""Tests of excel_uppsikt. `rounds.py` makes small rounds; each test module mirrors a module."""
