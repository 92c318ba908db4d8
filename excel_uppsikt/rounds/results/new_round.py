"""A new round as made, and what it has of the last one."""

from dataclasses import dataclass
from pathlib import Path

from excel_uppsikt.findings.finding import Finding, has_errors


@dataclass(frozen=True, slots=True)
class Carried:
    """What a new round has of the last one, and what it has not.

    `previous` is the path to the last compilation as the plan gives it, '' where there is none.
    `to_fill_in` are the cells that wait for this round's values, `faults` all else that is wrong in the
    new plan, and `missing` the sheets that the last plan lacked, which are as in a blank one. `own`
    columns and sheets stand in the new plan as values; `former` names of units, and what was `left` by
    place, do not.
    """

    last: Path
    previous: str
    to_fill_in: tuple[Finding, ...]
    faults: tuple[Finding, ...]
    missing: tuple[str, ...]
    own: tuple[str, ...]
    former: tuple[tuple[str, str], ...]
    left: tuple[tuple[str, str], ...]
    with_template: bool


@dataclass(frozen=True, slots=True)
class NewRound:
    """A round's folder as made, with a plan to fill in: a blank one, or one `carried` from the last round."""

    folder: Path
    plan: Path
    inbox: Path
    carried: Carried | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong in the plan; cells to fill in are no fault."""
        return self.carried is None or not has_errors(self.carried.faults)
