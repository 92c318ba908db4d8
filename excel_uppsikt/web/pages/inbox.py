"""The inbox: what has come, a row a file, and more put into it."""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import JSONResponse, RedirectResponse, Response

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.intake.folders import inbox_now
from excel_uppsikt.round_paths import INBOX
from excel_uppsikt.rounds import result_words
from excel_uppsikt.rounds.arriving import arrived
from excel_uppsikt.rounds.laying_aside import laid_aside
from excel_uppsikt.rounds.receiving import Received, receive
from excel_uppsikt.web import step_words, words
from excel_uppsikt.web.jobs import Job
from excel_uppsikt.web.progress import progress_of
from excel_uppsikt.web.render import Notice
from excel_uppsikt.web.rows import FileRow, file_rows, rows_of
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
    rows = () if checked is None else file_rows(checked)
    lying, aside = await run_in_threadpool(_lying, visit.round.path)
    return visit.page(
        "inkorg.html",
        step="Inkorg",
        notice=failure(reading.error) if checked is None else None,
        rows=rows,
        read=() if checked is None else result_words.what_was_read(checked),
        not_forms=words.not_forms(sum(row.state == words.NOT_READ for row in rows)),
        lying=lying,
        aside=aside,
        received=(await run_in_threadpool(progress_of, visit.round.path)).received,
        passed_over=""
        if checked is None
        else result_words.passed_over(checked.collection.passed_over),
    )


def _lying(folder: Path) -> tuple[frozenset[str], tuple[str, ...]]:
    """The files of the inbox that lie there themselves, by name, and those that were laid aside."""
    return frozenset(inbox_now(folder)), laid_aside(folder)


async def receive_all(visit: Visit) -> tuple[Received, ...]:
    """Puts every file that was sent into the inbox."""
    sent = [
        one for one in visit.form.getlist("filer") if isinstance(one, UploadFile) and one.filename
    ]
    return await run_in_threadpool(_put, visit, sent)


async def receive_files(visit: Visit) -> Response:
    """Takes what was sent, and shows the inbox; to the script, what its one file holds."""
    received = await receive_all(visit)
    if visit.written("rader"):
        told = " ".join(step_words.received(one) for one in received) or step_words.NO_FILES
        there = bool(received) and all(one.lies_there for one in received)
        rows = await run_in_threadpool(_rows, visit, received)
        return JSONResponse({"told": told, "rows": rows}, 200 if there else 422)
    if not received:
        raise CannotRunError(step_words.NO_FILES)
    job = visit.site.jobs.note(step_words.RECEIVED, _told(received))
    return RedirectResponse(f"{visit.round.address}/inkorg?klart={job.number}", 303)


def _rows(visit: Visit, received: Sequence[Received]) -> list[dict[str, object]]:
    """What the files that lie there say, each by itself: whose, how much, and what was found.

    None where the round cannot be read; its page tells why.
    """
    folder, rows = visit.round.path, []
    try:
        known = visit.site.readings.expecting(folder)
        for one in received:
            data = _content(folder / INBOX / one.name) if one.lies_there else None
            if data is not None:
                came = arrived(known, one.name, data)
                rows += [_row(visit, row) for row in rows_of(came.submissions, came.findings)]
    except (CannotRunError, OSError):
        return []
    return rows


def _content(path: Path) -> bytes | None:
    """What stands in a file; None where it has gone."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _row(visit: Visit, row: FileRow) -> dict[str, object]:
    """A row for the script. Whether the file is used is told when it has been laid beside the others."""
    return {
        "file": row.file,
        "whose": row.whose or "–",
        "activities": "–" if row.activities is None else str(row.activities),
        "found": row.found,
        "link": f"{visit.round.address}/anmarkningar?{urlencode({'sok': row.file})}"
        if row.flawed
        else "",
        "says": list(row.says),
        "tone": row.tone,
        "state": row.state if row.activities is None else "",
    }


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
