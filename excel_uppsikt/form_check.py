"""The Kontroll column: a live formula saying what a row lacks, and the same answer in Python.

The formula keeps to functions of Excel 2007 in their English names, which every program recalculates;
the answer in Python is written beside it as its value, so that previews show the truth too.
"""

import re
from datetime import date

from excel_uppsikt.form import FormRow, header
from excel_uppsikt.model import Field, FormKind, Plan
from excel_uppsikt.office.cells import as_text

DONE = "✔ Klar"
MISSING = "Saknas: "
UNREADABLE_DATE = "Ett datum går inte att läsa"
END_BEFORE_START = "Slutdatum ligger före startdatum"
UNKNOWN_STATUS = "Statusen finns inte i listan"
NEEDS_COMMENT = "Statusen kräver en kommentar"

STATUS_NAMES = "lst_statusar"
COMMENT_NAMES = "lst_kommentar"
UNIT_NAMES = "lst_enheter"


def required_fields(kind: FormKind) -> tuple[Field, ...]:
    """The fields that a row must fill; a per-goal form cannot tell the units otherwise."""
    units = (Field.UNITS,) if kind is FormKind.GOAL else ()
    return (Field.TITLE, *units, Field.START, Field.END, Field.STATUS)


def check_formula(row: int, kind: FormKind, letters: dict[Field, str]) -> str:
    """The Kontroll formula of a sheet row (1-based), with the column letter of each field."""
    cell = {field: f"{letter}{row}" for field, letter in letters.items()}
    start, end, status = cell[Field.START], cell[Field.END], cell[Field.STATUS]
    span = f"{letters[Field.TITLE]}{row}:{letters[Field.COMMENT]}{row}"
    missing = "&".join(
        f'IF(LEN(TRIM({cell[field]}))=0,", {header(field)}","")' for field in required_fields(kind)
    )
    filled = "*".join(f"LEN(TRIM({cell[field]}))" for field in required_fields(kind))
    return (
        f'=IF(SUMPRODUCT(LEN(TRIM({span})))=0,"",'
        f'IF({filled}=0,"{MISSING}"&MID({missing},3,99),'
        f'IF(NOT(AND(ISNUMBER({start}),ISNUMBER({end}))),"{UNREADABLE_DATE}",'
        f'IF({end}<{start},"{END_BEFORE_START}",'
        f'IF({_times(STATUS_NAMES, status)}=0,"{UNKNOWN_STATUS}",'
        f"IF(AND({_times(COMMENT_NAMES, status)}>0,LEN(TRIM({cell[Field.COMMENT]}))=0),"
        f'"{NEEDS_COMMENT}","{DONE}"))))))'
    )


def _times(names: str, cell: str) -> str:
    """How often a cell's text stands in a list; COUNTIF would read `*` and `>0` in it as conditions."""
    return f"SUMPRODUCT(--({names}=TRIM({cell})))"


def check_text(plan: Plan, kind: FormKind, row: FormRow) -> str:
    """What the Kontroll formula shows for a row, '' for an empty one."""
    texts = {field: as_text(row.value(field)).replace("\n", " ").strip() for field in Field}
    if not any(texts.values()):
        return ""
    missing = [header(field) for field in required_fields(kind) if not texts[field]]
    if missing:
        return MISSING + ", ".join(missing)
    start, end = _serial(row.start), _serial(row.end)
    if start is None or end is None:
        return UNREADABLE_DATE
    if end < start:
        return END_BEFORE_START
    # The formula's comparison does not tell upper case from lower, and TRIM leaves single spaces.
    statuses = {status.name.casefold(): status for status in plan.statuses}
    written = re.sub(" +", " ", as_text(row.status)).casefold()
    status = statuses.get(written)
    if status is None:
        return UNKNOWN_STATUS
    if status.needs_comment and not texts[Field.COMMENT]:
        return NEEDS_COMMENT
    return DONE


def _serial(value: object) -> float | None:
    """The number that a cell holds for a day or a number, None for anything else."""
    if isinstance(value, date):
        return value.toordinal() - date(1899, 12, 30).toordinal()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    return None
