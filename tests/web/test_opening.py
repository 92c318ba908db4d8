"""A file that is to be opened on the computer: what became of that is told, and where the file is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from excel_uppsikt.web import opening
from tests.small_rounds import make_plan, make_round
from tests.web.running import Browser, site_of


def opener(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Lets the system's opener be a script of the test's own, which leaves its argument in a file."""
    folder.mkdir()
    program = folder / "xdg-open"
    program.write_text(f'#!/bin/sh\nprintf %s "$1" > "{folder}/given"\n{script}\n')
    program.chmod(0o755)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.parametrize(
    ("script", "seconds", "opened"),
    [
        ("exit 0", 60.0, True),
        ("exit 3", 60.0, False),
        ("exit 4", 60.0, False),
        ("exec sleep 2", 0.3, True),
    ],
    ids=["took it", "no program", "failed", "goes on"],
)
def test_what_the_opener_says_is_what_became_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, seconds: float, opened: bool
) -> None:
    """By the status that it ends with; one that goes on has opened the file itself."""
    opener(tmp_path / "bin", monkeypatch, script)
    monkeypatch.setattr(opening, "_PATIENCE", seconds)
    path = tmp_path / "å b.xlsx"
    path.write_bytes(b"x")
    assert opening.open_file(path) is opened
    given = tmp_path / "bin/given"
    assert not given.is_file() or given.read_text("utf-8") in ("", str(path))


def test_without_an_opener_nothing_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("PATH", "/finns-inte")
    assert opening.open_file(Path("a.xlsx")) is False


def test_windows_without_a_program_for_the_file_opens_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_program(_: Path) -> None:
        raise OSError(1155, "Det finns inget program")

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "startfile", no_program, raising=False)
    monkeypatch.setattr(subprocess, "Popen", None)
    assert opening.open_file(Path("a.xlsx")) is False


@pytest.mark.parametrize(
    ("opened", "tone", "told"),
    [
        (
            True,
            "good",
            "Datorn ombads öppna plan.xlsx. Det kan ta en stund. Syns den inte: se efter bakom webbläsaren. "
            "Filen är {path}.",
        ),
        (
            False,
            "bad",
            "Datorn öppnade inte plan.xlsx. Kanske saknas ett program för sådana filer. Ladda ned den, eller "
            "öppna den själv. Filen är {path}.",
        ),
    ],
)
def test_the_page_tells_what_became_of_it_and_where_the_file_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: bool, tone: str, told: str
) -> None:
    """On the page where the button is."""
    folder = make_round(tmp_path / "t1", make_plan(), {})
    monkeypatch.setattr(opening, "open_file", lambda _: opened)
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        answer = browser.post(f"{here}/oppna", {"fil": "plan", "sida": "/plan"})
        assert answer.headers["location"].startswith(f"{here}/plan?klart=")
        page = browser.follow(answer).text
    assert f'<section class="notice {tone}"' in page
    assert told.format(path=(folder / "plan.xlsx").resolve()) in page
