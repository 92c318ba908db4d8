"""Forms that went out with the words that Läs mig had before: these are the form's own, as the new are."""

from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from excel_uppsikt.form.definition import BY_FIELD
from excel_uppsikt.model import Field
from tests.changed_forms import FILE, PLAN, edited, on
from tests.small_rounds import check, own_form, row

BEFORE = "Pågående enligt plan\nLäxhjälp ges på måndagar."
FORM = {
    1: [row("Friskvård", previous=BEFORE)],
    2: [row("Läxhjälp", previous=BEFORE), row("Fältarbete", previous=BEFORE)],
}
STEP = (
    "2.  Gå till ett mål nedan och gå igenom varje rad: skriv en ny kommentar eller ändra status. Har inget "
    "hänt: skriv oförändrat. Lägg till nya rader"
)


@pytest.mark.parametrize("end", [" om det behövs.", "."], ids=["now", "before"])
def test_the_step_of_a_follow_up_form_is_its_own(tmp_path: Path, end: str) -> None:
    """New rows are asked for only where there are any."""

    def change(book: Workbook) -> None:
        lines = on(book, "Läs mig")["A"]
        (step,) = [cell for cell in lines if str(cell.value).startswith("2.  Gå")]
        assert step.value == f"{STEP} om det behövs."
        step.value = f"{STEP}{end}"

    checked = check(tmp_path, PLAN, {FILE: edited(own_form(PLAN, "Hemtjänst", FORM), change)})
    assert [finding for finding in checked.findings if finding.code == "F207"] == []


def test_the_prompt_of_a_comment_is_true_in_a_first_round_too() -> None:
    """Then there is no report before to tell since when."""
    assert BY_FIELD[Field.COMMENT].prompt == (
        "Vad som har hänt hittills, eller sedan förra redovisningen. Obligatorisk vid avvikelse."
    )
