"""A finding code: how much it matters, what it means, and a Swedish text for each variant of it."""

import string
from enum import Enum, StrEnum


class Severity(StrEnum):
    """How much a finding matters: stops, should be corrected, worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Code(Enum):
    """A finding code is a subclass, named as the code; its members are the variants, each with its text.

    A text holds `{value}` for what was written, quoted, and other fields in braces.
    """

    severity: Severity
    when: str
    example: str
    remedy: str

    def __init_subclass__(cls, *, severity: Severity, when: str, example: str, remedy: str) -> None:
        """Keeps when the code is given, an example of it, and what to do about it."""
        cls.severity, cls.when, cls.example, cls.remedy = severity, when, example, remedy

    def __init__(self, text: str) -> None:
        self.text = text
        # What the text is to be filled with, beside `value`.
        self.fields = fields_of(text)


def fields_of(text: str) -> frozenset[str]:
    """The names in braces in a text, but for `value`."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name) - {"value"}
