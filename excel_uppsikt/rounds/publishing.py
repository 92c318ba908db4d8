"""Clean copies of the reports as they lie: what may be published, and what is left to finish first."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from excel_uppsikt.model import Plan
from excel_uppsikt.report.manuscript import REASONS_PROMPT
from excel_uppsikt.round_paths import PUBLISHED
from excel_uppsikt.rounds.checking import known_department, load_plan
from excel_uppsikt.rounds.decided import report_path
from excel_uppsikt.rounds.lying_reports import LyingReports, decisions_of
from excel_uppsikt.rounds.outputs import Outputs
from excel_uppsikt.rounds.report_pdfs import is_old_pdf, remember_pdf_of
from excel_uppsikt.rounds.results import Publication, Publications, Readiness
from excel_uppsikt.rounds.versions import clock_day, keep_handed_out
from excel_uppsikt.word.pages import as_pdf, libreoffice, with_page_numbers
from excel_uppsikt.word.pdf import pdf_faults
from excel_uppsikt.word.publishing import Unfinished, published


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
                *(copies[1:] if made.written and is_old_pdf(outputs, path, copies[1]) else ()),
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
        remember_pdf_of(outputs.folder, written[-1].path, path)
    return Publication(path, tuple(written))
