"""Whose a received workbook is, and of which round: what each place in it says, and who wins."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from excel_uppsikt.excel.workbook import Workbook
from excel_uppsikt.form import definition as form
from excel_uppsikt.form.definition import Key
from excel_uppsikt.intake.names import UnitNames, plain
from excel_uppsikt.language.cells import as_text
from excel_uppsikt.language.text import fold
from excel_uppsikt.model import FormKind, Plan

_PROPERTY = "uppsikt "
_META, _PROPERTIES, _VISIBLE, _FILE_NAME, _ROWS = (
    "",
    "dokumentets egenskaper",
    "formulär-id på Läs mig",
    "filnamnet",
    "raderna",
)


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose a form is.

    `said` is the unit's or department's name as the form says it, for a finding when the plan has
    none such. `told_by` is empty when the hidden sheet told, else where it was read.
    """

    kind: FormKind
    unit: str | None = None
    department: str | None = None
    said: str = ""
    told_by: str = ""

    @property
    def known(self) -> bool:
        """Whether the plan has the unit or department."""
        return self.kind is FormKind.GOAL or self.department is not None


@dataclass(frozen=True, slots=True)
class Marks:
    """What the hidden sheet, the properties and Läs mig say, before anything is compared.

    Of a form for what was sent back `said` are its own texts, folded, and `sent` its activities by Id, as
    they were written when it went out. `statuses` and `units` could be chosen in its lists.
    """

    meta: Mapping[str, str] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    form_id: tuple[str, ...] = ()
    said: frozenset[str] = frozenset()
    sent: Mapping[str, str] = field(default_factory=dict)
    statuses: tuple[str, ...] = ()
    units: tuple[str, ...] = ()

    @property
    def completion(self) -> bool:
        """Whether it is a form for what was sent back, by any of the places that tell."""
        kinds = [self.meta.get(Key.KIND, ""), self.properties.get(Key.KIND, ""), *self.form_id[1:2]]
        return form.COMPLETION in map(fold, kinds)

    @property
    def round_name(self) -> str:
        """The round that the workbook says it belongs to, or ''."""
        told = self.meta.get(Key.ROUND) or self.properties.get(Key.ROUND)
        return told or (self.form_id[0] if self.form_id else "")

    def goal_of_sheet(self, name: str) -> str:
        """The goal that the hidden sheet gives for a sheet's name, or ''."""
        return self.meta.get(f"{Key.GOAL}: {name}", "")

    @property
    def goal_lines(self) -> frozenset[str]:
        """The goals as the form went out with them, as Läs mig has each on a line, folded."""
        mark = f"{Key.GOAL}: "
        sheets = {key.removeprefix(mark): goal for key, goal in self.meta.items() if mark in key}
        return frozenset(fold(f"{name.partition(' ')[0]}. {goal}") for name, goal in sheets.items())


def read_marks(workbook: Workbook) -> Marks:
    """The marks of identity in a workbook; each is empty where it has been lost."""
    meta: dict[str, str] = {}
    said: set[str] = set()
    sent: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    form_id: tuple[str, ...] = ()
    label = fold(form.FORM_ID_LABEL)
    for sheet in workbook.sheets:
        if fold(sheet.name) == fold(form.META_SHEET):
            for row in sheet.rows:
                texts = [as_text(cell) for cell in row[:2]]
                kind, _, made = texts[0].partition(f"{Key.SENT} ") if texts else ("", "", "")
                if made and not kind:
                    sent.setdefault(made, _joined(row[1:]))
                elif texts and texts[0].startswith(f"{Key.SAID} "):
                    said |= {
                        fold(part) for part in (_joined(row[1:]), *_joined(row[1:]).split("\n"))
                    }
                elif texts and texts[0] in (Key.STATUSES, Key.UNITS):
                    lists[texts[0]] = tuple(filter(None, _joined(row[1:]).split("\n")))
                elif len(texts) == 2 and all(texts):
                    meta.setdefault(texts[0], texts[1])
            continue
        cells = (cell for row in sheet.rows[:40] for cell in row[:4] if isinstance(cell, str))
        if not form_id:
            labelled = next((cell for cell in cells if fold(cell).startswith(label)), "")
            value = as_text(labelled).partition(":")[2]
            form_id = tuple(part.strip() for part in value.split(" / ", 2)) if labelled else ()
    properties = {
        key.removeprefix(_PROPERTY): value
        for key, value in workbook.properties.items()
        if key.startswith(_PROPERTY)
    }
    known_id = form_id if len(form_id) == 3 else ()
    statuses, units = lists.get(Key.STATUSES, ()), lists.get(Key.UNITS, ())
    return Marks(meta, properties, known_id, frozenset(said - {""}), sent, statuses, units)


def _joined(cells: Sequence[object]) -> str:
    """A long text that took several cells."""
    return "".join(cell for cell in cells if isinstance(cell, str))


def identify(
    plan: Plan,
    names: UnitNames,
    file: str,
    marks: Marks,
    row_units: Callable[[], frozenset[str]],
) -> Identity | None:
    """Whose the form is: the hidden sheet, properties, visible id, file name and rows in that order.

    None when nothing tells. `row_units` gives the units of the rows when they all agree, else nothing;
    it is asked last, since it has to read them all.
    """
    for known, told_by in ((marks.meta, _META), (marks.properties, _PROPERTIES)):
        identity = _from_keys(plan, known, told_by)
        if identity is not None:
            return identity
    if marks.form_id:
        _, kind, owner = marks.form_id
        if fold(kind) == form.COMPLETION and owner.startswith(f"{form.COMMON} "):
            kind, owner = FormKind.COMMON.value, owner.removeprefix(f"{form.COMMON} ")
        key = {FormKind.UNIT: Key.UNIT, FormKind.COMMON: Key.DEPARTMENT}.get(_kind(kind), Key.GOAL)
        identity = _from_keys(plan, {Key.KIND: kind, key: owner}, _VISIBLE)
        if identity is not None:
            return identity
    identity = from_file_name(plan, names, file)
    if identity is not None:
        return identity
    units = row_units()
    return _unit(plan, next(iter(units)), _ROWS) if len(units) == 1 else None


def _kind(written: str) -> FormKind:
    return next((kind for kind in FormKind if kind == fold(written)), FormKind.UNIT)


def _from_keys(plan: Plan, known: Mapping[str, str], told_by: str) -> Identity | None:
    kind = _kind(known.get(Key.KIND, ""))
    if fold(known.get(Key.KIND, "")) == form.COMPLETION and not known.get(Key.UNIT):
        kind = FormKind.COMMON
    if kind is FormKind.GOAL:
        return Identity(kind, told_by=told_by)
    if kind is FormKind.COMMON:
        return _common(plan, known.get(Key.DEPARTMENT, ""), told_by)
    unit = known.get(Key.UNIT, "")
    return _unit(plan, unit, told_by) if unit else None


def _unit(plan: Plan, said: str, told_by: str) -> Identity:
    name = form.unit_names(plan.units).get(fold(said))
    unit = next((unit for unit in plan.units if unit.name == name), None)
    department = unit.department if unit else None
    return Identity(FormKind.UNIT, name, department, said, told_by)


def _common(plan: Plan, said: str, told_by: str) -> Identity:
    names = {fold(department.name): department.name for department in plan.departments}
    name = names.get(fold(said))
    if not said and len(names) == 1:
        name = next(iter(names.values()))
    return Identity(FormKind.COMMON, None, name, said or form.COMMON, told_by)


def from_file_name(plan: Plan, names: UnitNames, file: str) -> Identity | None:
    """Whose a form is by its file name alone, or None."""
    stem = plain(PurePosixPath(file).stem)
    if re.match(r"mal \d+\b", stem):
        return Identity(FormKind.GOAL, told_by=_FILE_NAME)
    if plain(form.COMMON) in stem:
        inside = [d.name for d in plan.departments if plain(d.name) in stem]
        identity = _common(plan, inside[0] if len(inside) == 1 else "", _FILE_NAME)
        return identity if identity.known else None
    unit = names.unit_in(file)
    return _unit(plan, unit, _FILE_NAME) if unit else None
