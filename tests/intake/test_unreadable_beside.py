"""An unreadable file of a unit that has also handed in a good one: nobody is asked for what has been done."""

from pathlib import Path

import pytest

from excel_uppsikt.intake.inbox import collect
from tests.changed_forms import TWO_UNITS
from tests.small_rounds import CARE, check, make_round, own_form, row, shared_form

GOOD = own_form(TWO_UNITS, "Hemtjänst", {2: [row("Läxhjälp")]})
BAD = GOOD[:300]
ASKED = "skicka den igen"


def message(folder: Path, inbox: dict[str, bytes], file: str) -> str:
    """What is told of a file, which is one F201."""
    findings = check(folder, TWO_UNITS, inbox).findings
    (finding,) = [f for f in findings if f.file == f"inkorg/{file}"]
    assert finding.code == "F201"
    return finding.message


@pytest.mark.parametrize("bad", ["Hemtjänst.xlsx", "hemtjanst (2).xlsx"])
def test_a_damaged_file_beside_a_good_one_says_which_is_used(tmp_path: Path, bad: str) -> None:
    told = message(tmp_path, {bad: BAD, "ny Hemtjänst.xlsx": GOOD}, bad)
    assert "skadad eller inte helt överförd" in told
    assert (
        "Hemtjänst har lämnat in en annan fil, ”inkorg/ny Hemtjänst.xlsx”, som går att läsa" in told
    )
    assert ASKED not in told


def test_a_word_document_beside_the_form_is_not_asked_for_again(tmp_path: Path) -> None:
    told = message(
        tmp_path, {"Hemtjänst bilaga.txt": b"hej", "x.xlsx": GOOD}, "Hemtjänst bilaga.txt"
    )
    assert "inte en arbetsbok" in told
    assert "”inkorg/x.xlsx”" in told
    assert "skicka det ifyllda" not in told


def test_a_damaged_gemensamt_beside_a_good_one(tmp_path: Path) -> None:
    good = shared_form(TWO_UNITS, {2: [row("Läger")]})
    name = f"Gemensamt {CARE}.xlsx"
    told = message(tmp_path, {name: good[:300], "a.xlsx": good}, name)
    assert f"Gemensamt {CARE} har lämnat in en annan fil, ”inkorg/a.xlsx”" in told


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        # Nothing tells whose it is; it is another unit's; and nothing readable has come.
        ("skannad.xlsx", GOOD),
        ("Bemanning.xlsx", GOOD),
        ("Hemtjänst.xlsx", None),
    ],
)
def test_where_it_may_be_somebody_elses_it_is_asked_for(
    tmp_path: Path, bad: str, good: bytes | None
) -> None:
    inbox = {bad: BAD} | ({"x.xlsx": good} if good else {})
    assert ASKED in message(tmp_path, inbox, bad)


def test_one_beside_a_form_that_the_coordinator_has_set_aside_is_asked_for(tmp_path: Path) -> None:
    make_round(tmp_path, TWO_UNITS, {"Hemtjänst.xlsx": BAD, "x.xlsx": GOOD})
    found = collect(tmp_path, TWO_UNITS, use={"inkorg/x.xlsx": False}).findings
    assert [(f.code, ASKED in f.message) for f in found] == [("F201", True), ("F205", False)]
