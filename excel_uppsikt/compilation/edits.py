"""The coordinator's edits kept: last collected, edited and newly collected values, field by field."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from excel_uppsikt.compilation.definition import ACTIVITIES, APART, GOAL, PARTS
from excel_uppsikt.figures import TitleKey, reporters, title_key
from excel_uppsikt.findings.catalogue.choices import M608
from excel_uppsikt.findings.catalogue.merging import M603, M607
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form import definition as form
from excel_uppsikt.language.text import cell_part, fold, swedish_order
from excel_uppsikt.model import (
    Activity,
    Choice,
    Compilation,
    Field,
    Line,
    Plan,
    Status,
    Values,
)
from excel_uppsikt.round_paths import COMPILATION_FILE

# What can be edited in a row: its goal, which a form gives by its sheet, and the form's fields.
_PARTS: tuple[str, ...] = (GOAL, *Field)
_EMPTIED = "(tom cell)"
_NOTHING: Mapping[str, str] = {}
# How a line of the note begins that says what a unit wrote of a row of the coordinator's own.
_JOINED = "Enhetens uppgift om "
DELETED_NOTE = "Raden hade tagits bort ur sammanställningen."
# A title changed by this little (of 100) is the same activity, reworded.
_REWORDED = 85


@dataclass(frozen=True, slots=True)
class Edited:
    """The new compilation, and what was changed on both sides."""

    compilation: Compilation
    findings: tuple[Finding, ...]


def keep_ids(
    activities: Iterable[Activity],
    earlier: Compilation,
    apart: Container[TitleKey] = (),
    parted: Sequence[Activity] = (),
) -> tuple[Activity, ...]:
    """The activities with the Ids they had: a reworded title is still the same activity.

    An activity whose Id is new takes that of one that is gone and had its title, else that of the
    only one of the same goal and department that had nearly its title. Of those that are kept `apart`
    though they have the same title, it takes that of one that was its units'; `parted` are those of the last
    round.
    """
    known = [line.collected for line in earlier.lines if line.collected] + list(earlier.deleted)
    known += [old for old in parted if old.id not in {one.id for one in known}]
    listed = _of_own_department(activities, known)
    present = {activity.id for activity in listed}
    gone = {old.id: old for old in known if old.id not in present}
    new = {activity.id for activity in listed} - {old.id for old in known}
    taken: dict[str, str] = {}
    for alike in (_same_title, reworded):
        for activity in listed:
            if activity.id not in new or activity.id in taken:
                continue
            near = [
                old
                for old in gone.values()
                if _same_place(activity, old) and _of_the_same(activity, old, apart)
            ]
            near = [
                old for old in near if alike(fold(activity.values.title), fold(old.values.title))
            ]
            if len(near) == 1:
                taken[activity.id] = near[0].id
                del gone[near[0].id]
    return tuple(replace(a, id=taken.get(a.id, a.id)) for a in listed)


def _of_own_department(activities: Iterable[Activity], known: Sequence[Activity]) -> list[Activity]:
    """The activities, one with the Id of another department's having that of its own department's.

    Units that now belong to two departments have had an activity in common, and the Id in their forms.
    """
    listed = list(activities)
    homes = {old.id: old.department for old in known}
    own = {title_key(old): old.id for old in known if old.values.title}
    present = {activity.id for activity in listed}

    def right_id(activity: Activity) -> str:
        other = homes.get(activity.id, activity.department) != activity.department
        made = own.get(title_key(activity), activity.id)
        return made if other and made not in present else activity.id

    return [replace(activity, id=right_id(activity)) for activity in listed]


def _same_place(one: Activity, other: Activity) -> bool:
    return (one.goal.number, one.department) == (other.goal.number, other.department)


def _of_the_same(activity: Activity, old: Activity, apart: Container[TitleKey]) -> bool:
    """Whether somebody can have reworded the old one: who has handed in nothing has not."""
    anybody = not old.last_reported and not (apart and title_key(old) in apart)
    return anybody or not {*reporters(activity)}.isdisjoint(reporters(old))


def _same_title(*titles: str) -> bool:
    return titles[0] == titles[1] != ""


def reworded(*titles: str) -> bool:
    """Whether two folded titles may be of the same activity: nearly alike, with the same numbers."""
    numbers = [re.findall(r"\d+", title) for title in titles]
    # Two rows without a title have nothing alike.
    return all(titles) and numbers[0] == numbers[1] and fuzz.ratio(*titles) >= _REWORDED


def merge_edits(
    plan: Plan,
    activities: Sequence[Activity],
    earlier: Compilation,
    same: Mapping[str, str] = _NOTHING,
    apart: Container[TitleKey] = (),
) -> Edited:
    """The compilation of newly collected activities with every decision of the earlier one kept.

    Where only one side changed a field, that side's value stands. Where both did, the coordinator's
    stands, the unit's goes into Anteckning, and M603 tells; once the note has been removed the
    matter is settled. What the coordinator has decided stays so when the unit comes to say the same, and
    is the unit's again when the coordinator takes back the edit or takes over the unit's words. A row
    about which something was decided stays while its activity is away, out of the report, and a deleted
    one is remembered; M608 tells what is kept out. A row of the coordinator's own is joined with the
    same activity when a unit hands it in, unless it is kept `apart`, and stands by itself again while that
    is away (M607). `same` is by Id what stood at Samma som in the last round, which a new row goes on with.
    """
    lines: list[Line] = []
    findings: list[Finding] = []
    rows = {line.collected.id: line for line in earlier.lines if line.collected}
    own = {line.activity.id: line for line in earlier.lines if line.collected is None}
    deleted = {activity.id: activity for activity in earlier.deleted}
    for activity in activities:
        line = rows.pop(activity.id, None)
        removed = deleted.pop(activity.id, None)
        if line is not None:
            merged, told = _merge_line(plan, line, activity)
            findings += told
        elif removed is None and (alike := _same_own(activity, own.values(), apart)) is not None:
            del own[alike.activity.id]
            merged = _joined(plan, alike, activity)
            findings.append(_joined_finding(alike))
        else:
            said = same.get(activity.id, APART if title_key(activity) in apart else "")
            merged = _new_line(activity, said, deleted=removed is not None)
        lines.append(merged)
    lines += (*_kept_away(rows.values(), earlier), *own.values())
    compilation = _compiled(plan, lines, earlier, deleted.values())
    away = (_told_away(line) for line in compilation.lines if line.choice.away)
    return Edited(compilation, (*findings, *filter(None, away)))


def _compiled(
    plan: Plan, lines: Iterable[Line], earlier: Compilation, deleted: Iterable[Activity]
) -> Compilation:
    """The rows in their order, and of the earlier compilation the files in use and what is still deleted."""
    return Compilation(
        lines=in_order(plan, lines),
        use=earlier.use,
        deleted=tuple(deleted),
        use_changed=earlier.use_changed,
        contents=earlier.contents,
    )


def _new_line(activity: Activity, same: str, *, deleted: bool) -> Line:
    """A row of its own for what is collected; out of the report where the coordinator had `deleted` it."""
    choice = Choice(include=False, note=DELETED_NOTE) if deleted else Choice()
    return Line(activity, activity, replace(choice, same=same))


def _kept_away(gone: Iterable[Line], earlier: Compilation) -> Iterator[Line]:
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


def _same_own(activity: Activity, own: Iterable[Line], apart: Container[TitleKey]) -> Line | None:
    """The coordinator's own row that is the activity: of its goal and department, with its title.

    None for one that is kept `apart`.
    """
    if title_key(activity) in apart:
        return None
    title = fold(activity.values.title)
    same = (
        line
        for line in own
        if title
        and fold(line.activity.values.title) == title
        and line.activity.goal.number == activity.goal.number
        and line.activity.department in (None, activity.department)
    )
    return next(same, None)


def join_answered(
    plan: Plan,
    activities: Iterable[Activity],
    earlier: Compilation,
    apart: Container[TitleKey],
    asked: Container[str],
) -> Edited:
    """The earlier compilation with the coordinator's own rows that were `asked` about joined with units'.

    As `merge_edits` joins them: what is answered of such a row is then of the activity that the two become.
    """
    own = [ln for ln in earlier.lines if ln.collected is None and ln.activity.id in asked]
    known = {line.collected.id for line in earlier.lines if line.collected}
    known |= {activity.id for activity in earlier.deleted}
    joined: dict[str, Line] = {}
    findings: list[Finding] = []
    for activity in activities if own else ():
        alike = None if activity.id in known else _same_own(activity, own, apart)
        if alike is not None:
            own.remove(alike)
            joined[alike.activity.id] = _joined(plan, alike, activity)
            findings.append(_joined_finding(alike))
    lines = tuple(joined.get(line.activity.id, line) for line in earlier.lines)
    return Edited(replace(earlier, lines=lines), tuple(findings))


def _joined(plan: Plan, own: Line, activity: Activity) -> Line:
    """The unit's activity with what the coordinator's row says of it; the unit's other texts in the note."""
    result, choice = activity, own.choice
    for part in _PARTS:
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
    decided = [p for p in _PARTS if p == GOAL or own.activity.values.given(Field(p))]
    held = tuple(part for part in decided if same_value(own.activity, activity, part))
    return Line(result, activity, replace(choice, held=held, own=tuple(decided)), own.read)


def _joined_finding(line: Line) -> Finding:
    place, title = _place(line, Field.TITLE), _title(line)
    return find(M607.PLAIN, place, line.activity.values.title, title=title)


def _joined_notes(line: Line) -> list[str]:
    """What a joined unit had written, as it still stands in the note: till it has been read through."""
    return [
        words
        for words in line.choice.asked
        if words.startswith(_JOINED) and words in line.choice.note
    ]


def _told_away(line: Line) -> Finding | None:
    """What is told of a row that is away: M608 where that keeps it out of the report, M607 of an own one."""
    place, title = _place(line, Field.TITLE), _title(line)
    if line.choice.chosen:
        alone = line.choice.alone and not line.choice.kept
        return find(M607.ALONE, place, title=title) if alone else None
    if line.choice.include:
        return find(M608.AWAY, place, title=title)
    if DELETED_NOTE in line.choice.note:
        return find(M608.DELETED_AND_AWAY, place, title=title)
    return find(M608.EXCLUDED_AND_AWAY, place, title=title)


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
    """One row's three-way merge. What was asked is told until it no longer stands in the note."""
    base, edited = line.collected, line.activity
    if base is None:
        return line, []
    result, kept_base, choice = new, new, line.choice
    findings: list[Finding] = []
    asked, held = _joined_notes(line), []
    for of in _PARTS:
        if same_value(edited, base, of) and of not in choice.held:
            continue
        if new.last_reported:
            # Nobody has said anything: an answer may have been taken back, and may come again.
            result, kept_base = with_part(result, edited, of), with_part(kept_base, base, of)
            held += [of] if of in choice.held else []
            asked += [one for one in line.choice.asked if one.startswith(_question(of))]
            continue
        header, value = PARTS[of], shown(plan, new, of) or _EMPTIED
        question = f"{_question(of)}{value}"
        before = question in line.choice.asked
        if same_value(edited, new, of):
            # The unit's words, once they have been asked about, are taken over from it.
            held += [] if before else [of]
            continue
        result = with_part(result, edited, of)
        if question not in choice.note if before else same_value(new, base, of):
            continue
        asked.append(question)
        if question not in choice.note:
            choice = replace(choice, note="\n".join(filter(None, (choice.note, question))))
        findings.append(
            find(M603.BOTH_CHANGED, _place(line, of), value, header=header, title=_title(line))
        )
    choice = replace(choice, asked=tuple(asked), away=False, held=tuple(held))
    # What was joined is told until its note has been read through.
    findings += [_joined_finding(line)] if {*_joined_notes(line)} & {*choice.asked} else []
    return Line(result, kept_base, choice, line.read), findings


def _question(part: str) -> str:
    """How a line of the note begins that asks about what a unit has come to say."""
    return f"Enhetens nya {PARTS[part].lower()}: "


def questions(line: Line) -> dict[str, str]:
    """What is asked in a row's note, by the part that both the coordinator and the unit have changed."""
    return {
        part: words
        for part in _PARTS
        for words in line.choice.asked
        if words.startswith(_question(part)) and words in line.choice.note
    }


def _title(line: Line) -> str:
    return (
        line.activity.values.title or (line.collected.values.title if line.collected else "") or "–"
    )


def _place(line: Line, part: str) -> Place:
    return line.read.place(part) if line.read else Place(COMPILATION_FILE, ACTIVITIES)


def with_part(activity: Activity, other: Activity, part: str) -> Activity:
    """The activity with what the other says in a field or of its goal."""
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
