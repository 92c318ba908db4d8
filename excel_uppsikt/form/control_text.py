"""What Kontroll's formula says of a row, reckoned by the program as the form is sent out; a preview shows it.

Written beside the formula as its value, so that both say the same, also of what the program reads and the
formula does not.
"""

import math
import re
from datetime import date, datetime

from excel_uppsikt.form.cells import says_something
from excel_uppsikt.form.definition import Form, header, required_fields
from excel_uppsikt.form.row_formulas import (
    known_unit_keys,
    letters,
    net_letters,
    status_name_key,
    status_words,
    unit_key,
)
from excel_uppsikt.form.scope import Scope
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.form.words import (
    DONE,
    EARLIER,
    END_BEFORE_START,
    END_PASSED,
    ENDS_LATER,
    GO_THROUGH,
    MISSING,
    NEEDS_COMMENT,
    START_PASSED,
    UNKNOWN_STATUS,
    UNKNOWN_UNIT,
    UNREADABLE_DATE,
    is_unchanged,
    outside,
)
from excel_uppsikt.language.cells import as_text
from excel_uppsikt.language.dates import FIRST_SERIAL, serial
from excel_uppsikt.model import Field, Plan, Stage, Status

# With six digits or more a number is written as year, month and day.
_SHORTEST = 100_000
_DAY = re.compile(r"(?P<year>[0-9]{4})([-/.]?)(?P<month>[0-9]{2})\2(?P<day>[0-9]{2})")
_SHORT_DAY = re.compile(r"(?P<year>[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")


class Kontroll:
    """Kontroll of a form's rows, in a plan."""

    def __init__(self, plan: Plan, form: Form) -> None:
        self._plan, self._scope = plan, Scope.of(plan, form.department)
        self._required = required_fields(form.kind)
        keys = known_unit_keys(self._scope)
        self._units = dict(zip(keys, net_letters(keys), strict=True))

    def missing(self, row: FormRow) -> list[str]:
        """The headings of the required cells that are blank, or a title that says nothing."""
        texts = {of: as_text(row.value(of)) for of in self._required}
        blank = [of for of, text in texts.items() if not text]
        if Field.TITLE not in blank and not says_something(texts[Field.TITLE]):
            blank = [Field.TITLE, *blank]
        return [header(of) for of in blank]

    def status(self, row: FormRow) -> Status | None:
        """The status that is written, but for marks around it; a near one is none."""
        written = status_words(as_text(row.value(Field.STATUS)).replace("\n", ""))
        key = status_name_key(written)
        for status in self._plan.statuses:
            words = status_words(status.name)
            if status_name_key(words) == key and words in written:
                return status
        return None

    def knows_units(self, row: FormRow) -> bool:
        """Whether nothing but known names and what parts them stands in Enheter."""
        written = unit_key(as_text(row.value(Field.UNITS)))
        known = sum(written.count(key) * net for key, net in self._units.items())
        return known == letters(written)

    def says(self, row: FormRow) -> str:
        """What the Kontroll formula shows for a row, '' for an empty one."""
        if not any(as_text(row.value(of)) for of in Field):
            return ""
        missing = self.missing(row)
        if missing:
            return MISSING + ", ".join(missing)
        start, end = day_number(row.value(Field.START)), day_number(row.value(Field.END))
        settings = self._plan.settings
        if start is None or end is None:
            return UNREADABLE_DATE
        if end < start:
            return END_BEFORE_START
        if start < serial(settings.first_date) or end > serial(settings.last_date):
            return outside(self._plan)
        status = self.status(row)
        if status is None:
            return UNKNOWN_STATUS
        if not self.knows_units(row):
            return UNKNOWN_UNIT
        return self._of_status(row, status, start, end)

    def _of_status(self, row: FormRow, status: Status, start: int, end: int) -> str:
        passed = self._passed(status, start, end)
        comment = as_text(row.value(Field.COMMENT))
        before, _, reported = row.previous.partition("\n")
        before = before.partition(EARLIER)[0]
        silent = not says_something(comment)
        if silent and before == status.name and status.stage is not Stage.FINISHED:
            return _together(GO_THROUGH, passed)
        if before and is_unchanged(comment):
            silent = not says_something(reported)
        if silent and status.needs_comment:
            return _together(NEEDS_COMMENT, passed)
        return passed or DONE

    def _passed(self, status: Status, start: int, end: int) -> str:
        if self._plan.settings.cutoff is None or status.deviation:
            return ""
        cutoff = serial(self._plan.settings.cutoff)
        match status.stage:
            case Stage.NOT_STARTED if start < cutoff:
                return START_PASSED
            case Stage.ONGOING if end < cutoff:
                return END_PASSED
            case Stage.FINISHED if end > cutoff:
                return ENDS_LATER.format(cutoff=self._plan.settings.cutoff)
        return ""


def _together(first: str, second: str) -> str:
    return f"{first}. {second}" if second else first


def day_number(value: object) -> int | None:
    """The number of the day in a cell, as the formula reads it; None for what it does not."""
    if isinstance(value, date):
        value = serial(value.date() if isinstance(value, datetime) else value)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value < _SHORTEST:
        return math.floor(value) if value >= FIRST_SERIAL else None
    text = as_text(value)
    match = _DAY.fullmatch(text) or _SHORT_DAY.fullmatch(text)
    if match is None:
        return None
    year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
    try:
        return serial(date(year, int(match["month"]), int(match["day"])))
    except ValueError:
        return None
