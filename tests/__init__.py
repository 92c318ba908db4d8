"""Tests of excel_uppsikt: each test module mirrors a module, or a subject of one that has several.

`rounds.py` makes small rounds, `small_workbooks.py` workbooks of a few cells, and `changed_forms.py`
forms changed by hand; `opened_forms.py`, `changed_plans.py`, `edited_rounds.py` and
`compiled_rounds.py` have what the tests of one module share. `gallery.py` makes ugly workbooks:
`gallery_cases.py` says what a case of them is, `gallery_sheets.py` and `gallery_cells.py` list the
cases, and `gallery_hostile.py` lists hostile files. `fuzz.py` and `worst.py`, with its
`worst_files.py`, are run by themselves.
"""
