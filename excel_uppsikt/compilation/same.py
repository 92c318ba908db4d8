"""Samma som: rows that the coordinator joins into one activity, or keeps apart from each other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from excel_uppsikt.compilation.definition import ACTIVITIES, APART, SAME
from excel_uppsikt.compilation.edits import Edited, merge_edits
from excel_uppsikt.compilation.merging import KEPT_FIRST, joined_values
from excel_uppsikt.compilation.parts import same_value, shown
from excel_uppsikt.figures import TitleKey, title_key
from excel_uppsikt.findings.catalogue.choices import M612
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form.definition import header
from excel_uppsikt.language.text import cell_part, fold
from excel_uppsikt.model import Activity, Compilation, Line, Plan
from excel_uppsikt.round_paths import COMPILATION_FILE


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided before, in this round or the last.

    `same` is by Id what stood at Samma som the last time, `apart` what is kept apart, and `together` by Id
    the activity that a row is said to be. `parted` are the activities that were kept apart the last time.
    """

    same: Mapping[str, str]
    apart: frozenset[TitleKey]
    together: Mapping[str, str]
    parted: tuple[Activity, ...]


def decided(before: Compilation, earlier: Compilation) -> Decided:
    """What the coordinator has said of rows being the same, which holds in the next round too."""
    # Only what held: what could not be followed was told then.
    held = [ln for ln in before.lines if ln.choice.joined or is_apart(ln)]
    lines = [*earlier.lines, *held]
    apart = (
        title_key(activity)
        for line in lines
        if is_apart(line)
        for activity in (line.activity, line.collected)
        if activity is not None and activity.values.title
    )
    # A cell that is emptied in this round goes before what stood there the last time.
    now = {line.activity.id: line for line in (*held, *earlier.lines)}
    return Decided(
        same={line.activity.id: line.choice.same for line in held},
        apart=frozenset(apart),
        together={
            made: line.choice.same
            for made, line in now.items()
            if line.choice.same and not is_apart(line)
        },
        parted=tuple(line.activity for line in held if is_apart(line)),
    )


def is_apart(line: Line) -> bool:
    """Whether the row is kept apart from what it would be joined with."""
    return fold(line.choice.same) == APART


def merge_joined(
    plan: Plan, activities: Sequence[Activity], earlier: Compilation, said: Decided
) -> Edited:
    """The compilation as `merge_edits` makes it, with the rows that are the same as one activity.

    That is the one whose Id stands at Samma som: it has the units of all, and of their texts and dates what
    merging would make of them. The others stand in the compilation and not in the report. While the
    activity is away they stand for themselves. What cannot be followed is M612, and the rows stay apart.
    """
    edited = merge_edits(plan, activities, earlier, said.same, said.apart)
    roots, findings = _roots(edited.compilation)
    present = {activity.id for activity in activities}
    parts: dict[str, list[Activity]] = {}
    for line in edited.compilation.lines:
        root = roots.get(line.activity.id)
        if root in present and root is not None and line.choice.chosen:
            parts.setdefault(root, []).append(line.activity)
    if parts:
        whole = [_whole(plan, a, parts[a.id]) if a.id in parts else a for a in activities]
        edited = merge_edits(plan, whole, earlier, said.same, said.apart)
    joined = {activity.id for group in parts.values() for activity in group}
    lines = tuple(_marked(line, joined) for line in edited.compilation.lines)
    compilation = replace(edited.compilation, lines=lines)
    differing = _differing(plan, compilation, roots)
    return Edited(compilation, (*edited.findings, *findings, *differing))


def _differing(plan: Plan, compilation: Compilation, roots: Mapping[str, str]) -> Iterator[Finding]:
    """M612 for each date and status of a part that differs from the activity's, unless one was chosen."""
    by_id = {line.activity.id: line for line in compilation.lines}
    for line in compilation.lines:
        if not line.choice.joined:
            continue
        whole, mine = by_id[roots[line.activity.id]], line.activity
        if mine.last_reported and not whole.activity.last_reported:
            continue
        for of in KEPT_FIRST:
            same = not mine.values.given(of) or same_value(mine, whole.activity, of)
            chosen = whole.collected is None or not same_value(whole.activity, whole.collected, of)
            if not same and not chosen:
                place = line.read.place(of) if line.read else Place(COMPILATION_FILE, ACTIVITIES)
                yield find(
                    M612.DIFFERS, place, shown(plan, mine, of), header=header(of),
                    title=mine.values.title or "–", kept=shown(plan, whole.activity, of),
                    other=whole.activity.values.title or "–",
                )  # fmt: skip


def not_yet_merged(compilation: Compilation) -> Iterator[Finding]:
    """M612 for what is said at Samma som and is not so in a compilation as it was read."""
    roots, findings = _roots(compilation)
    yield from findings
    away = {line.activity.id for line in compilation.lines if line.choice.away}
    for line in compilation.lines:
        root = roots.get(line.activity.id)
        if line.choice.chosen and root not in away and line.choice.joined != (root is not None):
            place, title = _named(line)
            yield find(M612.NOT_YET, place, line.choice.same or None, title=title)


def _marked(line: Line, joined: Set[str]) -> Line:
    return replace(line, choice=replace(line.choice, joined=line.activity.id in joined))


def _whole(plan: Plan, activity: Activity, parts: Iterable[Activity]) -> Activity:
    """The activity with all that its parts say; those that nobody has reported only where nobody has any."""
    every = [activity, *parts]
    told = [one for one in every if not one.last_reported] or every
    values = joined_values(plan, [one.values for one in told])
    return replace(
        activity,
        values=replace(
            values,
            title=activity.values.title or values.title,
            # All of it stands in the rows of the parts.
            description=cell_part(values.description),
            comment=cell_part(values.comment),
        ),
        sources=tuple(dict.fromkeys(place for one in told for place in one.sources)),
        last_reported=told[0].last_reported,
    )


def _roots(compilation: Compilation) -> tuple[dict[str, str], list[Finding]]:
    """Which activity each row is that is another, by Ids, and what stands at Samma som that cannot be."""
    by_id = {fold(line.activity.id): line for line in compilation.lines}
    steps: dict[str, str] = {}
    findings: list[Finding] = []
    for line in compilation.lines:
        if not line.choice.same or is_apart(line):
            continue
        target = by_id.get(fold(line.choice.same))
        fault = _fault(line, target)
        if target is not None and fault is None:
            steps[line.activity.id] = target.activity.id
        elif fault is not None:
            findings.append(fault)
    roots: dict[str, str] = {}
    for line in compilation.lines:
        way = list(_way(line.activity.id, steps))
        if way and way[-1] in steps:
            place, title = _named(line)
            findings.append(find(M612.CIRCLE, place, line.choice.same, title=title))
        elif way:
            roots[line.activity.id] = way[-1]
    return roots, findings


def _way(made: str, steps: Mapping[str, str]) -> Iterator[str]:
    """The Ids from a row to the activity that it is; in a circle to one that was passed before."""
    passed = {made}
    while made in steps:
        made = steps[made]
        yield made
        if made in passed:
            return
        passed.add(made)


def _fault(line: Line, target: Line | None) -> Finding | None:
    """Why a row cannot be the same as another, where it cannot."""
    (place, title), written = _named(line), line.choice.same
    if target is None:
        return find(M612.UNKNOWN, place, written, title=title)
    mine, theirs = line.activity, target.activity
    other_goal = mine.goal.number != theirs.goal.number
    if other_goal or mine.department not in (None, theirs.department):
        return find(M612.ELSEWHERE, place, written, title=title)
    # To an own row nothing can be added without changing what the coordinator has written.
    return find(M612.OWN, place, written, title=title) if target.own else None


def _named(line: Line) -> tuple[Place, str]:
    """The cell of Samma som and the row's title, as they are told."""
    place = line.read.place(SAME) if line.read else Place(COMPILATION_FILE, ACTIVITIES)
    return place, line.activity.values.title or "–"
