"""The rounds in the folder, and a new one, blank or from the last."""

from dataclasses import dataclass
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.language.file_names import safe_file_name
from excel_uppsikt.round_paths import COMPILATION_FILE, INBOX, REPORTS, TEMPLATES
from excel_uppsikt.rounds.disk import lying_in
from excel_uppsikt.web import words
from excel_uppsikt.web.folders import RoundFolder
from excel_uppsikt.web.jobs import Job
from excel_uppsikt.web.loading import LOADING
from excel_uppsikt.web.render import Notice
from excel_uppsikt.web.visit import Visit, failure


@dataclass(frozen=True, slots=True)
class RoundCard:
    """A round in the list, and how far it has come by its files alone: nothing is read for the list."""

    folder: RoundFolder
    state: str


async def show(visit: Visit) -> Response:
    """The rounds, and a form for a new one."""
    return await _list(visit)


async def _list(visit: Visit, notice: Notice | None = None) -> Response:
    site = visit.site
    cards = await run_in_threadpool(
        lambda: [RoundCard(one, _state(one.path)) for one in site.rounds.all()]
    )
    return visit.page(
        "omgangar.html",
        status=200 if notice is None else 409,
        rounds=cards,
        folder=site.folder,
        is_round=site.rounds.folder_is_one,
        notice=notice,
    )


def _state(path: Path) -> str:
    """The last step that has left files."""
    for place, told in (
        (REPORTS, words.HAS_REPORT),
        (COMPILATION_FILE, words.HAS_COMPILATION),
        (INBOX, words.HAS_ANSWERS),
        (TEMPLATES, words.HAS_FORMS),
    ):
        there = path / place
        if there.is_file() or lying_in(there):
            return told
    return words.HAS_PLAN


async def make(visit: Visit) -> Response:
    """A new round in a folder of its own, beside the others."""
    name = safe_file_name(visit.written("namn")) if visit.written("namn") else ""
    last = visit.site.rounds.called(visit.written("fran"))
    if name.startswith(".") or not any(letter.isalnum() for letter in name):
        raise CannotRunError(words.NO_NAME)
    if visit.site.rounds.folder_is_one:
        raise CannotRunError(words.FOLDER_IS_ROUND)
    folder = visit.site.folder / name

    def work(job: Job) -> Notice:
        job.now_writing()
        return _made(folder, last)

    job = visit.site.jobs.submit(f"ny {folder}", words.NEW_ROUND, "/", work)
    await job.settled(30)
    if job.error is not None:
        return await _list(visit, failure(job.error))
    made = next((one for one in visit.site.rounds.all() if one.path == folder), None)
    back = f"{made.address}/plan" if made else "/"
    return RedirectResponse(f"{back}?klart={job.number}", 303)


def _made(folder: Path, last: RoundFolder | None) -> Notice:
    with LOADING:
        from excel_uppsikt.rounds.next_round import next_round  # noqa: PLC0415  pandas takes a second
        from excel_uppsikt.rounds.workbooks import new_round  # noqa: PLC0415  with pandas
        from excel_uppsikt.web import told  # noqa: PLC0415  with pandas

    made = new_round(folder) if last is None else next_round(folder, last.path)
    if made.carried is None:
        return Notice(words.ROUND_MADE, (words.FILL_IN_PLAN,))
    return Notice(words.ROUND_MADE, told.of_last_round(made.carried), "good" if made.ok else "warn")
