"""The coordinator's edits kept: last collected, edited and newly collected values, field by field."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from excel_uppsikt.compilation.away import DELETED_NOTE, kept_away, told_away
from excel_uppsikt.compilation.definition import APART, PARTS
from excel_uppsikt.compilation.joining import join_row, joined_finding, joined_notes, same_own
from excel_uppsikt.compilation.parts import (
    EDITABLE,
    place_of,
    same_value,
    shown,
    title_of,
    with_part,
)
from excel_uppsikt.figures import TitleKey, title_key
from excel_uppsikt.findings.catalogue.merging import M603
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.language.text import swedish_order
from excel_uppsikt.model import Activity, Choice, Compilation, Line, Plan

_EMPTIED = "(tom cell)"
_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Edited:
    """The new compilation, and what was changed on both sides."""

    compilation: Compilation
    findings: tuple[Finding, ...]


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
        elif removed is None and (alike := same_own(activity, own.values(), apart)) is not None:
            del own[alike.activity.id]
            merged = join_row(plan, alike, activity)
            findings.append(joined_finding(alike))
        else:
            said = same.get(activity.id, APART if title_key(activity) in apart else "")
            merged = _new_line(activity, said, deleted=removed is not None)
        lines.append(merged)
    lines += (*kept_away(rows.values(), earlier), *own.values())
    compilation = _compiled(plan, lines, earlier, deleted.values())
    goals = {goal.text for goal in plan.goals}
    away = (told_away(line, goals) for line in compilation.lines if line.choice.away)
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
        alike = None if activity.id in known else same_own(activity, own, apart)
        if alike is not None:
            own.remove(alike)
            joined[alike.activity.id] = join_row(plan, alike, activity)
            findings.append(joined_finding(alike))
    lines = tuple(joined.get(line.activity.id, line) for line in earlier.lines)
    return Edited(replace(earlier, lines=lines), tuple(findings))


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
    asked, held = joined_notes(line), []
    for of in EDITABLE:
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
            find(M603.BOTH_CHANGED, place_of(line, of), value, header=header, title=title_of(line))
        )
    choice = replace(choice, asked=tuple(asked), away=False, held=tuple(held))
    # What was joined is told until its note has been read through.
    findings += [joined_finding(line)] if {*joined_notes(line)} & {*choice.asked} else []
    return Line(result, kept_base, choice, line.read), findings


def _question(part: str) -> str:
    """How a line of the note begins that asks about what a unit has come to say."""
    return f"Enhetens nya {PARTS[part].lower()}: "


def questions(line: Line) -> dict[str, str]:
    """What is asked in a row's note, by the part that both the coordinator and the unit have changed."""
    return {
        part: words
        for part in EDITABLE
        for words in line.choice.asked
        if words.startswith(_question(part)) and words in line.choice.note
    }
