"""Who owes what: what has come from each unit, what is left there, and how far it is to the deadline."""

import json
from datetime import date
from pathlib import Path

import pytest

from excel_uppsikt.cli import commands
from excel_uppsikt.round_paths import READ_FILES, STANDING_FILE
from excel_uppsikt.rounds.checking import check_round
from excel_uppsikt.rounds.owing import owed
from excel_uppsikt.rounds.workbooks import write_returns
from tests.small_rounds import (
    CARE,
    SICKNESS,
    YOUTH,
    make_plan,
    make_round,
    own_form,
    per_goal_form,
    row,
    saved,
    shared_form,
)

PLAN = make_plan(units=("Hemtjänst", "Bemanning", "Förskola", "Boende"))
DAY = date(2024, 5, 7)
GOOD = {
    SICKNESS.number: [row("Hälsosamtal")],
    YOUTH.number: [row("Läxhjälp"), row("Fältarbete")],
}
FAULTY = {
    SICKNESS.number: [row("Rehabmöten")],
    YOUTH.number: [row("Läger", end=None, comment="XXX"), row("Café")],
}
INBOX = {
    "a.xlsx": saved(own_form(PLAN, "Hemtjänst", GOOD), "2024-05-02T08:30"),
    "b.xlsx": saved(own_form(PLAN, "Bemanning", FAULTY), "2024-05-03T09:00"),
    "c.xlsx": saved(
        per_goal_form(
            PLAN,
            YOUTH,
            [row("Lovskola", units="Förskola"), row("Simskola", units="Förskola", end="31 juni")],
        ),
        "2024-05-04T10:00",
    ),
    "d.xlsx": saved(shared_form(PLAN, {YOUTH.number: [row("Läsår")]}), "2024-05-05T11:00"),
}
KEYS = ("unit", "file", "saved", "activities", "errors", "warnings", "returned", "mended", "rule")


def told(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[tuple[object, ...]]:
    """What status says of each owner, in the order of `KEYS`."""
    capsys.readouterr()
    commands.status(folder, as_json=True, today=DAY)
    owners = json.loads(capsys.readouterr().out)["units"]
    return [tuple(one[key] for key in KEYS) for one in owners]


def test_each_owner_is_told_of_what_came_and_what_is_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Bemanning lacks an end and has XXX; Förskola's rows are in a goal's form; Boende is silent."""
    folder = make_round(tmp_path, PLAN, INBOX)
    write_returns(check_round(folder))
    assert told(folder, capsys) == [
        ("Hemtjänst", "inkorg/a.xlsx", "2024-05-02T08:30:00", 3, 0, 0, False, None, True),
        ("Bemanning", "inkorg/b.xlsx", "2024-05-03T09:00:00", 3, 1, 1, True, None, True),
        # An impossible date, and no activity for the sickness absence.
        ("Förskola", None, "2024-05-04T10:00:00", 2, 2, 0, False, None, False),
        ("Boende", None, None, 0, 0, 0, False, None, False),
        (None, "inkorg/d.xlsx", "2024-05-05T11:00:00", 1, 0, 0, False, None, True),
    ]


def remembered_hand_ins(folder: Path) -> dict[Path, bytes]:
    """All that is remembered but what every reading keeps for the next: what was said, and what was told."""
    told = {folder / READ_FILES, folder / STANDING_FILE}
    kept = (path for path in (folder / "ut/.uppsikt").iterdir() if path not in told)
    return {path: path.read_bytes() for path in kept}


def test_what_has_been_mended_since_is_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also before anything has been written of the new hand-in, and nothing is remembered by asking."""
    folder = make_round(tmp_path, PLAN, INBOX)
    write_returns(check_round(folder))
    better = {**FAULTY, YOUTH.number: [row("Läger", comment="XXX"), row("Café")]}
    newer = saved(own_form(PLAN, "Bemanning", better), "2024-05-06T09:00")
    make_round(folder, PLAN, {"b.xlsx": newer})
    memory = remembered_hand_ins(folder)
    for _ in range(2):
        assert told(folder, capsys)[1] == (
            "Bemanning", "inkorg/b.xlsx", "2024-05-06T09:00:00", 3, 0, 1, True, 1, True,
        )  # fmt: skip
    assert remembered_hand_ins(folder) == memory


@pytest.mark.parametrize(
    ("day", "left", "words"),
    [
        (date(2024, 5, 7), 3, "Sista svarsdag är 2024-05-10, om 3 dagar."),
        (date(2024, 5, 9), 1, "Sista svarsdag är 2024-05-10, om 1 dag."),
        (date(2024, 5, 10), 0, "Sista svarsdag är i dag, 2024-05-10."),
        (date(2024, 5, 11), -1, "Sista svarsdag var 2024-05-10, för 1 dag sedan."),
        (date(2024, 6, 10), -31, "Sista svarsdag var 2024-05-10, för 31 dagar sedan."),
    ],
)
def test_the_days_to_the_deadline_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], day: date, left: int, words: str
) -> None:
    folder = make_round(tmp_path, PLAN, {})
    commands.status(folder, today=day)
    assert words in capsys.readouterr().out
    commands.status(folder, as_json=True, today=day)
    said = json.loads(capsys.readouterr().out)
    assert (said["deadline"], said["days_left"]) == ("2024-05-10", left)


def test_a_plan_without_a_deadline_has_no_days_left(tmp_path: Path) -> None:
    plan = make_plan(deadline=None)
    who = owed(check_round(make_round(tmp_path, plan, {})), DAY)
    assert (who.deadline, who.days_left) == (None, None)


def test_the_departments_sums_count_what_two_units_share_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shared = per_goal_form(PLAN, YOUTH, [row("Lov", units="Förskola; Boende", end="31 juni")])
    folder = make_round(tmp_path, PLAN, {"c.xlsx": shared})
    commands.status(folder, today=DAY)
    lines = capsys.readouterr().out.splitlines()
    # One impossible date, and of each of the two one activity for the sickness absence and one more.
    assert f"{CARE}: 2 av 4 har lämnat in, 1 rad, 5 fel kvar att rätta." in lines
