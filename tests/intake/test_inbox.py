"""The inbox: which files are read, which of a unit's forms is used, and nothing lost."""

import os
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from excel_uppsikt.excel.reading import Reason, read_workbook_bytes
from excel_uppsikt.excel.workbook import Sheet, Workbook
from excel_uppsikt.findings.catalogue.files import F201, F202
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.form.definition import COMMON
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.intake import refusals
from excel_uppsikt.intake.inbox import collect
from excel_uppsikt.intake.submission import OpenedForm, open_form, read_submission
from excel_uppsikt.language.text import counted
from excel_uppsikt.model import Department, Field, Submission
from tests.changed_forms import (
    FILE,
    ILL,
    LOST_META,
    LOST_README,
    PLAN,
    ROWS,
    TITLES,
    TWO_UNITS,
    YOUNG,
    edited,
    good_form,
    own_sheet,
    put,
    titles,
    used,
)
from tests.small_rounds import (
    CARE,
    SICKNESS,
    YOUTH,
    check,
    make_plan,
    make_round,
    on_linux,
    own_form,
    per_goal_form,
    places,
    row,
    saved,
    shared_form,
)

# --- Which file is used -----------------------------------------------------------------------------

ONE, TWO = {2: [row("Gammal")]}, {2: [row("Ny"), row("Till")]}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.xlsx": ("2024-05-02T10:00", TWO), "b.xlsx": ("2024-05-02T10:01", ONE)},
            "b.xlsx",
            id="the later saved, though it has fewer activities",
        ),
        pytest.param(
            {"a.xlsx": ("2024-05-02", ONE), "b.xlsx": ("2024-05-02", TWO)},
            "b.xlsx",
            id="then the one with more activities",
        ),
        pytest.param(
            {"b.xlsx": ("2024-05-02", TWO), "a.xlsx": ("2024-05-02", TWO)},
            "a.xlsx",
            id="then by name",
        ),
        pytest.param(
            {
                "a.xlsx": ("2024-05-02", ONE),
                "b/a.xlsx": ("2024-05-09", ONE),
                "c.xlsx": ("2024-05-08", TWO),
            },
            "b/a.xlsx",
            id="one of three",
        ),
    ],
)
def test_one_of_several_forms_of_a_unit_is_used(
    files: dict[str, tuple[str, dict[int, list[FormRow]]]], expected: str, tmp_path: Path
) -> None:
    """Each other is F205, and says no more: what stands wrong in it does not matter now."""
    inbox = {
        name: saved(own_form(PLAN, "Hemtjänst", rows), moment)
        for name, (moment, rows) in files.items()
    }
    checked = check(tmp_path, PLAN, inbox)
    others = sorted(set(files) - {expected})
    assert places(checked.findings, but="U") == [("F205", name, "", "") for name in others]
    assert used(checked) == [(name, name == expected) for name in sorted(files)]
    assert titles(checked) == sorted(str(r.value(Field.TITLE)) for r in files[expected][1][2])


_YOUTH_2 = f"blad ”{YOUNG}”, rad"
_LATER = "eftersom den sparades senast (2024-05-03 08:00)"


@pytest.mark.parametrize(
    ("aside", "used", "expected"),
    [
        pytest.param(
            [row("Läxhjälp"), row("Teater")],
            [row("Läxhjälp")],
            "(2 aktiviteter) lades åt sidan. Bara i den står: "
            f"{_YOUTH_2} 6 (”Teater”): hela raden. Ska ",
            id="a row more",
        ),
        pytest.param(
            [
                row("Läxhjälp", status="Klart nog", comment="", units="Bemanning"),
                row("Teater", end=date(2024, 10, 31)),
                row("", description="Vad?"),
            ],
            [row("TEATER"), row("Läxhjälp "), row("Musik")],
            "Bara i den står: "
            f"{_YOUTH_2} 5 (”Läxhjälp”): Enheter ”Bemanning”, Status ”Klart nog” och Kommentar tom; "
            "rad 6 (”Teater”): Slutdatum ”2024-10-31”; rad 7 (utan titel): hela raden. Ska ",
            id="other values, in another order",
        ),
        pytest.param(
            [row("Läxhjälp"), row("Teater")],
            [],
            f"{_YOUTH_2} 5 (”Läxhjälp”): hela raden; rad 6 (”Teater”): hela raden. Ska ",
            id="the later is empty",
        ),
        pytest.param(
            [row(f"Aktivitet {at}") for at in range(1, 29)],
            [row("Aktivitet 1")],
            "; rad 30 (”Aktivitet 26”): hela raden och 2 rader till. Ska ",
            id="more than can be listed",
        ),
        pytest.param(
            [row("Läxhjälp")],
            [row("läxhjälp"), row("Teater")],
            "(1 aktivitet) lades åt sidan. Alla dess rader finns likadana i den som användes",
            id="nothing",
        ),
        pytest.param([], [row("Läxhjälp")], "Den innehåller inga aktiviteter", id="empty"),
        pytest.param(
            [row("", description=f"Vad {at}?") for at in range(70)],
            [row("", description=f"Vad {at}?") for at in range(69, -1, -1)],
            "Alla dess rader finns likadana i den som användes",
            id="many rows without a title, in another order",
        ),
    ],
)
def test_what_differs_in_a_file_that_was_set_aside_is_listed(
    aside: list[FormRow], used: list[FormRow], expected: str, tmp_path: Path
) -> None:
    """By sheet and row, with what it says there: nothing that was handed in goes unseen."""
    inbox = {
        "Hemtjänst.xlsx": saved(own_form(TWO_UNITS, "Hemtjänst", {2: aside}), "2024-05-02 08:00"),
        "Hemtjänst ny.xlsx": saved(own_form(TWO_UNITS, "Hemtjänst", {2: used}), "2024-05-03 08:00"),
    }
    checked = check(tmp_path, TWO_UNITS, inbox)
    (finding,) = [f for f in checked.findings if f.code == "F205"]
    assert finding.file == "inkorg/Hemtjänst.xlsx"
    count = counted(len(used), "aktivitet", "aktiviteter")
    assert f"”inkorg/Hemtjänst ny.xlsx” användes ({count}), {_LATER}." in finding.message
    assert expected in finding.message


def test_what_is_wrong_in_a_file_that_is_not_used_is_not_told(tmp_path: Path) -> None:
    """Except that it may be another unit's: F208 explains why there are two."""
    faulty = own_form(TWO_UNITS, "Hemtjänst", {2: [row("", status="Klart nog")]})
    inbox = {
        "Bemanning.xlsx": saved(faulty, "2024-05-02"),
        FILE: saved(own_form(TWO_UNITS, "Hemtjänst", ROWS), "2024-05-03"),
    }
    checked = check(tmp_path, TWO_UNITS, inbox)
    assert places(checked.findings) == [
        ("F205", "Bemanning.xlsx", "", ""),
        ("F208", "Bemanning.xlsx", "", ""),
        ("U503", "", "", ""),
    ]


def test_gemensamt_is_used_once_too(tmp_path: Path) -> None:
    """Each department's by itself, and never set against a unit's form."""
    school = Department("Skola")
    plan = make_plan(units=("Hemtjänst",), departments=(Department(CARE), school))
    inbox = {
        "1.xlsx": saved(shared_form(plan, {2: [row("Gammal")]}), "2024-05-01"),
        "2.xlsx": saved(shared_form(plan, {2: [row("Ny")]}), "2024-05-02"),
        "3.xlsx": saved(shared_form(plan, {2: [row("Skolans")]}, 1), "2024-05-01"),
        "4.xlsx": saved(own_form(plan, "Hemtjänst", {2: [row("Egen")]}), "2024-05-01"),
    }
    checked = check(tmp_path, plan, inbox)
    found = [f for f in checked.findings if not f.code.startswith("U")]
    assert [(f.code, f.file, f.value) for f in found] == [
        ("F205", "inkorg/1.xlsx", f"{COMMON} {CARE}")
    ]
    assert titles(checked) == ["Egen", "Ny", "Skolans"]


@pytest.mark.parametrize(
    ("use", "expected", "set_aside"),
    [
        pytest.param({}, {"ny.xlsx"}, ["gammal.xlsx"], id="no say"),
        pytest.param({"gammal.xlsx": True}, {"gammal.xlsx"}, ["ny.xlsx"], id="the other wanted"),
        pytest.param({"ny.xlsx": False}, {"gammal.xlsx"}, ["ny.xlsx"], id="the later not wanted"),
        pytest.param({"gammal.xlsx": True, "ny.xlsx": True}, {"gammal.xlsx", "ny.xlsx"}, [], id="both"),
        pytest.param({"gammal.xlsx": False, "ny.xlsx": False}, set(), ["ny.xlsx", "gammal.xlsx"],
                     id="neither"),
        pytest.param({"mål.xlsx": False}, {"ny.xlsx"}, ["mål.xlsx", "gammal.xlsx"],
                     id="a per-goal form not wanted"),
    ],
)  # fmt: skip
def test_the_coordinators_own_say_goes_first(
    use: dict[str, bool], expected: set[str], set_aside: list[str], tmp_path: Path
) -> None:
    """What the program would have used is still remembered."""
    inbox = {
        "gammal.xlsx": saved(own_form(PLAN, "Hemtjänst", {2: [row("Gammal")]}), "2024-05-02"),
        "ny.xlsx": saved(own_form(PLAN, "Hemtjänst", {2: [row("Ny")]}), "2024-05-03"),
        "mål.xlsx": per_goal_form(PLAN, YOUTH, [row("Alla", units="Hemtjänst")]),
    }
    say = {f"inkorg/{name}": wanted for name, wanted in use.items()}
    found = collect(make_round(tmp_path, PLAN, inbox), PLAN, use=say)
    collection, findings = found.collection, found.findings
    always = {"mål.xlsx"} - {name for name, wanted in use.items() if not wanted}
    assert {s.file.removeprefix("inkorg/") for s in collection.submissions if s.used} == (
        expected | always
    )
    assert [s.file for s in collection.submissions if s.proposed] == [
        "inkorg/mål.xlsx",
        "inkorg/ny.xlsx",
    ]
    assert places(findings) == [("F205", name, "", "") for name in set_aside]


def test_per_goal_forms_add_up_and_mix_with_units_own(tmp_path: Path) -> None:
    """Two for the same goal are both read, beside a unit's own; nothing is set aside."""
    inbox = {
        "Mål 2 del 1.xlsx": per_goal_form(TWO_UNITS, YOUTH, [row("Teater", units="Bemanning")]),
        "Mål 2 del 2.xlsx": per_goal_form(TWO_UNITS, YOUTH, [row("Musik", units="Bemanning")]),
        "Mål 1.xlsx": per_goal_form(TWO_UNITS, SICKNESS, [row("Motion", units="Bemanning")]),
        FILE: own_form(TWO_UNITS, "Hemtjänst", ROWS),
    }
    checked = check(tmp_path, TWO_UNITS, inbox)
    assert places(checked.findings) == []
    assert [(s.unit, s.used, len(s.entries)) for s in checked.collection.submissions] == [
        ("Hemtjänst", True, 3),
        (None, True, 1),
        (None, True, 1),
        (None, True, 1),
    ]
    assert titles(checked) == sorted([*TITLES, "Teater", "Musik", "Motion"])


# --- The inbox --------------------------------------------------------------------------------------


def test_every_file_in_every_subfolder_is_read_but_what_programs_leave_behind(
    tmp_path: Path,
) -> None:
    """Lock, hidden and system files are counted without a finding; any other file is looked at."""
    good = own_form(TWO_UNITS, "Hemtjänst", ROWS)
    left = [
        ".dold.xlsx",
        ".git/x.xlsx",
        "Thumbs.db",
        "__MACOSX/a.xlsx",
        "desktop.ini",
        "~$Hemtjänst.xlsx",
    ]
    inbox = dict.fromkeys(left, b"x") | {
        "maj/sen/Hemtjänst.xlsx": good,
        "maj/Bemanning.xlsx": own_form(TWO_UNITS, "Bemanning", ROWS),
        "läs detta.txt": "Hälsningar".encode(),
    }
    checked = check(tmp_path, TWO_UNITS, inbox)
    assert places(checked.findings) == [("F201", "läs detta.txt", "", "")]
    assert used(checked) == [("maj/Bemanning.xlsx", True), ("maj/sen/Hemtjänst.xlsx", True)]
    assert list(checked.collection.passed_over) == [f"inkorg/{name}" for name in left]


def test_a_decomposed_file_name_is_told_composed(tmp_path: Path) -> None:
    """As a Mac writes it: å, ä and ö as two letters each, in folders too."""
    data = edited(good_form(), *LOST_README)
    name = unicodedata.normalize("NFD", "från Åre/Hemtjänst.xlsx")
    checked = check(tmp_path, PLAN, {name: data})
    assert places(checked.findings) == [("F206", "från Åre/Hemtjänst.xlsx", "", "")]
    assert [s.unit for s in checked.collection.submissions] == ["Hemtjänst"]


NO_LETTERS = "Hemtj\ufffdnst"


@on_linux
def test_file_names_that_are_not_utf_8_are_told_apart_and_cost_no_file(tmp_path: Path) -> None:
    """From an old server: what Python cannot read of a name is told by one and the same mark."""
    wrong = edited(good_form(), put(ILL, "D5", "snart"))
    names = {
        b"\xc4nnu en/l\xe5t.txt": b"hej",
        b"Hemtj\xc4nst.xlsx": wrong,
        b"Hemtj\xe4nst.xlsx": wrong,
    }
    checked = check(tmp_path, PLAN, {os.fsdecode(name): data for name, data in names.items()})
    files = [f"{NO_LETTERS} (2).xlsx", f"{NO_LETTERS}.xlsx"]
    assert sorted(places(checked.findings)) == [
        ("F201", "\ufffdnnu en/l\ufffdt.txt", "", ""),
        ("F205", files[1], "", ""),
        ("R302", files[0], ILL, "D5"),
    ]
    assert used(checked) == [(files[0], True), (files[1], False)]


@on_linux
def test_names_alike_but_for_how_their_letters_are_written_are_two_files(tmp_path: Path) -> None:
    names = [unicodedata.normalize(form, "Hemtjänst.xlsx") for form in ("NFC", "NFD")]
    checked = check(tmp_path, PLAN, dict.fromkeys(names, good_form()))
    assert used(checked) == [("Hemtjänst (2).xlsx", True), ("Hemtjänst.xlsx", False)]


def test_one_broken_file_does_not_stop_the_others(tmp_path: Path) -> None:
    """Each is told by itself and the good are read whole."""
    good = own_form(TWO_UNITS, "Hemtjänst", ROWS)
    inbox = {
        "Bemanning.xlsx": own_form(TWO_UNITS, "Bemanning", ROWS)[:3000],
        FILE: good,
        "brev.pdf": b"%PDF-1.7",
        "tom.xlsx": b"",
    }
    checked = check(tmp_path, TWO_UNITS, inbox)
    assert places(checked.findings) == [
        ("F201", "Bemanning.xlsx", "", ""),
        ("F201", "brev.pdf", "", ""),
        ("F201", "tom.xlsx", "", ""),
    ]
    assert titles(checked) == TITLES


def test_received_files_are_not_changed(tmp_path: Path) -> None:
    data = edited(good_form(), *LOST_META, own_sheet)
    check(tmp_path, PLAN, {FILE: data})
    inbox = {p.name: p.read_bytes() for p in (tmp_path / "inkorg").iterdir()}
    assert inbox == {FILE: data}


def test_a_round_without_an_inbox_has_nothing_handed_in(tmp_path: Path) -> None:
    checked = check(tmp_path, PLAN, {})
    assert places(checked.findings) == [("U503", "", "", "")]
    assert checked.collection.submissions == ()


def test_much_text_on_other_sheets_is_not_compared_without_end_and_hides_no_form() -> None:
    """After so many near looks a heading has to be spelt right, as the form's are."""
    book = read_workbook_bytes(own_form(PLAN, "Hemtjänst", ROWS))

    def read(book: Workbook) -> tuple[Submission, tuple[Finding, ...]]:
        form = open_form(PLAN, FILE, book)
        assert isinstance(form, OpenedForm)
        return read_submission(PLAN, form, [sheet.rows for sheet in form.sheets])

    alone, _ = read(book)
    noise = tuple(
        Sheet(
            f"Brus {at}",
            True,
            tuple(tuple(f"rubrik {at}{r}{c}" for c in "abcdefgh") for r in range(150)),
        )
        for at in range(20)
    )
    among, findings = read(replace(book, sheets=(*noise, *book.sheets)))
    assert among == alone
    assert {f.sheet for f in findings if f.code == "F207"} == {sheet.name for sheet in noise}


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00", "9999-12-31T23:59:59"])
def test_a_form_saved_at_the_beginning_or_end_of_time_is_read(moment: str, tmp_path: Path) -> None:
    data = own_form(PLAN, "Hemtjänst", {2: [row("Promenader")]})
    earlier = saved(data, "2024-01-01T00:00:00")
    checked = check(tmp_path, PLAN, {"a.xlsx": saved(data, moment), "b.xlsx": earlier})
    used = [s.file for s in checked.collection.submissions if s.used]
    assert used == ["inkorg/a.xlsx" if moment > "2024" else "inkorg/b.xlsx"]


def test_there_is_advice_for_every_reason_to_refuse_a_file() -> None:
    """One with a password has a finding of its own."""
    assert {*refusals.ADVICE} == {*Reason} - {Reason.ENCRYPTED}
    given = {
        *refusals.ADVICE.values(),
        *refusals.ADVICE_BY_KIND.values(),
        *refusals.BESIDE.values(),
    }
    assert given - {*F202} == {*F201}
    assert all(len(advice.fields - {"unit", "used"}) <= 1 for advice in F201)
