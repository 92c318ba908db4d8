"""Messages worded by the plan's texts: subject and text, with what is the recipient's own filled in."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from excel_uppsikt.language.text import clean, fold, listed
from excel_uppsikt.mail.message import Letter, MailKind, Message, of_different_rounds
from excel_uppsikt.model import Plan, Recipient, Text
from excel_uppsikt.plan import texts
from excel_uppsikt.plan.default_texts import (
    MAIL_COMPLETIONS,
    MAIL_RECEIPTS,
    MAIL_REMINDERS,
    MAIL_REPORTS,
    MAIL_RETURNS,
    MAIL_TEMPLATES,
)

# Where what would have been filled in was nothing.
_GAP = re.compile(r"\n(?:[ \t]*\n){2,}")
# The section of the plan's Texter that holds each mail.
SECTIONS = {
    MailKind.TEMPLATES: MAIL_TEMPLATES,
    MailKind.REMINDERS: MAIL_REMINDERS,
    MailKind.RETURNS: MAIL_RETURNS,
    MailKind.RECEIPTS: MAIL_RECEIPTS,
    MailKind.COMPLETIONS: MAIL_COMPLETIONS,
    MailKind.REPORTS: MAIL_REPORTS,
}
# What a mail is filed by. Where only that is written otherwise there is nothing new in it for its reader.
_MARKS = ("period", "diarienummer")
_MARKS_OF_SUBJECT = (*_MARKS, "verksamhet")


def worded(plan: Plan, letter: Letter) -> Message:
    """The letter in words. Its subject names department, period and reference where the plan has them."""
    whole = texts.section(plan, SECTIONS[letter.kind], letter.needed)
    text = replace(whole, text=texts.without(whole.text, letter.untrue))
    departments = tuple(department.name for department in letter.departments)

    def filled(template: str, more: Mapping[str, str] = letter.facts) -> str:
        return texts.fill(
            plan,
            template,
            departments=letter.departments,
            owner=listed(letter.owners),
            recipient=Recipient("", letter.name, letter.email),
            more=more,
        )

    subject = " ".join(clean(filled(text.heading)).split())
    return Message(
        kind=letter.kind,
        name=letter.name,
        email=letter.email,
        subject=_with_marks(plan, subject, departments),
        text=_GAP.sub("\n\n", clean(filled(text.text))),
        attachments=letter.attachments,
        owners=letter.owners,
        departments=departments,
        why=letter.why,
        sender=plan.settings.sender,
        sender_email=plan.settings.sender_email,
        unfilled=_unfilled(text, filled),
        round=round_mark(plan),
        # What has been sent is the same mail once its day has passed.
        unmarked=_unmarked(plan, whole, letter.facts, filled),
    )


def _unmarked(
    plan: Plan,
    text: Text,
    facts: Mapping[str, str],
    filled: Callable[[str, Mapping[str, str]], str],
) -> str:
    """Subject and text with nothing where they say period and reference, and the subject's department."""
    known = "|".join(re.escape(p) for p in (plan.settings.period, plan.settings.reference) if p)
    said = re.compile(rf"(?<!\w)(?:{known})(?!\w)") if known else None
    plain = {name: said.sub("", fact) if said else fact for name, fact in facts.items()}
    heading = filled(text.heading, {**plain, **dict.fromkeys(_MARKS_OF_SUBJECT, "")})
    return clean(f"{heading}\n{filled(text.text, {**plain, **dict.fromkeys(_MARKS, '')})}")


def round_mark(plan: Plan) -> str:
    """What a round is known by: its name and its day, of which a coordinator may correct one."""
    settings = plan.settings
    return f"{settings.round_name}|{settings.cutoff or ''}"


def is_another_round(mark: str, plan: Plan) -> bool:
    """Whether a mark is another round's than the plan's."""
    return of_different_rounds(mark, round_mark(plan))


def _with_marks(plan: Plan, subject: str, departments: tuple[str, ...]) -> str:
    """The subject with what it is filed by, where the plan's own words do not say it."""
    settings = plan.settings
    unsaid = [name for name in departments if not _says(subject, name)]
    subject = ", ".join(filter(None, (subject, listed(unsaid))))
    if not _says(subject, settings.period):
        subject = f"{subject}, {settings.period} {settings.year}"
    if settings.reference and not _says(subject, settings.reference):
        subject = f"{subject} (dnr {settings.reference})"
    return " ".join(clean(subject).split())


def _says(subject: str, name: str) -> bool:
    """Whether a name stands in a subject, not only within another word, as in "Barn- och ungdomsskolan"."""
    return re.search(rf"(?<!\w){re.escape(fold(name))}(?!\w|-\s)", fold(subject)) is not None


def _unfilled(text: Text, filled: Callable[[str], str]) -> tuple[str, ...]:
    """The placeholders that stay as they are; a name that is filled in may hold braces of its own."""
    marks = texts.unfilled(f"{text.heading}\n{text.text}")
    return tuple(mark for mark in marks if filled(mark) == mark)
