"""What a report and its letter say once the matter is with the board, and in the round after a decision."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from excel_uppsikt.model import Layout
from excel_uppsikt.plan.writing import as_workbook
from tests.compilation.edited_rounds import put
from tests.compilation.test_decisions import decide as write_cells
from tests.rounds.completed_rounds import DAY, PLAN, decide, merge, paragraphs, report, start
from tests.small_rounds import CARE, make_round, own_form, row

pytestmark = pytest.mark.usefixtures("unmeasured")

REPORT = "ut/rapporter/Uppsiktsrapport Social verksamhet 2024 T1.docx"
COMPLETED = "ut/rapporter/Kompletterad uppsiktsrapport Social verksamhet 2024 T1.docx"
LETTER = "ut/tjansteskrivelser/Tjänsteskrivelse Social verksamhet 2024 T1.docx"
DECISION = {"Verksamhet": CARE, "Datum": DAY, "Paragraf": "45"}
BEFORE = "Förra omgångens rapport"


def test_a_matter_passed_to_the_board_is_written_for_it_with_the_chair_as_presenter(
    tmp_path: Path,
) -> None:
    start(tmp_path)
    decide(tmp_path, {**DECISION, "Utfall": "till KS"})
    report(tmp_path)
    cover = paragraphs(tmp_path / REPORT)
    assert cover[: cover.index("Innehåll")][-2:] == [
        "TillKommunstyrelsen",
        "FöredragandeOrdföranden i utskottet",
    ]
    proposal = [
        "Ärendet har lämnats över från utskottet. Utskottets ordförande föredrar det för kommunstyrelsen.",
        "Kommunstyrelsen kan besluta något av följande:",
        "☐Kommunstyrelsen godkänner rapporten. Ärendet är därmed avslutat.",
        "☐Kommunstyrelsen beslutar om vidare åtgärd. Skälen tas med i protokollet:",
    ]
    letter = paragraphs(tmp_path / LETTER)
    assert letter[1:3] == ["TillKommunstyrelsen", "FöredragandeOrdföranden i utskottet"]
    for texts in (cover, letter):
        at = len(texts) - texts[::-1].index("Förslag till beslut")
        assert texts[at : at + 4] == proposal
        assert "Förvaltningen föreslår att utskottet godkänner rapporten." not in texts
    assert (
        "Enligt sin uppsiktsplan har utskottet uppsikt över Social verksamhet. Verksamhetens rapport om "
        "arbetet för de politiska målen har behandlats där, och ärendet lämnas nu över till "
        "kommunstyrelsen." in letter
    )


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        ("godkänd", f"{BEFORE} godkändes den 4 juni 2024 (§ 45)."),
        ("återremiss", f"{BEFORE} återremitterades för komplettering den 4 juni 2024 (§ 45)."),
        ("till KS", f"{BEFORE} lämnades över till kommunstyrelsen den 4 juni 2024 (§ 45)."),
        (None, None),
    ],
)
def test_the_next_rounds_report_says_how_the_last_was_left(
    tmp_path: Path, outcome: str | None, sentence: str | None
) -> None:
    start(tmp_path / "t1")
    if outcome:
        decide(tmp_path / "t1", {**DECISION, "Utfall": outcome})
    settings = replace(
        PLAN.settings,
        period="T2",
        cutoff=date(2024, 8, 31),
        previous="../t1/ut/sammanstallning.xlsx",
    )
    plan = replace(PLAN, settings=settings)
    folder = make_round(
        tmp_path / "t2", plan, {"a.xlsx": own_form(plan, "Hemtjänst", {2: [row("Ny")]})}
    )
    merge(folder)
    report(folder)
    texts = paragraphs(folder / "ut/rapporter/Uppsiktsrapport Social verksamhet 2024 T2.docx")
    assert [text for text in texts if text.startswith(BEFORE)] == ([sentence] if sentence else [])


@pytest.mark.parametrize("layout", Layout)
def test_hostile_and_endless_texts_of_a_decision_stand_in_the_report_as_they_are(
    tmp_path: Path, layout: Layout
) -> None:
    start(tmp_path)
    plan = replace(PLAN, settings=replace(PLAN.settings, layout=layout))
    (tmp_path / "plan.xlsx").write_bytes(as_workbook(plan))
    endless = "långt " * 6_000
    hostile = "<w:p>&amp;]]></w:p> {verksamhet}\n- streck\n[ ] ruta"
    put(tmp_path, "Scheman", {"Komplettera": "<b>x</b>\n=1+1"})
    put(tmp_path, "Simhallen", {"Komplettera": endless[:32_000]})
    write_cells(
        tmp_path,
        {
            4: [CARE, "återremiss", DAY, "=1+1", hostile],
            5: [CARE, "återremiss", DAY, None, "x", "Boende"],
        },
    )
    merge(tmp_path)
    report(tmp_path)
    texts = paragraphs(tmp_path / COMPLETED)
    for said in (
        "Utskottet återremitterade uppsiktsrapporten den 4 juni 2024 (=1+1) för komplettering.",
        "<w:p>&amp;]]></w:p> {verksamhet}",
        "- streck",
        "[ ] ruta",
        "Begärt: <b>x</b>",
        "=1+1",
        f"Begärt: {endless[:32_000].strip()}",
    ):
        assert said in texts


def test_a_text_longer_than_a_cell_can_hold_is_cut_and_told_with_what_was_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other programs write such cells; the compilation as it was is kept in ut/tidigare."""
    start(tmp_path)
    monkeypatch.setattr("openpyxl.cell.cell.Cell.check_string", lambda _, value: value)
    endless = "x" * 32_760 + "slutet på texten"
    write_cells(tmp_path, {4: [CARE, "återremiss", DAY, None, endless]})
    put(tmp_path, "Scheman", {"Komplettera": endless})
    told = [
        (f.code, f.sheet, f.cell, f.value)
        for f in merge(tmp_path).findings
        if f.code in ("R309", "M609")
    ]
    assert [(code, sheet, value) for code, sheet, _, value in told] == [
        ("R309", "Aktiviteter", "på texten"),
        ("R309", "Beslut", "på texten"),
    ]
    book = openpyxl.load_workbook(tmp_path / "ut/sammanstallning.xlsx")
    assert book["Beslut"]["E4"].value == endless[:32_767]
