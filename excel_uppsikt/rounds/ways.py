"""The ways that mail can go out, as the computer's own settings have them, and what goes by each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from excel_uppsikt.mail.channel import Channel, ChannelKind
from excel_uppsikt.mail.delivery import Delivered, Standing
from excel_uppsikt.mail.graph_channel import GraphChannel
from excel_uppsikt.mail.settings import graph_service, smtp_server
from excel_uppsikt.mail.smtp import SmtpChannel
from excel_uppsikt.rounds import outbox
from excel_uppsikt.rounds.results import Mailing, Sent


@dataclass(frozen=True, slots=True)
class Way:
    """A channel before it is opened: how it is told, and whether what goes by it is sent at once.

    `with_sender` is whether the plan is to say who sends.
    """

    kind: ChannelKind
    sends: bool
    told: str
    open: Callable[[], Channel]
    with_sender: bool = False

    def takes(self, known: Standing, *, again: bool) -> bool:
        """Whether a message is to be handed over."""
        return takes(known, self.kind, sends=self.sends, again=again)


def takes(known: Standing, kind: ChannelKind, *, sends: bool, again: bool) -> bool:
    """Whether a message is to be handed over to a channel of a kind, which sends it or drafts it."""
    return again or (known.row is None and (sends or known.draft_in(kind) is None))


def by_server() -> Way:
    """Sent through the municipality's mail server. Raises `MailSettingsError` where none is set up."""
    server = smtp_server()
    told = f"som skickas via {server.host}"
    return Way(ChannelKind.SMTP, True, told, lambda: SmtpChannel(server), with_sender=True)


def by_graph(*, sends: bool) -> Way:
    """Sent, or drafted, in Microsoft 365. Raises `MailSettingsError` where that is not set up."""
    settings = graph_service()
    whose = f", {settings.mailbox}" if settings.mailbox else ""
    folder = f", mappen {settings.folder}" if settings.folder else ""
    told = "som skickas genom" if sends else "som utkast i"
    return Way(
        ChannelKind.GRAPH,
        sends,
        f"{told} Microsoft 365{whose}{folder}",
        lambda: GraphChannel(settings, sends=sends),
    )


def send_by(
    way: Way,
    mailing: Mailing,
    *,
    again: bool,
    today: date | None,
    stop: outbox.Stop = outbox.NO_STOP,
) -> Iterator[Delivered | Sent]:
    """What becomes of each message that goes this way, as it is known; then all of it."""
    channel = way.open()
    try:
        yield from outbox.send(mailing, channel, again=again, today=today, stop=stop)
    finally:
        channel.close()
