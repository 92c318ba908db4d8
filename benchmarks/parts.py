"""What is measured: each part of the program, and what else would do the same, as programs to be timed.

`python -m benchmarks.parts PART PROGRAM FOLDER RUN` runs one of them in a process of its own and prints its
seconds of the processor; what it needs beforehand is made before the clock starts. The program looks for
garbage as seldom as its command line does, and the others as often as Python does by itself, but for those
that are run `SELDOM` too: they gain by it as well.
"""

import contextlib
import gc
import io
import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from benchmarks import forms, imports, page, reading, report
from benchmarks.rounds import ROUND, write_round
from benchmarks.table import SELDOM
from excel_uppsikt.__main__ import NEW_OBJECTS
from excel_uppsikt.cli import commands
from excel_uppsikt.compilation.writing import CompilationContent, compilation_workbook
from excel_uppsikt.form.definition import COLUMNS
from excel_uppsikt.form.templates import form_files
from excel_uppsikt.form.values import cell_value
from excel_uppsikt.model import Collection, Compilation, Line, Plan
from excel_uppsikt.round_paths import INBOX, READ_FILES, STANDING_FILE
from excel_uppsikt.word import pages
from samples.build import sample_plan

ACTIVITIES = 5_000
# In a program's place: what a part reads is made.
MAKE = "make"
Program = Callable[[], object]
# The program itself, under the names that it is measured by.
_OWN = ("excel_uppsikt", "first time", "unchanged")


def folder_of(part: str, folder: Path, run: int) -> None:
    """Makes what a part reads in a folder, before any of its programs."""
    if part in ("reading", "checking"):
        made = folder / f"{part}-{run}" / INBOX
        made.mkdir(parents=True)
        for name, data in reading.filled(_plan_of(part), run):
            (made / name).write_bytes(data)
    elif part.startswith(("status", "run")):
        made = folder / part
        if not made.exists():
            write_round(made, int(part.partition(" ")[2]))
    if part in ("imports", "run 6"):
        imports.write_loaded(folder)


def program_of(part: str, program: str, folder: Path, run: int) -> Program:
    """A program of a part, ready to be timed."""
    if part.startswith(("status", "run")):
        return _of_round(part, program, folder / part)
    plan = _plan_of(part)
    made = folder / f"{part}-{run}"
    ready: Mapping[tuple[str, str], Callable[[], Program]] = {
        ("forms", "excel_uppsikt"): lambda: lambda: list(form_files(plan)),
        ("forms", "openpyxl"): lambda: _forms_by_openpyxl(plan),
        ("reading", "excel_uppsikt"): lambda: lambda: reading.by_program(plan, made),
        ("reading", "pandas + openpyxl"): lambda: lambda: reading.by_pandas(made),
        ("reading", "pandas + calamine"): lambda: lambda: _by_pandas_calamine(made),
        ("reading", "calamine alone"): lambda: lambda: reading.by_calamine(made),
        ("checking", "excel_uppsikt"): lambda: lambda: reading.by_program(plan, made),
        ("checking", "frictionless"): lambda: _by_frictionless(plan, made),
        ("compiling", "excel_uppsikt"): lambda: _compiling(plan),
        ("compiling", "pandas + xlsxwriter"): lambda: _to_excel(plan),
        ("report", "excel_uppsikt"): lambda: _report(plan),
        ("report", "docxtpl"): lambda: _docxtpl(plan),
        ("report", "python-docx"): lambda: _python_docx(plan),
    }
    return ready[part, program]()


def _plan_of(part: str) -> Plan:
    """The plan that a part reads forms of: a whole round's, or the sample's where others take a minute."""
    return reading.round_plan() if part == "reading" else sample_plan(ROUND)


def _forms_by_openpyxl(plan: Plan) -> Program:
    given = [forms.contents(data) for _, _, data in form_files(plan)]
    return lambda: [forms.by_openpyxl(sheets, names) for sheets, names in given]


def _by_pandas_calamine(folder: Path) -> int:
    paths = sorted((folder / INBOX).iterdir())
    return sum(len(pd.read_excel(path, sheet_name=None, engine="calamine")) for path in paths)


def _by_frictionless(plan: Plan, folder: Path) -> Program:
    from benchmarks import checking  # only here, an extra

    faults = checking.faults_by_program(plan, folder)
    return lambda: checking.by_frictionless(plan, folder, faults)


def _compiling(plan: Plan) -> Program:
    given = report.activities(plan, ACTIVITIES)
    compilation = Compilation(tuple(Line(activity, activity) for activity in given))
    content = CompilationContent(plan, compilation, Collection(), (), (), (), frozenset())
    return lambda: compilation_workbook(content)


def _to_excel(plan: Plan) -> Program:
    rows = [
        {
            "Verksamhet": activity.department,
            "Mål": activity.goal.text,
            **{column.header: cell_value(activity.values, column.field) for column in COLUMNS},
            "Id": activity.id,
        }
        for activity in report.activities(plan, ACTIVITIES)
    ]
    frame = pd.DataFrame(rows)
    return lambda: frame.to_excel(io.BytesIO(), engine="xlsxwriter", index=False)


def _report(plan: Plan) -> Program:
    given = report.activities(plan, ACTIVITIES)
    return lambda: report.by_program(plan, given)


def _docxtpl(plan: Plan) -> Program:
    given = report.activities(plan, ACTIVITIES)
    template, context = report.docxtpl_template(), report.contents(plan, given)
    return lambda: report.by_docxtpl(template, context)


def _python_docx(plan: Plan) -> Program:
    given = report.activities(plan, ACTIVITIES)
    return lambda: report.by_python_docx(plan, given)


def _of_round(part: str, program: str, folder: Path) -> Program:
    """A command on a whole round, without LibreOffice, which is a program of its own."""
    pages.libreoffice = lambda: None
    if part.startswith("run"):
        copy = imports.copy_of(folder)
        return lambda: commands.run(copy)
    if program == "first time":
        for kept in (READ_FILES, STANDING_FILE):
            (folder / kept).unlink(missing_ok=True)
    return lambda: commands.status(folder)


def main() -> None:
    """Runs one program and prints its seconds."""
    part, program, folder, run = sys.argv[1:]
    if program == MAKE:
        folder_of(part, Path(folder), int(run))
        return
    if part.startswith("page"):
        print(json.dumps(page.PROGRAMS[part, program]()))
        return
    if program in _OWN or program.endswith(SELDOM):
        gc.set_threshold(NEW_OBJECTS)
    ready = program_of(part, program.removesuffix(SELDOM), Path(folder), int(run))
    with (
        Path(os.devnull).open("w", encoding="utf-8") as nowhere,
        contextlib.redirect_stdout(nowhere),
    ):
        start = time.process_time()
        ready()
        seconds = time.process_time() - start
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()
