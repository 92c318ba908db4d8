"""Entries merged into activities: what several workbooks say of the same activity becomes one."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from excel_uppsikt.compilation.ids import Key, assign_ids
from excel_uppsikt.compilation.look_alikes import look_alike
from excel_uppsikt.figures import TitleKey
from excel_uppsikt.findings.catalogue.merging import M602, M604
from excel_uppsikt.findings.catalogue.rows import R309
from excel_uppsikt.findings.finding import Finding, find, quote
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form import definition as form
from excel_uppsikt.form.definition import ColumnKind
from excel_uppsikt.language.text import LONGEST_TEXT, cell_part, fold, listed, swedish_order
from excel_uppsikt.model import Activity, Entry, Field, Plan, Values

# Of what units say differently of an activity, the first is kept, or all, after one another.
KEPT_FIRST = tuple(c.field for c in form.COLUMNS if c.kind in (ColumnKind.DATE, ColumnKind.STATUS))
_JOINED = tuple(
    c.field for c in form.COLUMNS if c.kind is ColumnKind.TEXT and c.field is not Field.TITLE
)

_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Merged:
    """The activities in report order, and what disagreed or looked alike."""

    activities: tuple[Activity, ...]
    findings: tuple[Finding, ...]


def merge_entries(
    plan: Plan,
    entries: Iterable[Entry],
    known_ids: Mapping[str, str] | None = None,
    apart: Container[TitleKey] = (),
    together: Mapping[str, str] = _NOTHING,
) -> Merged:
    """The entries as activities, those with the same department, goal and title as one.

    Titles are the same after normalising case, spaces and dashes; a row without a title stays on its
    own. `known_ids` gives the title that each Id had before: an Id on rows with different titles
    stays with that one, else with the first. What is kept `apart` is one only for the same units; what
    is put `together`, by Id, is not told to look alike. Activities come by department, goal number and
    Swedish alphabetical order of title.
    """
    groups: dict[Key, list[Entry]] = {}
    for entry in sorted(entries, key=_plan_order(plan)):
        groups.setdefault(_key(entry, apart), []).append(entry)
    findings: list[Finding] = []
    activities: list[Activity] = []
    ids = assign_ids(groups, known_ids or {})
    for key, group in groups.items():
        same, repeats = _without_repeats(group)
        findings.extend(repeats)
        findings.extend(_disagreements(same))
        activity, cut = _within_a_cell(_activity(plan, ids[key], group, same), same)
        activities.append(activity)
        findings.extend(cut)
    departments = {department.name: at for at, department in enumerate(plan.departments)}
    activities.sort(
        key=lambda a: (
            departments.get(a.department or "", len(departments)),
            a.goal.number,
            not a.values.title,
            swedish_order(a.values.title),
        )
    )
    return Merged(tuple(activities), (*findings, *look_alike(activities, groups, together)))


def _plan_order(plan: Plan) -> "_Order":
    return _Order({unit.name: at for at, unit in enumerate(plan.units)})


@dataclass(frozen=True, slots=True)
class _Order:
    """Sorts entries by the first of their units in the plan, common ones first, then by place."""

    units: Mapping[str, int]

    def __call__(self, entry: Entry) -> tuple[int, str, str, int]:
        first = (
            -1
            if entry.values.whole
            else min((self.units[u] for u in entry.values.units), default=10**6)
        )
        return (first, entry.file, entry.sheet, entry.row)


def _key(entry: Entry, apart: Container[TitleKey]) -> Key:
    key = entry.activity
    return (*key, _whose(entry) if key in apart else "")


def _without_repeats(group: Sequence[Entry]) -> tuple[list[Entry], list[Finding]]:
    """The group without rows that say exactly what an earlier row of their workbook says (M604)."""
    kept: dict[tuple[object, ...], Entry] = {}
    findings: list[Finding] = []
    for entry in sorted(group, key=lambda e: (e.file, e.sheet, e.row)):
        first = kept.setdefault((entry.file, _said(entry)), entry)
        if first is not entry:
            findings.append(
                find(
                    M604.PLAIN, entry.place(), entry.values.title, row=first.row, sheet=first.sheet
                )
            )
    firsts = set(map(id, kept.values()))
    return [entry for entry in group if id(entry) in firsts], findings


def _said(entry: Entry) -> Values:
    """What a row says, its title as titles are compared."""
    return replace(entry.values, title=fold(entry.values.title))


def _disagreements(group: Sequence[Entry]) -> list[Finding]:
    """M602 for each cell whose value differs from the first that was given."""
    findings: list[Finding] = []
    for of in (*KEPT_FIRST, *_JOINED):
        given = [entry for entry in group if entry.values.value(of)]
        # Compared once for all: the first may be a text of many pages.
        said = _compared(given[0].values.value(of)) if given else None
        for entry in given[1:]:
            if _compared(entry.values.value(of)) == said:
                continue
            first = given[0]
            header, title = form.header(of), quote(entry.values.title)
            where = first.place().as_row()
            place, written, whose = entry.place(of), entry.raw.get(of, ""), _whose(first)
            if of in _JOINED:
                findings.append(
                    find(M602.JOINED, place, written, header=header, title=title, where=where,
                         whose=whose)
                )  # fmt: skip
            else:
                kept = quote(first.raw.get(of, ""))
                findings.append(
                    find(M602.FIRST_KEPT, place, written, header=header, title=title,
                         kept=kept, where=where, whose=whose)
                )  # fmt: skip
    return findings


def _whose(entry: Entry) -> str:
    """Whom a row is from, in words for somebody who has not got its file."""
    return listed(list(entry.values.units)) or f"{form.COMMON} {entry.department or ''}".rstrip()


def _compared(value: object) -> object:
    """A value as two rows' are compared: texts without regard to case and spaces."""
    return fold(value) if isinstance(value, str) else value


def _activity(plan: Plan, made: str, group: Sequence[Entry], same: Sequence[Entry]) -> Activity:
    first, values = same[0], joined_values(plan, [entry.values for entry in same])
    sources = tuple(Place(entry.file, entry.sheet, entry.row) for entry in group)
    return Activity(made, first.goal, first.department, values, sources)


def joined_values(plan: Plan, said: Sequence[Values]) -> Values:
    """What several say of an activity: all their units and texts, the first title, dates and status given."""
    values = said[0]
    for of in KEPT_FIRST:
        values = values.taking(of, next((one for one in said if one.given(of)), values))
    texts = {of.value: _joined(str(one.value(of)) for one in said) for of in _JOINED}
    named = {name for one in said for name in one.units}
    return replace(
        values,
        units=tuple(unit.name for unit in plan.units if unit.name in named),
        whole=any(one.whole for one in said),
        **texts,  # type: ignore[arg-type]  # texts by their names
    )


def _within_a_cell(activity: Activity, group: Sequence[Entry]) -> tuple[Activity, list[Finding]]:
    """The activity with texts that a cell can hold; R309 has what did not fit as its value."""
    findings: list[Finding] = []
    cut: dict[str, Any] = {}
    for of in (Field.TITLE, *_JOINED):
        text = str(activity.values.value(of))
        kept = cell_part(text)
        if kept == text:
            continue
        last = [entry for entry in group if entry.values.value(of)][-1]
        cut[of.value] = kept
        findings.append(
            find(
                R309.CUT,
                last.place(of),
                text[len(kept) :],
                header=form.header(of),
                limit=LONGEST_TEXT,
            )
        )
    return replace(activity, values=replace(activity.values, **cut)), findings


def _joined(texts: Iterable[str]) -> str:
    """The different texts, each once, as paragraphs after one another."""
    different: dict[str, str] = {}
    for text in texts:
        if text:
            different.setdefault(fold(text), text)
    return "\n".join(different.values())
