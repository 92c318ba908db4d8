"""Reading filled-in forms of twenty goals with every check of them, against pandas with openpyxl.

`python -m benchmarks.reading` prints both times for each workbook of an inbox and their ratio, with
calamine alone for reference. The program finds each file harmless, reads it, recognises the form, puts
the inbox's rows in one frame, reads them and checks them; pandas only reads the cells. One process; each
is run several times in turn, each time on forms with texts of their own, so that nothing is remembered
of them, and its fastest run counts.

In the table of `python -m benchmarks` each program reads, once and in a process of its own, an inbox of a
round's size: the same sixty forms for all. What a process does only once is then a small part, as it is for
who runs a round.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
from python_calamine import CalamineWorkbook

from benchmarks.forms import RUNS, fastest
from excel_uppsikt.checks import ROW_CHECKS
from excel_uppsikt.form import definition as form
from excel_uppsikt.form.definition import unit_form
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.form.writing import form_workbook
from excel_uppsikt.intake.inbox import collect
from excel_uppsikt.model import Field, Plan, Unit
from excel_uppsikt.round_paths import INBOX
from samples.build import read_toml, sample_plan

ROUND = "ange-2024"
ROWS = 60
TARGET = 11
UNITS = 60


def round_plan() -> Plan:
    """The sample's plan with as many units as a round has: its own, which the rows name, and others."""
    sample = sample_plan(ROUND)
    home = sample.departments[0].name
    others = (Unit(f"Enhet {number}", home) for number in range(len(sample.units) + 1, UNITS + 1))
    return replace(sample, units=(*sample.units, *others))


def filled(plan: Plan, run: int) -> Iterator[tuple[str, bytes]]:
    """Each unit's form by file name, with sixty of the sample's rows spread over its goals.

    Their texts are of this run and unit alone.
    """
    activities = read_toml(f"{ROUND}-aktiviteter")["activity"]
    goals = plan.goals_by_number
    for at, unit in enumerate(plan.units):
        rows: dict[int, list[FormRow]] = {}
        for number in range(ROWS):
            activity = activities[number % len(activities)]
            goal = goals[number % len(goals)].number
            mark = f"({run}:{at}:{number})"
            row = FormRow(
                cells={
                    Field.TITLE: f"{activity['title']} {mark}",
                    Field.UNITS: "; ".join(activity["units"]),
                    Field.START: activity["start"],
                    Field.END: activity["end"],
                    Field.DESCRIPTION: f"{activity['description'].strip()} {mark}",
                    Field.STATUS: activity["status"],
                    Field.COMMENT: f"{activity['comment'].strip()} {mark}",
                }
            )
            rows.setdefault(goal, []).append(row)
        owner = unit_form(plan, unit)
        yield form.file_name(owner), form_workbook(plan, owner, rows)


def by_program(plan: Plan, folder: Path) -> int:
    """How many rows the program reads and checks in a round's inbox."""
    inbox = collect(folder, plan)
    entries = inbox.collection.entries
    for check in ROW_CHECKS:
        for entry in entries:
            list(check(plan, entry))
    assert len(entries) == len(inbox.cells) == ROWS * len(plan.units)
    return len(entries)


def by_pandas(folder: Path) -> int:
    """How many sheets pandas reads in the inbox's files."""
    paths = sorted((folder / INBOX).iterdir())
    return sum(len(pd.read_excel(path, sheet_name=None, engine="openpyxl")) for path in paths)


def by_calamine(folder: Path) -> int:
    """How many rows calamine reads in the inbox's files, without any safety."""
    count = 0
    for path in sorted((folder / INBOX).iterdir()):
        with path.open("rb") as stream:
            book = CalamineWorkbook.from_filelike(stream)
            sheets = (book.get_sheet_by_name(name) for name in book.sheet_names)
            count += sum(len(sheet.to_python(skip_empty_area=False)) for sheet in sheets)
    return count


def on_each(folders: Sequence[Path], program: Callable[[Path], int]) -> Callable[[], int]:
    """A program that takes the next round's folder each time."""
    left = iter(folders)
    return lambda: program(next(left))


def main() -> None:
    """Prints the times and the ratio."""
    plan = sample_plan(ROUND)
    with tempfile.TemporaryDirectory() as folder:
        rounds = [Path(folder) / f"{run}" for run in range(RUNS)]
        for run, made in enumerate(rounds):
            (made / INBOX).mkdir(parents=True)
            for name, data in filled(plan, run):
                (made / INBOX / name).write_bytes(data)
        count = len(plan.units)
        ours, theirs, bare = fastest(
            on_each(rounds, lambda made: by_program(plan, made)),
            on_each(rounds, by_pandas),
            on_each(rounds, by_calamine),
        )
    print(f"{count} forms of {len(plan.goals)} goals, {ROWS} rows each; per form:")
    print(f"excel_uppsikt, with all checks: {1000 * ours / count:7.1f} ms")
    print(f"pandas with openpyxl:           {1000 * theirs / count:7.1f} ms")
    print(f"calamine alone:                 {1000 * bare / count:7.1f} ms")
    print(f"ratio to pandas: {theirs / ours:.1f} (target {TARGET})")


if __name__ == "__main__":
    main()
