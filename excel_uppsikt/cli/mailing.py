"""What `uppsikt mail` does: shows who is to get what, asks, makes drafts or sends, and tells the outcome."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rich.console import Console

from excel_uppsikt.cli import print_mail
from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.language.text import counted
from excel_uppsikt.mail.channel import ChannelKind
from excel_uppsikt.mail.delivery import Doubt, Standing
from excel_uppsikt.rounds import mail_words, outbox
from excel_uppsikt.rounds.results import Mailing, Sent
from excel_uppsikt.rounds.ways import Way, by_graph, by_server, send_by

_DOUBTS = {"j": Doubt.ARRIVED, "ja": Doubt.ARRIVED, "n": Doubt.SEND, "nej": Doubt.SEND}
_YES = ("j", "ja")


@dataclass(frozen=True, slots=True)
class How:
    """How a mailing is to go out, as the command line says."""

    channel: ChannelKind = ChannelKind.FILES
    send: bool = False
    yes: bool = False
    test_to: str | None = None
    again: bool = False
    today: date | None = None


def way_out(how: How) -> Way | None:
    """The channel that the command line asks for, None for files.

    Raises `CannotRunError` for what does not go together, and for settings that cannot be used.
    """
    if how.yes and not how.send:
        raise CannotRunError(
            "--yes svarar på frågan från --send. Lägg till --send, eller ta bort --yes."
        )
    if how.channel is ChannelKind.FILES:
        if how.send:
            raise CannotRunError(
                "--send går inte med --channel files, som bara gör utkast. Välj --channel smtp eller graph."
            )
        return None
    if how.channel is ChannelKind.GRAPH:
        return by_graph(sends=how.send)
    if not how.send:
        raise CannotRunError(
            "--channel smtp skickar mejlen. Lägg till --send, eller ta bort --channel."
        )
    return by_server()


def mail(out: Console, mailing: Mailing, how: How, way: Way | None) -> int:
    """Shows the mailing, and makes or sends it; 1 where somebody should have mail and does not get it."""
    if way is not None and way.with_sender:
        outbox.refuse_without_sender(mailing.plan)
    if how.test_to is not None:
        mailing = outbox.as_test(mailing, how.test_to)
    standings: Sequence[Standing] = outbox.standings(mailing)
    told = way.told if way else "som utkast i ut/utskick"
    today = how.today or date.today()  # noqa: DTZ011  the coordinator's own day
    outdated = outbox.outdated_drafts(mailing, ChannelKind.GRAPH)
    print_mail.print_table(
        out, mailing, standings, told, again=how.again, today=today, outdated=outdated
    )
    if way is None:
        drafted = outbox.write_drafts(mailing, again=how.again, today=how.today)
        print_mail.print_drafted(out, drafted)
        return int(not drafted.ok)
    if not how.yes and not how.again:
        standings = _settled(out, mailing, standings, how)
    count = sum(way.takes(known, again=how.again) for known in standings)
    if not count:
        if outdated and way.kind is ChannelKind.GRAPH:
            return _sent(out, mailing, how, way)
        print_mail.print_nothing_to_send(out, mailing, standings)
        return int(not mailing.ok or any(known.doubtful for known in standings))
    if how.send and not how.yes and not _confirmed(out, count):
        out.print(mail_words.NOTHING_SENT)
        return 0
    return _sent(out, mailing, how, way)


def _sent(out: Console, mailing: Mailing, how: How, way: Way) -> int:
    """Hands over what is to go, telling of each as it goes."""
    status = 1
    for one in send_by(way, mailing, again=how.again, today=how.today):
        if isinstance(one, Sent):
            print_mail.print_sent(out, one)
            status = int(not one.ok)
        else:
            print_mail.print_delivered(out, one)
    return status


def _settled(
    out: Console, mailing: Mailing, standings: Sequence[Standing], how: How
) -> Sequence[Standing]:
    """What is known once the coordinator has been asked of each message in doubt."""
    doubts = _asked(out, standings)
    if not doubts:
        return standings
    outbox.settle_doubts(mailing, doubts, how.today)
    return outbox.standings(mailing)


def _asked(out: Console, standings: Sequence[Standing]) -> dict[int, Doubt]:
    """What the coordinator says of each message of which nobody knows whether it came through."""
    doubts: dict[int, Doubt] = {}
    for known in standings:
        if known.doubtful and known.row is not None:
            answer = _answer(out, print_mail.question(known.row))
            if (doubt := _DOUBTS.get(answer or "")) is not None:
                doubts[known.row.number] = doubt
    return doubts


def _confirmed(out: Console, count: int) -> bool:
    answer = _answer(out, f"Skicka {counted(count, 'mejl', 'mejl')}? [j/N]")
    if answer is None:
        raise CannotRunError(
            "--send frågar innan något skickas, och ingen svarade. Lägg till --yes."
        )
    return answer in _YES


def _answer(out: Console, question: str) -> str | None:
    """What is answered to a question, in small letters; None where there is nobody to answer."""
    out.print(question, end=" ")
    out.file.flush()
    line = sys.stdin.readline()
    return line.strip().casefold() if line else None
