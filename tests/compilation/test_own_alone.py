"""An own row that a unit has handed in too stands by itself again while the unit's is away."""

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds.results import CheckedRound
from tests.compilation.edited_rounds import (
    FIRST,
    PLAN,
    Cells,
    add,
    hand_in,
    home_form,
    line,
    put,
    remove,
    run,
    saved_by_hand,
    start,
    titles,
)
from tests.rounds.carried_rounds import BEMANNING_ANSWERS, CAFE, T2, carried, second_round
from tests.small_rounds import YOUTH, own_form, row, saved

OWN = "Grilla korv"
DAY = datetime(2024, 2, 1)  # noqa: DTZ001  a cell's date has no zone
HERS: Cells = {
    "Mål": YOUTH.text,
    "Aktivitet": OWN,
    "Enheter": "Hemtjänst",
    "Startdatum": DAY,
    "Kommentar": "Egen.",
}
SHOWN = ("Enheter", "Startdatum", "Slutdatum", "Status", "Kommentar", "Ta med", "Källa")
ALONE = ("Hemtjänst", DAY, None, None, "Egen.", "ja", "Sammanställningen")
NOTE = "Enhetens uppgift om startdatum: 2024-01-15\nEnhetens uppgift om kommentar: Arbetet pågår."
LATE = "Hemtjänst.xlsx"


def joined(folder: Path, **cells: object) -> None:
    """A row of the coordinator's own that Hemtjänst's late form has too."""
    start(folder)
    add(folder, {**HERS, **cells})
    run(folder)
    hand_in(folder, LATE, late())
    run(folder)


def late(*, minute: int = 0) -> bytes:
    """Hemtjänst's form with the coordinator's row in it."""
    return saved(home_form(row(FIRST), row(OWN, units="Hemtjänst")), f"2024-05-02T08:{minute:02}")


def used(folder: Path, said: str) -> None:
    """Writes at Använd of Hemtjänst's only form."""

    def change(book: Workbook) -> None:
        sheet = book["Inlämningar"]
        heads = {cell.value: at for at, cell in enumerate(sheet[3], 1)}
        sheet.cell(4, heads["Använd"]).value = said

    saved_by_hand(folder, change)


def go_away(folder: Path, how: str) -> None:
    """The unit's row is no more in any file that is used."""
    match how:
        case "set aside":
            used(folder, "nej")
        case "withdrawn":
            (folder / "inkorg" / LATE).unlink()
        case "damaged":
            hand_in(folder, LATE, b"PK\3\4")
        case _:
            hand_in(folder, LATE, saved(home_form(row(FIRST)), "2024-05-02T09:00"))


def come_back(folder: Path, how: str) -> None:
    """It is there again as it was."""
    hand_in(folder, LATE, late(minute=50))
    if how == "set aside":
        used(folder, "ja")


def cells_of(folder: Path) -> tuple[object, ...]:
    return tuple(line(folder, OWN)[name] for name in SHOWN)


def of_the_row(checked: CheckedRound) -> list[str]:
    """Codes and variants of what merging tells of the row."""
    told: list[Finding] = [f for f in checked.findings if f.code.startswith("M")]
    return [f"{f.code}.{f.variant.name}" for f in told if OWN in f.words]


def lacking(checked: CheckedRound) -> list[str | None]:
    """The cells of the compilation that have to be filled in."""
    return [f.cell for f in checked.findings if f.code == "R301" and f.file == COMPILATION_FILE]


def reported(checked: CheckedRound) -> bool:
    return OWN in {activity.values.title for activity in checked.compilation.approved}


AWAY = pytest.mark.parametrize("how", ["set aside", "withdrawn", "damaged", "dropped"])


@AWAY
def test_it_says_what_she_wrote_and_nothing_of_what_the_file_said(tmp_path: Path, how: str) -> None:
    """It is in the report, and told so: neither her words nor the unit's go in silence."""
    joined(tmp_path)
    go_away(tmp_path, how)
    for _ in range(3):
        checked = run(tmp_path)
        assert reported(checked)
        assert [ln.activity.values.title for ln in checked.compilation.lines if ln.own] == [OWN]
        assert of_the_row(checked) == ["M607.ALONE"]
        assert lacking(checked) == ["F4", "H4"]
        assert cells_of(tmp_path) == ALONE
        assert line(tmp_path, OWN)["Anteckning"] == NOTE


@AWAY
def test_it_is_one_with_the_units_again_when_that_is_back(tmp_path: Path, how: str) -> None:
    joined(tmp_path)
    before, stood = line(tmp_path, OWN), titles(tmp_path)
    go_away(tmp_path, how)
    run(tmp_path)
    come_back(tmp_path, how)
    for _ in range(2):
        checked = run(tmp_path)
        assert of_the_row(checked) == ["M607.PLAIN"]
        assert {**line(tmp_path, OWN), "Källa": ""} == {**before, "Källa": ""}
        assert titles(tmp_path) == stood


def test_what_she_wrote_after_the_file_came_is_hers_too(tmp_path: Path) -> None:
    """Also where she has taken over the unit's words, or written while the file was away."""
    joined(tmp_path)
    put(tmp_path, OWN, {"Slutdatum": DAY, "Kommentar": "Arbetet pågår."})
    run(tmp_path)
    go_away(tmp_path, "set aside")
    run(tmp_path)
    hers = ("Hemtjänst", DAY, DAY, None, "Arbetet pågår.", "ja", "Sammanställningen")
    assert cells_of(tmp_path) == hers
    put(tmp_path, OWN, {"Status": "Avslutad enligt plan"})
    for _ in range(2):
        run(tmp_path)
        assert cells_of(tmp_path) == (*hers[:3], "Avslutad enligt plan", *hers[4:])
    come_back(tmp_path, "set aside")
    run(tmp_path)
    assert cells_of(tmp_path)[:6] == (*hers[:3], "Avslutad enligt plan", *hers[4:6])


def test_her_no_and_her_deletion_hold_while_the_file_is_away_and_after(tmp_path: Path) -> None:
    joined(tmp_path)
    go_away(tmp_path, "withdrawn")
    run(tmp_path)
    put(tmp_path, OWN, {"Ta med": "nej"})
    for _ in range(2):
        checked = run(tmp_path)
        assert (reported(checked), of_the_row(checked)) == (False, ["M608.EXCLUDED_AND_AWAY"])
    put(tmp_path, OWN, {"Ta med": "ja"})
    checked = run(tmp_path)
    assert (reported(checked), of_the_row(checked)) == (True, [])
    remove(tmp_path, OWN)
    assert not reported(run(tmp_path))
    assert OWN not in titles(tmp_path)
    come_back(tmp_path, "withdrawn")
    assert not reported(run(tmp_path))


def test_another_row_cannot_be_joined_into_it_while_it_stands_alone(tmp_path: Path) -> None:
    """As into any row of her own; it is again when the unit's is back."""
    joined(tmp_path)
    put(tmp_path, FIRST, {"Samma som": line(tmp_path, OWN)["Id"]})
    assert of_the_row(run(tmp_path)) == ["M607.PLAIN"]
    other = own_form(PLAN, "Bemanning", {2: [row(FIRST)]})
    hand_in(tmp_path, "Bemanning.xlsx", other)
    go_away(tmp_path, "withdrawn")
    checked = run(tmp_path)
    told = [f"{f.code}.{f.variant.name}" for f in checked.findings if f.code.startswith("M")]
    assert sorted(told) == ["M607.ALONE", "M612.OWN"]
    assert {one.values.title for one in checked.compilation.approved} == {OWN, FIRST}


def test_it_is_not_what_was_reported_in_the_last_round(tmp_path: Path) -> None:
    """She had written it instead of that: then it is hers again when the unit takes back its answer."""
    second_round(tmp_path)
    folder = tmp_path / "t2"
    cells = {"Mål": YOUTH.text, "Aktivitet": CAFE, "Enheter": "Bemanning", "Kommentar": "Egen."}
    add(folder, cells)
    before = carried(run(folder, T2))
    assert CAFE not in {name for name, *_ in before}
    (folder / "inkorg/Bemanning.xlsx").write_bytes(BEMANNING_ANSWERS)
    run(folder, T2)
    (folder / "inkorg/Bemanning.xlsx").unlink()
    for _ in range(2):
        checked = run(folder, T2)
        assert carried(checked) == before
        assert CAFE in {one.values.title for one in checked.compilation.approved}
        one = line(folder, CAFE)
        assert (one["Kommentar"], one["Status"], one["Källa"]) == (
            "Egen.",
            None,
            "Sammanställningen",
        )
