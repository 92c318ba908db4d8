"""Who has not answered is carried on from the previous round, apart from all that is counted."""

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from excel_uppsikt import figures
from excel_uppsikt.cli import commands
from excel_uppsikt.cli.print_round import as_json
from excel_uppsikt.model import ChangeKind, Layout
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds.reports import review_round
from excel_uppsikt.rounds.tables import read_round
from tests.compilation.edited_rounds import line, run, saved_by_hand, table, titles
from tests.rounds.carried_rounds import (
    BEMANNING_ANSWERS,
    CAFE,
    CAMP,
    CLUB,
    HEALTH,
    HOME_ANSWERS,
    MARK,
    T2,
    YARD,
    carried,
    following,
    second_round,
    told,
)
from tests.small_rounds import CARE, HOMES, YOUTH, make_round, own_form, per_goal_form, row

pytestmark = pytest.mark.usefixtures("unmeasured")

BEMANNINGS = [
    (CAFE, ("Bemanning",), False, "T1"),
    (CLUB, ("Bemanning",), False, "T1"),
    (CAMP, (), True, "T1"),
    (YARD, ("Bemanning",), False, "T1"),
]


def test_who_has_not_answered_keeps_the_activities_and_nothing_counts_them(tmp_path: Path) -> None:
    """No E701 of theirs, no C findings, nothing toward the rule; Hemtjänst has left the club to Bemanning."""
    checked = second_round(tmp_path)
    assert carried(checked) == BEMANNINGS
    assert [a.values.title for a in checked.compilation.approved] == [HEALTH]
    assert told(checked) == [
        ("U501", "Hemtjänst"),
        ("U503", "Bemanning"),
        ("U504", f"Gemensamt {CARE}"),
    ]
    kinds = [(c.activity.values.title, c.kind) for c in checked.changes]
    assert kinds == [(name, ChangeKind.UNREPORTED) for name in (CAFE, CLUB, CAMP, YARD)]


def test_the_compilation_says_when_each_was_last_reported_and_where_it_stands(
    tmp_path: Path,
) -> None:
    second_round(tmp_path)
    folder = tmp_path / "t2"
    assert titles(folder) == [HEALTH, CAFE, CLUB, CAMP, YARD]
    before = [(cells["Id"], cells["Aktivitet"]) for cells in table(tmp_path / "t1")]
    for cells in table(folder)[1:]:
        at = before.index((cells["Id"], cells["Aktivitet"])) + 4
        place = f"../t1/ut/sammanstallning.xlsx, Aktiviteter, rad {at}"
        assert (cells["Källa"], cells["Ta med"]) == (f"{MARK}\n{place}", "ja")
    assert str(line(folder, HEALTH)["Källa"]).startswith("inkorg/Hemtjänst.xlsx, ")


def test_the_coverage_says_that_it_does_not_count_what_is_not_reported(tmp_path: Path) -> None:
    """Where there is something: a dash would else deny the activities that the report shows."""
    second_round(tmp_path)
    told = {
        period: openpyxl.load_workbook(tmp_path / period / COMPILATION_FILE)["Täckning"]["A2"].value
        for period in ("t1", "t2")
    }
    counted = (
        "Antal aktiviteter per mål och enhet. En aktivitet med flera enheter räknas hos var och en."
    )
    assert told == {
        "t1": counted,
        "t2": f"{counted} De som inte har redovisats den här omgången räknas inte.",
    }


def test_every_screen_counts_what_is_reported_and_tells_the_rest_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checked = second_round(tmp_path)
    folder = tmp_path / "t2"
    sentence = (
        f"4 aktiviteter har inte redovisats den här omgången (Bemanning 3 och Gemensamt {CARE} 1). De "
        f"står kvar i rapporten, märkta {MARK}, och räknas inte."
    )
    book = openpyxl.load_workbook(folder / COMPILATION_FILE)
    overview = [[cell.value for cell in cells[:2]] for cells in book["Översikt"].iter_rows()]
    assert overview[2][0] == sentence
    assert [cells for cells in overview if cells[0] == "Pågående med avvikelse"] == [
        ["Pågående med avvikelse", 0]
    ]
    coverage = [[cell.value for cell in cells] for cells in book["Täckning"].iter_rows(min_row=4)]
    assert [(cells[0], cells[2], cells[3], cells[-1]) for cells in coverage] == [
        (1, 1, "–", "Har aktiviteter"),
        (2, "–", "–", "Ingen redovisad, 3 kvar"),
        (3, "–", "–", "Ingen redovisad, 1 kvar"),
    ]
    rules = [[cell.value for cell in cells] for cells in book["Regelkontroll"].iter_rows(min_row=4)]
    assert [(c[0], c[2], c[3], str(c[5])[0]) for c in rules] == [
        ("Hemtjänst", 0, 0, "✘"),
        ("Hemtjänst", 1, 0, "✔"),
        ("Bemanning", 0, 0, "✘"),
        ("Bemanning", 0, 0, "✘"),
    ]
    # The report's own reading of the compilation says the same.
    review = review_round(folder)
    assert review.rule == checked.rule
    assert review.compilation.approved == checked.compilation.approved
    assert review.compilation.carried == checked.compilation.carried
    assert figures.round_changes(checked.previous, review.compilation) == checked.changes
    commands.status(folder)
    assert sentence in capsys.readouterr().out
    commands.merge(folder)
    assert sentence in capsys.readouterr().out
    commands.report(folder, department=None, pdf=False, sources=True)
    assert sentence in capsys.readouterr().out
    listed = json.loads(as_json(checked))["activities"]
    assert [(a["title"], a.get("last_reported")) for a in listed] == [
        (HEALTH, None), (CAFE, "T1"), (CLUB, "T1"), (CAMP, "T1"), (YARD, "T1"),
    ]  # fmt: skip
    assert listed[1]["sources"] == [
        {"file": "../t1/ut/sammanstallning.xlsx", "sheet": "Aktiviteter", "row": 5}
    ]
    round_ = read_round(folder)
    frame = round_.activities()
    assert frame["last_reported"].fillna("").tolist() == ["", "T1", "T1", "T1", "T1"]
    assert frame["included"].all()
    assert round_.coverage()["Summa"].tolist() == [1, 0, 0]


def texts(path: Path) -> list[str]:
    """A Word document's texts in order, those of tables after the paragraphs."""
    document = docx.Document(str(path))
    cells = [
        paragraph.text
        for one in document.tables
        for cells in one.rows
        for cell in dict.fromkeys(cells.cells)
        for paragraph in cell.paragraphs
    ]
    return [paragraph.text for paragraph in document.paragraphs] + cells


@pytest.mark.parametrize("layout", Layout)
def test_the_report_shows_them_beside_the_others_and_apart_in_the_figures(
    tmp_path: Path, layout: Layout
) -> None:
    second_round(tmp_path, plan=replace(T2, settings=replace(T2.settings, layout=layout)))
    commands.report(tmp_path / "t2", department=None, pdf=False, sources=False)
    name = f"{CARE} 2024 T2.docx"
    said = texts(tmp_path / "t2/ut/rapporter" / f"Uppsiktsrapport {name}")
    sentence = (
        f"{CARE} redovisar 1 aktivitet för 1 av kommunens 3 mål. Läget är det som gällde den 30 april "
        "2024. Ytterligare fyra aktiviteter, för Bemanning och hela verksamheten, har inte redovisats den "
        f"här gången. De står kvar i rapporten, märkta ”{MARK}”, och ingår inte i siffrorna."
    )
    assert sentence in said
    assert "Ingen aktivitet har avvikelse." in said
    for title in (CAFE, CLUB, CAMP, YARD):
        assert any(pair == (title, MARK) for pair in pairwise(said)), title
    assert said.count(MARK) == 4
    # They lack activities, as nobody has reported any.
    assert f"{YOUTH.text.rstrip('.')} (senast redovisat T1)" in said
    assert f"{HOMES.text.rstrip('.')} (senast redovisat T1)" in said
    letter = texts(tmp_path / "t2/ut/tjansteskrivelser" / f"Tjänsteskrivelse {name}")
    assert sentence in letter


def test_where_nobody_has_answered_all_stands_as_it_was(tmp_path: Path) -> None:
    checked = second_round(tmp_path, {})
    assert (checked.compilation.approved, len(checked.compilation.carried)) == ((), 5)
    commands.report(tmp_path / "t2", department=None, pdf=False, sources=False)
    said = texts(tmp_path / "t2/ut/rapporter" / f"Uppsiktsrapport {CARE} 2024 T2.docx")
    assert (
        f"{CARE} redovisar inga aktiviteter. Fem aktiviteter, för Hemtjänst, Bemanning och hela "
        "verksamheten, har inte redovisats den här gången. De står kvar i rapporten, märkta "
        f"”{MARK}”, och ingår inte i siffrorna."
    ) in said


def test_the_setting_turns_it_off(tmp_path: Path) -> None:
    checked = second_round(tmp_path, plan=following("T2", "t1", keep_unreported=False))
    assert (checked.compilation.carried, titles(tmp_path / "t2")) == ((), [HEALTH])
    assert {c.kind for c in checked.changes} == {ChangeKind.UNREPORTED}
    # What was carried goes again when it is turned off afterwards, and nothing is called removed.
    make_round(tmp_path / "t2", T2, {})
    assert titles(tmp_path / "t2") == [HEALTH]
    run(tmp_path / "t2", T2)
    assert titles(tmp_path / "t2") == [HEALTH, CAFE, CLUB, CAMP, YARD]
    checked = run(tmp_path / "t2", following("T2", "t1", keep_unreported=False))
    assert (titles(tmp_path / "t2"), told(checked, "E701")) == ([HEALTH], [])


def test_a_shared_activity_that_another_unit_has_reported_is_not_carried_too(
    tmp_path: Path,
) -> None:
    form = own_form(T2, "Hemtjänst", {2: [row(CLUB.upper(), units="Hemtjänst; Bemanning")]})
    checked = second_round(tmp_path, {"Hemtjänst.xlsx": form})
    assert [name for name, *_ in carried(checked)] == [CAFE, CAMP, YARD]
    assert titles(tmp_path / "t2") == [CAFE, CLUB.upper(), CAMP, YARD]


def test_a_per_goal_form_that_names_the_unit_is_its_answer(tmp_path: Path) -> None:
    form = per_goal_form(T2, YOUTH, [row("Ny", units="Bemanning")])
    checked = second_round(tmp_path, {"Mål 2.xlsx": form})
    assert [(name, units) for name, units, *_ in carried(checked)] == [
        (HEALTH, ("Hemtjänst",)),
        (CLUB, ("Hemtjänst",)),
        (CAMP, ()),
    ]
    assert told(checked, "E701") == [("E701", CAFE), ("E701", YARD)]


@pytest.mark.parametrize("sent", ["damaged", "set aside", "empty"])
def test_who_has_sent_something_has_not_kept_silent(tmp_path: Path, sent: str) -> None:
    """Its file tells what is wrong with it; nothing is said to be as last reported, or removed."""
    data = {"damaged": b"trasig", "empty": own_form(T2, "Bemanning", {})}
    file = data.get(sent, BEMANNING_ANSWERS)
    checked = second_round(tmp_path, HOME_ANSWERS | {"Bemanning.xlsx": file})
    if sent == "set aside":

        def unused(book: Any) -> None:  # noqa: ANN401  a workbook of another program
            for cells in book["Inlämningar"].iter_rows(min_row=4):
                if cells[0].value == "inkorg/Bemanning.xlsx":
                    cells[6].value = "nej"

        saved_by_hand(tmp_path / "t2", unused)
        checked = run(tmp_path / "t2", T2)
    assert [name for name, *_ in carried(checked)] == [CAMP]
    assert told(checked, "U503") == []
    gone = [("E701", name) for name in (CAFE, CLUB, YARD)] if sent == "empty" else []
    assert told(checked, "E701") == gone
