"""The whole command killed as the server has taken a message; `command_kills.py` kills it at any moment."""

from pathlib import Path

import pytest

from excel_uppsikt.mail.ledger import State
from tests.endurance import ENDURANCE
from tests.mail.command_kills import Kill, befallen, smtp
from tests.mail.sent_mails import TO_ALL, states

pytestmark = pytest.mark.skipif(not ENDURANCE, reason="each run is several processes of seconds")


def test_a_command_that_is_killed_amid_sending_goes_on_with_what_is_left(tmp_path: Path) -> None:
    """The second message has been delivered and stands in doubt; it is told so, and not sent again."""
    folder = tmp_path / "omgång"
    with smtp() as scene:
        assert befallen(scene, folder, Kill("taken", 2)) == (True, [])
    assert states(folder) == [
        (name, State.UNKNOWN if name == "asa" else State.SENT) for name in TO_ALL
    ]
