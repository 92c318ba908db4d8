"""What both the coordinator and a unit have changed, side by side, and the one that was chosen."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from excel_uppsikt.compilation.definition import PARTS
from excel_uppsikt.compilation.edits import questions
from excel_uppsikt.compilation.parts import shown, with_part
from excel_uppsikt.model import Compilation, Line, Plan


@dataclass(frozen=True, slots=True)
class Conflict:
    """A part of an activity that both have changed: what stands in the compilation, and the unit's new."""

    activity: str
    part: str
    title: str
    header: str
    stands: str
    new: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """What the coordinator has chosen for a part of an activity: the unit's new value, or what stands."""

    activity: str
    part: str
    take_new: bool


def conflicts(plan: Plan, compilation: Compilation) -> tuple[Conflict, ...]:
    """Those that wait in a compilation, in its order: what was asked about stands in the note."""
    return tuple(found for line in compilation.lines for found in _of_line(plan, line))


def _of_line(plan: Plan, line: Line) -> Iterator[Conflict]:
    if line.collected is None:
        return
    title = line.activity.values.title or line.collected.values.title
    for part in questions(line):
        stands, new = (shown(plan, side, part) for side in (line.activity, line.collected))
        yield Conflict(line.activity.id, part, title, PARTS[part], stands, new)


def settle(compilation: Compilation, chosen: Iterable[Settlement]) -> Compilation:
    """The compilation as if the coordinator had written what was chosen, and emptied the note of it.

    What no longer waits is left as it is.
    """
    of_line: dict[str, list[Settlement]] = {}
    for one in chosen:
        of_line.setdefault(one.activity, []).append(one)
    return replace(
        compilation,
        lines=tuple(
            _settled(line, of_line.get(line.activity.id, [])) for line in compilation.lines
        ),
    )


def _settled(line: Line, chosen: Iterable[Settlement]) -> Line:
    for one in chosen:
        question = questions(line).get(one.part)
        if question is None or line.collected is None:
            continue
        note = line.choice.note.replace(question, "")
        note = "\n".join(row for row in note.split("\n") if row.strip())
        activity = line.activity
        if one.take_new:
            activity = with_part(activity, line.collected, one.part)
        line = replace(line, activity=activity, choice=replace(line.choice, note=note))
    return line
