"""What the cells of rows may name: the plan's units, statuses and goals, and words for a whole department."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from excel_uppsikt.form import definition as form
from excel_uppsikt.form.definition import WHOLE_DEPARTMENT
from excel_uppsikt.language.choices import read_choice
from excel_uppsikt.language.likeness import Comparisons
from excel_uppsikt.language.text import fold
from excel_uppsikt.model import Plan, Status


@dataclass(frozen=True, slots=True)
class Scope:
    """What the cells of rows may name, made once for each form, and for the compilation.

    `choices` gives units and words for a whole department by folded spelling, `wholes` the department
    that such words mean, `''` for words that do not say which. `department` is None where all may be named.
    `parts` are the units that one which was split became, by the name it had; in rows of `before` that,
    the name means each of them, and in others none. `gone_statuses` and `gone_units` could be chosen when
    a form went out and mean nothing in the plan now, by folded spelling.
    """

    plan: Plan
    department: str | None
    choices: Mapping[str, str]
    wholes: Mapping[str, str]
    other_units: Mapping[str, str]
    home: Mapping[str, str]
    statuses: Mapping[str, str]
    exact_statuses: Mapping[str, Status]
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    before: bool = False
    gone_statuses: Mapping[str, str] = field(default_factory=dict)
    gone_units: Mapping[str, str] = field(default_factory=dict)
    comparisons: Comparisons = field(default_factory=Comparisons)

    @classmethod
    def of(cls, plan: Plan, department: str | None, *, before: bool = False) -> "Scope":
        """The scope of a department's rows, or of all departments'; `before`: of the previous round's."""
        parts = form.split_units(plan.units_of(department), before=before)
        departments = [d for d in plan.departments if department in (None, d.name)]
        others = [unit for unit in plan.units if unit.department not in (None, department)]
        words = {
            key: f"{WHOLE_DEPARTMENT} {name}"
            for key, name in form.whole_choices(departments).items()
        }
        words.setdefault(fold(WHOLE_DEPARTMENT), WHOLE_DEPARTMENT)
        return cls(
            plan=plan,
            department=department,
            choices={
                **({fold(name): name for name in parts} if before else {}),
                **form.unit_names(plan.units_of(department)),
                **words,
            },
            wholes={w: w.removeprefix(WHOLE_DEPARTMENT).strip() for w in words.values()},
            other_units={fold(u.name): u.department for u in others} if department else {},
            home={unit.name: unit.department for unit in plan.units},
            statuses=form.status_names(plan),
            exact_statuses={status.name: status for status in plan.statuses},
            parts=parts,
            before=before,
        )

    def offering(self, statuses: Sequence[str], units: Sequence[str]) -> "Scope":
        """The same scope for rows of a form whose lists offered these."""
        known = self.choices.keys() | self.other_units.keys() | set(map(fold, self.parts))
        gone = [unit for unit in units if fold(unit) not in known]
        return replace(
            self,
            gone_statuses={fold(s): s for s in statuses if fold(s) not in self.statuses},
            # One that is read as another all the same was only spelt otherwise.
            gone_units={
                fold(unit): unit for unit in gone if read_choice(unit, self.choices).name is None
            },
        )

    def parts_meant(self, names: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """The parts that names of split units may mean, each with the name; none where a part is named."""
        return tuple(
            (part, name)
            for name in names
            for part in self.parts.get(name, ())
            if not any(other in names for other in self.parts[name] if other != name)
        )
