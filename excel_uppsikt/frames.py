"""Records out as pandas DataFrames, with the names that JSON has: what an analyst expects to get."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.form import values
from excel_uppsikt.form.cells import CellError
from excel_uppsikt.form.definition import BY_FIELD, COLUMNS, ColumnKind
from excel_uppsikt.model import Activity, Entry, Field, Line, Submission

_TEXT, _WHOLE, _DAY, _YES = "string", "Int64", "datetime64[s]", "boolean"
_KINDS = {
    ColumnKind.TEXT: _TEXT,
    ColumnKind.UNITS: _TEXT,
    ColumnKind.STATUS: _TEXT,
    ColumnKind.DATE: _DAY,
}
_PLACE = {"file": _TEXT, "sheet": _TEXT, "row": _WHOLE}
_FIELDS = {column.field.value: _KINDS[column.kind] for column in COLUMNS}
_ENTRIES = {**_PLACE, "unit": _TEXT, "department": _TEXT, "goal": _TEXT, "id": _TEXT, **_FIELDS}
_BEFORE = {"id": _TEXT, "goal": _TEXT, "area": _TEXT, "department": _TEXT}
_AFTER_STATUS = {"stage": _TEXT, "deviation": _YES}
_ACTIVITIES: dict[str, str] = {
    **_BEFORE,
    **{
        name: kind
        for field, kind in _FIELDS.items()
        for name, kind in ({field: kind} | (_AFTER_STATUS if field == Field.STATUS else {})).items()
    },
    "included": _YES,
    "last_reported": _TEXT,
}
_FINDINGS = {
    **dict.fromkeys(("code", "severity", "message", "file", "sheet", "cell", "value"), _TEXT),
    "row": _WHOLE,
    "column": _WHOLE,
}


def cells(table: pd.DataFrame) -> pd.DataFrame:
    """The inbox's table with its places typed, and errors in cells as their own words.

    `file`, `sheet` and `goal` are strings, `row` (1-based) an Int64, `id` a string; each field holds the
    raw values of its cells, as objects: text, numbers, dates, `''` for a blank one.
    """
    known = table.drop(columns="part")
    for field in Field:
        raw = [v.word if isinstance(v, CellError) else v for v in known[field.value]]
        known[field.value] = pd.Series(raw, index=known.index, dtype=object)
    return known.astype({**_PLACE, "goal": _TEXT, "id": _TEXT})


def entries(submissions: Iterable[Submission]) -> pd.DataFrame:
    """The rows of the forms in use: place, whose form it is, goal, the activity's id, and its values."""
    rows = [_entry(s, entry) for s in submissions if s.used for entry in s.entries]
    return _frame(rows, _ENTRIES)


def activities(lines: Sequence[Line]) -> pd.DataFrame:
    """The compilation's activities in its order, those kept out of the report too (`included`)."""
    return _frame([_activity(line) for line in lines], _ACTIVITIES)


def findings(found: Iterable[Finding]) -> pd.DataFrame:
    """The findings, with the keys of JSON and their row and column as numbers (1-based)."""
    rows = [{**f.as_json(), "row": f.place.row, "column": f.place.column} for f in found]
    return _frame(rows, _FINDINGS)


def _frame(rows: Sequence[Mapping[str, Any]], kinds: Mapping[str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(kinds)).astype(dict(kinds))


def _values(of: Entry | Activity) -> dict[str, Any]:
    """The values by field; `units` is blank for a whole department."""
    known = {f.value: values.cell_value(of.values, f) for f in BY_FIELD}
    return known | ({Field.UNITS.value: ""} if of.values.whole else {})


def _entry(submission: Submission, entry: Entry) -> dict[str, Any]:
    return {
        "file": entry.file,
        "sheet": entry.sheet,
        "row": entry.row,
        "unit": submission.unit,
        "department": entry.department,
        "goal": entry.goal.text,
        "id": entry.id,
        **_values(entry),
    }


def _activity(line: Line) -> dict[str, Any]:
    activity, status = line.activity, line.activity.values.status
    return {
        "id": activity.id,
        "goal": activity.goal.text,
        "area": activity.goal.area,
        "department": activity.department,
        **_values(activity),
        "stage": status.stage.value if status else None,
        "deviation": status.deviation if status else None,
        "included": line.choice.reported,
        "last_reported": activity.last_reported or None,
    }
