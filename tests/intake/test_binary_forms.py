"""A form saved as .xls or .ods with stray cells, errors and long times: told in place, the rest read."""

from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from tests.changed_forms import FILE, PLAN, YOUNG, Edit, edited, on
from tests.libreoffice import converted, needs_libreoffice
from tests.small_rounds import check, own_form, places, row

pytestmark = needs_libreoffice
ROWS = {
    1: [row("Friskvård")],
    2: [row("Läxhjälp"), row("Fältarbete"), row("Biokväll")],
}


def strayed(corner: str) -> Edit:
    """A stray text in a corner and a space above it, an error for a status, and a start of 2 billion days."""

    def edit(book: Workbook) -> None:
        sheet = on(book, YOUNG)
        sheet[corner] = "kladd"
        sheet[corner.rstrip("0123456789") + "900"] = " "
        sheet["F6"], sheet["C7"] = "=1/0", 2_000_000_000
        sheet["C7"].number_format = "[h]:mm:ss"

    return edit


@pytest.mark.parametrize(
    ("kind", "corner"), [("xls", "IV65536"), ("ods", "IV65536"), ("ods", "XFD1048576")]
)
def test_stray_cells_errors_and_times_cost_only_their_own_cells(
    kind: str, corner: str, tmp_path: Path
) -> None:
    form = edited(own_form(PLAN, "Hemtjänst", ROWS), strayed(corner))
    (tmp_path / FILE).write_bytes(form)
    saved = converted(tmp_path, [FILE], kind) / f"Hemtjänst.{kind}"
    checked = check(tmp_path / "omgång", PLAN, {saved.name: saved.read_bytes()})
    name = saved.name
    assert places(checked.findings, but="U") == [
        ("R310", name, YOUNG, "F6"),
        ("R302", name, YOUNG, "C7"),
        ("F207", name, YOUNG, corner),
    ]
    assert [activity.values.title for activity in checked.activities] == [
        "Friskvård", "Biokväll", "Fältarbete", "Läxhjälp"
    ]  # fmt: skip
