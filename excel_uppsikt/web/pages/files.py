"""A round's files fetched, one by one or several as a zip file, or opened on this computer."""

import io
import mimetypes
import zipfile
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from excel_uppsikt.web import opening, words
from excel_uppsikt.web.folders import Kind, RoundFolder, Single
from excel_uppsikt.web.render import Notice
from excel_uppsikt.web.visit import Visit

_FIRST_TIME = (1980, 1, 1, 0, 0, 0)


async def single(visit: Visit) -> Response:
    """The plan or the compilation."""
    return await sent(_single(visit.round, visit.request.path_params["which"]))


async def of_kind(visit: Visit) -> Response:
    """A file of one of the folders, by its name."""
    given = visit.request.path_params
    return await sent(_of_kind(visit.round, given["kind"], given["name"]))


async def of_version(visit: Visit) -> Response:
    """A file of a version that was handed out, as it was kept."""
    given = visit.request.path_params
    return await sent(visit.round.version_file(given["version"], given["name"]))


async def as_zip(visit: Visit) -> Response:
    """All files of one of the folders."""
    kind = visit.request.path_params["kind"]
    if kind not in set(Kind):
        raise HTTPException(404)
    paths = visit.round.files(Kind(kind))
    if not paths:
        raise HTTPException(404)
    data = await run_in_threadpool(_zipped, paths)
    name = f"{visit.round.path.resolve().name} {kind}.zip"
    return Response(data, media_type="application/zip", headers=as_download(name))


async def open_here(visit: Visit) -> Response:
    """Opens a file in the coordinator's own program."""
    kind = visit.written("slag")
    path = (
        _of_kind(visit.round, kind, visit.written("namn"))
        if kind
        else _single(visit.round, visit.written("fil"))
    )
    if path is None:
        raise HTTPException(404)
    opened = await run_in_threadpool(opening.open_file, path)
    title, told = (words.OPENING, words.opening) if opened else (words.CANNOT, words.cannot_open)
    notice = Notice(title, (told(path.resolve()),), "good" if opened else "bad")
    job = visit.site.jobs.note(words.OPENING, notice)
    back = visit.written("sida")
    known = {end for end, _, _ in words.STEPS}
    page = back if back in known else ""
    return RedirectResponse(f"{visit.round.address}{page}?klart={job.number}", 303)


def _single(here: RoundFolder, which: str) -> Path | None:
    return here.single(Single(which)) if which in set(Single) else None


def _of_kind(here: RoundFolder, kind: str, name: str) -> Path | None:
    return here.file(Kind(kind), name) if kind in set(Kind) else None


async def sent(path: Path | None) -> Response:
    """A file to be saved; 404 where there is none, or it has gone since it was listed."""
    if path is None:
        raise HTTPException(404)
    try:
        data = await run_in_threadpool(path.read_bytes)
    except FileNotFoundError as error:
        raise HTTPException(404) from error
    kind, _ = mimetypes.guess_type(path.name)
    return Response(
        data, media_type=kind or "application/octet-stream", headers=as_download(path.name)
    )


def as_download(name: str) -> dict[str, str]:
    """Saved as a file under its own name, never shown as a page."""
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\' else "_" for c in name)
    return {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    }


def _zipped(paths: tuple[Path, ...]) -> bytes:
    """The files in one, the same for the same files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for path in paths:
            # What has gone since it was listed is not there.
            with suppress(FileNotFoundError):
                target.writestr(zipfile.ZipInfo(path.name, _FIRST_TIME), path.read_bytes())
    return stream.getvalue()
