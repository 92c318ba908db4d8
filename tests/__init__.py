"""Tests of excel_uppsikt, in the wings of the package: each module mirrors one there, or a subject of it.

`small_rounds.py` makes small rounds and `changed_forms.py` forms changed by hand. `corpus/` holds ugly
workbooks and hostile files: `gallery.py` makes them, `gallery_cases.py` says what a case of them is,
`gallery_sheets.py` and `gallery_cells.py` list the cases, and `gallery_hostile.py` lists hostile files.
`corpus/fuzz.py`, with its `mutants.py` and `damage.py`, `corpus/kills.py` and `corpus/worst.py`, with
its `worst_files.py`, are run by themselves, by `make endurance`. `endurance.py` says how many times what
is random is tried there and in the gate, `conftest.py` how hypothesis chooses, and `libreoffice.py` has
the LibreOffice that tests share.
"""
