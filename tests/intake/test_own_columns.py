"""What is pasted over the form's own columns is content, told at its cell and never an activity's Id."""

from itertools import product
from pathlib import Path

import pytest

from excel_uppsikt.form.control_text import Kontroll
from excel_uppsikt.form.definition import Form
from excel_uppsikt.intake.own_columns import OwnColumns, OwnWords
from excel_uppsikt.model import FormKind
from excel_uppsikt.rounds.results import CheckedRound
from excel_uppsikt.rounds.workbooks import write_compilation
from tests.changed_forms import FILE, HOME, ILL, PLAN, YOUNG, Edit, edited, put
from tests.small_rounds import CARE, check, make_plan, own_form, row

# As a follow-up form is sent out: Kontroll in H, Förra omgången in I, the Id in J.
BEFORE = "Pågående enligt plan\nLäxhjälp ges på måndagar."
TITLES = {1: ["Friskvård"], 2: ["Läxhjälp", "Fältarbete"]}
DEVIATION = "Pågående med avvikelse"
ADVICE = "Flytta texten till rätt kolumn om den ska vara med."


def handed_in(folder: Path, *edits: Edit) -> tuple[CheckedRound, dict[str, str]]:
    """What is made of the form after these changes, and the Ids that its activities were given before."""
    first = {goal: [row(title) for title in titles] for goal, titles in TITLES.items()}
    known = check(folder, PLAN, {FILE: own_form(PLAN, "Hemtjänst", first)})
    write_compilation(known)
    given = {activity.values.title: activity.id for activity in known.activities}
    rows = {
        goal: [row(title, previous=BEFORE, id=given[title]) for title in titles]
        for goal, titles in TITLES.items()
    }
    return check(folder, PLAN, {FILE: edited(own_form(PLAN, "Hemtjänst", rows), *edits)}), given


def told(folder: Path, *edits: Edit) -> list[tuple[str, str, str]]:
    """Sheet, cell and message of all that is said of the form's files, after these changes."""
    checked, _ = handed_in(folder, *edits)
    found = [f for f in checked.findings if not f.code.startswith("U")]
    assert {f.code for f in found} <= {"F207"}
    assert checked.activities
    return [(f.place.sheet or "", f.place.cell or "", f.message) for f in found]


def test_what_the_form_sent_out_is_its_own(tmp_path: Path) -> None:
    assert told(tmp_path) == []
    checked, given = handed_in(tmp_path / "2")
    assert {activity.values.title: activity.id for activity in checked.activities} == given
    assert all(entry.id for one in checked.collection.submissions for entry in one.entries)


@pytest.mark.parametrize(
    ("cell", "text", "column"),
    [
        ("H5", "Anna Berg ansvarar", "kolumnen ”Kontroll”"),
        ("H30", "✔ Klar, säger Anna", "kolumnen ”Kontroll”"),
        ("H5", "Saknas: Pengar", "kolumnen ”Kontroll”"),
        ("H5", "12", "kolumnen ”Kontroll”"),
        ("I5", "Ny kommentar", "kolumnen ”Förra omgången”"),
        ("J5", "Anna Berg", "den dolda kolumnen ”Id”"),
        ("J5", "2-1abcd", "den dolda kolumnen ”Id”"),
        ("J5", "2-ABCDE", "den dolda kolumnen ”Id”"),
        ("J30", "Anna Berg", "den dolda kolumnen ”Id”"),
    ],
)
def test_what_a_unit_writes_in_the_forms_own_columns_is_told(
    cell: str, text: str, column: str, tmp_path: Path
) -> None:
    """At its cell and quoted, also on a row without an activity, and no activity takes it for its Id."""
    (message,) = told(tmp_path, put(YOUNG, cell, text))
    assert message == (
        YOUNG,
        cell,
        f"Blad ”{YOUNG}”, cell {cell}: ”{text}” står i {column}, som formuläret fyller i självt, "
        f"och tas inte med i rapporten. {ADVICE}",
    )
    checked, given = handed_in(tmp_path / "2", put(YOUNG, cell, text))
    assert text not in {activity.id for activity in checked.activities}
    kept = {e.values.title: e.id for one in checked.collection.submissions for e in one.entries}
    assert kept == given | ({"Läxhjälp": None} if cell == "J5" else {})


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "✔ Klar", "Saknas: Aktivitet, Enheter, Startdatum", "Ett datum går inte att läsa",
        "Slutdatum ligger före startdatum", "Datum utanför 2023-01-01–2023-12-31",
        "Statusen finns inte i listan", "Statusen kräver en kommentar",
        "#REF!", "#VALUE!", "#N/A", "#NAMN?", "#VÄRDEFEL!", "#REFERENS!", "#DIV/0!", "Err:502",
    ],
)  # fmt: skip
def test_what_kontroll_says_is_the_forms_own(text: str, tmp_path: Path) -> None:
    """In the words of another round, and as errors, which are the form's own fault; errors as text too."""
    assert told(tmp_path, put(HOME, "H8", text), put(ILL, "H5", text)) == []


def test_a_zero_that_a_program_has_left_in_an_own_column_is_nothing() -> None:
    """Of the number 0 programs make empty texts; the digit as text is what somebody wrote."""
    known = OwnColumns(OwnWords.of(PLAN))
    assert [known.wrote(heading, 0.0) for heading in ("kontroll", "förra omgången", "id")] == [
        True
    ] * 3
    assert [known.wrote(heading, "0") for heading in ("kontroll", "förra omgången", "id")] == [
        False
    ] * 3
    assert not known.wrote("kontroll", False)


@pytest.mark.parametrize("kind", FormKind)
def test_every_answer_of_kontroll_is_known(kind: FormKind) -> None:
    """Whatever a row lacks."""
    plan = make_plan(units=("Hemtjänst",))
    written = {
        "title": ("", "x"),
        "units": ("", "Hemtjänst"),
        "start": ("", "mars", 45300, 99999),
        "end": ("", "2024-12-01", 45299),
        "status": ("", DEVIATION, "Klart"),
        "comment": ("", "x"),
    }
    known = OwnColumns(OwnWords.of(plan))
    kontroll = Kontroll(plan, Form(kind, plan.goals, "Hemtjänst", CARE))
    for values in product(*written.values()):
        made = row(**dict(zip(written, values, strict=True)))
        assert known.wrote("kontroll", kontroll.says(made))


def test_a_table_pasted_over_the_row_is_told_as_one(tmp_path: Path) -> None:
    """Six cells or more, the own columns among them, are one finding."""
    letters = "HIJKLM"
    edits = [put(YOUNG, f"{letter}5", f"text {letter}") for letter in letters]
    ((sheet, cell, message),) = told(tmp_path, *edits)
    assert (sheet, cell) == (YOUNG, "H5")
    assert "text H | text I | text J | text K | text L | text M" in message
