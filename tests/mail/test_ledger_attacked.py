"""A ledger that cannot be written, read or trusted stops the mail in one line, and nothing goes out."""

import errno
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest

from excel_uppsikt.mail import ledger_file
from excel_uppsikt.mail.ledger import State, open_ledger
from tests.cli.running import ROOT, uppsikt
from tests.mail.mailed_rounds import reached, round_with_forms, told_by_status
from tests.mail.sent_mails import SMTP, TO_ALL, states, to
from tests.mail.servers import Mailbox

SEND = (*SMTP, "--yes")
HELD = "används av en annan körning eller dator. Vänta tills den är klar och kör igen.\n"
CLOSED = (
    "kan inte läsas eller skrivas. Se efter att du får läsa och skriva i mappen och kör igen.\n"
)
FULL = "kan inte skrivas, för disken är full. Gör plats och kör igen.\n"
NEWER = "är gjord av en nyare version av programmet. Använd den versionen.\n"


@contextmanager
def held_by_another(path: Path) -> Iterator[None]:
    """Another process has it until the end of the block."""
    program = (
        "import sys; from pathlib import Path; from excel_uppsikt.mail.ledger import open_ledger\n"
        "with open_ledger(Path(sys.argv[1])):\n    print('held', flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, "-c", program, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        yield
        process.communicate()


def of_a_later_version(path: Path) -> None:
    with open_ledger(path):
        pass
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 2")
    connection.close()


def a_folder(path: Path) -> None:
    """Something else of its name."""
    path.mkdir(parents=True)


def without_its_folder(path: Path) -> None:
    """A file lies where `ut` should."""
    shutil.rmtree(path.parent)
    path.parent.write_bytes(b"")


def not_to_be_written(path: Path) -> None:
    """Nothing to prepare."""
    assert not path.exists()


def refused(number: int) -> object:
    """What a folder answers in which no file can be made."""

    def answer(**_: object) -> None:
        raise OSError(number, "no")

    return answer


@pytest.mark.parametrize(
    ("prepare", "answer", "told"),
    [
        (not_to_be_written, errno.EACCES, CLOSED),
        (not_to_be_written, errno.EROFS, CLOSED),
        (not_to_be_written, errno.ENOSPC, FULL),
        (without_its_folder, 0, CLOSED),
        (a_folder, 0, CLOSED),
        (of_a_later_version, 0, NEWER),
        (held_by_another, 0, HELD),
    ],
)
def test_what_is_wrong_is_one_line_and_nothing_is_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prepare: object, answer: int, told: str
) -> None:
    """In a folder that is read-only, on a full disk, made by a later version, held by another process."""
    folder, box = round_with_forms(tmp_path / "omgång"), Mailbox()
    for left in (folder / "ut").rglob("*"):
        left.unlink() if left.is_file() else None
    path = folder / "ut/utskick.sqlite"
    monkeypatch.setattr(ledger_file, "WAIT_SECONDS", 0.05)
    made = prepare(path)  # type: ignore[operator]  # one of the functions above
    with reached(box, monkeypatch, tmp_path), made or nullcontext():
        if answer:
            monkeypatch.setattr(tempfile, "mkstemp", refused(answer))
        done = uppsikt("mail", folder, "templates", *SEND)
    assert (done.returncode, done.stderr) == (2, f"{path} {told}")
    assert to(box) == []


def test_a_clock_that_goes_backwards_changes_nothing_but_the_days_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was sent is not sent again, and the last is what went last, whatever day it bears."""
    folder, box = round_with_forms(tmp_path / "omgång"), Mailbox()
    only = ("--only", "Hemtjänst")
    with reached(box, monkeypatch, tmp_path):
        uppsikt("mail", folder, "templates", *SEND, "--today", "2024-05-06")
        done = uppsikt("mail", folder, "templates", *SEND, "--today", "2024-05-02")
        assert (done.returncode, to(box)) == (0, TO_ALL)
        assert "Redan skickat 2024-05-06 till orjan@exempel.se" in done.stdout
        uppsikt("mail", folder, "templates", *SEND, "--again", *only, "--today", "2024-05-02")
    assert told_by_status(folder)["Hemtjänst"] == ("2024-05-02", None)
    uppsikt("mail", folder, "templates", "--again", *only, "--today", "2024-05-01")
    assert "formulär 2024-05-02, formulär 2024-05-01 (utkast)" in uppsikt("status", folder).stdout
    assert states(folder)[-1] == ("orjan", State.DRAFTED)
