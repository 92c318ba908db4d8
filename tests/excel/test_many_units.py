"""A form of a plan with very many units is read as quickly as any: no cell of it needs the slow scan."""

import io
import zipfile

from excel_uppsikt.excel.guard.usual_sheets import outline
from tests.small_rounds import make_plan, own_form, row


def test_each_sheet_of_a_form_for_six_hundred_units_is_of_the_usual_spelling() -> None:
    """The hidden lists too, which have a row and a column for each unit."""
    units = [f"Enheten för stöd {number:03d} i norr" for number in range(600)]
    plan = make_plan(units=units)
    form = own_form(plan, units[0], {2: [row("Läxhjälp")]})
    with zipfile.ZipFile(io.BytesIO(form)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        slow = [name for name in sheets if outline(parts.read(name)) is None]
    assert (len(sheets), slow) == (6, [])
