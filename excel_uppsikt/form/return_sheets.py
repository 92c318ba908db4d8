"""A return's own sheets: what to correct, each with a link to its cell, and what stood outside the fields."""

from collections.abc import Sequence
from dataclasses import dataclass

from excel_uppsikt.excel import writing
from excel_uppsikt.excel.fitted_sheets import FittedSheet
from excel_uppsikt.excel.guard.limits import MAX_FAULTS
from excel_uppsikt.excel.tables import body, header
from excel_uppsikt.excel.writing import Book, write
from excel_uppsikt.findings.catalogue.contents import F207
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form import definition
from excel_uppsikt.form.definition import COLUMNS, Form
from excel_uppsikt.form.severities import SEVERITY_COLORS, SEVERITY_WORDS
from excel_uppsikt.form.to_correct import TO_CORRECT
from excel_uppsikt.language.text import LONGEST_TEXT, cell_part, clean, counted


@dataclass(frozen=True, slots=True)
class Item:
    """A finding on the list, with the cell on the fresh form that it is about, if any."""

    finding: Finding
    place: Place | None


def write_to_correct(book: Book, form: Form, items: Sequence[Item], stray: int) -> None:
    """The first sheet: everything to correct, each with a link to its cell, where the stray is, and hints."""
    sheet = book.sheet(definition.TO_CORRECT_SHEET)
    columns = [("Grad", 11), ("Vad som behöver göras", 88), ("Gå till", 50), ("Skrivet", 34)]
    wanted = [item for item in items if item.finding.severity in TO_CORRECT]
    hints = [item for item in items if item.finding.severity not in TO_CORRECT]
    intro = (
        f"{_counts(len(wanted) + stray, len(hints))}. Gör det som står nedan, spara filen och skicka den "
        "igen. Celler som det gäller är markerade i formuläret. Raderna här behöver inte tas bort."
    )
    first = header(book, sheet, f"{definition.TO_CORRECT_SHEET}: {form.owner}", intro, columns)
    at = _write_items(book, sheet, first, wanted[:MAX_FAULTS])
    if stray:
        _write_stray_row(book, sheet, at, stray)
        at += 1
    at = _write_items(book, sheet, at, hints[: max(0, MAX_FAULTS - len(wanted))])
    more = len(items) - MAX_FAULTS
    if more > 0:
        # Excel holds no more than some sixty thousand links, and nobody could read so much.
        words = f"… och {more} till. Rätta det som står ovan och lämna in igen, så visas resten."
        write(sheet, at, 1, words, body(book))


def _counts(wanted: int, hints: int) -> str:
    """How much there is to put right, as the mail with the workbook and every list has it, and the hints."""
    return f"{wanted} att rätta och {hints} tips att se över" if hints else f"{wanted} att rätta"


def _write_items(book: Book, sheet: FittedSheet, first: int, items: Sequence[Item]) -> int:
    """Writes a row for each; returns the next free row."""
    plain = body(book)
    for at, item in enumerate(items, first):
        severity = item.finding.severity
        style = body(book, bold=True, font_color=SEVERITY_COLORS[severity])
        write(sheet, at, 0, SEVERITY_WORDS[severity], style)
        write(sheet, at, 1, item.finding.unit_words, plain)
        _write_link(book, sheet, at, item)
        write(sheet, at, 3, item.finding.value, plain)
    return first + len(items)


def _write_stray_row(book: Book, sheet: FittedSheet, row: int, stray: int) -> None:
    style = body(book, bold=True, font_color=SEVERITY_COLORS[F207.severity])
    write(sheet, row, 0, SEVERITY_WORDS[F207.severity], style)
    words = (
        f"{counted(stray, 'uppgift', 'uppgifter')} stod utanför formulärets fält och tas inte med i "
        "rapporten. Flytta det som ska vara med till rätt kolumn. Annars behövs inget."
    )
    write(sheet, row, 1, words, body(book))
    link = body(book, font_color=writing.ACCENT, underline=1)
    address = f"internal:'{definition.STRAY_SHEET}'!A1"
    writing.done(sheet.write_url(row, 2, address, link, definition.STRAY_SHEET))
    write(sheet, row, 3, "", body(book))


def _write_link(book: Book, sheet: FittedSheet, row: int, item: Item) -> None:
    place = item.place
    if place is None or place.sheet is None or place.column is None:
        write(sheet, row, 2, "", body(book))
        return
    link = body(book, font_color=writing.ACCENT, underline=1)
    address = f"internal:'{place.sheet.replace(chr(39), chr(39) * 2)}'!{place.cell}"
    words = f"{place.sheet}, {COLUMNS[place.column - 1].header} ({place.cell})"
    writing.done(sheet.write_url(row, 2, address, link, words))


def write_stray(book: Book, findings: Sequence[Finding]) -> None:
    """A sheet with what stood outside the form's fields, where there was anything."""
    if not findings:
        return
    sheet = book.sheet(definition.STRAY_SHEET)
    columns = [("Stod på bladet", 40), ("Cell", 9), ("Innehåll", 110)]
    intro = "Det här stod utanför formulärets fält och tas inte med. Flytta det som ska vara med."
    first = header(book, sheet, definition.STRAY_SHEET, intro, columns)
    plain = body(book)
    at = first
    for finding in findings:
        text, done = clean(finding.value or ""), 0
        while done < len(text):
            part = cell_part(text[done : done + LONGEST_TEXT])
            for place, value in enumerate((finding.sheet, finding.cell, part)):
                write(sheet, at, place, value, plain)
            done += len(part)
            at += 1
