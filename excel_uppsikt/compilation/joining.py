"""The coordinator's own rows, each joined with the same activity when a unit hands it in."""

from collections.abc import Container, Iterable
from dataclasses import replace

from excel_uppsikt.compilation.definition import GOAL, PARTS
from excel_uppsikt.compilation.parts import (
    EDITABLE,
    place_of,
    same_value,
    shown,
    title_of,
    with_part,
)
from excel_uppsikt.figures import TitleKey, title_key
from excel_uppsikt.findings.catalogue.merging import M607
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.language.text import fold
from excel_uppsikt.model import Activity, Field, Line, Plan

# How a line of the note begins that says what a unit wrote of a row of the coordinator's own.
_JOINED = "Enhetens uppgift om "


def same_own(activity: Activity, own: Iterable[Line], apart: Container[TitleKey]) -> Line | None:
    """The coordinator's own row that is the activity: of its goal and department, with its title.

    None for one without a title, and for one that is kept `apart`.
    """
    title = fold(activity.values.title)
    if not title or title_key(activity) in apart:
        return None
    same = (
        line
        for line in own
        if fold(line.activity.values.title) == title
        and line.activity.goal.number == activity.goal.number
        and line.activity.department in (None, activity.department)
    )
    return next(same, None)


def join_row(plan: Plan, own: Line, activity: Activity) -> Line:
    """The unit's activity with what the coordinator's row says of it; the unit's other texts in the note."""
    result, choice = activity, own.choice
    for part in EDITABLE:
        if part in (GOAL, Field.TITLE) or same_value(own.activity, activity, part):
            continue
        if not own.activity.values.given(Field(part)):
            continue
        result = with_part(result, own.activity, part)
        if activity.values.given(Field(part)):
            words = f"{_JOINED}{PARTS[part].lower()}: {shown(plan, activity, part)}"
            note = "\n".join(filter(None, (choice.note, words)))
            choice = replace(choice, note=note, asked=(*choice.asked, words))
    if result.values.whole:
        # The cell shows the whole department only; the units are known, as they are once it has been read.
        units = dict.fromkeys((*result.values.units, *activity.values.units))
        result = replace(result, values=replace(result.values, units=tuple(units)))
    decided = [p for p in EDITABLE if p == GOAL or own.activity.values.given(Field(p))]
    held = tuple(part for part in decided if same_value(own.activity, activity, part))
    return Line(result, activity, replace(choice, held=held, own=tuple(decided)), own.read)


def joined_finding(line: Line) -> Finding:
    """M607: the coordinator's own row and a unit's activity have become one."""
    place, title = place_of(line, Field.TITLE), title_of(line)
    return find(M607.PLAIN, place, line.activity.values.title, title=title)


def joined_notes(line: Line) -> list[str]:
    """What a joined unit had written, as it still stands in the note: till it has been read through."""
    return [
        words
        for words in line.choice.asked
        if words.startswith(_JOINED) and words in line.choice.note
    ]
