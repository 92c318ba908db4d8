"""The ledger of what was drafted and sent: lasting, held by one run, and never guessed past."""

import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from excel_uppsikt.mail import ledger_file
from excel_uppsikt.mail.delivery import Doubt, settle, standing
from excel_uppsikt.mail.ledger import State, open_ledger, read_ledger
from excel_uppsikt.mail.ledger_file import LedgerError, copies
from excel_uppsikt.mail.message import Attachment, MailKind, Message
from tests.small_rounds import make_plan, own_form, row, saved

WHEN = datetime(2024, 5, 2, 8, 30, tzinfo=timezone(timedelta(hours=2)))
MESSAGE = Message(
    kind=MailKind.RETURNS,
    name="Åsa Öberg",
    email="asa@exempel.se",
    subject="Att komplettera: Hemtjänst",
    text="Hej Åsa Öberg!",
    attachments=(Attachment("Hemtjänst.xlsx", b"x", "Hemtjänst"),),
    owners=("Hemtjänst", "Bemanning"),
    departments=("Social verksamhet",),
    sender_email="samordnare@exempel.se",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ut/utskick.sqlite"


def begun(path: Path, message: Message = MESSAGE) -> int:
    """The number of a row of a message that was handed over without an answer."""
    with open_ledger(path) as ledger:
        return ledger.begin(message, "smtp", "<a@b.se>", WHEN).number


def test_a_row_tells_whom_what_when_and_with_what_answer(path: Path) -> None:
    with open_ledger(path) as ledger:
        row = ledger.begin(MESSAGE, "smtp", "<a@b.se>", WHEN)
        assert (row.number, row.state, row.tries) == (1, State.SENDING, 1)
        ended = ledger.end(row, State.SENT, "250 ok", WHEN)
    (kept,) = read_ledger(path)
    assert kept == ended == replace(row, state=State.SENT, answer="250 ok")
    assert (kept.email, kept.owners, kept.subject) == (
        "asa@exempel.se",
        ("Hemtjänst", "Bemanning"),
        "Att komplettera: Hemtjänst",
    )
    assert (kept.attached, kept.began, kept.test) == (("Hemtjänst.xlsx",), WHEN, False)


def test_what_is_committed_lasts_when_the_process_is_killed(path: Path) -> None:
    """A row that was begun stands, and its message is in doubt from then on, for reader and writer."""
    program = (
        "import os, sys; from pathlib import Path; from tests.mail.test_ledger import *\n"
        f"with open_ledger(Path({str(path)!r})) as ledger:\n"
        "    ledger.begin(MESSAGE, 'smtp', '<a@b.se>', WHEN)\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": str(root)}, check=False
    )
    assert done.returncode == -9
    assert [row.state for row in read_ledger(path)] == [State.UNKNOWN]
    with open_ledger(path) as ledger:
        assert [row.state for row in ledger.rows()] == [State.UNKNOWN]
        assert standing(ledger.rows(), MESSAGE).doubtful


def test_only_one_run_at_a_time_holds_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_file, "WAIT_SECONDS", 0.05)
    with open_ledger(path):
        with pytest.raises(LedgerError, match="används av en annan körning eller dator"):
            read_ledger(path)
        with (
            pytest.raises(LedgerError, match="används av en annan körning eller dator"),
            open_ledger(path),
        ):
            pass
    assert read_ledger(path) == ()


def test_one_that_is_held_is_waited_for(path: Path) -> None:
    """As while another run sends a single message."""
    held = threading.Event()

    def hold() -> None:
        with open_ledger(path):
            held.set()
            time.sleep(0.3)

    holding = threading.Thread(target=hold)
    holding.start()
    assert held.wait(30)
    with open_ledger(path) as ledger:
        assert ledger.rows() == ()
    holding.join()


def test_it_is_one_file_that_needs_no_other_when_it_is_closed(path: Path) -> None:
    """A journal of its own kind does not work on network folders."""
    begun(path)
    assert [one.name for one in path.parent.iterdir()] == ["utskick.sqlite"]
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    connection.close()


@pytest.mark.parametrize(
    "name",
    [
        "utskick-DATOR.sqlite",
        "utskick (1).sqlite",
        "utskick - kopia.sqlite",
        "utskick (Bos konflikterande kopia 2024-05-02).sqlite",
        "utskick.sync-conflict-20240502-083000-ABCDEFG.sqlite",
        "UTSKICK 2.SQLITE",
        "utskick.sqlite.bak",
    ],
)
def test_a_copy_beside_it_stops_everything_and_is_named(path: Path, name: str) -> None:
    """Also where the ledger itself is away: which of them is right only a person can tell."""
    for there in (True, False):
        if there:
            begun(path)
        (path.parent / name).write_bytes(path.read_bytes())
        if not there:
            path.unlink()
        with pytest.raises(LedgerError, match="Bredvid") as told:
            read_ledger(path)
        assert name in str(told.value)
        with pytest.raises(LedgerError, match="Bredvid"), open_ledger(path):
            pass
        (path.parent / name).unlink()


def test_its_own_journal_and_other_files_are_no_copies(path: Path) -> None:
    path.parent.mkdir()
    for name in ("utskick.sqlite-journal", "utskick", "sammanstallning.xlsx", "x utskick.sqlite"):
        (path.parent / name).write_bytes(b"")
    assert copies(path) == ()


def emptied(data: bytes) -> bytes:
    """What a sync program may leave while it fetches the file."""
    return data[:0]


def cut(data: bytes) -> bytes:
    """The first part of it."""
    return data[: len(data) // 2]


def overwritten(data: bytes) -> bytes:
    """Its table with other bytes in it."""
    at = len(data) - 4096
    return data[:at] + bytes(range(256)) * 16


def another_file(data: bytes) -> bytes:
    """Something else under its name."""
    return b"Hej" * len(data)


@pytest.mark.parametrize("damage", [emptied, cut, overwritten, another_file])
def test_a_damaged_one_is_told_and_left_as_it_is(
    path: Path, damage: Callable[[bytes], bytes]
) -> None:
    begun(path)
    data = damage(path.read_bytes())
    path.write_bytes(data)
    with pytest.raises(LedgerError, match="är skadad, så det går inte att veta"):
        read_ledger(path)
    with pytest.raises(LedgerError, match="är skadad"), open_ledger(path):
        pass
    assert path.read_bytes() == data


def test_another_programs_database_is_not_written_in(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE message (x)")
    connection.close()
    with pytest.raises(LedgerError, match="är skadad"), open_ledger(path):
        pass


def test_a_newer_versions_ledger_is_told(path: Path) -> None:
    begun(path)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 2")
    connection.close()
    with pytest.raises(LedgerError, match="nyare version av programmet"):
        read_ledger(path)


def test_a_row_that_no_run_has_written_counts_as_damage(path: Path) -> None:
    begun(path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE message SET state = 'kanske'")
    connection.close()
    with pytest.raises(LedgerError, match="är skadad"):
        read_ledger(path)


def test_the_coordinators_answer_settles_a_doubt(path: Path) -> None:
    """It arrived, and counts as sent; it did not, and can be sent; or it stays in doubt."""
    numbers = [begun(path, replace(MESSAGE, email=f"{name}@exempel.se")) for name in "abc"]
    with open_ledger(path) as ledger:
        settle(ledger, {numbers[0]: Doubt.ARRIVED, numbers[1]: Doubt.SEND}, WHEN)
    assert [row.state for row in read_ledger(path)] == [
        State.SENT, State.BROKEN, State.UNKNOWN,
    ]  # fmt: skip


# --- The same content to the same person ----------------------------------------------------------


def known(path: Path, sent: Message, asked: Message) -> bool:
    """Whether a message counts as sent once another has been."""
    with open_ledger(path) as ledger:
        ledger.end(ledger.begin(sent, "smtp", "<a@b.se>", WHEN), State.SENT, "", WHEN)
        return standing(ledger.rows(), asked).sent


@pytest.mark.parametrize(
    "changes",
    [
        {"email": "ASA@Exempel.SE"},
        {"name": "Å. Öberg", "why": "annat", "owners": ("Hemtjänst",)},
        {"sender_email": "ny@exempel.se"},
    ],
)
def test_the_same_words_and_files_to_the_same_address_are_the_same(
    path: Path, changes: dict[str, str]
) -> None:
    assert known(path, MESSAGE, replace(MESSAGE, **changes))  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(
    "changes",
    [
        {"email": "bo@exempel.se"},
        {"text": "Hej igen!"},
        {"subject": "Annat"},
        {"kind": MailKind.REMINDERS},
        {"attachments": (Attachment("Hemtjänst.xlsx", b"y"),)},
        {"attachments": (Attachment("Annat namn.xlsx", b"x"),)},
        {"attachments": ()},
    ],
)
def test_other_words_files_or_people_are_not(path: Path, changes: dict[str, str]) -> None:
    assert not known(path, MESSAGE, replace(MESSAGE, **changes))  # type: ignore[arg-type]  # by name


def test_when_a_workbook_was_saved_is_no_part_of_what_it_says(path: Path) -> None:
    """Opened and saved unchanged it is the same; with another word in it, it is not."""
    plan = make_plan()

    def with_form(moment: str, title: str = "Friskvård") -> Message:
        data = saved(own_form(plan, "Hemtjänst", {1: [row(title)]}), moment)
        return replace(MESSAGE, attachments=(Attachment("Hemtjänst.xlsx", data),))

    first, later = with_form("2024-05-02T08:00:00"), with_form("2024-05-03T09:00:00")
    assert first.attachments != later.attachments
    assert known(path, first, later)
    assert not known(path, first, with_form("2024-05-02T08:00:00", "Annat"))


def test_a_test_says_nothing_of_what_has_been_sent(path: Path) -> None:
    test = replace(MESSAGE, test_to="samordnare@exempel.se")
    assert not known(path, test, MESSAGE)
    assert not known(path, test, test)


def test_a_clock_in_another_zone_is_understood(path: Path) -> None:
    begun(path)
    (row,) = read_ledger(path)
    assert row.began.astimezone(UTC).hour == 6
