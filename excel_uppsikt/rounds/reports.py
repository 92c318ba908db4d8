"""The Word documents of a round: reports, their letters, the coordinator's copies, and what is published."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from excel_uppsikt import figures
from excel_uppsikt.bundled import bundled
from excel_uppsikt.checks.units import unit_terms
from excel_uppsikt.folder import (
    COMPILATION_FILE,
    LETTERS,
    PUBLISHED,
    REPORT_TEMPLATE,
    REPORTS,
    WITH_SOURCES,
)
from excel_uppsikt.intake.inbox import inbox_files
from excel_uppsikt.model import Activity, Department, Plan
from excel_uppsikt.report.document import Account, make_report, report_name, unfilled_texts
from excel_uppsikt.report.letter import letter_name, make_letter, unfilled_in_letter
from excel_uppsikt.report.template import Front
from excel_uppsikt.rounds.checking import previous_compilation
from excel_uppsikt.rounds.files import Outputs, Written
from excel_uppsikt.word.accessibility import faults
from excel_uppsikt.word.pages import as_pdf, libreoffice, with_page_numbers
from excel_uppsikt.word.publishing import Unfinished, published


@dataclass(frozen=True, slots=True)
class Extras:
    """What is made beside the reports: PDF files, and copies for the coordinator with sources."""

    pdf: bool = False
    sources: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A department's documents as written; the report itself is the first of them.

    `numbered` is whether its contents have page numbers, `unfilled` are placeholders in fixed texts
    that the plan gives nothing for, `faults` what is not accessible in it, in words, `front`
    what became of the template's own text, and `older` files from before that were not made anew.
    """

    department: Department
    written: tuple[Written, ...]
    numbered: bool
    unfilled: tuple[str, ...]
    faults: tuple[str, ...]
    front: Front
    older: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """A report to publish: the clean copies as written, or why there are none.

    With neither it cannot be read as a Word document. `newer` is whether another report waits beside
    it, made after it was edited by hand.
    """

    report: Path
    written: tuple[Written, ...] = ()
    unfinished: Unfinished | None = None
    newer: bool = False


def newer_than_compilation(folder: Path) -> bool:
    """Whether a file in the inbox has been put there since the compilation was written."""
    merged = (folder / COMPILATION_FILE).stat().st_mtime
    files, _ = inbox_files(folder)
    return any(path.stat().st_mtime > merged for path in files)


def write_reports(
    folder: Path,
    plan: Plan,
    approved: Sequence[Activity],
    *,
    department: str | None = None,
    extras: Extras = Extras(),
) -> Iterator[Report]:
    """Writes the documents of each department, or of one, on the approved activities."""
    outputs = Outputs(folder)
    before = previous_compilation(folder, plan).compilation.approved
    for chosen in plan.departments:
        if department in (None, chosen.name):
            yield _written(outputs, plan, chosen, _account(plan, chosen, approved, before), extras)


def _account(
    plan: Plan, department: Department, approved: Sequence[Activity], before: Sequence[Activity]
) -> Account:
    own = [activity for activity in approved if activity.department == department.name]
    earlier = [activity for activity in before if activity.department == department.name]
    return Account(
        activities=own,
        changes=figures.changes(earlier, own) if plan.settings.previous else None,
        rule=[
            term
            for unit in plan.units_of(department.name)
            for term in unit_terms(plan, approved, unit)
        ],
    )


def _written(
    outputs: Outputs, plan: Plan, department: Department, account: Account, extras: Extras
) -> Report:
    own = outputs.folder / REPORT_TEMPLATE
    path = own if own.is_file() else bundled("workbook_templates") / REPORT_TEMPLATE
    template = path.read_bytes()
    made = make_report(plan, department, account, template=template)
    data, numbered = with_page_numbers(made.data)
    written = [outputs.write(f"{REPORTS}/{report_name(plan, department)}", data)]
    unfilled = unfilled_texts(plan, department)
    pdf = written[0].path.with_suffix(".pdf")
    # One that was made before would else tell of what has been changed since.
    if extras.pdf or pdf.is_file():
        written += _pdf(outputs, written[0].path.relative_to(outputs.folder), data)
    older = [pdf] if pdf.is_file() and len(written) == 1 else []
    if plan.settings.with_letter:
        letter = make_letter(plan, department, account, template=template)
        written.append(outputs.write(f"{LETTERS}/{letter_name(plan, department)}", letter))
        unfilled = tuple(dict.fromkeys((*unfilled, *unfilled_in_letter(plan, department))))
    else:
        before = outputs.folder / LETTERS / letter_name(plan, department)
        older += [before] if before.is_file() else []
    name = report_name(plan, department, sources=True)
    if extras.sources or (outputs.folder / WITH_SOURCES / name).is_file():
        copy = make_report(plan, department, account, template=template, sources=True)
        written.append(outputs.write(f"{WITH_SOURCES}/{name}", with_page_numbers(copy.data)[0]))
    found = tuple(fault.text for fault in faults(data))
    return Report(department, tuple(written), numbered, unfilled, found, made.front, tuple(older))


def _pdf(outputs: Outputs, document: Path, data: bytes) -> list[Written]:
    """The PDF of a document beside it, or nothing where LibreOffice cannot make one."""
    pdf = as_pdf(data)
    return [] if pdf is None else [outputs.write(document.with_suffix(".pdf").as_posix(), pdf)]


def publish(folder: Path, plan: Plan, *, department: str | None = None) -> Iterator[Publication]:
    """Writes a clean copy of each report as it lies in the folder, edited by hand or not.

    It has no names of who has written in it; where LibreOffice is installed there is a PDF too. A
    report with comments or tracked changes is left for the coordinator to finish.
    """
    outputs = Outputs(folder)
    for chosen in plan.departments:
        path = folder / REPORTS / report_name(plan, chosen)
        if department not in (None, chosen.name) or not path.is_file():
            continue
        try:
            clean = published(path.read_bytes(), author=plan.settings.municipality)
        except (ValueError, OSError):
            yield Publication(path)
            continue
        if isinstance(clean, Unfinished):
            yield Publication(path, unfinished=clean)
            continue
        if libreoffice() is not None:
            # What was written in by hand moves what comes after it.
            clean, _ = with_page_numbers(clean)
        written = [outputs.write(f"{PUBLISHED}/{path.name}", clean)]
        if libreoffice() is not None:
            written += _pdf(outputs, Path(PUBLISHED) / path.name, clean)
        newer = path.with_stem(f"{path.stem} (ny)").is_file()
        yield Publication(path, tuple(written), newer=newer)
