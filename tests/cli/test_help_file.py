"""The program's help is told from a file, which says what Typer would; a command's own help is Typer's."""

import os
import subprocess
import sys

import pytest

from excel_uppsikt.__main__ import HELP_FILE
from tests.cli.running import uppsikt

ANEW = "COLUMNS=80 uppsikt -h > excel_uppsikt/cli/help.txt"


def told(*arguments: str, columns: int = 80) -> subprocess.CompletedProcess[str]:
    """What the program tells in a process of its own, and on stderr what it imports."""
    return subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-X", "importtime", "-m", "excel_uppsikt", *arguments],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": str(columns)},
        check=False,
    )


def test_the_file_says_what_typer_says_in_eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert HELP_FILE.read_text("utf-8") == uppsikt("-h").stdout, f"to make it anew: {ANEW}"


def test_help_is_told_without_typer_and_is_the_same_in_every_window() -> None:
    for columns in (50, 80, 200):
        done = told("--help", columns=columns)
        assert (done.returncode, done.stdout) == (0, HELP_FILE.read_text("utf-8"))
        assert "typer" not in done.stderr


@pytest.mark.parametrize(
    "arguments", [("run", "--help"), ("--help", "run"), ("--help", "--version")]
)
def test_anything_more_than_help_goes_to_typer(arguments: tuple[str, ...]) -> None:
    done = told(*arguments)
    assert done.returncode == 0
    assert "typer" in done.stderr
