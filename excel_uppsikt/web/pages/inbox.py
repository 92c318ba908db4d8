"""The inbox: what has come, a row a file, and more put into it."""

from collections.abc import Sequence
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.rounds import result_words
from excel_uppsikt.rounds.receiving import Received, receive
from excel_uppsikt.web import step_words
from excel_uppsikt.web.jobs import Job
from excel_uppsikt.web.render import Notice
from excel_uppsikt.web.rows import file_rows
from excel_uppsikt.web.visit import Visit, failure

# What comes at once is put there one at a time: it is compared with what lies there.
_PUTTING = Lock()
_LONGEST_READ = 60_000_000


async def show(visit: Visit) -> Response:
    """A row a file, and a form for more."""
    reading = await visit.reading()
    if isinstance(reading, Job):
        return visit.waiting(reading)
    checked = reading.checked
    if checked is None:
        return visit.page(
            "inkorg.html", step="Inkorg", rows=(), passed_over="", notice=failure(reading.error)
        )
    return visit.page(
        "inkorg.html",
        step="Inkorg",
        rows=file_rows(checked),
        passed_over=result_words.passed_over(checked.collection.passed_over),
    )


async def receive_all(visit: Visit) -> tuple[Received, ...]:
    """Puts every file that was sent into the inbox."""
    sent = [
        one for one in visit.form.getlist("filer") if isinstance(one, UploadFile) and one.filename
    ]
    return await run_in_threadpool(_put, visit, sent)


async def receive_files(visit: Visit) -> Response:
    """Takes what was sent, and shows the inbox; to the script, a line for its one file."""
    received = await receive_all(visit)
    if visit.written("rader"):
        told = " ".join(step_words.received(one) for one in received) or step_words.NO_FILES
        there = bool(received) and all(one.lies_there for one in received)
        return PlainTextResponse(told, 200 if there else 422)
    if not received:
        raise CannotRunError(step_words.NO_FILES)
    job = visit.site.jobs.note(step_words.RECEIVED, _told(received))
    return RedirectResponse(f"{visit.round.address}/inkorg?klart={job.number}", 303)


def _put(visit: Visit, sent: Sequence[UploadFile]) -> tuple[Received, ...]:
    # One at a time is in memory; what is larger than the largest form is read no further.
    files = ((one.filename or "", one.file.read(_LONGEST_READ)) for one in sent)
    with _PUTTING:
        return receive(visit.round.path, files)


def _told(received: Sequence[Received]) -> Notice:
    taken = sum(one.lies_there for one in received)
    others = [
        f"{one.sent_as}: {step_words.received(one)}" for one in received if one.name != one.sent_as
    ]
    tone = "good" if taken == len(received) else "warn"
    return Notice(step_words.taken(taken, len(received)), others, tone)
