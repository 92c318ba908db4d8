"""What commands have in common as they run: the round held, results printed, faults of the plan told."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import wraps
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from rich.console import Console

from excel_uppsikt.cli import print_round
from excel_uppsikt.rounds.lock import Holder, holding
from excel_uppsikt.rounds.results import CheckedRound, UnusablePlanError

if TYPE_CHECKING:
    from excel_uppsikt.rounds.checking import Progress
    from excel_uppsikt.rounds.steps import Result

Given = ParamSpec("Given")


def writes(
    command: Callable[Concatenate[Path, Given], int],
) -> Callable[Concatenate[Path, Given], int]:
    """The command that holds its round while it runs, so that no other writes in it."""

    @wraps(command)
    def held(folder: Path, /, *args: Given.args, **options: Given.kwargs) -> int:
        with holding(folder, Holder.TERMINAL, f"uppsikt {command.__name__}"):
            return command(folder, *args, **options)

    return held


def print_decisions(out: Console, results: "list[Result]", today: date | None) -> None:
    """How the reports stand after the committees' decisions, by the round as it was last checked."""
    from excel_uppsikt.cli import print_completions

    checked = [result for result in results if isinstance(result, CheckedRound)]
    for one in checked[-1:]:
        print_completions.print_decisions(out, one, today)


def exit_status(results: "list[Result]") -> int:
    """0 where no result of a step says that something is wrong, else 1."""
    return int(not all(result.ok for result in results))


def print_all(out: Console, make: "Callable[[Progress], Iterator[Result]]") -> "list[Result]":
    """Prints each result as it comes, and gives them all."""
    from excel_uppsikt.cli.print_results import print_result

    results: list[Result] = []
    for result in results_of(out, make):
        print_result(out, result)
        results.append(result)
    return results


def results_of(out: Console, make: "Callable[[Progress], Iterator[Result]]") -> "Iterator[Result]":
    """A step's results, with what is being read shown until the first of them is there."""
    with plan_faults(out):
        with print_round.reading(out) as progress:
            results = make(progress)
            first = next(results)
        yield from chain((first,), results)


@contextmanager
def plan_faults(out: Console) -> Iterator[None]:
    """Tells what is wrong in a plan that cannot be used."""
    try:
        yield
    except UnusablePlanError as error:
        print_round.print_findings(out, error.findings)
        raise
