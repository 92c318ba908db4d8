"""Tests of excel_uppsikt: each test module mirrors a module, or a subject of one that has several.

`rounds.py` makes small rounds and `small_workbooks.py` workbooks of a few cells; `opened_forms.py`,
`changed_forms.py`, `changed_plans.py`, `edited_rounds.py` and `compiled_rounds.py` have what the tests
of one module share. `gallery.py` makes ugly workbooks, and `fuzz.py` and `worst.py` are run by
themselves.
"""
