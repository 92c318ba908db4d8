"""The coordinator's edits kept: last collected, edited and newly collected values, field by field."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from excel_uppsikt.compilation.definition import ACTIVITIES, GOAL, PARTS
from excel_uppsikt.findings.catalogue.merging import M603
from excel_uppsikt.findings.catalogue.rows import R301, R302, R305, R306, R307, R310, R311, R312
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.folder import COMPILATION_FILE
from excel_uppsikt.form import definition as form
from excel_uppsikt.language.text import cell_part, fold, swedish_order
from excel_uppsikt.model import (
    Activity,
    Choice,
    Compilation,
    Entry,
    Field,
    Line,
    Plan,
    Status,
)

# What can be edited in a row: its goal, which a form gives by its sheet, and the form's fields.
_PARTS: tuple[str, ...] = (GOAL, *Field)
_EMPTIED = "(tom cell)"
DELETED_NOTE = "Raden hade tagits bort ur sammanställningen."
# A title changed by this little (of 100) is the same activity, reworded.
_REWORDED = 85
# What is wrong with one value by itself, and is right once another has been given.
_OF_A_VALUE = (R301, R302, R305, R306, R307, R310, R311, R312)


@dataclass(frozen=True, slots=True)
class Edited:
    """The new compilation, and what was changed on both sides."""

    compilation: Compilation
    findings: tuple[Finding, ...]


def keep_ids(activities: Iterable[Activity], earlier: Compilation) -> tuple[Activity, ...]:
    """The activities with the Ids they had: a reworded title is still the same activity.

    An activity whose Id is new takes that of one that is gone and had its title, else that of the
    only one of the same goal and department that had nearly its title.
    """
    listed = list(activities)
    known = [line.collected for line in earlier.lines if line.collected] + list(earlier.deleted)
    present = {activity.id for activity in listed}
    gone = {old.id: old for old in known if old.id not in present}
    new = {activity.id for activity in listed} - {old.id for old in known}
    taken: dict[str, str] = {}
    for alike in (_same_title, _reworded):
        for activity in listed:
            if activity.id not in new or activity.id in taken:
                continue
            near = [old for old in gone.values() if _same_place(activity, old)]
            near = [
                old for old in near if alike(fold(activity.values.title), fold(old.values.title))
            ]
            if len(near) == 1:
                taken[activity.id] = near[0].id
                del gone[near[0].id]
    return tuple(replace(a, id=taken.get(a.id, a.id)) for a in listed)


def _same_place(one: Activity, other: Activity) -> bool:
    return (one.goal.number, one.department) == (other.goal.number, other.department)


def _same_title(*titles: str) -> bool:
    return titles[0] == titles[1] != ""


def _reworded(*titles: str) -> bool:
    numbers = [re.findall(r"\d+", title) for title in titles]
    return numbers[0] == numbers[1] and fuzz.ratio(*titles) >= _REWORDED


def merge_edits(plan: Plan, activities: Sequence[Activity], earlier: Compilation) -> Edited:
    """The compilation of newly collected activities with every edit of the earlier one kept.

    Where only one side changed a field, that side's value stands. Where both did, the coordinator's
    stands, the unit's goes into Anteckning, and M603 tells; once the note has been removed the
    matter is settled. An edited row whose activity is gone stays, with Ta med = nej.
    """
    lines: list[Line] = []
    findings: list[Finding] = []
    rows = {line.collected.id: line for line in earlier.lines if line.collected}
    deleted = {activity.id for activity in earlier.deleted}
    for activity in activities:
        line = rows.pop(activity.id, None)
        if line is None:
            choice = (
                Choice(include=False, note=DELETED_NOTE) if activity.id in deleted else Choice()
            )
            lines.append(Line(activity, activity, choice))
        else:
            merged, faults = _merge_line(plan, line, activity)
            lines.append(merged)
            findings.extend(faults)
    for line in rows.values():
        if _edited(line):
            if line.choice.include:
                finding = find(M603.GONE, _place(line, Field.TITLE), title=_title(line))
                findings.append(finding)
            lines.append(replace(line, choice=replace(line.choice, include=False)))
    lines.extend(line for line in earlier.lines if line.collected is None)
    compilation = Compilation(in_order(plan, lines), earlier.use)
    return Edited(compilation, tuple(findings))


def in_order(plan: Plan, lines: Iterable[Line]) -> tuple[Line, ...]:
    """Lines by department, goal, the coordinator's Ordning, then Swedish alphabetical order."""
    departments = {department.name: at for at, department in enumerate(plan.departments)}
    return tuple(
        sorted(
            lines,
            key=lambda line: (
                departments.get(line.activity.department or "", len(departments)),
                line.activity.goal.number,
                line.choice.order is None,
                line.choice.order or 0,
                not line.activity.values.title,
                swedish_order(line.activity.values.title),
                line.activity.id,
            ),
        )
    )


def _merge_line(plan: Plan, line: Line, new: Activity) -> tuple[Line, list[Finding]]:
    """One row's three-way merge. A conflict keeps the base, so that it is told until settled."""
    base, edited = line.collected, line.activity
    if base is None:
        return line, []
    result, kept_base, choice = new, new, line.choice
    findings: list[Finding] = []
    asked: list[str] = []
    for of in _PARTS:
        if same_value(edited, base, of) or same_value(edited, new, of):
            continue
        result = _with_part(result, edited, of)
        if same_value(new, base, of):
            continue
        header, value = PARTS[of], shown(plan, new, of) or _EMPTIED
        question = f"Enhetens nya {header.lower()}: {value}"
        if question in line.choice.asked and question not in choice.note:
            continue
        kept_base = _with_part(kept_base, base, of)
        asked.append(question)
        if question not in choice.note:
            choice = replace(choice, note="\n".join(filter(None, (choice.note, question))))
        findings.append(
            find(M603.BOTH_CHANGED, _place(line, of), value, header=header, title=_title(line))
        )
    choice = replace(choice, asked=tuple(asked))
    return Line(result, kept_base, choice, line.read), findings


def _title(line: Line) -> str:
    return (
        line.activity.values.title or (line.collected.values.title if line.collected else "") or "–"
    )


def _place(line: Line, part: str) -> Place:
    return line.read.place(part) if line.read else Place(COMPILATION_FILE, ACTIVITIES)


def _with_part(activity: Activity, other: Activity, part: str) -> Activity:
    if part == GOAL:
        return replace(activity, goal=other.goal)
    values = activity.values.taking(Field(part), other.values)
    # Which department it is stands with the units.
    department = other.department if part == Field.UNITS else activity.department
    return replace(activity, values=values, department=department)


def same_value(one: Activity, other: Activity, part: str) -> bool:
    """Whether two activities say the same in a field or of their goal, as far as a cell can hold it."""
    if part == GOAL:
        return fold(one.goal.text) == fold(other.goal.text)
    if part == Field.UNITS:
        # The cell of a whole department does not name its units.
        return (one.values.whole and other.values.whole) or one.values.value(
            Field.UNITS
        ) == other.values.value(Field.UNITS)
    first, second = one.values.value(Field(part)), other.values.value(Field(part))
    if isinstance(first, str) and isinstance(second, str):
        return cell_part(first).strip() == cell_part(second).strip()
    return first == second


def settled(
    compilation: Compilation, entries: Iterable[Entry], findings: Iterable[Finding]
) -> frozenset[Finding]:
    """The findings about a cell that is missing or unreadable, whose value the coordinator has given.

    Only what the value itself was lacking is settled; whether it goes with the other values, and what a
    text says, is still looked at in the units' own rows.
    """
    given = {
        (ref.file, ref.sheet, ref.row, of)
        for line in compilation.lines
        if line.collected is not None
        for of in Field
        if not same_value(line.activity, line.collected, of) and line.activity.values.given(of)
        for ref in line.activity.sources
    }
    cells = {
        entry.place(of)
        for entry in entries
        for of in entry.columns
        if (entry.file, entry.sheet, entry.row, of) in given
    }
    return frozenset(
        finding for finding in findings if finding.of(*_OF_A_VALUE) and finding.place in cells
    )


def _edited(line: Line) -> bool:
    base = line.collected
    if base is None or line.choice.note.replace(DELETED_NOTE, "") or line.choice.order is not None:
        return True
    return not all(same_value(line.activity, base, of) for of in _PARTS)


def shown(plan: Plan, activity: Activity, part: str) -> str:
    """A field's value, or the goal, as the compilation's cell shows it."""
    if part == GOAL:
        return activity.goal.text
    if part == Field.UNITS:
        return units_in_cell(plan, activity)
    value = activity.values.value(Field(part))
    if isinstance(value, Status):
        return value.name
    return "" if value is None else str(value)


def units_in_cell(plan: Plan, activity: Activity) -> str:
    """The units as the cell Enheter shows them: names with semicolons, or the whole department."""
    if not activity.values.whole:
        return "; ".join(activity.values.units)
    several = len(plan.departments) > 1
    return f"{form.WHOLE_DEPARTMENT} {activity.department}" if several else form.WHOLE_DEPARTMENT
