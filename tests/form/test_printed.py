"""A goal's sheet on paper, by LibreOffice: all rows, in letters that stay as large, no empty page."""

import io
import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from excel_uppsikt.form.values import FormRow
from tests.form.opened_forms import GOAL_SHEETS, opened
from tests.libreoffice import converted, needs_libreoffice
from tests.small_rounds import make_plan, own_form, row

PLAN = make_plan()
LONG = "Vi bjuder in alla medarbetare till hälsosamtal och följer upp det vi kommer överens om. "
# Five rows, forty of long text, and one to go on with, a sheet each.
FILLED: dict[int, list[FormRow]] = {
    1: [row(f"Rad {at}") for at in range(1, 6)],
    2: [row(f"Rad {at} {LONG}", description=LONG * 3, comment=LONG * 3) for at in range(6, 46)],
    3: [row("Rad 46", previous="Pågående enligt plan\nGick bra.", comment="")],
}
# Letters and what is above and below them, of the font that the form is printed in.
LINE = 1.2
_HEADING = re.compile(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">Beskrivning<')
_PAGE = re.compile(r"(?s)<page .*?</page>")
_NUMBER = re.compile(r">Rad</word>\s*<word[^>]*>(\d+)<")


def with_own_columns(data: bytes) -> bytes:
    """The form with a unit's own wide columns, to the right of Kontroll with a column between."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for name in GOAL_SHEETS:
        sheet = book[name]
        sheet["L4"], sheet["L5"], sheet["P20"] = "Ansvarig", f"Enhetschefen {LONG}", "Egen notering"
        sheet.column_dimensions["L"].width = 90
    result = io.BytesIO()
    book.save(result)
    return result.getvalue()


def printed(folder: Path, files: dict[str, bytes]) -> dict[str, list[str]]:
    """The pages of each file, as words with their places."""
    for name, data in files.items():
        (folder / f"{name}.xlsx").write_bytes(data)
    target = converted(folder, [f"{name}.xlsx" for name in files], "pdf")
    program = shutil.which("pdftotext")
    assert program is not None
    pages: dict[str, list[str]] = {}
    for name in files:
        command = [program, "-bbox", str(target / f"{name}.pdf"), "-"]
        text = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()  # noqa: S603  our own file
        pages[name] = _PAGE.findall(text)
    return pages


@needs_libreoffice
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_own_columns_leave_the_print_as_it_is(tmp_path: Path) -> None:
    """The same words in the same places on as many pages: every row, in letters of eight points or more."""
    form = own_form(PLAN, "Hemtjänst", FILLED)
    pages = printed(tmp_path, {"a": form, "b": with_own_columns(form)})
    assert pages["b"] == pages["a"]
    numbers = [list(map(int, _NUMBER.findall(page))) for page in pages["a"]]
    assert numbers[:2] == [[], [1, 2, 3, 4, 5]]
    assert [at for page in numbers[2:-1] for at in page] == list(range(6, 46))
    assert numbers[-1] == [46]
    assert [] not in numbers[1:]
    sizes = [float(low) - float(high) for high, low in _HEADING.findall("".join(pages["a"]))]
    assert len(sizes) == len(pages["a"]) - 1
    assert min(sizes) >= 8 * LINE


def test_what_is_printed_ends_at_kontroll_and_the_forms_last_row() -> None:
    """Or at what was reported the last time; a row inserted above moves the end down."""
    book = opened(own_form(PLAN, "Hemtjänst", FILLED))
    areas = ("$A$1:$H$36", "$A$1:$H$64", "$A$1:$I$36")
    assert [book[name].print_area for name in GOAL_SHEETS] == [
        f"'{name}'!{area}" for name, area in zip(GOAL_SHEETS, areas, strict=True)
    ]
