"""What a reminder tells of the errors left: as many as it says there are, and where all of them stand."""

from pathlib import Path

import pytest

from excel_uppsikt.form.values import FormRow
from excel_uppsikt.model import Unit
from excel_uppsikt.rounds.mailings import reminders_mailing
from excel_uppsikt.rounds.workbooks import write_returns
from tests.small_rounds import CARE, check, make_plan, own_form, row

PLAN = make_plan(units=(Unit("Hemtjänst", CARE, "Örjan", "orjan@exempel.se"),))
YOUNG = "2 Kommunens ungdomar ska känna"
WHERE = "Det som ska rättas står på bladet Att åtgärda i den bifogade filen:"


def standing(folder: Path, rows: dict[int, list[FormRow]], *, minimum: int = 0) -> list[str]:
    """The lines of the reminder that tell how things stand, without the blank ones."""
    plan = make_plan(
        units=PLAN.units, minimum=minimum, goals=[g for g in PLAN.goals if not g.mandatory]
    )
    checked = check(folder, plan, {"a.xlsx": own_form(plan, "Hemtjänst", rows)})
    (message,) = reminders_mailing(checked, write_returns(checked)).messages
    lines = [line for line in message.text.splitlines() if line]
    start = next(at for at, line in enumerate(lines) if line.startswith("Formuläret har kommit"))
    return lines[
        start : lines.index("Har svaret redan kommit i väg kan du bortse från det här mejlet.")
    ]


def test_what_has_no_cell_is_not_said_to_be_marked(tmp_path: Path) -> None:
    """The unit rule is told on the list of what is to be done, and of no cell."""
    told = standing(tmp_path, {2: [row("Läxhjälp")]}, minimum=2)
    assert told == [
        f"Formuläret har kommit, men 1 fel behöver rättas (sista dag: 10 maj 2024). {WHERE}",
        "- Hemtjänst har 1 aktivitet, men regeln är minst 2. 1 aktivitet saknas.",
    ]


@pytest.mark.parametrize(
    ("count", "more"), [(1, ""), (2, " (gäller 2 rader)"), (15, " (gäller 15 rader)")]
)
def test_a_line_says_of_how_many_rows_it_is_told(tmp_path: Path, count: int, more: str) -> None:
    """Rows without a title cannot be told apart, so they have one line."""
    told = standing(
        tmp_path, {2: [row(""), *[row("") for _ in range(count - 1)]], 3: [row("Flytt")]}
    )
    assert told == [
        f"Formuläret har kommit, men {count} fel behöver rättas (sista dag: 10 maj 2024). {WHERE}",
        f"- Bladet {YOUNG}: Aktivitet saknas. Fyll i uppgiften, eller töm raden om "
        f"den inte ska vara med.{more}",
    ]


def test_what_is_left_out_is_counted_by_what_is_to_be_put_right(tmp_path: Path) -> None:
    """Twenty lines are told; the last line of a mail stands for the rest, two of them in one."""
    rows = [row(f"Nr {number:02}", start="31 februari") for number in range(20)]
    told = standing(tmp_path, {2: rows, 3: [row(""), row("")]})
    assert told[0].startswith("Formuläret har kommit, men 22 fel behöver rättas")
    assert len(told) == 22
    assert told[-1] == "- … och 2 till"
