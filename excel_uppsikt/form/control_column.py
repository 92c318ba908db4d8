"""The Kontroll column: a live formula saying what a row lacks, in the words of `form/words.py`.

The formula keeps to functions of Excel 2007 in their English names, which every program recalculates,
and within the 8,192 characters that Excel takes.
"""

from excel_uppsikt.form.definition import header, required_fields
from excel_uppsikt.form.row_formulas import (
    CHECK_COLUMN,
    LETTERS,
    content,
    here,
    previous_comment,
    previous_status,
    quoted,
    said,
    stands,
    status_in_row,
    status_key,
    unchanged_key,
    unit_letters,
    units_key,
    without,
)
from excel_uppsikt.form.words import (
    CELL_ERROR,
    DONE,
    END_BEFORE_START,
    END_PASSED,
    ENDS_LATER,
    GO_THROUGH,
    MISSING,
    NEEDS_COMMENT,
    START_PASSED,
    UNCHANGED,
    UNKNOWN_STATUS,
    UNKNOWN_UNIT,
    UNREADABLE_DATE,
    outside,
)
from excel_uppsikt.language.cells import column_letters
from excel_uppsikt.language.dates import FIRST_SERIAL, serial
from excel_uppsikt.model import Field, FormKind, Plan, Stage, Status

# Lists on the hidden sheet, by their defined names. The first five have a row for each status.
STATUS_NAMES = "lst_statusar"
STATUS_KEYS = "lst_status_jfr"
STATUS_COMMENT = "lst_kommentar"
STATUS_KIND = "lst_slag"
STATUS_WORDS = "lst_status_ord"
UNIT_NAMES = "lst_enheter"
UNIT_KEYS = "lst_enheter_jfr"
UNIT_LETTERS = "lst_enheter_tecken"

# What a status says of the dates at the cutoff, and of what is left to go through; 0 says nothing.
_NOT_STARTED, _ONGOING, _FINISHED, _FINISHED_OTHERWISE = 1, 2, 3, 4
_PREVIOUS = column_letters(CHECK_COLUMN + 2)


def status_kind(status: Status) -> int:
    """A status's number in the list of kinds: what its dates are held against, 0 for nothing."""
    if status.stage is Stage.FINISHED:
        return _FINISHED_OTHERWISE if status.deviation else _FINISHED
    if status.deviation:
        return 0
    return _ONGOING if status.stage is Stage.ONGOING else _NOT_STARTED


def check_formula(plan: Plan, kind: FormKind, *, follow_up: bool = False) -> str:
    """The Kontroll formula, the same in every row: what the row lacks first of all.

    In a `follow_up` form, what was reported the last time stands in the column after it.
    """
    start, end = _day(_cell(Field.START)), _day(_cell(Field.END))
    earliest, latest = (serial(day) for day in (plan.settings.first_date, plan.settings.last_date))
    lengths = {field: _length(field) for field in required_fields(kind)}
    missing = "&".join(
        f'IF({length}=0,", {header(field)}","")' for field, length in lengths.items()
    )
    faults = (
        (f"{end}<{start}", f'"{END_BEFORE_START}"'),
        (f"OR({start}<{earliest},{end}>{latest})", f'"{outside(plan)}"'),
        (f"{_of_status(_as_written())}=0", f'"{UNKNOWN_STATUS}"'),
        (_unknown_unit(_cell(Field.UNITS)), f'"{UNKNOWN_UNIT}"'),
    )
    told = _told(plan, follow_up=follow_up)
    for fault, words in reversed(faults):
        told = f"IF({fault},{words},{told})"
    # A lower number is a year, or nothing: here neither is read as the day that it also is the number of.
    low = ",".join(f"{_cell(of)}<{FIRST_SERIAL}" for of in (Field.START, Field.END))
    told = f"IF(OR({low}),1/0,{told})"
    # Nothing but a date that cannot be read gives an error here: one in a cell gives it in what is outside.
    told = f'IFERROR({told},"{UNREADABLE_DATE}")'
    told = f'IF({"*".join(lengths.values())}=0,"{MISSING}"&MID({missing},3,99),{told})'
    row = "&".join(map(_cell, LETTERS))
    return f'=IFERROR(IF({content(row)}=0,"",{told}),"{CELL_ERROR}")'


def _cell(field: Field) -> str:
    return here(LETTERS[field])


def _length(field: Field) -> str:
    return said(_cell(field)) if field is Field.TITLE else stands(_cell(field))


def _day(cell: str) -> str:
    """A date's number, an error for what is none: a date, or year, month and day as text or number."""
    text = f"TRIM({cell})"
    # With six digits the century is missing; eight are the whole; with ten characters two part them.
    parted = f'IF(MID({text},5,1)=MID({text},8,1),{without(text, "-/.")},"")'
    digits = f'CHOOSE(LEN({text})-5,"20"&{text},"",{text},"",{parted})'
    day = f'REPLACE(REPLACE({digits},5,0,"-"),8,0,"-")+0'
    return f"IF({cell}<100000,INT({cell}),{day})"


def _of_status(numbers: str) -> str:
    """The row's status's number in a list beside that of the statuses."""
    return f"SUMPRODUCT(({STATUS_KEYS}={status_key(_cell(Field.STATUS))})*{numbers})"


def _as_written() -> str:
    """One where a status stands as it is called, beside marks before and after it."""
    return f"ISNUMBER(FIND({STATUS_WORDS},{status_in_row(_cell(Field.STATUS))}))"


def _unknown_unit(cell: str) -> str:
    """Whether other letters stand in Enheter than the known names there have."""
    written = units_key(cell)
    times = f'(LEN({written})-LEN(SUBSTITUTE({written},{UNIT_KEYS},"")))/LEN({UNIT_KEYS})'
    return f"SUMPRODUCT({times}*{UNIT_LETTERS})<>{unit_letters(written)}"


def _told(plan: Plan, *, follow_up: bool) -> str:
    """What is said of a row whose cells are right in themselves: what is true of it, or that it is done."""
    comment = f"{_of_status(STATUS_COMMENT)}*({_comment(follow_up=follow_up)}=0)"
    told = f'IF({comment},"{NEEDS_COMMENT}","{DONE}")'
    if follow_up:
        told = f'IF({_to_go_through()},"{GO_THROUGH}",{told})'
    passed = _passed(plan)
    if not passed:
        return told
    # With nothing after it the mark goes away with the full stop before it.
    told = f'{told}&". "&{passed}&"|"'
    for part in (". |", "|", f"{DONE}. "):
        told = f'SUBSTITUTE({told},"{part}","")'
    return told


def _passed(plan: Plan) -> str:
    """What a date says against the status at the cutoff, if anything (C401 to C403)."""
    if plan.settings.cutoff is None:
        return ""
    cutoff, kind = serial(plan.settings.cutoff), _of_status(STATUS_KIND)
    start, end = _day(_cell(Field.START)), _day(_cell(Field.END))
    later = quoted(ENDS_LATER.format(cutoff=plan.settings.cutoff))
    return (
        f'CHOOSE({kind}+1,"",IF({start}<{cutoff},"{START_PASSED}",""),'
        f'IF({end}<{cutoff},"{END_PASSED}",""),IF({end}>{cutoff},{later},""),"")'
    )


def _to_go_through() -> str:
    """Whether a row from the previous round, not finished then, is as it was sent out."""
    previous = here(_PREVIOUS)
    same = f"{status_key(_cell(Field.STATUS))}={status_key(previous_status(previous))}"
    silent = f"{said(_cell(Field.COMMENT))}=0"
    return f'AND({previous}<>"",{silent},{same},{_of_status(STATUS_KIND)}<{_FINISHED})'


def _comment(*, follow_up: bool) -> str:
    """How much the comment says; the previous one where it says that nothing has changed."""
    cell = _cell(Field.COMMENT)
    if not follow_up:
        return said(cell)
    previous = here(_PREVIOUS)
    unchanged = f'AND({previous}<>"",{unchanged_key(cell)}="{UNCHANGED}")'
    return said(f"IF({unchanged},{previous_comment(previous)},{cell})")
