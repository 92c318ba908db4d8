"""Tests of `excel/`; `small_workbooks.py` makes workbooks of a few cells."""
