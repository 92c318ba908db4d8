"""What was found wrong, and where: the records every step returns beside its result.

The texts stand in `catalogue/`; this module owns how a text, a place and a value become one
finding, and how findings are sorted. What a person wrote wrongly becomes a finding; what the
program does wrongly raises.
"""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum

from excel_uppsikt.findings.catalogue import CATALOGUE
from excel_uppsikt.folder import PLAN_FILE

LONGEST_QUOTE = 120
_LOOKED_AT = 1_000
_CELL = re.compile(r"([A-Z]+)([0-9]+)$")


class CannotRunError(Exception):
    """A command cannot be carried out. The text says why and what to do, in Swedish, in one line."""


class Severity(StrEnum):
    """How much a finding matters: stops, should be mended, worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Source:
    """A place in a received workbook: `file` relative to the round with `/`, `cell` as `D7`."""

    file: str | None = None
    sheet: str | None = None
    cell: str | None = None

    def words(self) -> str:
        """The place inside its file in Swedish, such as `Blad ”Mål”, cell B2: `, or nothing."""
        if self.sheet is None:
            return ""
        return f"Blad ”{self.sheet}”" + (f", cell {self.cell}: " if self.cell else ": ")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend or to know, in the form in which it is also printed as JSON."""

    code: str
    severity: Severity
    message: str
    file: str | None = None
    sheet: str | None = None
    cell: str | None = None
    value: str | None = None

    @property
    def source(self) -> Source:
        """Where it was found."""
        return Source(self.file, self.sheet, self.cell)

    def as_json(self) -> dict[str, str | None]:
        """The finding as a JSON object with the keys of the design."""
        return {key: None if value is None else str(value) for key, value in asdict(self).items()}


def quote(value: object) -> str:
    """What was written, in Swedish quotation marks, on one line and not too long to read."""
    # One text may be quoted in thousands of findings, so no more of it is looked at than may be shown.
    whole = str(value)
    text = " ".join(whole[:_LOOKED_AT].split())
    if len(text) > LONGEST_QUOTE or len(whole) > _LOOKED_AT:
        text = text[: LONGEST_QUOTE - 1].rstrip() + "…"
    return f"”{text}”"


def find(
    code: str,
    source: Source | None = None,
    value: object = None,
    *,
    variant: str = "",
    **fields: object,
) -> Finding:
    """The finding of `code` at `source`, its text filled with `fields` and the quoted value.

    Raises `KeyError` for a code, variant or field that the catalogue does not know.
    """
    source = source or Source()
    rule = CATALOGUE[code]
    written = None if value is None else str(value)
    text = rule.texts[variant].format(value=quote(written or ""), **fields)
    return Finding(
        code=code,
        severity=Severity(rule.severity),
        message=source.words() + text,
        file=source.file,
        sheet=source.sheet,
        cell=source.cell,
        value=written,
    )


def cell_order(cell: str | None) -> tuple[int, int, str]:
    """A sorting key that reads a sheet row by row: A2 before B2 before A10."""
    match = _CELL.match(cell or "")
    if match is None:
        return (0, 0, cell or "")
    return (int(match[2]), len(match[1]), match[1])


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, each once, by file, sheet, cell and code; the plan's first, those of no file last."""
    return tuple(sorted(dict.fromkeys(findings), key=_place))


def _place(finding: Finding) -> tuple[object, ...]:
    return (
        finding.file is None,
        finding.file != PLAN_FILE,
        finding.file or "",
        finding.sheet is not None,
        _with_numbers(finding.sheet or ""),
        cell_order(finding.cell),
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
