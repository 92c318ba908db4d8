"""What goes back to the units: only what they can do something about, in words for them, and true."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.cli import commands
from excel_uppsikt.findings.catalogue import CATALOGUE
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.model import Field, Plan
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds import steps
from excel_uppsikt.rounds.checking import check_round
from excel_uppsikt.rounds.mailings import mailing_of
from excel_uppsikt.rounds.results import CheckedRound
from excel_uppsikt.rounds.workbooks import write_forms
from tests.compilation.edited_rounds import put, remove, saved_by_hand
from tests.small_rounds import (
    HOMES,
    YOUTH,
    make_plan,
    make_round,
    own_form,
    per_goal_form,
    row,
    saved,
)

PLAN = make_plan(minimum=2, units=("Hemtjänst", "Bemanning"))
LITTLE = {1: [row("Hälsosamtal")], 2: [row("Läxhjälp", end="31 februari")]}
ENOUGH = {1: [row("Hälsosamtal")], 2: [row("Läxhjälp"), row("Fältarbete")]}
OTHER = {1: [row("Friskvård")], 2: [row("Café"), row("Teater")]}
BEMANNING = {"Bemanning.xlsx": own_form(PLAN, "Bemanning", OTHER)}
OLD = saved(own_form(PLAN, "Hemtjänst", LITTLE), "2024-05-01T08:00:00")
NEW = saved(own_form(PLAN, "Hemtjänst", ENOUGH), "2024-05-02T08:00:00")


def merged(folder: Path) -> CheckedRound:
    """The round merged and written."""
    (checked,) = (one for one in steps.merge(folder) if isinstance(one, CheckedRound))
    return checked


def use(folder: Path, name: str, word: str) -> None:
    """Writes ja or nej at Använd for a file of the inbox."""

    def change(book: Workbook) -> None:
        sheet = book["Inlämningar"]
        at = [cell.value for cell in sheet[3]].index("Använd")
        for cells in sheet.iter_rows(min_row=4):
            if cells[0].value == f"inkorg/{name}":
                cells[at].value = word

    saved_by_hand(folder, change)


def listed(folder: Path, name: str = "Hemtjänst.xlsx") -> list[str]:
    """What a return says on its first sheet."""
    book = openpyxl.load_workbook(folder / "ut/retur" / name)
    return [str(cells[1].value) for cells in book.worksheets[0].iter_rows(min_row=4)]


def returned(folder: Path) -> list[str]:
    """Whose returns lie there."""
    return sorted(path.stem for path in (folder / "ut/retur").glob("*.xlsx"))


def told(checked: CheckedRound, *codes: str) -> list[str]:
    """What is said under these codes."""
    return [finding.message for finding in checked.findings if finding.code in codes]


# --- A file that the coordinator has set aside ----------------------------------------------------


def test_nobody_is_asked_for_what_a_file_that_is_set_aside_has(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The later and complete version is not used, since the coordinator says so: not the unit's matter."""
    folder = make_round(tmp_path, PLAN, BEMANNING | {"a.xlsx": OLD, "b.xlsx": NEW})
    merged(folder)
    commands.check(folder, as_json=False)
    assert returned(folder) == []
    use(folder, "a.xlsx", "ja")
    use(folder, "b.xlsx", "nej")
    capsys.readouterr()
    commands.check(folder, as_json=False)
    out = capsys.readouterr().out
    assert returned(folder) == []
    words = (
        "Hemtjänst får ingen retur, eftersom inkorg/b.xlsx inte används: Använd är nej på bladet "
        "Inlämningar. Ska enheten rätta något: skriv ja vid Använd för den filen, kör uppsikt merge och "
        "sedan det här kommandot igen.\n"
    )
    assert words in out
    assert told(check_round(folder), "U501") == [
        "Hemtjänst har lämnat in inkorg/b.xlsx, som inte används: Använd är nej på bladet Inlämningar i "
        "sammanställningen. Skriv ja där för det som ska användas. I rapporten har enheten 1 aktivitet "
        "utöver de obligatoriska målens, men regeln är minst 2."
    ]
    assert commands.mail(folder, kind=MailKind.RETURNS) == 0
    out = capsys.readouterr().out
    assert words in out
    assert "Ingen har något att komplettera." not in out


def test_a_return_comes_back_with_the_file(tmp_path: Path) -> None:
    """Used again, and short of the rule, it gets its return; nothing counts as put right meanwhile."""
    short = saved(own_form(PLAN, "Hemtjänst", LITTLE), "2024-05-02T08:00:00")
    folder = make_round(tmp_path, PLAN, BEMANNING | {"a.xlsx": NEW, "b.xlsx": short})
    older = saved(own_form(PLAN, "Hemtjänst", ENOUGH), "2024-05-01T08:00:00")
    (folder / "inkorg/a.xlsx").write_bytes(older)
    list(steps.check(folder))
    assert returned(folder) == ["Hemtjänst"]
    merged(folder)
    use(folder, "b.xlsx", "nej")
    (_, returns) = steps.check(folder)
    assert (returned(folder), getattr(returns, "hand_ins", None)) == ([], ())
    use(folder, "b.xlsx", "ja")
    (_, returns) = steps.check(folder)
    assert [one.owner for one in getattr(returns, "hand_ins", ())] == ["Hemtjänst"]


def in_own_form(plan: Plan) -> dict[str, bytes]:
    """The only file of Hemtjänst, its own form."""
    return {"a.xlsx": own_form(plan, "Hemtjänst", ENOUGH)}


def in_a_goals_form(plan: Plan) -> dict[str, bytes]:
    """The only file that names Hemtjänst, a goal's form for all units."""
    return {"a.xlsx": per_goal_form(plan, YOUTH, [row("Läxhjälp", units="Hemtjänst")])}


@pytest.mark.parametrize("handed", [in_own_form, in_a_goals_form])
def test_a_unit_whose_only_file_is_set_aside_has_handed_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], handed: Callable[[Plan], dict[str, bytes]]
) -> None:
    """Every screen says that, and whose choice it is that the file is not used."""
    folder = make_round(tmp_path, PLAN, BEMANNING | handed(PLAN))
    write_forms(folder)
    merged(folder)
    use(folder, "a.xlsx", "nej")
    checked = merged(folder)
    why = (
        "Hemtjänst har lämnat in inkorg/a.xlsx, som inte används: Använd är nej på bladet Inlämningar i "
        "sammanställningen. Skriv ja där för det som ska användas. I rapporten har enheten 0 aktiviteter"
    )
    assert [words[: len(why)] for words in told(checked, "U501", "U502", "U503")] == [why, why]
    capsys.readouterr()
    commands.status(folder)
    out = capsys.readouterr().out
    assert re.search(r"^Hemtjänst +ja, men inkorg/a\.xlsx används inte ", out, re.MULTILINE)
    assert "Väntar på Gemensamt Social verksamhet." in out
    commands.mail(folder, kind=MailKind.REMINDERS)
    assert not list((folder / "ut/utskick").glob("*Hemtjänst*"))
    rules = openpyxl.load_workbook(folder / COMPILATION_FILE)["Regelkontroll"]
    came = {cells[0].value: cells[6].value for cells in rules.iter_rows(min_row=4)}
    assert came == {"Hemtjänst": "ja, men används inte", "Bemanning": "ja"}
    commands.check(folder, as_json=False)
    assert returned(folder) == []


# --- A row that is not in the report --------------------------------------------------------------


@pytest.mark.parametrize("how", ["nej", "borttagen"])
def test_nobody_is_asked_about_a_row_that_the_coordinator_keeps_out(
    tmp_path: Path, how: str
) -> None:
    """The unit is asked about its other rows alone; a row that comes back is asked about again."""
    late = {"status": "Ej påbörjad", "start": "2024-02-01"}
    rows = {**ENOUGH, 3: [row("Mässa", **late), row("Guide", **late)]}
    folder = make_round(tmp_path, PLAN, BEMANNING | {"a.xlsx": own_form(PLAN, "Hemtjänst", rows)})
    merged(folder)
    commands.check(folder, as_json=False)
    assert len(listed(folder)) == 2
    if how == "nej":
        put(folder, "Mässa", {"Ta med": "nej"})
    else:
        remove(folder, "Mässa")
    commands.check(folder, as_json=False)
    book = openpyxl.load_workbook(folder / "ut/retur/Hemtjänst.xlsx")
    assert [str(cells[2].value) for cells in book.worksheets[0].iter_rows(min_row=4)] == [
        "3 Ånge ska ha ett positivt, Status (F6)"
    ]
    put(folder, "Guide", {"Ta med": "nej"})
    commands.check(folder, as_json=False)
    assert returned(folder) == []
    put(folder, "Guide", {"Ta med": "ja"})
    commands.check(folder, as_json=False)
    assert returned(folder) == ["Hemtjänst"]


def test_a_row_that_is_in_another_activity_of_the_report_is_asked_about(tmp_path: Path) -> None:
    """The same row stands in two departments' activities, of which one is kept out."""
    wrong = row("Mässa", end="31 februari", units="Hemtjänst; Bemanning")
    folder = make_round(
        tmp_path,
        PLAN,
        {
            "a.xlsx": own_form(PLAN, "Hemtjänst", {**ENOUGH, 3: [wrong]}),
            "b.xlsx": own_form(PLAN, "Bemanning", {**OTHER, 3: [wrong]}),
        },
    )
    merged(folder)
    commands.check(folder, as_json=False)
    assert returned(folder) == ["Bemanning", "Hemtjänst"]
    put(folder, "Mässa", {"Ta med": "nej"})
    commands.check(folder, as_json=False)
    assert returned(folder) == []


# --- Words for a unit -----------------------------------------------------------------------------

# Words of the coordinator's own affairs, which a unit neither has nor can do anything about.
_COORDINATORS = (
    "enheten", "enheterna", "avsändaren", "inkorg", "sammanställning", "uppsikt ", "Använd", "Ta med",
    "i Anteckning", "Påminn", "{where}", "{unit}s ", "planens",
)  # fmt: skip


def test_no_text_for_units_tells_of_the_coordinators_affairs() -> None:
    """None speaks of units as of others, of the inbox, of the compilation or of commands."""
    wrong = [
        (variant, word)
        for code in CATALOGUE.values()
        for variant in code
        for word in _COORDINATORS
        if word in (variant.unit_text or "")
    ]
    assert wrong == []


def second_round(folder: Path, *rows: FormRow) -> Path:
    """A round that follows one in which Hemtjänst had three rows, with these rows handed in now."""
    units = ("Hemtjänst",)
    first = make_plan(minimum=0, units=units, goals=(YOUTH, HOMES))
    before = [
        row("Läxhjälp", end="2024-05-31", comment="Pågår."),
        row("Café", status="Avslutad enligt plan", end="2024-04-01", comment="Klart."),
        row("Teater", comment="Ingenting nytt."),
    ]
    make_round(folder / "t1", first, {"a.xlsx": own_form(first, "Hemtjänst", {2: before})})
    merged(folder / "t1")
    plan = make_plan(
        minimum=0, units=units, goals=(YOUTH, HOMES), previous="../t1/ut/sammanstallning.xlsx"
    )
    now = make_round(folder / "t2", plan, {})
    write_forms(now)
    book = openpyxl.load_workbook(now / "mallar/Hemtjänst.xlsx")
    sheet = next(sheet for sheet in book.worksheets if sheet.title.startswith("2 "))
    said = {made.cells[Field.TITLE]: made.cells for made in rows}
    for cells in sheet.iter_rows(min_row=5):
        for at, of in enumerate(Field):
            if cells[0].value in said and of not in (Field.TITLE, Field.UNITS, Field.DESCRIPTION):
                cells[at].value = said[cells[0].value][of]  # type: ignore[assignment]
    stream = io.BytesIO()
    book.save(stream)
    (now / "inkorg").mkdir(exist_ok=True)
    (now / "inkorg/a.xlsx").write_bytes(stream.getvalue())
    return now


def test_what_has_changed_since_the_last_round_is_asked_in_a_units_words(tmp_path: Path) -> None:
    """A status that went back, a date moved, the same comment; not where the unit says oförändrat."""
    folder = second_round(
        tmp_path,
        row("Läxhjälp", end="2024-09-30", comment="Ny personal."),
        row("Café", status="Pågående enligt plan", end="2024-12-01", comment="Klart."),
        row("Teater", comment="oförändrat"),
    )
    commands.check(folder, as_json=False)
    # What is to be put right before the hints.
    assert listed(folder) == [
        "”Café” var ”Avslutad enligt plan” i förra omgången men är nu ”Pågående enligt plan”. Stämmer "
        "det: skriv varför i Kommentar. Rätta annars statusen.",
        "Slutdatum för ”Läxhjälp” har flyttats från ”2024-05-31” till ”2024-09-30” sedan förra omgången. "
        "Skriv varför i Kommentar, om det inte står där.",
        "Slutdatum för ”Café” har flyttats från ”2024-04-01” till ”2024-12-01” sedan förra omgången. "
        "Skriv varför i Kommentar, om det inte står där.",
    ]


def test_a_mail_names_the_activity_once(tmp_path: Path) -> None:
    """Where the sentence itself names it, the line does not begin with its title."""
    folder = second_round(
        tmp_path,
        row("Läxhjälp", end="2024-09-30", comment="Ny personal.", status="Avslutad enligt plan"),
        row("Café", status="Avslutad enligt plan", end="2024-04-01", comment="oförändrat"),
        row("Teater", comment="oförändrat"),
    )
    plan = merged(folder).plan
    unit = replace(plan.units[0], email="h@exempel.se")
    make_round(folder, replace(plan, units=(unit,)), {})
    (message,) = mailing_of(folder, MailKind.RECEIPTS).messages
    assert [line for line in message.text.splitlines() if line.startswith("- ")][:2] == [
        "- Bladet 2 Kommunens ungdomar ska känna: Slutdatum för ”Läxhjälp” har flyttats från ”2024-05-31” "
        "till ”2024-09-30” sedan förra omgången. Skriv varför i Kommentar, om det inte står där.",
        "- ”Läxhjälp” (bladet 2 Kommunens ungdomar ska känna): Statusen är ”Avslutad enligt plan”, men "
        "slutdatum 2024-09-30 ligger efter avstämningen 2024-04-30. Är den klar i förtid: ändra slutdatum "
        "till dagen då den blev klar. Välj annars en status för pågående.",
    ]


def test_what_the_coordinator_has_changed_is_asked_of_nobody_else(tmp_path: Path) -> None:
    """The date and the status are the coordinator's: told at their cells in the compilation."""
    folder = second_round(
        tmp_path,
        row("Läxhjälp", end="2024-05-31", comment="Ny personal.", start="31 februari"),
        row("Café", status="Avslutad enligt plan", end="2024-04-01", comment="Klart."),
        row("Teater", comment="Flyttad."),
    )
    merged(folder)
    put(folder, "Läxhjälp", {"Slutdatum": "2024-11-30"})
    put(folder, "Café", {"Status": "Pågående enligt plan", "Slutdatum": "2024-12-24"})
    put(folder, "Teater", {"Kommentar": "Ingenting nytt."})
    checked = merged(folder)
    said = {f.cell: f.message for f in checked.findings if f.code in ("E702", "E703")}
    assert {f.file for f in checked.findings if f.code[0] == "E"} == {COMPILATION_FILE}
    assert said.keys() == {"F4", "F5", "H4", "I6"}
    assert said["F5"] == (
        "Blad ”Aktiviteter”, cell F5: Slutdatum för ”Läxhjälp” var ”2024-05-31” i förra omgången "
        "men är ”2024-11-30” här i sammanställningen. Nämner kommentaren inte varför: skriv det på raden."
    )
    assert said["H4"] == (
        "Blad ”Aktiviteter”, cell H4: ”Café” var ”Avslutad enligt plan” i förra omgången men är "
        "”Pågående enligt plan” här i sammanställningen. Stämmer det bör kommentaren säga varför; rätta "
        "annars statusen."
    )
    commands.check(folder, as_json=False)
    assert [words.partition(" finns")[0] for words in listed(folder)] == [
        "Startdatum ”31 februari”"
    ]


def test_units_that_differ_are_told_of_each_other_and_of_no_file(tmp_path: Path) -> None:
    """M602 names the other unit, M601 the other title; neither a path of the coordinator's."""
    one = {**ENOUGH, 3: [row("Mässa", units="Hemtjänst; Bemanning", end="2024-09-30")]}
    two = {**OTHER, 3: [row("Mässa", units="Hemtjänst; Bemanning", end="2024-10-31")]}
    two[2] = [*OTHER[2], row("Fältarbeten")]
    folder = make_round(
        tmp_path,
        PLAN,
        {"a.xlsx": own_form(PLAN, "Hemtjänst", one), "b.xlsx": own_form(PLAN, "Bemanning", two)},
    )
    commands.check(folder, as_json=False)
    assert returned(folder) == ["Bemanning"]
    assert listed(folder, "Bemanning.xlsx") == [
        "”Fältarbeten” liknar ”Fältarbete”, som också har lämnats in. De slogs inte ihop. Om det är samma "
        "aktivitet: ge dem samma titel. Annars behöver inget göras.",
        "Slutdatum för ”Mässa” är ”2024-10-31” här men ”2024-09-30” i raden från Hemtjänst och Bemanning. "
        "Kom överens, och skriv samma på båda ställena.",
    ]


def test_a_form_that_was_mended_when_it_was_read_is_not_sent_back(tmp_path: Path) -> None:
    """The coordinator is told how a heading was read; there is nothing for the unit to do."""
    book = openpyxl.load_workbook(io.BytesIO(own_form(PLAN, "Hemtjänst", ENOUGH)))
    sheet = next(sheet for sheet in book.worksheets if sheet.title.startswith("2 "))
    (cell,) = [c for cells in sheet.iter_rows() for c in cells if c.value == "Slutdatum"]
    cell.value = "Slutdatm"
    stream = io.BytesIO()
    book.save(stream)
    folder = make_round(tmp_path, PLAN, BEMANNING | {"Bemanningen.xlsx": stream.getvalue()})
    codes = {finding.code for finding in check_round(folder).findings}
    commands.check(folder, as_json=False)
    assert (codes, returned(folder)) == ({"F206", "F208"}, [])


def test_who_has_sent_an_unreadable_file_gets_no_reminder_and_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The unit has answered, and another file has to be asked for; status says the same."""
    inbox = BEMANNING | {"Hemtjänst.xlsx": OLD[: len(OLD) // 2]}
    folder = make_round(tmp_path, PLAN, inbox)
    ask = "Be Hemtjänst om en ny fil: den som kom kan inte läsas."
    capsys.readouterr()
    assert commands.mail(folder, kind=MailKind.REMINDERS) == 0
    assert ask in capsys.readouterr().out.splitlines()
    assert not list((folder / "ut").glob("utskick/*Hemtjänst*"))
    commands.status(folder)
    assert ask in capsys.readouterr().out.splitlines()
