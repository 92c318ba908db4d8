"""What could be chosen when the form went out is gone from the plan: the unit did choose rightly."""

from dataclasses import replace
from pathlib import Path

import pytest

from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.model import Plan, Unit
from tests.changed_forms import FILE, YOUNG, delete, edited
from tests.small_rounds import CARE, STATUSES, check, make_plan, own_form, row

PLAN = make_plan(units=("Hemtjänst", "Vård och omsorg", "Bemanning"), minimum=0)
RENAMED = tuple(
    replace(status, name="Löper på") if status.name == "Pågående enligt plan" else status
    for status in STATUSES
)


def told(folder: Path, plan: Plan, form: bytes) -> list[Finding]:
    """What is said of the rows' statuses and units when the form comes in under another plan."""
    findings = check(folder, plan, {FILE: form}).findings
    return [finding for finding in findings if finding.code in ("R305", "R306", "R311")]


def test_a_status_of_the_forms_own_list_is_not_asked_about_as_another(tmp_path: Path) -> None:
    form = own_form(PLAN, "Hemtjänst", {2: [row("Läxhjälp")]})
    (finding,) = told(tmp_path, replace(PLAN, statuses=RENAMED), form)
    assert (finding.code, finding.sheet, finding.cell) == ("R305", YOUNG, "F5")
    assert finding.words.startswith(
        "Statusen ”Pågående enligt plan” kunde väljas när formuläret skickades ut, men finns inte i "
        "planen nu. Välj någon av "
    )
    assert "”Löper på”" in finding.unit_words
    assert "Menar du" not in finding.unit_words


def test_one_that_never_was_in_the_list_is_told_as_before(tmp_path: Path) -> None:
    form = own_form(PLAN, "Hemtjänst", {2: [row("Läxhjälp", status="Rullar på bra nu")]})
    (finding,) = told(tmp_path, replace(PLAN, statuses=RENAMED), form)
    assert "Statusen ”Rullar på bra nu” finns inte." in finding.words


@pytest.mark.parametrize(
    ("written", "gone"),
    [
        ("Vård och omsorg", "Vård och omsorg"),
        ("Hemtjänst; Vård och omsorg", "Vård och omsorg"),
        ("Hemtjänst, vård och omsorg", "Vård och omsorg"),
        ("Vård och omsrog", "Vård och omsrog"),
    ],
)
def test_a_unit_of_the_forms_own_list_is_not_asked_about_as_another(
    tmp_path: Path, written: str, gone: str
) -> None:
    """A name with `och` in it is one name also when the plan has it no more."""
    form = own_form(PLAN, "Hemtjänst", {2: [row("Läxhjälp", units=written)]})
    now = replace(PLAN, units=(Unit("Hemtjänst", CARE), Unit("Omsorg om äldre", CARE)))
    (finding,) = told(tmp_path, now, form)
    assert (finding.code, finding.sheet, finding.cell) == ("R306", YOUNG, "B5")
    assert finding.unit_words == (
        f"”{gone}” kunde väljas när formuläret skickades ut, men finns inte i planen nu. Skriv ”Hemtjänst” "
        "eller ”Omsorg om äldre”, med semikolon mellan flera."
    )


def test_names_that_the_plan_knows_are_read_as_before(tmp_path: Path) -> None:
    """By a former name, and by a spelling that is only a little different now."""
    form = own_form(PLAN, "Hemtjänst", {2: [row("Läxhjälp", units="Bemanning; Vård och omsorg")]})
    units = (
        Unit("Hemtjänst", CARE),
        Unit("Bemanningen", CARE),
        Unit("Äldreomsorg", CARE, earlier_names=("Vård och omsorg",)),
    )
    (finding,) = told(tmp_path, replace(PLAN, units=units), form)
    assert finding.words == "”Bemanning” lästes som ”Bemanningen”. Rätta om det är fel."


def test_without_the_hidden_sheet_it_is_only_unknown(tmp_path: Path) -> None:
    form = edited(own_form(PLAN, "Hemtjänst", {2: [row("Läxhjälp")]}), delete("_uppsikt"))
    (finding,) = told(tmp_path, replace(PLAN, statuses=RENAMED), form)
    assert finding.words.startswith("Statusen ”Pågående enligt plan” finns inte.")
