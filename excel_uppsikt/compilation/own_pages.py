"""What somebody has added on the sheets of a compilation that are made anew: told, since it is not kept.

So are formulas in the program's own cells, of which the values are.

Each sheet is written with marks of its rows and of their texts, and how often each is there. A row without a
mark has been changed, and what is new in it is what was added; rows that have been sorted are as they were.
"""

import json
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path

from excel_uppsikt.compilation import definition
from excel_uppsikt.compilation.table import Table, read_table
from excel_uppsikt.excel.drawings import drawings
from excel_uppsikt.excel.reading import UnreadableError, file_bytes
from excel_uppsikt.excel.workbook import Sheet
from excel_uppsikt.excel.written_formulas import written_formulas
from excel_uppsikt.findings.catalogue.contents import F207
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.language.cells import as_text
from excel_uppsikt.language.text import counted

# With more on a sheet they are told together.
_MOST_BY_THEMSELVES, _MOST_TOLD = 10, 200
_ANY_NUMBER = 1_000_000_000
_MARK = 8
DRAWINGS = "diagram och bilder"
# The texts of a row by column (1-based).
_Texts = Mapping[int, str]
# A sheet's formulas by row and column (1-based).
_Formulas = Mapping[tuple[int, int], str]


def pages_json(name: str, rows: Iterable[Mapping[int, object]]) -> str:
    """The marks of a sheet, as they are kept. `rows` have what was written by column (0-based)."""
    use = definition.USE_COLUMN - 1 if name == definition.SUBMISSIONS else None
    written = [
        {
            column: text
            for column, value in row.items()
            if column != use and (text := as_text(value))
        }
        for row in rows
    ]
    marks = Counter(_mark(*row.values()) for row in written if row)
    texts = Counter(_mark(text) for row in written for text in row.values())
    often = {mark: n for counts in (marks, texts) for mark, n in counts.items() if n > 1}
    return json.dumps([name, "".join(marks), "".join(texts), often], ensure_ascii=False)


def added(file: str, ours: Mapping[str, Sheet]) -> Iterator[Finding]:
    """F207 for what has been added on the program's own sheets since they were written."""
    kept = ours.get(definition.BASE_PAGES)
    for row in kept.rows if kept else ():
        try:
            name, *marks = json.loads("".join(cell for cell in row if isinstance(cell, str)))
            left = _Left(*marks)
        except (ValueError, TypeError, AttributeError):
            continue
        if isinstance(name, str) and name in ours:
            yield from _told(file, ours[name], dict(sorted(_added(name, ours[name], left))))


def _told(file: str, sheet: Sheet, found: Mapping[tuple[int, int], str]) -> Iterator[Finding]:
    place = Place(file, sheet.name)
    if len(found) > _MOST_BY_THEMSELVES:
        words = " | ".join([*found.values()][:_MOST_TOLD])
        yield find(F207.COMPILATION, place.at(*next(iter(found))), words)
        return
    for cell, text in found.items():
        yield find(F207.COMPILATION, place.at(*cell), text)


class _Left:
    """The rows and texts that a sheet was written with and that have not been met since."""

    def __init__(self, rows: str, texts: str, often: Mapping[str, int] | None = None) -> None:
        """By their marks; `often` says how many there are of what there is more than one of."""
        # Compilations from before it was kept tell only what there was none of.
        counts, usual = (often, 1) if often is not None else ({}, _ANY_NUMBER)
        self.rows = {mark: int(counts.get(mark, usual)) for mark in _parts(rows)}
        self.texts = {mark: int(counts.get(mark, usual)) for mark in _parts(texts)}

    def take_row(self, texts: Iterable[str]) -> bool:
        """Whether a row of these texts is left; it is then met, with all its texts."""
        row = tuple(texts)
        if not row or not _take(self.rows, _mark(*row)):
            return False
        for text in row:
            self.take(text)
        return True

    def take(self, text: str) -> bool:
        """Whether a text is left; it is then met."""
        return _take(self.texts, _mark(text))


def _take(left: dict[str, int], mark: str) -> bool:
    found = left.get(mark, 0) > 0
    if found:
        left[mark] -= 1
    return found


def _added(name: str, sheet: Sheet, left: _Left) -> Iterator[tuple[tuple[int, int], str]]:
    """What a sheet has beyond what is `left`, by its cell.

    Rows that are as they were are met first, then those that are so but for one text.
    """
    changed = [
        (number, row) for number, row in _rows(name, sheet) if not left.take_row(row.values())
    ]
    others: list[tuple[int, _Texts]] = []
    for number, row in changed:
        at = next(
            (at for at in sorted(row, reverse=True) if left.take_row(_without(row, at))), None
        )
        if at is None:
            others.append((number, row))
        else:
            yield (number, at), row[at]
    for number, row in others:
        yield from (((number, at), text) for at, text in row.items() if not left.take(text))


def _without(row: _Texts, at: int) -> Iterator[str]:
    return (text for other, text in row.items() if other != at)


def _rows(name: str, sheet: Sheet) -> Iterator[tuple[int, _Texts]]:
    """The rows with something in them, Använd apart in those of files.

    A formula that was never computed is its own text.
    """
    use = _use_column(sheet) if name == definition.SUBMISSIONS else None
    found: dict[int, dict[int, str]] = {}
    for number, cells in enumerate(sheet.rows, 1):
        for at, cell in enumerate(cells, 1):
            if text := as_text(cell):
                found.setdefault(number, {})[at] = text
    for (number, at), word in sheet.problems.items():
        row = found.setdefault(number, {})
        # Of the program's own totals a program that computes nothing saves no value.
        text = word or "="
        own = text == "=" or text.startswith(definition.TOTAL_FORMULA)
        if not (definition.TOTAL in row.values() and own):
            row[at] = text
    for number in sorted(found):
        row = dict(sorted(found[number].items()))
        yield number, {at: text for at, text in row.items() if at != use} or row


def _use_column(sheet: Sheet) -> int | None:
    table = read_table(sheet, (definition.FILE, definition.USE))
    return table.columns[definition.USE] + 1 if table and definition.USE in table.columns else None


def _mark(*texts: str) -> str:
    """A mark of texts, the same when programs have saved odd letters in them in other ways."""
    plain = ("".join(filter(str.isalnum, text)) or text for text in texts)
    joined = "\0".join(plain).encode("utf-8", "replace")
    return blake2b(joined, digest_size=_MARK // 2).hexdigest()


def _parts(marks: str) -> Iterator[str]:
    return (marks[at : at + _MARK] for at in range(0, len(marks), _MARK))


def drawings_told(path: Path, file: str, ours: Mapping[str, Sheet]) -> Iterator[Finding]:
    """F207 for each of the program's sheets with charts or pictures beside those that it has itself."""
    try:
        found = drawings(file_bytes(path))
    except UnreadableError:
        return
    for name, sheet in ours.items():
        if found.get(sheet.name, 0) > (definition.CHARTS if name == definition.OVERVIEW else 0):
            yield find(F207.OWN_SHEET, Place(file, sheet.name), what=DRAWINGS)


def formulas_told(
    path: Path,
    file: str,
    ours: Mapping[str, Sheet],
    table: Table,
    typed_over: Container[tuple[int, int]] = (),
) -> tuple[Finding, ...]:
    """F207 at the first formula of each of the program's columns in Aktiviteter, and of those in Beslut.

    And at each formula in Använd. One that has never been computed is told by itself. `ours` are the
    program's sheets by name, `table` is that of Aktiviteter, and in those of its cells that are `typed_over`
    nothing is told.
    """
    looked = [ours[name] for name in (definition.ACTIVITIES, definition.DECISIONS) if name in ours]
    files = [ours[definition.SUBMISSIONS]] if definition.SUBMISSIONS in ours else []
    try:
        pages = written_formulas(file_bytes(path), (*looked, *files))
    except UnreadableError:
        return ()
    uses = [told for sheet in files for told in _use_formulas(file, sheet, pages)]
    headings = {at + 1 for name, at in table.columns.items() if name in definition.INDEX}
    found: dict[tuple[str, int], list[tuple[int, str]]] = {}
    for sheet in looked:
        main = sheet is ours[definition.ACTIVITIES]
        for (row, column), formula in pages.get(sheet.name, {}).items():
            kept = main and (
                column not in headings or row <= table.header_row or (row, column) in typed_over
            )
            if formula and not kept and (row, column) not in sheet.problems:
                found.setdefault((sheet.name, column), []).append((row, formula))
    alone = _alone(file, ours[definition.ACTIVITIES], pages, table, headings)
    return (*_formulas(file, found), *alone, *uses)


def _alone(
    file: str,
    sheet: Sheet,
    pages: Mapping[str, _Formulas],
    table: Table,
    headings: Container[int],
) -> Iterator[Finding]:
    """F207 for each formula never computed on a row of Aktiviteter that holds nothing else."""
    rows = {number for number, _ in table.rows}
    for (row, column), formula in pages.get(sheet.name, {}).items():
        below = row > table.header_row and row not in rows
        if formula and below and column in headings and (row, column) in sheet.problems:
            yield find(F207.COMPILATION, Place(file, sheet.name).at(row, column), formula)


def _use_formulas(file: str, sheet: Sheet, pages: Mapping[str, _Formulas]) -> Iterator[Finding]:
    """F207 for each formula in Använd, which has been computed."""
    table = read_table(sheet, (definition.FILE, definition.USE))
    found = pages.get(sheet.name, {})
    for number, row in table.rows if table else ():
        at = (number, table.columns[definition.USE] + 1 if table else 0)
        if found.get(at) and at not in sheet.problems:
            name = as_text(row.get(definition.FILE, ""))
            yield find(F207.USE_FORMULA, Place(file, sheet.name).at(*at), found[at], name=name)


def _formulas(
    file: str, found: Mapping[tuple[str, int], list[tuple[int, str]]]
) -> Iterator[Finding]:
    for (sheet, column), formulas in found.items():
        row, formula = formulas[0]
        count = counted(len(formulas), "cell", "celler")
        yield find(F207.FORMULA, Place(file, sheet).at(row, column), formula, count=count)
