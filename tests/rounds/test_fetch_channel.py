"""The mailbox that `uppsikt fetch` reads where nothing is said of it: the one that is set up."""

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.running import uppsikt
from tests.intake.packed_forms import home
from tests.mail.graph_server import TOKEN, graph
from tests.rounds.fetched_mail import letter, received
from tests.small_rounds import make_plan, make_round

IMAP = '[imap]\nhost = "127.0.0.1"\nport = 1\nsecurity = "none"\n'
BY_IMAP = "E-postservern 127.0.0.1 svarar inte."
BOTH = (
    "Både IMAP och Microsoft 365 är inställda. Välj brevlåda: lägg till --channel imap eller "
    "--channel graph.\n"
)


@pytest.fixture
def file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The settings' file, with no settings of the computer's own user beside it."""
    folder = tmp_path / "inställningar"
    folder.mkdir()
    monkeypatch.setattr("platformdirs.user_config_path", lambda _: folder)
    return folder / "mejl.toml"


def by_graph(url: str) -> str:
    command = f"{sys.executable} -c \"print('{TOKEN}')\""
    return f"[graph]\nfolder = 'Svar'\nurl = '{url}'\ntoken_command = '''{command}'''\n"


def test_microsoft_365_is_fetched_from_where_nothing_else_is_set_up(
    file: Path, tmp_path: Path
) -> None:
    """Also where the file has a table for sending, or one with a folder and no server."""
    folder = make_round(tmp_path / "omgång", make_plan(), {})
    with graph() as box:
        box.folders["AAreplies="] = [received(1, letter(1, [("Hemtjänst.xlsx", home())]))]
        more = '[smtp]\nhost = "post.exempel.se"\n[imap]\nfolder = "INBOX"\n'
        file.write_text(by_graph(box.url) + more, "utf-8")
        done = uppsikt("fetch", folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(
        "Läste mappen Svar (Microsoft 365). Inget ändrades där.\n✔ Enhet 1"
    )


@pytest.mark.parametrize(
    ("written", "environment", "options", "told"),
    [
        (IMAP, {}, (), BY_IMAP),
        ("", {"UPPSIKT_IMAP_HOST": "127.0.0.1", "UPPSIKT_IMAP_PORT": "1"}, (), BY_IMAP),
        (f"{IMAP}[graph]\nclient_id = 'x'\n", {}, (), BOTH),
        (IMAP, {"UPPSIKT_GRAPH_CLIENT_ID": "x"}, (), BOTH),
        (f"{IMAP}[graph]\nclient_id = 'x'\n", {}, ("--channel", "imap"), BY_IMAP),
    ],
)
def test_what_is_set_up_in_file_and_environment_decides_unless_it_is_said(
    monkeypatch: pytest.MonkeyPatch,
    file: Path,
    tmp_path: Path,
    written: str,
    environment: Mapping[str, str],
    options: tuple[str, ...],
    told: str,
) -> None:
    """Where both are, nothing is fetched until one is chosen."""
    folder = make_round(tmp_path / "omgång", make_plan(), {})
    file.write_text(written, "utf-8")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    done = uppsikt("fetch", folder, *options)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(told)


@pytest.mark.parametrize("written", [None, '[imap]\nuser = "asa@ange.se"\n'])
def test_what_to_set_up_is_told_where_nothing_is(
    file: Path, tmp_path: Path, written: str | None
) -> None:
    folder = make_round(tmp_path / "omgång", make_plan(), {})
    if written:
        file.write_text(written, "utf-8")
    done = uppsikt("fetch", folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"Ingen brevlåda är inställd. Skriv i {file} antingen [imap] med host och user, eller [graph] med "
        "client_id för Microsoft 365. It-avdelningen kan ge uppgifterna.\n"
    )
