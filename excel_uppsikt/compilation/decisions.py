"""The sheet Beslut read: what the committees have decided, and what stands in each cell, read or not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import overload

from excel_uppsikt.compilation.definition import (
    DECISION_DAY,
    DECISION_DEPARTMENT,
    DECISION_INDEX,
    DECISION_OUTCOME,
    DECISION_OWNER,
    DECISION_PARAGRAPH,
    DECISION_REASONS,
)
from excel_uppsikt.excel.reading import UnreadableError, file_bytes
from excel_uppsikt.excel.workbook import CellValue, Sheet
from excel_uppsikt.excel.written_formulas import written_formulas
from excel_uppsikt.findings.catalogue.choices import M609
from excel_uppsikt.findings.catalogue.rows import R309, R311
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form import definition as form
from excel_uppsikt.form.definition import COMMON
from excel_uppsikt.language.cells import as_text
from excel_uppsikt.language.choices import read_choice, read_choices
from excel_uppsikt.language.dates import read_date
from excel_uppsikt.language.text import LONGEST_TEXT, cell_part, fold
from excel_uppsikt.model import DecisionRow, Decisions, Outcome, Plan, Question, Ruling

# Other words that minutes have for an outcome.
_OUTCOMES: Mapping[str, str] = {
    **{fold(outcome): outcome.value for outcome in Outcome},
    **dict.fromkeys(("godkänt", "godkänns", "godkända"), Outcome.APPROVED.value),
    **dict.fromkeys(
        ("återremitterad", "återremitterat", "återremitteras"), Outcome.SENT_BACK.value
    ),
    **dict.fromkeys(
        ("ks", "kommunstyrelsen", "till kommunstyrelsen", "lämnas till ks"), Outcome.TO_BOARD.value
    ),
}
# Where the headings stand that the program writes (0-based).
_HEADER_ROW = 2
_LOOKED_THROUGH = 20


@dataclass(frozen=True, slots=True)
class DecisionsReading:
    """The decisions as read, and what in them could not be."""

    decisions: Decisions = field(default_factory=Decisions)
    findings: tuple[Finding, ...] = ()


def read_decisions(plan: Plan, file: str, sheet: Sheet | None) -> DecisionsReading:
    """What stands on the sheet Beslut, nothing where there is none.

    Every cell below the headings is kept, also what cannot be read, which is told with its cell. A column
    whose heading is lost is known by its place.
    """
    if sheet is None:
        return DecisionsReading()
    header = _header_row(sheet)
    columns, own = _columns(sheet, header)
    reader = _Reader(plan, Place(file, sheet.name), columns)
    rows: list[DecisionRow] = []
    # A formula never computed may stand below all that the sheet is read as.
    last = max(len(sheet.rows), *(row for row, _ in sheet.problems), 0)
    for number in range(header + 2, last + 1):
        cells = sheet.rows[number - 1] if number <= len(sheet.rows) else ()
        kept = {
            place: value
            for at, value in enumerate(_with_problems(sheet, number, cells))
            if as_text(value) and (place := _new_place(at, columns, own)) is not None
        }
        if kept:
            rows.append(reader.read(number, number - header - 2, kept))
    headings = {_new_place(at, columns, own) or 0: text for at, text in own.items()}
    return DecisionsReading(Decisions(tuple(rows), headings), tuple(reader.findings))


@overload
def with_formulas(path: Path, sheet: Sheet) -> Sheet: ...
@overload
def with_formulas(path: Path, sheet: Sheet | None) -> Sheet | None: ...
def with_formulas(path: Path, sheet: Sheet | None) -> Sheet | None:
    """The sheet with the formulas themselves among its problems, where they were never computed."""
    if sheet is None or not sheet.problems:
        return sheet
    try:
        found = written_formulas(file_bytes(path), (sheet,)).get(sheet.name, {})
    except UnreadableError:
        return sheet
    problems = {place: found.get(place) or word or "=" for place, word in sheet.problems.items()}
    return replace(sheet, problems=problems)


def _header_row(sheet: Sheet) -> int:
    """The row of the headings (0-based): the first with two of them, else where they are written."""
    known = set(map(fold, DECISION_INDEX))
    for at, cells in enumerate(sheet.rows[:_LOOKED_THROUGH]):
        if len({fold(as_text(cell)) for cell in cells} & known) > 1:
            return at
    return _HEADER_ROW


def _columns(sheet: Sheet, header: int) -> tuple[dict[int, str], dict[int, str]]:
    """The program's columns by number, and the headings of those of the coordinator's own."""
    known = {fold(name): name for name in DECISION_INDEX}
    heads = [as_text(cell) for cell in (sheet.rows[header] if header < len(sheet.rows) else ())]
    columns: dict[int, str] = {}
    for at, text in enumerate(heads):
        name = known.get(fold(text))
        if name is not None and name not in columns.values():
            columns[at] = name
    for name, at in DECISION_INDEX.items():
        if name not in columns.values() and at not in columns:
            columns[at] = name
    filled = {at for row in sheet.rows[header:] for at, value in enumerate(row) if as_text(value)}
    filled |= {column - 1 for row, column in sheet.problems if row > header}
    return columns, {
        at: heads[at] if at < len(heads) else "" for at in sorted(filled - columns.keys())
    }


def _new_place(at: int, columns: Mapping[int, str], own: Mapping[int, str]) -> int | None:
    """Where a column stands once the sheet is written anew: the coordinator's own after the program's."""
    if at in columns:
        return DECISION_INDEX[columns[at]]
    return len(DECISION_INDEX) + sorted(own).index(at) if at in own else None


def _with_problems(sheet: Sheet, number: int, cells: Sequence[CellValue]) -> Iterator[object]:
    """A row's cells; of one without a value its error, or `=` for a formula that was never computed."""
    problems = {column: word for (row, column), word in sheet.problems.items() if row == number}
    for at in range(1, max(len(cells), *problems, 0) + 1 if problems else len(cells) + 1):
        # A formula never computed may stand beyond all that the sheet is read as.
        value = cells[at - 1] if at <= len(cells) else ""
        yield _Problem(problems[at] or "=") if at in problems else value


class _Problem(str):
    """What a cell shows in place of a value."""

    __slots__ = ()


class _Reader:
    """Reads the rows against the plan, keeping what it finds wrong."""

    def __init__(self, plan: Plan, place: Place, columns: Mapping[int, str]) -> None:
        self.plan, self.place = plan, place
        self.columns = {name: at + 1 for at, name in columns.items()}
        self.findings: list[Finding] = []
        self._number = 0
        self._cells: Mapping[int, object] = {}

    def read(self, number: int, at: int, cells: Mapping[int, object]) -> DecisionRow:
        self._number, self._cells = number, cells
        for header in DECISION_INDEX:
            self._check(header)
        department, outcome = self._department(), self._outcome()
        day = self._day(counts=department is not None and outcome is not None)
        return DecisionRow(
            at=at,
            cells=cells,
            department=department,
            outcome=outcome,
            day=day,
            paragraph=self._text(DECISION_PARAGRAPH),
            reasons=self._text(DECISION_REASONS),
            owners=self._owners(department),
        )

    def _value(self, header: str) -> object:
        value = self._cells.get(DECISION_INDEX[header], "")
        return "" if isinstance(value, _Problem) else value

    def _text(self, header: str) -> str:
        return as_text(self._value(header))

    def _missing(self, header: str, told: Finding) -> None:
        """Tells that nothing stands in a cell, but of one that shows something in place of a value."""
        if not isinstance(self._cells.get(DECISION_INDEX[header]), _Problem):
            self.findings.append(told)

    def _at(self, header: str) -> Place:
        return self.place.at(self._number, self.columns[header])

    def _check(self, header: str) -> None:
        """Tells of a cell without a value, and of one with more in it than a cell can hold."""
        value = self._cells.get(DECISION_INDEX[header], "")
        if isinstance(value, _Problem):
            self.findings.append(find(M609.CELL, self._at(header), value, header=header))
        text = as_text(value)
        if (kept := cell_part(text)) != text:
            over = text[len(kept) :]
            self.findings.append(
                find(R309.CUT, self._at(header), over, header=header, limit=LONGEST_TEXT)
            )

    def _department(self) -> str | None:
        written = self._text(DECISION_DEPARTMENT)
        names = {fold(one.name): one.name for one in self.plan.departments}
        if not written and len(names) == 1:
            return next(iter(names.values()))
        if not written:
            at = self._at(DECISION_DEPARTMENT)
            self._missing(DECISION_DEPARTMENT, find(M609.NO_DEPARTMENT, at))
            return None
        name = names.get(fold(written))
        if name is None:
            at = self._at(DECISION_DEPARTMENT)
            self.findings.append(find(M609.DEPARTMENT, at, written))
        return name

    def _outcome(self) -> Outcome | None:
        written, at = self._text(DECISION_OUTCOME), self._at(DECISION_OUTCOME)
        if not written:
            self._missing(DECISION_OUTCOME, find(M609.NO_OUTCOME, at))
            return None
        reading = read_choice(written, _OUTCOMES)
        if reading.name is None:
            self.findings.append(find(M609.OUTCOME, at, written))
            return None
        if not reading.exact:
            self.findings.append(find(R311.PLAIN, at, written, read=reading.name))
        return Outcome(reading.name)

    def _day(self, *, counts: bool) -> date | None:
        """The day; `counts` is whether the rest of the row does, which is else told of another cell."""
        value, at = self._value(DECISION_DAY), self._at(DECISION_DAY)
        written = as_text(value)
        if not written:
            self._missing(DECISION_DAY, find(M609.NO_DAY if counts else M609.NO_DAY_ALONE, at))
            return None
        reading = read_date(value, year=self.plan.settings.year)
        if reading.value is None or reading.inexact:
            # A month is no day: what stands in minutes and reports is not to be guessed.
            self.findings.append(find(M609.DAY if counts else M609.DAY_ALONE, at, written))
            return None
        return reading.value

    def _owners(self, department: str | None) -> tuple[str, ...]:
        """Whom the row asks, of its department: units, and the department's own form."""
        written = self._text(DECISION_OWNER)
        if not written or department is None:
            return ()
        common = f"{COMMON} {department}"
        departments = [one for one in self.plan.departments if one.name == department]
        names = {
            **form.unit_names(self.plan.units_of(department)),
            **dict.fromkeys(form.whole_choices(departments), common),
            **dict.fromkeys((fold(COMMON), fold(common)), common),
        }
        reading = read_choices(written, names)
        at = self._at(DECISION_OWNER)
        for piece, name in reading.taken:
            self.findings.append(find(R311.PLAIN, at, piece, read=name))
        for piece, _ in reading.unknown:
            self.findings.append(find(M609.OWNER, at, piece, department=department))
        return tuple(dict.fromkeys(reading.names))


def rulings(decisions: Decisions, department: str) -> tuple[Ruling, ...]:
    """What has been decided about a department's report, in order; the last is how it stands.

    Rows of the same outcome and day are one decision. One without a day comes after those above it.
    """
    dated: list[tuple[date, Outcome, DecisionRow]] = []
    last = date.min
    for row in decisions.rows:
        if row.department != department or row.outcome is None:
            continue
        last = row.day or last
        dated.append((last, row.outcome, row))
    made: list[Ruling] = []
    occasion: tuple[date, Outcome] | None = None
    for day, outcome, row in sorted(dated, key=lambda one: one[0]):
        if occasion == (day, outcome):
            made[-1] = _with_row(made[-1], row)
        else:
            made.append(_with_row(Ruling(department, outcome, row.day), row))
        occasion = day, outcome
    return tuple(made)


def _with_row(ruling: Ruling, row: DecisionRow) -> Ruling:
    """The ruling with what another of its rows says."""
    asked = tuple(Question(owner, row.reasons) for owner in row.owners)
    reasons = [ruling.reasons] if ruling.reasons else []
    if not row.owners and row.reasons and row.reasons not in reasons:
        reasons.append(row.reasons)
    return replace(
        ruling,
        day=ruling.day or row.day,
        paragraph=ruling.paragraph or row.paragraph,
        reasons="\n".join(reasons),
        questions=(*ruling.questions, *asked),
    )


def standing(decisions: Decisions, department: str) -> Ruling | None:
    """What has been decided last about a department's report, None where nothing has."""
    return next(iter(rulings(decisions, department)[::-1]), None)


def was_sent_back(decisions: Decisions, department: str) -> bool:
    """Whether a department's report has been sent back at any time, so that the next is a completed one."""
    return any(one.outcome is Outcome.SENT_BACK for one in rulings(decisions, department))
