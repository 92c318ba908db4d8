"""What the coordinator leaves out of a report is told as that, and not as what nobody has reported."""

from pathlib import Path

import openpyxl

from excel_uppsikt.model import ChangeKind
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds import steps
from excel_uppsikt.rounds.history import round_tables
from tests.compilation.edited_rounds import put, run
from tests.rounds.carried_rounds import CAFE, CAMP, CLUB, HEALTH, MARK, T2, YARD, second_round
from tests.rounds.completed_rounds import DAY, paragraphs
from tests.small_rounds import CARE


def test_the_summary_the_appendix_and_the_coordinators_tables_say_the_same(tmp_path: Path) -> None:
    """Of two left out one has been reported; those that have not are as many in each sentence."""
    second_round(tmp_path)
    folder = tmp_path / "t2"
    put(folder, HEALTH, {"Ta med": "nej"})
    put(folder, CAFE, {"Ta med": "nej"})
    checked = run(folder, T2)
    kinds = {c.activity.values.title: c.kind for c in checked.changes}
    assert kinds == {
        HEALTH: ChangeKind.LEFT_OUT,
        CAFE: ChangeKind.LEFT_OUT,
        CLUB: ChangeKind.UNREPORTED,
        CAMP: ChangeKind.UNREPORTED,
        YARD: ChangeKind.UNREPORTED,
    }
    words = {title: kind.value for title, kind in kinds.items()}
    assert words[HEALTH] == "Inte med i rapporten"
    rows = openpyxl.load_workbook(folder / COMPILATION_FILE)["Ändringar"].iter_rows(min_row=4)
    assert {row[2].value: row[0].value for row in rows} == words
    kept = round_tables(checked, "t2")["andringar"]
    assert dict(zip(kept["title"], kept["kind"], strict=True)) == words
    list(steps.report(folder, today=DAY))
    said = paragraphs(folder / "ut/rapporter" / f"Uppsiktsrapport {CARE} 2024 T2.docx")
    assert (
        f"{CARE} redovisar inga aktiviteter. Tre aktiviteter, för Bemanning och hela "
        "verksamheten, har inte redovisats den här gången. De står kvar i rapporten, märkta "
        f"”{MARK}”, och ingår inte i siffrorna."
    ) in said
    assert (
        "Sedan förra omgången har två aktiviteter lämnats utanför rapporten och tre inte redovisats. "
        "Alla ändringar står i bilagan."
    ) in said
    # Two are named on the page; the appendix has all.
    assert [text for text in said if text.endswith(" Inte med i rapporten.")] == [
        f"{HEALTH}. Inte med i rapporten.",
        f"{CAFE}. Inte med i rapporten.",
    ]
    assert [said[n - 1] for n, text in enumerate(said) if text in words.values()] == [*words]
