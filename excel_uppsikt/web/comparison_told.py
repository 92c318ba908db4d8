"""The kept rounds as the page shows them: pictures, tables, and what is told of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from excel_uppsikt.history.comparing import (
    AREA,
    DEPARTMENT,
    FOLDER,
    PERIOD,
    STATUS,
    TOWN,
    UNIT,
    YEAR,
    Chart,
    ChartKind,
    Page,
)
from excel_uppsikt.history.over_time import groups_of
from excel_uppsikt.language.text import counted, listed
from excel_uppsikt.rounds.history import Behind, RoundKept
from excel_uppsikt.web.charts import WIDE, Measure, Whole, parted

READING = "Läser historiken"
KEEPING, KEPT, NOT_ALL_KEPT = (
    "Sparar historiken",
    "Historiken är sparad",
    "Några omgångar gick inte att spara",
)
STOPPED = "Historiken sparades inte för alla omgångar"
COMPARING, COMPARED = "Gör jämförelsen", "Jämförelsen är gjord"
NOT_INSTALLED = (
    "Jämförelsen behöver ett tillägg som inte är installerat på den här datorn. Be it-avdelningen installera "
    'det: pip install "excel-uppsikt[history]". Allt annat fungerar utan det.'
)
# More than this are neither seen through nor shown quickly: the rows are shown in parts, the groups of a
# picture only as the first of them.
MOST_ROWS, _MOST_GROUPS = 400, 40
# With more columns than this a table has a row's figures side by side under its name.
_MOST_COLUMNS = 9
_NAMES = frozenset({TOWN, YEAR, PERIOD, FOLDER, DEPARTMENT, AREA, STATUS, UNIT})
_SHARE = "Andel"


@dataclass(frozen=True, slots=True)
class Group:
    """Bars that stand together under a name."""

    name: str
    bars: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as a picture: groups of bars, or wholes parted by what the `legend` names.

    `left` is how many groups there are that it does not show.
    """

    title: str
    groups: tuple[Group, ...] = ()
    left: int = 0
    wholes: tuple[Whole, ...] = ()
    legend: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of the comparison: its pictures, and its table as text.

    The first `naming` columns say what a row is about.
    """

    name: str
    intro: str
    headings: tuple[str, ...]
    numbers: frozenset[str]
    rows: tuple[tuple[str, ...], ...]
    pictures: tuple[Picture, ...]
    naming: int = 1

    @property
    def is_wide(self) -> bool:
        """Whether there are more columns than stand beside each other."""
        return len(self.headings) > _MOST_COLUMNS

    def part(self, first: int) -> "PartOfTable":
        """The rows from one on (0 for the first of all), as many as are shown at a time."""
        begin = first // MOST_ROWS * MOST_ROWS if 0 <= first < len(self.rows) else 0
        rows = self.rows[begin : begin + MOST_ROWS]
        end = begin + len(rows)
        before = begin - MOST_ROWS if begin else None
        return PartOfTable(rows, begin, end, before, end if end < len(self.rows) else None)


@dataclass(frozen=True, slots=True)
class PartOfTable:
    """Some rows of a table: from which to which, and where the parts before and after begin."""

    rows: tuple[tuple[str, ...], ...]
    first: int
    end: int
    before: int | None
    after: int | None


def shown(page: Page) -> Shown:
    """A page as it is shown."""
    table = page.table
    headings = tuple(map(str, table.columns))
    rows = [
        tuple(_told(name, value) for name, value in zip(headings, values, strict=True))
        for values in table.itertuples(index=False)
    ]
    return Shown(
        page.name,
        page.intro,
        headings,
        frozenset(name for name in headings if pd.api.types.is_numeric_dtype(table[name])),
        tuple(rows),
        tuple(_picture(page, chart) for chart in page.charts if len(table)),
        max(1, sum(name in _NAMES for name in headings)),
    )


def _told(heading: str, value: object) -> str:
    """A cell as it is read; nothing where it cannot be said."""
    if pd.isna(value):  # type: ignore[call-overload]  # one value of any kind
        return ""
    return (
        f"{value:.0%}".replace("%", "\N{NO-BREAK SPACE}%")
        if heading.startswith(_SHARE)
        else str(value)
    )


def _picture(page: Page, chart: Chart) -> Picture:
    table = page.table
    if chart.kind is ChartKind.SHARES:
        names = table[list(chart.names)].astype(str).agg(" ".join, axis="columns")
        counts = table[list(chart.values)].to_numpy().tolist()
        wholes = [parted(name, one) for name, one in zip(names, counts, strict=True)]
        return Picture(chart.title, wholes=tuple(wholes), legend=chart.values)
    grouping = groups_of(chart)
    if not grouping:
        figures = (
            Group(value, _bars(table, chart.names, value, _longest(table, value)))
            for value in chart.values
        )
        return Picture(chart.title, tuple(figures))
    # A column that says the same in every row tells nothing.
    naming = [name for name in grouping if table[name].nunique() > 1] or [grouping[-1]]
    named = table[naming].astype(str).agg(", ".join, axis="columns")
    known = list(named.unique())
    shown_rows = table[named.isin(known[:_MOST_GROUPS])]
    groups = tuple(_groups(shown_rows, named, chart, _longest(table, chart.values[0])))
    return Picture(chart.title, groups, left=len(known) - len(groups))


def _groups(
    table: pd.DataFrame, named: "pd.Series[str]", chart: Chart, longest: float
) -> Iterator[Group]:
    """The bars of the same thing over time, under its name."""
    (value,) = chart.values
    time = [name for name in chart.names if name not in groups_of(chart)]
    for name, rows in table.groupby(named.loc[table.index], sort=False):
        yield Group(str(name), _bars(rows, time, value, longest))


def _longest(table: pd.DataFrame, value: str) -> float:
    """What the longest bar stands for: the whole of a share."""
    most = table[value].max()
    return 1.0 if value.startswith(_SHARE) or pd.isna(most) or not most else float(most)


def _bars(
    table: pd.DataFrame, names: Sequence[str], value: str, longest: float
) -> tuple[Measure, ...]:
    rows = zip(table[list(names)].itertuples(index=False), table[value], strict=True)
    return tuple(
        Measure(
            " ".join(map(str, name)),
            _told(value, number) or "–",
            0 if pd.isna(number) else round(float(number) * WIDE / longest),
        )
        for name, number in rows
    )


def of_kept(kept: Sequence[RoundKept]) -> list[str]:
    """How many rounds were kept, and which could not be, and why."""
    failed = [one for one in kept if one.told]
    lines = [f"{len(kept) - len(failed)} av {counted(len(kept), 'omgång', 'omgångar')} sparades."]
    return lines + [
        f"{one.folder.name}: {one.told}"
        f"{' Det som sparades förra gången står kvar.' if one.still else ''}"
        for one in failed
    ]


def kept_before_stop(count: int) -> str:
    """How many rounds were kept before it was stopped."""
    return f"{counted(count, 'omgång', 'omgångar')} sparades innan det stoppades."


def compared(rounds: int, municipalities: int) -> str:
    """How much is compared."""
    towns = counted(municipalities, "kommun", "kommuner")
    return f"{counted(rounds, 'omgång', 'omgångar')} i {towns} jämförs."


def of_behind(behind: Behind) -> Iterator[str]:
    """Which rounds the history does not tell of as they lie now."""
    if behind.missing:
        yield f"Inte med i historiken: {listed(behind.missing)}."
    if behind.changed:
        yield f"Ändrade sedan historiken sparades: {listed(behind.changed)}."
