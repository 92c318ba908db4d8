"""Ta med read beside what the program wrote there: what is the coordinator's choice, and what is not."""

from collections.abc import Mapping

import pytest

from excel_uppsikt.compilation.row_choices import ChoiceReader
from excel_uppsikt.compilation.table import Table
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.findings.place import Place
from excel_uppsikt.model import Choice

COLUMNS = {"Ta med": 10, "Ordning": 11, "Anteckning": 12, "Komplettera": 13, "Samma som": 15}
YES, NO, AWAY = Choice(), Choice(include=False), Choice(away=True)
KEPT, OUT_AND_AWAY = Choice(away=True, kept=True), Choice(include=False, away=True)
ALONE = Choice(away=True, own=("title",))
UNREADABLE = {"Ta med": "kanske"}


def read(
    before: Choice, cells: Mapping[str, str], *, homeless: bool = False
) -> tuple[Choice, list[str]]:
    """The choice as read, and the variants told with their cells."""
    findings: list[Finding] = []
    reader = ChoiceReader(Table((), {}, 3, {}, since_1904=False), COLUMNS, findings)
    choice = reader.read(Place("s.xlsx", "Aktiviteter", 4), cells, before, {}, homeless=homeless)
    return choice, [f"{f.code}.{f.variant.name} {f.cell}" for f in findings]


@pytest.mark.parametrize(
    ("before", "written", "after"),
    [
        (YES, "ja", YES),
        (YES, "", YES),
        (YES, "nej", NO),
        # A row that is taken back is as any other: once its form is away it is out of the report.
        (NO, "ja", YES),
        (NO, "nej", NO),
        # The nej of a row that is away is the program's own; a ja there is hers, till she takes it back.
        (AWAY, "nej", AWAY),
        (AWAY, "ja", KEPT),
        (KEPT, "ja", KEPT),
        (KEPT, "nej", OUT_AND_AWAY),
        (OUT_AND_AWAY, "nej", OUT_AND_AWAY),
        (OUT_AND_AWAY, "ja", KEPT),
        (ALONE, "ja", ALONE),
        (ALONE, "nej", Choice(include=False, away=True, own=("title",))),
    ],
)
def test_only_what_the_program_did_not_write_is_a_choice(
    before: Choice, written: str, after: Choice
) -> None:
    assert read(before, {"Ta med": written}) == (after, [])


@pytest.mark.parametrize(
    ("before", "told", "of_no_goal"),
    [
        (YES, "PLAIN", NO),
        (KEPT, "PLAIN", OUT_AND_AWAY),
        (NO, "KEPT_OUT", NO),
        (AWAY, "KEPT_OUT", AWAY),
    ],
)
def test_what_cannot_be_read_changes_nothing_and_is_told_as_it_stands(
    before: Choice, told: str, of_no_goal: Choice
) -> None:
    """But for a row of no goal, which has no place in a report."""
    assert read(before, UNREADABLE) == (before, [f"M606.{told} J4"])
    assert read(before, UNREADABLE, homeless=True) == (of_no_goal, ["M606.KEPT_OUT J4"])
    assert read(before, {"Ta med": "ja"}, homeless=True) == (of_no_goal, [])


@pytest.mark.parametrize(
    ("written", "order", "told"),
    [
        ("", None, []),
        ("2,5", 2.5, []),
        ("-1", -1.0, []),
        ("0", 0.0, []),
        ("först", None, ["M606.ORDER K4"]),
        ("inf", None, ["M606.ORDER K4"]),
    ],
)
def test_the_other_cells_are_read_each_by_itself(
    written: str, order: float | None, told: list[str]
) -> None:
    cells = {"Ordning": written, "Anteckning": "Ring.", "Komplettera": "Vad?", "Samma som": "2-b"}
    expected = Choice(order=order, note="Ring.", completion="Vad?", same="2-b")
    assert read(YES, cells) == (expected, told)
