"""`uppsikt demo`: the sample round, or the sample year, from forms to report."""

from pathlib import Path

from excel_uppsikt.cli import print_round
from excel_uppsikt.cli.commands import run, templates


def demo(folder: Path) -> int:
    """Copies the sample round and runs it from forms to report."""
    from excel_uppsikt.rounds import steps

    out = print_round.console()
    out.print(f"Exempelomgången ligger i {steps.copy_sample(folder)}\n")
    templates(folder)
    out.print()
    return run(folder)


def demo_year(folder: Path) -> int:
    """Runs the sample year, the people's part of it too, and tells where to look."""
    from excel_uppsikt.cli import print_files
    from excel_uppsikt.rounds import sample_year

    out = print_round.console()
    for told in sample_year.run_year(folder):
        print_files.print_year(out, told)
    return 0
