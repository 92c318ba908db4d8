"""How many activities a unit has of those that it owes."""

from dataclasses import dataclass

from excel_uppsikt.model.plan import Goal


@dataclass(frozen=True, slots=True)
class RuleTerm:
    """One part of the unit rule for one unit: how many activities it has of how many it owes.

    `goal` is None for the plain minimum. `own` of the `have` are the unit's own; the rest are common.
    `common` is how many common ones there are, whether they count or not. `handed` is how many there
    would be by what was handed in alone, where that is another number than `have`. `heard` is whether a form
    of the unit's own is in use, else all that counts is from others.
    """

    unit: str
    goal: Goal | None
    have: int
    own: int
    minimum: int
    common: int = 0
    handed: int | None = None
    heard: bool = True

    @property
    def holds(self) -> bool:
        """Whether the unit has enough."""
        return self.have >= self.minimum

    @property
    def held(self) -> bool:
        """Whether the unit has handed in enough."""
        return (self.have if self.handed is None else self.handed) >= self.minimum
