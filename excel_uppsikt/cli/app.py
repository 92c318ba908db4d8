"""The command line: each command with its help and its own arguments, and the exit status.

What a command does stands in `commands.py`. That is imported by each command as it runs, so that help
and version answer at once, without pandas, python-docx or XlsxWriter.
"""

import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from excel_uppsikt.cli.arguments import (
    Channel,
    FetchBy,
    Format,
    FormPer,
    Mail,
    OneDepartment,
    Output,
    Round,
    Rounds,
    Table,
    Today,
    Unfinished,
)
from excel_uppsikt.cli.cannot import reason
from excel_uppsikt.cli.help import Command, Group
from excel_uppsikt.version import __version__

CANNOT = 2

app = typer.Typer(
    cls=Group,
    help="Från ifyllda Excel-formulär till uppsiktsrapport i Word. En omgång är en mapp med en "
    "plan.xlsx; börja med uppsikt init eller pröva med uppsikt demo.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def main() -> NoReturn:
    """Runs the command line and ends the process with its exit status."""
    _in_utf_8()
    try:
        status = app(prog_name="uppsikt", standalone_mode=False)
    # Typer's errors have moved between libraries from release to release, so they are told by what
    # they are; what is a fault of the program is raised again.
    except Exception as error:
        message = reason(error)
        if message is None:
            raise
        print(message, file=sys.stderr)
        sys.exit(CANNOT)
    sys.exit(status if isinstance(status, int) else 0)


def _in_utf_8() -> None:
    """Starts the process anew in Python's UTF-8 mode, where file names would else be ASCII only.

    So it is with the locale C where Python has been kept from seeing to that itself.
    """
    ascii_only = sys.getfilesystemencoding() == "ascii"
    if ascii_only and sys.executable and os.environ.get("PYTHONUTF8") != "1":
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, sys.orig_argv)  # noqa: S606  the very command it was started by


def _day(given: datetime | None) -> date | None:
    """The day that was given, if any."""
    return given.date() if given else None


def _version(wanted: bool) -> None:
    if wanted:
        print(f"uppsikt {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Visa versionen."),
    ] = False,
) -> None:
    """Options for the program as a whole."""
    del version


@app.command(
    cls=Command,
    help="Gör en ny omgång med en plan att fylla i, tom eller av förra.",
)
def init(
    folder: Round,
    last: Annotated[
        Path | None,
        typer.Option("--from", metavar="FÖRRA", help="Förra omgångens mapp; dess plan följer med."),
    ] = None,
) -> int:
    """Makes a new round; refuses a folder that has one."""
    from excel_uppsikt.cli import commands

    return commands.init(folder, last=last)


@app.command(cls=Command, help="Gör formulären att skicka ut, i mappen mallar.")
def templates(
    folder: Round,
    per: Annotated[
        FormPer, typer.Option(help="unit: ett per enhet och Gemensamt. goal: ett per mål.")
    ] = FormPer.UNIT,
    completion: Annotated[
        bool,
        typer.Option(
            "--completion",
            help="Bara till dem som ska komplettera efter en återremiss, med bara det.",
        ),
    ] = False,
) -> int:
    """Writes the round's forms, or those for what was sent back."""
    from excel_uppsikt.cli import commands

    if completion:
        return commands.completion_forms(folder)
    return commands.templates(folder, per=per.value)


@app.command(cls=Command, help="Visa vad som behöver rättas, och gör returer till enheterna.")
def check(
    folder: Round,
    output: Output = Format.TEXT,
) -> int:
    """Prints the findings, as text or as one JSON object, and writes the returns."""
    from excel_uppsikt.cli import commands

    return commands.check(folder, as_json=output is Format.JSON)


@app.command(
    cls=Command,
    help="Läs inkorgen och gör sammanställningen; dina ändringar behålls.",
)
def merge(folder: Round, today: Today = None) -> int:
    """Writes the compilation."""
    from excel_uppsikt.cli import commands

    return commands.merge(folder, today=_day(today))


@app.command(cls=Command, help="Gör Word-rapporten av sammanställningen.")
def report(
    folder: Round,
    department: OneDepartment = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="Gör en PDF också (med LibreOffice).")] = False,
    sources: Annotated[
        bool, typer.Option("--sources", help="Gör ett exemplar till dig, med källor.")
    ] = False,
    today: Today = None,
) -> int:
    """Writes reports of what the coordinator has approved."""
    from excel_uppsikt.cli import commands

    return commands.report(
        folder, department=department, pdf=pdf, sources=sources, today=_day(today)
    )


@app.command(cls=Command, help="Gör rena kopior av rapporterna, utan spår av vem som skrivit.")
def publish(
    folder: Round,
    department: OneDepartment = None,
    unfinished: Unfinished = False,
    today: Today = None,
) -> int:
    """Writes clean copies of the reports as they lie in the folder."""
    from excel_uppsikt.cli import commands

    return commands.publish(folder, department=department, unfinished=unfinished, today=_day(today))


@app.command(cls=Command, help="Hela vägen: läs, kontrollera, sammanställ och gör rapporterna.")
def run(
    folders: Annotated[
        list[Path],
        typer.Argument(metavar="OMGÅNG", help="Omgångens mapp, flera, eller en mapp med omgångar."),
    ],
    dask: Annotated[
        str | None,
        typer.Option(
            "--dask", metavar="ADRESS", help="Läs filerna med ett Dask-kluster: tcp://server:8786."
        ),
    ] = None,
    today: Today = None,
) -> int:
    """Checks, merges and reports; several rounds in a line each."""
    from excel_uppsikt.cli import many

    return many.run(folders, today=_day(today), dask=dask)


@app.command(cls=Command, help="Visa vilka som har lämnat in och vad varje enhet saknar.")
def status(
    folder: Round,
    output: Output = Format.TEXT,
    today: Today = None,
) -> int:
    """Prints who has handed in and who owes what, as text or as one JSON object."""
    from excel_uppsikt.cli import commands

    return commands.status(folder, as_json=output is Format.JSON, today=_day(today))


@app.command(cls=Command, help="Mejla: visa vem som får vad, och gör utkast eller skicka.")
def mail(
    folder: Round,
    kind: Annotated[
        Mail,
        typer.Argument(
            metavar="VAD",
            help="templates (formulären), reminders (påminnelser till dem som inte har lämnat in eller har "
            "fel kvar), returns (det som ska rättas), receipts (kvitton på det som lämnats in), completions "
            "(det som ska kompletteras efter en återremiss) eller reports (rapporterna).",
        ),
    ],
    channel: Annotated[
        Channel,
        typer.Option(
            help="files: utkast i ut/utskick. smtp: skicka via en e-postserver (med --send). graph: utkast "
            "i Microsoft 365, som skickas med --send."
        ),
    ] = Channel.FILES,
    send: Annotated[bool, typer.Option("--send", help="Skicka, efter en fråga.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Skicka utan att fråga.")] = False,
    only: Annotated[
        str | None,
        typer.Option(metavar="NAMN", help="Bara till en enhet, verksamhet eller mottagare."),
    ] = None,
    test_to: Annotated[
        str | None,
        typer.Option(metavar="ADRESS", help="Prov: allt till den här adressen i stället."),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Även det som redan är skickat till samma person.")
    ] = False,
    unfinished: Unfinished = False,
    today: Today = None,
) -> int:
    """Shows who is to get what, and makes drafts or sends."""
    from excel_uppsikt.cli import commands
    from excel_uppsikt.cli.mailing import How
    from excel_uppsikt.mail.channel import ChannelKind

    how = How(ChannelKind(channel.value), send, yes, test_to, again, _day(today))
    return commands.mail(folder, kind=kind.value, how=how, only=only, unfinished=unfinished)


@app.command(
    cls=Command, help="Hämta formulär ur en brevlåda till inkorgen. Inget ändras i brevlådan."
)
def fetch(
    folder: Round,
    channel: Annotated[
        FetchBy | None,
        typer.Option(
            help="imap, eller graph för Microsoft 365. Annars den som är inställd i mejl.toml."
        ),
    ] = None,
) -> int:
    """Saves each new message with a workbook in the inbox."""
    from excel_uppsikt.cli import fetching

    return fetching.fetch(folder, channel=channel.value if channel else None)


@app.command(cls=Command, help="Skriv tabeller för Excel eller andra program, i ut/tabeller.")
def export(
    folder: Round,
    output: Annotated[
        Table,
        typer.Option("--format", help="csv (öppnas i Excel), parquet eller json."),
    ] = Table.CSV,
) -> int:
    """Writes activities, rows, findings and coverage as tables."""
    from excel_uppsikt.cli import commands

    return commands.export(folder, kind=output.value)


@app.command(cls=Command, help="Spara alla omgångars tabeller i mappen historik.")
def history(folder: Rounds = Path()) -> int:
    """Keeps the tables of every round in a folder."""
    from excel_uppsikt.cli import histories

    return histories.history(folder)


@app.command(cls=Command, help="Jämför omgångarna i historik, i jamforelse.xlsx.")
def compare(folder: Rounds = Path()) -> int:
    """Writes a workbook that compares what is kept."""
    from excel_uppsikt.cli import histories

    return histories.compare(folder)


@app.command(cls=Command, help="Öppna sidan där allt görs i webbläsaren, på den här datorn.")
def web(
    folder: Annotated[
        Path, typer.Argument(metavar="MAPP", help="Mappen där omgångarna ligger.")
    ] = Path(),
    port: Annotated[
        int,
        typer.Option(min=0, max=65535, metavar="NUMMER", help="Port; 0 väljer en ledig."),
    ] = 0,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Visa bara adressen, öppna inte webbläsaren.")
    ] = False,
) -> int:
    """Shows the rounds in a folder in a browser until the coordinator leaves."""
    from excel_uppsikt.web import server

    server.serve(
        folder, port=port, browser=not no_browser, tell=lambda text: print(text, flush=True)
    )
    return 0


@app.command(cls=Command, help="Förklara anmärkningarnas koder, alla eller en.")
def rules(
    code: Annotated[str | None, typer.Argument(metavar="KOD", help="Till exempel R302.")] = None,
) -> int:
    """Explains the finding codes."""
    from excel_uppsikt.cli import commands

    return commands.rules(code)


@app.command(cls=Command, help="Pröva: kör en hel omgång med exempel från början till slut.")
def demo(
    folder: Annotated[Path, typer.Argument(metavar="MAPP", help="Dit exemplet kopieras.")] = Path(
        "demo"
    ),
    year: Annotated[
        bool,
        typer.Option(
            "--year", help="Ett helt år: T1, återremiss, komplettering och T2, i t1 och t2."
        ),
    ] = False,
) -> int:
    """Copies the sample round, or the year's two, and runs it from forms to report."""
    from excel_uppsikt.cli import demos

    return demos.demo_year(folder) if year else demos.demo(folder)
