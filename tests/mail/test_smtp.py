"""Sending by SMTP to a real server on this computer: security, login, and what each answer means."""

import smtplib
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from excel_uppsikt.mail.channel import Answer, ChannelError, Stamp
from excel_uppsikt.mail.ledger import State
from excel_uppsikt.mail.message import Attachment, MailKind, Message
from excel_uppsikt.mail.mime import as_bytes
from excel_uppsikt.mail.secret import Secret, TokenCommand
from excel_uppsikt.mail.settings import Security, Server
from excel_uppsikt.mail.smtp import SmtpChannel
from tests.mail.servers import CUT, PASSWORD, TOKEN, USER, Address, Mailbox, free_port, mail_server

DATA = b"PK\x03\x04\r\n.\r\nFrom x\r\n..\r\n" + bytes(range(256)) * 200
MESSAGE = Message(
    kind=MailKind.RETURNS,
    name="Åsa Öberg",
    email="asa@exempel.se",
    subject="Att komplettera: Hemtjänst på Ånö",
    text="Hej Åsa Öberg!\n.\nFrom mig\n- ett\n- två & <tre>",
    attachments=(Attachment("Hemtjänst på Ånö.xlsx", DATA, "Hemtjänst"),),
    owners=("Hemtjänst",),
    sender="Samordnaren på Ånge",
    sender_email=USER,
)
STAMP = Stamp("<a1b2@exempel.se>", datetime(2024, 5, 2, 8, 30, tzinfo=UTC))


def settings(at: Address, security: str = "none", **changes: object) -> Server:
    """The settings to reach a server, with changes."""
    plain = Server(at.host, at.port, Security(security), ca=at.ca)
    return replace(plain, **changes)  # type: ignore[arg-type]  # a field's value by its name


def handed_over(server: Server, *messages: Message) -> list[Answer]:
    """The answers to these messages, one after the other through one channel."""
    channel = SmtpChannel(server, timeout=5)
    try:
        return [channel.hand_over(message, STAMP) for message in messages or (MESSAGE,)]
    finally:
        channel.close()


def token_command(token: str) -> TokenCommand:
    """A command of the user's that prints a token."""
    return TokenCommand((sys.executable, "-c", f"print({token!r})"))


# --- Ways in --------------------------------------------------------------------------------------


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("without", [(), ("PLAIN",)])
def test_it_signs_in_with_a_password_over_a_verified_connection(
    security: str, without: Sequence[str]
) -> None:
    """By PLAIN, or by LOGIN where the server offers only that; a password may have Swedish letters."""
    box = Mailbox()
    with mail_server(box, security=security, login=True, without=without) as at:
        server = settings(at, security, user=USER, password=Secret(PASSWORD))
        assert handed_over(server) == [Answer(State.SENT, "250 2.0.0 taken")]
    ((sender, recipients),) = [(one.sender, one.recipients) for one in box.received]
    assert (sender, recipients) == (USER, ("asa@exempel.se",))


def test_it_signs_in_with_a_token_from_the_users_command() -> None:
    box = Mailbox()
    with mail_server(box, security="starttls", login=True) as at:
        server = settings(at, "starttls", user=USER, token=token_command(TOKEN))
        assert [one.state for one in handed_over(server)] == [State.SENT]
    assert len(box.received) == 1


def test_a_relay_without_login_takes_the_very_bytes_of_the_message() -> None:
    """Below its own lines From, Date and Message-ID; the same as a draft has below its."""
    box = Mailbox()
    with mail_server(box) as at:
        assert [one.state for one in handed_over(settings(at))] == [State.SENT]
    (received,) = box.received
    assert received.data.endswith(as_bytes(MESSAGE))
    own = received.data.removesuffix(as_bytes(MESSAGE)).decode("ascii")
    assert [line.partition(":")[0] for line in own.splitlines() if line[:1] != " "] == [
        "From", "Date", "Message-ID",
    ]  # fmt: skip
    message = received.message
    (sender,) = message["From"].addresses
    assert (sender.display_name, sender.addr_spec) == ("Samordnaren på Ånge", USER)
    assert message["Date"].datetime == STAMP.when
    assert message["Message-ID"] == STAMP.message_id
    (attached,) = message.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("Hemtjänst på Ånö.xlsx", DATA)


def test_a_certificate_of_an_unknown_authority_is_not_trusted() -> None:
    """Neither from the start nor after STARTTLS, and nothing of a password is said."""
    for security in ("starttls", "tls"):
        box = Mailbox()
        with mail_server(box, security=security, login=True) as at:
            server = settings(at, security, ca=None, user=USER, password=Secret(PASSWORD))
            with pytest.raises(ChannelError, match="certifikat som inte går att lita på") as told:
                handed_over(server)
        assert PASSWORD not in repr(told.getrepr(showlocals=True))
        assert box.received == []


@pytest.mark.parametrize("by", ["password", "token"])
def test_a_refused_login_is_told_without_the_secret(by: str) -> None:
    box = Mailbox()
    wrong = "fel-hemlighet"
    with mail_server(box, security="starttls", login=True) as at:
        login: dict[str, object] = (
            {"password": Secret(wrong)} if by == "password" else {"token": token_command(wrong)}
        )
        with pytest.raises(ChannelError, match=r"godtog inte inloggningen \(535") as told:
            handed_over(settings(at, "starttls", user=USER, **login))
    # The command of this test holds its token; the channel's own words and values do not.
    assert wrong not in str(told.value)
    assert told.value.__cause__ is None
    assert told.value.__suppress_context__


def test_a_server_without_starttls_or_login_is_never_spoken_to_in_the_open() -> None:
    box = Mailbox()
    with mail_server(box) as at, pytest.raises(ChannelError, match="erbjuder inte den kryptering"):
        handed_over(settings(at, "starttls", user=USER, password=Secret(PASSWORD)))
    with (
        mail_server(box, without=("XOAUTH2", "PLAIN", "LOGIN")) as at,
        pytest.raises(ChannelError, match="erbjuder inte den kryptering eller inloggning"),
    ):
        handed_over(settings(at, user=USER, token=token_command(TOKEN)))
    assert box.received == []


def test_a_server_that_is_not_there_is_told() -> None:
    nowhere = Server("127.0.0.1", free_port(), Security.NONE)
    with pytest.raises(ChannelError, match=r"E-postservern 127\.0\.0\.1 \(port \d+\) kan inte nås"):
        handed_over(nowhere)


# --- What the server answers ----------------------------------------------------------------------

REFUSED = "550 5.1.1 no such user"
LATER = "451 4.3.0 try again later"


@pytest.mark.parametrize(
    ("step", "fault", "state", "taken"),
    [
        ("mail", "553 5.7.1 sender not allowed", State.REFUSED, 0),
        ("mail", "552 5.3.4 too big", State.TOO_LARGE, 0),
        ("mail", LATER, State.LATER, 0),
        ("mail", "421 4.0.0 too busy", State.LATER, 0),
        ("mail", CUT, State.BROKEN, 0),
        ("rcpt", REFUSED, State.REFUSED, 0),
        ("rcpt", LATER, State.LATER, 0),
        ("rcpt", CUT, State.BROKEN, 0),
        ("content", "554 5.7.1 not that content", State.REFUSED, 0),
        ("content", "552 5.2.2 mailbox full", State.TOO_LARGE, 0),
        ("content", LATER, State.LATER, 0),
        ("content", CUT, State.UNKNOWN, 0),
        ("taken", CUT, State.UNKNOWN, 1),
    ],
)
def test_each_answer_at_each_step_means_what_it_says(
    step: str, fault: str, state: State, taken: int
) -> None:
    """And the next message goes out all the same, over a new connection where the old one is gone."""
    box = Mailbox({step: [fault]})
    other = replace(MESSAGE, email="bo@exempel.se")
    with mail_server(box) as at:
        first, second = handed_over(settings(at), MESSAGE, other)
    assert (first.state, second.state) == (state, State.SENT)
    if fault != CUT:
        assert first.words == fault
    assert [one.recipients for one in box.received] == [
        *[("asa@exempel.se",)] * taken,
        ("bo@exempel.se",),
    ]


def test_what_the_server_says_is_too_large_is_never_sent() -> None:
    box = Mailbox()
    with mail_server(box, largest=10_000) as at:
        small = replace(MESSAGE, attachments=())
        first, second = handed_over(settings(at), MESSAGE, small)
    assert first == Answer(State.TOO_LARGE, "mejlet är 72 kB, servern tar emot 10 kB")
    assert second.state is State.SENT
    assert box.attempts == ["asa@exempel.se"]


def test_only_the_one_recipient_is_ever_named_to_the_server() -> None:
    """Whatever a name says."""
    box = Mailbox()
    evil = replace(MESSAGE, name="Bo <ond@exempel.se>, x\r\nBcc: ond@exempel.se")
    with mail_server(box) as at:
        handed_over(settings(at), evil)
    assert [one.recipients for one in box.received] == [("asa@exempel.se",)]
    assert box.received[0].message["Bcc"] is None


def test_a_server_that_stays_silent_is_not_waited_for_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Before the content it is broken, and after it unknown."""
    box = Mailbox()
    with mail_server(box) as at:
        channel = SmtpChannel(settings(at), timeout=5)

        def silent(*_: object) -> tuple[int, bytes]:
            raise TimeoutError

        with monkeypatch.context() as patched:
            patched.setattr(smtplib.SMTP, "rcpt", silent)
            broken = channel.hand_over(MESSAGE, STAMP)
        assert broken == Answer(State.BROKEN, "servern svarade inte i tid")
        channel.close()


def test_no_path_of_this_computer_goes_out_with_a_message(tmp_path: Path) -> None:
    assert str(tmp_path.parent).encode() not in as_bytes(MESSAGE)
