"""Mail sent by runs that are killed, cut off and refused: `python -m tests.mail.kills 300 [--seed N]`.

Each run sends some messages to a real server on this computer. The process is killed at a step, or
the server refuses or cuts the connection at one. Then it is sent again, as often as it takes, without
anybody's answer. It fails where a message has been delivered twice, or neither delivered nor in doubt.
"""

import argparse
import os
import random
import signal
import smtplib
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from excel_uppsikt.mail import ledger as ledger_module
from excel_uppsikt.mail.delivery import deliver
from excel_uppsikt.mail.ledger import State, open_ledger, read_ledger
from excel_uppsikt.mail.message import Attachment, MailKind, Message
from excel_uppsikt.mail.settings import Security, Server
from excel_uppsikt.mail.smtp import SmtpChannel
from tests.mail.servers import CUT, Mailbox, mail_server

ROOT = Path(__file__).parents[2]
# Each call at which the process may be killed, in the order in which a message goes through them.
CALLS = (
    "ledger.Ledger.begin",
    "smtplib.SMTP.mail",
    "smtplib.SMTP.rcpt",
    "smtplib.SMTP.docmd",
    "smtplib.SMTP.send",
    "smtplib.SMTP.getreply",
    "ledger.Ledger.end",
)
KILLS = tuple(f"{moment} {call}" for call in CALLS for moment in ("before", "after"))
REFUSALS = ("550 5.1.1 no", "451 4.3.0 later", "421 4.0.0 closing", "552 5.3.4 too big", CUT)
STEPS = ("mail", "rcpt", "content")
FAULTS = (*(f"{step}: {fault}" for step in STEPS for fault in REFUSALS), f"taken: {CUT}")
EVERY = (*(f"kill {kill}" for kill in KILLS), *(f"server {fault}" for fault in FAULTS))


PEOPLE = tuple(f"{name}@exempel.se" for name in ("orjan", "asa", "bo", "eva", "chef", "rektor"))
MESSAGES = tuple(
    Message(
        kind=MailKind.TEMPLATES,
        name="Åsa",
        email=person,
        subject="Formulär",
        text="Hej!",
        attachments=(Attachment("Formulär.xlsx", bytes(range(256)) * 200),),
        sender_email="samordnare@exempel.se",
    )
    for person in PEOPLE
)


@dataclass(frozen=True)
class Figures:
    """How many runs had what befall them, and what was wrong after which of them."""

    counts: Counter[str]
    failures: list[str]


def send(ledger: Path, port: int, kill: str, at: int) -> int:
    """Sends the messages in this process, which is killed at a call's so-many-eth time; 1 for any left."""
    if kill:
        moment, path = kill.split(" ")
        _kill_at(moment, path, at)
    channel = SmtpChannel(Server("127.0.0.1", port, Security.NONE), timeout=20)
    with open_ledger(ledger) as opened:
        made = deliver(
            MESSAGES,
            channel,
            opened,
            now=lambda: datetime.now(UTC),
            wait=lambda _: None,
        )
        left = [one for one in made if not one.arrived]
    channel.close()
    return int(bool(left))


def _kill_at(moment: str, path: str, at: int) -> None:
    module, of, name = path.split(".")
    owner = getattr({"ledger": ledger_module, "smtplib": smtplib}[module], of)
    called, count = getattr(owner, name), 0

    def killing(*given: object, **named: object) -> object:
        nonlocal count
        count += 1
        if count == at and moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        answer = called(*given, **named)
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    setattr(owner, name, killing)


def sent(ledger: Path, port: int, kill: str = "", at: int = 0) -> int:
    """The same in a process of its own where it is to be killed; its exit status."""
    if not kill:
        return send(ledger, port, "", 0)
    program = (
        f"import sys; from tests.mail.kills import *; sys.exit(send(Path({str(ledger)!r}), {port}, "
    )
    return subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-c", f"{program}{kill!r}, {at}))"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    ).returncode


def taken(box: Mailbox) -> Counter[str]:
    """How many messages the server has taken to each address."""
    return Counter(name for one in box.received for name in one.recipients)


def wrong(ledger: Path, delivered: Counter[str]) -> list[str]:
    """What is not as promised: each message delivered once or in doubt, and none twice."""
    states: dict[str, list[State]] = {}
    for row in read_ledger(ledger):
        states.setdefault(row.email, []).append(row.state)
    told: list[str] = []
    for person in PEOPLE:
        last = states.get(person, [None])[-1]
        if delivered[person] > 1:
            told.append(f"{person} has it {delivered[person]} times")
        elif last is State.SENT and delivered[person] != 1:
            told.append(f"{person} has it not, though it stands as sent")
        elif last not in (State.SENT, State.UNKNOWN):
            told.append(f"{person} stands as {last}")
    return told


def befallen(ledger: Path, what: str, at: int) -> list[str]:
    """What is wrong after something has befallen the so-many-eth message or call."""
    kind, _, how = what.partition(" ")
    box = Mailbox()
    if kind == "server":
        step, _, fault = how.partition(": ")
        box.faults[step] = [*[""] * (at - 1), fault]
    with mail_server(box) as there:
        first = sent(ledger, there.port, how if kind == "kill" else "", at)
        told = [] if first in (0, 1, -signal.SIGKILL) else [f"the first run ended with {first}"]
        again = sent(ledger, there.port)
        # A message that was refused has been sent now; one in doubt is left, however often.
        again = again and sent(ledger, there.port)
        told += [] if again in (0, 1) else [f"the last run ended with {again}"]
    return told + wrong(ledger, taken(box))


def run(count: int, seed: int | None = None) -> Figures:
    """Everything that can befall a run, in turn, at the second message; by a seed at any of them."""
    counts: Counter[str] = Counter()
    failures: list[str] = []
    pick = random.Random(seed)  # noqa: S311  a moment, not a secret
    with tempfile.TemporaryDirectory() as name:
        for number in range(count):
            what = EVERY[number % len(EVERY)] if seed is None else pick.choice(EVERY)
            at = 2 if seed is None else pick.randint(1, 12)
            told = befallen(Path(name) / f"{number}/utskick.sqlite", what, at)
            counts[what] += 1
            failures += [f"{what}, at {at}: {one}" for one in told]
    return Figures(counts, failures)


def main() -> int:
    """Runs as the command line says, prints the figures, and tells by its status whether all is well."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("count", type=int, help="how many runs to disturb")
    parser.add_argument("--seed", type=int, default=0, help="what chooses how")
    given = parser.parse_args()
    figures = run(given.count, given.seed)
    lines = [f"{what}: {count}" for what, count in sorted(figures.counts.items())]
    told = [f"FAILED {failure}" for failure in figures.failures]
    head = f"runs: {given.count}, seed {given.seed}"
    sys.stdout.write("\n".join([head, *lines, *told]) + "\n")
    return 1 if figures.failures else 0


if __name__ == "__main__":
    sys.exit(main())
