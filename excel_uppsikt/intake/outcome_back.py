"""What came of a file, read back from what `outcome_json.py` wrote, into the very same records.

Nothing is guessed: what is not as it is written there raises `ValueError`.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NoReturn, TypeVar

from excel_uppsikt.findings.catalogue import CATALOGUE
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form.cells import CellError
from excel_uppsikt.intake.mail_text import Written
from excel_uppsikt.intake.outcome import Mail, Outcome
from excel_uppsikt.intake.outcome_json import AS_READ, FIELDS
from excel_uppsikt.intake.table import SheetRows
from excel_uppsikt.model import Entry, Field, FormKind, Goal, Plan, Status, Submission, Values

_TIMES: Mapping[str, Callable[[str], date | time]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
}
# What reading back says of the wrong types in the wrong places.
_MISREAD = (TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError)

T = TypeVar("T")


def read_outcomes(plan: Plan, text: bytes) -> tuple[tuple[Outcome, ...], tuple[str, ...]]:
    """What `outcomes_text` wrote, under the same plan."""
    return _reading(lambda: _Reader(plan).outcomes(json.loads(text)))


def read_sheets(text: bytes) -> tuple[SheetRows, ...]:
    """What `sheets_text` wrote."""
    return _reading(
        lambda: tuple(
            SheetRows(
                _a(str, file),
                _a(str, name),
                _a(str, goal),
                [(_a(int, n), _text(of), tuple(map(_cell_back, cells))) for n, of, cells in rows],
            )
            for file, name, goal, rows in json.loads(text)
        )
    )


def _reading(read: Callable[[], T]) -> T:
    try:
        return read()
    except _MISREAD as error:
        raise ValueError("not what was written") from error


def _cell_back(written: object) -> object:
    match written:
        case ["error", str(word)]:
            return CellError(word)
        case ["timedelta", int(days), int(seconds), int(micros)]:
            return timedelta(days, seconds, micros)
        case [str(kind), str(text)] if kind in _TIMES:
            return _TIMES[kind](text)
        case list() | dict():
            _refuse()
    return written


def _refuse() -> NoReturn:
    raise ValueError("not what was written")


def _a(kind: type[T], value: object) -> T:
    """The value, which is of this kind and of none derived from it."""
    if type(value) is not kind:
        _refuse()
    return value


def _text(value: object) -> str | None:
    return None if value is None else _a(str, value)


def _pair(written: Any) -> tuple[Any, Any]:  # noqa: ANN401  JSON
    first, second = _a(list, written)
    return first, second


def _at(written: object) -> int:
    """A place in a list, from its beginning."""
    at = _a(int, written)
    return at if at >= 0 else _refuse()


def _columns(written: object) -> dict[str, int]:
    return {_field_back(of): _a(int, at) for of, at in map(_pair, _a(list, written))}


def _field_back(written: object) -> str:
    return FIELDS[_at(written)] if isinstance(written, int) else _a(str, written)


def _day(value: object) -> date | None:
    return None if value is None else date.fromisoformat(_a(str, value))


def _mail(written: Any) -> Mail:  # noqa: ANN401  JSON
    file, sender, subject, text, unread, address = _a(list, written)
    said = (_a(str, sender), _a(str, subject), _a(str, text), _a(bool, unread), _a(str, address))
    return Mail(_a(str, file), Written(*said))


class _Reader:
    """Reads outcomes back, with the plan's own goals, statuses and names."""

    def __init__(self, plan: Plan) -> None:
        self._goals: dict[int, Goal] = {goal.number: goal for goal in plan.goals}
        self._statuses: dict[str, Status] = {status.name: status for status in plan.statuses}

    def outcomes(self, written: Any) -> tuple[tuple[Outcome, ...], tuple[str, ...]]:  # noqa: ANN401  JSON
        outcomes, passed_over = _a(list, written)
        names = tuple(_a(str, name) for name in _a(list, passed_over))
        return tuple(map(self._outcome, _a(list, outcomes))), names

    def _outcome(self, written: Any) -> Outcome:  # noqa: ANN401  JSON
        submission, found, unit, unreadable, mail = _a(list, written)
        return Outcome(
            None if submission is None else self._submission(submission),
            tuple(map(self._finding, _a(list, found))),
            _text(unit),
            _a(bool, unreadable),
            None if mail is None else _mail(mail),
        )

    def _submission(self, written: Any) -> Submission:  # noqa: ANN401  JSON
        file, kind, unit, department, saved, proposed, used, completion, sent, columns, rows = (
            written
        )
        places = [_columns(one) for one in _a(list, columns)]
        return Submission(
            file=_a(str, file),
            kind=FormKind(kind),
            unit=_text(unit),
            department=_text(department),
            saved=None if saved is None else datetime.fromisoformat(_a(str, saved)),
            entries=tuple(self._entry(row, places) for row in _a(list, rows)),
            proposed=_a(bool, proposed),
            used=_a(bool, used),
            completion=_a(bool, completion),
            sent={_a(str, made): self._values(values) for made, values in _a(dict, sent).items()},
        )

    def _entry(self, written: Any, places: Sequence[Mapping[str, int]]) -> Entry:  # noqa: ANN401  JSON
        file, sheet, row, said, raw, columns, required, goal, department, made = _a(list, written)
        values = self._values(said)
        return Entry(
            file=_a(str, file),
            sheet=_a(str, sheet),
            row=_a(int, row),
            values=values,
            raw=dict(self._raw(values, raw)),
            columns=places[_at(columns)],
            required=tuple(FIELDS[_at(one)] for one in _a(list, required)),
            goal=self._goals[_a(int, goal)],
            department=_text(department),
            id=_text(made),
        )

    def _raw(self, values: Values, written: object) -> Iterator[tuple[Field, str]]:
        for at, text in map(_pair, _a(list, written)):
            of = FIELDS[_at(at)]
            yield of, _a(str, getattr(values, of) if text == AS_READ else text)

    def _values(self, written: Any) -> Values:  # noqa: ANN401  JSON
        title, units, whole, start, end, description, status, comment = _a(list, written)
        return Values(
            title=_a(str, title),
            units=tuple(_a(str, name) for name in _a(list, units)),
            whole=_a(bool, whole),
            start=_day(start),
            end=_day(end),
            description=_a(str, description),
            status=None if status is None else self._statuses[_a(str, status)],
            comment=_a(str, comment),
        )

    def _finding(self, written: Any) -> Finding:  # noqa: ANN401  JSON
        code, variant, where, value, fields = _a(list, written)
        file, sheet, row, column = _a(list, where)
        place = Place(
            _text(file),
            _text(sheet),
            None if row is None else _a(int, row),
            None if column is None else _a(int, column),
        )
        filled = tuple((_a(str, name), _cell_back(of)) for name, of in map(_pair, _a(list, fields)))
        return Finding(CATALOGUE[_a(str, code)][_a(str, variant)], place, _text(value), filled)
