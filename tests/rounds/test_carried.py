"""Who has not answered is carried on from the previous round, apart from all that is counted."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt import figures
from excel_uppsikt.cli import commands
from excel_uppsikt.cli.print_round import as_json
from excel_uppsikt.model import ChangeKind, Department, Layout, Plan, Unit
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds.checking import check_round
from excel_uppsikt.rounds.reports import review_round
from excel_uppsikt.rounds.results import CheckedRound
from excel_uppsikt.rounds.tables import read_round
from excel_uppsikt.rounds.workbooks import write_completion_forms, write_forms
from tests.compilation.edited_rounds import (
    add,
    line,
    put,
    remove,
    run,
    saved_by_hand,
    table,
    titles,
)
from tests.rounds.completed_rounds import decide, filled, form, write
from tests.small_rounds import (
    CARE,
    HOMES,
    YOUTH,
    make_plan,
    make_round,
    own_form,
    per_goal_form,
    row,
    shared_form,
)

HEALTH, YARD, CAFE, CLUB, CAMP = "Hälsosamtal", "Rusta gården", "Café", "Klubb", "Läger"
T1 = make_plan(minimum=1, units=("Hemtjänst", "Bemanning"))
T1_INBOX = {
    "Hemtjänst.xlsx": own_form(
        T1, "Hemtjänst", {1: [row(HEALTH)], 2: [row(CLUB, units="Hemtjänst; Bemanning")]}
    ),
    "Bemanning.xlsx": own_form(
        T1,
        "Bemanning",
        {
            2: [row(CAFE, status="Pågående med avvikelse", end="2024-04-01")],
            3: [row(YARD, comment="Snart klar.")],
        },
    ),
    "Gemensamt.xlsx": shared_form(T1, {2: [row(CAMP)]}),
}
MARK = "Senast redovisat T1"


def following(period: str, before: str, **changes: Any) -> Plan:  # noqa: ANN401  any of the settings
    """The plan of a round that comes after another."""
    changes = {"units": ("Hemtjänst", "Bemanning")} | changes
    return make_plan(
        minimum=1,
        period=period,
        previous=f"../{before}/ut/sammanstallning.xlsx",
        **changes,
    )


T2 = following("T2", "t1")
HOME_ANSWERS = {
    "Hemtjänst.xlsx": own_form(T2, "Hemtjänst", {1: [row(HEALTH, comment="Halvvägs.")]})
}
BEMANNING_ANSWERS = own_form(
    T2, "Bemanning", {2: [row(CAFE, comment="Invigt.")], 3: [row(YARD, comment="Snart klar.")]}
)


def first_round(folder: Path) -> None:
    make_round(folder / "t1", T1, T1_INBOX)
    run(folder / "t1", T1)


def second_round(
    folder: Path, inbox: Mapping[str, bytes] = HOME_ANSWERS, plan: Plan = T2
) -> CheckedRound:
    """A round after one in which all had answered."""
    first_round(folder)
    make_round(folder / "t2", plan, inbox)
    return run(folder / "t2", plan)


def told(checked: CheckedRound, *codes: str) -> list[tuple[str, str | None]]:
    return [(f.code, f.value) for f in checked.findings if f.code in codes or not codes]


def carried(checked: CheckedRound) -> list[tuple[str, tuple[str, ...], bool, str]]:
    """What stands as it was last reported: title, units, whether the whole department, and when."""
    return [
        (a.values.title, a.values.units, a.values.whole, a.last_reported)
        for a in checked.compilation.carried
    ]


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


def test_a_late_answer_takes_over_the_rows_with_all_that_the_coordinator_has_decided(
    tmp_path: Path,
) -> None:
    second_round(tmp_path)
    folder = tmp_path / "t2"
    before = {cells["Aktivitet"]: cells["Id"] for cells in table(folder)}
    put(folder, CAFE, {"Beskrivning": "Granskad.", "Ordning": 7, "Anteckning": "Ring dem."})
    put(folder, YARD, {"Ta med": "nej"})
    for _ in range(2):
        checked = run(folder, T2)
        assert [name for name, *_ in carried(checked)] == [CAFE, CLUB, CAMP]
        assert told(checked, "M603", "M608") == []
    (folder / "inkorg/Bemanning.xlsx").write_bytes(BEMANNING_ANSWERS)
    for _ in range(2):
        checked = run(folder, T2)
        assert titles(folder) == [HEALTH, CAFE, CAMP, YARD]
        assert {cells["Aktivitet"]: cells["Id"] for cells in table(folder)} == {
            name: known for name, known in before.items() if name != CLUB
        }
        one = line(folder, CAFE)
        assert [one[name] for name in ("Beskrivning", "Kommentar", "Ordning", "Anteckning")] == [
            "Granskad.", "Invigt.", 7, "Ring dem.",
        ]  # fmt: skip
        assert line(folder, YARD)["Ta med"] == "nej"
        assert [name for name, *_ in carried(checked)] == [CAMP]
        # Both have answered now, and neither has the club.
        assert told(checked, "E701", "M603", "M608") == [("E701", CLUB)]
    # The answer is taken back, and comes once more.
    (folder / "inkorg/Bemanning.xlsx").unlink()
    for _ in range(2):
        checked = run(folder, T2)
        assert [name for name, *_ in carried(checked)] == [CAFE, CLUB, CAMP]
        one = line(folder, CAFE)
        assert [one[name] for name in ("Beskrivning", "Kommentar", "Ordning", "Anteckning")] == [
            "Granskad.", "Arbetet pågår.", 7, "Ring dem.",
        ]  # fmt: skip
        assert told(checked, "E701", "M603", "M608") == []
        assert line(folder, YARD)["Ta med"] == "nej"
    (folder / "inkorg/Bemanning.xlsx").write_bytes(BEMANNING_ANSWERS)
    checked = run(folder, T2)
    one = line(folder, CAFE)
    assert (one["Beskrivning"], one["Kommentar"]) == ("Granskad.", "Invigt.")
    assert told(checked, "M603", "M608") == []


def test_what_an_answer_leaves_out_is_gone_though_something_was_decided(tmp_path: Path) -> None:
    """The row stays for the coordinator, out of the report, and it is told that the unit left it out."""
    second_round(tmp_path)
    folder = tmp_path / "t2"
    put(folder, YARD, {"Ordning": 1})
    put(folder, CAFE, {"Ta med": "nej"})
    run(folder, T2)
    form = own_form(T2, "Bemanning", {2: [row("Ny")]})
    (folder / "inkorg/Bemanning.xlsx").write_bytes(form)
    for _ in range(2):
        checked = run(folder, T2)
        assert [name for name, *_ in carried(checked)] == [CAMP]
        assert told(checked, "E701") == [("E701", CLUB), ("E701", YARD)]
        assert len(told(checked, "M608")) == 2
        assert (line(folder, YARD)["Ta med"], line(folder, YARD)["Ordning"]) == ("nej", 1)
    # A ja keeps it: as it was last reported, and counted no more than before.
    put(folder, YARD, {"Ta med": "ja"})
    for _ in range(2):
        checked = run(folder, T2)
        assert [name for name, *_ in carried(checked)] == [CAMP, YARD]
        assert [a.values.title for a in checked.compilation.approved] == [HEALTH, "Ny"]


def test_an_edit_and_an_answer_that_differ_are_both_kept(tmp_path: Path) -> None:
    second_round(tmp_path)
    folder = tmp_path / "t2"
    put(folder, CAFE, {"Kommentar": "Enheten har ringt."})
    (folder / "inkorg/Bemanning.xlsx").write_bytes(BEMANNING_ANSWERS)
    checked = run(folder, T2)
    assert told(checked, "M603") == [("M603", "Invigt.")]
    assert line(folder, CAFE)["Kommentar"] == "Enheten har ringt."
    assert "Invigt." in str(line(folder, CAFE)["Anteckning"])


def test_a_row_that_the_coordinator_has_deleted_stays_out(tmp_path: Path) -> None:
    second_round(tmp_path)
    folder = tmp_path / "t2"
    remove(folder, CAFE)
    for _ in range(2):
        checked = run(folder, T2)
        assert line(folder, CAFE)["Ta med"] == "nej"
        assert [name for name, *_ in carried(checked)] == [CLUB, CAMP, YARD]


def test_a_row_of_the_coordinators_own_is_the_activity_that_had_its_title(tmp_path: Path) -> None:
    """She has asked the unit: what she writes is reported, and the old row not carried beside it."""
    second_round(tmp_path)
    folder = tmp_path / "t2"
    remove(folder, CAFE)
    cells = {
        "Mål": YOUTH.text,
        "Aktivitet": CAFE,
        "Enheter": "Bemanning",
        "Startdatum": "2024-01-15",
    }
    more = {"Slutdatum": "2024-09-30", "Status": "Avslutad enligt plan", "Kommentar": "Klart."}
    add(folder, cells | more)
    for _ in range(2):
        checked = run(folder, T2)
        assert titles(folder).count(CAFE) == 1
        assert [name for name, *_ in carried(checked)] == [CLUB, CAMP, YARD]
        assert [a.values.title for a in checked.compilation.approved] == [HEALTH, CAFE]


def test_another_units_nearly_same_title_does_not_take_the_row_over(tmp_path: Path) -> None:
    second_round(tmp_path)
    folder = tmp_path / "t2"
    form = own_form(T2, "Hemtjänst", {1: [row(HEALTH)], 3: [row(f"{YARD} då")]})
    (folder / "inkorg/Hemtjänst.xlsx").write_bytes(form)
    checked = run(folder, T2)
    assert YARD in [name for name, *_ in carried(checked)]
    form = own_form(T2, "Bemanning", {3: [row(f"{YARD} nu")]})
    (folder / "inkorg/Bemanning.xlsx").write_bytes(form)
    before = {cells["Aktivitet"]: cells["Id"] for cells in table(folder)}
    run(folder, T2)
    assert line(folder, f"{YARD} nu")["Id"] == before[YARD]


def third_round(folder: Path, inbox: Mapping[str, bytes], plan: Plan) -> CheckedRound:
    second_round(folder)
    make_round(folder / "t3", plan, inbox)
    return run(folder / "t3", plan)


T3 = following("T3", "t2")


def test_two_rounds_of_silence_name_the_round_it_was_last_reported_in(tmp_path: Path) -> None:
    """The row of the round between is where it was taken from; Hemtjänst's is of that round."""
    checked = third_round(tmp_path, {}, T3)
    assert [(name, when) for name, _, _, when in carried(checked)] == [
        (HEALTH, "T2"), (CAFE, "T1"), (CLUB, "T1"), (CAMP, "T1"), (YARD, "T1"),
    ]  # fmt: skip
    assert told(checked, "E701", "U504") == [("U504", f"Gemensamt {CARE}")]
    words = figures.carried_sentence(T3, checked.compilation.carried)
    assert "märkta Senast redovisat T2 och T1" in words
    origin = str(line(tmp_path / "t3", CAFE)["Källa"])
    assert origin == f"{MARK}\n../t2/ut/sammanstallning.xlsx, Aktiviteter, rad 5"


def test_after_a_round_of_silence_an_answer_is_compared_with_the_last_one(tmp_path: Path) -> None:
    """Neither new nor gone; what was left out is gone."""
    form = own_form(
        T3, "Bemanning", {2: [row(CAFE, status="Avslutad enligt plan", end="2024-04-01")]}
    )
    home = own_form(T3, "Hemtjänst", {1: [row(HEALTH, comment="Halvvägs.")]})
    checked = third_round(tmp_path, {"Hemtjänst.xlsx": home, "Bemanning.xlsx": form}, T3)
    kinds = {(c.activity.values.title, c.kind) for c in checked.changes}
    assert kinds == {
        (HEALTH, ChangeKind.UNCHANGED),
        (CAFE, ChangeKind.STATUS),
        (CAFE, ChangeKind.UNCHANGED),
        (CLUB, ChangeKind.GONE),
        (YARD, ChangeKind.GONE),
        (CAMP, ChangeKind.UNREPORTED),
    }


def test_another_years_period_is_told_with_its_year(tmp_path: Path) -> None:
    checked = third_round(tmp_path, {}, following("T1", "t2", year=2025))
    assert {(name, when) for name, _, _, when in carried(checked)} == {
        (HEALTH, "T2 2024"), (CAFE, "T1 2024"), (CLUB, "T1 2024"), (CAMP, "T1 2024"), (YARD, "T1 2024"),
    }  # fmt: skip


def test_a_compilation_that_does_not_say_its_round_makes_nothing_up(tmp_path: Path) -> None:
    """One from before it was kept says it in its title; with another title nobody knows."""
    first_round(tmp_path)
    path = tmp_path / "t1" / COMPILATION_FILE

    def without(book: Any, *, title: bool) -> None:  # noqa: ANN401  a workbook of another program
        if "_bas_omgang" in book.sheetnames:
            del book["_bas_omgang"]
        if title:
            book["Översikt"]["A1"] = "Vår sammanställning"

    for title, when in ((False, "T1"), (True, "i en tidigare omgång")):
        book = openpyxl.load_workbook(path)
        without(book, title=title)
        book.save(path)
        make_round(tmp_path / "t2", T2, {})
        checked = check_round(tmp_path / "t2")
        assert {a.last_reported for a in checked.compilation.carried} == {when}


def test_the_next_rounds_forms_hold_what_was_carried_as_it_was_last_reported(
    tmp_path: Path,
) -> None:
    second_round(tmp_path)
    make_round(tmp_path / "t3", T3, {})
    made = write_forms(tmp_path / "t3")
    assert made.carried == 5
    sheet = openpyxl.load_workbook(tmp_path / "t3/mallar/Bemanning.xlsx").worksheets[2]
    said = {cells[0].value: cells[8].value for cells in sheet.iter_rows() if cells[0].value}
    assert said[CAFE] == "Pågående med avvikelse · senast redovisat T1\nArbetet pågår."


def test_of_a_split_unit_the_part_that_is_silent_keeps_what_no_other_has(tmp_path: Path) -> None:
    """The bench has answered, and crossed out the yard: of the rest it is not said to have anything."""
    parts = [Unit(name, CARE, part_of=("Bemanning",)) for name in ("Bänken", "Poolen")]
    plan = following("T2", "t1", units=("Hemtjänst", *parts))
    form = own_form(plan, "Bänken", {2: [row(CAFE, comment="Invigt.")]})
    checked = second_round(tmp_path, {"Bänken.xlsx": form}, plan)
    assert carried(checked) == [
        (HEALTH, ("Hemtjänst",), False, "T1"),
        (CLUB, ("Hemtjänst", "Poolen"), False, "T1"),
        (CAMP, (), True, "T1"),
        (YARD, ("Poolen",), False, "T1"),
    ]
    assert told(checked, "E701") == []


def test_units_that_now_belong_to_two_departments_have_a_row_in_each(tmp_path: Path) -> None:
    """With an Id of its own in each, so that nothing is written over; whoever answers takes over its own."""
    other = "Teknisk verksamhet"
    departments = (Department(CARE, "utskottet"), Department(other, "ett annat"))
    units = ("Hemtjänst", Unit("Bemanning", other))
    plan = following("T2", "t1", units=units, departments=departments)
    checked = second_round(tmp_path, {}, plan)
    folder = tmp_path / "t2"
    clubs = [a for a in checked.compilation.carried if a.values.title == CLUB]
    assert [(a.department, a.values.units) for a in clubs] == [
        (CARE, ("Hemtjänst",)),
        (other, ("Bemanning",)),
    ]
    assert len({a.id for a in clubs}) == 2
    assert run(folder, plan).compilation.carried == checked.compilation.carried
    put_twice(folder, {CARE: "Vårdens.", other: "Teknikens."})
    form = own_form(plan, "Bemanning", {2: [row(CLUB, id=clubs[0].id, comment="Öppnad.")]})
    make_round(folder, plan, {"Bemanning.xlsx": form})
    checked = run(folder, plan)
    now = [a for a in checked.compilation.in_reports if a.values.title == CLUB]
    assert [(a.department, a.values.comment, a.last_reported) for a in now] == [
        (CARE, "Arbetet pågår.", "T1"),
        (other, "Öppnad.", ""),
    ]
    assert [a.id for a in now] == [a.id for a in clubs]
    assert [a.values.description for a in now] == ["Vårdens.", "Teknikens."]


def put_twice(folder: Path, descriptions: Mapping[str, str]) -> None:
    """Writes a description on each department's row of the club."""

    def change(book: Any) -> None:  # noqa: ANN401  a workbook of another program
        sheet = book["Aktiviteter"]
        at = {cell.value: cell.column for cell in sheet[3]}
        for number in range(4, sheet.max_row + 1):
            if sheet.cell(number, at["Aktivitet"]).value == CLUB:
                whose = sheet.cell(number, at["Verksamhet"]).value
                sheet.cell(number, at["Beskrivning"]).value = descriptions[whose]

    saved_by_hand(folder, change)


def test_a_renamed_unit_keeps_its_own_by_its_former_name(tmp_path: Path) -> None:
    units = ("Hemtjänst", Unit("Bemanningsenheten", CARE, earlier_names=("Bemanning",)))
    checked = second_round(tmp_path, {}, following("T2", "t1", units=units))
    assert (CAFE, ("Bemanningsenheten",), False, "T1") in carried(checked)
    # One that is not there any more has nobody to answer for it.
    checked = second_round(tmp_path / "b", {}, following("T2", "t1", units=("Hemtjänst",)))
    assert [(name, units) for name, units, *_ in carried(checked)] == [
        (HEALTH, ("Hemtjänst",)), (CLUB, ("Hemtjänst",)), (CAMP, ()),
    ]  # fmt: skip


def test_a_carried_row_that_is_completed_has_been_reported_in_this_round(tmp_path: Path) -> None:
    """Its unit is silent, but has answered what the committee asked of that row."""
    second_round(tmp_path)
    folder = tmp_path / "t2"
    decide(folder, {"Verksamhet": CARE, "Utfall": "återremiss", "Datum": date(2024, 6, 4)})
    put(folder, YARD, {"Komplettera": "Är gården klar?"})
    run(folder, T2)
    write_completion_forms(folder)

    def answer(book: Workbook) -> None:
        sheet = next(s for s in book.worksheets if s["A5"].value == YARD)
        write(sheet, 5, {"Status": "Avslutad enligt plan", "Kommentar": "Klar i maj."})

    answered = filled(form(folder, "Bemanning.xlsx"), answer)
    (folder / "inkorg/Komplettering.xlsx").write_bytes(answered)
    checked = run(folder, T2)
    assert YARD not in {title for title, *_ in carried(checked)}
    assert CAFE in {title for title, *_ in carried(checked)}
    (done,) = [a for a in checked.compilation.approved if a.values.title == YARD]
    assert (done.last_reported, done.values.comment) == ("", "Klar i maj.")
    assert "Bemanning" not in checked.answered
