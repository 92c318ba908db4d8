"""Findings in ut/sammanstallning.xlsx lead to their cells, and no text in it becomes a link or a formula."""

import os
from email.message import EmailMessage
from pathlib import Path

import pytest
from openpyxl.cell.cell import Cell
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.form.definition import sheet_name
from tests.compilation.compiled_rounds import COLUMNS, PLAN, compiled, table, target
from tests.small_rounds import YOUTH, on_linux, own_form, row


def cells(book: Workbook) -> list[Cell]:
    """Every filled cell of the workbook."""
    return [
        cell
        for sheet in book.worksheets
        for line in sheet.iter_rows()
        for cell in line
        if isinstance(cell, Cell) and cell.value is not None
    ]


def test_each_finding_is_a_row_that_links_to_its_file_and_cell(tmp_path: Path) -> None:
    name = "en mapp/Hemtjänst's (2).xlsx"
    inbox = {name: own_form(PLAN, "Hemtjänst", {2: [row("A", end="snart"), row("B", status="?")]})}
    checked, book = compiled(tmp_path, inbox)
    heads, *rows = table(book, "Anmärkningar")
    assert heads == ("Kod", "Grad", "Meddelande", "Fil", "Blad", "Cell", "Skrivet")
    words = {"error": "Fel", "warning": "Varning", "hint": "Tips"}
    assert rows == [
        (f.code, words[f.severity], f.message, f.file, f.sheet, f.cell, f.value)
        for f in checked.findings
    ]
    links = {str(rows[at - 4][0]): target(book["Anmärkningar"].cell(at, 4)) for at in range(4, 8)}
    place = f"'{sheet_name(YOUTH)}'!"
    assert links == {
        "R302": (f"../inkorg/{name}", f"{place}D5"),
        "R305": (f"../inkorg/{name}", f"{place}F6"),
        "U502": ("", ""),
        "U503": ("", ""),
    }
    assert target(book["Inlämningar"].cell(4, 1)) == (f"../inkorg/{name}", "")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("nr #1 100%.xlsx", "nr #1 100%.xlsx"),
        pytest.param(os.fsdecode(b"f\xf6r.xlsx"), "f\ufffdr.xlsx", marks=on_linux, id="no letters"),
    ],
)
def test_a_name_that_no_link_can_hold_stands_in_plain_words(
    name: str, told: str, tmp_path: Path
) -> None:
    inbox = {name: own_form(PLAN, "Hemtjänst", {2: [row("A", end="snart")]})}
    _, book = compiled(tmp_path, inbox)
    for cell in (book["Anmärkningar"].cell(4, 4), book["Inlämningar"].cell(4, 1)):
        assert (cell.value, target(cell)) == (f"inkorg/{told}", ("", ""))


def test_a_finding_inside_a_mail_links_to_the_mail(tmp_path: Path) -> None:
    """A workbook in it cannot be opened by a link."""
    message = EmailMessage()
    message["Subject"] = "Formulär"
    message.set_content("\n")
    data = own_form(PLAN, "Hemtjänst", {2: [row("A", end="snart")]})
    message.add_attachment(data, maintype="application", subtype="octet-stream", filename="a.xlsx")
    _, book = compiled(tmp_path, {"svar.eml": message.as_bytes()})
    cell = book["Anmärkningar"].cell(4, 4)
    assert (cell.value, target(cell)) == ("inkorg/svar.eml/a.xlsx", ("../inkorg/svar.eml", ""))


HOSTILE = [
    "=1+1",
    "{=SUM(A1)}",
    "@SUM(A1)",
    "+1+1",
    "-1-1",
    "http://exempel.se/x",
    "mailto:a@exempel.se",
    "internal:'Aktiviteter'!A1",
    "external:c:/x.xlsx",
    '=HYPERLINK("http://exempel.se","klicka")',
    "=cmd|' /C calc'!A0",
    "<b>&amp;_x000D_</b>",
]


def test_no_text_from_a_unit_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    """In no column and on no sheet; each stands as it was written."""
    rows = [
        row(text, description=text, comment=text, units=text, status=text, start=text)
        for text in HOSTILE
    ]
    inbox = {f"{HOSTILE[0]}.xlsx": own_form(PLAN, "Hemtjänst", {2: rows})}
    _, book = compiled(tmp_path, inbox)
    filled = cells(book)
    formulas = [str(cell.value) for cell in filled if cell.data_type == "f"]
    assert all(text.startswith("=SUM(B") for text in formulas)
    assert len(formulas) == 3
    links = {target(cell)[0] for cell in filled} - {""}
    assert links == {"../inkorg/=1+1.xlsx"}
    heads = {header: at for at, header in enumerate(COLUMNS)}
    shown = table(book, "Aktiviteter")[1:]
    for header in ("Aktivitet", "Beskrivning", "Kommentar"):
        assert {values[heads[header]] for values in shown} == set(HOSTILE)
    quoted = {values[6] for values in table(book, "Anmärkningar") if values[0] == "R305"}
    assert quoted == set(HOSTILE)
