"""The Kontroll column: a live formula saying what a row lacks, and the same answer in Python.

The formula keeps to functions of Excel 2007 in their English names, which every program recalculates;
the answer in Python is written beside it as its value, so that previews show the truth too.
"""

import math
import re
from datetime import date

from excel_uppsikt.form.definition import header, required_fields
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.language.cells import as_text
from excel_uppsikt.model import Field, FormKind, Plan

DONE = "✔ Klar"
MISSING = "Saknas: "
UNREADABLE_DATE = "Ett datum går inte att läsa"
END_BEFORE_START = "Slutdatum ligger före startdatum"
UNKNOWN_STATUS = "Statusen finns inte i listan"
NEEDS_COMMENT = "Statusen kräver en kommentar"

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_MARKS = "-–—."
_NO_MARKS = str.maketrans(dict.fromkeys(_MARKS))
STATUS_NAMES = "lst_statusar"
COMMENT_NAMES = "lst_kommentar"
UNIT_NAMES = "lst_enheter"


def outside(plan: Plan) -> str:
    """What Kontroll says of a date outside the round's allowed dates."""
    return f"Datum utanför {plan.settings.first_date}–{plan.settings.last_date}"


def said(cells: str) -> str:
    """How much a title or comment says: its length without the dashes and dots that say nothing."""
    text = f"CLEAN({cells})"
    for mark in _MARKS:
        text = f'SUBSTITUTE({text},"{mark}","")'
    return f"LEN(TRIM({text}))"


def check_formula(plan: Plan, row: int, kind: FormKind, letters: dict[Field, str]) -> str:
    """The Kontroll formula of a sheet row (1-based), with the column letter of each field.

    A date is also taken as text where the program itself can count with it, as with 2024-03-01.
    """
    cell = {field: f"{letter}{row}" for field, letter in letters.items()}
    start, end = f"({cell[Field.START]}+0)", f"({cell[Field.END]}+0)"
    first, *_, last = cell.values()
    span = f"{first}:{last}"
    lengths = {field: _length(cell[field]) for field in required_fields(kind)}
    lengths[Field.TITLE] = said(cell[Field.TITLE])
    missing = "&".join(
        f'IF({length}=0,", {header(field)}","")' for field, length in lengths.items()
    )
    earliest, latest = (serial(day) for day in (plan.settings.first_date, plan.settings.last_date))
    return (
        f'=IF(SUMPRODUCT({_length(span)})=0,"",'
        f'IF({"*".join(lengths.values())}=0,"{MISSING}"&MID({missing},3,99),'
        f'IF(NOT(AND(ISNUMBER({start}),ISNUMBER({end}))),"{UNREADABLE_DATE}",'
        f'IF(INT{end}<INT{start},"{END_BEFORE_START}",'
        f'IF(OR(INT{start}<{earliest},INT{end}>{latest}),"{outside(plan)}",'
        f'IF({_times(STATUS_NAMES, cell[Field.STATUS])}=0,"{UNKNOWN_STATUS}",'
        f"IF(AND({_times(COMMENT_NAMES, cell[Field.STATUS])}>0,{said(cell[Field.COMMENT])}=0),"
        f'"{NEEDS_COMMENT}","{DONE}")))))))'
    )


def _length(cells: str) -> str:
    return f"LEN(TRIM(CLEAN({cells})))"


def _times(names: str, cell: str) -> str:
    """How often a cell's text stands in a list; COUNTIF would read `*` and `>0` in it as conditions."""
    return f"SUMPRODUCT(--({names}=TRIM({cell})))"


def check_text(plan: Plan, kind: FormKind, row: FormRow) -> str:
    """What the Kontroll formula shows for a row, '' for an empty one."""
    texts = {field: _cleaned(row.value(field)) for field in Field}
    if not any(texts.values()):
        return ""
    for field in (Field.TITLE, Field.COMMENT):
        texts[field] = texts[field].translate(_NO_MARKS).strip()
    missing = [header(field) for field in required_fields(kind) if not texts[field]]
    if missing:
        return MISSING + ", ".join(missing)
    start, end = _number(row.value(Field.START)), _number(row.value(Field.END))
    if start is None or end is None:
        return UNREADABLE_DATE
    if end < start:
        return END_BEFORE_START
    if start < serial(plan.settings.first_date) or end > serial(plan.settings.last_date):
        return outside(plan)
    # The formula's comparison does not tell upper case from lower, and TRIM leaves single spaces.
    statuses = {status.name.casefold(): status for status in plan.statuses}
    status = statuses.get(re.sub(" +", " ", as_text(row.value(Field.STATUS))).casefold())
    if status is None:
        return UNKNOWN_STATUS
    if status.needs_comment and not texts[Field.COMMENT]:
        return NEEDS_COMMENT
    return DONE


def _cleaned(value: object) -> str:
    """Text as the formula's TRIM and CLEAN leave it, as far as being empty goes."""
    return as_text(value).replace("\n", "").strip()


def serial(day: date) -> int:
    """The number that a spreadsheet keeps for a day."""
    return day.toordinal() - date(1899, 12, 30).toordinal()


def _number(value: object) -> int | None:
    """The day's number that a cell holds as a date, a number or a text to count with; else None."""
    if isinstance(value, date):
        return serial(value)
    try:
        if isinstance(value, str) and _ISO.fullmatch(value.strip()):
            return serial(date.fromisoformat(value.strip()))
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            return math.floor(float(value))
    except (ValueError, OverflowError):
        return None
    return None
