"""Rows whose activity is in no file that is used: which of them stay, how, and what is told of them."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

from excel_uppsikt.compilation.parts import EDITABLE, place_of, same_value, title_of, with_part
from excel_uppsikt.findings.catalogue.choices import M608
from excel_uppsikt.findings.catalogue.merging import M607
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.language.text import fold
from excel_uppsikt.model import Compilation, Field, Line, Values

DELETED_NOTE = "Raden hade tagits bort ur sammanställningen."


def kept_away(gone: Iterable[Line], earlier: Compilation) -> Iterator[Line]:
    """The rows that stay though their activity is away: decided about, or named at another's Samma som."""
    wanted = {fold(line.choice.same) for line in earlier.lines}
    for line in gone:
        if _decided(line) or fold(line.activity.id) in wanted:
            away = replace(line, choice=replace(line.choice, away=True))
            yield _alone(away) if line.choice.own else away


def _alone(line: Line) -> Line:
    """A row of the coordinator's own without what only the unit has said, to be collected when it is back."""
    activity, base = replace(line.activity, sources=()), line.collected
    raw = dict(line.read.raw if line.read else ())
    hers = {*line.choice.own, *line.choice.held, Field.TITLE}
    for of in Field:
        if base is not None and of not in hers and same_value(activity, base, of):
            nothing = replace(activity, values=Values())
            activity, base = with_part(activity, nothing, of), with_part(base, nothing, of)
            raw.pop(of, None)
    # What is looked at in the row is what it says now, as when it is read the next time.
    read = replace(line.read, values=activity.values, raw=raw) if line.read else None
    return replace(line, activity=activity, collected=base, read=read)


def told_away(line: Line, goals: Container[str]) -> Finding | None:
    """What is told of a row that is away: M608 where that keeps it out of the report, M607 of an own one.

    Of a row of none of the plan's `goals`, M605 says that it is kept out, and why.
    """
    place, title = place_of(line, Field.TITLE), title_of(line)
    if line.choice.chosen:
        alone = line.choice.alone and not line.choice.kept
        return find(M607.ALONE, place, title=title) if alone else None
    if line.choice.include:
        known = line.activity.goal.text in goals
        return find(M608.AWAY, place, title=title) if known else None
    if DELETED_NOTE in line.choice.note:
        return find(M608.DELETED_AND_AWAY, place, title=title)
    return find(M608.EXCLUDED_AND_AWAY, place, title=title)


def _decided(line: Line) -> bool:
    """Whether the coordinator has decided anything about a row, which is kept while its activity is away."""
    base, choice = line.collected, line.choice
    noted = choice.note.replace(DELETED_NOTE, "")
    kept = (
        choice.kept
        or choice.held
        or choice.order is not None
        or choice.completion
        or choice.same
        or choice.own
    )
    if base is None or noted or kept or not choice.include:
        return True
    return not all(same_value(line.activity, base, of) for of in EDITABLE)
