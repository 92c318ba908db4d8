"""What is stored of own columns, damaged: it costs nothing else that is stored, and nothing in the rows."""

import json
from pathlib import Path

import pytest
from openpyxl.workbook.workbook import Workbook

from tests.compilation.edited_rounds import (
    FIRST,
    SECOND,
    SHEET,
    THIRD,
    hand_in,
    home_form,
    run,
    saved_by_hand,
    start,
)
from tests.compilation.own_rounds import add_column, own_values, told
from tests.small_rounds import row

LAST = 17


@pytest.mark.parametrize(
    "damaged",
    [
        "inte json",
        "[]",
        '{"id": "2-x"}',
        '{"id": "2-x", "cells": {"ansvarig\\t1": ["Bo", "", false, ""]}}',
        '{"id": "2-x", "cells": {"ansvarig\\t1": [null, "", false, "", null, 5]}}',
        '{"id": "2-x", "cells": {"ansvarig\\t1": ["Bo", "", false, "", {}, 5]}}',
        '{"id": "2-x", "cells": {"ansvarig\\t1": ["Bo", "", false, "", null, "rad"]}}',
    ],
)
def test_one_damaged_row_of_what_is_stored(tmp_path: Path, damaged: str) -> None:
    start(tmp_path)
    values = {FIRST: "Eva", SECOND: "Bo", THIRD: "Åke"}
    saved_by_hand(tmp_path, lambda book: add_column(book[SHEET], LAST, "Ansvarig", values))
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form(row(FIRST)))
    run(tmp_path)

    def change(book: Workbook) -> None:
        kept = book["_bas_egna"]
        of = {json.loads(str(cell.value))["cells"]["ansvarig\t1"][0]: cell for cell in kept["A"]}
        made = json.loads(str(of["Åke"].value))["id"]
        of["Åke"].value = damaged.replace("2-x", made)

    saved_by_hand(tmp_path, change)
    hand_in(tmp_path, "Hemtjänst.xlsx", home_form())
    assert told(run(tmp_path)) == []
    assert own_values(tmp_path, "Ansvarig") == {FIRST: "Eva", SECOND: "Bo"}
