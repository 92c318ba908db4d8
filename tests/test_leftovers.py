"""What killed runs have left is removed, and nothing of a run that goes on or of anyone else."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from excel_uppsikt.leftovers import own_beginning, remove_leftovers

DAY = 24 * 60 * 60
needs_processes = pytest.mark.skipif(
    sys.platform == "win32", reason="a process's number tells whether it runs, on POSIX"
)


def ended() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def made(folder: Path, process: int, *, days: float = 0) -> Path:
    """A temporary file such as a process of this computer makes, by its number, so many days ago."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=own_beginning())
    os.close(handle)
    path = Path(name)
    path = path.rename(path.with_name(path.name.replace(f"-{os.getpid()}-", f"-{process}-")))
    return aged(path, days)


def aged(path: Path, days: float) -> Path:
    """The file, as if it was written so many days ago."""
    then = time.time() - days * DAY
    os.utime(path, (then, then))
    return path


@needs_processes
def test_what_an_ended_process_left_is_removed_with_what_a_folder_holds(tmp_path: Path) -> None:
    gone = made(tmp_path, ended())
    folder = made(tmp_path, ended())
    folder.unlink()
    (folder / "profil").mkdir(parents=True)
    (folder / "profil" / "a").write_bytes(b"a")
    remove_leftovers(tmp_path.iterdir())
    assert not gone.exists()
    assert list(tmp_path.iterdir()) == []


def test_what_a_running_process_has_is_left_until_it_is_a_day_old(tmp_path: Path) -> None:
    """By then its number has been given to another one."""
    now = made(tmp_path, os.getpid(), days=0.9)
    made(tmp_path, os.getpid(), days=1.1)
    remove_leftovers(tmp_path.iterdir())
    assert list(tmp_path.iterdir()) == [now]


@needs_processes
def test_what_another_computer_has_in_a_shared_folder_is_left_until_it_is_a_day_old(
    tmp_path: Path,
) -> None:
    """Its processes cannot be asked for, whatever their numbers are here."""
    new, old = (tmp_path / f".uppsikt-0123abcd-{ended()}-abcd123{n}" for n in "45")
    # As an earlier version named them.
    unmarked = tmp_path / ".uppsikt-abcd_123"
    for path in (new, old, unmarked):
        path.write_bytes(b"")
    aged(old, 1.1)
    remove_leftovers(tmp_path.iterdir())
    assert sorted(tmp_path.iterdir()) == sorted([new, unmarked])
    aged(unmarked, 1.1)
    remove_leftovers(tmp_path.iterdir())
    assert list(tmp_path.iterdir()) == [new]


@pytest.mark.parametrize("name", [".uppsikt", ".uppsikt-anteckningar.txt", "uppsikt-abcd_123"])
def test_what_a_person_has_named_likewise_stays(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    aged(tmp_path / name, 400)
    remove_leftovers(tmp_path.iterdir())
    assert [path.name for path in tmp_path.iterdir()] == [name]
