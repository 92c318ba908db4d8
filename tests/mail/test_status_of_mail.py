"""`mailed` and `reminded` in `status --format json`: by the ledger, and of what is sure to have gone."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import uppsikt
from tests.mail.mailed_rounds import (
    answering,
    plan_with_people,
    reached,
    round_with_forms,
    told_by_status,
)
from tests.mail.sent_mails import SMTP
from tests.mail.servers import CUT, Mailbox
from tests.small_rounds import make_round

ONLY = ("--only", "Hemtjänst")
SEND = (*SMTP, "--yes", *ONLY)


@pytest.mark.parametrize(
    ("kind", "mailed"),
    [
        ("templates", ("2024-05-02", None)),
        ("reminders", (None, "2024-05-02")),
    ],
)
def test_only_what_went_to_the_unit_itself_is_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    mailed: tuple[str | None, str | None],
) -> None:
    """Not a test, sent or drafted, nor a draft, before what was sent or after; --again gives its day."""
    folder, box = round_with_forms(tmp_path / "omgång"), Mailbox()
    command = ("mail", folder, kind)
    test = ("--test-to", "mig@exempel.se", "--today", "2024-05-03")
    with reached(box, monkeypatch, tmp_path):
        uppsikt(*command, *SEND, *test)
        uppsikt(*command, *ONLY, *test)
        uppsikt(*command, *ONLY, "--today", "2024-05-01")
        assert told_by_status(folder)["Hemtjänst"] == (None, None)
        uppsikt(*command, *SEND, "--today", "2024-05-02")
        assert told_by_status(folder)["Hemtjänst"] == mailed
        uppsikt(*command, *SEND, *test)
        uppsikt(*command, *SEND, *test, "--again")
        uppsikt(*command, *ONLY, "--again", "--today", "2024-05-04")
        assert told_by_status(folder)["Hemtjänst"] == mailed
        uppsikt(*command, *SEND, "--again", "--today", "2024-05-05")
    again = tuple(day and "2024-05-05" for day in mailed)
    assert told_by_status(folder)["Hemtjänst"] == again
    assert len(box.received) == 5
    others = {name: days for name, days in told_by_status(folder).items() if name != "Hemtjänst"}
    assert set(others.values()) == {(None, None)}


@pytest.mark.parametrize(
    ("answers", "mailed", "doubt"),
    [("j\nj\n", "2024-05-02", False), ("n\nj\n", "2024-05-03", False), ("\n", None, True)],
)
def test_one_in_doubt_is_not_mailed_until_it_is_known(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answers: str,
    mailed: str | None,
    doubt: bool,
) -> None:
    """It came through the day it was handed over; it did not and was sent another day; nobody knows."""
    folder, box = round_with_forms(tmp_path / "omgång"), Mailbox({"taken": [CUT]})
    with reached(box, monkeypatch, tmp_path):
        uppsikt("mail", folder, "templates", *SEND, "--today", "2024-05-02")
        assert told_by_status(folder)["Hemtjänst"] == (None, None)
        assert "formulär 2024-05-02 (okänt" in uppsikt("status", folder).stdout
        answering(monkeypatch, answers)
        uppsikt("mail", folder, "templates", *SMTP, *ONLY, "--today", "2024-05-03")
    assert told_by_status(folder)["Hemtjänst"] == (mailed, None)
    assert ("okänt" in uppsikt("status", folder).stdout) is doubt


def test_a_doubt_is_over_when_the_same_has_been_sent_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To that person; that another of the unit's has had theirs leaves it open."""
    folder, box = round_with_forms(tmp_path / "omgång"), Mailbox({"taken": [CUT]})
    to_both = (*SMTP, "--yes", "--only", "Förskola")
    with reached(box, monkeypatch, tmp_path):
        uppsikt("mail", folder, "templates", *to_both, "--today", "2024-05-02")
        assert told_by_status(folder)["Förskola"] == ("2024-05-02", None)
        assert "okänt" in uppsikt("status", folder).stdout
        again = (*SMTP, "--yes", "--again", "--only", "bo@exempel.se", "--today", "2024-05-03")
        uppsikt("mail", folder, "templates", *again)
    assert told_by_status(folder)["Förskola"] == ("2024-05-03", None)
    assert "okänt" not in uppsikt("status", folder).stdout


@pytest.mark.parametrize(
    ("changes", "mailed"),
    [
        ({"period": "T2", "cutoff": date(2024, 8, 31)}, None),
        ({"period": "Tertial 1"}, "2024-05-02"),
        ({"cutoff": date(2024, 4, 28)}, "2024-05-02"),
    ],
)
def test_what_was_mailed_in_the_round_that_a_folder_is_a_copy_of_is_not_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], mailed: str | None
) -> None:
    """A round whose name or day is corrected is the same."""
    folder, box = round_with_forms(tmp_path / "omgång"), Mailbox()
    with reached(box, monkeypatch, tmp_path):
        uppsikt("mail", folder, "templates", *SEND, "--today", "2024-05-02")
    copied = tmp_path / "kopia"
    shutil.copytree(folder, copied)
    make_round(copied, plan_with_people(**changes), {})
    assert told_by_status(copied)["Hemtjänst"] == (mailed, None)
    assert told_by_status(folder)["Hemtjänst"] == ("2024-05-02", None)
