"""HyperFormula as a second program that computes a form's formulas, where Node and the package are there.

`.ci/run` installs the package into the folder that `UPPSIKT_HYPERFORMULA` names, or `.node` beside the tests.
"""

import io
import json
import os
import re
import shutil
import subprocess
import warnings
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.cell import coordinate_to_tuple

from excel_uppsikt.excel.reading import read_workbook_bytes
from excel_uppsikt.language.dates import serial
from tests.form.opened_forms import formulas

_ROOT = Path(__file__).resolve().parent.parent
_MODULES = Path(os.environ.get("UPPSIKT_HYPERFORMULA") or _ROOT / ".node") / "node_modules"
_SCRIPT = Path(__file__).with_suffix(".js")
_NODE = shutil.which("node")
needs_hyperformula = pytest.mark.skipif(
    _NODE is None or not (_MODULES / "hyperformula").is_dir(),
    reason="Node or HyperFormula is not installed; only LibreOffice computes the formulas",
)

# HyperFormula lays out every cell of a range for each formula that refers to it, used or not.
_WHOLE_COLUMN = re.compile(r"\$([A-Z]+):\$\1(?![\w$(])")
_FAR_DOWN = re.compile(r"(?<=:)(\$[A-Z]+)\$(\d{3,})")

Computed = dict[tuple[str, int, int], object]


def computed(books: Sequence[bytes]) -> list[Computed]:
    """Every formula's value in each workbook, by sheet, row and column (1-based)."""
    assert _NODE is not None
    answer = subprocess.run(  # noqa: S603  our own script
        [_NODE, str(_SCRIPT)],
        input=json.dumps([_as_json(data) for data in books]).encode(),
        capture_output=True,
        check=True,
        timeout=400,
        env={**os.environ, "NODE_PATH": str(_MODULES)},
    )
    return [
        {
            (sheet, int(row), int(column)): value
            for place, value in values.items()
            for sheet, row, column in [place.rsplit("|", 2)]
        }
        for values in json.loads(answer.stdout)
    ]


def _as_json(data: bytes) -> dict[str, object]:
    with warnings.catch_warnings():
        # A number that is no date in a cell for dates, which is read as a number below.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data))
    sheets = {
        sheet.name: [[_cell(value) for value in line] for line in sheet.rows]
        for sheet in read_workbook_bytes(data).sheets
    }
    for (sheet, place), formula in formulas(book).items():
        row, column = coordinate_to_tuple(place)
        lines = sheets[sheet]
        lines += [[] for _ in range(row - len(lines))]
        lines[row - 1] += [None] * (column - len(lines[row - 1]))
        lines[row - 1][column - 1] = formula
    used = max(map(len, sheets.values()))
    sheets = {name: [[_clipped(c, used) for c in line] for line in s] for name, s in sheets.items()}
    names = [
        {"name": name, "expression": f"={defined.attr_text}"}
        for name, defined in book.defined_names.items()
        if name.startswith("lst_")
    ]
    return {"sheets": sheets, "names": names}


def _clipped(cell: object, last: int) -> object:
    """A formula whose ranges end at the last row where any sheet has something; other cells as they are."""
    if not (isinstance(cell, str) and cell.startswith("=")):
        return cell
    whole = _WHOLE_COLUMN.sub(rf"$\1$1:$\1${last}", cell)
    return _FAR_DOWN.sub(lambda match: f"{match[1]}${min(int(match[2]), last)}", whole)


def _cell(value: object) -> object:
    if isinstance(value, datetime):
        day = serial(value.date())
        return (
            day
            + (value - datetime.combine(value.date(), value.min.time())).total_seconds() / 86_400
        )
    if isinstance(value, date):
        return serial(value)
    # An apostrophe keeps text from being read as a formula, a number or a date.
    return f"'{value}" if isinstance(value, str) and value else value or None
