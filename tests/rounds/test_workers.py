"""Processes that files are opened in end with the program, however it ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from excel_uppsikt.rounds.workers import WORTH, cores
from tests.corpus.gallery import PLAN, good
from tests.small_rounds import make_round

ROOT = Path(__file__).parents[2]


def members(group: int) -> list[str]:
    """The processes of a group that are not dead, as the system tells of them."""
    found: list[str] = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = path.read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(told[2]) == group and told[0] not in "ZX":
            found.append(path.parent.name)
    return found


def until(holds: Callable[[], bool], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)
    return holds()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems tell of processes otherwise")
@pytest.mark.skipif(cores() == 1, reason="only one core")
@pytest.mark.parametrize(
    ("sent", "to_all"), [("SIGINT", True), ("SIGINT", False), ("SIGKILL", False)]
)
def test_no_process_and_no_half_file_is_left(sent: str, to_all: bool, tmp_path: Path) -> None:
    """By Ctrl+C, which a terminal tells all of them, and where the system ends the program itself."""
    form = good()
    folder = make_round(tmp_path, PLAN, {f"{at}.xlsx": form for at in range(2 * WORTH)})
    lies = sorted(folder.rglob("*"))
    program = subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, "-m", "excel_uppsikt", "merge", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
        encoding="utf-8",
    )
    # The program, what keeps count of what processes share, and at least one worker.
    assert until(lambda: len(members(program.pid)) > 2 or program.poll() is not None)
    assert program.poll() is None
    end = os.killpg if to_all else os.kill
    end(program.pid, signal.Signals[sent])
    _, told = program.communicate(timeout=120)
    assert until(lambda: members(program.pid) == [])
    assert "Process SpawnProcess" not in told
    left = {path for path in folder.rglob("*") if path.is_file()} - set(lies)
    assert left <= {folder / "ut/.uppsikt/upptagen.json"}


# Ctrl+C once there is a second process, which has not yet been told what it is to do.
_PRESSED = """
import os, signal, sys
from multiprocessing import util
from excel_uppsikt.cli.app import main
begun = []
begin = util.spawnv_passfds
def pressed(*given):
    begun.append(begin(*given))
    # The first is what keeps count of what processes share.
    if len(begun) == 3:
        os.kill(os.getpid(), signal.SIGINT)
    return begun[-1]
util.spawnv_passfds = pressed
main()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems begin processes otherwise")
@pytest.mark.skipif(cores() == 1, reason="only one core")
def test_ctrl_c_while_a_process_is_begun_is_heard_when_it_has_been(tmp_path: Path) -> None:
    """Of one begun by half nothing would come, and the program would wait for it without end."""
    form = good()
    folder = make_round(tmp_path, PLAN, {f"{at}.xlsx": form for at in range(2 * WORTH)})
    program = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-c", _PRESSED, "merge", str(folder)],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert program.returncode == 130
    assert (program.stdout, program.stderr) == ("", "")
