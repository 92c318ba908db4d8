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
    assert told(sheet).startswith("Använd: nej lägger en fil åt sidan, ja använder den, ")
    # About what a screen of 1366 pixels shows of a line.
    assert len(told(sheet)) <= 200


def test_a_blank_cell_of_what_was_handed_in_is_explained(tmp_path: Path) -> None:
    """It is blank where the report has as many, whoever has been silent."""
    merged(tmp_path, Hemtjänst=FORM)
    put(tmp_path, "Läger", {"Ta med": "nej"})
    list(steps.merge(tmp_path))
    sheet = book(tmp_path)["Regelkontroll"]
    assert told(sheet).endswith("Enligt inlämningarna är tom där de ger samma antal som rapporten.")
    assert sheet["H3"].value == "Enligt inlämningarna"
    assert [cell.value for cell in sheet["H"][3:]] == ["2 av 2 ✔", None]


def test_charts_are_seen_whole_on_a_common_screen(tmp_path: Path) -> None:
    """Column by column from the left: 1366 pixels less row numbers and scroll bar."""
    merged(tmp_path, Hemtjänst=FORM)
    sheet = book(tmp_path)["Översikt"]
    widths = {name: column.width for name, column in sheet.column_dimensions.items()}
    assert sheet.column_dimensions["C"].max == 4
    left = (widths["A"] + widths["B"] + 2 * widths["C"]) * 7
    charts = sheet._charts  # type: ignore[attr-defined]  # openpyxl tells of them nowhere else
    assert len(charts) == 2
    for chart in charts:
        begins, ends = chart.anchor._from, chart.anchor.to
        assert (begins.col, begins.colOff) == (4, 0)
        # Columns that nobody has set are 64 pixels wide, and a pixel is 9525 of the file's units.
        right = left + (ends.col - 4) * 64 + ends.colOff / 9525
        assert left + 500 < right <= 1366 - 70


def test_a_row_is_as_high_as_the_name_of_its_file_needs(tmp_path: Path) -> None:
    """The name is a link, and as long as a unit's name in a completion makes it."""
    name = "Svar från Hemtjänst om det som skulle kompletteras i maj"
    merged(tmp_path, **{name: FORM})
    sheet = book(tmp_path)["Inlämningar"]
    assert sheet["A4"].value == f"inkorg/{name}.xlsx"
    assert sheet["A4"].hyperlink is not None
    assert sheet.row_dimensions[4].height == 30
