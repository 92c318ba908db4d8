"""The Word documents of a round: reports, their letters, and the coordinator's copies."""

from pathlib import Path

from excel_uppsikt import figures
from excel_uppsikt.compilation.reading import read_compilation
from excel_uppsikt.compilation.review import review
from excel_uppsikt.compilation.same import not_yet_merged
from excel_uppsikt.findings.finding import in_order
from excel_uppsikt.model import Department, Plan
from excel_uppsikt.report.account import Account, letter_name, report_name
from excel_uppsikt.report.cover import arms_of
from excel_uppsikt.report.document import make_report, unfilled_texts
from excel_uppsikt.report.letter import make_letter, unfilled_in_letter
from excel_uppsikt.round_paths import COMPILATION_FILE, LETTERS, REPORTS, WITH_SOURCES
from excel_uppsikt.rounds.accounts import account_of, template_of
from excel_uppsikt.rounds.checking import known_department, load_plan, previous_compilation
from excel_uppsikt.rounds.memory import made_of, remember_report
from excel_uppsikt.rounds.outputs import Outputs, Written
from excel_uppsikt.rounds.report_pdfs import is_old_pdf, remember_pdf_of
from excel_uppsikt.rounds.results import NO_EXTRAS, CheckedRound, Extras, Report, Reports, Review
from excel_uppsikt.rounds.unmerged import unmerged
from excel_uppsikt.word.accessibility import faults
from excel_uppsikt.word.pages import as_pdf, libreoffice, with_page_numbers
from excel_uppsikt.word.pdf import pdf_faults


def review_round(folder: Path) -> Review:
    """The compilation as the committee will read it. Raises `CompilationError` where it cannot be read."""
    plan, findings = load_plan(folder)
    read = read_compilation(folder / COMPILATION_FILE, plan)
    said = (*review(plan, read.compilation), *not_yet_merged(read.compilation))
    found = in_order((*findings, *read.findings, *said))
    return Review(folder, plan, read.compilation, found, unmerged(folder))


def write_reports(
    of: CheckedRound | Review, *, department: str | None = None, extras: Extras = NO_EXTRAS
) -> Reports:
    """Writes the documents of each department, or of one, on the activities that the coordinator approved."""
    outputs, plan, shown = Outputs(of.folder), of.plan, of.compilation.in_reports
    wanted = known_department(plan, department)
    if isinstance(of, CheckedRound):
        before = of.previous
    else:
        before = previous_compilation(of.folder, plan).compilation
    changes = figures.round_changes(before, of.compilation) if plan.settings.previous else None
    accounts = (
        (chosen, account_of(of, chosen, changes, before))
        for chosen in plan.departments
        if wanted in (None, chosen.name)
    )
    reports = tuple(_written(outputs, plan, chosen, own, extras) for chosen, own in accounts)
    several = len(plan.departments) > 1
    homeless = sum(activity.department is None for activity in shown) if several else 0
    return Reports(of.folder, reports, homeless, extras, libreoffice() is not None)


def _with_pdf(outputs: Outputs, report: Path, pdf: bytes) -> tuple[Written, tuple[str, ...]]:
    """The PDF file of a report as written beside it, and what keeps some from reading it."""
    target = report.relative_to(outputs.folder).with_suffix(".pdf")
    written = outputs.write(target.as_posix(), pdf)
    remember_pdf_of(outputs.folder, written.path, report)
    return written, tuple(f"{target.name}: {text}" for text in pdf_faults(pdf))


def _written(
    outputs: Outputs, plan: Plan, department: Department, account: Account, extras: Extras
) -> Report:
    template = template_of(outputs.folder)
    arms = arms_of(outputs.folder)
    made = make_report(plan, department, account, template=template, arms=arms)
    data, numbered = with_page_numbers(made.data)
    completed = account.sent_back is not None
    name = report_name(plan, department, completed=completed)
    written = [outputs.write(f"{REPORTS}/{name}", data)]
    made_from = made_of(plan, department, account, (template, arms))
    # Where it lies beside one that was edited by hand, and is removed, that one has been compared with it.
    remember_report(outputs.folder, name, made_from)
    pdf, wrong = written[0].path.with_suffix(".pdf"), faults(data)
    found = tuple(f"{fault.text} {fault.remedy}" for fault in wrong)
    # One that was made before would else tell of what has been changed since.
    if (extras.pdf or pdf.is_file()) and (made_pdf := as_pdf(data)) is not None:
        beside, said = _with_pdf(outputs, written[0].path, made_pdf)
        written.append(beside)
        found += said
    report = outputs.folder / REPORTS / report_name(plan, department)
    older = [one for one in dict.fromkeys((report, written[0].path)) if is_old_pdf(outputs, one)]
    older = [one.with_suffix(".pdf") for one in older]
    if plan.settings.with_letter:
        letter = make_letter(plan, department, account, template=template)
        written.append(outputs.write(f"{LETTERS}/{letter_name(plan, department)}", letter))
    else:
        before = outputs.folder / LETTERS / letter_name(plan, department)
        older += [before] if before.is_file() else []
    name = report_name(plan, department, sources=True, completed=completed)
    if extras.sources or (outputs.folder / WITH_SOURCES / name).is_file():
        copy = make_report(plan, department, account, template=template, arms=arms, sources=True)
        written.append(outputs.write(f"{WITH_SOURCES}/{name}", with_page_numbers(copy.data)[0]))
    unfilled = unfilled_texts(plan, department, account)
    in_letter = unfilled_in_letter(plan, department, account) if plan.settings.with_letter else ()
    return Report(
        department, tuple(written), numbered, unfilled, in_letter, found, made.front, tuple(older)
    )
