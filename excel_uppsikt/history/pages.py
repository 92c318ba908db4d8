"""The pages of the comparison: which figures stand on each, in which order, and what its charts show."""

from collections.abc import Mapping, Sequence

import pandas as pd

from excel_uppsikt.history import comparing as of
from excel_uppsikt.history.comparing import Chart, ChartKind, Page, Rounds
from excel_uppsikt.history.keeping import KEYS

HEADINGS = {
    "municipality": of.TOWN,
    "year": of.YEAR,
    "period": of.PERIOD,
    "round": of.FOLDER,
    "department": of.DEPARTMENT,
    "area": of.AREA,
    "status": of.STATUS,
    "unit": of.UNIT,
}
_STAGES = (*of.STAGES.values(), of.NO_STATUS)
_ACTIVITIES = (of.ACTIVITIES, *_STAGES, of.DEVIATING, of.DEVIATION)
_HAND_INS = (of.UNITS, of.CAME, of.SHARE_CAME, of.LATE)
_RULE = (of.RULED, of.HOLDS, of.SHARE_HOLDS)
_LATEST = "Den senaste omgången i varje kommun."


def pages(rounds: Rounds) -> tuple[Page, ...]:
    """Every page, from the whole to the single unit."""
    now = rounds.latest()
    return (
        _over_time(rounds),
        _municipalities(now),
        _areas(now),
        _statuses(now),
        _departments(now),
        _units(now),
        _moved(rounds),
        _rounds(rounds),
    )


def _table(frame: pd.DataFrame, columns: Sequence[str], *, by: Sequence[str] = ()) -> pd.DataFrame:
    """The columns under their headings, with the groups first; most to least by the columns of `by`."""
    chosen = frame[list(columns)]
    if by:
        chosen = chosen.sort_values(list(by), ascending=False, kind="stable")
    return chosen.reset_index().rename(columns=HEADINGS)


def _over_time(rounds: Rounds) -> Page:
    by = ("year", "period")
    towns = rounds.units.groupby(list(by), observed=True)["municipality"].nunique()
    whole = rounds.summary(by).join(rounds.covered(by)).join(towns.rename("Kommuner"))
    columns = ("Kommuner", *_ACTIVITIES, *_HAND_INS, of.SHARE_HOLDS, of.SHARE_COVERED, of.MOVED)
    names = (of.YEAR, of.PERIOD)
    return Page(
        "Över tid",
        "Alla kommuners omgångar tillsammans, per år och period. Se efter att det är lika många kommuner "
        "innan du jämför antal.",
        _table(whole, columns),
        (
            Chart(ChartKind.SHARES, "Aktiviteter efter läge", names, _STAGES),
            Chart(
                ChartKind.LINES,
                "Andelar över tid",
                names,
                (of.DEVIATION, of.SHARE_CAME, of.SHARE_HOLDS, of.SHARE_COVERED),
            ),
        ),
    )


def _municipalities(now: Rounds) -> Page:
    by = ("municipality", "year", "period")
    whole = now.summary(by).join(now.covered(by))
    columns = (*_ACTIVITIES, *_HAND_INS, of.SHARE_HOLDS, of.SHARE_COVERED, of.MOVED)
    names = (of.TOWN,)
    return Page(
        "Kommuner",
        _LATEST,
        _table(whole, columns),
        (
            Chart(ChartKind.SHARES, "Aktiviteter efter läge", names, _STAGES),
            Chart(
                ChartKind.BARS,
                "Inlämnat, kravet och målen",
                names,
                (of.SHARE_CAME, of.SHARE_HOLDS, of.SHARE_COVERED),
            ),
        ),
    )


def _areas(now: Rounds) -> Page:
    whole = now.covered(("area",)).join(now.stages(("area",))).fillna(0)
    counts = [of.ACTIVITIES, *_STAGES, of.DEVIATING]
    whole[counts] = whole[counts].astype("int64")
    whole[of.DEVIATION] = of.share(whole[of.DEVIATING], whole[of.ACTIVITIES])
    # Nothing of nothing is no share.
    whole[of.SHARE_COVERED] = of.share(whole[of.COVERED], whole[of.GOALS])
    columns = (*_ACTIVITIES, of.GOALS, of.COVERED, of.SHARE_COVERED)
    return Page(
        "Målområden",
        f"{_LATEST} Ett mål räknas en gång för varje kommun som har det.",
        _table(whole, columns, by=(of.ACTIVITIES,)),
        (
            Chart(ChartKind.BARS, "Aktiviteter per målområde", (of.AREA,), (of.ACTIVITIES,)),
            Chart(ChartKind.BARS, of.SHARE_COVERED, (of.AREA,), (of.SHARE_COVERED,)),
        ),
    )


def _statuses(now: Rounds) -> Page:
    status = now.activities["status"].astype(object).fillna(of.NO_STATUS)
    counts = status.groupby(status, sort=False).size().sort_values(ascending=False, kind="stable")
    table = pd.DataFrame({of.STATUS: counts.index, of.ACTIVITIES: counts.to_numpy()})
    return Page(
        "Statusar",
        f"{_LATEST} Statusarna heter som i kommunernas planer.",
        table,
        (Chart(ChartKind.BARS, "Aktiviteter per status", (of.STATUS,), (of.ACTIVITIES,)),),
    )


def _departments(now: Rounds) -> Page:
    whole = now.summary(("municipality", "department"))
    columns = (*_ACTIVITIES, *_HAND_INS, of.SHARE_HOLDS, of.MOVED)
    return Page(
        "Verksamheter",
        f"{_LATEST} Mest aktiviteter först.",
        _table(whole, columns, by=(of.ACTIVITIES,)),
        (
            Chart(
                ChartKind.SHARES,
                "Aktiviteter efter läge",
                (of.TOWN, of.DEPARTMENT),
                _STAGES,
            ),
        ),
    )


def _units(now: Rounds) -> Page:
    words: Mapping[object, str] = {True: "ja", False: "nej"}
    units = now.units[["municipality", "department", "unit", "activities", "errors"]].astype(object)
    table = units.rename(
        columns={**HEADINGS, "activities": "Inlämnade aktiviteter", "errors": "Fel"}
    )
    for column, heading in (
        ("handed_in", of.CAME),
        ("late", of.LATE),
        ("rule", of.HOLDS),
    ):
        table[heading] = now.units[column].astype(object).map(words).fillna("")
    ordered = table.sort_values(["Fel", of.TOWN], ascending=[False, True], kind="stable")
    return Page(
        "Enheter",
        f"{_LATEST} Flest fel först. Tomt betyder att det inte går att säga: inget krav, eller ingen fil "
        "med en dag.",
        ordered.reset_index(drop=True),
    )


def _moved(rounds: Rounds) -> Page:
    moved = rounds.changes[rounds.changes["kind"] == of.MOVED_KIND]
    by = ["municipality", "department", "year", "period"]
    if moved.empty:
        table = pd.DataFrame(columns=[*(HEADINGS[name] for name in by), of.MOVED, of.DAYS])
    else:
        groups = moved.groupby(by, observed=True)["days"]
        whole = pd.DataFrame({of.MOVED: groups.size(), of.DAYS: groups.median()})
        table = _table(whole, (of.MOVED, of.DAYS), by=(of.MOVED,))
    return Page(
        "Flyttade datum",
        "Slutdatum som har flyttats sedan föregående omgång, i alla omgångar. Minus betyder bakåt.",
        table,
        (
            Chart(
                ChartKind.BARS,
                of.MOVED,
                (of.TOWN, of.DEPARTMENT, of.YEAR, of.PERIOD),
                (of.MOVED,),
            ),
        ),
    )


def _rounds(rounds: Rounds) -> Page:
    by = tuple(KEYS)
    whole = rounds.summary(by).join(rounds.covered(by))
    for severity, heading in (("error", "Fel"), ("warning", "Varningar")):
        told = rounds.findings[rounds.findings["severity"] == severity]
        counts = told.groupby(list(by), observed=True).size() if len(told) else 0
        whole[heading] = counts
        whole[heading] = whole[heading].fillna(0).astype("int64")
    columns = (*_ACTIVITIES, *_HAND_INS, *_RULE, of.GOALS, of.COVERED, of.SHARE_COVERED)
    return Page(
        "Omgångar",
        "Varje omgång i historiken för sig, med mappen som den lästes ur.",
        _table(whole, (*columns, of.MOVED, "Fel", "Varningar")),
    )
