"""`uppsikt mail` and `uppsikt fetch` killed: `python -m tests.mail.command_kills 100 [--seed N]`.

Each run is the command in a process of its own, against a real server on this computer, killed at any time,
when the server has come to a step, or when a file has been written. The command is then given again, twice.
It fails where a message has been delivered twice, or neither delivered nor in doubt; where a mail is lost,
had twice or counted while it is half; and where what the program tells of it is not so.
"""

import argparse
import email
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses
from pathlib import Path
from threading import Timer

from excel_uppsikt.leftovers import BEGINNING
from excel_uppsikt.mail.ledger import State, read_ledger
from excel_uppsikt.round_paths import FETCHED, FETCHED_BEFORE, LEDGER
from excel_uppsikt.rounds.checking import check_round
from tests.intake.packed_forms import SHEET, home
from tests.mail import graph_server, kills
from tests.mail.dovecot import PASSWORD, USER, ImapServer, dovecot
from tests.mail.mailed_rounds import round_with_forms, told_by_status
from tests.mail.servers import Mailbox, mail_server
from tests.small_rounds import make_plan, make_round

LONGEST_SECONDS = 120
ANY_TIME = "any time"
LEDGER_WRITTEN, SAVED, WRITING, REMEMBERED = "ledger written", "saved", "writing", "remembered"
FETCHED_MAILS = 5


@dataclass
class Kill:
    """When a process is killed: at a step's so-many-eth time, and so many seconds later."""

    step: str = ""
    at: int = 1
    later: float = 0.0
    process: "subprocess.Popen[str] | None" = None
    seen: int = 0

    def told(self, step: str) -> None:
        """A step has come."""
        if step != self.step or self.process is None:
            return
        self.seen += 1
        if self.seen == self.at and self.later:
            # The server's answer comes meanwhile.
            Timer(self.later, self.process.kill).start()
        elif self.seen == self.at:
            self.process.kill()


@dataclass
class Scene:
    """A command and what it is given against: its environment, its files, and what is wrong afterwards."""

    command: tuple[str, ...]
    make: Callable[[Path], Path]
    wrong_now: Callable[[Path], list[str]]
    wrong_after: Callable[[Path, list[subprocess.CompletedProcess[str]]], list[str]]
    environment: Mapping[str, str]
    kill: Kill = field(default_factory=Kill)

    def at(self, step: str) -> None:
        """The server has come to a step."""
        self.kill.told(step)


def started(scene: Scene, folder: Path) -> subprocess.Popen[str]:
    """The command in a process of its own."""
    word, *options = scene.command
    none = folder.parent / "no settings"
    return subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, "-m", "excel_uppsikt", word, str(folder), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={
            **os.environ,
            "PYTHONPATH": str(kills.ROOT),
            "XDG_CONFIG_HOME": str(none),
            **scene.environment,
        },
    )


def ended(scene: Scene, folder: Path) -> subprocess.CompletedProcess[str]:
    """The command given and left to end."""
    process = started(scene, folder)
    out, errors = process.communicate(timeout=LONGEST_SECONDS)
    return subprocess.CompletedProcess(process.args, process.returncode, out, errors)


def befallen(scene: Scene, folder: Path, kill: Kill) -> tuple[bool, list[str]]:
    """Whether the process was killed in time, and what is wrong then and when it has been run again."""
    scene.make(folder)
    scene.kill = kill
    kill.process = started(scene, folder)
    if kill.step == ANY_TIME:
        time.sleep(kill.later)
        kill.process.kill()
    elif kill.step in WATCHED:
        _watch(kill, folder)
    _, errors = kill.process.communicate(timeout=LONGEST_SECONDS)
    killed, kill.process = kill.process.returncode == -signal.SIGKILL, None
    told = [] if killed or not errors else [f"the first run says {errors}"]
    told += scene.wrong_now(folder)
    again = [ended(scene, folder) for _ in range(2)]
    for done in again:
        told += [f"run again, it ends with {done.returncode}: {done.stderr}"] * bool(done.stderr)
    return killed, told + scene.wrong_after(folder, again)


def _watch(kill: Kill, folder: Path) -> None:
    """Tells of each change of a file that is waited for, as long as the process runs."""
    look, process = WATCHED[kill.step], kill.process
    assert process is not None
    before, end = look(folder), time.monotonic() + LONGEST_SECONDS
    while process.poll() is None and time.monotonic() < end:
        now = look(folder)
        if now != before:
            kill.told(kill.step)
            before = now
        time.sleep(0.0002)


def _written(name: str) -> Callable[[Path], object]:
    def look(folder: Path) -> object:
        try:
            stat = (folder / name).stat()
        except OSError:
            return None
        return stat.st_ino, stat.st_mtime_ns

    return look


def _in_fetched(pattern: str) -> Callable[[Path], object]:
    return lambda folder: {path.name for path in (folder / FETCHED).glob(pattern)}


WATCHED: Mapping[str, Callable[[Path], object]] = {
    LEDGER_WRITTEN: _written(LEDGER),
    REMEMBERED: _written(FETCHED_BEFORE),
    SAVED: _in_fetched("*.eml"),
    WRITING: _in_fetched(f"{BEGINNING}*"),
}


# --- Mail -----------------------------------------------------------------------------------------


@contextmanager
def smtp() -> Iterator[Scene]:
    """Forms sent through a mail server."""
    box = Mailbox()

    def make(folder: Path) -> Path:
        box.received.clear()
        return _with_forms(folder)

    with mail_server(box) as there:
        scene = Scene(
            ("mail", "templates", "--channel", "smtp", "--send", "--yes"),
            make,
            lambda folder: _mailed_as_told(folder, kills.taken(box)),
            lambda folder, again: _wrong_mail(folder, kills.taken(box), again),
            {
                "UPPSIKT_SMTP_HOST": "127.0.0.1",
                "UPPSIKT_SMTP_PORT": str(there.port),
                "UPPSIKT_SMTP_SECURITY": "none",
            },
        )
        box.at = scene.at
        yield scene


@contextmanager
def graph() -> Iterator[Scene]:
    """Forms sent through Microsoft 365."""
    with graph_server.graph() as box:

        def make(folder: Path) -> Path:
            box.drafts.clear()
            box.sent.clear()
            return _with_forms(folder)

        scene = Scene(
            ("mail", "templates", "--channel", "graph", "--send", "--yes"),
            make,
            lambda folder: _mailed_as_told(folder, _sent(box)),
            lambda folder, again: _wrong_mail(folder, _sent(box), again),
            {"UPPSIKT_GRAPH_URL": box.url, "UPPSIKT_GRAPH_TOKEN_COMMAND": _TOKEN_COMMAND},
        )
        box.at = scene.at
        yield scene


_TOKEN_COMMAND = f'"{sys.executable}" -c "print(\'{graph_server.TOKEN}\')"'


def _with_forms(folder: Path) -> Path:
    """A round whose forms have been made; they are the same each time, so they are made once."""
    made = folder.parent / "a round with forms"
    if not made.exists():
        round_with_forms(made)
    shutil.copytree(made, folder)
    return folder


def _sent(box: graph_server.Mailbox) -> Counter[str]:
    """How many messages have been sent to each address."""
    messages = (
        email.message_from_bytes(box.drafts[one]["mime"], policy=default) for one in box.sent
    )
    return Counter(
        address for message in messages for _, address in getaddresses([str(message["To"])])
    )


def _mailed_as_told(folder: Path, delivered: Counter[str]) -> list[str]:
    """Where `status` says that someone was mailed who has been delivered nothing."""
    rows = read_ledger(folder / LEDGER)
    mailed = {owner for owner, (day, _) in told_by_status(folder).items() if day}
    reached = {owner for row in rows if delivered[row.email] for owner in row.owners}
    return [f"status says that {owner} was mailed" for owner in sorted(mailed - reached)]


def _wrong_mail(
    folder: Path, delivered: Counter[str], again: list[subprocess.CompletedProcess[str]]
) -> list[str]:
    told = kills.wrong(folder / LEDGER, delivered) + _mailed_as_told(folder, delivered)
    doubtful = {row.email for row in read_ledger(folder / LEDGER) if row.state is State.UNKNOWN}
    for done in again:
        if done.returncode != int(bool(doubtful)):
            told.append(f"run again, it ends with {done.returncode}, with {doubtful} in doubt")
        said = set(re.findall(r"Okänt om det kom fram \S+ \S+ till (\S+):", done.stdout))
        if said != doubtful:
            told.append(f"run again, it tells of {said} in doubt, which {doubtful} are")
    return told


# --- Fetching -------------------------------------------------------------------------------------


@contextmanager
def fetch() -> Iterator[Scene]:
    """Mails with workbooks fetched from Dovecot."""
    with dovecot() as server:
        mails = {_mail(number) for number in range(FETCHED_MAILS)}
        for number, data in enumerate(sorted(mails)):
            server.put(number, data, "Svar")
        whole = {data.replace(b"\n", b"\r\n") for data in mails}
        kept = server.files()
        yield Scene(
            ("fetch",),
            lambda folder: make_round(folder, make_plan(), {}),
            lambda folder: _half_had(folder, whole),
            lambda folder, again: [
                *_wrong_fetch(folder, whole, again),
                *["the mailbox has changed"] * (server.files() != kept),
            ],
            _imap_settings(server),
        )


def _imap_settings(server: ImapServer) -> dict[str, str]:
    said = {
        "HOST": "localhost", "PORT": str(server.imaps), "SECURITY": "tls", "USER": USER,
        "PASSWORD": PASSWORD, "CA": str(server.certificate), "FOLDER": "Svar",
    }  # fmt: skip
    return {f"UPPSIKT_IMAP_{key}": value for key, value in said.items()}


def _mail(number: int) -> bytes:
    """A unit's answer, large enough for its writing to take a while."""
    message = EmailMessage()
    message["From"], message["Message-ID"] = f"e{number}@ange.se", f"<{number}@ange.se>"
    message.set_content("Hej!\n")
    for name, data in (("Hemtjänst.xlsx", home()), ("bild.bin", bytes([number]) * 2_000_000)):
        message.add_attachment(data, "application", SHEET, filename=name)
    return message.as_bytes()


def _half_had(folder: Path, whole: set[bytes]) -> list[str]:
    """What counts as come and is not whole."""
    here = list((folder / FETCHED).glob("*.eml"))
    told = [f"half: {path.name}" for path in here if path.read_bytes() not in whole]
    counted = {one.file for one in check_round(folder).collection.submissions}
    names = {f"{FETCHED}/{path.name}/Hemtjänst.xlsx" for path in here}
    return [*told, *(f"counted: {name}" for name in sorted(counted ^ names))]


def _wrong_fetch(
    folder: Path, whole: set[bytes], again: list[subprocess.CompletedProcess[str]]
) -> list[str]:
    had = [path.read_bytes() for path in (folder / FETCHED).glob("*.eml")]
    told = [f"{len(had)} mails, {len(set(had) & whole)} of {len(whole)} right"]
    told = [] if len(had) == len(whole) and set(had) == whole else told
    told += [f"left: {path.name}" for path in (folder / FETCHED).glob(f"{BEGINNING}*")]
    if again[-1].returncode or f"{len(whole)} mejl hade hämtats tidigare." not in again[-1].stdout:
        told.append(f"run again, it says {again[-1].stdout}")
    return told + _half_had(folder, whole)


# --- Runs -----------------------------------------------------------------------------------------

# What can be killed: its scene, and the steps that it has.
_MAIL_STEPS = (ANY_TIME, LEDGER_WRITTEN)
SCENES: Mapping[str, tuple[Callable[[], AbstractContextManager[Scene]], tuple[str, ...]]] = {
    "smtp": (smtp, (*_MAIL_STEPS, "mail", "rcpt", "content", "taken")),
    "graph": (graph, (*_MAIL_STEPS, "asked", "drafted", "sent")),
    "fetch": (fetch, (ANY_TIME, SAVED, WRITING, REMEMBERED)),
}


@dataclass(frozen=True)
class Figures:
    """How many runs were killed when, and what was wrong after which of them."""

    counts: Counter[str]
    failures: list[str]


def run(count: int, seed: int = 0) -> Figures:
    """So many runs killed, as many of each command, at moments that a seed chooses."""
    counts: Counter[str] = Counter()
    failures: list[str] = []
    for number, (name, (opened, steps)) in enumerate(SCENES.items()):
        with opened() as scene, tempfile.TemporaryDirectory() as made:
            seconds = _seconds(scene, Path(made) / "whole")
            for at in range(number, count, len(SCENES)):
                pick = random.Random(seed + at)  # noqa: S311  a moment, not a secret
                kill = _chosen(pick, pick.choice(steps), seconds)
                what = f"{name}, {kill.step}"
                killed, told = befallen(scene, Path(made) / f"{at}", kill)
                counts[what if killed else f"{what}: not in time"] += 1
                failures += [f"seed {seed + at}, {what}, {kill.at}: {one}" for one in told]
    return Figures(counts, failures)


def _seconds(scene: Scene, folder: Path) -> float:
    """How long the command takes when nothing befalls it."""
    scene.make(folder)
    start = time.perf_counter()
    ended(scene, folder)
    return time.perf_counter() - start


def _chosen(pick: random.Random, step: str, seconds: float) -> Kill:
    """A moment, at any time mostly near the end, where the work is done; else at once or a little later."""
    if step == ANY_TIME:
        return Kill(step, later=pick.triangular(0.1, 1.1, 0.9) * seconds)
    most = 2 * FETCHED_MAILS if step == WRITING else FETCHED_MAILS
    return Kill(step, pick.randint(1, most), pick.choice((0.0, pick.random() * 0.02)))


def main() -> int:
    """Runs as the command line says, prints the figures, and tells by its status whether all is well."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("count", type=int, help="how many runs to kill")
    parser.add_argument("--seed", type=int, default=0, help="the first one's number")
    given = parser.parse_args()
    figures = run(given.count, given.seed)
    lines = [f"{what}: {count}" for what, count in sorted(figures.counts.items())]
    told = [f"FAILED {failure}" for failure in figures.failures]
    sys.stdout.write("\n".join([f"runs: {given.count}, from {given.seed}", *lines, *told]) + "\n")
    return 1 if figures.failures else 0


if __name__ == "__main__":
    sys.exit(main())
