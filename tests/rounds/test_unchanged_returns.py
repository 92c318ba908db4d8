"""Returns that are not made once more: with or without what is remembered of them, all is the same."""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from excel_uppsikt.form import returns
from excel_uppsikt.form.definition import Form
from excel_uppsikt.form.writing import form_workbook
from excel_uppsikt.model import Plan
from excel_uppsikt.rounds.outputs import Written
from excel_uppsikt.rounds.results import Returns
from excel_uppsikt.rounds.workbooks import write_returns
from tests.endurance import tries
from tests.small_rounds import HOMES, SICKNESS, YOUTH, check, make_plan, make_round, own_form, row

UNITS = ("Bemanning", "Hemtjänst", "Växthuset")
PLAN = make_plan(units=UNITS)
MEMORY = "ut/.uppsikt/gjorda-returer.json"
ENDS = ("2024-09-30", "31 februari", None, "v. 60")


def form(unit: str, end: object, plan: Plan = PLAN) -> bytes:
    """A unit's form with one row that may be wrong, and enough for the unit rule."""
    rows = {
        SICKNESS.number: [row("Hälsosamtal")],
        YOUTH.number: [row("Fältarbete"), row("Läxhjälp")],
        HOMES.number: [row("Mässa", end=end)],
    }
    return own_form(plan, unit, rows)


def written(folder: Path, plan: Plan = PLAN, inbox: dict[str, bytes] | None = None) -> Returns:
    """The returns of the round as it lies there, told without where the folder is."""
    done = write_returns(check(folder, plan, inbox or {}))
    hand_ins = tuple(
        replace(one, written=one.written and _within(one.written, folder)) for one in done.hand_ins
    )
    return replace(done, folder=Path(), hand_ins=hand_ins)


def _within(written: Written, folder: Path) -> Written:
    beside = written.beside and written.beside.relative_to(folder)
    return replace(written, path=written.path.relative_to(folder), beside=beside)


def files(folder: Path) -> dict[str, bytes]:
    """What is in ut/, but for what is remembered of the returns."""
    return {
        name: path.read_bytes()
        for path in (folder / "ut").rglob("*")
        if path.is_file() and (name := path.relative_to(folder).as_posix()) != MEMORY
    }


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Whose workbooks are made, as they are."""
    owners: list[str] = []
    real: Callable[..., bytes] = form_workbook

    def counted(plan: Plan, form: Form, *given: object, **named: object) -> bytes:
        owners.append(form.owner)
        return real(plan, form, *given, **named)

    monkeypatch.setattr(returns, "form_workbook", counted)
    return owners


INBOX = {f"{unit}.xlsx": form(unit, "31 februari") for unit in UNITS}


def test_what_has_not_changed_is_not_made_again(tmp_path: Path, made: list[str]) -> None:
    """Also by a new process; what has changed is, and that alone."""
    first = written(tmp_path, inbox=INBOX)
    assert (made, len(first.hand_ins)) == (list(UNITS), 3)
    made.clear()
    before = files(tmp_path)
    assert written(tmp_path) == first
    assert (made, files(tmp_path)) == ([], before)
    (tmp_path / "inkorg/Bemanning.xlsx").write_bytes(form("Bemanning", None))
    written(tmp_path)
    assert made == ["Bemanning"]


@pytest.mark.parametrize("how", ["gone", "edited", "memory gone", "ledger gone", "plan", "version"])
def test_what_may_have_changed_is_made_again(
    tmp_path: Path, made: list[str], monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """And where its file is not as it was written."""
    written(tmp_path, inbox=INBOX)
    made.clear()
    plan, path = PLAN, tmp_path / "ut/retur/Bemanning.xlsx"
    match how:
        case "gone":
            path.unlink()
        case "edited":
            path.write_bytes(b"egen")
        case "memory gone":
            (tmp_path / MEMORY).unlink()
        case "ledger gone":
            (tmp_path / "ut/.uppsikt/skrivna.json").unlink()
        case "plan":
            # A contact stands in no workbook, but who knows which parts of a plan do.
            settings = replace(plan.settings, sender="En annan samordnare")
            plan = replace(plan, settings=settings)
        case "version":
            monkeypatch.setattr(returns, "__version__", "another")
    written(tmp_path, plan)
    assert made == (["Bemanning"] if how in ("gone", "edited") else list(UNITS))


def changed(folder: Path, plan: Plan, pick: random.Random) -> Plan:
    """Something happens in a round: a hand-in, an edit, a loss, or another plan."""
    unit, end = pick.choice(UNITS), pick.choice(ENDS)
    path = folder / "ut/retur" / f"{unit}.xlsx"
    match pick.randrange(7):
        case 0 | 1:
            (folder / f"inkorg/{unit}.xlsx").write_bytes(form(unit, end))
        case 2:
            (folder / f"inkorg/{unit}.xlsx").unlink(missing_ok=True)
        case 3:
            path.unlink(missing_ok=True)
        case 4:
            if path.is_file():
                path.write_bytes(b"egen" + bytes([pick.randrange(3)]))
        case 5:
            settings = replace(plan.settings, period=pick.choice(["T1", "T2"]))
            return replace(plan, settings=settings)
        case 6:
            (folder / "ut/.uppsikt/skrivna.json").unlink(missing_ok=True)
    return plan


@pytest.mark.parametrize("seed", range(tries(3, 300)))
def test_a_round_goes_the_same_way_with_and_without_the_memory(tmp_path: Path, seed: int) -> None:
    """Hand-ins, edits and losses in any order: the same files, and the same told of them."""
    plans = {make_round(tmp_path / name, PLAN, INBOX): PLAN for name in ("med", "utan")}
    for step in range(8):
        told = []
        for folder, plan in plans.items():
            pick = random.Random(f"{seed} {step}")  # noqa: S311  a test's choices
            plans[folder] = changed(folder, plan, pick)
            if folder.name == "utan":
                (folder / MEMORY).unlink(missing_ok=True)
            told.append((written(folder, plans[folder]), files(folder)))
        assert told[0] == told[1], step
