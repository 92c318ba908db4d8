"""`uppsikt mail`: the table first, then drafts or sending, to a real server, and what is told of each."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from excel_uppsikt.mail.ledger import State, open_ledger, read_ledger
from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.mail.mime import as_bytes
from excel_uppsikt.rounds.mailings import mailing_of
from tests.cli.running import uppsikt
from tests.mail.mailed_rounds import (
    answering,
    plan_with_people,
    reached,
    round_with_forms,
    told_by_status,
)
from tests.mail.servers import CUT, Mailbox
from tests.small_rounds import CARE, make_round, own_form

SMTP = ("--channel", "smtp", "--send")
TO_ALL = ["orjan", "asa", "bo", "eva", "chef", "rektor"]


def to(box: Mailbox) -> list[str]:
    """Who the server has taken mail to, in order."""
    return [name.partition("@")[0] for one in box.received for name in one.recipients]


def states(folder: Path) -> list[tuple[str, State]]:
    """Each row of the ledger: to whom, and its state."""
    rows = read_ledger(folder / "ut/utskick.sqlite")
    return [(row.email.partition("@")[0].lower(), row.state) for row in rows]


# --- What is shown, asked and sent ----------------------------------------------------------------


def test_each_person_gets_one_message_with_all_that_is_theirs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who answers for two units gets one mail with both forms; a table says so before anything is sent."""
    folder, box = round_with_forms(tmp_path / "omgång"), Mailbox()
    with reached(box, monkeypatch, tmp_path):
        done = uppsikt("mail", folder, "templates", *SMTP, "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert to(box) == TO_ALL
    message = box.received[1].message
    assert message["Subject"] == (
        "Formulär för T1 2024: Bemanning och Särskilt boende, Social verksamhet"
    )
    assert [(part.get_filename(), part.get_content()) for part in message.iter_attachments()] == [
        (name, (folder / "mallar" / name).read_bytes())
        for name in ("Bemanning.xlsx", "Särskilt boende.xlsx")
    ]
    table, _, after = done.stdout.partition("Skickat till")
    assert re.search(r"^6 mejl, som skickas via 127\.0\.0\.1:$", table, re.MULTILINE)
    assert re.search(
        r"^Åsa Öberg <asa@exempel\.se> +Formulär .+ +Bemanning\.xlsx +formuläret att fylla i *$",
        table,
        re.MULTILINE,
    )
    assert after.endswith("\n6 skickade.\n")


def test_what_is_sent_is_the_very_message_of_the_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, box = round_with_forms(tmp_path / "omgång"), Mailbox()
    messages = mailing_of(folder, MailKind.TEMPLATES).messages
    assert uppsikt("mail", folder, "templates").returncode == 0
    drafted = {path.read_bytes() for path in (folder / "ut/utskick").iterdir()}
    assert drafted == {b"X-Unsent: 1\r\n" + as_bytes(message) for message in messages}
    with reached(box, monkeypatch, tmp_path):
        uppsikt("mail", folder, "templates", *SMTP, "--yes")
    for received, message in zip(box.received, messages, strict=True):
        assert received.data.endswith(as_bytes(message))


@pytest.mark.parametrize(("answer", "sent"), [("j\n", TO_ALL), ("n\n", []), ("\n", [])])
def test_it_asks_before_it_sends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, sent: list[str]
) -> None:
    folder, box = round_with_forms(tmp_path / "omgång"), Mailbox()
    answering(monkeypatch, answer)
    with reached(box, monkeypatch, tmp_path):
        done = uppsikt("mail", folder, "templates", *SMTP)
    assert (done.returncode, to(box)) == (0, sent)
    assert "Skicka 6 mejl? [j/N]" in done.stdout
    assert ("Inget skickades." in done.stdout) == (not sent)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--send"], "--send går inte med --channel files"),
        (["--yes"], "Lägg till --send, eller ta bort --yes"),
        (["--channel", "smtp"], "--channel smtp skickar mejlen. Lägg till --send"),
        (["--channel", "smtp", "--yes"], "Lägg till --send, eller ta bort --yes"),
        (["--channel", "brevduva"], "Värdet för --channel kan inte användas."),
        (["--only", "Okänd enhet"], "Okänd enhet finns inte i planen."),
        (["--test-to", "ingen adress"], "ingen adress går inte att använda som e-postadress"),
        ([*SMTP], "--send frågar innan något skickas, och ingen svarade. Lägg till --yes."),
    ],
)
def test_what_does_not_go_together_is_told_and_nothing_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], told: str
) -> None:
    folder, box = round_with_forms(tmp_path / "omgång"), Mailbox()
    answering(monkeypatch, "")
    with reached(box, monkeypatch, tmp_path):
        done = uppsikt("mail", folder, "templates", *options)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert told in done.stderr
    assert (to(box), (folder / "ut/utskick").exists()) == ([], False)


def test_a_server_that_cannot_be_reached_is_one_line_and_leaves_no_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = round_with_forms(tmp_path / "omgång")
    with reached(Mailbox(), monkeypatch, tmp_path):
        pass
    done = uppsikt("mail", folder, "templates", *SMTP, "--yes")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "kan inte nås" in done.stderr
    assert states(folder) == []


@pytest.mark.parametrize(
    ("only", "sent"),
    [
        ("hemtjänst", ["orjan"]),
        ("Särskilt boende", ["asa"]),
        ("Skola", ["bo", "eva", "rektor"]),
        ("Åsa Öberg", ["asa"]),
        ("EVA@exempel.se", ["eva"]),
        (f"Gemensamt {CARE}", ["chef"]),
    ],
)
def test_only_a_unit_a_department_or_a_recipient_is_mailed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, only: str, sent: list[str]
) -> None:
    folder, box = round_with_forms(tmp_path / "omgång"), Mailbox()
    with reached(box, monkeypatch, tmp_path):
        assert uppsikt("mail", folder, "templates", *SMTP, "--yes", "--only", only).returncode == 0
    assert to(box) == sent


def test_drafts_for_some_leave_the_others_drafts_alone(tmp_path: Path) -> None:
    folder = round_with_forms(tmp_path / "omgång")
    uppsikt("mail", folder, "templates")
    before = sorted(path.name for path in (folder / "ut/utskick").iterdir())
    assert len(before) == 6
    uppsikt("mail", folder, "templates", "--only", "Hemtjänst")
    assert sorted(path.name for path in (folder / "ut/utskick").iterdir()) == before


def test_a_test_goes_to_one_address_marked_as_one_and_counts_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, box = round_with_forms(tmp_path / "omgång"), Mailbox()
    with reached(box, monkeypatch, tmp_path):
        test = (*SMTP, "--yes", "--test-to", "mig@exempel.se")
        assert uppsikt("mail", folder, "templates", *test).returncode == 0
        assert to(box) == ["mig"] * 6
        message = box.received[0].message
        assert message["Subject"].startswith("[PROV] Formulär för T1 2024: Hemtjänst")
        body = message.get_body(("plain",))
        assert body is not None
        assert body.get_content().startswith(
            "Det här är ett prov. Mejlet ska till Örjan Ek <orjan@exempel.se>."
        )
        uppsikt("mail", folder, "templates", *SMTP, "--yes")
    assert to(box)[6:] == TO_ALL


def test_a_plan_without_a_sender_cannot_send(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, box = (
        round_with_forms(tmp_path / "omgång", plan_with_people(sender_email="")),
        Mailbox(),
    )
    with reached(box, monkeypatch, tmp_path):
        done = uppsikt("mail", folder, "templates", *SMTP, "--yes")
    assert (done.returncode, to(box)) == (2, [])
    assert "Avsändarens e-post på planens blad Omgång saknas" in done.stderr


def test_department_period_and_reference_stand_in_every_subject(tmp_path: Path) -> None:
    """Also where the plan's own words say nothing of them, and each only once."""
    texts = (("Mejl mallar", "Formulär {diarienummer}", "Hej!"),)
    plan = plan_with_people(texts=texts, reference="KS 2024/17")
    folder = round_with_forms(tmp_path / "a", plan)
    assert [m.subject for m in mailing_of(folder, MailKind.TEMPLATES).messages][:2] == [
        f"Formulär KS 2024/17, {CARE}, T1 2024",
        f"Formulär KS 2024/17, {CARE}, T1 2024",
    ]
    folder = round_with_forms(tmp_path / "b", plan_with_people(reference="KS 2024/17"))
    assert mailing_of(folder, MailKind.TEMPLATES).messages[0].subject == (
        f"Formulär för T1 2024: Hemtjänst, {CARE} (dnr KS 2024/17)"
    )


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


# --- Drafts ---------------------------------------------------------------------------------------


def test_a_draft_that_cannot_be_written_is_told_and_leaves_nothing_in_doubt(tmp_path: Path) -> None:
    """In one line, with the others written; once it can be, it is."""
    folder = round_with_forms(tmp_path / "omgång")
    in_the_way = folder / "ut/utskick/Formulär Hemtjänst Örjan Ek.eml"
    in_the_way.mkdir(parents=True)
    done = uppsikt("mail", folder, "templates")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert in_the_way.name in done.stderr
    assert states(folder) == [
        ("orjan", State.BROKEN),
        *((one, State.DRAFTED) for one in TO_ALL[1:]),
    ]
    in_the_way.rmdir()
    assert uppsikt("mail", folder, "templates").returncode == 0
    assert in_the_way.is_file()


def test_a_run_that_is_killed_amid_its_drafts_leaves_nothing_in_doubt(tmp_path: Path) -> None:
    folder = round_with_forms(tmp_path / "omgång")
    message = mailing_of(folder, MailKind.TEMPLATES).messages[0]
    with open_ledger(folder / "ut/utskick.sqlite") as ledger:
        ledger.begin(message, "files", "<a@b.se>", datetime.now(UTC), harmless=True)
    done = uppsikt("mail", folder, "templates")
    assert (done.returncode, "Okänt" in done.stdout) == (0, False)
    assert len(list((folder / "ut/utskick").iterdir())) == 6


def test_a_test_of_the_reports_keeps_no_version_of_them(tmp_path: Path) -> None:
    """Nothing has been handed out."""
    plan = plan_with_people()
    folder = make_round(tmp_path, plan, {"h.xlsx": own_form(plan, "Hemtjänst", {})})
    uppsikt("run", folder)
    test = ("--test-to", "mig@exempel.se", "--unfinished")
    assert uppsikt("mail", folder, "reports", *test).returncode == 0
    assert not (folder / "ut/versioner").exists()
    assert uppsikt("mail", folder, "reports", "--unfinished").returncode == 0
    assert [path.name for path in (folder / "ut/versioner").iterdir()] == [f"{CARE} 1"]
