"""Reading filled-in forms of twenty goals with every check of them, against pandas with openpyxl.

`python -m benchmarks.reading` prints both times for each workbook and their ratio, with calamine
alone for reference. The program finds each file harmless, reads it, recognises the form, reads its
rows and checks them; pandas only reads the cells. One process; each is run several times in turn
and its fastest run counts.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from python_calamine import CalamineWorkbook

from benchmarks.forms import fastest
from excel_uppsikt import form
from excel_uppsikt.checks import CHECKS
from excel_uppsikt.checks.units import unit_rule
from excel_uppsikt.form import FormRow, unit_form
from excel_uppsikt.form_writing import form_workbook
from excel_uppsikt.model import Collection, Plan
from excel_uppsikt.office.reading import read_workbook
from excel_uppsikt.submission import read_submission
from samples.build import read_toml, sample_plan

ROUND = "ange-2024"
ROWS = 60
TARGET = 12
ROW_CHECKS = tuple(check for check in CHECKS if check is not unit_rule)


def filled(plan: Plan) -> Iterator[tuple[str, bytes]]:
    """Each unit's form by file name, with sixty of the sample's rows spread over its goals."""
    activities = read_toml(f"{ROUND}-aktiviteter")["activity"]
    goals = plan.goals_by_number
    for unit in plan.units:
        rows: dict[int, list[FormRow]] = {}
        for number in range(ROWS):
            activity = activities[number % len(activities)]
            goal = goals[number % len(goals)].number
            row = FormRow(
                title=f"{activity['title']} ({number})",
                units="; ".join(activity["units"]),
                start=activity["start"],
                end=activity["end"],
                description=activity["description"].strip(),
                status=activity["status"],
                comment=activity["comment"].strip(),
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


def main() -> None:
    """Prints the times and the ratio."""
    plan = sample_plan(ROUND)
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, data in filled(plan):
            paths.append(Path(folder) / name)
            paths[-1].write_bytes(data)
        assert all(by_program(plan, path) == ROWS for path in paths)
        ours, theirs, bare = fastest(
            lambda: [by_program(plan, path) for path in paths],
            lambda: [by_pandas(path) for path in paths],
            lambda: [by_calamine(path) for path in paths],
        )
    count = len(paths)
    print(f"{count} forms of {len(plan.goals)} goals, {ROWS} rows each; per form:")
    print(f"excel_uppsikt, with all checks: {1000 * ours / count:7.1f} ms")
    print(f"pandas with openpyxl:           {1000 * theirs / count:7.1f} ms")
    print(f"calamine alone:                 {1000 * bare / count:7.1f} ms")
    print(f"ratio to pandas: {theirs / ours:.1f} (target {TARGET})")


if __name__ == "__main__":
    main()
