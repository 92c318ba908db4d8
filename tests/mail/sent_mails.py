"""Whom a mailing reached, and what the ledger says of it."""

from pathlib import Path

from excel_uppsikt.mail.ledger import State, read_ledger
from tests.mail.servers import Mailbox

SMTP = ("--channel", "smtp", "--send")
TO_ALL = ["orjan", "asa", "bo", "eva", "chef", "rektor"]


def to(box: Mailbox) -> list[str]:
    """Who the server has taken mail to, in order."""
    return [name.partition("@")[0] for one in box.received for name in one.recipients]


def states(folder: Path) -> list[tuple[str, State]]:
    """Each row of the ledger: to whom, and its state."""
    rows = read_ledger(folder / "ut/utskick.sqlite")
    return [(row.email.partition("@")[0].lower(), row.state) for row in rows]
