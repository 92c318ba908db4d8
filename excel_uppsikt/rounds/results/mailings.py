"""A mailing as worked out, and what became of it: drafts, or messages sent."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from excel_uppsikt.findings.finding import Finding, has_errors
from excel_uppsikt.mail.delivery import Delivered, Standing
from excel_uppsikt.mail.drafts import Draft
from excel_uppsikt.mail.message import MailKind, Message
from excel_uppsikt.mail.outdated import Withdrawn
from excel_uppsikt.model import Plan
from excel_uppsikt.rounds.outputs import Written
from excel_uppsikt.rounds.results.publications import Readiness
from excel_uppsikt.rounds.results.workbooks import Withheld

if TYPE_CHECKING:
    from excel_uppsikt.rounds.versions import KeptVersions


@dataclass(frozen=True, slots=True)
class Held:
    """A report by its file in the round, and why it is not to go out as it lies."""

    file: str
    lying: Readiness


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A file that is not mailed to somebody, since it is not theirs.

    `owner` is whose it is by what it says itself, '' where it does not tell.
    """

    file: str
    whom: str
    owner: str


@dataclass(frozen=True, slots=True)
class Unreached:
    """Somebody who gets no mail, in words: no address for them can be used.

    `sheet` is the plan's sheet where it is to stand; '' where nobody in particular is to have the mail.
    `named` is whether the plan says who is to have it.
    """

    whom: str
    sheet: str
    named: bool = True


@dataclass(frozen=True, slots=True)
class Mailing:
    """Who is to get what, worked out once: the messages, and who gets none and why.

    `unreached` are those whom there is no address for, `missing` the files that are missing, and
    `misplaced` files that belong to somebody else than whom they would have gone to. `newer` are files that
    lie beside the attached ones, made after those were edited by hand. `held` are the reports that are not
    mailed since they are not ready, `told` those that are mailed all the same, `old_pdfs` PDF files beside
    them that say what they said before, and `withheld` who gets no return. `unread` are those who get no
    reminder since a file has come, which cannot be read. `unnamed` are files that would have gone with a
    report, which do not say themselves whose they are. `partly` is whether only some were asked for.
    `awaited` are those whose completion has not come, who get no reminder of it.
    """

    folder: Path
    plan: Plan
    kind: MailKind
    messages: tuple[Message, ...] = ()
    unreached: tuple[Unreached, ...] = ()
    missing: tuple[str, ...] = ()
    misplaced: tuple[Misplaced, ...] = ()
    newer: tuple[Path, ...] = ()
    findings: tuple[Finding, ...] = ()
    held: tuple[Held, ...] = ()
    told: tuple[Held, ...] = ()
    old_pdfs: tuple[Path, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    unread: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()
    partly: bool = False
    awaited: tuple[str, ...] = ()

    @property
    def without_address(self) -> tuple[str, ...]:
        """Those whom there is no address for, in words."""
        return tuple(one.whom for one in self.unreached)

    @property
    def nobody(self) -> bool:
        """Whether there is nobody to mail: all have answered, or nothing is to be put right."""
        nothing = not (self.messages or self.unreached or self.missing or self.misplaced)
        return nothing and self.kind not in (MailKind.TEMPLATES, MailKind.REPORTS)

    @property
    def ok(self) -> bool:
        """Whether somebody or nobody was to have mail, all may have theirs, and no finding is an error."""
        some = bool(self.messages or self.nobody)
        without = any(one.named for one in self.unreached)
        return some and not (self.held or self.misplaced or without or has_errors(self.findings))


@dataclass(frozen=True, slots=True)
class Drafted:
    """The drafts of a mailing as written; `removed` are those from before that nobody is to get now.

    `passed_over` are the messages that have gone out already, of which there is no draft.
    """

    mailing: Mailing
    drafts: tuple[tuple[Draft, Written], ...]
    removed: tuple[str, ...] = ()
    passed_over: tuple[Standing, ...] = ()
    kept: "KeptVersions | None" = field(default=None, compare=False)

    @property
    def ok(self) -> bool:
        """Whether there was a draft for each who is to have one, or nobody."""
        return self.mailing.ok


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of each message of a mailing, and the versions that were kept of what was handed out.

    `removed` are the drafts from before of what has been sent, and `withdrawn` those in the mailbox that
    nobody is to get now, with what became of each.
    """

    mailing: Mailing
    delivered: tuple[Delivered, ...]
    kept: "KeptVersions | None" = field(default=None, compare=False)
    removed: tuple[str, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether each message has gone out, now or before."""
        return self.mailing.ok and all(one.arrived for one in self.delivered)
