"""A plan that is changed when the compilation has been made: what the program wrote is no edit of hers."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from excel_uppsikt.model import Department, Plan, Unit
from tests.compilation.edited_rounds import PLAN, add, found, home_form, line, put, run, start
from tests.small_rounds import CARE, HOMES, YOUTH, make_plan, own_form, row, shared_form

SCHOOL = "Skola"
FILE = "ut/sammanstallning.xlsx"


def with_departments(*departments: str) -> Plan:
    """A plan of these departments, with Hemtjänst and Bemanning in the first."""
    first, *others = departments
    units = (*(Unit(name, first) for name in ("Hemtjänst", "Bemanning")),)
    more = tuple(Unit(f"Enhet i {name}", name) for name in others)
    made = make_plan(
        goals=(YOUTH, HOMES), minimum=0, departments=[Department(d) for d in departments]
    )
    return replace(made, units=(*units, *more))


def test_a_department_that_the_plan_calls_otherwise_is_no_edit(tmp_path: Path) -> None:
    start(tmp_path, {"Hemtjänst.xlsx": home_form(row("Läxhjälp"))}, with_departments(CARE))
    renamed = with_departments("Vård och omsorg")
    assert found(run(tmp_path, renamed), "F206") == []
    assert line(tmp_path, "Läxhjälp")["Verksamhet"] == "Vård och omsorg"


def test_a_department_that_she_writes_is_told_as_before(tmp_path: Path) -> None:
    start(tmp_path)
    put(tmp_path, "Öppna simhallen", {"Verksamhet": "Kultur"})
    assert found(run(tmp_path)) == [("F207", FILE, "Aktiviteter", "N6")]


def test_a_whole_department_stays_what_it_was_when_the_plan_gets_another(tmp_path: Path) -> None:
    alone = with_departments(CARE)
    form = shared_form(alone, {2: [row("Friskvård", units="Hela verksamheten")]})
    start(tmp_path, {"Gemensamt.xlsx": form}, alone)
    both = with_departments(CARE, SCHOOL)
    assert found(run(tmp_path, both)) == []
    assert line(tmp_path, "Friskvård")["Enheter"] == f"Hela verksamheten {CARE}"


def test_a_whole_department_in_a_row_of_her_own_has_to_be_named(tmp_path: Path) -> None:
    both = with_departments(CARE, SCHOOL)
    start(tmp_path, {"Hemtjänst.xlsx": own_form(both, "Hemtjänst", {2: [row("Läxhjälp")]})}, both)
    cells = {
        "Mål": YOUTH.text,
        "Aktivitet": "Mässa",
        "Enheter": "Hela verksamheten",
        "Ta med": "ja",
    }
    at = add(tmp_path, cells)
    told = found(run(tmp_path, both))
    assert ("R306", FILE, "Aktiviteter", f"D{at}") in told


def test_a_row_of_a_goal_that_is_gone_is_kept_out_for_that_and_no_other_reason(
    tmp_path: Path,
) -> None:
    start(tmp_path)
    put(tmp_path, "Öppna simhallen", {"Kommentar": "Mer att säga."})
    without = replace(PLAN, goals=(HOMES,))
    told = [code for code, *_ in found(run(tmp_path, without))]
    assert "M605" in told
    assert "M608" not in told


def test_a_row_of_her_own_with_an_unknown_unit_is_told_until_it_has_one(tmp_path: Path) -> None:
    start(tmp_path)
    at = add(tmp_path, {"Mål": YOUTH.text, "Aktivitet": "Mässa", "Enheter": "Hemvården"})
    cells = {
        "Startdatum": date(2024, 2, 1),
        "Slutdatum": date(2024, 9, 1),
        "Beskrivning": "Visar upp.",
    }
    put(tmp_path, "Mässa", {**cells, "Status": "Pågående enligt plan", "Kommentar": "Pågår."})
    assert found(run(tmp_path)) == [("R306", FILE, "Aktiviteter", f"D{at}")]
    for _ in range(2):
        assert found(run(tmp_path)) == [("R301", FILE, "Aktiviteter", "D4")]
    put(tmp_path, "Mässa", {"Enheter": "Hemtjänst"})
    assert found(run(tmp_path)) == []
