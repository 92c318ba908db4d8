"""The rounds compared: what is kept of them as pictures and tables, kept anew, and as a workbook."""

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.history.keeping import check_installed, names_kept
from excel_uppsikt.history.over_time import over_time
from excel_uppsikt.rounds.comparison import KeptRounds, compare, comparisons, read_rounds
from excel_uppsikt.rounds.history import Behind, RoundKept, behind, keep_rounds
from excel_uppsikt.web import comparison_told, step_words, told
from excel_uppsikt.web.jobs import Job, StoppedError
from excel_uppsikt.web.pages.files import as_download
from excel_uppsikt.web.render import Notice
from excel_uppsikt.web.visit import Visit

_HERE = "/jamforelse"


async def show(visit: Visit) -> Response:
    """The figures of the rounds that are kept, and the way to keep them."""
    folder = visit.site.folder
    if not _installed():
        return visit.page("jamforelse.html", told=comparison_told, installed=False)
    kept, fault, pages = await run_in_threadpool(_read, folder)
    lying = await run_in_threadpool(behind, folder)
    return visit.page(
        "jamforelse.html",
        told=comparison_told,
        installed=True,
        lead=comparison_told.compared(kept.count, kept.municipalities) if kept else "",
        notes=[*fault, *comparison_told.of_behind(lying), *(kept.notes if kept else ())],
        rounds=bool(kept) or lying != Behind((), ()),
        pages=pages,
        files=[path.name for path in comparisons(folder)],
    )


def _installed() -> bool:
    try:
        check_installed("compare")
    except CannotRunError:
        return False
    return True


def _read(
    folder: Path,
) -> tuple[KeptRounds | None, list[str], list[comparison_told.Shown]]:
    """What is kept, or why it cannot be read, and the pages of it; nothing where nothing is."""
    if not names_kept(folder):
        return None, [], []
    try:
        kept = read_rounds(folder)
    except CannotRunError as error:
        return None, [str(error)], []
    return kept, [], [comparison_told.shown(page) for page in over_time(kept.rounds)]


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
    for path in comparisons(visit.site.folder):
        if path.name == name:
            return FileResponse(path, headers=as_download(name))
    raise HTTPException(404)
