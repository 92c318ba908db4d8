"""The round's tables as written."""

from dataclasses import dataclass
from pathlib import Path

from excel_uppsikt.findings.finding import Finding, has_errors
from excel_uppsikt.rounds.outputs import Written


@dataclass(frozen=True, slots=True)
class Tables:
    """The round's tables as written, and the findings that are in one of them."""

    folder: Path
    written: tuple[Written, ...]
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether no finding is an error."""
        return not has_errors(self.findings)
