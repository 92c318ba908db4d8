"""ut/sammanstallning.xlsx as a person opens it: its sheets, columns and figures, and long texts."""

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from excel_uppsikt import figures
from excel_uppsikt.compilation.reading import read_compilation
from excel_uppsikt.findings.code import Severity
from excel_uppsikt.form.definition import sheet_name
from excel_uppsikt.language.text import LONGEST_TEXT
from excel_uppsikt.round_paths import COMPILATION_FILE
from tests.compilation.compiled_rounds import (
    COLUMNS,
    HEADER_ROW,
    PLAN,
    compiled,
    small_round,
    table,
    target,
)
from tests.small_rounds import HOMES, SICKNESS, YOUTH, make_plan, own_form, places, row

SHEETS = [
    "Översikt",
    "Aktiviteter",
    "Täckning",
    "Regelkontroll",
    "Inlämningar",
    "Anmärkningar",
    "Ändringar",
    "Beslut",
]


# --- Sheets and columns -------------------------------------------------------------------------


@pytest.mark.parametrize("filled", [True, False])
def test_it_has_the_designs_sheets_in_their_order_also_for_an_empty_inbox(
    tmp_path: Path, filled: bool
) -> None:
    _, book = compiled(tmp_path, small_round() if filled else {})
    visible = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert visible == SHEETS
    assert [sheet.title for sheet in book.worksheets][: len(SHEETS)] == SHEETS
    assert book.active is not None
    # Something is to be done in both: units have not handed in.
    assert book.active.title == "Anmärkningar"


def test_aktiviteter_has_the_designs_columns_and_a_row_an_activity(tmp_path: Path) -> None:
    """With real dates, units in words, and where each was reported."""
    checked, book = compiled(tmp_path, small_round())
    heads, *rows = table(book, "Aktiviteter")
    assert list(heads) == COLUMNS
    shown = [dict(zip(COLUMNS, values, strict=True)) for values in rows]
    assert [a.id for a in checked.activities] == [cells["Id"] for cells in shown]
    assert [(c["Mål"], c["Aktivitet"], c["Enheter"], c["Status"], c["Källa"]) for c in shown] == [
        (
            SICKNESS.text,
            "Friskvård",
            "Hemtjänst",
            "Ej påbörjad",
            f"inkorg/Hemtjänst.xlsx, {sheet_name(SICKNESS)}, rad 5",
        ),
        (
            SICKNESS.text,
            "Hälsosamtal",
            "Hela verksamheten",
            "Pågående enligt plan",
            f"inkorg/Gemensamt.xlsx, {sheet_name(SICKNESS)}, rad 5",
        ),
        (
            YOUTH.text,
            "Läxhjälp",
            "Hemtjänst; Bemanning",
            None,
            f"inkorg/Hemtjänst.xlsx, {sheet_name(YOUTH)}, rad 6",
        ),
        (
            YOUTH.text,
            "Åka skridskor",
            "Hemtjänst",
            "Pågående enligt plan",
            f"inkorg/Hemtjänst.xlsx, {sheet_name(YOUTH)}, rad 5",
        ),
    ]
    sheet = book["Aktiviteter"]
    assert (sheet["E4"].is_date, sheet["E4"].number_format) == (True, "yyyy-mm-dd")
    assert {(c["Ta med"], c["Ordning"], c["Anteckning"]) for c in shown} == {("ja", None, None)}


def test_the_tables_can_be_filtered_and_keep_their_headings_in_sight(tmp_path: Path) -> None:
    checked, book = compiled(tmp_path, small_round())
    assert book["Aktiviteter"].auto_filter.ref == "A3:P7"
    assert book["Aktiviteter"].freeze_panes == "D4"
    assert book["Anmärkningar"].auto_filter.ref == f"A3:G{HEADER_ROW + len(checked.findings)}"
    assert {book[name].freeze_panes for name in SHEETS[3:]} == {"A4"}


def test_ta_med_goal_status_and_anvand_are_chosen_in_lists(tmp_path: Path) -> None:
    _, book = compiled(tmp_path, small_round())
    lists = {
        str(rule.sqref).partition(":")[0]: (rule.type, rule.formula1, bool(rule.showErrorMessage))
        for name in ("Aktiviteter", "Inlämningar")
        for rule in book[name].data_validations.dataValidation
    }
    assert lists == {
        "B4": ("list", "lst_mal", True),
        "H4": ("list", "lst_statusar", True),
        "D4": ("list", "lst_enheter", False),
        "J4": ("list", '"ja,nej"', True),
        "G4": ("list", '"ja,nej"', True),
        # Only advice.
        "O4": (None, None, True),
    }


def test_inlamningar_lists_each_form_and_whether_it_is_used(tmp_path: Path) -> None:
    inbox = small_round() | {"sent/igen.xlsx": own_form(PLAN, "Hemtjänst", {2: [row()]})}
    checked, book = compiled(tmp_path, inbox)
    heads, *rows = table(book, "Inlämningar")
    assert heads == (
        "Fil", "Slag", "Enhet", "Verksamhet", "Sparad", "Aktiviteter", "Använd", "Anmärkning",
    )  # fmt: skip
    (twice,) = [f for f in checked.findings if f.code == "F205"]
    assert [(*values[:4], *values[5:]) for values in rows] == [
        ("inkorg/Gemensamt.xlsx", "gemensamt", None, "Social verksamhet", 1, "ja", None),
        ("inkorg/Hemtjänst.xlsx", "enhet", "Hemtjänst", "Social verksamhet", 3, "ja", None),
        ("inkorg/sent/igen.xlsx", "enhet", "Hemtjänst", "Social verksamhet", 1, "nej",
         f"F205 {twice.message}"),
    ]  # fmt: skip


def test_inlamningar_lists_the_files_that_could_not_be_used_too(tmp_path: Path) -> None:
    """Below the forms, each with what is wrong with it and nothing to choose."""
    last_year = own_form(make_plan(year=2023, period="T3"), "Hemtjänst", {2: [row()]})
    inbox = small_round() | {
        "Bemanning.xlsx": b"PK trasig",
        "Foto.jpg": b"\xff\xd8\xff bild",
        "gammal.xlsx": last_year,
    }
    checked, book = compiled(tmp_path, inbox)
    rows = table(book, "Inlämningar")[3:]
    told = {f.file: f"{f.code} {f.message}" for f in checked.findings if f.file}
    assert [values[0] for values in rows] == [
        "inkorg/Bemanning.xlsx", "inkorg/Foto.jpg", "inkorg/gammal.xlsx",
    ]  # fmt: skip
    for values, code in zip(rows, ("F201", "F201", "F203"), strict=True):
        file, kind, *nothing, what = values
        assert (kind, {*nothing}, what) == ("kunde inte användas", {None}, told[str(file)])
        assert str(what).startswith(code)
        assert target(book["Inlämningar"].cell(4 + 2 + rows.index(values), 1)) == (f"../{file}", "")


def test_every_sheet_is_printed_on_paper_one_page_wide_and_large_enough_to_read(
    tmp_path: Path,
) -> None:
    """In landscape; no text of 11 points comes out smaller than 7."""
    _, book = compiled(tmp_path, small_round())
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            page = sheet.page_setup
            fits = sheet.sheet_properties.pageSetUpPr
            assert (page.orientation, fits and fits.fitToPage) == ("landscape", True)
            area = str(sheet.print_area or sheet.dimensions).rpartition("!")[2]
            last = range_boundaries(area)[2] or 0
            columns = [get_column_letter(at) for at in range(1, last + 1)]
            width = sum(sheet.column_dimensions[letter].width for letter in columns)
            # A character is 7 pixels of 96 to the inch; margins of 0.4 inches on each side.
            paper = {8: 420, 9: 297}[int(page.paperSize or 0)] - 2 * 0.4 * 25.4
            assert 11 * min(1, paper / (width * 7 / 96 * 25.4)) >= 7, sheet.title


# --- Figures ------------------------------------------------------------------------------------


def test_the_overview_counts_statuses_goals_and_findings(tmp_path: Path) -> None:
    """Every status and goal of the plan has its row, and what has no status is counted too."""
    checked, book = compiled(tmp_path, small_round())
    rows = [(a, b) for a, b in book["Översikt"].iter_rows(max_col=2, values_only=True) if a]
    kinds = [finding.severity for finding in checked.findings]
    assert rows == [
        ("Sammanställning Ånge kommun 2024 T1", None),
        ("Läget per 2024-04-30", None),
        ("Status", "Antal"),
        ("Ej påbörjad", 1),
        ("Pågående enligt plan", 2),
        ("Pågående med avvikelse", 0),
        ("Avslutad enligt plan", 0),
        ("Avslutad med avvikelse", 0),
        ("Status saknas", 1),
        ("Summa", "=SUM(B5:B10)"),
        ("Mål", "Antal"),
        (f"1. {SICKNESS.text}", 2),
        (f"2. {YOUTH.text}", 2),
        (f"3. {HOMES.text}", 0),
        ("Summa", "=SUM(B22:B24)"),
        ("Anmärkningar", "Antal"),
        ("Fel", kinds.count(Severity.ERROR)),
        ("Varning", kinds.count(Severity.WARNING)),
        ("Tips", kinds.count(Severity.HINT)),
        ("Summa", "=SUM(B46:B48)"),
    ]


def test_the_sums_show_their_value_without_being_recalculated(tmp_path: Path) -> None:
    compiled(tmp_path, small_round())
    sheet = openpyxl.load_workbook(tmp_path / COMPILATION_FILE, data_only=True)["Översikt"]
    assert [sheet[cell].value for cell in ("B11", "B25")] == [4, 4]


def test_the_overview_has_native_charts_of_the_figures_beside_them(tmp_path: Path) -> None:
    _, book = compiled(tmp_path, small_round())
    sheet = book["Översikt"]
    assert isinstance(sheet, Worksheet)
    charts = sheet._charts  # type: ignore[attr-defined]  # openpyxl offers no other way
    ranges = [(chart.ser[0].cat.strRef.f, chart.ser[0].val.numRef.f) for chart in charts]
    assert ranges == [
        ("Översikt!$A$5:$A$10", "Översikt!$B$5:$B$10"),
        ("Översikt!$A$22:$A$24", "Översikt!$B$22:$B$24"),
    ]
    with zipfile.ZipFile(tmp_path / COMPILATION_FILE) as parts:
        drawing = parts.read("xl/drawings/drawing1.xml").decode()
    assert re.findall(' descr="([^"]*)"', drawing) == [
        f"Diagram: {title}. Siffrorna står i tabellen till vänster."
        for title in ("Aktiviteter per status", "Aktiviteter per mål")
    ]


def test_coverage_counts_goals_by_unit_and_says_where_nobody_works(tmp_path: Path) -> None:
    """A shared activity counts for each of its units and once in the sum; common ones apart."""
    checked, book = compiled(tmp_path, small_round())
    assert table(book, "Täckning") == [
        ("Nr", "Mål", "Hemtjänst", "Bemanning", "Hela verksamheten", "Summa", "Läge"),
        (1, SICKNESS.text, 1, "–", 1, 2, "Har aktiviteter"),
        (2, YOUTH.text, 2, 1, "–", 2, "Har aktiviteter"),
        (3, HOMES.text, "–", "–", "–", "–", "Ingen aktivitet"),
    ]
    counts = figures.goal_counts(PLAN, checked.activities)
    assert [number for number, count in counts.items() if not count] == [3]


def test_what_the_coordinator_leaves_out_is_not_counted(tmp_path: Path) -> None:
    compiled(tmp_path, small_round())
    path = tmp_path / COMPILATION_FILE
    book = openpyxl.load_workbook(path)
    for at in (6, 7):
        book["Aktiviteter"][f"J{at}"].value = "nej"
    book.save(path)
    _, book = compiled(tmp_path, {})
    assert [line[-1] for line in table(book, "Täckning")] == [
        "Läge",
        "Har aktiviteter",
        "Ingen aktivitet",
        "Ingen aktivitet",
    ]


@pytest.mark.parametrize("common_counts", [True, False])
def test_the_rule_sheet_shows_own_and_common_activities_apart(
    tmp_path: Path, common_counts: bool
) -> None:
    """Each unit's terms in the plan's order; common ones count only where the plan says so."""
    plan = make_plan(common_counts=common_counts)
    _, book = compiled(tmp_path, small_round(plan), plan)
    plain = "Aktiviteter utöver de obligatoriska målens"
    met = "✔ Uppfyllt"
    outcome = met if common_counts else "✘ Saknas 1"
    assert table(book, "Regelkontroll") == [
        ("Enhet", "Krav", "Egna", "Gemensamma", "Minst", "Utfall", "Inlämnat",
         "Enligt inlämningarna"),
        ("Hemtjänst", plain, 2, 0, 2, met, "ja", None),
        ("Hemtjänst", SICKNESS.text, 1, 1, 1, met, "ja", None),
        ("Bemanning", plain, 1, 0, 2, "✘ Saknas 1", "nej", None),
        ("Bemanning", SICKNESS.text, 0, 1, 1, outcome, "nej", None),
    ]  # fmt: skip


# --- Long texts ---------------------------------------------------------------------------------


def test_a_description_of_30_000_characters_survives_run_after_run(tmp_path: Path) -> None:
    text = " ".join(f"ord{n}åäö" for n in range(30_000))[:29_999] + "."
    inbox = {"Hemtjänst.xlsx": own_form(PLAN, "Hemtjänst", {2: [row("Lov", description=text)]})}
    checked, book = compiled(tmp_path, inbox)
    assert book["Aktiviteter"]["G4"].value == text
    assert places(checked.findings, but="U") == []
    before = (tmp_path / COMPILATION_FILE).read_bytes()
    read = read_compilation(tmp_path / COMPILATION_FILE, PLAN)
    (line,) = read.compilation.lines
    assert read.findings == ()
    assert line.activity == line.collected == checked.activities[0]
    checked, _ = compiled(tmp_path, {})
    assert places(checked.findings, but="U") == []
    assert (tmp_path / COMPILATION_FILE).read_bytes() == before


def test_texts_that_together_are_longer_than_a_cell_are_cut_and_the_rest_is_told(
    tmp_path: Path,
) -> None:
    """R309 stands at the last text and holds what did not fit; nothing is cut again later."""
    first, second = "a" * 20_000, "b" * 20_000
    inbox = {
        "Hemtjänst.xlsx": own_form(PLAN, "Hemtjänst", {2: [row("Lov", comment=first)]}),
        "Bemanning.xlsx": own_form(PLAN, "Bemanning", {2: [row("Lov", comment=second)]}),
    }
    checked, book = compiled(tmp_path, inbox)
    both = f"{first}\n{second}"
    assert book["Aktiviteter"]["I4"].value == both[:LONGEST_TEXT]
    assert places(checked.findings, but="U") == [
        ("M602", "Bemanning.xlsx", sheet_name(YOUTH), "G5"),
        ("R309", "Bemanning.xlsx", sheet_name(YOUTH), "G5"),
    ]
    assert [f.value for f in checked.findings if f.code == "R309"] == [both[LONGEST_TEXT:]]
    read = read_compilation(tmp_path / COMPILATION_FILE, PLAN)
    assert read.compilation.approved == checked.compilation.approved
