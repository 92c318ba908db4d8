"""The page started: one server for a folder, its address told, the browser opened, and its end."""

import asyncio
import contextlib
import http.client
import json
import os
import socket
import time
import webbrowser
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import uvicorn
from platformdirs import user_state_path

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.web.app import create_app
from excel_uppsikt.web.guard import KEY_HEADER, START
from excel_uppsikt.web.loading import load_reader
from excel_uppsikt.web.site import HOST, Site

# Seconds without any browser before it ends: where a page tells that it is open, unless the browser has put
# it to sleep, and where it cannot.
QUIET, QUIET_WITHOUT_SCRIPT = 30 * 60, 2 * 60 * 60
_LOOK_EACH = 1.0
# A computer that has slept has had no browser to hear from either.
_SLEPT = 30.0
_WAIT_FOR_FIRST = 5.0


def serve(
    folder: Path,
    *,
    port: int = 0,
    browser: bool = True,
    tell: Callable[[str], None],
) -> None:
    """Shows the rounds in a folder until the coordinator leaves; where it is shown already, opens that.

    `tell` gets the address first of all. Raises `CannotRunError` where there is no such folder, or the
    port is taken.
    """
    if not folder.is_dir():
        raise CannotRunError(f"{folder} är ingen mapp. Skriv mappen där omgångarna ligger.")
    folder = folder.resolve()
    there = _address_of_first(folder)
    if there is not None:
        tell(there)
        tell("Sidan var redan igång. Den öppnas igen.")
        if browser:
            webbrowser.open(_address_of_first(folder) or there)
        return
    listening = listening_on(port)
    site = Site(folder, listening.getsockname()[1])
    # Ctrl+C is how people end programs in a terminal.
    with listening, _remembered(folder, site), contextlib.suppress(KeyboardInterrupt):
        tell(site.address())
        tell(
            "Sidan är öppen så länge programmet är igång. Avsluta med knappen på sidan, eller med Ctrl+C."
        )
        if browser:
            webbrowser.open(site.address())
        _run(site, listening)


def listening_on(port: int) -> socket.socket:
    """A socket of this computer's own, which nobody else can reach. Raises `CannotRunError`."""
    # Without the protocol asyncio lets each answer's body wait 40 ms for its head to be acknowledged.
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        made.bind((HOST, port))
        made.listen(128)
    except (OSError, OverflowError) as error:
        made.close()
        raise CannotRunError(
            f"Port {port} kan inte användas; kanske har ett annat program den. Välj en annan, "
            "eller utelämna --port."
        ) from error
    return made


def _run(site: Site, listening: socket.socket) -> None:
    """Answers until it is to end, and then lets what is being worked on be done."""
    config = uvicorn.Config(
        create_app(site),
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        ws="none",
        lifespan="off",
        limit_concurrency=200,
        timeout_graceful_shutdown=5,
    )
    server = uvicorn.Server(config)
    try:
        # Whenever Ctrl+C comes from here on, the thread is ended below.
        site.jobs.start(lambda: _when_opened(site))
        # Ctrl+C can also come before it has begun.
        with contextlib.closing(_until_left(site, server, listening)) as until_left:
            asyncio.run(until_left)
    finally:
        site.opened.set()
        site.jobs.end()


def _when_opened(site: Site) -> None:
    """What takes a second to import, when it no longer keeps the first page waiting."""
    site.opened.wait()
    load_reader()


async def _until_left(site: Site, server: uvicorn.Server, listening: socket.socket) -> None:
    watching = asyncio.create_task(_watch(site, server))
    try:
        await server.serve(sockets=[listening])
    finally:
        watching.cancel()


async def _watch(site: Site, server: uvicorn.Server) -> None:
    """Ends the server when the coordinator has left, but never in the midst of work."""
    looked = time.monotonic()
    while not server.should_exit:
        await asyncio.sleep(_LOOK_EACH)
        now, busy = time.monotonic(), site.jobs.busy
        if busy or now - looked > _SLEPT:
            site.touched()
        looked = now
        # Ctrl+C has set it already, and is not taken back.
        server.should_exit |= is_to_end(site, now, busy=busy)


def is_to_end(site: Site, now: float, *, busy: bool) -> bool:
    """Whether the coordinator has left, or nobody has been there for long, and nothing is being done."""
    quiet = QUIET if site.pulsed else QUIET_WITHOUT_SCRIPT
    return not busy and (site.quitting or now - site.touched_at > quiet)


def _memory(folder: Path) -> Path:
    """Where a running page of a folder is remembered: with the user, not in a folder that others see."""
    mark = sha256(os.fsencode(folder)).hexdigest()[:16]
    return user_state_path("uppsikt", appauthor=False) / f"sida-{mark}.json"


@contextlib.contextmanager
def _remembered(folder: Path, site: Site) -> Iterator[None]:
    """The page told to later starts of the program, as long as it runs."""
    memory = _memory(folder)
    told = json.dumps({"port": site.port, "key": site.key})
    with contextlib.suppress(OSError):
        memory.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        memory.unlink(missing_ok=True)
        handle = os.open(memory, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(told)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            if memory.read_text("utf-8") == told:
                memory.unlink()


def _address_of_first(folder: Path) -> str | None:
    """A new address of the page that shows the folder already; None where there is none."""
    try:
        known = json.loads(_memory(folder).read_text("utf-8"))
        connection = http.client.HTTPConnection(HOST, int(known["port"]), timeout=_WAIT_FOR_FIRST)
        # Ctrl+C can also come before it has begun.
        with contextlib.closing(connection):
            connection.request("POST", START, headers={KEY_HEADER: str(known["key"])})
            answer = connection.getresponse()
            address = answer.read(1_000).decode("utf-8")
    except (OSError, ValueError, KeyError, TypeError, http.client.HTTPException):
        return None
    own = address.startswith(f"http://{HOST}:{known['port']}/?token=")
    return address if answer.status == 200 and own else None
