"""How much the summary's page is taken to hold, held without laying it out.

`test_summary_page.py` has LibreOffice lay pages out: at these numbers each is full and still one.
"""

import io
import re
from dataclasses import dataclass

import docx
import pytest
from docx.oxml.ns import qn

from excel_uppsikt.model import Change, ChangeKind, RuleTerm
from excel_uppsikt.report.account import Account
from excel_uppsikt.report.document import make_report
from tests.report.test_document import TEMPLATE, activity, lines
from tests.report.test_summary_limits import DEVIATING, ONGOING, some
from tests.small_rounds import make_plan

LEFT = re.compile(
    r"(?:Och )?(\d+) avvikelser (?:till, i kapitel 1|framgår av kapitel 1)(?:\.|: .*)"
)
SHORT, LONG = "Kort.", "ord " * 60
# What the chart of six bars is high, in English metric units: each 350 or 200 twentieths of a point.
HIGH, LOW = 6 * 350 * 635, 6 * 200 * 635


@dataclass(frozen=True)
class Page:
    """What stands on the page: deviations by name, how many are left, the longest line, chart and changes."""

    named: int
    left: int
    longest: int
    chart: int
    changes: int


def page(
    goals: int, count: int, comment: str, *, more: bool = False, template: bytes = TEMPLATE
) -> Page:
    """The page of so many deviations and goals; `more` is changes and the unit rule as well."""
    of = some(goals)
    activities = [
        activity(
            f"Nr {n:02}",
            of[n % goals],
            id=f"{n % goals + 1}-{n}",
            status=DEVIATING,
            comment=comment,
        )
        for n in range(count)
    ]
    activities += [activity(f"A {g.number}", g, id=f"{g.number}-a", status=ONGOING) for g in of]
    gone = [Change(ChangeKind.GONE, activity(f"Borta {n}", of[0], id=f"1-b{n}")) for n in range(3)]
    rule = [RuleTerm("Hemtjänst", None, 2, 2, 2)]
    account = Account(activities, gone, rule) if more else Account(activities)
    plan = make_plan(goals=of)
    document = docx.Document(
        io.BytesIO(make_report(plan, plan.departments[0], account, template=template).data)
    )
    written = [text for _, text in lines(document)]
    first = max(at for at, text in enumerate(written) if text == "Sammanfattning")
    told = written[first : written.index("Förslag till beslut", first)]
    named = [text for text in told if text.startswith("Nr ")]
    (height,) = [int(e.get("cy")) for e in document.element.iter(qn("wp:extent"))]
    return Page(
        len(named),
        sum(int(found[1]) for text in told if (found := LEFT.fullmatch(text))),
        max(map(len, named), default=0),
        height,
        sum("Finns inte kvar" in text for text in told),
    )


@pytest.mark.parametrize(
    ("goals", "named"),
    [(1, 26), (2, 25), (3, 24), (5, 23), (12, 16), (13, 15), (14, 14), (20, 9), (22, 7), (24, 5),
     (25, 4), (26, 4), (27, 3), (28, 2), (30, 0)],
)  # fmt: skip
def test_each_goal_takes_room_from_the_deviations(goals: int, named: int) -> None:
    shown = 38 if named else 0
    assert page(goals, 60, SHORT) == Page(named, 60 - named, shown, LOW, 0)


@pytest.mark.parametrize(
    ("count", "named", "chart"),
    [(3, 3, HIGH), (23, 23, HIGH), (24, 24, LOW), (27, 27, LOW), (28, 26, LOW)],
)
def test_the_chart_makes_room_and_the_last_line_is_kept_for_the_number_left(
    count: int, named: int, chart: int
) -> None:
    assert page(1, count, SHORT) == Page(named, count - named, 38, chart, 0)


@pytest.mark.parametrize(
    ("goals", "count", "expected"),
    [
        (1, 8, Page(8, 0, 202, HIGH, 0)),
        (1, 9, Page(9, 0, 202, LOW, 0)),
        (1, 10, Page(10, 0, 114, LOW, 0)),
        (1, 60, Page(13, 47, 114, LOW, 0)),
        (5, 8, Page(8, 0, 202, LOW, 0)),
        (12, 4, Page(4, 0, 202, LOW, 0)),
    ],
)
def test_long_reasons_are_cut_where_there_is_no_room_for_them(
    goals: int, count: int, expected: Page
) -> None:
    assert page(goals, count, LONG) == expected


@pytest.mark.parametrize(
    ("goals", "count", "expected"),
    [
        (12, 7, Page(7, 0, 38, LOW, 2)),
        (12, 8, Page(8, 0, 38, LOW, 0)),
        (12, 60, Page(9, 51, 38, LOW, 0)),
        (5, 60, Page(15, 45, 38, LOW, 0)),
        (30, 60, Page(0, 60, 0, LOW, 0)),
    ],
)
def test_changes_and_the_rule_take_room_and_changes_are_named_only_where_all_deviations_are(
    goals: int, count: int, expected: Page
) -> None:
    assert page(goals, count, SHORT, more=True) == expected


def lower(by: int) -> bytes:
    """The template with so many twentieths of a point less on its pages."""
    document = docx.Document(io.BytesIO(TEMPLATE))
    section = document.sections[-1]
    section.bottom_margin = (section.bottom_margin or 0) + by * 635
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


@pytest.mark.parametrize(
    ("goals", "count", "comment", "more", "spare", "exact", "beyond"),
    [
        # The high chart, the last deviation of all and of some, whole reasons, and named changes.
        (1, 23, SHORT, False, 267, Page(23, 0, 38, HIGH, 0), Page(23, 0, 38, LOW, 0)),
        (1, 27, SHORT, False, 188, Page(27, 0, 38, LOW, 0), Page(25, 2, 38, LOW, 0)),
        (1, 60, SHORT, False, 188, Page(26, 34, 38, LOW, 0), Page(25, 35, 38, LOW, 0)),
        (1, 9, LONG, False, 368, Page(9, 0, 202, LOW, 0), Page(9, 0, 114, LOW, 0)),
        (12, 7, SHORT, True, 87, Page(7, 0, 38, LOW, 2), Page(7, 0, 38, LOW, 0)),
    ],
)
def test_what_fills_the_page_exactly_has_room(
    goals: int, count: int, comment: str, more: bool, spare: int, exact: Page, beyond: Page
) -> None:
    """And on a page that is a twentieth of a point lower it has not."""
    assert page(goals, count, comment, more=more, template=lower(spare)) == exact
    assert page(goals, count, comment, more=more, template=lower(spare + 1)) == beyond


@pytest.mark.parametrize(("letters", "named"), [(88, 26), (89, 13)])
def test_a_deviation_takes_a_second_line_from_the_letter_that_the_first_cannot_hold(
    letters: int, named: int
) -> None:
    assert page(1, 60, "o" * (letters - 33)) == Page(named, 60 - named, letters, LOW, 0)


def test_the_last_row_of_the_goals_table_is_its_sum_in_bold() -> None:
    """And no other row is."""
    of = some(2)
    plan = make_plan(goals=of)
    account = Account([activity("A", of[0], id="1-a"), activity("B", of[1], id="2-b")])
    data = make_report(plan, plan.departments[0], account, template=TEMPLATE).data
    (table,) = [
        one
        for one in docx.Document(io.BytesIO(data)).tables
        if [cell.text for cell in one.rows[0].cells[:2]] == ["Mål", "Totalt"]
    ]
    bold = [
        {bool(run.bold) for cell in row.cells for p in cell.paragraphs for run in p.runs}
        for row in table.rows[1:]
    ]
    assert bold == [{False}, {False}, {True}]
    assert table.rows[-1].cells[1].text == "2"
