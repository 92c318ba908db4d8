"""A form of 30 megabytes, as with photographs in it: told where a server does not take it, else sent."""

import os
import sys
import zipfile
from pathlib import Path

import pytest

from excel_uppsikt.mail.ledger import State
from tests.cli.running import uppsikt
from tests.mail.graph_server import TOKEN, graph
from tests.mail.mailed_rounds import reached, round_with_forms
from tests.mail.sent_mails import SMTP, TO_ALL, states, to
from tests.mail.servers import Mailbox

PICTURE = 30_000_000


def with_large_form(folder: Path, size: int = PICTURE) -> Path:
    """A round whose first form has a picture of such a size."""
    round_with_forms(folder)
    with zipfile.ZipFile(folder / "mallar/Hemtjänst.xlsx", "a", zipfile.ZIP_STORED) as form:
        form.writestr("xl/media/image1.png", os.urandom(size))
    return folder


def test_one_too_large_for_the_server_is_told_with_both_sizes_and_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, box = with_large_form(tmp_path / "omgång"), Mailbox()
    with reached(box, monkeypatch, tmp_path):
        done = uppsikt("mail", folder, "templates", *SMTP, "--yes")
    assert (done.returncode, to(box)) == (1, TO_ALL[1:])
    assert states(folder)[0] == ("orjan", State.TOO_LARGE)
    assert (
        "Inte skickat till orjan@exempel.se: Formulär för T1 2024: Hemtjänst, Social verksamhet: det är för "
        "stort (mejlet är 41,1 MB, servern tar emot 33,6 MB). Skicka bilagorna på ett annat sätt.\n"
    ) in done.stdout


def test_microsoft_365_gets_it_whole_in_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Three pieces say as much as ten.
    folder = with_large_form(tmp_path / "omgång", 10_000_000)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "inga inställningar"))
    command = f'"{sys.executable}" -c "print(\'{TOKEN}\')"'
    monkeypatch.setenv("UPPSIKT_GRAPH_TOKEN_COMMAND", command)
    with graph() as box:
        monkeypatch.setenv("UPPSIKT_GRAPH_URL", box.url)
        only = ("--only", "Hemtjänst", "--channel", "graph", "--send", "--yes")
        done = uppsikt("mail", folder, "templates", *only)
    assert (done.returncode, states(folder)) == (0, [("orjan", State.SENT)])
    (draft,) = box.drafts.values()
    form = folder / "mallar/Hemtjänst.xlsx"
    assert draft["attachments"] == [(form.name, form.read_bytes())]
