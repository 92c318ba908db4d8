"""Mail drafts: one .eml for each recipient, opened, read through and sent from Outlook by hand."""

import hashlib
import mimetypes
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from enum import StrEnum

from excel_uppsikt.language.file_names import TakenNames, safe_file_name
from excel_uppsikt.language.text import clean
from excel_uppsikt.model import Department, Plan, Recipient
from excel_uppsikt.plan import texts
from excel_uppsikt.plan.default_texts import (
    MAIL_COMPLETIONS,
    MAIL_REMINDERS,
    MAIL_REPORTS,
    MAIL_RETURNS,
    MAIL_TEMPLATES,
)

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)
_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII | re.IGNORECASE)


class MailKind(StrEnum):
    """What is mailed, by its name on the command line."""

    TEMPLATES = "templates"
    REMINDERS = "reminders"
    RETURNS = "returns"
    COMPLETIONS = "completions"
    REPORTS = "reports"


# The section of the plan's Texter that holds each mail, and how its drafts are named.
SECTIONS = {
    MailKind.TEMPLATES: MAIL_TEMPLATES,
    MailKind.REMINDERS: MAIL_REMINDERS,
    MailKind.RETURNS: MAIL_RETURNS,
    MailKind.COMPLETIONS: MAIL_COMPLETIONS,
    MailKind.REPORTS: MAIL_REPORTS,
}
_NAMES = {
    MailKind.TEMPLATES: "Formulär",
    MailKind.REMINDERS: "Påminnelse",
    MailKind.RETURNS: "Retur",
    MailKind.COMPLETIONS: "Komplettering",
    MailKind.REPORTS: "Rapport",
}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to attach, byte for byte."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """What one recipient is to get. `addressee` names whom it concerns when nobody is named."""

    kind: MailKind
    name: str
    email: str
    addressee: str
    attachments: tuple[Attachment, ...]
    department: Department | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft ready to be written: its file name, whom it is to, its subject, what is attached.

    `unfilled` are placeholders in subject or text that the plan gives nothing for.
    """

    file: str
    to: str
    subject: str
    attached: tuple[str, ...]
    unfilled: tuple[str, ...]
    data: bytes
    department: str | None = None


def addresses(written: str) -> tuple[str, ...]:
    """The addresses in a plan's cell, each once, one for each draft."""
    return tuple(dict.fromkeys(part for part in re.split(r"[;,\s]+", written) if part))


def usable(email: str) -> bool:
    """Whether mail programs take the address; letters beyond a to z stand in its domain only."""
    local, _, domain = email.rpartition("@")
    return bool(_LOCAL.fullmatch(local) and _DOMAIN.fullmatch(_ascii(domain)))


def beginning(kind: MailKind) -> str:
    """How the names of a kind's drafts begin, and no other's."""
    return f"{_NAMES[kind]} "


def drafts(plan: Plan, letters: Sequence[Letter]) -> tuple[Draft, ...]:
    """The letters as drafts, with file names of their own each."""
    made: list[Draft] = []
    names = TakenNames(str.casefold)
    for letter in letters:
        stem = safe_file_name(f"{beginning(letter.kind)}{letter.addressee} {letter.name}")
        made.append(_draft(plan, letter, names.own(f"{stem}.eml")))
    return tuple(made)


def _draft(plan: Plan, letter: Letter, file: str) -> Draft:
    text = texts.section(plan, SECTIONS[letter.kind])
    recipient = Recipient(
        letter.department.name if letter.department else "", letter.name, letter.email
    )

    def filled(template: str) -> str:
        return texts.fill(
            plan,
            template,
            department=letter.department,
            owner=letter.addressee,
            recipient=recipient,
        )

    subject, words = " ".join(clean(filled(text.heading)).split()), clean(filled(text.text))
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    # Outlook opens a message with this header as a draft to be sent. The sender, the date and the
    # Message-ID are its to set.
    message["X-Unsent"] = "1"
    message["Subject"] = subject
    if usable(plan.settings.sender_email):
        message["Reply-To"] = _address(plan.settings.sender, plan.settings.sender_email)
    message["To"] = _address(letter.name, letter.email)
    message.set_content(words + "\n", cte="quoted-printable")
    for attachment in letter.attachments:
        maintype, subtype = _type(attachment.name).split("/")
        message.add_attachment(
            attachment.data, maintype=maintype, subtype=subtype, filename=attachment.name
        )
    if message.is_multipart():
        # A boundary of its own choice would be drawn at random and make every run differ.
        message.set_boundary(f"uppsikt-{_digest(letter, subject)}")
    attached = tuple(attachment.name for attachment in letter.attachments)
    lacking = texts.unfilled(f"{subject}\n{words}")
    of = letter.department.name if letter.department else None
    return Draft(file, letter.email, subject, attached, lacking, message.as_bytes(), of)


def _address(name: str, email: str) -> Address:
    """One address, its domain in the form that mail servers take."""
    local, _, domain = email.rpartition("@")
    return Address(
        display_name=" ".join(clean(name).split()), username=local, domain=_ascii(domain)
    )


def _ascii(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain


def _type(name: str) -> str:
    known = {".xlsx": _XLSX, ".docx": _DOCX}
    ending = name[name.rfind(".") :].lower()
    return known.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def _digest(letter: Letter, subject: str) -> str:
    digest = hashlib.sha256(f"{letter.email}\0{subject}".encode())
    for attachment in letter.attachments:
        digest.update(attachment.data)
    return digest.hexdigest()[:24]
