"""A round's replies beside what was mailed in it: the unit's own words are told, and nobody else's."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest

from excel_uppsikt.mail.ledger import kept_texts, open_ledger
from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.mail.mime import as_bytes
from excel_uppsikt.model import Unit
from excel_uppsikt.round_paths import LEDGER, MAILINGS
from excel_uppsikt.rounds.mailings import mailing_of
from excel_uppsikt.rounds.outbox import as_test, mail, write_drafts
from excel_uppsikt.rounds.workbooks import write_compilation
from tests.mail.drafted_mails import body, parsed
from tests.mail.mailed_rounds import plan_with_people
from tests.small_rounds import CARE, check, make_round, own_form, row

NAMES = ("Anna Ek", "Bo Alm", "Cia Dahl", "Disa Falk")
UNITS = tuple(
    Unit(f"Enhet {name[0]}", CARE, name, f"{name[0].lower()}@exempel.se") for name in NAMES
)
PLAN = plan_with_people(units=UNITS, sender="Sara Samordnare", sender_email="sara@kommun.se")
HEAD = (
    "Från: Sara Samordnare <sara@kommun.se>\nSkickat: den 2 maj 2024 10:11\nTill: {}\nÄmne: Retur"
)
ADDED = "Kom gärna till vårt möte den 7 maj i Torvalla så går vi igenom formulären tillsammans."
IN_ROUND = {
    f"{unit.name}.xlsx": own_form(PLAN, unit.name, {1: [row("Läxhjälp", end="")]}) for unit in UNITS
}


@pytest.fixture
def mailed(tmp_path: Path) -> Path:
    """A round in which each unit has been told by mail what to correct, and nothing has come back yet."""
    make_round(tmp_path, PLAN, IN_ROUND)
    assert len(mail(tmp_path, MailKind.RETURNS).drafts) == len(UNITS)
    return tmp_path


def sent_to(folder: Path) -> list[str]:
    """What each unit was sent, in order, read from the drafts."""
    texts = {
        str(message["To"]).rpartition("<")[2].strip(">"): body(message)
        for message in (parsed(path.read_bytes()) for path in (folder / MAILINGS).glob("*.eml"))
    }
    return [texts[unit.email].strip() for unit in UNITS]


def reply(number: int, quoted: str, above: str = "Hej!") -> bytes:
    """A reply from one of the units, with the mail it got below its own words."""
    name = NAMES[number]
    message = EmailMessage()
    message["From"] = f"{name} <{UNITS[number].email}>"
    message["Subject"] = "SV: Retur"
    message.set_content(f"{above}\n\n{HEAD.format(name)}\n\n{quoted}\n")
    return message.as_bytes()


def told(folder: Path, replies: Sequence[bytes]) -> list[str | None]:
    """What is told of each reply."""
    inbox = {f"svar {at}.eml": data for at, data in enumerate(replies)}
    findings = check(folder, PLAN, IN_ROUND | inbox).findings
    found = {f.file: f.value for f in findings if f.code == "F207"}
    return [found.get(f"inkorg/{name}") for name in inbox]


def test_an_answer_below_what_one_unit_was_told_is_told_and_stands_in_the_compilation(
    mailed: Path,
) -> None:
    text = sent_to(mailed)[0]
    line = next(line for line in text.split("\n") if line.startswith("- "))
    quoted = text.replace(line, f"{line}\nDet är 3 juni.") + "\n\nHälsar Anna"
    assert told(mailed, [reply(0, quoted)]) == ["Hej!\n\nDet är 3 juni.\n\nHälsar Anna"]
    write_compilation(check(mailed, PLAN, {}))
    sheet = openpyxl.load_workbook(mailed / "ut/sammanstallning.xlsx")["Inlämningar"]
    (noted,) = [
        str(one[7]) for one in sheet.iter_rows(values_only=True) if one[0] == "inkorg/svar 0.eml"
    ]
    assert "”Hej!\n\nDet är 3 juni.\n\nHälsar Anna”" in noted


def test_the_ledger_and_the_drafts_each_tell_what_was_sent(mailed: Path) -> None:
    """Drafts are gone once they have been sent by the program, and the ledger where somebody took it away."""
    text = sent_to(mailed)[0]
    line = next(line for line in text.split("\n") if line.startswith("- "))
    answer = reply(0, text.replace(line, f"{line}\nDet är 3 juni."))
    lying = {path: path.read_bytes() for path in (mailed / MAILINGS).glob("*.eml")}
    for path in lying:
        path.unlink()
    assert told(mailed, [answer]) == ["Hej!\n\nDet är 3 juni."]
    (mailed / LEDGER).write_bytes(b"no ledger")
    # Nothing is known of what was sent, so that nobody knows whose the line is.
    assert told(mailed, [answer]) == ["Hej!"]
    for path, data in lying.items():
        path.write_bytes(data)
    assert told(mailed, [answer]) == ["Hej!\n\nDet är 3 juni."]


def test_the_same_reply_is_told_anew_when_more_is_known_of_what_was_sent(tmp_path: Path) -> None:
    """Though the file has been read before."""
    make_round(tmp_path, PLAN, IN_ROUND)
    message = next(
        one
        for one in mailing_of(tmp_path, MailKind.RETURNS).messages
        if one.email == UNITS[0].email
    )
    line = next(line for line in message.text.split("\n") if line.startswith("- "))
    answer = reply(0, message.text.replace(line, f"{line}\nDet är 3 juni."))
    assert told(tmp_path, [answer]) == ["Hej!"]
    mail(tmp_path, MailKind.RETURNS)
    assert told(tmp_path, [answer]) == ["Hej!\n\nDet är 3 juni."]


def test_a_sentence_that_several_replies_quote_is_the_coordinators(mailed: Path) -> None:
    """Added in Outlook, where the program cannot see it; the rest of each reply is told."""
    texts = [text.replace("Vänliga", f"{ADDED}\n\nVänliga") for text in sent_to(mailed)]
    replies = [
        reply(0, texts[0]),
        reply(1, texts[1].replace(ADDED, f"{ADDED}\nVi kommer!")),
        # In other lines, as another mail program breaks them.
        reply(2, texts[2].replace("så går", "så\ngår") + "\n\nTack"),
    ]
    assert told(mailed, replies) == ["Hej!", "Hej!\n\nVi kommer!", "Hej!\n\nTack"]
    # Of a single reply nobody knows; rather a word too much.
    for name in ("svar 1.eml", "svar 2.eml"):
        (mailed / "inkorg" / name).unlink()
    assert told(mailed, replies[:1]) == [f"Hej!\n\n{ADDED}"]


def test_a_short_sentence_that_most_replies_quote_is_the_coordinators(mailed: Path) -> None:
    texts = [
        text.replace("Vänliga", "Ring om något är oklart!\n\nVänliga") for text in sent_to(mailed)
    ]
    assert told(mailed, [reply(at, text) for at, text in enumerate(texts)]) == ["Hej!"] * 4


def test_what_the_coordinator_has_written_in_a_draft_is_not_the_senders(mailed: Path) -> None:
    """In the file, before it was sent from there."""
    (path,) = (mailed / MAILINGS).glob("*Anna*.eml")
    message = next(
        one for one in mailing_of(mailed, MailKind.RETURNS).messages if one.email == UNITS[0].email
    )
    text = message.text.replace("Vänliga", f"{ADDED}\n\nVänliga")
    path.write_bytes(as_bytes(replace(message, text=text)))
    assert told(mailed, [reply(0, text.replace(ADDED, f"{ADDED}\nJag kommer!"))]) == [
        "Hej!\n\nJag kommer!"
    ]


def test_the_same_short_answer_from_several_units_is_told_of_each(mailed: Path) -> None:
    texts = sent_to(mailed)
    answer = "Vi har inget att rapportera."
    replies = [
        reply(at, text.replace("Vänliga", f"{answer}\n\nVänliga"))
        for at, text in enumerate(texts[:2])
    ]
    replies += [reply(at, text) for at, text in enumerate(texts[2:], 2)]
    assert told(mailed, replies) == [f"Hej!\n\n{answer}"] * 2 + ["Hej!"] * 2


def test_what_was_sent_is_known_while_more_is_sent(mailed: Path) -> None:
    """Another run holds the ledger, which nobody waits for."""
    path = mailed / LEDGER
    before = kept_texts(path)
    with open_ledger(path):
        assert kept_texts(path) == before
    assert len(before) == len(UNITS)


def test_a_ledger_made_before_the_texts_were_kept_is_given_a_place_for_them(mailed: Path) -> None:
    """What it holds stays, and an earlier program can still write in it."""
    path = mailed / LEDGER
    with sqlite3.connect(path) as connection:
        for name in ("text", "round"):
            connection.execute(f"ALTER TABLE message DROP COLUMN {name}")
        before = connection.execute("SELECT * FROM message").fetchall()
    connection.close()
    assert kept_texts(path) == ()
    with open_ledger(path) as ledger:
        assert len(ledger.rows()) == len(before)
    write_drafts(mailing_of(mailed, MailKind.RETURNS), again=True)
    assert [email for email, _ in kept_texts(path)] == [unit.email for unit in UNITS]


def test_the_text_of_a_test_is_not_kept_as_sent(tmp_path: Path) -> None:
    make_round(tmp_path, PLAN, IN_ROUND)
    write_drafts(as_test(mailing_of(tmp_path, MailKind.RETURNS), "sara@kommun.se"))
    assert kept_texts(tmp_path / LEDGER) == ()
