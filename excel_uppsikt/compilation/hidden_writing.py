"""The compilation's hidden sheets written: what was collected, and what else it takes to read it back."""

from collections.abc import Mapping, Sequence

from excel_uppsikt.compilation import definition
from excel_uppsikt.compilation.choices import kept_choices
from excel_uppsikt.compilation.collected import as_json
from excel_uppsikt.compilation.own import Stored, stored_json
from excel_uppsikt.compilation.own_pages import pages_json
from excel_uppsikt.excel.fitted_sheets import FittedSheet
from excel_uppsikt.excel.writing import Book, write
from excel_uppsikt.language.text import LONGEST_TEXT
from excel_uppsikt.model import Collection, Compilation, Plan


def write_base(
    book: Book,
    plan: Plan,
    compilation: Compilation,
    collection: Collection,
    own_stored: Mapping[str, Stored],
) -> None:
    """The hidden sheets: each row as last collected, deleted ones too, the files used, and whose they are."""
    plain = book.format()
    base = book.sheet(definition.BASE)
    lines = compilation.lines
    rows = [as_json(line.collected, line.choice) for line in lines if line.collected is not None]
    rows += [as_json(activity) for activity in compilation.deleted]
    _write_long(book, base, rows)
    base.hide()
    files = book.sheet(definition.BASE_FILES)
    choices = kept_choices(collection, compilation.use, compilation.contents)
    for at, row in enumerate(choices):
        for place, value in enumerate(row):
            write(files, at, place, value, plain)
    files.hide()
    heard = book.sheet(definition.BASE_HEARD)
    for at, owner in enumerate(sorted(compilation.heard or ())):
        write(heard, at, 0, owner, plain)
    heard.hide()
    own = book.sheet(definition.BASE_OWN)
    _write_long(book, own, [stored_json(*kept) for kept in sorted(own_stored.items())])
    own.hide()
    of_round = book.sheet(definition.BASE_ROUND)
    for at, value in enumerate((plan.settings.year, plan.settings.period)):
        write(of_round, 0, at, value, plain)
    of_round.hide()
    parts = book.sheet(definition.BASE_SAME)
    joined = [line.activity.id for line in lines if line.choice.joined]
    for at, made in enumerate(joined):
        write(parts, at, 0, made, plain)
    parts.hide()


def write_marks(book: Book, sheets: Mapping[str, FittedSheet]) -> None:
    """The hidden sheet with what the sheets that are made anew say, to tell what somebody has added."""
    marks = book.sheet(definition.BASE_PAGES)
    anew = {name: sheets[name].values() for name in definition.MADE_ANEW}
    _write_long(book, marks, [pages_json(name, rows) for name, rows in anew.items()])
    marks.hide()


def _write_long(book: Book, sheet: FittedSheet, texts: Sequence[str]) -> None:
    """Writes a text a row, over as many cells as it takes."""
    for at, text in enumerate(texts):
        for place, start in enumerate(range(0, len(text), LONGEST_TEXT // 2)):
            write(sheet, at, place, text[start : start + LONGEST_TEXT // 2], book.format())
