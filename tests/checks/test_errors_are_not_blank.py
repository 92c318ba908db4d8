"""A cell that shows an error is told as that: it is not blank, nor is its row held against it again."""

import pytest

from excel_uppsikt.checks.rows import comment_given, required_given
from excel_uppsikt.model import Field, Row, Stage, Status, Values
from tests.small_rounds import make_plan

PLAN = make_plan()
STATUS = Status("Egen", Stage.ONGOING, deviation=True, needs_comment=True, symbol="", color="")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("#REF!", []),
        ("#NAMN?", []),
        ("=", []),
        ("–", ["R301 A5", "R307 G5"]),
        ("...", ["R301 A5", "R307 G5"]),
    ],
)
def test_only_a_cell_that_says_nothing_lacks_what_it_should(written: str, told: list[str]) -> None:
    """A title or comment of dashes alone is none; in a description they are something."""
    columns = {"title": 1, "description": 5, "status": 6, "comment": 7}
    raw = dict.fromkeys((Field.TITLE, Field.DESCRIPTION, Field.COMMENT), written)
    row = Row(
        file="a.xlsx", sheet="Blad", row=5, values=Values(status=STATUS), raw=raw,
        columns=columns, required=(Field.TITLE, Field.DESCRIPTION),
    )  # fmt: skip
    found = [
        f"{f.code} {f.cell}" for rule in (required_given, comment_given) for f in rule(PLAN, row)
    ]
    assert found == told
