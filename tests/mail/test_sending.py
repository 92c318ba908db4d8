"""`uppsikt mail`: the table first, then drafts or sending, to a real server, and what is told of each."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from excel_uppsikt.mail.ledger import State, open_ledger
from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.mail.mime import as_bytes
from excel_uppsikt.rounds.mailings import mailing_of
from tests.cli.running import uppsikt
from tests.mail.mailed_rounds import answering, plan_with_people, reached, round_with_forms
from tests.mail.sent_mails import SMTP, TO_ALL, states, to
from tests.mail.servers import Mailbox
from tests.small_rounds import CARE, make_round, own_form

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
