"""Rounds over the years: what is kept of each, read back, and compared in a workbook."""
