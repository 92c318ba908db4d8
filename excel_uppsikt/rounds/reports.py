"""The Word documents of a round: reports, their letters, the coordinator's copies, and what is published."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from excel_uppsikt import figures
from excel_uppsikt.bundled import bundled
from excel_uppsikt.compilation.decisions import standing
from excel_uppsikt.compilation.reading import read_compilation
from excel_uppsikt.compilation.review import review
from excel_uppsikt.compilation.same import not_yet_merged
from excel_uppsikt.findings.finding import in_order
from excel_uppsikt.model import Change, Compilation, Decisions, Department, Outcome, Plan
from excel_uppsikt.report.account import Account, letter_name, report_name
from excel_uppsikt.report.cover import arms_of
from excel_uppsikt.report.document import make_report, unfilled_texts
from excel_uppsikt.report.letter import make_letter, unfilled_in_letter
from excel_uppsikt.report.manuscript import REASONS_PROMPT
from excel_uppsikt.report.unfinished import left_in_report
from excel_uppsikt.round_paths import (
    COMPILATION_FILE,
    LETTERS,
    PUBLISHED,
    REPORT_TEMPLATE,
    REPORTS,
    WITH_SOURCES,
    relative,
)
from excel_uppsikt.rounds.checking import known_department, load_plan, previous_compilation
from excel_uppsikt.rounds.completed import completed_since
from excel_uppsikt.rounds.decided import report_path
from excel_uppsikt.rounds.disk import lock_file
from excel_uppsikt.rounds.memory import (
    made_of,
    remember_pdf,
    remember_report,
    remembered_pdf,
    remembered_report,
)
from excel_uppsikt.rounds.outputs import Outputs, content_mark
from excel_uppsikt.rounds.results import (
    NO_EXTRAS,
    CheckedRound,
    Extras,
    Outdated,
    Publication,
    Publications,
    Readiness,
    Report,
    Reports,
    Review,
)
from excel_uppsikt.rounds.unmerged import unmerged
from excel_uppsikt.rounds.versions import clock_day, keep_handed_out
from excel_uppsikt.word.accessibility import faults
from excel_uppsikt.word.left_over import is_readable
from excel_uppsikt.word.pages import as_pdf, libreoffice, with_page_numbers
from excel_uppsikt.word.pdf import pdf_faults
from excel_uppsikt.word.publishing import Unfinished, published


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
        (chosen, _account(of, chosen, changes, before))
        for chosen in plan.departments
        if wanted in (None, chosen.name)
    )
    reports = tuple(_written(outputs, plan, chosen, own, extras) for chosen, own in accounts)
    several = len(plan.departments) > 1
    homeless = sum(activity.department is None for activity in shown) if several else 0
    return Reports(of.folder, reports, homeless, extras, libreoffice() is not None)


def _account(
    of: CheckedRound | Review,
    department: Department,
    changes: Sequence[Change] | None,
    before: Compilation,
) -> Account:
    """What a department's report tells of, out of what is told of the whole round."""
    name, units = department.name, {unit.name for unit in of.plan.units_of(department.name)}
    ruling = standing(of.compilation.decisions, name)
    return Account(
        activities=[a for a in of.compilation.in_reports if a.department == name],
        changes=None if changes is None else [c for c in changes if c.activity.department == name],
        rule=[term for term in of.rule if term.unit in units],
        sent_back=completed_since(of.folder, of.plan, department, of.compilation),
        to_board=ruling is not None and ruling.outcome is Outcome.TO_BOARD,
        before=standing(before.decisions, name),
    )


def _written(
    outputs: Outputs, plan: Plan, department: Department, account: Account, extras: Extras
) -> Report:
    template = _template(outputs.folder)
    arms = arms_of(outputs.folder)
    made = make_report(plan, department, account, template=template, arms=arms)
    data, numbered = with_page_numbers(made.data)
    completed = account.sent_back is not None
    name = report_name(plan, department, completed=completed)
    written = [outputs.write(f"{REPORTS}/{name}", data)]
    made_from = made_of(plan, department, account, (template, arms))
    # Where it lies beside one that was edited by hand, and is removed, that one has been compared with it.
    remember_report(outputs.folder, name, made_from)
    unfilled = unfilled_texts(plan, department, account)
    pdf, wrong = written[0].path.with_suffix(".pdf"), faults(data)
    found = tuple(f"{fault.text} {fault.remedy}" for fault in wrong)
    # One that was made before would else tell of what has been changed since.
    if (extras.pdf or pdf.is_file()) and (made_pdf := as_pdf(data)) is not None:
        target = written[0].path.relative_to(outputs.folder).with_suffix(".pdf")
        written.append(outputs.write(target.as_posix(), made_pdf))
        _remember_pdf(outputs.folder, written[-1].path, written[0].path)
        found += tuple(f"{target.name}: {text}" for text in pdf_faults(made_pdf))
    report = outputs.folder / REPORTS / report_name(plan, department)
    older = [one for one in dict.fromkeys((report, written[0].path)) if _has_old_pdf(outputs, one)]
    older = [one.with_suffix(".pdf") for one in older]
    if plan.settings.with_letter:
        letter = make_letter(plan, department, account, template=template)
        written.append(outputs.write(f"{LETTERS}/{letter_name(plan, department)}", letter))
        unfilled = tuple(dict.fromkeys((*unfilled, *unfilled_in_letter(plan, department, account))))
    else:
        before = outputs.folder / LETTERS / letter_name(plan, department)
        older += [before] if before.is_file() else []
    name = report_name(plan, department, sources=True, completed=completed)
    if extras.sources or (outputs.folder / WITH_SOURCES / name).is_file():
        copy = make_report(plan, department, account, template=template, arms=arms, sources=True)
        written.append(outputs.write(f"{WITH_SOURCES}/{name}", with_page_numbers(copy.data)[0]))
    return Report(department, tuple(written), numbered, unfilled, found, made.front, tuple(older))


def publish(
    folder: Path,
    *,
    department: str | None = None,
    unfinished: bool = False,
    today: date | None = None,
) -> Publications:
    """Writes a clean copy of each report as it lies in the folder, edited by hand or not.

    It has no names of who has written in it; where LibreOffice is installed there is a PDF too. A
    report with comments or tracked changes is left for the coordinator to finish, and one with
    something left to fill in, unless `unfinished`. What is published is kept as it was.
    """
    plan, findings = load_plan(folder)
    chosen = known_department(plan, department)
    done = tuple(_published(folder, plan, chosen, unfinished=unfinished))
    out = {publication.report for publication in done if publication.written}
    decisions = decisions_of(folder, plan)
    departments = [
        one for one in plan.departments if report_path(folder, plan, one, decisions) in out
    ]
    kept = keep_handed_out(folder, plan, departments, today or clock_day())
    return Publications(folder, findings, done, kept)


def decisions_of(folder: Path, plan: Plan) -> Decisions:
    """What has been decided, by the compilation. Raises `CompilationError` where it cannot be read."""
    return read_compilation(folder / COMPILATION_FILE, plan).compilation.decisions


class LyingReports:
    """The reports as they lie in a round's folder, looked at before they go out.

    Raises `CompilationError` where the compilation cannot be read.
    """

    def __init__(self, folder: Path, plan: Plan) -> None:
        self._outputs, self._plan = Outputs(folder), plan
        compilation = read_compilation(folder / COMPILATION_FILE, plan).compilation
        self._read = Review(folder, plan, compilation, ())
        before = previous_compilation(folder, plan).compilation
        self._before = before
        self._changes = (
            figures.round_changes(before, compilation) if plan.settings.previous else None
        )

    def look(self, department: Department) -> Readiness:
        """Why a department's report is not to go out as it lies, if anything."""
        path = self._path(department)
        lock = lock_file(path)
        try:
            report = path.read_bytes()
        except OSError:
            return Readiness(lock=lock, unreadable=True)
        if not is_readable(report):
            return Readiness(lock=lock, unreadable=True)
        template = _template(self._read.folder)
        left = left_in_report(
            report, self._plan, department, self._read.compilation, template=template
        )
        return Readiness(left, self._older_than(department), lock)

    def old_pdf(self, department: Department) -> tuple[Path, ...]:
        """The PDF file beside a department's report, where it says what the report said before."""
        path = self._path(department)
        return (path.with_suffix(".pdf"),) if _has_old_pdf(self._outputs, path) else ()

    def _path(self, department: Department) -> Path:
        decisions = self._read.compilation.decisions
        return report_path(self._read.folder, self._plan, department, decisions)

    def _older_than(self, department: Department) -> Outdated | None:
        """What has been changed since a report was made, by what it was made of.

        A politician would decide on what the municipality no longer says. Files' times tell nothing where
        what they hold is known: a compilation that is saved unchanged changes no report.
        """
        folder, path = self._read.folder, self._path(department)
        compilation = folder / COMPILATION_FILE
        if not compilation.is_file():
            return None
        known = remembered_report(folder, path.name)
        if known is None:
            later = compilation.stat().st_mtime > path.stat().st_mtime
            return Outdated.PERHAPS if later else None
        account = _account(self._read, department, self._changes, self._before)
        now = made_of(self._plan, department, account, (_template(folder), arms_of(folder)))
        if known.account != now.account:
            return Outdated.COMPILATION
        return None if known.frame == now.frame else Outdated.PLAN


def _has_old_pdf(outputs: Outputs, report: Path, pdf: Path | None = None) -> bool:
    """Whether the PDF file of a report, beside it or published, says what the report said before."""
    pdf = pdf or report.with_suffix(".pdf")
    if not (pdf.is_file() and report.is_file()):
        return False
    known = remembered_pdf(outputs.folder, relative(outputs.folder, pdf))
    if known is not None and outputs.is_own(pdf):
        return known != content_mark(report)
    # One that Word has made, or that nothing is remembered of.
    return report.stat().st_mtime > pdf.stat().st_mtime


def _remember_pdf(folder: Path, pdf: Path, report: Path) -> None:
    remember_pdf(folder, relative(folder, pdf), content_mark(report))


def _template(folder: Path) -> bytes:
    """The round's own template, or the program's."""
    own = folder / REPORT_TEMPLATE
    path = own if own.is_file() else bundled("workbook_templates") / REPORT_TEMPLATE
    return path.read_bytes()


def _published(
    folder: Path, plan: Plan, department: str | None, *, unfinished: bool
) -> Iterator[Publication]:
    decisions = decisions_of(folder, plan)
    wanted = [
        (chosen, path)
        for chosen in plan.departments
        if department in (None, chosen.name)
        and (path := report_path(folder, plan, chosen, decisions)).is_file()
    ]
    if not wanted:
        return
    lying = LyingReports(folder, plan)
    for chosen, path in wanted:
        outputs, how = Outputs(folder), lying.look(chosen)
        made = _publication(outputs, plan, path, how, unfinished=unfinished)
        copies = [
            folder / PUBLISHED / path.with_suffix(suffix).name for suffix in (".docx", ".pdf")
        ]
        there = [copy for copy in copies if copy.is_file()]
        yield replace(
            made,
            lying=how,
            newer=path.with_stem(f"{path.stem} (ny)").is_file(),
            old_pdfs=(
                *lying.old_pdf(chosen),
                *(copies[1:] if made.written and _has_old_pdf(outputs, path, copies[1]) else ()),
            ),
            earlier=() if made.written else tuple(there),
        )


def _publication(
    outputs: Outputs, plan: Plan, path: Path, how: Readiness, *, unfinished: bool
) -> Publication:
    """The clean copies of a report as written, or why there are none."""
    try:
        clean = published(
            path.read_bytes(), author=plan.settings.municipality, prompts=[REASONS_PROMPT]
        )
    except (ValueError, OSError):
        return Publication(path)
    if isinstance(clean, Unfinished):
        return Publication(path, unfinished=clean)
    return (
        Publication(path) if not (how.ready or unfinished) else _clean_copies(outputs, path, clean)
    )


def _clean_copies(outputs: Outputs, path: Path, clean: bytes) -> Publication:
    """The clean copies of a report as written, unless its PDF cannot be read by all."""
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
        _remember_pdf(outputs.folder, written[-1].path, path)
    return Publication(path, tuple(written))
