"""Statuses and units in rows, however they are written."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from excel_uppsikt.form.values import FormRow
from excel_uppsikt.model import Plan
from excel_uppsikt.rounds.results import CheckedRound
from tests.intake.read_rows import (
    PLAN,
    SCHOOL,
    TWO_DEPARTMENTS,
    Table,
    by_row,
    faults,
    numbered,
    own,
    per_goal,
)
from tests.small_rounds import CARE, YOUTH, check, make_plan, row, shared_form

Reader = Callable[[Path, Sequence[FormRow]], CheckedRound]


def common(folder: Path, rows: Sequence[FormRow], plan: Plan = PLAN) -> CheckedRound:
    """What is made of a Gemensamt with these rows."""
    return check(folder, plan, {"Gemensamt.xlsx": shared_form(plan, {2: rows})})


# --- Statuses ---------------------------------------------------------------------------------------


def test_statuses_are_read_by_what_they_say(tmp_path: Path) -> None:
    """Case and spaces do not matter; one near miss is taken; else it is unknown and missing."""
    table: Table = [
        ({"status": "PÅGÅENDE  ENLIGT\nPLAN"}, []),
        ({"status": "Pågående\u00a0enligt\u200b plan "}, []),
        ({"status": "Pågåene enligt plan"}, [("R311", "F")]),
        ({"status": "Klart nog"}, [("R305", "F")]),
        ({"status": "Pågående"}, [("R305", "F")]),
        ({"status": "Påbörjad"}, [("R305", "F")]),
        # Nothing follows from a status that nobody knows.
        ({"status": "Avvikelse", "comment": ""}, [("R305", "F")]),
    ]
    rows, expected = numbered(table)
    checked = own(tmp_path, rows)
    assert faults(checked) == expected
    known = "Pågående enligt plan"
    names = [a.values.status.name if a.values.status else None for a in by_row(checked)]
    assert names == [known, known, known, None, None, None, None]


def test_an_unknown_status_is_asked_about_where_several_are_near(tmp_path: Path) -> None:
    checked = own(tmp_path, [row(status="Pågående")])
    (found,) = [f for f in checked.findings if f.code == "R305"]
    assert found.value == "Pågående"
    assert "Menar du ”Pågående enligt plan” eller ”Pågående med avvikelse”?" in found.message


# --- Units ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "Hemtjänst; Bemanning",
        "Bemanning;Hemtjänst;",
        "Hemtjänst, Bemanning",
        "Hemtjänst\nBemanning",
        "Hemtjänst och Bemanning",
        "Hemtjänst & Bemanning",
        "Hemtjänst/Bemanning",
        "  HEMTJÄNST ;\u00a0bemanning\n",
        "Hemtjänst; Bemanning; Hemtjänst",
    ],
)
def test_units_are_told_apart_however_they_are_separated(written: str, tmp_path: Path) -> None:
    """In the plan's order, each once."""
    checked = per_goal(tmp_path, [row(units=written)])
    assert faults(checked) == []
    assert [a.values.units for a in checked.activities] == [("Hemtjänst", "Bemanning")]


def test_unit_names_may_hold_separators_and_one_another(tmp_path: Path) -> None:
    """The longest is found first, so that a name inside another is not taken for a unit."""
    names = ("Boende", "Särskilt boende", "Kultur, fritid och bibliotek", "Vård & omsorg", "Kultur")
    plan = make_plan(goals=(YOUTH,), units=names)
    written = {
        "Särskilt boende": ("Särskilt boende",),
        "Boende, Särskilt boende": ("Boende", "Särskilt boende"),
        "Kultur, fritid och bibliotek": ("Kultur, fritid och bibliotek",),
        "Vård & omsorg och Kultur": ("Vård & omsorg", "Kultur"),
        "kultur; Kultur, fritid och bibliotek/boende": (
            "Boende",
            "Kultur, fritid och bibliotek",
            "Kultur",
        ),
    }
    rows = [row(f"Nr {at}", units=units) for at, units in enumerate(written)]
    checked = per_goal(tmp_path, rows, plan)
    assert faults(checked) == []
    assert [a.values.units for a in by_row(checked)] == list(written.values())


def test_units_that_are_misspelt_or_unknown(tmp_path: Path) -> None:
    """One near miss is taken (R311); each unknown is told by itself (R306), the known still stand."""
    table: Table = [
        ({"units": "Hemtjänt"}, [("R311", "B")]),
        ({"units": "Bemanning; Hemtjänt"}, [("R311", "B")]),
        ({"units": "Hamnkontoret"}, [("R306", "B")]),
        ({"units": "Bemanning; Hamnkontoret"}, [("R306", "B")]),
        ({"units": "Simhallen, Bemanning och Hamnkontoret"}, [("R306", "B"), ("R306", "B")]),
    ]
    rows, expected = numbered(table)
    checked = own(tmp_path, rows)
    assert faults(checked) == expected
    assert [a.values.units for a in by_row(checked)] == [
        ("Hemtjänst",),
        ("Hemtjänst", "Bemanning"),
        # All unknown: the form's own unit.
        ("Hemtjänst",),
        ("Bemanning",),
        ("Bemanning",),
    ]
    values = [f.value for f in checked.findings if f.code in ("R306", "R311")]
    assert values == [
        "Hemtjänt",
        "Hemtjänt",
        "Hamnkontoret",
        "Hamnkontoret",
        "Hamnkontoret",
        "Simhallen",
    ]
    assert not any(a.values.whole for a in checked.activities)


def test_another_departments_unit_is_unknown_in_a_units_own_form(tmp_path: Path) -> None:
    """R306 says where it belongs."""
    rows = [row("A", units="Förskolan"), row("B", units="Bemanning; Förskolan")]
    checked = own(tmp_path, rows, TWO_DEPARTMENTS)
    assert faults(checked) == [("R306", "B5"), ("R306", "B6")]
    found = [f.message for f in checked.findings if f.code == "R306"]
    assert all("Enheten ”Förskolan” hör till Skola." in message for message in found)
    assert [(a.department, a.values.units) for a in by_row(checked)] == [
        (CARE, ("Hemtjänst",)),
        (CARE, ("Bemanning",)),
    ]


def test_an_empty_enheter_means_what_the_form_says(tmp_path: Path) -> None:
    """The unit itself in its own form, the whole department in Gemensamt, nobody in a per-goal form."""
    mine = own(tmp_path / "egen", [row()])
    ours = common(tmp_path / "gemensamt", [row()])
    whose = per_goal(tmp_path / "mål", [row()])
    assert [faults(checked) for checked in (mine, ours, whose)] == [[], [], [("R301", "B5")]]
    assert [
        (a.values.units, a.values.whole) for c in (mine, ours, whose) for a in c.activities
    ] == [
        (("Hemtjänst",), False),
        ((), True),
        ((), False),
    ]


def test_unknown_units_in_gemensamt_are_not_the_whole_department(tmp_path: Path) -> None:
    checked = common(tmp_path, [row("A", units="Hamnkontoret"), row("B", units="Bemanning")])
    assert faults(checked) == [("R306", "B5")]
    assert [(a.values.units, a.values.whole) for a in by_row(checked)] == [
        ((), False),
        (("Bemanning",), False),
    ]


@pytest.mark.parametrize("form", [own, common, per_goal])
def test_the_whole_department_may_be_written_everywhere(form: Reader, tmp_path: Path) -> None:
    """Alone, in any case, nearly right, or with a unit beside it, which is then its own too."""
    rows = [
        row("A", units="Hela verksamheten"),
        row("B", units="HELA  verksamheten"),
        row("C", units="Hela verksamhten"),
        row("D", units="Hela verksamheten; Bemanning"),
    ]
    checked = form(tmp_path, rows)
    assert faults(checked) == [("R311", "B7")]
    assert [(a.department, a.values.units, a.values.whole) for a in by_row(checked)] == [
        (CARE, (), True),
        (CARE, (), True),
        (CARE, (), True),
        (CARE, ("Bemanning",), True),
    ]


def test_the_whole_department_must_say_which_where_there_are_several(tmp_path: Path) -> None:
    """In a per-goal form for two departments the bare words are R306, and the row is nobody's."""
    rows = [row("A", units="Hela verksamheten"), row("B", units="Hela verksamheten Skola")]
    checked = per_goal(tmp_path, rows, TWO_DEPARTMENTS)
    assert faults(checked) == [("R306", "B5")]
    assert [(a.department, a.values.units, a.values.whole) for a in by_row(checked)] == [
        (None, (), False),
        (SCHOOL, (), True),
    ]


def test_a_row_of_two_departments_is_one_activity_in_each(tmp_path: Path) -> None:
    """Each with its own units and from the same row, so that both reports tell it."""
    rows = [row("Läxhjälp", units="Förskolan; Bemanning"), row("Teater", units="Hemtjänst")]
    checked = per_goal(tmp_path, rows, TWO_DEPARTMENTS)
    assert faults(checked) == []
    assert [
        (a.department, a.values.title, a.values.units, a.sources[0].row) for a in checked.activities
    ] == [
        (CARE, "Läxhjälp", ("Bemanning",), 5),
        (CARE, "Teater", ("Hemtjänst",), 6),
        (SCHOOL, "Läxhjälp", ("Förskolan",), 5),
    ]
