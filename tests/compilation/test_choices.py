"""Använd on the sheet of files: what the coordinator has written there holds, and every screen says so."""

from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.cli import commands
from excel_uppsikt.findings.code import Severity
from excel_uppsikt.model import ChangeKind
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds import checking as pipeline
from excel_uppsikt.rounds.checking import as_merged
from excel_uppsikt.rounds.reports import review_round
from excel_uppsikt.rounds.results import CheckedRound
from excel_uppsikt.rounds.workbooks import write_compilation
from tests.compilation.edited_rounds import bytes_of, line, put, run, saved_by_hand, start, titles
from tests.small_rounds import (
    HOMES,
    YOUTH,
    make_plan,
    own_form,
    per_goal_form,
    row,
    saved,
    shared_form,
)
from tests.typed_cells import TypedBook

PLAN = make_plan(goals=(YOUTH, HOMES), minimum=1, units=("Hemtjänst", "Bemanning"))
OLD, NEW = "inkorg/gammal.xlsx", "inkorg/ny.xlsx"
USE = 7


def form(title: str, moment: str, unit: str = "Hemtjänst") -> bytes:
    """A unit's form with one row, saved then."""
    return saved(own_form(PLAN, unit, {2: [row(title)]}), moment)


def two_versions(folder: Path) -> CheckedRound:
    """A round where Hemtjänst has handed in twice, and Bemanning once."""
    inbox = {
        "bemanning.xlsx": form("Schack", "2024-05-01", "Bemanning"),
        "gammal.xlsx": form("Gammal", "2024-05-02"),
        "ny.xlsx": form("Ny", "2024-05-03"),
    }
    return start(folder, inbox, PLAN)


def choose(folder: Path, answers: Mapping[str, str | None]) -> None:
    """Writes Använd of files, as the coordinator does."""
    typed = TypedBook(bytes_of(folder))
    rows = {text: row for (row, at), text in typed.texts("Inlämningar").items() if at == 1}
    for file, answer in answers.items():
        typed.type("Inlämningar", rows[file], USE, answer)
    (folder / COMPILATION_FILE).write_bytes(typed.saved())


def used(folder: Path) -> dict[str, object]:
    """What stands at Använd, by file."""
    sheet = openpyxl.load_workbook(folder / COMPILATION_FILE)["Inlämningar"]
    return {str(r[0].value): r[USE - 1].value for r in sheet.iter_rows(min_row=4) if r[0].value}


def told(checked: CheckedRound, *codes: str) -> list[tuple[str, str, str]]:
    """The findings of these codes as (variant, file, value)."""
    return [
        (f.variant.name, (f.file or "").removeprefix("inkorg/"), f.value or "")
        for f in checked.findings
        if f.code in codes
    ]


@pytest.mark.parametrize(
    ("answers", "expected", "aside"),
    [
        ({}, ["Ny"], [("DIFFERS", "gammal.xlsx")]),
        ({OLD: "nej", NEW: "nej"}, [], [("NONE_USED", "gammal.xlsx"), ("NONE_USED", "ny.xlsx")]),
        ({NEW: "nej"}, [], [("NONE_USED", "gammal.xlsx"), ("NONE_USED", "ny.xlsx")]),
        ({OLD: "ja", NEW: "ja"}, ["Gammal", "Ny"], []),
        ({OLD: "ja"}, ["Gammal", "Ny"], []),
        ({OLD: "Ja ", NEW: None}, ["Gammal"], [("DIFFERS", "ny.xlsx")]),
        ({OLD: "ja", NEW: "NEJ"}, ["Gammal"], [("DIFFERS", "ny.xlsx")]),
        ({OLD: None, NEW: None}, ["Ny"], [("DIFFERS", "gammal.xlsx")]),
    ],
)  # fmt: skip
def test_what_stands_at_a_units_files_holds_in_every_merge(
    tmp_path: Path,
    answers: dict[str, str | None],
    expected: list[str],
    aside: list[tuple[str, str]],
) -> None:
    two_versions(tmp_path)
    choose(tmp_path, answers)
    for _ in range(3):
        checked = run(tmp_path, PLAN)
        assert titles(tmp_path) == [*expected[:1], *expected[1:], "Schack"]
        assert [one[:2] for one in told(checked, "F205")] == aside
        stands = {
            OLD: "ja" if "Gammal" in expected else "nej",
            NEW: "ja" if "Ny" in expected else "nej",
        }
        assert used(tmp_path) == {"inkorg/bemanning.xlsx": "ja"} | stands


def test_why_a_file_is_aside_is_what_the_coordinator_has_written(tmp_path: Path) -> None:
    """The one that was set aside, and a later one beside the one that was chosen."""
    two_versions(tmp_path)
    choose(tmp_path, {OLD: "ja", NEW: "nej"})
    (tmp_path / "inkorg/nyast.xlsx").write_bytes(form("Nyast", "2024-05-04"))
    checked = run(tmp_path, PLAN)
    messages = {f.file: f.message for f in checked.findings if f.code == "F205"}
    assert "eftersom det står nej vid Använd för den här i sammanställningen." in messages[NEW]
    last = messages["inkorg/nyast.xlsx"]
    assert "gammal.xlsx” användes (1 aktivitet), eftersom det står ja vid Använd för den" in last


def test_a_version_that_comes_after_both_were_set_aside_is_used(tmp_path: Path) -> None:
    """Nothing has been decided about it; the others stay aside, also if it goes away again."""
    two_versions(tmp_path)
    choose(tmp_path, {OLD: "nej", NEW: "nej"})
    run(tmp_path, PLAN)
    third = tmp_path / "inkorg/tredje.xlsx"
    third.write_bytes(form("Tredje", "2024-05-01"))
    checked = run(tmp_path, PLAN)
    assert titles(tmp_path) == ["Schack", "Tredje"]
    reasons = [f.message for f in checked.findings if f.code == "F205"]
    assert len(reasons) == 2
    assert all("det står nej vid Använd för den här" in reason for reason in reasons)
    third.unlink()
    run(tmp_path, PLAN)
    assert titles(tmp_path) == ["Schack"]


@pytest.mark.parametrize("harm", ["away", "damaged"])
def test_a_choice_stays_while_the_file_is_away(tmp_path: Path, harm: str) -> None:
    two_versions(tmp_path)
    choose(tmp_path, {OLD: "nej", NEW: "nej"})
    run(tmp_path, PLAN)
    path = tmp_path / NEW
    data = path.read_bytes()
    for _ in range(2):
        if harm == "away":
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(data[:200])
        run(tmp_path, PLAN)
        assert titles(tmp_path) == ["Schack"]
    path.write_bytes(data)
    run(tmp_path, PLAN)
    assert (titles(tmp_path), used(tmp_path)[NEW]) == (["Schack"], "nej")


def test_emptied_cells_give_the_choice_back_to_the_program(tmp_path: Path) -> None:
    two_versions(tmp_path)
    choose(tmp_path, {OLD: "ja", NEW: "nej"})
    run(tmp_path, PLAN)
    choose(tmp_path, {OLD: None, NEW: None})
    assert review_round(tmp_path).compilation.use_changed == (OLD, NEW)
    assert titles_after(tmp_path) == ["Ny", "Schack"]
    (tmp_path / "inkorg/nyast.xlsx").write_bytes(form("Nyast", "2024-05-04"))
    assert titles_after(tmp_path) == ["Nyast", "Schack"]


def titles_after(folder: Path) -> list[object]:
    """The titles after another merge."""
    run(folder, PLAN)
    return titles(folder)


def test_nobody_elses_files_are_chosen_with_a_units(tmp_path: Path) -> None:
    """A later version of another unit's is still the program's to choose."""
    two_versions(tmp_path)
    choose(tmp_path, {OLD: "ja", NEW: "nej"})
    run(tmp_path, PLAN)
    late = form("Dam", "2024-05-05", "Bemanning")
    (tmp_path / "inkorg/bemanning 2.xlsx").write_bytes(late)
    assert titles_after(tmp_path) == ["Dam", "Gammal"]


def everywhere(checked: CheckedRound, folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What status prints, once check, merge and review have been seen to agree."""
    assert checked.rule == review_round(folder).rule
    again = pipeline.check(folder, checked.plan)
    assert again.findings == as_merged(checked).findings
    commands.status(folder)
    return capsys.readouterr().out


def test_a_unit_whose_only_file_is_set_aside_is_told_so_on_every_screen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    two_versions(tmp_path)
    file = "inkorg/bemanning.xlsx"
    put(tmp_path, "Schack", {"Kommentar": "Granskad."})
    choose(tmp_path, {file: "nej"})
    for _ in range(2):
        checked = run(tmp_path, PLAN)
        assert told(checked, "F205", "U501", "U503", "M608") == [
            ("NONE_USED", "bemanning.xlsx", "Bemanning"),
            ("DIFFERS", "gammal.xlsx", "Hemtjänst"),
            ("AWAY", COMPILATION_FILE, ""),
            ("SET_ASIDE", "", "Bemanning"),
        ]
        assert line(tmp_path, "Schack")["Ta med"] == "nej"
    screen = everywhere(checked, tmp_path, capsys)
    assert f"ja, men {file} används inte" in screen
    assert "✘ 0 av 1 aktiviteter" in screen
    book = openpyxl.load_workbook(tmp_path / COMPILATION_FILE)
    rules = {str(r[0].value): r for r in book["Regelkontroll"].iter_rows(min_row=4)}
    assert [c.value for c in rules["Bemanning"][5:7]] == ["✘ Saknas 1", "ja, men används inte"]
    files = {str(r[0].value): r for r in book["Inlämningar"].iter_rows(min_row=4)}
    assert str(files[file][7].value).startswith("F205 Bemanning har lämnat in den här filen")
    assert {f.severity for f in checked.findings if f.code == "F205"} == {Severity.WARNING}


def test_set_aside_is_not_gone_since_the_previous_round(tmp_path: Path) -> None:
    two_versions(tmp_path / "t1")
    plan = make_plan(
        goals=(YOUTH, HOMES),
        minimum=1,
        units=("Hemtjänst", "Bemanning"),
        previous="../t1/ut/sammanstallning.xlsx",
    )
    start(tmp_path / "t2", {"b.xlsx": form("Schack", "2024-05-01", "Bemanning")}, plan)
    choose(tmp_path / "t2", {"inkorg/b.xlsx": "nej"})
    checked = run(tmp_path / "t2", plan)
    assert [(c.kind, c.activity.values.title) for c in checked.changes] == [
        (ChangeKind.UNREPORTED, "Ny"),
        (ChangeKind.UNREPORTED, "Schack"),
    ]
    assert told(checked, "E701") == []


def test_gemensamt_and_forms_per_goal_are_set_aside_loudly_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inbox = {
        "g.xlsx": shared_form(PLAN, {2: [row("Läger")]}),
        "m.xlsx": per_goal_form(PLAN, YOUTH, [row("Teater", units="Bemanning")]),
    }
    start(tmp_path, inbox, PLAN)
    choose(tmp_path, {"inkorg/g.xlsx": "nej", "inkorg/m.xlsx": "nej"})
    for _ in range(2):
        checked = run(tmp_path, PLAN)
        assert titles(tmp_path) == []
        assert told(checked, "F205") == [
            ("NONE_USED", "g.xlsx", "Gemensamt Social verksamhet"),
            ("PER_GOAL", "m.xlsx", ""),
        ]
    assert "ja, men inkorg/g.xlsx används inte" in everywhere(checked, tmp_path, capsys)


@pytest.mark.parametrize(
    ("before", "expected"), [({}, ["Ny"]), ({OLD: "ja", NEW: "nej"}, ["Gammal"])]
)
def test_a_choice_that_cannot_be_read_is_told_at_its_cell(
    tmp_path: Path, before: dict[str, str], expected: list[str]
) -> None:
    """The file is chosen as before, meanwhile; the cell is where it stands in the new compilation."""
    two_versions(tmp_path)
    choose(tmp_path, before)
    run(tmp_path, PLAN)
    choose(tmp_path, {NEW: "kanske"})
    (tmp_path / "inkorg/a.xlsx").write_bytes(b"x")
    checked = pipeline.check(tmp_path, PLAN)
    (finding,) = [f for f in checked.findings if f.code == "M606"]
    place = finding.place
    assert (place.file, place.sheet, place.cell) == (COMPILATION_FILE, "Inlämningar", "G6")
    assert (finding.value, f"Använd för {NEW} är ”kanske”" in finding.message) == ("kanske", True)
    assert finding.severity is Severity.WARNING
    assert told_in_review(tmp_path) == ["M606"]
    run(tmp_path, PLAN)
    assert titles(tmp_path) == [*expected, "Schack"]


def told_in_review(folder: Path) -> list[str]:
    """What a report made now would tell of the choices."""
    return [f.code for f in review_round(folder).findings if f.code.startswith("M")]


def test_the_cell_of_an_unreadable_choice_goes_with_its_file(tmp_path: Path) -> None:
    two_versions(tmp_path)
    choose(tmp_path, {NEW: "kanske"})
    (tmp_path / "inkorg/a.xlsx").write_bytes(form("Dam", "2024-05-05", "Bemanning"))
    checked = as_merged(pipeline.check(tmp_path, PLAN))
    write_compilation(checked)
    (finding,) = [f for f in checked.findings if f.code == "M606"]
    sheet = openpyxl.load_workbook(tmp_path / COMPILATION_FILE)["Inlämningar"]
    assert (finding.cell, sheet["A7"].value) == ("G7", NEW)


@pytest.mark.parametrize("answer", ["ja", "kanske"])
@pytest.mark.parametrize(
    "data", [b"x", own_form(make_plan(units=("Okänd",)), "Okänd", {})], ids=["no form", "nobody's"]
)
def test_a_ja_that_cannot_be_followed_is_told(tmp_path: Path, data: bytes, answer: str) -> None:
    start(tmp_path, {"x.xlsx": data}, PLAN)
    choose(tmp_path, {"inkorg/x.xlsx": answer})
    checked = run(tmp_path, PLAN)
    (finding,) = [f for f in checked.findings if f.code == "M606"]
    assert (finding.sheet, finding.cell, finding.value) == ("Inlämningar", "G4", answer)
    assert "kan inte användas" in finding.message
    assert told(run(tmp_path, PLAN), "M606") == []


def test_unreadable_choices_at_a_row_are_told_and_change_nothing(tmp_path: Path) -> None:
    two_versions(tmp_path)
    put(tmp_path, "Ny", {"Ta med": "nej"})
    run(tmp_path, PLAN)
    put(tmp_path, "Ny", {"Ta med": "kanske", "Ordning": "först"})
    checked = run(tmp_path, PLAN)
    assert sorted(told(checked, "M606")) == [
        ("KEPT_OUT", COMPILATION_FILE, "kanske"),
        ("ORDER", COMPILATION_FILE, "först"),
    ]
    assert {f.cell for f in checked.findings if f.code == "M606"} == {"J4", "K4"}
    assert line(tmp_path, "Ny")["Ta med"] == "nej"
    assert told(run(tmp_path, PLAN), "M606") == []


def test_an_older_compilation_still_says_what_was_chosen(tmp_path: Path) -> None:
    """Its hidden sheet has neither the choices nor whose the files are."""
    two_versions(tmp_path)
    choose(tmp_path, {OLD: "ja", NEW: "nej"})
    run(tmp_path, PLAN)
    older: Callable[[Workbook], None] = lambda book: book["_bas_filer"].delete_cols(4, 3)  # noqa: E731  one that mypy knows the type of
    saved_by_hand(tmp_path, older)
    assert titles_after(tmp_path) == ["Gammal", "Schack"]
    assert told(run(tmp_path, PLAN), "M606") == []


def test_a_file_used_in_place_of_one_that_was_set_aside_has_not_been_chosen(tmp_path: Path) -> None:
    """The one set aside comes anew, as the latest: what is used is then neither proposed nor chosen."""
    two_versions(tmp_path)
    choose(tmp_path, {OLD: None, NEW: "nej"})
    run(tmp_path, PLAN)
    (tmp_path / NEW).write_bytes(form("Ny igen", "2024-05-04"))
    assert titles_after(tmp_path) == ["Gammal", "Schack"]
    (tmp_path / "inkorg/sist.xlsx").write_bytes(form("Sist", "2024-05-05"))
    assert titles_after(tmp_path) == ["Schack", "Sist"]


def test_what_an_unreadable_ta_med_counts_as_is_true_also_of_a_row_that_is_away(
    tmp_path: Path,
) -> None:
    """It counts as ja, but its file is set aside in the same run: M608 says that it is kept out."""
    two_versions(tmp_path)
    put(tmp_path, "Schack", {"Kommentar": "Granskad.", "Ta med": "kanske"})
    choose(tmp_path, {"inkorg/bemanning.xlsx": "nej"})
    findings = run(tmp_path, PLAN).findings
    words = {f.code: f.words for f in findings if f.code.startswith("M")}
    assert words["M606"].endswith("Skriv ja eller nej. Så länge gäller det som ja.")
    assert words["M608"].startswith("”Schack” är inte med i rapporten")
