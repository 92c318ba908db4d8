"""A mailbox by IMAP, only looked at: nothing in it is marked, moved or deleted."""

import base64
import imaplib
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from enum import Enum
from types import TracebackType

from excel_uppsikt.mail.settings import Security, Server

# Seconds for each answer.
_ANSWERING = 60
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")


class ImapReason(Enum):
    """Why the server did not do what was asked of it."""

    UNREACHABLE = "unreachable"
    UNTRUSTED = "untrusted"  # its certificate is not one that is trusted
    UNPROTECTED = "unprotected"  # it offers no STARTTLS
    SIGNED_OUT = "signed_out"
    NOT_FOUND = "not_found"  # no such folder
    TOO_LARGE = "too_large"
    REFUSED = "refused"
    LOST = "lost"  # the connection broke


class ImapError(Exception):
    """The server did not do it."""

    def __init__(self, reason: ImapReason) -> None:
        self.reason = reason
        super().__init__(reason.value)


class ImapMailbox:
    """A folder of a mailbox, open for reading only until the end of the block.

    Raises ImapError where it cannot be opened, and from each call. A connection that breaks is made anew
    by the next call.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._client: imaplib.IMAP4 | None = None
        self.validity = ""

    def __enter__(self) -> "ImapMailbox":
        self._open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._close()

    def numbers(self) -> tuple[str, ...]:
        """The numbers of the messages that have come, the oldest first; drafts have not.

        They hold as long as `validity` is the same.
        """
        found = self._call(lambda client: client.uid("SEARCH", "UNDELETED", "UNDRAFT"))
        return tuple(number.decode("ascii") for line in _lines(found) for number in line.split())

    def message(self, number: str, most: int) -> bytes:
        """The whole of a message, unmarked; TOO_LARGE for more than so many bytes, which are not sent."""
        told = self._call(lambda client: client.uid("FETCH", number, "(UID RFC822.SIZE)"))
        size = next((int(m[1]) for part in _lines(told) if (m := _SIZE.search(part))), None)
        if size is None:
            raise ImapError(ImapReason.NOT_FOUND)
        if size > most:
            raise ImapError(ImapReason.TOO_LARGE)
        for part in self._call(lambda client: client.uid("FETCH", number, "(UID BODY.PEEK[])")):
            if isinstance(part, tuple) and (m := _UID.search(part[0])) and m[1].decode() == number:
                return bytes(part[1])
        raise ImapError(ImapReason.NOT_FOUND)

    def _call(self, ask: Callable[[imaplib.IMAP4], tuple[str, list[object]]]) -> list[object]:
        client = self._client or self._open()
        try:
            status, answer = ask(client)
        except (imaplib.IMAP4.abort, OSError) as error:
            self._close()
            raise ImapError(ImapReason.LOST) from error
        except (imaplib.IMAP4.error, ValueError) as error:
            raise ImapError(ImapReason.REFUSED) from error
        if status != "OK":
            raise ImapError(ImapReason.REFUSED)
        return answer

    def _open(self) -> imaplib.IMAP4:
        client = self._connected()
        try:
            _sign_in(client, self._server)
            status, _ = client.select(mailbox_name(self._server.folder), readonly=True)
            if status != "OK":
                raise ImapError(ImapReason.NOT_FOUND)
            _, told = client.response("UIDVALIDITY")
        except (imaplib.IMAP4.abort, OSError) as error:
            _end(client)
            raise ImapError(ImapReason.LOST) from error
        except imaplib.IMAP4.error as error:
            _end(client)
            raise ImapError(ImapReason.REFUSED) from error
        except ImapError:
            _end(client)
            raise
        validity = told[0].decode("ascii", "replace") if told and told[0] else ""
        if self.validity and validity != self.validity:
            # The numbers that are known are of other messages now.
            _end(client)
            raise ImapError(ImapReason.REFUSED)
        self.validity, self._client = validity, client
        return client

    def _connected(self) -> imaplib.IMAP4:
        server = self._server
        try:
            if server.security is Security.NONE:
                return imaplib.IMAP4(server.host, server.port, timeout=_ANSWERING)
            trusted = ssl.create_default_context(cafile=server.ca)
            if server.security is Security.TLS:
                return imaplib.IMAP4_SSL(
                    server.host, server.port, ssl_context=trusted, timeout=_ANSWERING
                )
            client = imaplib.IMAP4(server.host, server.port, timeout=_ANSWERING)
        except ssl.SSLCertVerificationError as error:
            raise ImapError(ImapReason.UNTRUSTED) from error
        except (imaplib.IMAP4.error, OSError) as error:
            raise ImapError(ImapReason.UNREACHABLE) from error
        try:
            client.starttls(trusted)
        except ssl.SSLCertVerificationError as error:
            _end(client)
            raise ImapError(ImapReason.UNTRUSTED) from error
        except (imaplib.IMAP4.error, OSError) as error:
            _end(client)
            raise ImapError(ImapReason.UNPROTECTED) from error
        return client

    def _close(self) -> None:
        if self._client is not None:
            _end(self._client)
            self._client = None


def _end(client: imaplib.IMAP4) -> None:
    with suppress(imaplib.IMAP4.error, OSError):
        client.logout()
    with suppress(imaplib.IMAP4.error, OSError):
        client.shutdown()


def _sign_in(client: imaplib.IMAP4, server: Server) -> None:
    """Signs in with the token or the password, whose letters may be any."""
    if server.token is not None:
        token = server.token.token().reveal()
        said = iter((f"user={server.user}\1auth=Bearer {token}\1\1".encode(),))
        kind = "XOAUTH2"
    elif server.password is not None:
        said = iter((f"\0{server.user}\0{server.password.reveal()}".encode(),))
        kind = "PLAIN"
    else:
        raise ImapError(ImapReason.SIGNED_OUT)
    if kind == "PLAIN" and "AUTH=PLAIN" not in client.capabilities:
        _log_in(client, server)
        return
    try:
        # A server that refuses a token says why first, and waits for an answer.
        client.authenticate(kind, lambda _: next(said, b""))
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:
        raise ImapError(ImapReason.SIGNED_OUT) from None


def _log_in(client: imaplib.IMAP4, server: Server) -> None:
    password = server.password.reveal() if server.password else ""
    try:
        client.login(server.user, password)
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, UnicodeEncodeError):
        raise ImapError(ImapReason.SIGNED_OUT) from None


def _lines(answer: list[object]) -> Iterator[bytes]:
    for part in answer:
        if isinstance(part, tuple):
            yield part[0]
        elif isinstance(part, bytes):
            yield part


def mailbox_name(folder: str) -> str:
    """A folder's name as IMAP writes it (RFC 3501, 5.1.3), quoted."""
    coded = ""
    for plain, other in re.findall(r"([\x20-\x7e]*)([^\x20-\x7e]*)", folder):
        coded += plain.replace("&", "&-")
        if other:
            letters = base64.b64encode(other.encode("utf-16-be")).decode("ascii").rstrip("=")
            coded += f"&{letters.replace('/', ',')}-"
    escaped = coded.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
