"""Follow-up forms: what has been gone through is done, and Kontroll says of the rest what the check says."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from excel_uppsikt.excel.reading import read_workbook, read_workbook_bytes
from excel_uppsikt.form.definition import FEWEST_BLANK, unit_form
from excel_uppsikt.form.templates import carried
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.form.writing import form_workbook
from excel_uppsikt.model import Activity, Field
from excel_uppsikt.rounds.checking import check as check_round
from excel_uppsikt.rounds.results import CheckedRound
from excel_uppsikt.rounds.workbooks import write_compilation, write_returns
from tests import hyperformula
from tests.form.opened_forms import FIRST, YOUTH_SHEET, kontroll
from tests.form.test_elsewhere import kontroll_by_findings, without_values
from tests.hyperformula import needs_hyperformula
from tests.libreoffice import COMPUTED, converted, needs_libreoffice
from tests.small_rounds import check, make_plan, make_round, own_form, places, row

PLAN = make_plan(minimum=0)
LATER = make_plan(
    period="T2", minimum=0, cutoff=date(2024, 8, 31), previous="../t1/ut/sammanstallning.xlsx"
)
FORM = unit_form(LATER, LATER.units[0])
ONGOING, DEVIATING = "Pågående enligt plan", "Pågående med avvikelse"
FINISHED = "Avslutad enligt plan"
# The first round: all ongoing; some with a deviation, one without anything to carry on.
BEFORE = {
    "Ett": row("Ett", end=date(2024, 12, 1)),
    "Två": row("Två", end=date(2024, 12, 1), status=DEVIATING, comment="Försenat av flytten."),
    "Tre": row("Tre", end=date(2024, 12, 1), status=DEVIATING, comment=""),
    "Fyra": row("Fyra", end=date(2024, 8, 30)),
    "Fem": row("Fem", end=date(2024, 3, 31), status=FINISHED, comment="Klart."),
    "Sex": row("Sex", end=date(2024, 8, 31)),
}
Edits = dict[str, dict[Field, object]]
COMMENT, STATUS, END = Field.COMMENT, Field.STATUS, Field.END
GO_THROUGH = "Gå igenom raden"
# What is changed in each row; its findings; and what Kontroll says of it.
CASES: list[tuple[str, dict[Field, object], list[str], str]] = [
    ("Ett", {}, ["R313"], GO_THROUGH),
    ("Ett", {COMMENT: "Går bra."}, [], "✔ Klar"),
    ("Ett", {COMMENT: "oförändrat"}, [], "✔ Klar"),
    ("Ett", {COMMENT: " OFÖRÄNDRAT. "}, [], "✔ Klar"),
    ("Ett", {COMMENT: "Oförändrat"}, [], "✔ Klar"),
    ("Ett", {COMMENT: "…"}, ["R313"], GO_THROUGH),
    ("Ett", {STATUS: "Pågående enligt plan."}, ["R313"], GO_THROUGH),
    ("Ett", {STATUS: DEVIATING}, ["R307"], "Statusen kräver en kommentar"),
    ("Ett", {STATUS: DEVIATING, COMMENT: "oförändrat"}, [], "✔ Klar"),
    ("Ett", {STATUS: FINISHED}, ["C403"], "Slutdatum ligger efter 2024-08-31"),
    ("Ett", {STATUS: FINISHED, END: date(2024, 6, 30)}, [], "✔ Klar"),
    ("Ett", {END: date(2024, 12, 2)}, ["R313"], GO_THROUGH),
    ("Ett", {END: date(2024, 8, 1)}, ["R313", "C402"], f"{GO_THROUGH}. Slutdatum har passerat"),
    ("Två", {}, ["R313"], GO_THROUGH),
    ("Två", {COMMENT: "oförändrat"}, [], "✔ Klar"),
    ("Tre", {COMMENT: "oförändrat"}, ["R307"], "Statusen kräver en kommentar"),
    ("Fyra", {}, ["R313", "C402"], f"{GO_THROUGH}. Slutdatum har passerat"),
    ("Fyra", {COMMENT: "oförändrat"}, ["C402"], "Slutdatum har passerat"),
    ("Sex", {COMMENT: "oförändrat"}, [], "✔ Klar"),
    ("Fem", {}, [], "✔ Klar"),
    ("Fem", {COMMENT: ""}, [], "✔ Klar"),
]


def first_round(folder: Path) -> tuple[Activity, ...]:
    """A round with a compilation, and the activities that go on from it."""
    form = own_form(PLAN, "Hemtjänst", {2: list(BEFORE.values())})
    done = check(folder / "t1", PLAN, {"a.xlsx": form})
    write_compilation(done)
    return check_round(folder / "t1", PLAN).compilation.approved


def sent_out(before: Sequence[Activity]) -> dict[str, FormRow]:
    """The rows of the next round's form by title."""
    rows = carried(LATER, FORM, before)[2]
    return {str(one.value(Field.TITLE)): one for one in rows}


def edited(rows: Sequence[FormRow]) -> bytes:
    return form_workbook(LATER, FORM, {2: rows})


def one_row(sent: FormRow, edits: dict[Field, object]) -> bytes:
    """A form with this row, and one that has been added."""
    return edited([replace(sent, cells={**sent.cells, **edits}), row("Ny", end=date(2024, 12, 1))])


def handed_in(folder: Path, data: bytes) -> CheckedRound:
    return check_round(make_round(folder / "t2", LATER, {"Hemtjänst.xlsx": data}), LATER)


def told(checked: CheckedRound) -> list[tuple[str, str]]:
    """What is said of rows and the file, but not what became of what is in other forms or was before."""
    return [(code, cell) for code, _, _, cell in places(checked.findings) if code[0] not in "UEP"]


def test_a_row_is_done_when_it_has_been_gone_through(tmp_path: Path) -> None:
    """By the check, and by the value beside Kontroll alike."""
    sent = sent_out(first_round(tmp_path))
    for title, edits, codes, says in CASES:
        data = one_row(sent[title], edits)
        checked = handed_in(tmp_path, data)
        at = next(
            e.row
            for s in checked.collection.submissions
            for e in s.entries
            if e.values.title == title
        )
        assert {code for code, _ in told(checked)} == set(codes), (title, edits)
        assert kontroll(data, YOUTH_SHEET, at)[at - FIRST] == says, (title, edits)
        assert kontroll_by_findings(checked, LATER, YOUTH_SHEET, at) == says


def all_cases(sent: dict[str, FormRow]) -> tuple[bytes, list[int]]:
    """A form with a row for each case, and the rows where they stand: the collapsed at the bottom."""
    rows = [
        replace(sent[title], cells={**sent[title].cells, **edits}) for title, edits, *_ in CASES
    ]
    (data, last) = edited(rows), FIRST + len(CASES) + FEWEST_BLANK
    work = iter(range(FIRST, last))
    collapsed = iter(range(last - sum(row.collapsed for row in rows), last))
    return data, [next(collapsed if row.collapsed else work) for row in rows]


@needs_libreoffice
def test_libreoffice_gets_the_same_for_a_follow_up_form(tmp_path: Path) -> None:
    data, places = all_cases(sent_out(first_round(tmp_path)))
    (tmp_path / "a.xlsx").write_bytes(without_values(data))
    target = converted(tmp_path, ["a.xlsx"], COMPUTED)
    sheets = {sheet.name: sheet.rows for sheet in read_workbook(target / "a.xlsx").sheets}
    found = [sheets[YOUTH_SHEET][number - 1][7] for number in places]
    assert found == [says for *_, says in CASES]


@needs_hyperformula
def test_hyperformula_gets_the_same_for_a_follow_up_form(tmp_path: Path) -> None:
    data, places = all_cases(sent_out(first_round(tmp_path)))
    (values,) = hyperformula.computed([data])
    found = [values[YOUTH_SHEET, number, 8] for number in places]
    assert found == [says for *_, says in CASES]


def test_the_previous_comment_is_carried_on(tmp_path: Path) -> None:
    sent = sent_out(first_round(tmp_path))
    checked = handed_in(tmp_path, one_row(sent["Två"], {COMMENT: "Oförändrat."}))
    comments = {a.values.title: a.values.comment for a in checked.activities}
    assert comments["Två"] == "Försenat av flytten."


def test_a_form_as_it_was_sent_out_is_told_once(tmp_path: Path) -> None:
    """F209 stands alone: no row of it is not gone through, lacks a comment or has a date that has passed."""
    before = first_round(tmp_path)
    data = form_workbook(LATER, FORM, carried(LATER, FORM, before))
    assert told(handed_in(tmp_path, data)) == [("F209", "")]


def test_the_sheet_and_the_first_page_say_that_rows_are_left_to_go_through(tmp_path: Path) -> None:
    data = form_workbook(LATER, FORM, carried(LATER, FORM, first_round(tmp_path)))
    sheets = {sheet.name: sheet.rows for sheet in read_workbook_bytes(data).sheets}
    assert sheets[YOUTH_SHEET][1][0] == "✘ Komplettera"
    (line,) = [cells for cells in sheets["Läs mig"] if str(cells[0]).startswith("2. Kommunens")]
    assert list(line[1:4]) == [6.0, 5.0, "✘ Komplettera"]


def test_a_return_still_says_what_is_left_to_go_through(tmp_path: Path) -> None:
    sent = sent_out(first_round(tmp_path))
    (hand_in,) = write_returns(handed_in(tmp_path, one_row(sent["Ett"], {}))).hand_ins
    assert hand_in.written is not None
    assert kontroll(hand_in.written.path.read_bytes(), YOUTH_SHEET, 2) == [GO_THROUGH, "✔ Klar"]


@pytest.mark.parametrize(
    "edits", [{STATUS: "Ej påbörjad"}, {END: date(2024, 12, 24)}, {COMMENT: "Ja."}]
)
def test_a_form_with_one_change_is_not_as_it_was_sent_out(
    edits: dict[Field, object], tmp_path: Path
) -> None:
    sent = sent_out(first_round(tmp_path))
    rows = [
        replace(one, cells={**one.cells, **(edits if title == "Ett" else {})})
        for title, one in sent.items()
    ]
    codes = {code for code, _ in told(handed_in(tmp_path, edited(rows)))}
    assert "F209" not in codes
    assert "R313" in codes


@needs_libreoffice
def test_what_was_last_reported_in_an_earlier_round_says_so_and_kontroll_reads_it_the_same(
    tmp_path: Path,
) -> None:
    """The period stands behind the status, which the formulas still find."""
    before = [replace(one, last_reported="T3 2023") for one in first_round(tmp_path)]
    sent = sent_out(before)
    assert sent["Två"].previous == f"{DEVIATING} · senast redovisat T3 2023\nFörsenat av flytten."
    data, places = all_cases(sent)
    (tmp_path / "a.xlsx").write_bytes(without_values(data))
    target = converted(tmp_path, ["a.xlsx"], COMPUTED)
    sheets = {sheet.name: sheet.rows for sheet in read_workbook(target / "a.xlsx").sheets}
    found = [sheets[YOUTH_SHEET][number - 1][7] for number in places]
    assert found == [says for *_, says in CASES]
    made = {sheet.name: sheet.rows for sheet in read_workbook_bytes(data).sheets}
    assert [made[YOUTH_SHEET][number - 1][7] for number in places] == found
