"""`uppsikt run`: a round as always, or several of them in a line each."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path

from rich.console import Console

from excel_uppsikt.cli import commands, print_round
from excel_uppsikt.language.text import counted, listed
from excel_uppsikt.rounds.cluster import cluster
from excel_uppsikt.rounds.many import WORTH_RUNNING, rounds_in, run_rounds
from excel_uppsikt.rounds.results.many import CANNOT, RoundRun
from excel_uppsikt.rounds.workers import processes
from excel_uppsikt.sharing import in_this_process


def run(folders: Sequence[Path], *, today: date | None = None, dask: str | None = None) -> int:
    """Runs a round, or several: all that are given, and all that lie in a folder that is none itself.

    The exit status is the worst of theirs.
    """
    found = [one for folder in folders for one in rounds_in(folder) or (folder,)]
    with cluster(dask) if dask else nullcontext(None) as opened_by:
        if found == list(folders) and len(found) == 1:
            return commands.run(found[0], today=today, executor_for=opened_by)
        out, status, runs = print_round.console(), 0, list[RoundRun]()
        with processes(WORTH_RUNNING) if opened_by is None else nullcontext(in_this_process) as by:
            for one in run_rounds(found, today=today, executor_for=by, opened_by=opened_by):
                runs.append(one)
                print_run(out, one)
                status = max(status, one.status)
    print_runs(out, runs)
    return status


def print_run(out: Console, run: RoundRun) -> None:
    """What came of a round, in a line."""
    if run.fault:
        print_round.errors().print(run.fault)
    if run.status == CANNOT:
        out.print(f"{run.folder}: {run.told}")
        return
    made = [
        "sammanställningen" if run.compiled else "",
        counted(run.reports, "rapport", "rapporter") if run.reports else "",
        counted(run.returns, "retur", "returer") if run.returns else "",
    ]
    beside = f" {counted(run.beside, 'fil', 'filer')} lades bredvid en som har ändrats för hand."
    wrote = f" Skrev {listed(list(filter(None, made)))}.{beside if run.beside else ''}"
    out.print(f"{run.folder}: {run.found}.{wrote}")


def print_runs(out: Console, runs: Sequence[RoundRun]) -> None:
    """How many rounds were run, and how it went."""
    faulty, not_run = (sum(one.status == status for one in runs) for status in (1, CANNOT))
    told = [
        counted(len(runs) - faulty - not_run, "utan fel", "utan fel"),
        counted(faulty, "med fel", "med fel"),
        counted(not_run, "kunde inte köras", "kunde inte köras"),
    ]
    out.print(f"{counted(len(runs), 'omgång', 'omgångar')}: {listed(told)}.")
    if faulty:
        out.print("Se felen i en omgång: uppsikt check OMGÅNG")
    if not_run:
        out.print("Raden om en omgång som inte kunde köras säger varför. Rätta det och kör igen.")
