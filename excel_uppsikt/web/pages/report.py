"""The reports: made, read through, fetched and published."""

from dataclasses import dataclass
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.language.text import listed
from excel_uppsikt.model import Department
from excel_uppsikt.report.account import letter_name
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds import steps
from excel_uppsikt.rounds.checking import load_plan
from excel_uppsikt.rounds.decided import report_path
from excel_uppsikt.rounds.lying_reports import LyingReports, decisions_of
from excel_uppsikt.rounds.publishing import publish as publish_reports
from excel_uppsikt.rounds.results import CheckedRound, Extras, Publications, Review
from excel_uppsikt.rounds.versions import Version, changed_versions, versions
from excel_uppsikt.web import report_words, step_words, told
from excel_uppsikt.web.folders import Kind, RoundFolder
from excel_uppsikt.web.jobs import Job
from excel_uppsikt.web.render import Notice
from excel_uppsikt.web.rows import finding_rows
from excel_uppsikt.web.visit import Visit
from excel_uppsikt.word.outline import Block, outline


@dataclass(frozen=True, slots=True)
class DepartmentReport:
    """A department's report as it lies: its files by name ('' for none), and why it is not to go out yet.

    `kept` are the versions that were handed out, the last first.
    """

    department: Department
    report: str
    pdf: str
    letter: str
    sources: str
    published: tuple[str, ...]
    newer: str
    held: tuple[str, ...]
    kept: tuple[Version, ...]


async def show(visit: Visit) -> Response:
    """Each department's report."""
    reports = await run_in_threadpool(_reports, visit.round)
    changed = await run_in_threadpool(changed_versions, visit.round.path)
    return visit.page(
        "rapport.html", step="Rapport", reports=reports, changed=finding_rows(changed)
    )


def _reports(here: RoundFolder) -> list[DepartmentReport]:
    folder = here.path
    plan, _ = load_plan(folder)
    merged = (folder / COMPILATION_FILE).is_file()
    decisions = decisions_of(folder, plan)
    lying = LyingReports(folder, plan) if merged else None
    made: list[DepartmentReport] = []
    for department in plan.departments:
        path = report_path(folder, plan, department, decisions)
        there = here.file(Kind.REPORTS, path.name) is not None
        held = told.not_ready(lying.look(department)) if lying and there else []
        sources = [f.name for f in here.files(Kind.SOURCES) if department.name in f.name]
        published = (path.with_suffix(suffix).name for suffix in (".docx", ".pdf"))
        made.append(
            DepartmentReport(
                department=department,
                report=path.name if there else "",
                pdf=_there(here, Kind.REPORTS, path.with_suffix(".pdf").name),
                letter=_there(here, Kind.LETTERS, letter_name(plan, department)),
                sources=sources[0] if sources else "",
                published=tuple(n for n in published if here.file(Kind.PUBLISHED, n)),
                newer=_there(here, Kind.REPORTS, f"{path.stem} (ny).docx"),
                held=tuple(held),
                kept=versions(folder, department.name)[::-1],
            )
        )
    return made


def _there(here: RoundFolder, kind: Kind, name: str) -> str:
    return name if here.file(kind, name) else ""


async def make(visit: Visit) -> Response:
    """Makes the reports of what the coordinator has approved."""
    folder, today = visit.round.path, visit.today()
    extras = Extras(pdf=bool(visit.written("pdf")), sources=bool(visit.written("kallor")))
    department = visit.written("verksamhet") or None

    def work(job: Job) -> Notice:
        results: list[steps.Result] = []
        made = steps.report(
            folder, department=department, extras=extras, today=today, progress=job.progress
        )
        for result in made:
            results.append(result)
            if isinstance(result, CheckedRound | Review):
                job.now_writing()
        return Notice(
            report_words.REPORT_MADE,
            told.of_results(results),
            told.tone(all(r.ok and not (isinstance(r, Review) and r.findings) for r in results)),
        )

    key = f"{department}:{extras}"
    return await visit.start(
        report_words.MAKING_REPORT, f"{visit.round.address}/rapport", work, key=key
    )


async def publish(visit: Visit) -> Response:
    """Makes clean copies of the reports as they lie."""
    folder, today = visit.round.path, visit.today()
    unfinished = bool(visit.written("anda"))
    department = visit.written("verksamhet") or None

    def work(job: Job) -> Notice:
        job.now_writing()
        done = publish_reports(folder, department=department, unfinished=unfinished, today=today)
        return _published(done)

    key = f"{department}:{unfinished}"
    return await visit.start(
        report_words.PUBLISHING, f"{visit.round.address}/rapport", work, key=key
    )


def _published(done: Publications) -> Notice:
    lines: list[str] = [finding.message for finding in done.findings]
    for one in done.publications:
        lines += [step_words.wrote(file.path.name) for file in one.written]
        lines += told.beside(one.written)
        if not one.written:
            lines.append(report_words.not_published(one.report.name))
        lines += told.why_unfinished(one.unfinished)
        lines += told.not_ready(one.lying)
        lines += [report_words.NEWER_BESIDE] if one.newer else []
        if one.earlier:
            names = listed([path.name for path in one.earlier])
            lines.append(report_words.published_before(names))
        lines += [report_words.old_pdf(path.name) for path in one.old_pdfs]
    if done.kept is not None:
        lines += [report_words.kept(path.name) for path in done.kept.made]
        lines += [finding.message for finding in done.kept.findings]
    if not done.publications:
        lines.append(report_words.NO_REPORT)
    title = report_words.PUBLISHED if done.ok else report_words.NOT_PUBLISHED
    return Notice(title, lines, told.tone(done.ok))


async def preview(visit: Visit) -> Response:
    """The report's text, to read through here."""
    name = visit.request.path_params["name"]
    path = visit.round.file(Kind.REPORTS, name)
    if path is None or path.suffix != ".docx":
        raise HTTPException(404)
    blocks = await run_in_threadpool(_outlined, path)
    return visit.page("lasning.html", step="Rapport", name=name, blocks=blocks)


def _outlined(path: Path) -> tuple[Block, ...]:
    try:
        return outline(path.read_bytes())
    except FileNotFoundError as error:
        raise HTTPException(404) from error
    except ValueError as error:
        raise CannotRunError(f"{path.name}: {report_words.UNREADABLE}") from error
