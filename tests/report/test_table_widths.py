"""Every table of a report fills the text's width with as many columns as its rows have."""

import io

import docx
import pytest
from docx.oxml.ns import qn

from excel_uppsikt.model import Change, ChangeKind, Layout, RuleTerm
from excel_uppsikt.report.account import Account
from excel_uppsikt.report.document import make_report
from tests.report.test_document import TEMPLATE, activity
from tests.small_rounds import SICKNESS, YOUTH, make_plan

# A4 with the margins of the template that comes with the program, in twentieths of a point.
WIDTH = 9072


def grids(layout: Layout, account: Account) -> dict[str, list[int]]:
    """The columns of each table with figures or a heading of its own, by what is told of it."""
    plan = make_plan(layout=layout)
    made = make_report(plan, plan.departments[0], account, template=TEMPLATE, sources=True)
    document = docx.Document(io.BytesIO(made.data))
    found: dict[str, list[int]] = {}
    for table in document.element.body.iter(qn("w:tbl")):
        caption = table.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}")
        widths = [int(one.get(qn("w:w"))) for one in table.iter(qn("w:gridCol"))]
        found[caption.get(qn("w:val"))] = widths
        for row in table.iter(qn("w:tr")):
            cells = [int(one.get(qn("w:w"))) for one in row.iter(qn("w:tcW"))]
            spans = [int(one.get(qn("w:val"))) for one in row.iter(qn("w:gridSpan"))]
            assert sum(cells) == sum(widths)
            assert len(cells) + sum(spans) - len(spans) == len(widths)
    return found


@pytest.mark.parametrize("layout", [*Layout])
def test_all_of_them(layout: Layout) -> None:
    one, other = activity("A"), activity("B", SICKNESS, id="1-b", status=None)
    rule = [RuleTerm("Hemtjänst", None, 2, 2, 2)]
    found = grids(layout, Account([one, other], [Change(ChangeKind.NEW, one)], rule))
    of_goals = {
        f"Aktiviteter för målet {goal.text}": [6212, 1430, 1430] for goal in (SICKNESS, YOUTH)
    }
    assert found == {
        # One of the activities has no status, so that there is a column more.
        "Aktiviteter per mål": [3162, 760, *[1030] * 5],
        "Kravet på aktiviteter per enhet": [2268, 2887, 721, 1340, 1856],
        "Ändrat sedan förra omgången": [3608, 1753, 1855, 1856],
        "Källor": [1237, 3402, 4433],
    } | (of_goals if layout is Layout.TABLE else {})
    assert {name: sum(widths) for name, widths in found.items()} == dict.fromkeys(found, WIDTH)
