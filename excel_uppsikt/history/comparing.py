"""What is compared of the kept rounds: each page of the workbook as a table, with what its chart shows.

All counts are of what each round's own report counts. What stands as it was last reported is in none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from excel_uppsikt.history import keeping
from excel_uppsikt.history.keeping import KEYS, Kept

# What is read back; texts and places are left where they lie.
WANTED: Mapping[str, Sequence[str]] = {
    keeping.ACTIVITIES: (*KEYS, "department", "area", "status", "stage", "deviation", "counted"),
    keeping.FINDINGS: (*KEYS, "severity"),
    keeping.COVERAGE: (*KEYS, "goal", "area", "count"),
    keeping.UNITS: (
        *KEYS,
        "department",
        "unit",
        "handed_in",
        "late",
        "rule",
        "activities",
        "errors",
    ),
    keeping.CHANGES: (*KEYS, "department", "kind", "days"),
}
TOWN, YEAR, PERIOD, FOLDER = "Kommun", "År", "Period", "Mapp"
DEPARTMENT, AREA, STATUS, UNIT = "Verksamhet", "Målområde", "Status", "Enhet"
ACTIVITIES = "Aktiviteter"
STAGES = {"ej påbörjad": "Ej påbörjade", "pågående": "Pågående", "avslutad": "Avslutade"}
NO_STATUS = "Utan status"
DEVIATING, DEVIATION = "Med avvikelse", "Andel med avvikelse"
UNITS, CAME, SHARE_CAME = "Enheter", "Har lämnat in", "Andel som lämnat in"
LATE, RULED, HOLDS, SHARE_HOLDS = (
    "Sparade efter sista svarsdag",
    "Enheter med krav",
    "Uppfyller kravet",
    "Andel som uppfyller kravet",
)
GOALS, COVERED, SHARE_COVERED = "Mål", "Mål med aktiviteter", "Andel mål med aktiviteter"
MOVED, DAYS = "Flyttade slutdatum", "Dagar framåt, i mitten"
MOVED_KIND = "Slutdatum flyttat"
_NO_DEPARTMENT = "Utan verksamhet"
_ROUND = [*KEYS]


class ChartKind(StrEnum):
    """How a chart is drawn."""

    BARS = "bar"
    SHARES = "percent_stacked"
    LINES = "line"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of some of a page's columns, by the columns that name its rows."""

    kind: ChartKind
    title: str
    names: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet: its table, what it says in a sentence, and its charts. A share is a column named `Andel …`."""

    name: str
    intro: str
    table: pd.DataFrame
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True)
class Rounds:
    """The rounds' tables, and of each municipality the latest year and period of them all."""

    activities: pd.DataFrame
    findings: pd.DataFrame
    coverage: pd.DataFrame
    units: pd.DataFrame
    changes: pd.DataFrame

    @classmethod
    def of(cls, kept: Kept) -> "Rounds":
        """What has been read back, without the activities that no report counts."""
        tables = kept.tables
        activities = _with_departments(tables[keeping.ACTIVITIES])
        counted = activities["counted"].fillna(value=False).astype(bool)
        return cls(
            activities[counted],
            tables[keeping.FINDINGS],
            tables[keeping.COVERAGE],
            tables[keeping.UNITS],
            _with_departments(tables[keeping.CHANGES]),
        )

    def latest(self) -> "Rounds":
        """Of each municipality only its rounds of the latest year and period."""
        times = self.units[["municipality", "year", "period"]].drop_duplicates().astype(object)
        last = times.sort_values(["year", "period"]).groupby("municipality", sort=False).tail(1)
        wanted = pd.MultiIndex.from_frame(last)

        def of_latest(table: pd.DataFrame) -> pd.DataFrame:
            if table.empty:
                return table
            rounds = table[["municipality", "year", "period"]].drop_duplicates()
            there = pd.MultiIndex.from_frame(rounds.astype(object)).isin(wanted)
            chosen = rounds[there]
            keep = pd.Series(data=False, index=table.index)
            for name, year, period in chosen.itertuples(index=False):
                keep |= (
                    (table["municipality"] == name)
                    & (table["year"] == year)
                    & (table["period"] == period)
                )
            return table[keep]

        return Rounds(
            *map(
                of_latest,
                (self.activities, self.findings, self.coverage, self.units, self.changes),
            )
        )

    def summary(self, by: Sequence[str]) -> pd.DataFrame:
        """Every figure, a row for each of the groups: what the pages pick their columns from."""
        units = _counted(self.units, by, UNITS)
        parts: list[pd.DataFrame | pd.Series[int]] = [
            units,
            _counted(_true(self.units, "handed_in"), by, CAME),
            _counted(_true(self.units, "late"), by, LATE),
            _counted(self.units[self.units["rule"].notna()], by, RULED),
            _counted(_true(self.units, "rule"), by, HOLDS),
            self.stages(by),
            _counted(self.changes[self.changes["kind"] == MOVED_KIND], by, MOVED),
        ]
        # A department without units has activities all the same, and a unit's may have none.
        whole: pd.DataFrame = pd.concat(parts, axis="columns")
        whole = whole.fillna(0).astype("int64").sort_index()
        whole[DEVIATION] = share(whole[DEVIATING], whole[ACTIVITIES])
        whole[SHARE_CAME] = share(whole[CAME], whole[UNITS])
        whole[SHARE_HOLDS] = share(whole[HOLDS], whole[RULED])
        return whole

    def stages(self, by: Sequence[str]) -> pd.DataFrame:
        """How many activities there are, at each stage, and how many deviate from the plan."""
        count = _counted(self.activities, by, ACTIVITIES)
        at_stage = [
            _counted(self.activities[self.activities["stage"] == stage], by, name)
            for stage, name in STAGES.items()
        ]
        without = _counted(self.activities[self.activities["stage"].isna()], by, NO_STATUS)
        deviating = _counted(_true(self.activities, "deviation"), by, DEVIATING)
        table: pd.DataFrame = pd.concat([count, *at_stage, without, deviating], axis="columns")
        return table.fillna(0).astype("int64")

    def covered(self, by: Sequence[str]) -> pd.DataFrame:
        """How many goals there are, and how many of them any unit or department works toward."""
        goals = self.coverage.groupby([*_ROUND, "area", "goal"], observed=True)["count"].sum()
        table = goals.reset_index()
        whole = pd.concat(
            [_counted(table, by, GOALS), _counted(table[table["count"] > 0], by, COVERED)],
            axis="columns",
        )
        whole = whole.fillna(0).astype("int64")
        whole[SHARE_COVERED] = share(whole[COVERED], whole[GOALS])
        return whole


def _with_departments(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of no known department under words of their own, so that they are counted too."""
    names = table["department"]
    if not names.isna().any():
        return table
    return table.assign(department=names.astype(object).fillna(_NO_DEPARTMENT).astype("category"))


def share(part: "pd.Series[int]", whole: "pd.Series[int]") -> "pd.Series[float]":
    """A part of the whole, blank where the whole is nothing."""
    return part.astype(float) / whole.where(whole > 0).astype(float)


def _true(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """The rows where a column says yes; what is not known is no yes."""
    return table[table[column].eq(other=True).fillna(value=False).astype(bool)]


def _counted(table: pd.DataFrame, by: Sequence[str], name: str) -> "pd.Series[int]":
    if table.empty:
        index = pd.MultiIndex.from_frame(table[list(by)]) if len(by) > 1 else pd.Index(table[by[0]])
        return pd.Series(0, index=index, dtype="int64", name=name)
    return table.groupby(list(by), observed=True).size().rename(name)
