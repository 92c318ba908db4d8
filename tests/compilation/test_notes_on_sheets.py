"""The line below a sheet's title says only what is true of the round, and all that its columns need."""

from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from excel_uppsikt.rounds import steps
from tests.compilation.edited_rounds import book, put
from tests.small_rounds import make_plan, make_round, own_form, row

PLAN = make_plan(units=("Hemtjänst",))
FORM = own_form(PLAN, "Hemtjänst", {1: [row("Hälsosamtal")], 2: [row("Läxhjälp"), row("Läger")]})
LAST = "Längst ned står filer som inte kunde användas."


def merged(folder: Path, **inbox: bytes) -> None:
    make_round(folder, PLAN, {f"{name}.xlsx": data for name, data in inbox.items()})
    list(steps.merge(folder))


def told(sheet: Worksheet) -> str:
    return str(sheet["A2"].value)


@pytest.mark.parametrize(("more", "there"), [({}, False), ({"Bilaga": b"no form"}, True)])
def test_unusable_files_are_told_of_where_there_are_any(
    tmp_path: Path, more: dict[str, bytes], there: bool
) -> None:
    merged(tmp_path, Hemtjänst=FORM, **more)
    sheet = book(tmp_path)["Inlämningar"]
    kinds = [cell.value for cell in sheet["B"][3:]]
    assert ("kunde inte användas" in kinds, LAST in told(sheet)) == (there, there)


def test_a_blank_cell_of_what_was_handed_in_is_explained(tmp_path: Path) -> None:
    """It is blank where the report has as many, whoever has been silent."""
    merged(tmp_path, Hemtjänst=FORM)
    put(tmp_path, "Läger", {"Ta med": "nej"})
    list(steps.merge(tmp_path))
    sheet = book(tmp_path)["Regelkontroll"]
    assert told(sheet).endswith("Enligt inlämningarna är tom där de ger samma antal som rapporten.")
    assert sheet["H3"].value == "Enligt inlämningarna"
    assert [cell.value for cell in sheet["H"][3:]] == ["2 av 2 ✔", None]
