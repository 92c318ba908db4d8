"""LibreOffice ends with what started it: when that is killed, and when it takes too long."""

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import docx
import pypdf
import pytest

from excel_uppsikt.word.pages import as_pdf

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="there it goes on until its document is done"
)
# As LibreOffice does it: what is started is a script, and what works is a process that it starts.
SLOW = (
    '#!/bin/sh\nsleep 100 &\necho "$! $$" >"$STARTED.part"\nmv "$STARTED.part" "$STARTED"\nwait\n'
)
PROGRAM = "from excel_uppsikt.word.pages import as_pdf\nas_pdf(b'PK')\n"


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the stand-in for LibreOffice writes the numbers of its processes."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "soffice"
    program.write_text(SLOW, "utf-8")
    program.chmod(0o755)
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setenv("STARTED", str(tmp_path / "started"))
    monkeypatch.setattr("tempfile.tempdir", None)
    return tmp_path / "started"


def numbers(started: Path) -> list[int]:
    """The numbers of the processes, once they are there."""
    end = time.monotonic() + 20
    while not started.exists() and time.monotonic() < end:
        time.sleep(0.02)
    return [int(number) for number in started.read_text("ascii").split()]


def running(processes: list[int]) -> list[int]:
    """The processes that still run after a few seconds at most."""
    left = processes
    end = time.monotonic() + 10
    while left and time.monotonic() < end:
        time.sleep(0.02)
        left = [process for process in left if _runs(process)]
    return left


def _runs(process: int) -> bool:
    # One that has ended and that nobody has asked for is a zombie, not running.
    command = ["ps", "-o", "stat=", "-p", str(process)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  its number
    return bool(told.stdout.strip()) and not told.stdout.strip().startswith("Z")


def test_it_ends_when_the_program_is_killed(started: Path, tmp_path: Path) -> None:
    """All that it has started too; its folder, with the report in it, is removed by the next run."""
    program = subprocess.Popen([sys.executable, "-c", PROGRAM])  # noqa: S603  our own program
    processes = numbers(started)
    assert len(processes) == 2
    os.kill(program.pid, signal.SIGKILL)
    program.wait()
    assert running(processes) == []
    (folder,) = (tmp_path / "tmp").iterdir()
    assert (folder / "rapport.docx").read_bytes() == b"PK"
    (tmp_path / "bin" / "soffice").write_text("#!/bin/sh\nexit 1\n", "utf-8")
    assert as_pdf(b"PK") is None
    assert list((tmp_path / "tmp").iterdir()) == []


def test_it_ends_when_it_takes_too_long(
    started: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("excel_uppsikt.word.pages._LONGEST_SECONDS", 2)
    assert as_pdf(b"PK") is None
    assert running(numbers(started)) == []
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.usefixtures("started")
def test_one_that_says_more_than_a_pipe_holds_is_not_waited_for(tmp_path: Path) -> None:
    """What it says is read by nobody, nor is what a process of it says that goes on after its end."""
    program, made = tmp_path / "bin" / "soffice", tmp_path / "tom.pdf"
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(made)
    program.write_text(
        "#!/bin/sh\nsleep 100 &\nhead -c 1000000 /dev/zero\nfor a; do :; done\n"
        f'cp "{made}" "${{a%.docx}}.pdf"\n',
        "utf-8",
    )
    document = io.BytesIO()
    docx.Document().save(document)
    start = time.monotonic()
    assert (as_pdf(document.getvalue()) or b"").startswith(b"%PDF")
    assert time.monotonic() - start < 50
