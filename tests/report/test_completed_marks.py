"""Words at each activity that was completed after the report was sent back, in both layouts."""

import io
from datetime import date

import docx
import pytest

from excel_uppsikt.model import Layout, Outcome, Ruling
from excel_uppsikt.report.account import Account, SentBack
from excel_uppsikt.report.document import make_report
from tests.report.test_document import TEMPLATE, activity, lines
from tests.small_rounds import CARE, make_plan

MARK = "Kompletterad den 18 juni 2024"


@pytest.mark.parametrize("layout", Layout)
def test_the_words_stand_between_a_title_and_the_rest_of_its_own_activity(layout: Layout) -> None:
    plan = make_plan(layout=layout)
    first, second = activity("Läger", id="2-aaaaa"), activity("Simskola", id="2-bbbbb")
    ruling = Ruling(CARE, Outcome.SENT_BACK, date(2024, 6, 4))
    account = Account((first, second), sent_back=SentBack(ruling, (), {"2-bbbbb": MARK}))
    data = make_report(plan, plan.departments[0], account, template=TEMPLATE).data
    titles = [
        (style, name)
        for style in ("Uppsikt aktivitet", "Heading 3")
        for name in ("Läger", "Simskola")
    ]
    written = lines(docx.Document(io.BytesIO(data)))
    at = [n for n, one in enumerate(written) if one in titles]
    told = [(written[n][1], written[n + 1][1] == MARK) for n in at]
    assert told == [("Läger", False), ("Simskola", True)]
    assert [text for _, text in written].count(MARK) == 1
