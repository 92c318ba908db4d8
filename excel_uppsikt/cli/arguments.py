"""What commands take: arguments that several share, and the names that options choose among."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

Round = Annotated[Path, typer.Argument(metavar="OMGÅNG", help="Omgångens mapp.")]
Rounds = Annotated[Path, typer.Argument(metavar="MAPP", help="Mappen där omgångarna ligger.")]
OneDepartment = Annotated[
    str | None, typer.Option(metavar="NAMN", help="Bara den här verksamhetens rapport.")
]
Today = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"],
        metavar="DATUM",
        show_default=False,
        help="Räkna som om det vore den dagen (år-månad-dag). Annars gäller dagens datum.",
    ),
]
Unfinished = Annotated[
    bool,
    typer.Option(
        "--unfinished",
        help="Även rapporter där något är kvar att fylla i, eller som är äldre än sammanställningen.",
    ),
]


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"


Output = Annotated[Format, typer.Option("--format", help="text eller json.")]


class Table(StrEnum):
    """What tables are written as; the same names as in `rounds/tables.py`."""

    CSV = "csv"
    PARQUET = "parquet"
    JSON = "json"


class FetchBy(StrEnum):
    """How a mailbox is reached; the same names as in `rounds/fetch_channel.py`."""

    IMAP = "imap"
    GRAPH = "graph"


class FormPer(StrEnum):
    """What there is one form for; the same names as in `form/round_forms.py`."""

    UNIT = "unit"
    GOAL = "goal"


class Mail(StrEnum):
    """What is mailed; the same names as in `mail/message.py`."""

    TEMPLATES = "templates"
    REMINDERS = "reminders"
    RETURNS = "returns"
    RECEIPTS = "receipts"
    COMPLETIONS = "completions"
    REPORTS = "reports"


class Channel(StrEnum):
    """How mail goes out; the same names as in `mail/channel.py`."""

    FILES = "files"
    SMTP = "smtp"
    GRAPH = "graph"
