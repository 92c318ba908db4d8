"""Our own drafts may lie in the folder that answers come to: they are no answers."""

from pathlib import Path

import pytest

from excel_uppsikt.rounds.fetch_channel import FetchChannel
from excel_uppsikt.rounds.fetching import fetch_round
from tests.intake.packed_forms import home, staffing
from tests.mail.dovecot import ImapServer, needs_dovecot
from tests.mail.graph_server import Mailbox
from tests.rounds.fetched_mail import by_imap, in_inbox, letter, received, server, service
from tests.small_rounds import make_plan, make_round

__all__ = ["server", "service"]
CAME, DRAFT = (
    letter(number, [(name, data)])
    for number, (name, data) in enumerate((("Hemtjänst.xlsx", home()), ("B.xlsx", staffing())))
)


def test_a_draft_in_microsoft_365_is_not_fetched(service: Mailbox, tmp_path: Path) -> None:
    """With `folder` in mejl.toml drafts are made in the very folder that is fetched from."""
    folder = make_round(tmp_path / "omgång", make_plan(), {})
    service.folders["AAreplies="] = [
        {**received(0, DRAFT), "isDraft": True},
        {**received(1, CAME), "isDraft": False},
    ]
    done = fetch_round(folder, FetchChannel.GRAPH)
    assert ([one.sender for one in done.fetched], done.before, done.without) == (["Enhet 0"], 0, 0)
    assert in_inbox(folder) == {CAME}


@needs_dovecot
def test_a_draft_by_imap_is_not_fetched(
    monkeypatch: pytest.MonkeyPatch, server: ImapServer, tmp_path: Path
) -> None:
    folder = make_round(tmp_path / "omgång", make_plan(), {})
    server.put(1, DRAFT, "Utkast", flags="D")
    server.put(2, CAME, "Utkast")
    by_imap(monkeypatch, server, "Utkast")
    done = fetch_round(folder)
    assert ([one.sender for one in done.fetched], done.before, done.without) == (["Enhet 0"], 0, 0)
    assert in_inbox(folder) == {CAME.replace(b"\n", b"\r\n")}
