"""Everything that can befall a run that sends mail, each once; `make endurance` has it befall at random."""

import signal
from pathlib import Path

import pytest

from excel_uppsikt.mail.ledger import State, read_ledger
from tests.mail import kills
from tests.mail.servers import Mailbox, mail_server


@pytest.mark.parametrize("what", kills.EVERY)
def test_each_message_is_delivered_once_or_stands_in_doubt(tmp_path: Path, what: str) -> None:
    """Whichever step the process is killed at, or the server refuses or cuts the connection at."""
    assert kills.befallen(tmp_path / "utskick.sqlite", what, 2) == []


def test_the_kills_do_befall_the_runs(tmp_path: Path) -> None:
    """One that is killed when the server has answered has delivered a message that stands in doubt."""
    ledger = tmp_path / "utskick.sqlite"
    with mail_server(box := Mailbox()) as there:
        assert kills.sent(ledger, there.port, "before ledger.Ledger.end", 2) == -signal.SIGKILL
    assert len(box.received) == 2
    assert [row.state for row in read_ledger(ledger)] == [State.SENT, State.UNKNOWN]
