"""Words left to fill in in the plan's fixed texts are told where they are: in the report, in its letter."""

from pathlib import Path

import pytest

from excel_uppsikt.cli.print_results import print_result
from excel_uppsikt.cli.print_round import console
from excel_uppsikt.plan.default_texts import INTRODUCTION, LETTER, PROPOSAL
from excel_uppsikt.rounds import checking as pipeline
from excel_uppsikt.rounds.reports import write_reports
from excel_uppsikt.web.told import of_results
from tests.small_rounds import make_plan, make_round

pytestmark = pytest.mark.usefixtures("unmeasured")


@pytest.mark.parametrize("letter", [True, False])
def test_in_the_report_and_in_the_letter(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], letter: bool
) -> None:
    """The proposal stands in both; a letter that is not made has nothing left in it."""
    texts = [
        (INTRODUCTION, "Om", "Se {nummer i rapporten}."),
        (PROPOSAL, "Förslag", "Se {nummer i båda}."),
        (LETTER, "Brev", "Se {nummer i brevet}."),
    ]
    plan = make_plan(texts=texts, with_letter=letter)
    reports = write_reports(pipeline.check(make_round(tmp_path, plan, {}), plan))
    because = (
        "kvar, eftersom uppgiften saknas i planen. Fyll i planen, eller rätta texten på dess blad"
    )
    told = [
        f"I rapporten står {{nummer i rapporten}} och {{nummer i båda}} {because} Texter",
        f"I tjänsteskrivelsen står {{nummer i brevet}} och {{nummer i båda}} {because} Texter",
    ][: 1 + letter]
    on_page = [line for line in of_results([reports]) if "{nummer" in line]
    assert on_page == [f"{line}, och gör rapporten igen." for line in told]
    print_result(console(), reports)
    printed = " ".join(capsys.readouterr().out.split())
    assert printed.count("{nummer i båda}") == len(told)
    assert all(f"{line}, och kör igen." in printed for line in told)
