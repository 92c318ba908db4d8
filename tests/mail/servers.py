"""A real mail server on this computer, with a certificate of an authority made for the tests, and faults."""

import asyncio
import base64
import email
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD, TOKEN = "samordnare@exempel.se", "hemligt lösenord åäö", "en.token.som-galler"
CUT = "cut"
# What the server says at a step instead of what it would: a reply, or `CUT` for a cut connection.
Faults = dict[str, list[str]]


@dataclass(frozen=True)
class Received:
    """A message that the server has taken, with its envelope."""

    sender: str
    recipients: tuple[str, ...]
    data: bytes

    @property
    def message(self) -> EmailMessage:
        """The message as a mail program reads it."""
        return email.message_from_bytes(self.data, _class=EmailMessage, policy=default)


@dataclass
class Mailbox:
    """What the server has taken, and the faults to come, by the step they come at.

    `mail`, `rcpt` and `content` are refused or cut; `taken` is cut once the message has been taken. `at` is
    called with each step before it is answered.
    """

    faults: Faults = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)
    attempts: list[str] = field(default_factory=list)
    login: bool = False
    at: Callable[[str], None] = lambda _: None

    def _fault(self, step: str, server: SMTP) -> str | None:
        self.at(step)
        waiting = self.faults.get(step) or []
        fault = waiting.pop(0) if waiting else None
        if fault == CUT:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            return "421 4.0.0 closing"
        return fault or None

    async def handle_MAIL(  # noqa: N802  the server's own names
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """The sender is named."""
        if self.login and not session.authenticated:
            return "530 5.7.0 login first"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self._fault("mail", server) or "250 OK"

    async def handle_RCPT(  # noqa: N802  the server's own names
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """The recipient is named."""
        del session, options
        self.attempts.append(address)
        if (fault := self._fault("rcpt", server)) is not None:
            return fault
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  the server's own names
        """The content has come."""
        del session
        if (fault := self._fault("content", server)) is not None:
            return fault
        assert isinstance(envelope.content, bytes)
        taken = Received(str(envelope.mail_from), tuple(envelope.rcpt_tos), envelope.content)
        self.received.append(taken)
        return self._fault("taken", server) or "250 2.0.0 taken"

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802  the server's own names
        """Signs in with a token (RFC 7628's forerunner)."""
        said = base64.b64decode(args[1]).decode()
        if said == f"user={USER}\1auth=Bearer {TOKEN}\1\1":
            return AuthResult(success=True)
        challenge = base64.b64encode(b'{"status":"400"}').decode()
        await server.push(f"334 {challenge}")
        await server._reader.readline()
        return AuthResult(success=False, handled=False)


@dataclass(frozen=True)
class Address:
    """Where a server is to be reached, and the certificates to trust."""

    host: str
    port: int
    ca: Path


@cache
def _certificates() -> tuple[trustme.CA, trustme.LeafCert, Path]:
    authority = trustme.CA()
    folder = TemporaryDirectory()
    _KEPT.append(folder)
    path = Path(folder.name) / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return authority, authority.issue_cert("localhost", "127.0.0.1"), path


_KEPT: list[TemporaryDirectory[str]] = []


def _authenticated(
    server: SMTP,
    session: Session,
    envelope: Envelope,
    mechanism: str,
    said: Any,  # noqa: ANN401  as the server has it
) -> AuthResult:
    del server, session, envelope, mechanism
    right = isinstance(said, LoginPassword) and (
        said.login.decode(),
        said.password.decode(),
    ) == (USER, PASSWORD)
    return AuthResult(success=right, handled=False)


@contextmanager
def mail_server(
    mailbox: Mailbox,
    *,
    security: str = "none",
    login: bool = False,
    without: Sequence[str] = (),
    largest: int = 33_554_432,
) -> Iterator[Address]:
    """A server with a mailbox, protected as in the settings; with `login` it asks for one."""
    _, leaf, ca = _certificates()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    leaf.configure_cert(context)
    options: dict[str, Any] = {"data_size_limit": largest, "auth_exclude_mechanism": without}
    mailbox.login = login
    if login:
        options["authenticator"] = _authenticated
    if security == "starttls":
        options |= {"tls_context": context, "require_starttls": True}
    else:
        options |= {"auth_require_tls": False}
    controller = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=free_port(),
        ssl_context=context if security == "tls" else None,
        **options,
    )
    controller.start()
    try:
        yield Address("localhost", controller.port, ca)
    finally:
        with suppress(asyncio.CancelledError):
            controller.stop()


def free_port() -> int:
    """A port that nobody listens to."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port
