"""Sending by SMTP: verified TLS, login by password or token, or a relay, and what each answer means."""

import base64
import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from email.headerregistry import Address
from email.utils import format_datetime

from excel_uppsikt.mail.addresses import header_address, plain
from excel_uppsikt.mail.channel import Answer, ChannelError, ChannelKind, Stamp
from excel_uppsikt.mail.ledger import State
from excel_uppsikt.mail.message import Message
from excel_uppsikt.mail.mime import as_bytes
from excel_uppsikt.mail.settings import Security, Server

_TIMEOUT_SECONDS = 60
# The server's answers that say a message is too large (RFC 1870, RFC 5321).
_TOO_LARGE = (552, 523)
_SIGNED_IN, _ACCEPTED, _CHALLENGE, _GO_ON = 235, 250, 334, 354
_LATER, _CLOSING = 450, 421
_LINE_WITH_DOT = re.compile(rb"^\.", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Reply:
    code: int
    text: bytes

    @property
    def words(self) -> str:
        """What the server answered, on one line."""
        said = self.text.decode("utf-8", "replace")
        return " ".join(f"{self.code} {said}".split())


class _RefusedError(Exception):
    """The server said no to a step."""

    def __init__(self, reply: _Reply) -> None:
        super().__init__(reply.words)
        self.reply = reply


class SmtpChannel:
    """A connection to a mail server, made anew where it breaks."""

    kind, sends, harmless = ChannelKind.SMTP, True, False

    def __init__(self, server: Server, *, timeout: float = _TIMEOUT_SECONDS) -> None:
        """Connects and signs in. Raises `ChannelError` where that cannot be done."""
        self._server, self._timeout = server, timeout
        self._smtp: smtplib.SMTP | None = self._connected()

    def close(self) -> None:
        """Says goodbye to the server."""
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except (smtplib.SMTPException, OSError):
                self._smtp.close()
            self._smtp = None

    def hand_over(self, message: Message, stamp: Stamp, draft: str = "") -> Answer:
        """Hands over a message to its one recipient.

        Whatever happens once the server has asked for the content and before it has answered leaves
        unknown whether it has taken it.
        """
        del draft
        data = as_bytes(message, _headers(message, stamp))
        try:
            smtp = self._alive()
        except ChannelError as error:
            return Answer(State.BROKEN, str(error))
        largest = smtp.esmtp_features.get("size", "")
        if largest.isdecimal() and 0 < int(largest) < len(data):
            sizes = f"mejlet är {_size(len(data))}, servern tar emot {_size(int(largest))}"
            return Answer(State.TOO_LARGE, sizes)
        try:
            self._before_content(smtp, message, len(data))
        except _RefusedError as error:
            self._begin_anew(smtp, error.reply)
            return Answer(_meaning(error.reply), error.reply.words)
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            return Answer(State.BROKEN, _of_error(error))
        try:
            smtp.send(_stuffed(data))
            reply = _Reply(*smtp.getreply())
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            return Answer(State.UNKNOWN, _of_error(error))
        if reply.code // 100 == _ACCEPTED // 100:
            return Answer(State.SENT, reply.words)
        if reply.code // 100 not in (4, 5):
            self._drop()
            return Answer(State.UNKNOWN, reply.words)
        self._begin_anew(smtp, reply)
        return Answer(_meaning(reply), reply.words)

    def _before_content(self, smtp: smtplib.SMTP, message: Message, size: int) -> None:
        """Names sender and recipient, and asks to send the content. Raises `_RefusedError`."""
        options = [f"size={size}"] if smtp.has_extn("size") else []
        steps: tuple[tuple[Callable[[], tuple[int, bytes]], int], ...] = (
            (lambda: smtp.mail(plain(message.sender_email), options), _ACCEPTED),
            (lambda: smtp.rcpt(plain(message.to)), _ACCEPTED),
            (lambda: smtp.docmd("DATA"), _GO_ON),
        )
        for step, wanted in steps:
            reply = _Reply(*step())
            if reply.code // 100 != wanted // 100:
                raise _RefusedError(reply)

    def _alive(self) -> smtplib.SMTP:
        """The connection, made anew where the server has ended it meanwhile."""
        if self._smtp is not None:
            try:
                if self._smtp.noop()[0] == _ACCEPTED:
                    return self._smtp
            except (smtplib.SMTPException, OSError):
                pass
            self._drop()
        self._smtp = self._connected()
        return self._smtp

    def _begin_anew(self, smtp: smtplib.SMTP, reply: _Reply) -> None:
        """Leaves the connection as it was before the message, or ends it where the server does."""
        try:
            if reply.code != _CLOSING and smtp.rset()[0] == _ACCEPTED:
                return
        except (smtplib.SMTPException, OSError):
            pass
        self._drop()

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None

    def _connected(self) -> smtplib.SMTP:
        """A new connection, signed in. Raises `ChannelError`."""
        try:
            context = _trusted(self._server)
            smtp = _opened(self._server, self._timeout, context)
            try:
                _protect(smtp, self._server, context)
                _sign_in(smtp, self._server)
            # However it ended, also by Ctrl+C: nobody else has the connection to close it.
            except BaseException:
                smtp.close()
                raise
        except (smtplib.SMTPException, OSError) as error:
            # What was sent to sign in is no part of what is told.
            raise ChannelError(_why_not(self._server, error)) from None
        return smtp


def _why_not(server: Server, error: Exception) -> str:
    """Why there is no connection, and what to do."""
    where = f"E-postservern {server.host} (port {server.port})"
    match error:
        case ssl.SSLCertVerificationError():
            return (
                f"{where} har ett certifikat som inte går att lita på ({error.verify_message}). Fråga "
                "it-avdelningen."
            )
        case smtplib.SMTPNotSupportedError():
            return (
                f"{where} erbjuder inte den kryptering eller inloggning som är inställd. Fråga "
                "it-avdelningen vad som gäller."
            )
        case smtplib.SMTPAuthenticationError():
            said = _Reply(error.smtp_code, _as_bytes(error.smtp_error)).words
            return (
                f"{where} godtog inte inloggningen ({said}). Se efter användarnamn och lösenord. Stämmer de: "
                "fråga it-avdelningen om inloggning med lösenord är avstängd."
            )
        case smtplib.SMTPResponseException():
            said = _Reply(error.smtp_code, _as_bytes(error.smtp_error)).words
            return f"{where} svarade {said}. Försök igen senare, eller fråga it-avdelningen."
    return f"{where} kan inte nås ({_of_error(error)}). Se efter inställningarna och nätet och kör igen."


def _as_bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode("utf-8", "replace")


def _trusted(server: Server) -> ssl.SSLContext | None:
    """Which certificates are trusted: the computer's, or those of the settings alone; None without TLS."""
    if server.security is Security.NONE:
        # Reading all that the computer trusts takes a tenth of a second.
        return None
    return ssl.create_default_context(cafile=str(server.ca) if server.ca else None)


def _opened(server: Server, timeout: float, context: ssl.SSLContext | None) -> smtplib.SMTP:
    """A connection, protected from the start where the settings say so."""
    if server.security is Security.TLS:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=timeout, context=context)
    return smtplib.SMTP(server.host, server.port, timeout=timeout)


def _protect(smtp: smtplib.SMTP, server: Server, context: ssl.SSLContext | None) -> None:
    """Greets the server, and goes over to a protected connection where the settings say so."""
    smtp.ehlo_or_helo_if_needed()
    if server.security is Security.STARTTLS:
        smtp.starttls(context=context)
        # What it said before could have been said by anybody.
        smtp.ehlo()


def _sign_in(smtp: smtplib.SMTP, server: Server) -> None:
    """Signs in with a token or a password; not at all where there is neither."""
    if server.token is not None:
        token = server.token.token().reveal()
        _authenticate(smtp, "XOAUTH2", f"user={server.user}\1auth=Bearer {token}\1\1")
    elif server.password is not None:
        password = server.password.reveal()
        offered = smtp.esmtp_features.get("auth", "").upper().split()
        if "PLAIN" in offered or "LOGIN" not in offered:
            _authenticate(smtp, "PLAIN", f"\0{server.user}\0{password}")
        else:
            _authenticate(smtp, "LOGIN", server.user, password)


def _authenticate(smtp: smtplib.SMTP, mechanism: str, first: str, *others: str) -> None:
    """Signs in by a mechanism that the server offers (RFC 4954).

    Raises `SMTPNotSupportedError` or `SMTPAuthenticationError`.
    """
    if mechanism not in smtp.esmtp_features.get("auth", "").upper().split():
        raise smtplib.SMTPNotSupportedError(mechanism)
    code, text = smtp.docmd("AUTH", f"{mechanism} {_coded(first)}")
    for other in others:
        if code == _CHALLENGE:
            code, text = smtp.docmd(_coded(other))
    if code == _CHALLENGE:
        # It tells what was wrong and waits for an empty line.
        code, text = smtp.docmd("")
    if code != _SIGNED_IN:
        raise smtplib.SMTPAuthenticationError(code, text)


def _coded(said: str) -> str:
    return base64.b64encode(said.encode()).decode("ascii")


def _headers(message: Message, stamp: Stamp) -> dict[str, str | Address]:
    """The header lines of a message that is sent: from whom, when, and its id."""
    return {
        "From": header_address(message.sender, message.sender_email),
        "Date": format_datetime(stamp.when),
        "Message-ID": stamp.message_id,
    }


def _size(count: int) -> str:
    if count < 1_000_000:
        return f"{count / 1_000:.0f} kB"
    return f"{count / 1_000_000:.1f} MB".replace(".", ",")


def _stuffed(data: bytes) -> bytes:
    """The content as it is sent: lines that begin with a dot get another, and a dot ends it (RFC 5321)."""
    return _LINE_WITH_DOT.sub(b"..", data.removesuffix(b"\r\n")) + b"\r\n.\r\n"


def _meaning(reply: _Reply) -> State:
    if reply.code in _TOO_LARGE:
        return State.TOO_LARGE
    return State.LATER if reply.code // 100 == _LATER // 100 else State.REFUSED


def _of_error(error: Exception) -> str:
    """What broke a connection, in words of the computer's own."""
    if isinstance(error, TimeoutError):
        return "servern svarade inte i tid"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "servern bröt förbindelsen"
    told = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(told).split())
