"""Files are written whole or not at all, and never over what a person has edited."""

import json
import os
from pathlib import Path

import pytest

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.rounds.disk import OutputError, refuse_if_open, write_whole
from excel_uppsikt.rounds.outputs import Outputs, Written

NAME = "ut/rapporter/Uppsiktsrapport Vård 2024 T1.docx"
FIRST, SECOND, THIRD, FOURTH = (f"Rapport, version {n}".encode() for n in range(1, 5))
LONG_AGO = 1_000_000_000


def report(folder: Path, suffix: str = "") -> Path:
    """The report, or the one that lies beside it."""
    path = folder / NAME
    return path.with_name(f"{path.stem}{suffix}{path.suffix}")


def files(folder: Path) -> dict[str, bytes]:
    """Everything in a folder and below by name, without the program's memory of what it wrote."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".uppsikt" not in path.parent.name
    }


def aged(path: Path) -> None:
    """Makes a file look as if it was last written long ago."""
    os.utime(path, (LONG_AGO, LONG_AGO))


# --- Whole or not at all ------------------------------------------------------------------------


def test_a_file_is_written_with_the_folders_it_needs_and_nothing_else(tmp_path: Path) -> None:
    write_whole(tmp_path / "a" / "b" / "c.txt", FIRST)
    assert files(tmp_path) == {"a/b/c.txt": FIRST}


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.txt", FIRST * 1000)
    write_whole(tmp_path / "a.txt", SECOND)
    assert files(tmp_path) == {"a.txt": SECOND}


def test_a_folder_in_the_files_place_is_left_with_what_it_holds(tmp_path: Path) -> None:
    """The message says so, and no half-written or temporary file is left behind."""
    path = tmp_path / "a.docx"
    write_whole(path / "bilaga.txt", FIRST)
    with pytest.raises(OutputError, match=r"a\.docx kan inte skrivas\. Det finns en mapp"):
        write_whole(path, SECOND)
    assert files(tmp_path) == {"a.docx/bilaga.txt": FIRST}


def test_a_file_in_the_folders_place_is_left_as_it_is(tmp_path: Path) -> None:
    write_whole(tmp_path / "ut", FIRST)
    with pytest.raises(OutputError, match=r"Det finns en fil där mappen .*ut ska ligga"):
        write_whole(tmp_path / "ut" / "a.docx", SECOND)
    with pytest.raises(OutputError, match="kan inte skrivas"):
        write_whole(tmp_path / "ut" / "rapporter" / "a.docx", SECOND)
    assert files(tmp_path) == {"ut": FIRST}


def test_a_rounds_file_that_cannot_be_written_leaves_the_others_and_is_not_remembered(
    tmp_path: Path,
) -> None:
    """A later run, with the obstacle gone, writes it in its own place."""
    outputs = Outputs(tmp_path)
    outputs.write("ut/a.docx", FIRST)
    (tmp_path / "ut" / "b.docx").mkdir()
    with pytest.raises(OutputError, match="Det finns en mapp med det namnet"):
        outputs.write("ut/b.docx", SECOND)
    assert files(tmp_path) == {"ut/a.docx": FIRST}
    (tmp_path / "ut" / "b.docx").rmdir()
    assert Outputs(tmp_path).write("ut/b.docx", SECOND) == Written(tmp_path / "ut/b.docx")
    assert files(tmp_path) == {"ut/a.docx": FIRST, "ut/b.docx": SECOND}


def test_an_output_error_stops_a_command_with_one_line(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(CannotRunError) as raised:
        write_whole(tmp_path / "a", FIRST)
    assert "\n" not in str(raised.value)


# --- What a person has edited -------------------------------------------------------------------


def test_an_unedited_report_is_replaced(tmp_path: Path) -> None:
    """Run after run, also by a new process that only has what lies in the folder."""
    for version in (FIRST, SECOND, THIRD):
        assert Outputs(tmp_path).write(NAME, version) == Written(report(tmp_path))
        assert files(tmp_path) == {NAME: version}


def test_an_edited_report_stays_and_the_new_one_lies_beside_it(tmp_path: Path) -> None:
    """The new one is itself replaced while nobody edits it; edited, a third lies beside both."""
    Outputs(tmp_path).write(NAME, FIRST)
    path, beside, third = report(tmp_path), report(tmp_path, " (ny)"), report(tmp_path, " (ny 2)")
    path.write_bytes(b"Egen")
    assert Outputs(tmp_path).write(NAME, SECOND) == Written(beside, path)
    assert Outputs(tmp_path).write(NAME, THIRD) == Written(beside, path)
    assert [p.read_bytes() for p in (path, beside)] == [b"Egen", THIRD]
    beside.write_bytes(b"Egen ny")
    assert Outputs(tmp_path).write(NAME, FOURTH) == Written(third, path)
    assert [p.read_bytes() for p in (path, beside, third)] == [b"Egen", b"Egen ny", FOURTH]
    assert len(files(tmp_path)) == 3


def test_a_report_edited_back_or_removed_is_written_in_its_own_place_again(tmp_path: Path) -> None:
    Outputs(tmp_path).write(NAME, FIRST)
    path = report(tmp_path)
    path.write_bytes(b"Egen")
    Outputs(tmp_path).write(NAME, SECOND)
    path.write_bytes(FIRST)
    assert Outputs(tmp_path).write(NAME, SECOND) == Written(path)
    path.unlink()
    assert Outputs(tmp_path).write(NAME, THIRD) == Written(path)


def test_a_file_that_was_there_before_the_program_counts_as_edited(tmp_path: Path) -> None:
    report(tmp_path).parent.mkdir(parents=True)
    report(tmp_path).write_bytes(b"Egen")
    assert Outputs(tmp_path).write(NAME, FIRST) == Written(
        report(tmp_path, " (ny)"), report(tmp_path)
    )
    assert report(tmp_path).read_bytes() == b"Egen"


@pytest.mark.parametrize("memory", [None, b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"a": 1}'])
def test_with_its_memory_lost_or_damaged_every_file_counts_as_edited(
    tmp_path: Path, memory: bytes | None
) -> None:
    """The price is a file beside another; nothing a person wrote is ever lost."""
    Outputs(tmp_path).write(NAME, FIRST)
    (ledger,) = (tmp_path / "ut" / ".uppsikt").iterdir()
    ledger.unlink() if memory is None else ledger.write_bytes(memory)
    assert Outputs(tmp_path).write(NAME, SECOND) == Written(
        report(tmp_path, " (ny)"), report(tmp_path)
    )
    assert files(tmp_path) == {
        NAME: FIRST,
        report(tmp_path, " (ny)").relative_to(tmp_path).as_posix(): SECOND,
    }


def test_the_memory_lies_in_the_round_and_moves_with_it(tmp_path: Path) -> None:
    Outputs(tmp_path / "en").write(NAME, FIRST)
    (tmp_path / "en").rename(tmp_path / "annan")
    assert Outputs(tmp_path / "annan").write(NAME, SECOND) == Written(report(tmp_path / "annan"))
    ledger = json.loads((tmp_path / "annan/ut/.uppsikt/skrivna.json").read_text("utf-8"))
    assert list(ledger) == [NAME]


def test_replace_writes_over_what_is_there(tmp_path: Path) -> None:
    """For the compilation, whose edits have been read and merged before."""
    Outputs(tmp_path).replace(tmp_path / "ut/a.xlsx", FIRST)
    (tmp_path / "ut/a.xlsx").write_bytes(b"Egen")
    Outputs(tmp_path).replace(tmp_path / "ut/a.xlsx", SECOND)
    assert files(tmp_path) == {"ut/a.xlsx": SECOND}


def test_unchanged_content_is_not_written_again(tmp_path: Path) -> None:
    """Neither the file nor the memory is touched, so that nothing needs to be copied or synced."""
    Outputs(tmp_path).write(NAME, FIRST)
    (ledger,) = (tmp_path / "ut" / ".uppsikt").iterdir()
    for path in (report(tmp_path), ledger):
        aged(path)
    Outputs(tmp_path).write(NAME, FIRST)
    Outputs(tmp_path).replace(report(tmp_path), FIRST)
    assert {path.stat().st_mtime for path in (report(tmp_path), ledger)} == {LONG_AGO}


def test_a_file_that_says_the_same_is_the_programs_own_though_its_memory_is_lost(
    tmp_path: Path,
) -> None:
    report(tmp_path).parent.mkdir(parents=True)
    report(tmp_path).write_bytes(FIRST)
    aged(report(tmp_path))
    assert Outputs(tmp_path).write(NAME, FIRST) == Written(report(tmp_path))
    assert report(tmp_path).stat().st_mtime == LONG_AGO
    assert Outputs(tmp_path).write(NAME, SECOND) == Written(report(tmp_path))


# --- Files that are open ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "lock"),
    [
        ("sammanstallning.xlsx", "~$sammanstallning.xlsx"),
        ("Uppsiktsrapport Vård.docx", "~$psiktsrapport Vård.docx"),
        ("Uppsiktsrapport Vård.docx", "~$Uppsiktsrapport Vård.docx"),
        ("sammanstallning.xlsx", ".~lock.sammanstallning.xlsx#"),
    ],
)
def test_a_file_that_is_open_in_excel_word_or_libreoffice_is_not_written(
    tmp_path: Path, name: str, lock: str
) -> None:
    """The message says which file, what to do, and which lock file to remove if it is not open."""
    path = tmp_path / "ut" / name
    Outputs(tmp_path).write(f"ut/{name}", FIRST)
    (path.parent / lock).write_bytes(b"")
    with pytest.raises(OutputError) as raised:
        Outputs(tmp_path).write(f"ut/{name}", SECOND)
    assert str(raised.value) == (
        f"{path} är öppen i ett annat program. Stäng den och kör igen. "
        f"(Är den inte öppen: ta bort filen {lock}.)"
    )
    assert files(tmp_path) == {f"ut/{name}": FIRST, f"ut/{lock}": b""}
    (path.parent / lock).unlink()
    Outputs(tmp_path).write(f"ut/{name}", SECOND)
    assert files(tmp_path) == {f"ut/{name}": SECOND}


def test_a_file_that_is_open_but_would_not_change_is_no_trouble(tmp_path: Path) -> None:
    Outputs(tmp_path).write("ut/a.xlsx", FIRST)
    (tmp_path / "ut" / "~$a.xlsx").write_bytes(b"")
    assert Outputs(tmp_path).write("ut/a.xlsx", FIRST) == Written(tmp_path / "ut/a.xlsx")


def test_another_files_lock_is_no_trouble(tmp_path: Path) -> None:
    for lock in ("~$annan.xlsx", ".~lock.annan.xlsx#", "a.xlsx.lock"):
        (tmp_path / lock).write_bytes(b"")
    refuse_if_open(tmp_path / "a.xlsx")
    Outputs(tmp_path).write("a.xlsx", FIRST)
    assert (tmp_path / "a.xlsx").read_bytes() == FIRST
