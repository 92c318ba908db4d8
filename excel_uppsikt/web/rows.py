"""Findings and files as rows of a table, with what is told of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from excel_uppsikt.findings.catalogue.files import F201
from excel_uppsikt.findings.catalogue.units import U501, U502, U503, U504
from excel_uppsikt.findings.finding import Finding, in_order
from excel_uppsikt.form.definition import COMMON
from excel_uppsikt.model import FormKind, Submission
from excel_uppsikt.round_paths import COMPILATION_FILE, INBOX, PLAN_FILE
from excel_uppsikt.rounds.results import CheckedRound
from excel_uppsikt.rounds.words import WORDS, tally
from excel_uppsikt.web import words
from excel_uppsikt.web.editing import key_of

_IN_INBOX = f"{INBOX}/"
# What a file is told to be that holds no workbook.
_NO_FORMS = frozenset({F201.NOT_WORKBOOK, F201.MAIL, F201.ZIP})


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding as it is shown: whose it is, where it stands, what it says and what is to be done.

    `link` is the address of the compilation's row that it is about, where there is one.
    """

    severity: str
    word: str
    code: str
    whose: str
    where: str
    says: str
    written: str
    remedy: str
    link: str = ""

    @property
    def text(self) -> str:
        """All of it, to search in."""
        return " ".join(
            (self.word, self.code, self.whose, self.where, self.says, self.written)
        ).casefold()


def finding_rows(
    findings: Iterable[Finding],
    owners: Mapping[str, str] | None = None,
    links: Mapping[str, str] | None = None,
) -> tuple[FindingRow, ...]:
    """The findings in order; `owners` are those of files by name, `links` lead from rows to their pages."""
    return tuple(_row(finding, owners or {}, links or {}) for finding in in_order(findings))


def row_links(checked: CheckedRound, address: str) -> dict[str, str]:
    """The pages of the compilation's rows, by where they were reported and where they stand.

    `address` is where the round's pages begin. A row that is not in the compilation yet has none.
    """
    return {
        place.as_row(): f"{address}/rad/{key_of(line)}"
        for line in checked.compilation.lines
        if line.read is not None
        for place in (*line.activity.sources, line.read.place())
    }


def _row(finding: Finding, owners: Mapping[str, str], links: Mapping[str, str]) -> FindingRow:
    return FindingRow(
        severity=finding.severity.value,
        word=WORDS[finding.severity],
        code=finding.code,
        whose=owners.get(finding.file, "") if finding.file else _owner(finding),
        where=_where(finding),
        says=finding.words,
        written="" if finding.file is None else finding.value or "",
        remedy=finding.variant.remedy,
        link=links.get(finding.place.as_row(), "") if finding.place.row else "",
    )


def _owner(finding: Finding) -> str:
    """The unit that a finding without a file is about."""
    if finding.of(U501, U502, U503, U504):
        return finding.value or ""
    return str(dict(finding.fields).get("unit") or "")


def _where(finding: Finding) -> str:
    parts = [_file(finding.file)] if finding.file else []
    if finding.sheet:
        parts.append(f"blad {finding.sheet}")
    if finding.cell:
        parts.append(f"cell {finding.cell}")
    return ", ".join(parts)


def _file(name: str) -> str:
    known = {PLAN_FILE: words.PLAN_NAME, COMPILATION_FILE: words.COMPILATION_NAME}
    return known.get(name, name.removeprefix(_IN_INBOX))


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of the inbox as it is shown: whose it is, how much it holds, what was found in it.

    `says` are the findings in words, where the file is not used as it should be, and `no_form` is whether it
    can be no form, whoever would save it anew.
    """

    file: str
    whose: str
    activities: int | None
    state: str
    tone: str
    found: str
    says: tuple[str, ...]
    flawed: bool
    no_form: bool = False


def file_rows(checked: CheckedRound) -> tuple[FileRow, ...]:
    """Every file that was looked at, in the order of their names."""
    return rows_of(checked.collection.submissions, checked.findings)


def rows_of(submissions: Iterable[Submission], findings: Iterable[Finding]) -> tuple[FileRow, ...]:
    """A row for each form and for each other file with something found in it."""
    forms = tuple(submissions)
    of_file: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.file and finding.file.startswith(_IN_INBOX):
            of_file.setdefault(finding.file, []).append(finding)
    rows = [_form(one, of_file.pop(one.file, [])) for one in forms]
    for name, found in of_file.items():
        opened = any(one.file.startswith(f"{name}/") for one in forms)
        rows.append(_other(name, found, opened=opened))
    return tuple(sorted(rows, key=lambda row: row.file))


def owners_of(checked: CheckedRound) -> dict[str, str]:
    """Whose each file is, by its name."""
    return {one.file: whose(one) for one in checked.collection.submissions}


def whose(submission: Submission) -> str:
    """Whose a form is, in words; '' where its unit is not in the plan."""
    if submission.kind is FormKind.GOAL:
        return words.PER_GOAL
    if submission.unit is None and submission.department is None:
        return ""
    owner = submission.unit or f"{COMMON} {submission.department}"
    return f"{owner} ({words.COMPLETION})" if submission.completion else owner


def _form(submission: Submission, found: list[Finding]) -> FileRow:
    used = submission.used
    return FileRow(
        file=submission.file.removeprefix(_IN_INBOX),
        whose=whose(submission),
        activities=submission.activities,
        state=words.USED if used else words.SET_ASIDE,
        tone="good" if used else "plain",
        found=tally(found),
        says=() if used else tuple(finding.words for finding in found),
        flawed=bool(found),
    )


def _other(name: str, found: list[Finding], *, opened: bool) -> FileRow:
    return FileRow(
        file=name.removeprefix(_IN_INBOX),
        whose="",
        activities=None,
        state=words.OPENED if opened else words.NOT_READ,
        tone="plain" if opened else "error",
        found=tally(found),
        says=tuple(finding.words for finding in found),
        flawed=bool(found),
        no_form=not opened and {finding.variant for finding in found} <= _NO_FORMS,
    )
