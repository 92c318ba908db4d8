"""The Word documents of a round: reports, their letters, the coordinator's copies, and what is published."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from excel_uppsikt import figures
from excel_uppsikt.bundled import bundled
from excel_uppsikt.compilation.reading import read_compilation
from excel_uppsikt.compilation.review import review
from excel_uppsikt.findings.finding import in_order
from excel_uppsikt.intake.inbox import inbox_files
from excel_uppsikt.model import Change, Department, Plan
from excel_uppsikt.report.account import Account, report_name
from excel_uppsikt.report.cover import arms_of
from excel_uppsikt.report.document import make_report, unfilled_texts
from excel_uppsikt.report.letter import letter_name, make_letter, unfilled_in_letter
from excel_uppsikt.report.manuscript import REASONS_PROMPT
from excel_uppsikt.report.unfinished import left_in_report
from excel_uppsikt.round_paths import (
    COMPILATION_FILE,
    LETTERS,
    PUBLISHED,
    REPORT_TEMPLATE,
    REPORTS,
    WITH_SOURCES,
)
from excel_uppsikt.rounds.checking import known_department, load_plan, previous_compilation
from excel_uppsikt.rounds.outputs import Outputs
from excel_uppsikt.rounds.results import (
    NO_EXTRAS,
    CheckedRound,
    Extras,
    Publication,
    Publications,
    Report,
    Reports,
    Review,
)
from excel_uppsikt.word.accessibility import faults
from excel_uppsikt.word.left_over import LeftOver
from excel_uppsikt.word.pages import as_pdf, libreoffice, with_page_numbers
from excel_uppsikt.word.pdf import pdf_faults
from excel_uppsikt.word.publishing import Unfinished, published


def review_round(folder: Path) -> Review:
    """The compilation as the committee will read it. Raises `CompilationError` where it cannot be read."""
    plan, findings = load_plan(folder)
    read = read_compilation(folder / COMPILATION_FILE, plan)
    found = in_order((*findings, *read.findings, *review(plan, read.compilation)))
    return Review(folder, plan, read.compilation, found, _newer_than_compilation(folder))


def _newer_than_compilation(folder: Path) -> bool:
    """Whether a file in the inbox has been put there since the compilation was written."""
    merged = (folder / COMPILATION_FILE).stat().st_mtime
    files, _ = inbox_files(folder)
    return any(path.stat().st_mtime > merged for path in files)


def write_reports(
    of: CheckedRound | Review, *, department: str | None = None, extras: Extras = NO_EXTRAS
) -> Reports:
    """Writes the documents of each department, or of one, on the activities that the coordinator approved."""
    outputs, plan, approved = Outputs(of.folder), of.plan, of.compilation.approved
    wanted = known_department(plan, department)
    if isinstance(of, CheckedRound):
        before = of.previous
    else:
        before = previous_compilation(of.folder, plan).compilation
    changes = figures.round_changes(before, of.compilation) if plan.settings.previous else None
    accounts = (
        (chosen, _account(of, chosen, changes))
        for chosen in plan.departments
        if wanted in (None, chosen.name)
    )
    reports = tuple(_written(outputs, plan, chosen, own, extras) for chosen, own in accounts)
    several = len(plan.departments) > 1
    homeless = sum(activity.department is None for activity in approved) if several else 0
    return Reports(of.folder, reports, homeless, extras, libreoffice() is not None)


def _account(
    of: CheckedRound | Review, department: Department, changes: Sequence[Change] | None
) -> Account:
    """What a department's report tells of, out of what is told of the whole round."""
    name, units = department.name, {unit.name for unit in of.plan.units_of(department.name)}
    return Account(
        activities=[a for a in of.compilation.approved if a.department == name],
        changes=None if changes is None else [c for c in changes if c.activity.department == name],
        rule=[term for term in of.rule if term.unit in units],
    )


def _written(
    outputs: Outputs, plan: Plan, department: Department, account: Account, extras: Extras
) -> Report:
    template = _template(outputs.folder)
    arms = arms_of(outputs.folder)
    made = make_report(plan, department, account, template=template, arms=arms)
    data, numbered = with_page_numbers(made.data)
    written = [outputs.write(f"{REPORTS}/{report_name(plan, department)}", data)]
    unfilled = unfilled_texts(plan, department)
    pdf, wrong = written[0].path.with_suffix(".pdf"), faults(data)
    found = tuple(f"{fault.text} {fault.remedy}" for fault in wrong)
    # One that was made before would else tell of what has been changed since.
    if (extras.pdf or pdf.is_file()) and (made_pdf := as_pdf(data)) is not None:
        target = written[0].path.relative_to(outputs.folder).with_suffix(".pdf")
        written.append(outputs.write(target.as_posix(), made_pdf))
        found += tuple(f"{target.name}: {text}" for text in pdf_faults(made_pdf))
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
        copy = make_report(plan, department, account, template=template, arms=arms, sources=True)
        written.append(outputs.write(f"{WITH_SOURCES}/{name}", with_page_numbers(copy.data)[0]))
    return Report(department, tuple(written), numbered, unfilled, found, made.front, tuple(older))


def publish(
    folder: Path, *, department: str | None = None, unfinished: bool = False
) -> Publications:
    """Writes a clean copy of each report as it lies in the folder, edited by hand or not.

    It has no names of who has written in it; where LibreOffice is installed there is a PDF too. A
    report with comments or tracked changes is left for the coordinator to finish, and one with
    something left to fill in, unless `unfinished`.
    """
    plan, findings = load_plan(folder)
    chosen = known_department(plan, department)
    done = tuple(_published(folder, plan, chosen, unfinished=unfinished))
    return Publications(folder, findings, done)


def left_in_file(folder: Path, plan: Plan, department: Department) -> tuple[LeftOver, ...]:
    """What is left to fill in or finish in a department's report as it lies in the folder.

    Raises `CompilationError` where the compilation cannot be read.
    """
    report = (folder / REPORTS / report_name(plan, department)).read_bytes()
    compilation = read_compilation(folder / COMPILATION_FILE, plan).compilation
    return left_in_report(report, plan, department, compilation, template=_template(folder))


def _template(folder: Path) -> bytes:
    """The round's own template, or the program's."""
    own = folder / REPORT_TEMPLATE
    path = own if own.is_file() else bundled("workbook_templates") / REPORT_TEMPLATE
    return path.read_bytes()


def _published(
    folder: Path, plan: Plan, department: str | None, *, unfinished: bool
) -> Iterator[Publication]:
    for chosen in plan.departments:
        path = folder / REPORTS / report_name(plan, chosen)
        if department not in (None, chosen.name) or not path.is_file():
            continue
        try:
            clean = published(
                path.read_bytes(), author=plan.settings.municipality, prompts=[REASONS_PROMPT]
            )
            left = () if unfinished else left_in_file(folder, plan, chosen)
        except (ValueError, OSError):
            yield Publication(path)
            continue
        if left:
            settle = clean if isinstance(clean, Unfinished) else Unfinished()
            clean = replace(settle, left=left)
        yield _clean_copies(Outputs(folder), path, clean)


def _clean_copies(outputs: Outputs, path: Path, clean: bytes | Unfinished) -> Publication:
    """The clean copies of a report as written, or why there are none."""
    if isinstance(clean, Unfinished):
        return Publication(path, unfinished=clean)
    pdf = None
    if libreoffice() is not None:
        # What was written in by hand moves what comes after it.
        clean, _ = with_page_numbers(clean)
        pdf = as_pdf(clean)
    if pdf is not None and (wrong := pdf_faults(pdf)):
        return Publication(path, unfinished=Unfinished(pdf=wrong))
    name = Path(PUBLISHED) / path.name
    written = [outputs.write(name.as_posix(), clean)]
    if pdf is not None:
        written.append(outputs.write(name.with_suffix(".pdf").as_posix(), pdf))
    newer = path.with_stem(f"{path.stem} (ny)").is_file()
    return Publication(path, tuple(written), newer=newer)
