"""What came of a file, written as JSON; `outcome_back.py` reads it into the very same records.

What would not come back as it was raises `ValueError`.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.form.cells import CellError
from excel_uppsikt.intake.outcome import Mail, Outcome
from excel_uppsikt.intake.table import SheetRows
from excel_uppsikt.model import Entry, Field, Submission, Values

FIELDS = tuple(Field)
# What stands in a cell is mostly the very text that was read from it.
AS_READ = 1
_PLAIN = (str, int, float, bool, type(None))
_TIMES = (date, datetime, time)


def outcomes_text(outcomes: Sequence[Outcome], passed_over: Sequence[str]) -> bytes:
    """The outcomes of a file and the names passed over there, as one line."""
    return _line([[_outcome(one) for one in outcomes], list(passed_over)])


def sheets_text(sheets: Sequence[SheetRows]) -> bytes:
    """The rows of a file's sheets for the inbox's table, as one line."""
    return _line(
        [
            [
                s.file,
                s.name,
                s.goal,
                [[n, of, [_cell(v) for v in cells]] for n, of, cells in s.rows],
            ]
            for s in sheets
        ]
    )


def _line(what: object) -> bytes:
    text = json.dumps(what, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8")


def _outcome(one: Outcome) -> list[object]:
    submission = one.submission and _submission(one.submission)
    found = [_finding(finding) for finding in one.findings]
    mail = one.mail and _mail(one.mail)
    return [submission, found, one.unreadable_unit, one.unreadable, mail]


def _mail(one: Mail) -> list[object]:
    said = one.written
    return [one.file, said.sender, said.subject, said.text, said.unread, said.address]


def _submission(one: Submission) -> list[object]:
    # All rows of a sheet have the same columns, which stand once.
    columns: list[Mapping[str, int]] = []
    entries: list[object] = []
    for entry in one.entries:
        # In the same order, too, which equality does not tell.
        if not columns or [*columns[-1].items()] != [*entry.columns.items()]:
            columns.append(entry.columns)
        entries.append(_entry(entry, len(columns) - 1))
    return [
        one.file,
        one.kind.value,
        one.unit,
        one.department,
        one.saved and one.saved.isoformat(),
        one.proposed,
        one.used,
        one.completion,
        {made: _values(values) for made, values in one.sent.items()},
        [[[_field(of), at] for of, at in one.items()] for one in columns],
        entries,
    ]


def _field(name: str) -> object:
    """A column's name, or the number of the field that it is of."""
    return FIELDS.index(name) if isinstance(name, Field) else _plain(name)


def _entry(one: Entry, columns: int) -> list[object]:
    raw = [[FIELDS.index(of), _same(one.values, of, text)] for of, text in one.raw.items()]
    required = [FIELDS.index(of) for of in one.required]
    goal, of = one.goal.number, one.department
    return [
        one.file,
        one.sheet,
        one.row,
        _values(one.values),
        raw,
        columns,
        required,
        goal,
        of,
        one.id,
    ]


def _same(values: Values, of: Field, text: str) -> object:
    return AS_READ if getattr(values, of) == text else _plain(text)


def _values(one: Values) -> list[object]:
    start, end = one.start and one.start.isoformat(), one.end and one.end.isoformat()
    status = one.status and one.status.name
    return [one.title, list(one.units), one.whole, start, end, one.description, status, one.comment]


def _finding(one: Finding) -> list[object]:
    place = one.place
    return [
        one.code,
        one.variant.name,
        [place.file, place.sheet, place.row, place.column],
        one.value,
        [[name, _cell(value)] for name, value in one.fields],
    ]


def _cell(value: object) -> object:
    """A cell's value, or one that a finding's text is filled with: plain, or a list with its kind."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if isinstance(value, CellError):
        return ["error", value.word]
    if isinstance(value, timedelta):
        return ["timedelta", value.days, value.seconds, value.microseconds]
    if isinstance(value, date | time) and kind in _TIMES:
        return [kind.__name__, value.isoformat()]
    return _plain(value)


def _plain(value: object) -> object:
    if type(value) in _PLAIN:
        return value
    raise ValueError(f"{type(value)} would not come back as it was")
