"""Mailboxes opened to fetch from, by IMAP or through Microsoft 365: a folder's messages, each had whole."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum

from excel_uppsikt.excel.guard.limits import MAX_FILE
from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.language.text import clean
from excel_uppsikt.mail.graph import GraphMail
from excel_uppsikt.mail.graph_requests import GraphError, GraphReason
from excel_uppsikt.mail.imap import ImapError, ImapMailbox, ImapReason
from excel_uppsikt.mail.settings import graph_service, imap_server
from excel_uppsikt.mail.sign_in import tokens

_LONGEST_ABOUT = 120


class NotFetched(Enum):
    """Why a message was not fetched."""

    TOO_LARGE = "too_large"
    GONE = "gone"
    LOST = "lost"
    REFUSED = "refused"
    NOT_WRITTEN = "not_written"


@dataclass(frozen=True, slots=True)
class Source:
    """A folder of a mailbox: its messages by ids that stay, with what is known of each, and each whole."""

    where: str
    ids: Mapping[str, str]
    read: Callable[[str], bytes]


class MissedError(Exception):
    """A message that could not be had, while others may."""

    def __init__(self, reason: NotFetched) -> None:
        self.reason = reason
        super().__init__(reason.value)


_IMAP_MISSED = {
    ImapReason.TOO_LARGE: NotFetched.TOO_LARGE,
    ImapReason.NOT_FOUND: NotFetched.GONE,
    ImapReason.REFUSED: NotFetched.REFUSED,
}


@contextmanager
def open_imap() -> Iterator[Source]:
    """The folder that the settings for IMAP name. Raises `CannotRunError` where it cannot be opened."""
    server = imap_server()
    where = f"{server.folder} ({server.user or server.host})"

    def read(number: str) -> bytes:
        try:
            return box.message(number.rpartition("|")[2], MAX_FILE)
        except ImapError as error:
            reason = _IMAP_MISSED.get(error.reason, NotFetched.LOST)
            raise MissedError(reason) from error

    try:
        box = ImapMailbox(server).__enter__()
    except ImapError as error:
        raise CannotRunError(_not_opened(error.reason, server.host, server.folder)) from error
    try:
        try:
            numbers = box.numbers()
        except ImapError as error:
            raise CannotRunError(_not_opened(error.reason, server.host, server.folder)) from error
        account = f"imap|{server.host}|{server.user}|{server.folder}|{box.validity}"
        yield Source(where, {f"{account}|{n}": f"meddelande {n}" for n in numbers}, read)
    finally:
        box.__exit__(None, None, None)


def _not_opened(reason: ImapReason, host: str, folder: str) -> str:
    """Why a mailbox was not opened, and what to do."""
    told = {
        ImapReason.UNREACHABLE: f"E-postservern {host} svarar inte. Se efter att datorn är uppkopplad och "
        "att host, port och security i mejl.toml är rätt.",
        ImapReason.UNTRUSTED: f"E-postservern {host} visade ett certifikat som datorn inte litar på. Fråga "
        "it-avdelningen; en egen certifikatfil anges med ca i mejl.toml.",
        ImapReason.UNPROTECTED: f"E-postservern {host} erbjuder ingen kryptering (STARTTLS). Fråga "
        "it-avdelningen vilken port och security som gäller.",
        ImapReason.SIGNED_OUT: f"Inloggningen på e-postservern {host} godtogs inte. Se efter användare och "
        "lösenord, eller kommandot för token, och om servern tillåter det slaget av inloggning.",
        ImapReason.NOT_FOUND: f"Mappen {folder} finns inte i brevlådan på {host}. Se efter folder i [imap] i "
        "mejl.toml.",
    }
    return told.get(
        reason,
        f"Anslutningen till e-postservern {host} bröts. Inget har ändrats i brevlådan; kör igen.",
    )


_GRAPH_MISSED = {
    GraphReason.TOO_LARGE: NotFetched.TOO_LARGE,
    GraphReason.NOT_FOUND: NotFetched.GONE,
    GraphReason.LOST: NotFetched.LOST,
    GraphReason.UNREACHABLE: NotFetched.LOST,
}


@contextmanager
def open_graph() -> Iterator[Source]:
    """The folder that the settings for Microsoft 365 name. Raises `CannotRunError` as for IMAP."""
    settings = graph_service()
    box = GraphMail(settings.url, tokens(settings), mailbox=settings.mailbox)
    folder = settings.folder or "inkorgen"

    def read(number: str) -> bytes:
        try:
            return box.mime(number.partition("|")[2], MAX_FILE)
        except GraphError as error:
            raise MissedError(_GRAPH_MISSED.get(error.reason, NotFetched.REFUSED)) from error

    try:
        listed = list(box.messages(settings.folder))
    except GraphError as error:
        raise CannotRunError(_not_listed(error, folder)) from error
    about = {f"graph|{one.id}": _about(one.sender, one.subject) for one in listed}
    yield Source(f"{folder} ({settings.mailbox or 'Microsoft 365'})", about, read)


def _about(sender: str, subject: str) -> str:
    """A message in words that can be printed, whatever it is called."""
    return " ".join(clean(f"{sender}: {subject}").split()).strip(": ")[:_LONGEST_ABOUT]


def _not_listed(error: GraphError, folder: str) -> str:
    """Why a mailbox was not opened, and what to do."""
    told = {
        GraphReason.SIGNED_OUT: "Microsoft 365 godtog inte inloggningen. Kör igen och logga in på nytt.",
        GraphReason.FORBIDDEN: "Microsoft 365 tillåter inte att brevlådan läses. It-avdelningen behöver "
        "godkänna programmet, eller ge dig rätt till den delade brevlådan.",
        GraphReason.NOT_FOUND: f"Mappen {folder} finns inte i brevlådan. Se efter folder och mailbox i "
        "[graph] i mejl.toml; en mapp i en mapp skrivs som Inkorgen/Svar.",
        GraphReason.THROTTLED: "Microsoft 365 har för mycket att göra just nu. Kör igen om en stund.",
        GraphReason.UNREACHABLE: "Microsoft 365 svarar inte. Se efter att datorn är uppkopplad och kör igen.",
    }
    status = f" ({error.status} {error.code})".replace(" )", ")") if error.status else ""
    return told.get(
        error.reason, f"Microsoft 365 svarade inte som väntat{status}. Kör igen om en stund."
    )
