"""Samma som: the coordinator joins rows that are one activity, and keeps apart those that are not."""

from pathlib import Path

import pytest
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.form.values import FormRow
from excel_uppsikt.model import ChangeKind, Plan
from excel_uppsikt.rounds.reports import review_round
from excel_uppsikt.rounds.results import CheckedRound
from tests.compilation import edited_rounds
from tests.compilation.edited_rounds import (
    add,
    columns,
    line,
    put,
    remove,
    run,
    saved_by_hand,
    table,
    titles,
)
from tests.small_rounds import HOMES, YOUTH, make_plan, make_round, own_form, row

PLAN = make_plan(goals=(YOUTH, HOMES), minimum=0)
NEXT = make_plan(
    goals=(YOUTH, HOMES), minimum=0, period="T2", previous="../t1/ut/sammanstallning.xlsx"
)
ONE, OTHER = "Starta fritidsklubb", "Klubbverksamhet för unga"


def form(unit: str, *rows: FormRow, plan: Plan = PLAN) -> bytes:
    return own_form(plan, unit, {2: rows})


HOME = form("Hemtjänst", row(ONE, comment="Lokal finns."))
STAFF = form("Bemanning", row(OTHER, comment="Ledare finns.", description=""))
BOTH = {"Hemtjänst.xlsx": HOME, "Bemanning.xlsx": STAFF}


def start(folder: Path, inbox: dict[str, bytes] | None = None) -> CheckedRound:
    return edited_rounds.start(folder, BOTH if inbox is None else inbox, PLAN)


def made(folder: Path, title: str) -> str:
    """The Id of an activity's row."""
    return str(line(folder, title)["Id"])


def shown(checked: CheckedRound) -> list[tuple[str, tuple[str, ...], str]]:
    """What the report has: titles, units and comments."""
    return [
        (a.values.title, a.values.units, a.values.comment) for a in checked.compilation.approved
    ]


def told(checked: CheckedRound) -> list[tuple[str, str | None, str | None]]:
    return [(f.code, f.cell, f.value) for f in checked.findings if f.code[0] in "ME"]


APART = [(OTHER, ("Bemanning",), "Ledare finns."), (ONE, ("Hemtjänst",), "Lokal finns.")]
TOGETHER = [(ONE, ("Hemtjänst", "Bemanning"), "Lokal finns.\nLedare finns.")]


def test_a_row_that_is_another_stands_in_the_report_as_a_part_of_it(tmp_path: Path) -> None:
    """Units together, texts after one another, dates and status of the activity; and apart again."""
    assert shown(start(tmp_path)) == APART
    put(tmp_path, OTHER, {"Samma som": made(tmp_path, ONE)})
    for _ in range(3):
        checked = run(tmp_path, PLAN)
        assert shown(checked) == TOGETHER
        assert told(checked) == []
        # The report's own reading says the same.
        assert review_round(tmp_path).compilation.approved == checked.compilation.approved
        one, other = line(tmp_path, ONE), line(tmp_path, OTHER)
        assert (one["Enheter"], one["Status"]) == ("Hemtjänst; Bemanning", "Pågående enligt plan")
        assert (str(one["Startdatum"])[:10], one["Beskrivning"]) == (
            "2024-01-15",
            "Ger bättre kvalitet.",
        )
        assert len(str(one["Källa"]).splitlines()) == 2
        assert [other[h] for h in ("Enheter", "Kommentar", "Ta med", "Samma som")] == [
            "Bemanning", "Ledare finns.", "ja", one["Id"],
        ]  # fmt: skip
    put(tmp_path, OTHER, {"Samma som": None})
    assert shown(run(tmp_path, PLAN)) == APART


def test_dates_and_status_of_a_part_that_differ_are_told_till_it_is_chosen(tmp_path: Path) -> None:
    """The activity's stand in the report; what is not there is told at its cell."""
    part = row(OTHER, end="2024-08-31", status="Pågående med avvikelse", comment="Sen.")
    start(tmp_path, BOTH | {"Bemanning.xlsx": form("Bemanning", part)})
    put(tmp_path, OTHER, {"Samma som": made(tmp_path, ONE)})
    for _ in range(2):
        checked = run(tmp_path, PLAN)
        at = next(n for n, cells in enumerate(table(tmp_path), 4) if cells["Aktivitet"] == OTHER)
        assert told(checked) == [
            ("M612", f"F{at}", "2024-08-31"),
            ("M612", f"H{at}", "Pågående med avvikelse"),
        ]
    assert (
        "I rapporten står 2024-09-30."
        in next(f for f in checked.findings if f.cell == f"F{at}").message
    )
    put(tmp_path, ONE, {"Status": "Avslutad med avvikelse"})
    put(tmp_path, OTHER, {"Slutdatum": "2024-09-30"})
    checked = run(tmp_path, PLAN)
    assert told(checked) == []
    assert [a.values.status.name for a in checked.compilation.approved if a.values.status] == [
        "Avslutad med avvikelse"
    ]


def test_a_report_made_before_the_next_merge_says_that_it_is_not_in_it(tmp_path: Path) -> None:
    """Both when rows are joined and when they are parted: the rows are what they were."""
    start(tmp_path)
    for value, before in ((made(tmp_path, ONE), APART), (None, TOGETHER)):
        put(tmp_path, OTHER, {"Samma som": value})
        review = review_round(tmp_path)
        assert [
            (a.values.title, a.values.units, a.values.comment) for a in review.compilation.approved
        ] == before
        at = next(n for n, cells in enumerate(table(tmp_path), 4) if cells["Aktivitet"] == OTHER)
        assert [(f.code, f.cell) for f in review.findings] == [("M612", f"O{at}")]
        run(tmp_path, PLAN)
        assert review_round(tmp_path).findings == ()


def test_it_holds_through_late_and_lost_hand_ins(tmp_path: Path) -> None:
    start(tmp_path)
    put(tmp_path, OTHER, {"Samma som": made(tmp_path, ONE)})
    run(tmp_path, PLAN)
    # The other says more; then its file, and then the activity's, is away.
    changed = form("Bemanning", row(OTHER, comment="Tre ledare."), row("Ny"))
    (tmp_path / "inkorg/Bemanning.xlsx").write_bytes(changed)
    together = [(ONE, ("Hemtjänst", "Bemanning"), "Lokal finns.\nTre ledare.")]
    new = [("Ny", ("Bemanning",), "Arbetet pågår.")]
    checked = run(tmp_path, PLAN)
    assert (shown(checked), told(checked)) == (new + together, [])
    (tmp_path / "inkorg/Bemanning.xlsx").unlink()
    assert shown(run(tmp_path, PLAN)) == [(ONE, ("Hemtjänst",), "Lokal finns.")]
    (tmp_path / "inkorg/Bemanning.xlsx").write_bytes(changed)
    (tmp_path / "inkorg/Hemtjänst.xlsx").unlink()
    for _ in range(2):
        checked = run(tmp_path, PLAN)
        assert shown(checked) == [(OTHER, ("Bemanning",), "Tre ledare."), *new]
        assert [code for code, *_ in told(checked)] == ["M608"]
    (tmp_path / "inkorg/Hemtjänst.xlsx").write_bytes(HOME)
    checked = run(tmp_path, PLAN)
    assert (shown(checked), told(checked)) == (new + together, [])


def test_what_the_coordinator_has_written_of_either_stands(tmp_path: Path) -> None:
    start(tmp_path)
    put(tmp_path, ONE, {"Kommentar": "Granskad.", "Ordning": 3})
    put(tmp_path, OTHER, {"Samma som": made(tmp_path, ONE).upper(), "Beskrivning": "Redigerad."})
    checked = run(tmp_path, PLAN)
    assert shown(checked) == [(ONE, ("Hemtjänst", "Bemanning"), "Granskad.")]
    (activity,) = checked.compilation.approved
    assert activity.values.description == "Ger bättre kvalitet.\nRedigerad."
    # What the other says beside it is asked about once, in the note.
    assert told(checked) == [("M603", "I5", "Lokal finns.\nLedare finns.")]
    put(tmp_path, ONE, {"Anteckning": None})
    assert told(run(tmp_path, PLAN)) == []
    # A nej keeps a part out, and with the activity all of it.
    put(tmp_path, OTHER, {"Ta med": "nej"})
    assert [units for _, units, _ in shown(run(tmp_path, PLAN))] == [("Hemtjänst",)]
    put(tmp_path, OTHER, {"Ta med": "ja"})
    put(tmp_path, ONE, {"Ta med": "nej"})
    assert shown(run(tmp_path, PLAN)) == []


def test_a_units_rows_that_are_one_count_as_one_on_every_screen(tmp_path: Path) -> None:
    plan = make_plan(goals=(YOUTH, HOMES), minimum=2, units=("Hemtjänst",))
    make_round(tmp_path, plan, {"A.xlsx": form("Hemtjänst", row(ONE), row(OTHER), plan=plan)})
    checked = run(tmp_path, plan)
    assert [f.code for f in checked.findings] == []
    put(tmp_path, OTHER, {"Samma som": made(tmp_path, ONE)})
    checked = run(tmp_path, plan)
    assert [(f.code, f.value) for f in checked.findings] == [("U501", "Hemtjänst")]
    assert [(term.have, term.handed) for term in checked.rule] == [(1, None)]
    assert review_round(tmp_path).rule == checked.rule


def test_a_row_of_ones_own_can_be_a_units(tmp_path: Path) -> None:
    start(tmp_path)
    cells = {
        "Mål": YOUTH.text,
        "Aktivitet": "Egen",
        "Enheter": "Bemanning",
        "Kommentar": "Egen text.",
    }
    add(tmp_path, cells | {"Samma som": made(tmp_path, ONE)})
    for _ in range(3):
        checked = run(tmp_path, PLAN)
        assert shown(checked) == [
            APART[0],
            (ONE, ("Hemtjänst", "Bemanning"), "Lokal finns.\nEgen text."),
        ]
        assert review_round(tmp_path).compilation.approved == checked.compilation.approved
        assert told(checked) == []


def test_what_cannot_be_followed_is_told_at_its_cell_and_nothing_is_lost(tmp_path: Path) -> None:
    third = {
        "C.xlsx": own_form(PLAN, "Hemtjänst", {2: [row(ONE), row("Annan")], 3: [row("Bygga")]})
    }
    start(tmp_path, {"B.xlsx": STAFF, **third})
    add(tmp_path, {"Mål": YOUTH.text, "Aktivitet": "Egen", "Enheter": "Bemanning"})
    run(tmp_path, PLAN)
    assert titles(tmp_path) == ["Annan", "Egen", OTHER, ONE, "Bygga"]
    same = {
        "Annan": "2-finns",
        "Egen": made(tmp_path, "Bygga"),
        OTHER: made(tmp_path, "Egen"),
        ONE: made(tmp_path, ONE),
    }
    for title, value in same.items():
        put(tmp_path, title, {"Samma som": value})
    for _ in range(2):
        checked = run(tmp_path, PLAN)
        found = [(f.cell, f.value) for f in checked.findings if f.code == "M612"]
        assert found == [
            ("O4", "2-finns"),
            *((f"O{at}", same[t]) for at, t in ((5, "Egen"), (6, OTHER), (7, ONE))),
        ]
        assert [a.values.title for a in checked.compilation.approved] == titles(tmp_path)
        assert {
            str(cells["Aktivitet"]): cells["Samma som"] for cells in table(tmp_path)
        } == same | {"Bygga": None}


@pytest.mark.parametrize("length", [2, 3])
def test_rows_in_a_circle_stay_apart(tmp_path: Path, length: int) -> None:
    names = ["Alfa", "Delta", "Omega"]
    start(tmp_path, {"A.xlsx": form("Hemtjänst", *map(row, names))})
    for at in range(length):
        put(tmp_path, names[at], {"Samma som": made(tmp_path, names[(at + 1) % length])})
    checked = run(tmp_path, PLAN)
    assert [a.values.title for a in checked.compilation.approved] == names
    assert len([f for f in checked.findings if f.code == "M612"]) == length


def test_a_row_by_way_of_another_is_the_last_of_them(tmp_path: Path) -> None:
    names = ["Alfa", "Delta", "Omega"]
    forms = {
        "A.xlsx": form("Hemtjänst", row("Alfa"), row("Delta")),
        "B.xlsx": form("Bemanning", row("Omega")),
    }
    start(tmp_path, forms)
    for name, other in zip(names[1:], names, strict=False):
        put(tmp_path, name, {"Samma som": made(tmp_path, other)})
    checked = run(tmp_path, PLAN)
    assert [(t, u) for t, u, _ in shown(checked)] == [("Alfa", ("Hemtjänst", "Bemanning"))]
    assert told(checked) == []


def test_it_holds_in_the_next_round(tmp_path: Path) -> None:
    """Neither row is called new or gone, with Ids in the forms or without them."""
    folder, later = tmp_path / "t1", tmp_path / "t2"
    start(folder)
    put(folder, OTHER, {"Samma som": made(folder, ONE)})
    run(folder, PLAN)
    inbox = {
        "Hemtjänst.xlsx": form("Hemtjänst", row(ONE, comment="Öppnad."), plan=NEXT),
        "Bemanning.xlsx": form("Bemanning", row(OTHER, comment="Fyra ledare."), plan=NEXT),
    }
    make_round(later, NEXT, inbox)
    for _ in range(2):
        checked = run(later, NEXT)
        assert shown(checked) == [(ONE, ("Hemtjänst", "Bemanning"), "Öppnad.\nFyra ledare.")]
        assert (told(checked), checked.changes) == ([], ())
        assert line(later, OTHER)["Samma som"] == made(later, ONE) == made(folder, ONE)
    # Who is silent has no part in what is reported, and what nobody reports is carried on as one.
    (later / "inkorg/Bemanning.xlsx").unlink()
    checked = run(later, NEXT)
    assert shown(checked) == [(ONE, ("Hemtjänst",), "Öppnad.")]
    assert checked.compilation.carried == ()
    (later / "inkorg/Hemtjänst.xlsx").unlink()
    checked = run(later, NEXT)
    assert [(a.values.title, a.values.units) for a in checked.compilation.carried] == [
        (ONE, ("Hemtjänst", "Bemanning"))
    ]


def test_joining_what_was_two_the_last_time_takes_nothing_away(tmp_path: Path) -> None:
    start(tmp_path / "t1")
    inbox = {
        "Hemtjänst.xlsx": form("Hemtjänst", row(ONE, comment="Öppnad."), plan=NEXT),
        "Bemanning.xlsx": form("Bemanning", row(OTHER, comment="Fyra ledare."), plan=NEXT),
    }
    make_round(tmp_path / "t2", NEXT, inbox)
    run(tmp_path / "t2", NEXT)
    put(tmp_path / "t2", OTHER, {"Samma som": made(tmp_path / "t2", ONE)})
    checked = run(tmp_path / "t2", NEXT)
    assert [c.kind for c in checked.changes if c.kind is not ChangeKind.STATUS] == []


def on_each(folder: Path, title: str, header: str, values: dict[str, str | None]) -> None:
    """Writes in the rows of a title, by whose they are."""

    def change(book: Workbook) -> None:
        sheet = book["Aktiviteter"]
        at = columns(sheet)
        for number in range(4, sheet.max_row + 1):
            whose = str(sheet.cell(number, at["Enheter"]).value)
            if sheet.cell(number, at["Aktivitet"]).value == title and whose in values:
                sheet.cell(number, at[header]).value = values[whose]

    saved_by_hand(folder, change)


def rows_of(folder: Path, title: str) -> dict[object, tuple[object, object, object]]:
    """Id, comment and Samma som of the rows of a title, by whose they are."""
    return {
        cells["Enheter"]: (cells["Id"], cells["Kommentar"], cells["Samma som"])
        for cells in table(folder)
        if cells["Aktivitet"] == title
    }


def test_egen_keeps_apart_what_only_has_the_same_title(tmp_path: Path) -> None:
    """A row each, with its own Id, edits and place, through late hand-ins and into the next round."""
    folder, later = tmp_path / "t1", tmp_path / "t2"
    alike = {
        "Hemtjänst.xlsx": form("Hemtjänst", row("Utbildning", comment="I lyftteknik.")),
        "Bemanning.xlsx": form("Bemanning", row("Utbildning", comment="I schemaläggning.")),
    }
    start(folder, alike)
    first = made(folder, "Utbildning")
    put(folder, "Utbildning", {"Samma som": "Egen"})
    checked = run(folder, PLAN)
    rows = rows_of(folder, "Utbildning")
    assert rows["Hemtjänst"] == (first, "I lyftteknik.", "Egen")
    assert rows["Bemanning"][1:] == ("I schemaläggning.", "egen")
    assert rows["Bemanning"][0] != first
    assert told(checked) == []
    on_each(folder, "Utbildning", "Beskrivning", {"Hemtjänst": "Lyft.", "Bemanning": "Scheman."})
    for away in ("Hemtjänst", "Bemanning"):
        path = folder / f"inkorg/{away}.xlsx"
        path.unlink()
        run(folder, PLAN)
        path.write_bytes(alike[path.name])
        checked = run(folder, PLAN)
        assert rows_of(folder, "Utbildning") == rows
        said = {a.values.units: a.values.description for a in checked.compilation.approved}
        assert said == {("Hemtjänst",): "Lyft.", ("Bemanning",): "Scheman."}
    inbox = {
        name: form(name[:-5], row("Utbildning", comment=f"{name} igen."), plan=NEXT)
        for name in alike
    }
    make_round(later, NEXT, {"Hemtjänst.xlsx": inbox["Hemtjänst.xlsx"]})
    checked = run(later, NEXT)
    assert {a.values.units: a.last_reported for a in checked.compilation.in_reports} == {
        ("Hemtjänst",): "",
        ("Bemanning",): "T1",
    }
    make_round(later, NEXT, inbox)
    checked = run(later, NEXT)
    assert {whose: cells[0] for whose, cells in rows_of(later, "Utbildning").items()} == {
        whose: cells[0] for whose, cells in rows.items()
    }
    assert [c.kind for c in checked.changes if c.kind in (ChangeKind.NEW, ChangeKind.GONE)] == []
    # Emptied at both, they are one again.
    on_each(folder, "Utbildning", "Samma som", {"Hemtjänst": None, "Bemanning": None})
    checked = run(folder, PLAN)
    assert [a.values.units for a in checked.compilation.approved] == [("Hemtjänst", "Bemanning")]
    # What had been written of the other is there still.
    assert [f.code for f in checked.findings if f.code == "M608"] == ["M608"]


def test_egen_on_a_row_of_ones_own_keeps_it_from_a_late_row_with_its_title(tmp_path: Path) -> None:
    start(tmp_path, {"Bemanning.xlsx": STAFF})
    cells = {"Mål": YOUTH.text, "Aktivitet": ONE, "Enheter": "Hemtjänst", "Kommentar": "Min egen."}
    add(tmp_path, cells | {"Samma som": "egen"})
    run(tmp_path, PLAN)
    (tmp_path / "inkorg/Hemtjänst.xlsx").write_bytes(HOME)
    for _ in range(2):
        checked = run(tmp_path, PLAN)
        assert sorted(comment for *_, comment in shown(checked)) == [
            "Ledare finns.", "Lokal finns.", "Min egen.",
        ]  # fmt: skip
        assert told(checked) == []


def test_titles_that_look_alike_are_not_asked_about_once_they_are_joined(tmp_path: Path) -> None:
    near = "Starta fritidsklubbar"
    forms = {"A.xlsx": form("Hemtjänst", row(ONE)), "B.xlsx": form("Bemanning", row(near))}
    checked = start(tmp_path, forms)
    assert [code for code, *_ in told(checked)] == ["M601"]
    put(tmp_path, near, {"Samma som": made(tmp_path, ONE)})
    checked = run(tmp_path, PLAN)
    assert told(checked) == []
    assert [(t, u) for t, u, _ in shown(checked)] == [(ONE, ("Hemtjänst", "Bemanning"))]
    # What is deleted is so with all its parts.
    remove(tmp_path, ONE)
    assert shown(run(tmp_path, PLAN)) == []
