"""What Excel shows beside a cell of Samma som: what to write there."""

from pathlib import Path

from tests.compilation.edited_rounds import columns, start
from tests.compilation.own_rounds import opened


def test_it_says_both_things_that_may_be_written(tmp_path: Path) -> None:
    start(tmp_path)
    sheet = opened(tmp_path)
    cell = sheet.cell(4, columns(sheet)["Samma som"]).coordinate
    shown = [
        (one.promptTitle, one.prompt)
        for one in sheet.data_validations.dataValidation
        if cell in one.sqref
    ]
    assert shown == [
        (
            "Samma som",
            "Skriv Id för den aktivitet som raden är, så blir de en i rapporten. "
            "Skriv egen för att hålla raden för sig.",
        )
    ]
