"""A mailing as made: a message to each person, with the owners' files as they lie in the folder."""

from collections.abc import Sequence
from pathlib import Path

from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.mail.wording import worded
from excel_uppsikt.model import Plan
from excel_uppsikt.rounds.addressed import Owner, address, chosen
from excel_uppsikt.rounds.results import Mailing


def mailing_to(
    folder: Path, plan: Plan, kind: MailKind, owners: Sequence[Owner], only: str | None
) -> Mailing:
    """A message to each person, with the owners' files as they lie in the folder."""
    addressed = address(folder, plan, kind, owners)
    files = [folder / file for owner in owners for file in owner.files]
    beside = [path.with_stem(f"{path.stem} (ny)") for path in dict.fromkeys(files)]
    letters, unreached = chosen(plan, addressed, only)
    return Mailing(
        folder,
        plan,
        kind,
        messages=tuple(worded(plan, one) for one in letters),
        unreached=unreached,
        missing=addressed.missing,
        misplaced=addressed.misplaced,
        newer=tuple(path for path in beside if path.is_file()),
    )
