"""The mails that have gone out in a round, word by word: from the ledger, and the drafts that lie there."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from excel_uppsikt.intake.attachments import LONGEST_DRAFT, draft_in
from excel_uppsikt.intake.sent_mails import SentMail, SentMails
from excel_uppsikt.mail.ledger import kept_texts
from excel_uppsikt.round_paths import LEDGER, MAILINGS


def sent_mails(folder: Path) -> SentMails:
    """The round's mails, read when they are asked for. What cannot be read is as if it were not there."""
    return SentMails(partial(_read, folder))


def _read(folder: Path) -> Iterator[SentMail]:
    for email, text in kept_texts(folder / LEDGER):
        yield SentMail(email, text)
    # Somebody may have written in a draft before it was sent from there.
    for path in sorted((folder / MAILINGS).glob("*.eml")):
        try:
            with path.open("rb") as draft:
                email, text = draft_in(draft.read(LONGEST_DRAFT))
        except OSError:
            continue
        if text:
            yield SentMail(email, text)
