"""Reading filled-in forms of twenty goals with every check of them, against pandas with openpyxl.

`python -m benchmarks.reading` prints both times for each workbook and their ratio, with calamine
alone for reference. The program finds each file harmless, reads it, recognises the form, reads its
rows and checks them; pandas only reads the cells. One process; each is run several times in turn,
each time on forms with texts of their own, so that nothing is remembered of them, and its fastest
run counts.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pandas as pd
from python_calamine import CalamineWorkbook

from benchmarks.forms import RUNS, fastest
from excel_uppsikt.checks import CHECKS
from excel_uppsikt.checks.units import unit_rule
from excel_uppsikt.excel.reading import read_workbook
from excel_uppsikt.form import definition as form
from excel_uppsikt.form.definition import FormRow, unit_form
from excel_uppsikt.form.writing import form_workbook
from excel_uppsikt.intake.submission import read_submission
from excel_uppsikt.model import Collection, Plan
from samples.build import read_toml, sample_plan

ROUND = "ange-2024"
ROWS = 60
TARGET = 12
ROW_CHECKS = tuple(check for check in CHECKS if check is not unit_rule)


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
                title=f"{activity['title']} {mark}",
                units="; ".join(activity["units"]),
                start=activity["start"],
                end=activity["end"],
                description=f"{activity['description'].strip()} {mark}",
                status=activity["status"],
                comment=f"{activity['comment'].strip()} {mark}",
            )
            rows.setdefault(goal, []).append(row)
        owner = unit_form(plan, unit)
        yield form.file_name(owner), form_workbook(plan, owner, rows)


def by_program(plan: Plan, path: Path) -> int:
    """How many rows the program reads and checks in a file."""
    submission, _ = read_submission(plan, path.name, read_workbook(path))
    assert submission is not None
    collection = Collection((submission,))
    for check in ROW_CHECKS:
        list(check(plan, collection, ()))
    assert len(submission.entries) == ROWS
    return len(submission.entries)


def by_pandas(path: Path) -> int:
    """How many sheets pandas reads in a file."""
    return len(pd.read_excel(path, sheet_name=None, engine="openpyxl"))


def by_calamine(path: Path) -> int:
    """How many rows calamine reads in a file, without any safety."""
    with path.open("rb") as stream:
        book = CalamineWorkbook.from_filelike(stream)
        sheets = (book.get_sheet_by_name(name) for name in book.sheet_names)
        return sum(len(sheet.to_python(skip_empty_area=False)) for sheet in sheets)


def on_each(batches: Sequence[Sequence[Path]], program: Callable[[Path], int]) -> Callable[[], int]:
    """A program that takes the next batch of files each time."""
    left = iter(batches)
    return lambda: sum(map(program, next(left)))


def main() -> None:
    """Prints the times and the ratio."""
    plan = sample_plan(ROUND)
    with tempfile.TemporaryDirectory() as folder:
        batches = []
        for run in range(RUNS):
            paths = [(Path(folder) / f"{run}" / name, data) for name, data in filled(plan, run)]
            paths[0][0].parent.mkdir()
            for path, data in paths:
                path.write_bytes(data)
            batches.append([path for path, _ in paths])
        count = len(plan.units)
        ours, theirs, bare = fastest(
            on_each(batches, lambda path: by_program(plan, path)),
            on_each(batches, by_pandas),
            on_each(batches, by_calamine),
        )
    print(f"{count} forms of {len(plan.goals)} goals, {ROWS} rows each; per form:")
    print(f"excel_uppsikt, with all checks: {1000 * ours / count:7.1f} ms")
    print(f"pandas with openpyxl:           {1000 * theirs / count:7.1f} ms")
    print(f"calamine alone:                 {1000 * bare / count:7.1f} ms")
    print(f"ratio to pandas: {theirs / ours:.1f} (target {TARGET})")


if __name__ == "__main__":
    main()
