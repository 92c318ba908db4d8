"""A run that is killed while it writes leaves the old file or the new one, and nothing to tidy by hand."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from excel_uppsikt.rounds.disk import OutputError
from excel_uppsikt.rounds.outputs import Outputs, Written

NAME = "ut/rapporter/Uppsiktsrapport Vård 2024 T1.docx"
OTHER = "ut/rapporter/Uppsiktsrapport Skola 2024 T1.docx"
FIRST, SECOND, THIRD = (f"Rapport, version {n}".encode() for n in range(1, 4))
# Ends itself, as a kill does, before one of the things that writing a file consists of.
PROGRAM = """
import os, sys, tempfile
from pathlib import Path
from excel_uppsikt.rounds.outputs import Outputs

folder, last = Path(sys.argv[1]), int(sys.argv[2])
steps = 0

def ending(owner, name):
    real = getattr(owner, name)
    def counted(*given, **named):
        global steps
        steps += 1
        if steps == last:
            os._exit(9)
        return real(*given, **named)
    setattr(owner, name, counted)

for owner, name in [(tempfile, "mkstemp"), (os, "fsync"), (Path, "chmod"), (Path, "replace")]:
    ending(owner, name)
Outputs(folder).write_all({sys.argv[3]: b"Rapport, version 2", sys.argv[4]: b"Rapport, version 2"})
print(steps)
"""


def written(folder: Path, last: int) -> subprocess.CompletedProcess[str]:
    """A process that writes both files anew, and is killed before its step of the number `last`."""
    return subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-c", PROGRAM, str(folder), str(last), NAME, OTHER],
        capture_output=True,
        text=True,
        check=False,
    )


def names(folder: Path) -> list[str]:
    """Every file in a folder and below, those of a killed run too."""
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


@pytest.mark.skipif(sys.platform == "win32", reason="a leftover is told by its process, on POSIX")
def test_killed_before_any_step_of_its_writing_a_run_is_followed_by_one_that_is_right(
    tmp_path: Path,
) -> None:
    """Old or new whole, nothing edited by anyone, no `(ny)`, and no temporary file after the next run."""
    Outputs(tmp_path / "hel").write_all({NAME: FIRST, OTHER: FIRST})
    whole = written(tmp_path / "hel", 0)
    steps = int(whole.stdout)
    assert (whole.returncode, steps >= 12) == (0, True)
    found = set()
    for last in range(1, steps + 1):
        folder = tmp_path / str(last)
        Outputs(folder).write_all({NAME: FIRST, OTHER: FIRST})
        assert written(folder, last).returncode == 9
        there = tuple((folder / name).read_bytes() for name in (NAME, OTHER))
        assert set(there) <= {FIRST, SECOND}
        found.add(there)
        outputs = Outputs(folder)
        # Neither has been edited, as the mails of reports and the copies of a compilation take it.
        assert outputs.keep_edited(folder / NAME) is None
        assert outputs.write_all({NAME: THIRD, OTHER: THIRD}) == {
            NAME: Written(folder / NAME),
            OTHER: Written(folder / OTHER),
        }
        assert names(folder) == ["ut/.uppsikt/skrivna.json", OTHER, NAME]
    assert found == {(FIRST, FIRST), (SECOND, FIRST), (SECOND, SECOND)}


@pytest.mark.skipif(sys.platform == "win32", reason="a leftover is told by its process, on POSIX")
def test_a_file_killed_twice_over_is_still_the_programs_own(tmp_path: Path) -> None:
    """However many runs are killed between remembering and writing, what lies there is known."""
    Outputs(tmp_path).write(NAME, FIRST)
    # Five steps write what is remembered, which then says so already; then come the report's own.
    for last in (6, 1, 4):
        assert written(tmp_path, last).returncode == 9
    assert (tmp_path / NAME).read_bytes() == FIRST
    assert Outputs(tmp_path).write(NAME, THIRD) == Written(tmp_path / NAME)


def test_an_edit_made_after_a_killed_run_is_still_an_edit(tmp_path: Path) -> None:
    Outputs(tmp_path).write(NAME, FIRST)
    assert written(tmp_path, 6).returncode == 9
    (tmp_path / NAME).write_bytes(b"Egen")
    beside = (tmp_path / NAME).with_stem("Uppsiktsrapport Vård 2024 T1 (ny)")
    assert Outputs(tmp_path).write(NAME, SECOND) == Written(beside, tmp_path / NAME)
    assert (tmp_path / NAME).read_bytes() == b"Egen"


def test_what_an_earlier_version_remembered_is_known(tmp_path: Path) -> None:
    """It kept one hash of each file, and not a list."""
    Outputs(tmp_path).write(NAME, FIRST)
    (tmp_path / "ut/.uppsikt/skrivna.json").write_text(
        f'{{"{NAME}": "{hashlib.sha256(FIRST).hexdigest()}"}}', "utf-8"
    )
    assert Outputs(tmp_path).write(NAME, SECOND) == Written(tmp_path / NAME)


def test_of_several_files_one_that_is_open_stops_no_other(tmp_path: Path) -> None:
    """The open one is told of at the end, and written by the next run in its own place."""
    Outputs(tmp_path).write_all({NAME: FIRST, OTHER: FIRST})
    lock = (tmp_path / NAME).with_name(f".~lock.{Path(NAME).name}#")
    lock.write_bytes(b"")
    with pytest.raises(OutputError, match=r"Vård .* är öppen i ett annat program"):
        Outputs(tmp_path).write_all({NAME: SECOND, OTHER: SECOND})
    assert (tmp_path / NAME).read_bytes() == FIRST
    assert (tmp_path / OTHER).read_bytes() == SECOND
    lock.unlink()
    assert Outputs(tmp_path).write(NAME, THIRD) == Written(tmp_path / NAME)


@pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")
def test_a_written_file_is_for_everyone_who_can_open_the_folder(tmp_path: Path) -> None:
    """A temporary file is private; the one it becomes is not."""
    Outputs(tmp_path).write(NAME, FIRST)
    assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o644
