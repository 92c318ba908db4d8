"""What each command does: calls its step, has the results printed, returns the exit status.

0 when nothing is wrong, 1 when at least one finding is an error. What cannot be run at all raises
`CannotRunError`, whose text is the one line to show. Each command imports what it needs as it runs, so
that one that reads nothing starts without the libraries of those that do.
"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from excel_uppsikt.cli import print_round
from excel_uppsikt.cli.running import (
    exit_status,
    plan_faults,
    print_all,
    print_decisions,
    results_of,
    writes,
)
from excel_uppsikt.findings.catalogue import CATALOGUE
from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.rounds.results import CheckedRound, Returns, Review

if TYPE_CHECKING:
    from excel_uppsikt.cli.mailing import How
    from excel_uppsikt.rounds.mailed import Mails
    from excel_uppsikt.rounds.standing import Standing
    from excel_uppsikt.rounds.steps import Result
    from excel_uppsikt.sharing import ExecutorFor


def init(folder: Path, *, last: Path | None = None) -> int:
    """Makes a new round's folder, from the last round where it is given, and tells the next steps."""
    from excel_uppsikt.cli.print_new_round import print_new_round
    from excel_uppsikt.rounds.next_round import next_round
    from excel_uppsikt.rounds.workbooks import new_round

    made = new_round(folder) if last is None else next_round(folder, last)
    print_new_round(print_round.console(), made)
    return int(not made.ok)


@writes
def templates(folder: Path, *, per: str = "unit") -> int:
    """Writes the round's forms."""
    from excel_uppsikt.cli import print_files
    from excel_uppsikt.form.round_forms import Per
    from excel_uppsikt.rounds.workbooks import write_forms

    out = print_round.console()
    with plan_faults(out):
        forms = write_forms(folder, Per(per))
    print_files.print_forms(out, forms)
    return int(not forms.ok)


@writes
def completion_forms(folder: Path) -> int:
    """Writes the forms for what was sent back; 1 where there is nothing to ask."""
    from excel_uppsikt.cli import print_completions
    from excel_uppsikt.rounds.workbooks import write_completion_forms

    out = print_round.console()
    with plan_faults(out):
        forms = write_completion_forms(folder)
    print_completions.print_completion_forms(out, forms)
    return int(not forms.ok)


@writes
def check(folder: Path, *, as_json: bool) -> int:
    """Prints the findings, as text or as one JSON object, and writes the returns.

    What was found is printed first, so that it is told also where a return cannot be written.
    """
    from excel_uppsikt.cli import print_files
    from excel_uppsikt.rounds import steps

    out = print_round.console()
    results: list[Result] = []
    for result in results_of(out, lambda progress: steps.check(folder, progress=progress)):
        results.append(result)
        if isinstance(result, CheckedRound):
            if as_json:
                out.print(print_round.as_json(result))
            else:
                print_round.print_read(out, result)
        elif isinstance(result, Returns) and not as_json:
            print_files.print_returns(out, result)
    if not as_json:
        (checked,) = (result for result in results if isinstance(result, CheckedRound))
        print_round.print_closing(out, checked)
    return exit_status(results)


@writes
def merge(folder: Path, *, today: date | None = None) -> int:
    """Writes the compilation."""
    from excel_uppsikt.rounds import steps

    out = print_round.console()
    results = print_all(out, lambda progress: steps.merge(folder, today=today, progress=progress))
    print_decisions(out, results, today)
    out.print(f'Gå igenom den och gör sedan rapporten: uppsikt report "{folder}"')
    return exit_status(results)


@writes
def report(
    folder: Path,
    *,
    department: str | None,
    pdf: bool,
    sources: bool,
    today: date | None = None,
) -> int:
    """Writes reports of what the coordinator has approved; merges first where nothing is merged."""
    from excel_uppsikt.cli.print_results import print_result
    from excel_uppsikt.rounds import steps
    from excel_uppsikt.rounds.results import Extras

    out = print_round.console()
    extras = Extras(pdf, sources)
    results: list[Result] = []
    for result in results_of(
        out,
        lambda progress: steps.report(
            folder, department=department, extras=extras, today=today, progress=progress
        ),
    ):
        results.append(result)
        if isinstance(result, CheckedRound | Review):
            print_round.print_review(out, result)
        else:
            print_result(out, result)
    return exit_status(results)


@writes
def publish(
    folder: Path,
    *,
    department: str | None,
    unfinished: bool = False,
    today: date | None = None,
) -> int:
    """Writes clean copies of the reports; 1 when one is not ready, or there is none."""
    from excel_uppsikt.cli.print_publications import print_publications
    from excel_uppsikt.rounds.publishing import publish as publish_reports

    out = print_round.console()
    with plan_faults(out):
        done = publish_reports(folder, department=department, unfinished=unfinished, today=today)
    print_publications(out, done)
    return int(not done.ok)


@writes
def run(
    folder: Path, *, today: date | None = None, executor_for: "ExecutorFor | None" = None
) -> int:
    """Checks, merges and reports."""
    from excel_uppsikt.rounds import steps

    out = print_round.console()
    results = print_all(
        out,
        lambda progress: steps.run(
            folder, today=today, progress=progress, executor_for=executor_for
        ),
    )
    print_decisions(out, results, today)
    return exit_status(results)


def status(folder: Path, *, as_json: bool = False, today: date | None = None) -> int:
    """Prints who has handed in and who owes what, as text or as one JSON object.

    1 too where it cannot be known what has been mailed, which is told on standard error.
    """
    from excel_uppsikt.cli import print_status
    from excel_uppsikt.rounds.standing_before import standing_before
    from excel_uppsikt.rounds.unmerged import unmerged
    from excel_uppsikt.rounds.versions import clock_day

    out, today = print_round.console(), today or clock_day()
    standing, decided = standing_before(folder), None
    if standing is None:
        standing, decided = _standing_now(out, folder)
    mails = _mails(folder)
    if as_json:
        out.print(print_status.as_json(standing, today, mails or {}))
    else:
        print_status.print_status(out, folder, standing, today, mails or {})
        print_round.print_unmerged(out, folder, unmerged(folder))
        if decided is not None:
            from excel_uppsikt.cli import print_completions

            print_completions.print_decisions(out, decided, today)
    return int(mails is None or not standing.ok)


def _standing_now(out: Console, folder: Path) -> "tuple[Standing, CheckedRound | None]":
    """Where the round stands, and the round itself where anything in it has been decided about.

    That is told by which files lie there as well, so nothing is kept of it.
    """
    from excel_uppsikt.rounds.standing_now import checked_standing

    with plan_faults(out), print_round.reading(out) as progress:
        return checked_standing(folder, progress=progress)


def _mails(folder: Path) -> "dict[str, Mails] | None":
    """What has been mailed to whom; None where that is not known, which is told."""
    from excel_uppsikt.mail.ledger_file import LedgerError
    from excel_uppsikt.rounds.mailed import mails_of

    try:
        return mails_of(folder)
    except LedgerError as error:
        print_round.errors().print(str(error))
        return None


@writes
def mail(
    folder: Path,
    *,
    kind: str,
    how: "How | None" = None,
    only: str | None = None,
    unfinished: bool = False,
) -> int:
    """Shows who is to get what, and makes drafts or sends; 1 when somebody should have mail and does not."""
    from excel_uppsikt.cli import mailing
    from excel_uppsikt.mail.message import MailKind
    from excel_uppsikt.rounds.mailings import mailing_of

    out = print_round.console()
    how = how or mailing.How()
    way = mailing.way_out(how)
    with plan_faults(out):
        with print_round.reading(out) as progress:
            made = mailing_of(
                folder, MailKind(kind), unfinished=unfinished, only=only, progress=progress
            )
        return mailing.mail(out, made, how, way)


@writes
def export(folder: Path, *, kind: str) -> int:
    """Writes activities, rows, findings and coverage as tables."""
    from excel_uppsikt.cli import print_files
    from excel_uppsikt.rounds.tables import TableFormat
    from excel_uppsikt.rounds.tables import export as export_tables

    out = print_round.console()
    with plan_faults(out), print_round.reading(out) as progress:
        tables = export_tables(folder, TableFormat(kind), progress=progress)
    print_files.print_tables(out, tables)
    return int(not tables.ok)


def rules(code: str | None) -> int:
    """Explains one finding code, or all."""
    if code is not None and code.upper() not in CATALOGUE:
        raise CannotRunError(f"Koden {code} finns inte. Skriv uppsikt rules för att se alla.")
    print_round.print_rules(print_round.console(), [code.upper()] if code else list(CATALOGUE))
    return 0
