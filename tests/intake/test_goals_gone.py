"""A goal is taken out of the plan after the forms went out: its sheet is no unit's fault."""

from dataclasses import replace
from pathlib import Path

import pytest

from excel_uppsikt.rounds.results import CheckedRound
from tests.changed_forms import (
    FILE,
    HOME,
    PLAN,
    ROWS,
    YOUNG,
    Edit,
    delete,
    edited,
    on,
    own_sheet,
    put,
    rename,
)
from tests.small_rounds import HOMES, SICKNESS, YOUTH, check, own_form, per_goal_form, places, row

WITHOUT_HOMES = replace(PLAN, goals=(YOUTH, SICKNESS))
WITH_ROWS = {**ROWS, 3: [row("Byggklara tomter", comment="Två är sålda."), row("Inflyttarmässa")]}
GONE = (
    "Bladet gäller målet ”Ånge ska ha ett positivt flyttnetto.”, som fanns när formuläret skickades ut men "
    "inte finns i planen nu. {} Lägg tillbaka målet i planen, eller för in i sammanställningen det som ska "
    "vara med."
)


def came(folder: Path, form: bytes, *edits: Edit) -> CheckedRound:
    """What is made of Hemtjänst's form of the whole plan once a goal is gone from it."""
    return check(folder, WITHOUT_HOMES, {FILE: edited(form, *edits) if edits else form})


@pytest.mark.parametrize(
    "edits",
    [(), (put(YOUNG, "I40", None),), (rename("Läs mig", "Start"),), (put(HOME, "A1", None),)],
    ids=["as sent", "saved in another program", "Läs mig renamed", "goal's text deleted"],
)  # fmt: skip
def test_an_empty_sheet_is_not_told(tmp_path: Path, edits: tuple[Edit, ...]) -> None:
    """All that stands on it, and on Läs mig of it, is the form's own."""
    checked = came(tmp_path, own_form(PLAN, "Hemtjänst", ROWS), *edits)
    assert checked.findings == ()
    assert len(checked.activities) == 3


def test_rows_there_are_told_to_the_coordinator_alone(tmp_path: Path) -> None:
    checked = came(tmp_path, own_form(PLAN, "Hemtjänst", WITH_ROWS))
    assert places(checked.findings) == [("F207", FILE, HOME, "")]
    (finding,) = checked.findings
    assert finding.words.startswith(
        GONE.partition("{}")[0] + "2 rader där är inte med: ”Byggklara tomter"
    )
    assert finding.words.endswith(GONE.partition("{}")[2])
    assert "Två är sålda." in (finding.value or "")
    assert "Inflyttarmässa" in (finding.value or "")
    assert not finding.for_units


def test_one_text_beside_the_rows_is_told(tmp_path: Path) -> None:
    checked = came(tmp_path, own_form(PLAN, "Hemtjänst", ROWS), put(HOME, "E2", "Vi har bytt chef"))
    assert [finding.words for finding in checked.findings] == [
        GONE.format("1 text där är inte med: ”Vi har bytt chef”.")
    ]
    assert not checked.findings[0].for_units


def test_a_sheet_that_the_form_did_not_have_is_told_as_before(tmp_path: Path) -> None:
    checked = came(tmp_path, own_form(PLAN, "Hemtjänst", ROWS), own_sheet)
    assert places(checked.findings) == [("F207", FILE, "Anteckningar", "")]
    assert checked.findings[0].for_units


def test_a_text_on_its_line_of_the_first_sheet_is_told(tmp_path: Path) -> None:
    """Only its counts and states are the form's own."""

    def write(book: object) -> None:
        sheet = on(book, "Läs mig")  # type: ignore[arg-type]
        line = next(c.row for c in sheet["A"] if str(c.value or "").startswith("3. Ånge"))
        sheet.cell(line, 2).value = "inget för oss"

    checked = came(tmp_path, own_form(PLAN, "Hemtjänst", ROWS), write)
    assert [finding.value for finding in checked.findings] == ["inget för oss"]


def test_without_the_hidden_sheet_nobody_knows(tmp_path: Path) -> None:
    """Then it is a sheet like any other that belongs to no goal."""
    checked = came(tmp_path, own_form(PLAN, "Hemtjänst", WITH_ROWS), delete("_uppsikt"))
    assert ("F207", FILE, HOME, "") in places(checked.findings)


def test_a_form_of_that_goal_alone_was_the_right_one(tmp_path: Path) -> None:
    """Whoever filled it in used the form that was sent out."""
    form = per_goal_form(PLAN, HOMES, [row("Byggklara tomter", units="Hemtjänst")])
    checked = check(tmp_path, WITHOUT_HOMES, {"Mål 3.xlsx": form})
    assert [f.words for f in checked.findings if f.code == "F203"] == [
        "Filen hör till mål som fanns när formuläret skickades ut men inte finns i planen nu: ”Ånge ska ha "
        "ett positivt flyttnetto.”. Den är därför inte med. Lägg tillbaka i planen det som behövs, eller för "
        "in i sammanställningen det som ska vara med."
    ]
