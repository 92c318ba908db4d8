"""The program as it is started and ended: its address told first, one a folder, no work broken off."""

import asyncio
import os
import re
import signal
import socket
import stat
import sys
import time
from pathlib import Path

import pytest

from excel_uppsikt.web import server
from excel_uppsikt.web.site import Site
from tests.cli.running import uppsikt
from tests.small_rounds import make_plan, make_round
from tests.web.running import Browser, program, started

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{43}")


def test_it_tells_its_address_answers_and_leaves(tmp_path: Path) -> None:
    """The first line is the address; Avsluta ends the process, with 0."""
    make_round(tmp_path / "omgangar/t1", make_plan(), {})
    with program(tmp_path / "omgangar", tmp_path / "hem") as (process, address):
        assert ADDRESS.fullmatch(address)
        browser = Browser.at(address)
        assert "t1" in browser.get("/").text
        assert "Programmet avslutas" in browser.post("/avsluta").text
        assert process.wait(30) == 0
        assert list((tmp_path / "hem/uppsikt").iterdir()) == []


def test_a_second_start_finds_the_first_and_gets_an_address_of_its_own(tmp_path: Path) -> None:
    """The same page, another token; what is remembered of it is for its user alone."""
    home = tmp_path / "hem"
    (tmp_path / "omgangar").mkdir()
    with program(tmp_path / "omgangar", home) as (_, first):
        (memory,) = (home / "uppsikt").iterdir()
        assert stat.S_IMODE(memory.stat().st_mode) == 0o600
        again = started(tmp_path / "omgangar/../omgangar", home)
        told, errors = again.communicate(timeout=30)
        second = told.splitlines()[0]
        assert (again.returncode, errors) == (0, "")
        assert ADDRESS.fullmatch(second)
        assert second != first
        assert second.partition("?")[0] == first.partition("?")[0]
        for address in (first, second):
            Browser.at(address)


def test_a_page_that_was_killed_is_not_found(tmp_path: Path) -> None:
    home = tmp_path / "hem"
    with program(tmp_path, home) as (process, first):
        process.kill()
        process.wait()
        assert len(list((home / "uppsikt").iterdir())) == 1
        with program(tmp_path, home) as (_, second):
            assert ADDRESS.fullmatch(second)
            assert second != first
            Browser.at(second)


def test_what_cannot_be_shown_is_told_in_a_line(tmp_path: Path) -> None:
    """A folder that is none, and a port that another has."""
    done = uppsikt("web", tmp_path / "finns-inte", "--no-browser")
    assert (done.returncode, done.stdout) == (2, "")
    assert "är ingen mapp" in done.stderr
    with server.listening_on(0) as taken:
        port = taken.getsockname()[1]
        done = uppsikt("web", tmp_path, "--no-browser", "--port", port)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"Port {port} kan inte användas" in done.stderr
    assert uppsikt("web", tmp_path, "--port", 65536).returncode == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C is no signal there")
@pytest.mark.parametrize("opened", [False, True])
def test_ctrl_c_ends_it_without_a_word(tmp_path: Path, opened: bool) -> None:
    """Whether a browser has come or not."""
    with program(tmp_path, tmp_path / "hem") as (process, address):
        if opened:
            Browser.at(address)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
        assert (process.returncode, errors) == (0, "")
        assert list((tmp_path / "hem/uppsikt").iterdir()) == []


@pytest.mark.parametrize(
    ("pulsed", "silent", "busy", "quitting", "ends"),
    [
        (True, server.QUIET - 5, False, False, False),
        (True, server.QUIET + 5, False, False, True),
        (False, server.QUIET + 5, False, False, False),
        (False, server.QUIET_WITHOUT_SCRIPT + 5, False, False, True),
        (True, server.QUIET + 5, True, False, False),
        (True, 0, False, True, True),
        (True, 0, True, True, False),
    ],
)
def test_it_ends_by_itself_when_nobody_is_there_and_nothing_is_done(
    pulsed: bool, silent: float, busy: bool, quitting: bool, ends: bool
) -> None:
    """With script a page tells that it is open, so that it need not wait for hours; work goes before all."""
    now = time.monotonic()
    site = Site(Path(), 1, touched_at=now - silent, pulsed=pulsed, quitting=quitting)
    assert server.is_to_end(site, now, busy=busy) is ends


def test_nothing_of_it_is_told_to_others_on_the_computer(tmp_path: Path) -> None:
    """The address stands in no argument and in no file that others may read."""
    with program(tmp_path, tmp_path / "hem") as (process, address):
        token = address.partition("=")[2]
        command = Path(f"/proc/{process.pid}/cmdline")
        if os.name == "posix" and command.is_file():
            assert token not in command.read_text()
        (memory,) = (tmp_path / "hem/uppsikt").iterdir()
        assert token not in memory.read_text("utf-8")


def test_no_part_of_an_answer_waits_for_the_one_before_it() -> None:
    """By itself the system keeps a small one back until what was sent before has been acknowledged."""

    async def sent_at_once() -> int:
        accepted: asyncio.Future[socket.socket] = asyncio.get_running_loop().create_future()

        async def accept(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            accepted.set_result(writer.get_extra_info("socket"))
            await there.wait()
            writer.close()

        there = asyncio.Event()
        listening = server.listening_on(0)
        async with await asyncio.start_server(accept, sock=listening):
            _, asking = await asyncio.open_connection(*listening.getsockname())
            told = (await accepted).getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            there.set()
            asking.close()
        return told

    assert asyncio.run(sent_at_once()) == 1
