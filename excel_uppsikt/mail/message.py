"""What is mailed: a message to one recipient, the same through whichever channel it goes."""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from excel_uppsikt.model import Department

# What office programs write anew each time a file is saved: when, by whom, and how long it took.
_CHANGES_BY_ITSELF = "docprops/"


class MailKind(StrEnum):
    """What is mailed, by its name on the command line."""

    TEMPLATES = "templates"
    REMINDERS = "reminders"
    RETURNS = "returns"
    RECEIPTS = "receipts"
    COMPLETIONS = "completions"
    REPORTS = "reports"


@dataclass(frozen=True)
class Attachment:
    """A file to attach, byte for byte. `owner` is whom it belongs to, in words."""

    name: str
    data: bytes = field(repr=False)
    owner: str = ""

    @cached_property
    def says(self) -> bytes:
        """A mark of its name and content, which for a large one takes time to work out."""
        return self.name.encode("utf-8", "replace") + b"\0" + _what_it_says(self.data)


@dataclass(frozen=True, slots=True)
class Letter:
    """What one recipient is to get, before it is worded. `owners` are those whom it concerns, in words.

    `facts` fill in placeholders that are this recipient's own, of which those `needed` must stand in the
    text for it to be true. Sentences of it that are `untrue` of them are left out, and `why` says why it is
    mailed.
    """

    kind: MailKind
    name: str
    email: str
    owners: tuple[str, ...]
    attachments: tuple[Attachment, ...]
    departments: tuple[Department, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    needed: tuple[str, ...] = ()
    untrue: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A message to one recipient, in words. `owners` and `departments` are those whom it concerns.

    `unfilled` are placeholders in subject or text that the plan gives nothing for, `round` is a mark of the
    round, and `unmarked` its subject and text without what they are filed by, as period and reference.
    With `test_to` it goes there instead of to its recipient.
    """

    kind: MailKind
    name: str
    email: str
    subject: str
    text: str
    attachments: tuple[Attachment, ...]
    owners: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    why: str = ""
    sender: str = ""
    sender_email: str = ""
    unfilled: tuple[str, ...] = ()
    test_to: str = ""
    round: str = ""
    unmarked: str = ""

    @property
    def to(self) -> str:
        """The address it goes to."""
        return self.test_to or self.email

    @property
    def attached(self) -> tuple[str, ...]:
        """The names of what is attached."""
        return tuple(attachment.name for attachment in self.attachments)

    @property
    def content(self) -> str:
        """A mark of what is said and attached; the same where nothing but dates of saving differ."""
        return self._mark(self.subject, self.text)

    @property
    def identity(self) -> str:
        """A mark of what its recipient is told: the same too where only what it is filed by differs."""
        return self._mark(self.unmarked or f"{self.subject}\n{self.text}")

    def _mark(self, *words: str) -> str:
        digest = hashlib.sha256()
        for said in (self.kind, *words):
            digest.update(said.encode("utf-8", "replace") + b"\0")
        for attachment in self.attachments:
            digest.update(attachment.says)
        return digest.hexdigest()


def of_different_rounds(mark: str, other: str) -> bool:
    """Whether two marks are of different rounds, with neither name nor day the same; not where one is ''."""
    (name, _, day), (other_name, _, other_day) = mark.rpartition("|"), other.rpartition("|")
    return bool(mark and other) and name != other_name and day != other_day


def _what_it_says(data: bytes) -> bytes:
    """A mark of a file's content; of an office file without what changes each time it is saved."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            told = sorted(
                (part.filename, part.CRC, part.file_size)
                for part in parts.infolist()
                if not part.filename.lower().startswith(_CHANGES_BY_ITSELF)
            )
    except (zipfile.BadZipFile, ValueError, OSError):
        return hashlib.sha256(data).digest()
    return hashlib.sha256(repr(told).encode()).digest()
