"""Mail is sent once and no message is lost: what the ledger knows, and what status tells of it."""

import re
from pathlib import Path

import pytest

from excel_uppsikt.mail import ledger_file
from excel_uppsikt.mail.ledger import State, open_ledger
from tests.cli.running import uppsikt
from tests.mail.mailed_rounds import (
    answering,
    plan_with_people,
    reached,
    round_with_forms,
    told_by_status,
)
from tests.mail.sent_mails import SMTP, TO_ALL, states, to
from tests.mail.servers import CUT, Mailbox
from tests.small_rounds import CARE, own_form

# --- Never twice, never lost ----------------------------------------------------------------------


def test_the_same_is_not_sent_again_without_being_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second time nothing is sent, and told of each; --again sends it; a new form is a new mail."""
    folder, box = round_with_forms(tmp_path / "omgång"), Mailbox()
    send = ("mail", folder, "templates", *SMTP, "--yes", "--today", "2024-05-02")
    with reached(box, monkeypatch, tmp_path):
        uppsikt(*send)
        again = uppsikt(*send)
        assert (again.returncode, len(box.received)) == (0, 6)
        assert "redan skickat 2024-05-02, skickas inte igen" in again.stdout
        assert "Redan skickat 2024-05-02 till orjan@exempel.se: Formulär" in again.stdout
        assert "Inget skickades." in again.stdout
        one = (*send, "--again", "--only", "Hemtjänst")
        assert (uppsikt(*one).returncode, to(box)[6:]) == (0, ["orjan"])
        form = folder / "mallar/Hemtjänst.xlsx"
        form.write_bytes(own_form(plan_with_people(year=2025), "Hemtjänst", {}))
        assert (uppsikt(*send).returncode, to(box)[7:]) == (0, ["orjan"])


def test_what_has_been_sent_is_not_drafted_and_its_draft_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A draft left behind would be sent once more by hand."""
    folder, box = round_with_forms(tmp_path / "omgång"), Mailbox()
    uppsikt("mail", folder, "templates")
    with reached(box, monkeypatch, tmp_path):
        only = ("--only", "Hemtjänst")
        done = uppsikt("mail", folder, "templates", *SMTP, "--yes", *only)
    assert "utkast gjordes " in done.stdout
    done = uppsikt("mail", folder, "templates")
    assert re.search(r"Redan skickat \d{4}-\d\d-\d\d till orjan@exempel\.se", done.stdout)
    names = sorted(path.name for path in (folder / "ut/utskick").iterdir())
    assert (len(names), "Formulär Hemtjänst Örjan Ek.eml" in names) == (5, False)


def test_each_that_cannot_be_sent_has_its_row_and_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused, refused for the time being, broken, in doubt and sent, all in one run, which ends with 1."""
    folder = round_with_forms(tmp_path / "omgång")
    box = Mailbox({"rcpt": ["550 5.1.1 okänd", "", "451 4.3.0 sedan"], "taken": [CUT]})
    monkeypatch.setattr("time.sleep", lambda _: None)
    with reached(box, monkeypatch, tmp_path):
        done = uppsikt("mail", folder, "templates", *SMTP, "--yes")
    assert done.returncode == 1
    assert states(folder) == [
        ("orjan", State.REFUSED),
        ("asa", State.UNKNOWN),
        *[(name, State.SENT) for name in TO_ALL[2:]],
    ]
    assert "Inte skickat till orjan@exempel.se: Formulär" in done.stdout
    assert "servern tog inte emot det (550 5.1.1 okänd)" in done.stdout
    assert "Okänt om det kom fram till asa@exempel.se" in done.stdout
    assert done.stdout.endswith("4 skickade, 2 som inte gick i väg eller är okända.\n")
    assert to(box) == TO_ALL[1:]
    # The refused one is tried again, the one in doubt is not, and the rest are done.
    with reached(box, monkeypatch, tmp_path):
        done = uppsikt("mail", folder, "templates", *SMTP, "--yes")
    assert (done.returncode, to(box)[5:]) == (1, ["orjan"])
    assert "Okänt om det kom fram" in done.stdout


@pytest.mark.parametrize(
    ("answer", "resent", "state"),
    [("j", [], State.SENT), ("n", ["orjan"], State.BROKEN), ("", [], State.UNKNOWN)],
)
def test_one_in_doubt_is_asked_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, resent: list[str], state: State
) -> None:
    """It came through, it did not and is sent again, or it is left in doubt."""
    folder, box = round_with_forms(tmp_path / "omgång"), Mailbox({"taken": [CUT]})
    only = ("--only", "Hemtjänst")
    with reached(box, monkeypatch, tmp_path):
        assert uppsikt("mail", folder, "templates", *SMTP, "--yes", *only).returncode == 1
        answering(monkeypatch, f"{answer}\nj\n")
        done = uppsikt("mail", folder, "templates", *SMTP, *only)
    assert "men svaret kom aldrig" in done.stdout
    assert to(box) == ["orjan", *resent]
    assert states(folder)[0] == ("orjan", state)
    assert done.returncode == int(state is State.UNKNOWN)


@pytest.mark.parametrize("options", [(), (*SMTP, "--yes")])
@pytest.mark.parametrize("fault", ["held", "damaged", "copied"])
def test_a_ledger_that_cannot_be_trusted_stops_the_mail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], fault: str
) -> None:
    """In one line, with nothing drafted or sent; `status` goes on and says that it does not know."""
    folder, box = round_with_forms(tmp_path / "omgång"), Mailbox()
    path = folder / "ut/utskick.sqlite"
    monkeypatch.setattr(ledger_file, "WAIT_SECONDS", 0.05)
    with open_ledger(path):
        pass
    if fault == "damaged":
        path.write_bytes(b"")
    elif fault == "copied":
        (path.parent / "utskick-DATOR.sqlite").write_bytes(path.read_bytes())
    with reached(box, monkeypatch, tmp_path):
        if fault == "held":
            with open_ledger(path):
                done = uppsikt("mail", folder, "templates", *options)
        else:
            done = uppsikt("mail", folder, "templates", *options)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "utskick.sqlite" in done.stderr
    assert (to(box), (folder / "ut/utskick").exists()) == ([], False)


# --- Status ---------------------------------------------------------------------------------------


def test_status_tells_when_each_was_mailed_and_reminded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was sent, by its day; a draft and a test are not, and nor is what was refused."""
    folder, box = round_with_forms(tmp_path / "omgång"), Mailbox()
    assert "Mejlat" not in uppsikt("status", folder).stdout
    with reached(box, monkeypatch, tmp_path):
        only = ("--only", "Bemanning")
        uppsikt("mail", folder, "templates", *SMTP, "--yes", *only, "--today", "2024-04-02")
        uppsikt("mail", folder, "reminders", *SMTP, "--yes", *only, "--today", "2024-05-06")
        test = ("--test-to", "mig@exempel.se", "--only", "Hemtjänst")
        uppsikt("mail", folder, "templates", *SMTP, "--yes", *test)
        box.faults["rcpt"] = ["550 5.1.1 okänd"]
        uppsikt("mail", folder, "templates", *SMTP, "--yes", "--only", f"Gemensamt {CARE}")
    uppsikt("mail", folder, "templates", "--only", "Förskola", "--today", "2024-04-03")
    both = ("2024-04-02", "2024-05-06")
    assert told_by_status(folder) == {
        "Hemtjänst": (None, None),
        "Bemanning": both,
        "Särskilt boende": both,
        "Förskola": (None, None),
        f"Gemensamt {CARE}": (None, None),
        "Gemensamt Skola": (None, None),
    }
    text = uppsikt("status", folder).stdout
    assert re.search(
        r"^Bemanning .* formulär 2024-04-02, påminnelse 2024-05-06 *$", text, re.MULTILINE
    )
    assert re.search(r"^Förskola .* formulär 2024-04-03 \(utkast\) *$", text, re.MULTILINE)
    assert not re.search(r"^Hemtjänst .*formulär", text, re.MULTILINE)


def test_status_says_that_it_does_not_know_what_has_been_mailed(tmp_path: Path) -> None:
    """The rest is told all the same, and the JSON is still one object; it ends with 1."""
    folder = round_with_forms(tmp_path / "omgång")
    (folder / "ut/utskick.sqlite").write_bytes(b"trasig")
    for options in ((), ("--format", "json")):
        done = uppsikt("status", folder, *options)
        assert (done.returncode, done.stderr.count("\n")) == (1, 1)
        assert "är skadad" in done.stderr
        assert "Hemtjänst" in done.stdout
    assert set(told_by_status(folder).values()) == {(None, None)}
