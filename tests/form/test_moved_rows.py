"""Rows that are dragged, sorted, inserted or deleted: Kontroll, the sheet's state and Läs mig stay right.

Excel makes `#REF!` of a reference to a cell that something is dragged onto, which no program at hand does.
So what formulas may refer to is held by their text, and what they then say by programs that compute them.
"""

import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from excel_uppsikt.excel.reading import read_workbook
from excel_uppsikt.form.definition import README_SHEET, Form, common_form, goal_form, unit_form
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.form.writing import form_workbook
from tests import hyperformula
from tests.form.opened_forms import FIRST, YOUTH_SHEET, formulas, opened
from tests.form.test_elsewhere import without_values
from tests.hyperformula import needs_hyperformula
from tests.libreoffice import COMPUTED, converted, needs_libreoffice
from tests.small_rounds import SICKNESS, YOUTH, make_plan, own_form, row

# As few goals as there can be for one with another before it.
PLAN = make_plan(goals=(SICKNESS, YOUTH), common_counts=True)
KINDS: dict[str, Form] = {
    "unit": unit_form(PLAN, PLAN.units[0]),
    "common": common_form(PLAN, PLAN.departments[0]),
    "goal": goal_form(YOUTH),
}
HEADER = FIRST - 1
LONGEST_FORMULA = 8_192
# What a formula may refer to on a goal's sheet: whole columns, and from the header down.
ALLOWED = (
    re.compile(r"\$([A-J]):\$\1"),
    re.compile(rf"\$([A-J])\${HEADER}:\$\1\$\d{{3,}}"),
    re.compile(rf"\$[A-J]\${HEADER}"),
)
REFERENCE = re.compile(
    r"(?:'(?:[^']|'')*'!)?(\$?[A-Z]{1,3}(?:\$?\d+)?:\$?[A-Z]{1,3}(?:\$?\d+)?|\$?[A-Z]{1,3}\$?\d+)(?![\w(])"
)


@pytest.mark.parametrize("follow_up", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_no_formula_refers_to_a_cell_that_can_be_dragged_onto(kind: str, follow_up: bool) -> None:
    """Only to whole columns and to what begins at the header; on Läs mig also to its own table."""
    previous = "Pågående enligt plan\nGick bra." if follow_up else ""
    form = KINDS[kind]
    rows = {goal.number: [row(previous=previous)] for goal in form.goals}
    found = formulas(opened(form_workbook(PLAN, form, rows)))
    on_goals = 0
    for (sheet, _), text in found.items():
        assert len(text) < LONGEST_FORMULA
        plain = re.sub(r'"[^"]*"', '""', text)
        for match in REFERENCE.finditer(plain):
            if sheet == README_SHEET and "!" not in match[0]:
                continue
            on_goals += 1
            assert any(allowed.fullmatch(match[1]) for allowed in ALLOWED), (sheet, match[0])
    assert on_goals > 1_000


Change = Callable[[Worksheet], None]


def drag(sheet: Worksheet, source: int, target: int, columns: str = "ABCDEFGH") -> None:
    """A row cut and pasted onto another, with Kontroll."""
    for column in columns:
        sheet[f"{column}{target}"].value = sheet[f"{column}{source}"].value
        sheet[f"{column}{source}"].value = None


def sort_backwards(sheet: Worksheet) -> None:
    lines = [[sheet[f"{c}{n}"].value for c in "ABCDEFGHI"] for n in range(FIRST, FIRST + 3)]
    for number, values in enumerate(reversed(lines), FIRST):
        for column, value in zip("ABCDEFGHI", values, strict=True):
            sheet[f"{column}{number}"].value = value


def insert(sheet: Worksheet, *, title: str | None) -> None:
    """A row between two others, which has no Kontroll."""
    sheet.insert_rows(FIRST + 1)
    sheet[f"A{FIRST + 1}"].value = title


def insert_and_delete(sheet: Worksheet) -> None:
    """A blank row between two others, and the row below it away."""
    insert(sheet, title=None)
    sheet.delete_rows(FIRST + 2)


ROWS: list[FormRow] = [row("Alfa"), row("Beta", end=None), row("Gamma", units="Bemanning")]
ENDLESS = "Saknas: Slutdatum"
DONE = "✔ Klar"
# What is done to the rows; Kontroll from the first row; titled, lacking and counting rows; the state.
CHANGES: dict[str, tuple[Change, list[str], tuple[int, int, int], str]] = {
    "nothing": (lambda _: None, [DONE, ENDLESS, DONE, ""], (3, 1, 2), "✘ Komplettera"),
    "a row dragged down": (
        lambda sheet: drag(sheet, FIRST, FIRST + 3),
        ["", ENDLESS, DONE, DONE],
        (3, 1, 2),
        "✘ Komplettera",
    ),
    "a title dragged onto another": (
        lambda sheet: drag(sheet, FIRST, FIRST + 1, "A"),
        ["Saknas: Aktivitet", ENDLESS, DONE, ""],
        (2, 2, 1),
        "✘ Komplettera",
    ),
    "a row dragged over the one that lacks something": (
        lambda sheet: drag(sheet, FIRST, FIRST + 1),
        ["", DONE, DONE, ""],
        (2, 0, 1),
        "✔ Klart",
    ),
    "sorted": (sort_backwards, [DONE, ENDLESS, DONE, ""], (3, 1, 2), "✘ Komplettera"),
    "a row inserted and filled in": (
        lambda sheet: insert(sheet, title="Delta"),
        [DONE, "", ENDLESS, DONE],
        (4, 2, 3),
        "✘ Komplettera",
    ),
    "a blank row inserted, and what lacks something deleted": (
        insert_and_delete,
        [DONE, "", DONE, ""],
        (2, 0, 1),
        "✔ Klart",
    ),
}
Outcome = tuple[list[str], tuple[int, int, int], str]


def changed(change: Change) -> bytes:
    """A form of three rows where something has been done to them."""
    book = openpyxl.load_workbook(io.BytesIO(own_form(PLAN, "Hemtjänst", {2: ROWS})))
    change(book[YOUTH_SHEET])
    result = io.BytesIO()
    book.save(result)
    return result.getvalue()


def outcome(values: Mapping[tuple[str, int, int], object]) -> Outcome:
    """What Kontroll, Läs mig and the sheet say, by the values of cells."""
    line = 12  # of the second goal on Läs mig
    titled, lacking, state, counting = (values[README_SHEET, line, at] for at in (2, 3, 4, 5))
    told = [str(values.get((YOUTH_SHEET, FIRST + at, 8)) or "") for at in range(4)]
    assert values[YOUTH_SHEET, 2, 1] == state
    counts = (int(str(titled)[0]), int(str(lacking)[0]), int(str(counting)[0]))
    return told, counts, str(state)


@needs_libreoffice
def test_what_is_done_to_rows_leaves_the_form_right_in_libreoffice(tmp_path: Path) -> None:
    names = [f"{at}.xlsx" for at in range(len(CHANGES))]
    for name, (change, *_) in zip(names, CHANGES.values(), strict=True):
        (tmp_path / name).write_bytes(without_values(changed(change)))
    target = converted(tmp_path, names, COMPUTED)
    for name, (words, (_, *expected)) in zip(names, CHANGES.items(), strict=True):
        sheets = {sheet.name: sheet.rows for sheet in read_workbook(target / name).sheets}

        values = {
            (sheet, number, at): cell
            for sheet, rows in sheets.items()
            for number, line in enumerate(rows, 1)
            for at, cell in enumerate(line, 1)
        }
        assert outcome(values) == tuple(expected), words


@needs_hyperformula
def test_what_is_done_to_rows_leaves_the_form_right_in_hyperformula() -> None:
    computed = hyperformula.computed([changed(change) for change, *_ in CHANGES.values()])
    for values, (words, (_, *expected)) in zip(computed, CHANGES.items(), strict=True):
        assert outcome(values) == tuple(expected), words
