"""A mailing on its way: as drafts in the round's folder, or through a channel, told in the ledger."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.mail.addresses import plain, same_person, usable
from excel_uppsikt.mail.channel import Answer, Channel, ChannelKind, Stamp
from excel_uppsikt.mail.delivery import Delivered, Doubt, Standing, alike, deliver, settle, standing
from excel_uppsikt.mail.drafts import Draft, beginning, drafts
from excel_uppsikt.mail.ledger import IN_DOUBT, Ledger, Row, State, open_ledger, read_ledger
from excel_uppsikt.mail.message import MailKind, Message
from excel_uppsikt.mail.outdated import Asked, KeepsDrafts, Withdrawn, outdated, withdraw
from excel_uppsikt.mail.wording import round_mark
from excel_uppsikt.model import Plan
from excel_uppsikt.round_paths import LEDGER, MAILINGS
from excel_uppsikt.rounds.checking import Progress, no_progress
from excel_uppsikt.rounds.disk import OutputError
from excel_uppsikt.rounds.mailings import mailing_of
from excel_uppsikt.rounds.outputs import Outputs, Written
from excel_uppsikt.rounds.results import Drafted, Mailing, Sent
from excel_uppsikt.rounds.versions import KeptVersions, clock_day, keep_handed_out

TEST_MARK = "[PROV]"


@dataclass(frozen=True, slots=True)
class Stop:
    """Whether a mailing on its way is to be stopped, and how it is waited meanwhile."""

    asked: Callable[[], bool]
    wait: Callable[[float], None]


# The command is stopped by Ctrl+C alone. How it waits is looked up when it does.
NO_STOP = Stop(lambda: False, lambda seconds: time.sleep(seconds))  # noqa: PLW0108


def mail(
    folder: Path,
    kind: MailKind,
    *,
    unfinished: bool = False,
    today: date | None = None,
    progress: Progress = no_progress,
) -> Drafted:
    """Writes a draft for each who is to have mail of a kind, and says what is wrong in the plan."""
    mailing = mailing_of(folder, kind, unfinished=unfinished, today=today, progress=progress)
    return write_drafts(mailing, today=today)


def as_test(mailing: Mailing, address: str) -> Mailing:
    """The mailing with all its messages to one address, each marked as a test.

    Raises `CannotRunError` for an address that cannot be used.
    """
    if not usable(address):
        raise CannotRunError(
            f"{address} går inte att använda som e-postadress. Skriv en som namn@exempel.se."
        )
    test_to = plain(address)
    return replace(mailing, messages=tuple(_test(one, test_to) for one in mailing.messages))


def _test(message: Message, test_to: str) -> Message:
    whom = f"{message.name} <{message.email}>" if message.name else message.email
    return replace(
        message,
        test_to=test_to,
        subject=f"{TEST_MARK} {message.subject}",
        text=f"Det här är ett prov. Mejlet ska till {whom}.\n\n{message.text}",
    )


def standings(mailing: Mailing) -> tuple[Standing, ...]:
    """What is known of each message before anything is done. Raises `LedgerError` where that is unsure."""
    rows = read_ledger(mailing.folder / LEDGER)
    return tuple(standing(rows, message) for message in mailing.messages)


def settle_doubts(mailing: Mailing, doubts: Mapping[int, Doubt], today: date | None = None) -> None:
    """Keeps what the coordinator says of messages of which nobody knew whether they came through."""
    with open_ledger(mailing.folder / LEDGER) as ledger:
        settle(ledger, doubts, _clock(today)())


class FilesChannel:
    """Drafts as files in ut/utskick, of which nothing is sent."""

    kind, sends, harmless = ChannelKind.FILES, False, True

    def __init__(self, outputs: Outputs, made: Sequence[Draft]) -> None:
        self._outputs = outputs
        self._made = {draft.message: draft for draft in made}
        self.written: list[tuple[Draft, Written]] = []
        self.refused: list[OutputError] = []

    def hand_over(self, message: Message, stamp: Stamp, draft: str = "") -> Answer:
        """Writes a message as a file; beside the one that lies there where a person has edited that."""
        del stamp, draft
        made = self._made[message]
        try:
            written = self._outputs.write(f"{MAILINGS}/{made.file}", made.data)
        except OutputError as error:
            self.refused.append(error)
            return Answer(State.BROKEN, str(error))
        self.written.append((made, written))
        return Answer(State.DRAFTED, draft=written.path.name)

    def close(self) -> None:
        """There is nothing to end."""


def write_drafts(mailing: Mailing, *, again: bool = False, today: date | None = None) -> Drafted:
    """Writes a draft of each message that has not been sent, and removes those that nobody is to get now.

    Raises `LedgerError` where it cannot be known what has been sent, and `OutputError` where a draft cannot
    be written, which stops no other.
    """
    folder, made = mailing.folder, drafts(mailing.messages)
    outputs = Outputs(folder)
    channel = FilesChannel(outputs, made)
    delivered: list[Delivered] = []
    if made:
        with open_ledger(folder / LEDGER) as ledger:
            delivered += deliver(
                mailing.messages, channel, ledger, again=again, now=_clock(today), back_off=()
            )
    if channel.refused:
        raise channel.refused[0]
    passed = [Standing(one.message, one.row) for one in delivered if one.passed_over]
    removed: tuple[str, ...] = ()
    if not mailing.partly and not any(message.test_to for message in mailing.messages):
        names = [draft.file for draft, _ in channel.written]
        removed = outputs.clear(MAILINGS, names, beginning=beginning(mailing.kind))
    kept = _kept(mailing, [draft.message for draft, _ in channel.written], today)
    return Drafted(mailing, tuple(channel.written), removed, tuple(passed), kept)


def send(
    mailing: Mailing,
    channel: Channel,
    *,
    again: bool = False,
    today: date | None = None,
    stop: Stop = NO_STOP,
) -> Iterator[Delivered | Sent]:
    """Hands each message over, and gives what became of it as it is known; then all of it.

    Those that have not been begun when it is stopped are left.
    Raises `LedgerError` where it cannot be known what has been sent.
    """
    delivered: list[Delivered] = []
    with open_ledger(mailing.folder / LEDGER) as ledger:
        # Before the others, since one that is gone may have been sent by hand.
        withdrawn = [*_withdrawn(mailing, channel, ledger, today)]
        for one in deliver(
            mailing.messages,
            channel,
            ledger,
            again=again,
            now=_clock(today),
            wait=stop.wait,
            stopped=stop.asked,
        ):
            delivered.append(one)
            yield one
        withdrawn += _withdrawn(mailing, channel, ledger, today, withdrawn)
        removed = _without_sent(mailing, ledger, delivered)
    out = [one.message for one in delivered if not one.passed_over and _may_have_gone(one)]
    kept = _kept(mailing, out, today)
    yield Sent(mailing, tuple(delivered), kept, removed, tuple(withdrawn))


def outdated_drafts(mailing: Mailing, channel: ChannelKind) -> tuple[Row, ...]:
    """The drafts in a mailbox that nobody is to get now. Raises `LedgerError` where that is unsure."""
    rows = read_ledger(mailing.folder / LEDGER)
    return outdated(rows, _asked(mailing, rows), channel)


def _asked(mailing: Mailing, rows: Sequence[Row]) -> Asked:
    known = [standing(rows, message) for message in mailing.messages]
    return Asked(mailing.kind, mailing.partly, round_mark(mailing.plan), known)


def _withdrawn(
    mailing: Mailing,
    channel: Channel,
    ledger: Ledger,
    today: date | None,
    done: Sequence[Withdrawn] = (),
) -> Iterator[Withdrawn]:
    """Takes away the drafts in the mailbox that nobody is to get now, but for those that are done."""
    if not isinstance(channel, KeepsDrafts):
        return
    rows, tried = ledger.rows(), {one.row.draft for one in done}
    drafts = outdated(rows, _asked(mailing, rows), channel.kind)
    left = [row for row in drafts if row.draft not in tried]
    yield from withdraw(left, channel, ledger, _clock(today))


def _without_sent(
    mailing: Mailing, ledger: Ledger, delivered: Sequence[Delivered]
) -> tuple[str, ...]:
    """Removes the drafts in ut/utskick of what has been sent, which would else be sent from there too.

    So too those that are to nobody now, as to an address that the plan had before.
    """
    rows = ledger.rows()
    sent = [one.message for one in delivered if one.row and one.row.state is State.SENT]
    gone = {
        row.draft
        for message in sent
        for row in alike(rows, message)
        if row.channel == ChannelKind.FILES and row.draft
    }
    gone |= _to_nobody(mailing, rows)
    outputs = Outputs(mailing.folder)
    there = {path.name for path in (mailing.folder / MAILINGS).glob("*")}
    try:
        return outputs.clear(MAILINGS, there - gone, beginning=beginning(mailing.kind))
    except (OutputError, OSError):
        # One that is open goes the next time that drafts are made.
        return ()


def _to_nobody(mailing: Mailing, rows: Sequence[Row]) -> set[str]:
    """The names of drafts that are none of the messages; none where only some are asked for."""
    if mailing.partly or any(message.test_to for message in mailing.messages):
        return set()
    wanted = {(same_person(message.to), message.content) for message in mailing.messages}
    # A name may have been used again since.
    last = {row.draft: row for row in rows if row.channel == ChannelKind.FILES and not row.test}
    return {
        name
        for name, row in last.items()
        if row.kind == mailing.kind and (row.recipient, row.content) not in wanted
    }


def _may_have_gone(one: Delivered) -> bool:
    return one.row is not None and one.row.state in (State.SENT, State.DRAFTED, *IN_DOUBT)


def _kept(mailing: Mailing, out: Sequence[Message], today: date | None) -> KeptVersions | None:
    """The versions that are kept of the reports in these messages; none of a test."""
    if mailing.kind is not MailKind.REPORTS or any(one.test_to for one in mailing.messages):
        return None
    names = {name for message in out for name in message.departments}
    departments = [one for one in mailing.plan.departments if one.name in names]
    return keep_handed_out(mailing.folder, mailing.plan, departments, today or clock_day())


def refuse_without_sender(plan: Plan) -> None:
    """Raises `CannotRunError` where the plan has no address to send from."""
    if not usable(plan.settings.sender_email):
        raise CannotRunError(
            "Avsändarens e-post på planens blad Omgång saknas eller går inte att använda. Fyll i den och kör "
            "igen."
        )


def _clock(today: date | None) -> Callable[[], datetime]:
    """The time now, on the day that was given."""

    def now() -> datetime:
        moment = datetime.now().astimezone()
        if today is None:
            return moment
        return moment.replace(year=today.year, month=today.month, day=today.day)

    return now
