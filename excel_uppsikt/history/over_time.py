"""What the page shows of the kept rounds: figures counted as the workbook's, for each year and period."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from excel_uppsikt.history import comparing as of
from excel_uppsikt.history.comparing import Chart, ChartKind, Page, Rounds
from excel_uppsikt.history.pages import HEADINGS, pages
from excel_uppsikt.language.text import swedish_order

# The workbook's pages that are shown as they are.
_WHOLE, _ROUNDS = "Över tid", "Omgångar"
_TIME = (of.YEAR, of.PERIOD)
_OF_ONE = "Per år och period. Varje omgång räknas som i sin egen rapport."
ROWS, FAULTS = "Inlämnade aktiviteter", "Fel"


def over_time(rounds: Rounds) -> tuple[Page, ...]:
    """Every page, from the whole to the single unit."""
    known = {page.name: page for page in pages(rounds)}
    whole = known[_WHOLE]
    if rounds.units["municipality"].nunique() == 1:
        whole = replace(whole, intro=_OF_ONE)
    return (
        whole,
        _areas(rounds),
        _statuses(rounds),
        _units(rounds),
        known[_ROUNDS],
    )


def _areas(rounds: Rounds) -> Page:
    by = ("area", "year", "period")
    whole = rounds.covered(by).join(rounds.stages(by)[[of.ACTIVITIES]])
    whole[of.ACTIVITIES] = whole[of.ACTIVITIES].fillna(0).astype("int64")
    columns = [of.ACTIVITIES, of.GOALS, of.COVERED, of.SHARE_COVERED]
    return Page(
        "Målområden",
        "Ett mål räknas en gång för varje kommun som har det, i varje period.",
        _named(whole[columns]),
        (
            Chart(ChartKind.BARS, "Aktiviteter", (of.AREA, *_TIME), (of.ACTIVITIES,)),
            Chart(ChartKind.BARS, of.SHARE_COVERED, (of.AREA, *_TIME), (of.SHARE_COVERED,)),
        ),
    )


def _statuses(rounds: Rounds) -> Page:
    rows = rounds.activities[["status", "stage", "deviation", "year", "period"]].astype(object)
    rows["status"] = pd.Categorical(rows["status"].fillna(of.NO_STATUS), _in_order(rows))
    counts = rows.groupby(["status", "year", "period"], observed=True).size()
    return Page(
        "Statusar",
        "Statusarna heter som i planerna, från ej påbörjad till avslutad. Har en plan bytt namn på en status "
        "står båda namnen.",
        _named(counts.rename(of.ACTIVITIES).to_frame()),
        (Chart(ChartKind.BARS, "Aktiviteter", (of.STATUS, *_TIME), (of.ACTIVITIES,)),),
    )


def _in_order(rows: pd.DataFrame) -> list[str]:
    """The statuses as plans have them: by stage, those according to plan first, and last what has none."""
    stages = {name: at for at, name in enumerate(of.STAGES)}
    first: dict[str, tuple[int, bool]] = {}
    told = rows.assign(status=rows["status"].fillna(of.NO_STATUS))
    different = told[["status", "stage", "deviation"]].drop_duplicates()
    for status, stage, deviates in different.itertuples(index=False):
        place = (stages.get(stage, len(stages)), deviates is True)
        first[status] = min(first.get(status, place), place)
    return sorted(first, key=lambda name: (first[name], swedish_order(name)))


def _units(rounds: Rounds) -> Page:
    groups = ["municipality", "department", "unit", "year", "period"]
    table = rounds.units[[*groups, "activities", "errors"]].rename(
        columns={**HEADINGS, "activities": ROWS, "errors": FAULTS}
    )
    for column, heading in (("handed_in", of.CAME), ("rule", of.HOLDS)):
        words = {True: "ja", False: "nej"}
        table[heading] = rounds.units[column].astype(object).map(words).fillna("")
    names = [HEADINGS[name] for name in groups]
    ordered = table.sort_values(names, kind="stable").reset_index(drop=True)
    return Page(
        "Enheter",
        "Tomt betyder att det inte går att säga, som när planen inte ställer något krav på enheten.",
        ordered[[*names, of.CAME, ROWS, FAULTS, of.HOLDS]],
        (Chart(ChartKind.BARS, ROWS, (of.TOWN, of.DEPARTMENT, of.UNIT, *_TIME), (ROWS,)),),
    )


def _named(table: pd.DataFrame) -> pd.DataFrame:
    """A table with its groups as columns under their headings."""
    return table.reset_index().rename(columns=HEADINGS)


def groups_of(chart: Chart) -> Sequence[str]:
    """The columns that a chart's bars stand together by; none where each of its figures is a group."""
    return tuple(name for name in chart.names if name not in _TIME)
