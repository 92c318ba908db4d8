"""The rounds compared: what is kept of them as pictures and tables, kept anew, and as a workbook."""

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.history.keeping import check_installed, names_kept
from excel_uppsikt.rounds.comparison import compare, comparisons
from excel_uppsikt.rounds.history import Behind, RoundKept, behind, keep_rounds
from excel_uppsikt.web import comparison_told, step_words, told
from excel_uppsikt.web.jobs import Job, StoppedError
from excel_uppsikt.web.kept_readings import KeptReading
from excel_uppsikt.web.pages.files import sent
from excel_uppsikt.web.render import Notice
from excel_uppsikt.web.visit import Visit

_HERE = "/jamforelse"


async def show(visit: Visit) -> Response:
    """The figures of the rounds that are kept, and the way to keep them."""
    folder = visit.site.folder
    if not _installed():
        return visit.page("jamforelse.html", told=comparison_told, installed=False)
    reading = await _reading(visit)
    if isinstance(reading, Job):
        return visit.waiting(reading)
    kept, fault = reading.kept, reading.fault
    lying = await run_in_threadpool(behind, folder)
    return visit.page(
        "jamforelse.html",
        told=comparison_told,
        installed=True,
        lead=comparison_told.compared(kept.count, kept.municipalities) if kept else "",
        notes=[
            *([fault] if fault else ()),
            *comparison_told.of_behind(lying),
            *(kept.notes if kept else ()),
        ],
        rounds=bool(kept) or lying != Behind((), ()),
        pages=[(page, page.part(_first(visit, at))) for at, page in enumerate(reading.pages, 1)],
        files=[path.name for path in await run_in_threadpool(comparisons, folder)],
    )


def _first(visit: Visit, table: int) -> int:
    """The row that a table is to be shown from, by its number on the page."""
    asked = visit.asked(f"fran{table}")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0


def _installed() -> bool:
    try:
        check_installed("compare")
    except CannotRunError:
        return False
    return True


async def _reading(visit: Visit) -> KeptReading | Job:
    """What is kept as it is now, or the job that reads it where that takes its time."""
    folder, readings = visit.site.folder, visit.site.kept_readings
    if not names_kept(folder):
        return KeptReading(())
    kept = await run_in_threadpool(readings.fresh, folder)
    if kept is not None:
        return kept
    return await visit.read(
        f"{folder}:läser historiken",
        comparison_told.READING,
        KeptReading,
        lambda job: readings.read(folder, job.progress),
    )


async def keep(visit: Visit) -> Response:
    """Keeps every round's tables, as `uppsikt history`."""
    folder = visit.site.folder

    def work(job: Job) -> Notice:
        kept: list[RoundKept] = []
        try:
            # Those before the stop are in the list all the same.
            kept.extend(keep_rounds(folder, progress=job.progress))
        except StoppedError:
            lines = (comparison_told.kept_before_stop(len(kept)),)
            return Notice(comparison_told.STOPPED, lines, "plain")
        good = not any(one.told for one in kept)
        title = comparison_told.KEPT if good else comparison_told.NOT_ALL_KEPT
        return Notice(title, comparison_told.of_kept(kept), told.tone(good))

    key = f"{folder}:historik"
    return await visit.answer(visit.site.jobs.submit(key, comparison_told.KEEPING, _HERE, work))


async def make(visit: Visit) -> Response:
    """Writes the workbook, as `uppsikt compare`."""
    folder = visit.site.folder

    def work(job: Job) -> Notice:
        job.now_writing()
        made = compare(folder)
        lines = [step_words.wrote(made.written.path.name), *told.beside((made.written,))]
        lines.append(comparison_told.compared(made.rounds, made.municipalities))
        return Notice(comparison_told.COMPARED, (*lines, *made.notes))

    key = f"{folder}:jämförelse"
    return await visit.answer(visit.site.jobs.submit(key, comparison_told.COMPARING, _HERE, work))


async def fetch(visit: Visit) -> Response:
    """A comparison that has been written, by its name."""
    name = visit.request.path_params["name"]
    lying = await run_in_threadpool(comparisons, visit.site.folder)
    return await sent(next((path for path in lying if path.name == name), None))
