"""Each result of a step that takes several others, told as it comes."""

from typing import TYPE_CHECKING

from rich.console import Console

from excel_uppsikt.cli.print_files import print_compilation, print_kept, print_returns
from excel_uppsikt.cli.print_reports import print_reports
from excel_uppsikt.cli.print_round import print_outcome, print_review
from excel_uppsikt.rounds.results import (
    CheckedRound,
    CompilationWritten,
    Reports,
    Returns,
    Review,
    StartedOver,
)
from excel_uppsikt.rounds.versions import KeptVersions

if TYPE_CHECKING:
    from excel_uppsikt.rounds.steps import Result


def print_result(out: Console, result: "Result") -> None:
    """The result of a step that takes several others, as it comes."""
    match result:
        case CheckedRound():
            print_outcome(out, result)
        case Returns():
            print_returns(out, result)
        case KeptVersions():
            print_kept(out, result)
        case CompilationWritten():
            print_compilation(out, result)
        case Review():
            print_review(out, result)
        case Reports():
            print_reports(out, result)
        case StartedOver():
            out.print(
                "Sammanställningen sparades under tiden. Den läses en gång till, så att inget av det som du "
                "skrev går förlorat."
            )
