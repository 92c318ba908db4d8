"""The page from a shortcut, which has no terminal to tell anything in."""

import os
import subprocess
import sys
import time
from pathlib import Path

from excel_uppsikt.web.desktop import open_page
from tests.cli.running import ROOT
from tests.web.running import LONG, Browser

_WITHOUT_TERMINAL = """
import sys
sys.stdout = sys.stderr = None
from excel_uppsikt.web.desktop import main
main()
"""
_TAKES_ADDRESS = """#!/bin/sh
echo "$1" > "$UPPSIKT_OPENED"
"""


def test_it_opens_in_the_browser_with_a_folder_among_the_documents(tmp_path: Path) -> None:
    """The folder is made the first time; nothing is written, since nobody would see it."""
    browser, opened = tmp_path / "browser", tmp_path / "opened"
    browser.write_text(_TAKES_ADDRESS, "utf-8")
    browser.chmod(0o755)
    home = tmp_path / "hem"
    own = {
        "PYTHONPATH": str(ROOT),
        "HOME": str(home),
        "XDG_DOCUMENTS_DIR": str(home / "Dokument"),
        "XDG_STATE_HOME": str(home / "state"),
        "BROWSER": f"{browser} %s",
        "UPPSIKT_OPENED": str(opened),
    }
    process = subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, "-c", _WITHOUT_TERMINAL],
        env={**os.environ, **own},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    try:
        until = time.monotonic() + LONG
        while not (opened.exists() and opened.read_text("utf-8").strip()):
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.02)
        page = Browser.at(opened.read_text("utf-8").strip())
        page.post("/avsluta")
        told, _ = process.communicate(timeout=LONG)
    finally:
        process.kill()
    assert (process.returncode, told) == (0, "")
    assert (home / "Dokument" / "Uppsikt").is_dir()


def test_a_folder_that_cannot_be_made_is_told_in_a_window(tmp_path: Path) -> None:
    told: list[str] = []
    (tmp_path / "Uppsikt").write_text("en fil", "utf-8")
    assert open_page(tmp_path / "Uppsikt", told.append) == 1
    assert told == [f"Mappen {tmp_path / 'Uppsikt'} kan inte användas: File exists."]
