"""What the checks of a row say of a form that lacks a column, and of one whose cell is in error."""

from collections.abc import Mapping

import pytest

from excel_uppsikt.checks import ROW_CHECKS
from excel_uppsikt.model import Field, Row, Values
from tests.small_rounds import STATUSES, make_plan

COLUMNS = {Field.TITLE: 1, Field.START: 3, Field.END: 4, Field.STATUS: 6, Field.COMMENT: 7}
REQUIRED = (Field.TITLE, Field.START, Field.END, Field.STATUS)
DEVIATING = Values(status=STATUSES[2])
EMPTY = [("R301", "A5"), ("R301", "C5"), ("R301", "D5"), ("R301", "F5")]


@pytest.mark.parametrize(
    ("values", "raw", "without", "expected"),
    [
        (Values(), {}, (), EMPTY),
        (Values(), {}, tuple(COLUMNS), []),
        (DEVIATING, {}, (), [*EMPTY, ("R307", "G5")]),
        # Nothing can be written where there is no column.
        (DEVIATING, {}, (Field.COMMENT,), EMPTY),
        (DEVIATING, {}, tuple(COLUMNS), []),
        # An error is told of as what it is, and so is a formula that was never computed.
        (DEVIATING, dict.fromkeys(COLUMNS, "#REF!"), (), []),
        (DEVIATING, dict.fromkeys(COLUMNS, "=A1"), (), []),
        (DEVIATING, {Field.TITLE: "…", Field.COMMENT: "-"}, (),
         [*EMPTY, ("R307", "G5")]),
    ],
)  # fmt: skip
def test_what_is_missing_is_told_only_where_it_can_be_written(
    values: Values,
    raw: Mapping[Field, str],
    without: tuple[Field, ...],
    expected: list[tuple[str, str]],
) -> None:
    columns: dict[str, int] = {of: at for of, at in COLUMNS.items() if of not in without}
    row = Row(
        file="a.xlsx",
        sheet="Blad",
        row=5,
        values=values,
        raw=raw,
        columns=columns,
        required=REQUIRED,
    )
    found = [finding for check in ROW_CHECKS for finding in check(make_plan(), row)]
    assert [(finding.code, finding.cell) for finding in found] == expected
