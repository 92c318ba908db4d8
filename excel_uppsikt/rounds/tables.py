"""The round as tables: for those who know pandas, and as files in ut/tabeller/."""

import io
import json
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

from excel_uppsikt import figures, frames
from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.intake.table import inbox_table
from excel_uppsikt.round_paths import TABLES
from excel_uppsikt.rounds.checking import Progress, check_round, no_progress
from excel_uppsikt.rounds.outputs import Outputs
from excel_uppsikt.rounds.results import CheckedRound, Tables

# What a spreadsheet takes for the beginning of a formula when it opens a .csv file.
_FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")


class TableFormat(StrEnum):
    """What the tables are written as, by its name on the command line."""

    CSV = "csv"
    PARQUET = "parquet"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Round:
    """A round read, checked and merged, as DataFrames. Nothing is written.

    Texts are `string`, dates `datetime64[s]`, numbers `Int64`, yes and no `boolean`; what is missing is NA.
    """

    checked: CheckedRound

    def cells(self) -> pd.DataFrame:
        """A row for each row of each received form, used or not, with its raw cells.

        Columns: file, sheet, row, goal, id; then title, units, start, end, description, status and
        comment as they stood in the cells (object): text, numbers, dates, `''` for blank.
        """
        inbox = self.checked.inbox
        return frames.cells(inbox_table(()) if inbox is None else inbox.cells)

    def entries(self) -> pd.DataFrame:
        """A row for each row of the forms in use, read.

        Columns: file, sheet, row, unit (whose form it is), department, goal, id, title, units (names
        joined by `; `, blank for the whole department), start, end, description, status, comment.
        """
        return frames.entries(self.checked.collection.submissions)

    def activities(self) -> pd.DataFrame:
        """A row for each activity of the compilation, merged and with the coordinator's edits.

        Columns: id, goal, area, department, title, units, start, end, description, status, stage,
        deviation, comment, included (whether it is in the report), last_reported (the period, where that
        is not this round's).
        """
        return frames.activities(self.checked.compilation.lines)

    def findings(self) -> pd.DataFrame:
        """A row for each finding, in order.

        Columns: code, severity, message, file, sheet, cell, value, row, column.
        """
        return frames.findings(self.checked.findings)

    def coverage(self) -> pd.DataFrame:
        """How many activities of the report each goal has in each unit.

        Columns: number and goal, one (int64) for each unit by its name, `Hela verksamheten`, `Utan enhet`
        where there are such, and `Summa`, in which an activity of several units counts once.
        """
        plan = self.checked.plan
        counts = figures.coverage(plan, self.checked.compilation.approved)
        texts = {goal.number: goal.text for goal in plan.goals}
        goals = pd.Series([texts[number] for number in counts.index], dtype="string")
        table = counts.rename_axis(index="number", columns=None).reset_index()
        table.insert(1, "goal", goals)
        return table


def read_round(
    folder: str | Path,
    *,
    progress: Progress = no_progress,
    keep: bool = False,
    executor: Executor | None = None,
) -> Round:
    """The round in a folder, with its inbox and its compilation as they lie there.

    Its unread files are opened by the workers of the executor, with the same result, or in this process.
    Raises `CannotRunError`, whose text says in Swedish what to do, for a plan or a compilation that cannot
    be used.
    """
    return Round(
        check_round(Path(folder), progress=progress, keep=keep, executor_for=lambda _: executor)
    )


def export(
    folder: Path, kind: TableFormat = TableFormat.CSV, *, progress: Progress = no_progress
) -> Tables:
    """Writes the round's activities, rows, findings and coverage as files in ut/tabeller/.

    Raises `CannotRunError` where the format needs a library that is not installed.
    """
    _check_installed(kind)
    read = Round(check_round(folder, progress=progress))
    tables: Mapping[str, pd.DataFrame] = {
        "aktiviteter": read.activities(),
        "rader": read.entries(),
        "anmarkningar": read.findings(),
        "tackning": read.coverage(),
    }
    outputs = Outputs(folder)
    written = tuple(
        outputs.write(f"{TABLES}/{name}.{kind.value}", _WRITERS[kind](table))
        for name, table in tables.items()
    )
    return Tables(folder, written, read.checked.findings)


def _check_installed(kind: TableFormat) -> None:
    # An extra, since it is larger than all the rest together.
    if kind is TableFormat.PARQUET and find_spec("pyarrow") is None:
        raise CannotRunError(
            "Formatet parquet kräver ett tillägg. Installera det med: "
            'pip install "excel-uppsikt[parquet]". Eller välj --format csv.'
        )


def _csv(table: pd.DataFrame) -> bytes:
    """The table as Swedish Excel opens it: UTF-8 with its mark, semicolons, no text as a formula."""
    shown = table.copy()
    for name in shown.columns:
        if shown[name].dtype == "boolean":
            shown[name] = shown[name].map({True: "ja", False: "nej"})
        elif shown[name].dtype == "string":
            shown[name] = shown[name].map(_harmless, na_action="ignore")
    text = shown.to_csv(sep=";", index=False, lineterminator="\r\n", date_format="%Y-%m-%d")
    return text.encode("utf-8-sig")


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_BEGINS) else value


def _json(table: pd.DataFrame) -> bytes:
    """The table as a list of objects; dates are year-month-day, what is missing null."""
    days = {name: table[name].dt.strftime("%Y-%m-%d") for name in _date_columns(table)}
    plain = table.assign(**days).astype(object)
    rows = plain.where(plain.notna(), None).to_dict("records")
    return json.dumps(rows, ensure_ascii=False, indent=1).encode()


def _date_columns(table: pd.DataFrame) -> list[str]:
    return [str(name) for name in table if pd.api.types.is_datetime64_dtype(table[name])]


def _parquet(table: pd.DataFrame) -> bytes:
    stream = io.BytesIO()
    table.to_parquet(stream, engine="pyarrow", index=False)
    return stream.getvalue()


_WRITERS: Mapping[TableFormat, Callable[[pd.DataFrame], bytes]] = {
    TableFormat.CSV: _csv,
    TableFormat.JSON: _json,
    TableFormat.PARQUET: _parquet,
}
