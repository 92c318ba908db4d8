"""A new round's plan made of the last one's workbook: what goes on, what is left to fill in, what stays.

Cells go on as they were written, also those that cannot be read: the new plan's own findings tell of
them, and nothing is lost on the way.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from excel_uppsikt.excel.workbook import CellValue, Sheet, Workbook
from excel_uppsikt.language.cells import as_text, cell_name
from excel_uppsikt.language.text import fold
from excel_uppsikt.plan import definition as plan_form
from excel_uppsikt.plan.cells import parse
from excel_uppsikt.plan.default_texts import DEFAULT_TEXTS
from excel_uppsikt.plan.definition import LAST_TIME, PlanSheet, Setting, ValueKind
from excel_uppsikt.plan.table import find_header
from excel_uppsikt.plan.writing import RENEWED, OwnSheet, Page, plan_workbook

_LONGEST_NAME = 31
# A plan without these sheets gets a new plan's.
_DEFAULTS = {
    plan_form.STATUSES.name: Page(plan_form.DEFAULT_STATUSES),
    plan_form.TEXTS.name: Page(DEFAULT_TEXTS),
}


@dataclass(frozen=True, slots=True)
class CarriedPlan:
    """The new plan's workbook, and what of the last one is otherwise in it, in words for the coordinator.

    `own` are columns and sheets of the coordinator's own, which stand in the new plan as values;
    `former` each unit with the former names that it had; `left` what stood outside the tables, by place;
    `missing` the sheets that there were not, which are as in a blank plan.
    """

    data: bytes
    own: tuple[str, ...]
    former: tuple[tuple[str, str], ...]
    left: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]


@dataclass(slots=True)
class _Told:
    own: list[str] = field(default_factory=list)
    former: list[tuple[str, str]] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def carry_plan(last: Workbook, previous: str) -> CarriedPlan:
    """The plan of the round after `last`; `previous` is the path of the last compilation, '' for none."""
    told = _Told()
    sheets = {fold(sheet.name): sheet for sheet in last.sheets}
    pages: dict[str, Page] = {}
    for definition in plan_form.SHEETS:
        sheet = sheets.get(fold(definition.name))
        if sheet is None:
            told.missing.append(definition.name)
            blank = _blank_settings(previous) if definition is plan_form.ROUND else Page()
            pages[definition.name] = _DEFAULTS.get(definition.name, blank)
        elif definition is not plan_form.ROUND:
            pages[definition.name] = _page(_Source(definition, sheet, told), told)
        else:
            pages[definition.name] = _settings(_Source(definition, sheet, told), previous)
    used = {id(sheets.get(fold(definition.name))) for definition in plan_form.SHEETS}
    names = [definition.name for definition in plan_form.SHEETS]
    own: list[OwnSheet] = []
    for sheet in last.sheets:
        if id(sheet) not in used:
            name = _sheet_name(sheet.name, names)
            names.append(name)
            told.own.append(f"bladet ”{name}”")
            notes = {(row - 1, column - 1): text for (row, column), text in sheet.notes.items()}
            cells = [[_as_written(value) for value in row] for row in sheet.rows]
            own.append(OwnSheet(name, cells, notes, sheet.visible))
            _leave(told, sheet, _without_place(sheet))
    data = plan_workbook(pages, own)
    return CarriedPlan(
        data, tuple(told.own), tuple(told.former), tuple(told.left), tuple(told.missing)
    )


class _Source:
    """A sheet of the last plan: its rows with any content, by heading, and its own columns."""

    def __init__(self, definition: PlanSheet, sheet: Sheet, told: _Told) -> None:
        self.definition, self.sheet = definition, sheet
        self.header_row, self.columns = find_header(definition, sheet)
        below = sheet.rows[self.header_row :]
        widest = max(map(len, below), default=0)
        known = set(self.columns.values())
        self.own = [
            at
            for at in range(widest)
            if at not in known and any(as_text(row[at]) for row in below if at < len(row))
        ]
        self.headings = tuple(_text(below[0], at) for at in self.own) if below else ()
        told.own += [
            f"kolumnen {f'”{heading}”' if heading else 'utan rubrik'} på bladet {definition.name}"
            for heading in self.headings
        ]
        lines = (definition.name, definition.intro, f"{definition.intro} {RENEWED}")
        intro = set(map(fold, lines))
        above = {
            (row, at): as_text(value)
            for row, cells in enumerate(sheet.rows[: self.header_row], 1)
            for at, value in enumerate(cells, 1)
            if as_text(value) and fold(as_text(value)) not in intro
        }
        notes = {at: text for at, text in sheet.notes.items() if at[0] <= self.header_row + 1}
        _leave(told, sheet, above | notes | _without_place(sheet))

    def rows(self) -> Iterator[tuple[int, tuple[CellValue, ...]]]:
        """The rows below the headings that hold anything, each by its number (1-based)."""
        kept = set(self.columns.values()) - {self.columns.get(LAST_TIME.header)} | set(self.own)
        noted = {row for row, _ in self.sheet.notes}
        below = self.sheet.rows[self.header_row + 1 :]
        for number, cells in enumerate(below, self.header_row + 2):
            if number in noted or any(_text(cells, at) for at in kept):
                yield number, cells

    def value(self, cells: Sequence[CellValue], header: str) -> CellValue:
        """What stands under a heading, '' where there is no such column."""
        at = self.columns.get(header)
        return "" if at is None or at >= len(cells) else cells[at]

    def more(self, cells: Sequence[CellValue]) -> list[object]:
        """What stands in the own columns."""
        return [_as_written(cells[at]) if at < len(cells) else None for at in self.own]

    def notes(self, number: int, headers: Sequence[str]) -> dict[int, str]:
        """The notes on a row's cells, by the new plan's column (0-based)."""
        places = {self.columns[h]: at for at, h in enumerate(headers) if h in self.columns}
        places |= {at: len(headers) + n for n, at in enumerate(self.own)}
        return {
            places.get(column - 1, 0): text
            for (row, column), text in self.sheet.notes.items()
            if row == number
        }


def _page(source: _Source, told: _Told) -> Page:
    """A sheet of one row each: as it was, but for former names and what is new each round."""
    definition = source.definition
    renewed = definition.renewed
    headers = [column.header for column in definition.columns]
    beside = (LAST_TIME.header,) if renewed else ()
    rows: list[list[object]] = []
    notes: dict[tuple[int, int], str] = {}
    for number, cells in source.rows():
        row: list[object] = []
        before = ""
        for column in definition.columns:
            value = source.value(cells, column.header)
            if column.new_each_round:
                before = _before(value, column.kind, since_1904=source.sheet.since_1904)
                row.append(None)
            elif column.header == plan_form.FORMER_NAMES:
                if as_text(value):
                    told.former.append(
                        (_text(cells, source.columns.get("Enhet", 0)), as_text(value))
                    )
                row.append(None)
            else:
                row.append(_as_written(value))
        on_row = source.notes(number, [*headers, *beside])
        notes |= {(len(rows), at): text for at, text in on_row.items()}
        rows.append([*row, *([before] if renewed else []), *source.more(cells)])
    return Page(rows, (*beside, *source.headings), notes)


def _settings(source: _Source, previous: str) -> Page:
    """The sheet Omgång: the settings in their order, then the rows that are none of them."""
    value, name = plan_form.ROUND.columns[1].header, plan_form.ROUND.columns[0].header
    found: dict[str, tuple[int, tuple[CellValue, ...]]] = {}
    others: list[tuple[int, tuple[CellValue, ...]]] = []
    known = {fold(setting.name) for setting in plan_form.SETTINGS}
    for number, cells in source.rows():
        key = fold(as_text(source.value(cells, name)))
        if key in known and key not in found:
            found[key] = number, cells
        else:
            others.append((number, cells))
    said = {key: source.value(cells, value) for key, (_, cells) in found.items()}
    headers = [*(column.header for column in plan_form.ROUND.columns), LAST_TIME.header]
    rows: list[list[object]] = []
    notes: dict[tuple[int, int], str] = {}

    def add(row: list[object], number: int, cells: Sequence[CellValue]) -> None:
        notes.update({(len(rows), at): text for at, text in source.notes(number, headers).items()})
        rows.append([*row, *source.more(cells)])

    for setting in plan_form.SETTINGS:
        number, cells = found.get(fold(setting.name), (0, ()))
        now, before = _setting(setting, said, previous, since_1904=source.sheet.since_1904)
        add([setting.name, now, setting.explanation, before], number, cells)
    for number, cells in others:
        add([*(_as_written(source.value(cells, h)) for h in headers[:3]), None], number, cells)
    return Page(rows, (LAST_TIME.header, *source.headings), notes)


def _blank_settings(previous: str) -> Page:
    settings = [(s, previous if s.field == "previous" else s.default) for s in plan_form.SETTINGS]
    return Page([(setting.name, value, setting.explanation) for setting, value in settings])


def _setting(
    setting: Setting, said: Mapping[str, CellValue], previous: str, *, since_1904: bool
) -> tuple[object, str]:
    """What the new plan says, and what stands beside it of the last round."""
    value = said.get(fold(setting.name))
    if setting.field == "previous":
        return previous, ""
    if value is None:
        return setting.default, ""
    if setting.new_each_round:
        before = _before(value, setting.kind, since_1904=since_1904)
        year = as_text(said.get(fold("År"), "")) if setting.field == "period" and before else ""
        return None, f"{before} {year}".strip()
    return _as_written(value), as_text(value) if setting.kind is ValueKind.YEAR else ""


def _before(value: CellValue, kind: ValueKind, *, since_1904: bool) -> str:
    """What stood in a cell, a date as one also where it had lost its format."""
    written = as_text(value)
    read = parse(value, written, kind, 2000, since_1904=since_1904) if written else None
    return read.isoformat() if isinstance(read, date) else written


def _as_written(value: CellValue) -> object:
    """A cell's value as it can be written again."""
    if isinstance(value, bool) or (isinstance(value, float) and not math.isfinite(value)):
        return as_text(value)
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, date) and not (isinstance(value, datetime) and value.time() != time()):
        return value
    return as_text(value)


def _text(cells: Sequence[CellValue], at: int) -> str:
    return as_text(cells[at]) if at < len(cells) else ""


def _without_place(sheet: Sheet) -> dict[tuple[int, int], str]:
    """What stands in no row as read: far outside the tables, or without a value."""
    lost = {at: word.strip("=") or "formel utan värde" for at, word in sheet.problems.items()}
    return {**sheet.far, **lost}


def _leave(told: _Told, sheet: Sheet, texts: Mapping[tuple[int, int], str]) -> None:
    told.left += [
        (f"bladet {sheet.name}, cell {cell_name(*at)}", text) for at, text in sorted(texts.items())
    ]


def _sheet_name(name: str, taken: Sequence[str]) -> str:
    """A sheet's name as Excel takes it, and as no other sheet has it."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", name).strip(" '") or "Blad"
    kept, number = plain[:_LONGEST_NAME], 1
    while fold(kept) in map(fold, taken):
        number += 1
        kept = f"{plain[: _LONGEST_NAME - len(str(number)) - 3]} ({number})"
    return kept
