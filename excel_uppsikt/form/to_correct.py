"""What units are to put right: how much a finding has to matter, and whose it is."""

from collections.abc import Callable, Iterable

from excel_uppsikt.findings.code import Severity
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.model import Collection, Submission

# What is a unit's to correct; hints stand in the list too where there is anything else.
TO_CORRECT = (Severity.ERROR, Severity.WARNING)


def by_submission(
    findings: Iterable[Finding],
) -> Callable[[Submission], tuple[Finding, ...]]:
    """Which of the findings are a submission's, in their order: those of its file, and of its unit.

    All of them are such that units can do something about.
    """
    of_file: dict[str | None, list[tuple[int, Finding]]] = {}
    of_unit: dict[str | None, list[tuple[int, Finding]]] = {}
    for at, finding in enumerate(findings):
        if finding.file is None:
            of_unit.setdefault(finding.value, []).append((at, finding))
        else:
            of_file.setdefault(finding.file, []).append((at, finding))

    def concerning(submission: Submission) -> tuple[Finding, ...]:
        # What a unit lacks is no matter of a form for what was sent back.
        whole = submission.unit is not None and not submission.completion
        unit = of_unit.get(submission.unit, []) if whole else []
        # Each has a number of its own, so that two findings are never compared.
        return tuple(finding for _, finding in sorted([*of_file.get(submission.file, []), *unit]))

    return concerning


def last_answers(submissions: Iterable[Submission]) -> list[Submission]:
    """The submissions, of each owner's forms for what was sent back only the last saved, which counts."""
    listed = list(submissions)
    last = {one.owner: one for one in Collection(tuple(listed)).completions}
    return [one for one in listed if not one.completion or one is last.get(one.owner)]
