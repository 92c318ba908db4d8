"""Drafts in Microsoft 365, and sending them: what each answer of Graph's means for a message."""

from contextlib import suppress

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.mail.channel import Answer, ChannelKind, Stamp
from excel_uppsikt.mail.graph import GraphMail
from excel_uppsikt.mail.graph_requests import GraphError, GraphReason
from excel_uppsikt.mail.ledger import State
from excel_uppsikt.mail.message import Message
from excel_uppsikt.mail.mime import as_bytes
from excel_uppsikt.mail.outdated import Withdrawal
from excel_uppsikt.mail.settings import Graph
from excel_uppsikt.mail.sign_in import tokens

_WORDS = {
    GraphReason.THROTTLED: "för många mejl på kort tid",
    GraphReason.SIGNED_OUT: "inloggningen gäller inte längre",
    GraphReason.FORBIDDEN: "programmet får inte göra det; fråga it-avdelningen",
    GraphReason.NOT_FOUND: "postlådan, mappen eller utkastet finns inte",
    GraphReason.TOO_LARGE: "mejlet är för stort",
    GraphReason.REFUSED: "Microsoft 365 tog inte emot det",
    GraphReason.SERVER: "fel i Microsoft 365",
    GraphReason.UNREACHABLE: "Microsoft 365 kan inte nås",
    GraphReason.LOST: "förbindelsen bröts",
    GraphReason.ODD: "Microsoft 365 svarade något oväntat",
}
_STATES = {
    GraphReason.THROTTLED: State.LATER,
    GraphReason.UNREACHABLE: State.BROKEN,
    GraphReason.TOO_LARGE: State.TOO_LARGE,
}
_NO_SUCH_MESSAGE = "ErrorItemNotFound"
_GONE = "utkastet finns inte kvar: det har skickats för hand, flyttats eller tagits bort"


class GraphChannel:
    """A mailbox in Microsoft 365, in which messages become drafts, and are sent where that is asked for."""

    kind, harmless = ChannelKind.GRAPH, False

    def __init__(self, settings: Graph, *, sends: bool, mail: GraphMail | None = None) -> None:
        """Signs in. Raises `CannotRunError` where that cannot be done."""
        self.sends, self._folder = sends, settings.folder
        token = tokens(settings, sending=sends)
        if mail is None:
            token(False)
        self._mail = mail or GraphMail(settings.url, token, mailbox=settings.mailbox)

    def hand_over(self, message: Message, stamp: Stamp, draft: str = "") -> Answer:
        """Makes a draft of a message, unless there is one, and sends it where that is asked for."""
        del stamp
        made = draft
        if not made:
            try:
                made = self._mail.draft(as_bytes(message), self._folder)
            except CannotRunError as error:
                return Answer(State.BROKEN, str(error))
            except GraphError as error:
                # A draft that may be there is in doubt; a message with no more than that has not been sent.
                doubt = State.BROKEN if self.sends else State.UNKNOWN
                return Answer(_meaning(error, doubt), _words(error))
        if not self.sends:
            return Answer(State.DRAFTED, draft=made, version=self._version(made))
        try:
            self._mail.send(made)
        except CannotRunError as error:
            return Answer(State.BROKEN, str(error), made)
        except GraphError as error:
            if error.reason is GraphReason.NOT_FOUND:
                return Answer(State.GONE, _GONE, made)
            return Answer(_meaning(error, State.UNKNOWN), _words(error), made)
        return Answer(State.SENT, "Microsoft 365 har tagit emot det", made)

    def withdraw(self, draft: str, version: str) -> tuple[Withdrawal, str]:
        """Takes a draft away that nobody has changed since it was made."""
        try:
            if not version or self._mail.version(draft) != version:
                return Withdrawal.CHANGED, ""
            self._mail.delete(draft)
        except CannotRunError as error:
            return Withdrawal.LEFT, str(error)
        except GraphError as error:
            # A mailbox that is not there answers 404 too, and says nothing of the draft.
            if error.reason is GraphReason.NOT_FOUND and error.code == _NO_SUCH_MESSAGE:
                return Withdrawal.GONE, ""
            return Withdrawal.LEFT, _words(error)
        return Withdrawal.REMOVED, ""

    def close(self) -> None:
        """There is nothing to end."""

    def _version(self, draft: str) -> str:
        """How a draft lies there; '' where that cannot be known, which harms nothing."""
        with suppress(GraphError, CannotRunError):
            return self._mail.version(draft)
        return ""


def _meaning(error: GraphError, doubt: State) -> State:
    return doubt if error.may_be_done else _STATES.get(error.reason, State.REFUSED)


def _words(error: GraphError) -> str:
    said = " ".join(filter(None, (str(error.status or ""), error.code)))
    return f"{_WORDS[error.reason]} ({said})" if said else _WORDS[error.reason]
