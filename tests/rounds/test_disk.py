"""A file that cannot be put on disk: what is told, and that nothing is left of the attempt."""

import errno
import os
from pathlib import Path

import pytest

from excel_uppsikt.rounds.disk import OutputError, write_whole


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.EIO, "Input/output error"), "Datorn svarade: Input/output error."),
        (OSError("okänt fel"), "Datorn svarade: okänt fel."),
        (
            OSError(errno.ENOSPC, "No space left on device"),
            "Disken är full. Gör plats och kör igen.",
        ),
        (
            PermissionError(errno.EPERM, "Operation not permitted"),
            "Stäng filen om den är öppen i ett annat program, "
            "kontrollera att mappen inte är skrivskyddad och kör igen.",
        ),
    ],
)
def test_what_the_computer_answers_is_told_and_the_file_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, words: str
) -> None:
    """Where writing to disk fails, before the new file has taken the old one's name."""
    path = tmp_path / "rapport.docx"
    write_whole(path, b"old")

    def failing(_: int) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(OutputError) as raised:
        write_whole(path, b"new")
    assert str(raised.value) == f"{path} kan inte skrivas. {words}"
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"rapport.docx": b"old"}


def test_a_file_is_on_disk_before_it_has_its_name_and_then_so_is_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a power cut could leave an empty file in the place of a whole one."""
    path = tmp_path / "rapport.docx"
    real, synced = os.fsync, []

    def noting(handle: int) -> None:
        size = os.fstat(handle).st_size
        synced.append(("file" if size == 3 else "folder", path.exists()))
        real(handle)

    monkeypatch.setattr(os, "fsync", noting)
    write_whole(path, b"new")
    assert synced[0] == ("file", False)
    assert synced[1:] == ([] if os.name == "nt" else [("folder", True)])


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP, errno.ENOSYS])
def test_a_file_system_that_cannot_put_a_file_on_disk_at_once_is_written_to_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """As some shared folders are."""

    def failing(_: int) -> None:
        raise OSError(number, "no such thing")

    monkeypatch.setattr(os, "fsync", failing)
    write_whole(tmp_path / "rapport.docx", b"new")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"rapport.docx": b"new"}
