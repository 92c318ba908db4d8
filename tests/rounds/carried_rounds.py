"""Rounds after one that some answered, in which some are silent."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from excel_uppsikt.model import Plan
from excel_uppsikt.rounds.results import CheckedRound
from tests.compilation.edited_rounds import run
from tests.made_rounds import made_once
from tests.small_rounds import make_plan, make_round, own_form, row, shared_form

HEALTH, YARD, CAFE, CLUB, CAMP = "Hälsosamtal", "Rusta gården", "Café", "Klubb", "Läger"
T1 = make_plan(minimum=1, units=("Hemtjänst", "Bemanning"))
T1_INBOX = {
    "Hemtjänst.xlsx": own_form(
        T1, "Hemtjänst", {1: [row(HEALTH)], 2: [row(CLUB, units="Hemtjänst; Bemanning")]}
    ),
    "Bemanning.xlsx": own_form(
        T1,
        "Bemanning",
        {
            2: [row(CAFE, status="Pågående med avvikelse", end="2024-04-01")],
            3: [row(YARD, comment="Snart klar.")],
        },
    ),
    "Gemensamt.xlsx": shared_form(T1, {2: [row(CAMP)]}),
}
MARK = "Senast redovisat T1"


def following(period: str, before: str, **changes: Any) -> Plan:  # noqa: ANN401  any of the settings
    """The plan of a round that comes after another."""
    changes = {"units": ("Hemtjänst", "Bemanning")} | changes
    return make_plan(
        minimum=1,
        period=period,
        previous=f"../{before}/ut/sammanstallning.xlsx",
        **changes,
    )


T2 = following("T2", "t1")
HOME_ANSWERS = {
    "Hemtjänst.xlsx": own_form(T2, "Hemtjänst", {1: [row(HEALTH, comment="Halvvägs.")]})
}
BEMANNING_ANSWERS = own_form(
    T2, "Bemanning", {2: [row(CAFE, comment="Invigt.")], 3: [row(YARD, comment="Snart klar.")]}
)


@made_once
def first_round(folder: Path) -> None:
    make_round(folder / "t1", T1, T1_INBOX)
    run(folder / "t1", T1)


def second_round(
    folder: Path, inbox: Mapping[str, bytes] = HOME_ANSWERS, plan: Plan = T2
) -> CheckedRound:
    """A round after one in which all had answered."""
    first_round(folder)
    make_round(folder / "t2", plan, inbox)
    return run(folder / "t2", plan)


def told(checked: CheckedRound, *codes: str) -> list[tuple[str, str | None]]:
    return [(f.code, f.value) for f in checked.findings if f.code in codes or not codes]


def carried(checked: CheckedRound) -> list[tuple[str, tuple[str, ...], bool, str]]:
    """What stands as it was last reported: title, units, whether the whole department, and when."""
    return [
        (a.values.title, a.values.units, a.values.whole, a.last_reported)
        for a in checked.compilation.carried
    ]
