"""Spreadsheets without domain: any received workbook read as plain values, and new ones written."""
