"""Files put into the inbox: whole, under names of their own, and never over or beside it."""

import os
from pathlib import Path
from threading import Thread

import pytest

from excel_uppsikt.excel.guard.limits import MAX_FILE
from excel_uppsikt.rounds.disk import OutputError
from excel_uppsikt.rounds.receiving import Received, Reception, receive


def lying(folder: Path) -> dict[str, bytes]:
    """All files below a folder, by their paths in it."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


@pytest.mark.parametrize(
    ("sent_as", "name"),
    [
        ("Hemtjänst.xlsx", "Hemtjänst.xlsx"),
        ("../../plan.xlsx", "plan.xlsx"),
        ("..\\..\\plan.xlsx", "plan.xlsx"),
        ("/etc/passwd", "passwd"),
        ("C:\\Windows\\system.ini", "system.ini"),
        ("\\\\server\\delad\\a.xlsx", "a.xlsx"),
        ("a\x00.xlsx", "a.xlsx"),
        ("CON.xlsx", "_CON.xlsx"),
        ("a:b|c?.xlsx", "b c.xlsx"),
        ("fil.xlsx:strom", "fil.xlsx strom"),
        (".dold.xlsx", "dold.xlsx"),
        ("..", "_"),
        ("", "_"),
        ("   .xlsx", "_.xlsx"),
        ("a.xlsx. . ", "a.xlsx"),
        ("\u202exslx.exe", "xslx.exe"),
        ("x" * 300 + ".xlsx", "x" * 80 + ".xlsx"),
    ],
)
def test_a_name_is_a_name_and_never_a_path(tmp_path: Path, sent_as: str, name: str) -> None:
    """Whatever stands in it, one file lies in the inbox and none anywhere else."""
    folder = tmp_path / "djupt/inne/t1"
    folder.mkdir(parents=True)
    assert receive(folder, [(sent_as, b"x")]) == (Received(sent_as, name, Reception.TAKEN),)
    assert lying(tmp_path) == {f"djupt/inne/t1/inkorg/{name}": b"x"}


def test_another_file_of_the_same_name_lies_beside(tmp_path: Path) -> None:
    """The same file again is not put there again, whatever it is called."""
    told = receive(tmp_path, [("a.xlsx", b"1"), ("a.xlsx", b"2")])
    told += receive(tmp_path, [("b.xlsx", b"1"), ("A.xlsx", b"3")])
    assert [(one.name, one.reception) for one in told] == [
        ("a.xlsx", Reception.TAKEN),
        ("a (2).xlsx", Reception.TAKEN),
        ("a.xlsx", Reception.KNOWN),
        ("A.xlsx", Reception.TAKEN),
    ]
    assert lying(tmp_path / "inkorg") == {"a.xlsx": b"1", "a (2).xlsx": b"2", "A.xlsx": b"3"}


def test_what_is_no_answer_is_not_taken(tmp_path: Path) -> None:
    """Lock files that are dropped along with the rest, and what is larger than any form."""
    sent = [("~$a.xlsx", b"x"), (".~lock.a.xlsx#", b"x"), ("a.xlsx", bytes(MAX_FILE + 1))]
    told = [one.reception for one in receive(tmp_path, sent)]
    assert told == [Reception.NO_WORKBOOK, Reception.NO_WORKBOOK, Reception.TOO_LARGE]
    assert lying(tmp_path) == {}


def test_many_that_come_at_once_all_lie_there(tmp_path: Path) -> None:
    """Twenty of the same name, from as many browsers: each whole, none lost."""
    senders = [
        Thread(target=receive, args=(tmp_path, [("svar.xlsx", bytes([number]) * 1_000)]))
        for number in range(20)
    ]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    there = lying(tmp_path / "inkorg")
    assert sorted(there.values()) == [bytes([number]) * 1_000 for number in range(20)]


def test_where_files_have_one_name_only_it_is_given_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on many network drives and memory sticks."""

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    receive(tmp_path, [("a.xlsx", b"1"), ("a.xlsx", b"2")])
    assert lying(tmp_path / "inkorg") == {"a.xlsx": b"1", "a (2).xlsx": b"2"}


def test_an_inbox_that_cannot_be_written_in_is_told(tmp_path: Path) -> None:
    (tmp_path / "inkorg").write_text("en fil")
    with pytest.raises(OutputError, match="kan inte skrivas"):
        receive(tmp_path, [("a.xlsx", b"x")])
