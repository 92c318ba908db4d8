"""A finding code: how much it matters, what it means, and a Swedish text for each variant of it."""

import string
from enum import Enum, StrEnum


class Severity(StrEnum):
    """How much a finding matters: stops, should be corrected, worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


# In the place of a unit's text, where a variant is the coordinator's alone to do something about.
NOT_FOR_UNITS = None


class Code(Enum):
    """A finding code is a subclass, named as the code; its members are the variants, each with its text.

    A text holds `{value}` for what was written, quoted, and other fields in braces. A second one is what
    a unit reads instead, or `NOT_FOR_UNITS`; a whole code is for the coordinator alone with `units=False`.
    """

    severity: Severity
    when: str
    example: str
    remedy: str
    units: bool

    def __init_subclass__(
        cls, *, severity: Severity, when: str, example: str, remedy: str, units: bool = True
    ) -> None:
        """Keeps when the code is given, an example of it, what to do about it, and if units are told."""
        cls.severity, cls.when, cls.example, cls.remedy = severity, when, example, remedy
        cls.units = units

    def __init__(self, text: str, unit_text: str | None = "") -> None:
        self.text = text
        self._unit_text = text if unit_text == "" else unit_text
        # What the texts are to be filled with, beside `value`.
        self.fields = fields_of(text) | fields_of(self._unit_text or "")

    @property
    def unit_text(self) -> str | None:
        """What a unit reads in its return; None for what is not a unit's to do something about."""
        return self._unit_text if type(self).units else None


def fields_of(text: str) -> frozenset[str]:
    """The names in braces in a text, but for `value`."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name) - {"value"}
