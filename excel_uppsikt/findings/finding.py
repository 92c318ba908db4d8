"""What was found wrong, and where: the records every step returns beside its result.

A finding holds its code's variant, its place and what its text is filled with; it is worded when it is
shown. What a person wrote wrongly becomes a finding; what the program does wrongly raises.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from excel_uppsikt.findings.code import Code, Severity
from excel_uppsikt.findings.place import Place
from excel_uppsikt.round_paths import PLAN_FILE

LONGEST_QUOTE = 120
_LOOKED_AT = 1_000


class CannotRunError(Exception):
    """A command cannot be carried out. The text says why and what to do, in Swedish, in one line."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to correct or to know: the code's variant, where it is, and what was written there."""

    variant: Code
    place: Place
    value: str | None = None
    fields: tuple[tuple[str, object], ...] = ()

    @property
    def code(self) -> str:
        """The code's name, such as `R302`."""
        return type(self.variant).__name__

    def of(self, *codes: type[Code]) -> bool:
        """Whether it is of one of these codes."""
        return isinstance(self.variant, codes)

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        return self.variant.severity

    @property
    def file(self) -> str | None:
        """The file it is in."""
        return self.place.file

    @property
    def sheet(self) -> str | None:
        """The sheet it is on."""
        return self.place.sheet

    @property
    def cell(self) -> str | None:
        """The cell it is about, such as `D7`."""
        return self.place.cell

    @property
    def words(self) -> str:
        """What it says, in Swedish, without where."""
        return self.variant.text.format(value=quote(self.value or ""), **dict(self.fields))

    @property
    def for_units(self) -> bool:
        """Whether the unit that it is about can do something about it."""
        return self.variant.unit_text is not None

    @property
    def unit_words(self) -> str:
        """What it says to the unit that it is about; nothing where it is not a unit's matter."""
        text = self.variant.unit_text or ""
        return text.format(value=quote(self.value or ""), **dict(self.fields))

    @property
    def message(self) -> str:
        """The sheet and cell, and what it says."""
        return self.place.words() + self.words

    def as_json(self) -> dict[str, str | None]:
        """The finding as a JSON object with the keys of the design."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
            "file": self.file,
            "sheet": self.sheet,
            "cell": self.cell,
            "value": self.value,
        }


def quote(value: object) -> str:
    """What was written, in Swedish quotation marks, on one line and not too long to read."""
    # One text may be quoted in thousands of findings, so no more of it is looked at than may be shown.
    whole = str(value)
    text = " ".join(whole[:_LOOKED_AT].split())
    if len(text) > LONGEST_QUOTE or len(whole) > _LOOKED_AT:
        text = text[: LONGEST_QUOTE - 1].rstrip() + "…"
    return f"”{text}”"


def find(
    variant: Code, place: Place | None = None, value: object = None, **fields: object
) -> Finding:
    """The finding of a code's variant at a place, with what was written and what its text needs.

    Raises `ValueError` where the fields are not those of the variant's text.
    """
    if fields.keys() != variant.fields:
        raise ValueError(f"{variant} takes {sorted(variant.fields)}, not {sorted(fields)}")
    written = None if value is None else str(value)
    return Finding(variant, place or Place(), written, tuple(fields.items()))


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, each once, by file, sheet, cell and code; the plan's first, those of no file last."""
    return tuple(sorted(dict.fromkeys(findings), key=_order))


def _order(finding: Finding) -> tuple[object, ...]:
    place = finding.place
    return (
        place.file is None,
        place.file != PLAN_FILE,
        place.file or "",
        place.sheet is not None,
        _with_numbers(place.sheet or ""),
        place.row or 0,
        place.column or 0,
        finding.code,
        finding.value or "",
    )


def _with_numbers(name: str) -> list[tuple[int, str]]:
    """A sorting key for sheet names: `2 Friskvård` before `10 Jämställdhet`."""
    return [
        (int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", name)
    ]


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)
