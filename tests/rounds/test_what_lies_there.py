"""What a round's folder holds beside what is written now: leftovers, copies, and what a person put there."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from excel_uppsikt.round_paths import EARLIER, OUTPUTS, TEMPLATES
from excel_uppsikt.rounds.disk import OutputError
from excel_uppsikt.rounds.outputs import Outputs, content_mark

NAME = "ut/sammanstallning.xlsx"
# As a run of long ago named its temporary files.
LEFT = ".uppsikt-abcdefgh"


def laid(folder: Path, name: str, data: bytes, moment: str = "2024-05-02 08:00") -> Path:
    """A file last saved at a moment."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()
    os.utime(path, (at, at))
    return path


def test_what_a_killed_run_has_left_is_removed_wherever_the_program_writes(tmp_path: Path) -> None:
    """At the top, in ut and in mallar, however deep; not among what was handed in, and nothing else."""
    left = [
        f"{place}{LEFT}" for place in ("", f"{OUTPUTS}/", f"{OUTPUTS}/retur/", f"{TEMPLATES}/a/b/")
    ]
    stays = [
        f"inkorg/{LEFT}",
        ".uppsikt-mina anteckningar",
        f"{OUTPUTS}/uppsikt-abcdefgh",
        "plan.xlsx",
    ]
    for name in (*left, *stays):
        laid(tmp_path, name, b"x", "2024-01-01 08:00")
    Outputs(tmp_path)
    assert [name for name in left if (tmp_path / name).exists()] == []
    assert [name for name in stays if not (tmp_path / name).exists()] == []


def test_each_edit_is_kept_once_with_the_time_of_its_saving(tmp_path: Path) -> None:
    """Under the next number, also where some of those before have been taken away."""
    path = tmp_path / NAME
    assert Outputs(tmp_path).keep_edited(path) is None
    Outputs(tmp_path).write(NAME, b"eget")
    assert Outputs(tmp_path).keep_edited(path) is None
    copies = [tmp_path / EARLIER / f"sammanstallning ({number}).xlsx" for number in range(1, 5)]
    for at in (0, 1, 2):
        laid(tmp_path, NAME, b"edit %d" % at, f"2024-05-0{at + 2} 08:00")
        for _ in range(2):
            assert Outputs(tmp_path).keep_edited(path) == copies[at]
        assert copies[at].read_bytes() == path.read_bytes()
        assert copies[at].stat().st_mtime == path.stat().st_mtime
    copies[0].unlink()
    laid(tmp_path, NAME, b"edit 4")
    assert Outputs(tmp_path).keep_edited(path) == copies[3]
    # Files of other names are no copies of this one.
    for other in (
        "sammanstallning.xlsx",
        "sammanstallning (x).xlsx",
        "annan (9).xlsx",
        "sammanstallning (9).ods",
    ):
        laid(tmp_path, f"{EARLIER}/{other}", b"annat")
    (tmp_path / EARLIER / "sammanstallning (8).xlsx").mkdir()
    assert Outputs(tmp_path).copies(path) == copies[1:]


def test_clearing_a_folder_takes_only_what_the_program_wrote_there_itself(tmp_path: Path) -> None:
    outputs = Outputs(tmp_path)
    names = [f"ut/retur/{name}.xlsx" for name in ("a", "b", "c", "k c")]
    outputs.write_all({name: name.encode() for name in names})
    outputs.write("ut/retur/inre/d.xlsx", b"d")
    laid(tmp_path, "ut/retur/b.xlsx", b"redigerad")
    laid(tmp_path, "ut/retur/egen.xlsx", b"egen")
    assert Outputs(tmp_path).clear("ut/retur", ["a.xlsx"], beginning="k") == ("k c.xlsx",)
    assert Outputs(tmp_path).clear("ut/retur", ["a.xlsx"]) == ("c.xlsx",)
    there = sorted(
        p.relative_to(tmp_path / "ut/retur").as_posix() for p in (tmp_path / "ut/retur").rglob("*")
    )
    assert there == ["a.xlsx", "b.xlsx", "egen.xlsx", "inre", "inre/d.xlsx"]
    assert Outputs(tmp_path).clear("ut/finns inte", []) == ()


def test_what_is_known_of_a_file(tmp_path: Path) -> None:
    """Whether it is as written, and a mark by which a change is seen."""
    path, outputs = tmp_path / NAME, Outputs(tmp_path)
    assert (outputs.as_written(NAME), outputs.is_own(path), content_mark(path)) == (
        None,
        False,
        None,
    )
    outputs.write(NAME, b"ett")
    mark = content_mark(path)
    assert mark is not None
    assert (Outputs(tmp_path).as_written(NAME), Outputs(tmp_path).is_own(path)) == (mark, True)
    path.write_bytes(b"edited")
    assert (Outputs(tmp_path).as_written(NAME), Outputs(tmp_path).is_own(path)) == (None, False)
    assert content_mark(path) not in (None, mark)
    Outputs(tmp_path).replace(path, b"two")
    path.write_bytes(b"ett")
    # What was written before the last time is no longer what was written, nor edited by anyone.
    assert Outputs(tmp_path).as_written(NAME) is None
    path.unlink()
    assert (Outputs(tmp_path).as_written(NAME), Outputs(tmp_path).is_own(path)) == (None, False)


def test_a_file_that_is_open_is_not_taken_away(tmp_path: Path) -> None:
    """On Linux it could be; whoever has it open would save it into nothing."""
    Outputs(tmp_path).write("ut/retur/a.xlsx", b"a")
    (tmp_path / "ut/retur/~$a.xlsx").touch()
    with pytest.raises(OutputError, match=r"a\.xlsx är öppen"):
        Outputs(tmp_path).clear("ut/retur", [])
    assert (tmp_path / "ut/retur/a.xlsx").read_bytes() == b"a"
