"""The program run by its command line: in this process, or in one of its own where that is the promise.

A process of its own takes a second to begin, so it is for what depends on it: how it is started and ends,
the locale, names of files that are no text, and one run from beginning to end.
"""

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from excel_uppsikt.cli import app

ROOT = Path(__file__).parents[2]


def uppsikt(*given: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """What `uppsikt` with these arguments prints in a pipe, and its exit status."""
    out, errors = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in "oe")
    arguments = ["uppsikt", *map(str, given)]
    with (
        chdir(cwd or Path.cwd()),
        patch.object(sys, "argv", arguments),
        redirect_stdout(out),
        redirect_stderr(errors),
    ):
        status: object = None
        try:
            app.main()
        except SystemExit as ended:
            status = ended.code
    assert isinstance(status, int)
    return subprocess.CompletedProcess(arguments, status, _said(out), _said(errors))


def uppsikt_alone(
    *given: object, cwd: Path | None = None, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """The same by a process of its own, where these stand in its environment."""
    return subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-m", "excel_uppsikt", *map(str, given)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
    )


def _said(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode().replace(os.linesep, "\n")
