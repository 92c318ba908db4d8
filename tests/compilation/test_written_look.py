"""How the compilation looks and prints: what is marked, how wide it is, what each list and chart says."""

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from excel_uppsikt.compilation.writing import CompilationContent, compilation_workbook
from excel_uppsikt.excel import writing
from excel_uppsikt.findings.catalogue.rows import R301
from excel_uppsikt.findings.code import Severity
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form.severities import SEVERITY_WORDS as WORDS
from excel_uppsikt.model import (
    Change,
    ChangeKind,
    Choice,
    Collection,
    Compilation,
    Department,
    Line,
    Plan,
    RuleTerm,
    Unit,
)
from tests.report.test_document import activity
from tests.small_rounds import CARE, HOMES, SICKNESS, YOUTH, make_plan

SCHOOL = "Skola"
PLAN = make_plan()
TWO = make_plan(
    departments=(Department(CARE), Department(SCHOOL)),
    units=("Hemtjänst", Unit("Åsens skola", SCHOOL)),
)
IN, OUT, BEFORE = (
    activity("Inne"),
    activity("Ute", id="2-b"),
    activity("Förr", id="2-c", last_reported="T3 2023"),
)
LINES = (Line(IN, IN), Line(OUT, OUT, Choice(include=False)), Line(BEFORE, BEFORE))
RULE = [
    RuleTerm("Hemtjänst", None, 1, 1, 2),
    RuleTerm("Hemtjänst", SICKNESS, 1, 0, 1),
    RuleTerm("Bemanning", None, 0, 0, 2),
]
GREY, SHADE, RED, GREEN = "FF5A6468", "FFEEEEEE", "FFA3241B", "FF1E6B2E"
# Excel keeps a little more for a column than its letters take.
_MORE = 0.7109375


def made(
    plan: Plan = PLAN,
    lines: tuple[Line, ...] = LINES,
    findings: tuple[Finding, ...] = (),
    changes: tuple[Change, ...] = (),
    **compilation: frozenset[str],
) -> Workbook:
    """A compilation of these lines, opened by another program."""
    content = CompilationContent(
        plan,
        Compilation(lines, **compilation),  # type: ignore[arg-type]  # fields by their names
        Collection(),
        findings,
        changes,
        RULE,
        frozenset({"Hemtjänst"}),
    )
    return openpyxl.load_workbook(io.BytesIO(compilation_workbook(content)))


def widths(sheet: Worksheet) -> list[float]:
    """The columns' widths in Excel's letters, from the first."""
    found: dict[int, float] = {}
    for one in sheet.column_dimensions.values():
        found |= dict.fromkeys(range(one.min or 0, (one.max or 0) + 1), one.width)
    return [round(found[at] - _MORE, 2) for at in sorted(found)]


def lists(sheet: Worksheet) -> dict[str, tuple[object, ...]]:
    """What may be chosen where, and what is said beside the cells and of what else is written."""
    return {
        str(one.sqref): (
            one.formula1, one.promptTitle, one.prompt, one.error, bool(one.showErrorMessage),
        )
        for one in sheet.data_validations.dataValidation
    }  # fmt: skip


def color(sheet: Worksheet, cell: str) -> object:
    """A text's color, None for the usual one."""
    found = sheet[cell].font.color
    return found.rgb if found is not None and found.type == "rgb" else None


def test_columns_are_as_wide_as_what_stands_in_them() -> None:
    """And headings as high; the overview's figures are wider beside those of other departments."""
    book = made()
    expected: dict[str, list[float]] = {
        "Översikt": [74, 12, 3, 3],
        "Aktiviteter": [9, 26, 34, 18, 12, 12, 44, 19, 48, 9, 10, 26, 30, 20, 10, 44],
        "Täckning": [6, 60, 15, 15, 15, 15, 24],
        "Regelkontroll": [34, 56, 10, 14, 10, 16, 12, 24],
        "Inlämningar": [46, 12, 30, 26, 17, 12, 10, 60],
        "Anmärkningar": [8, 10, 84, 36, 30, 8, 30],
        "Ändringar": [22, 44, 50, 30, 24, 24],
        "Beslut": [28, 14, 13, 13, 70, 30],
    }
    assert {name: widths(book[name]) for name in expected} == expected
    rows = book["Översikt"].row_dimensions
    assert {at: row.height for at, row in rows.items() if row.height} == {
        1: 30, 3: 45, 4: 24, 21: 24, 45: 24,
    }  # fmt: skip
    assert book["Täckning"].row_dimensions[3].height == 48
    two = made(TWO)["Översikt"]
    assert widths(two) == [74, 16, 16, 16, 3, 3]
    assert [two.row_dimensions[at].height for at in (4, 21)] == [48, 48]


def test_where_a_row_came_from_is_on_the_screen_and_not_on_paper() -> None:
    sheet = made()["Aktiviteter"]
    assert (sheet.print_area, sheet.page_setup.paperSize, sheet.print_title_rows) == (
        "'Aktiviteter'!$A$1:$O$6", 8, "$3:$3",
    )  # fmt: skip
    assert (sheet.auto_filter.ref, sheet.freeze_panes) == ("A3:P6", "D4")
    # With no rows there is one to begin on.
    empty = made(lines=())["Aktiviteter"]
    assert (empty.print_area, empty.auto_filter.ref) == ("'Aktiviteter'!$A$1:$O$4", "A3:P4")


def test_what_is_out_of_the_report_is_grey_and_what_is_carried_on_is_in_italics() -> None:
    sheet = made()["Aktiviteter"]
    look = {
        str(sheet[f"C{at}"].value): (
            color(sheet, f"{column}{at}"),
            sheet[f"{column}{at}"].fill.fgColor.rgb,
            bool(sheet[f"{column}{at}"].font.i),
        )
        for at in (4, 5, 6)
        for column in "CEP"
    }
    assert look == {
        "Inne": (None, "00000000", False),
        "Ute": (GREY, SHADE, False),
        "Förr": (None, "00000000", True),
    }
    for at in (4, 5, 6):
        for column in "EF":
            cell = sheet[f"{column}{at}"]
            assert (cell.number_format, cell.alignment.horizontal) == ("yyyy-mm-dd", "left")
        assert sheet[f"C{at}"].number_format == "General"
        assert (sheet[f"C{at}"].border.left.style, sheet[f"C{at}"].alignment.wrap_text) == (
            "thin", True,
        )  # fmt: skip


def test_each_list_and_each_advice_stands_at_its_column_with_room_for_rows_to_add() -> None:
    book = made()
    pick, refused = "Välj i listan.", "Välj ett av alternativen i listan."
    several = "Skriv flera enheter med semikolon emellan."
    same = (
        "Skriv Id för den aktivitet som raden är, så blir de en i rapporten. "
        "Skriv egen för att hålla raden för sig."
    )
    assert lists(book["Aktiviteter"]) == {
        "B4:B56": ("lst_mal", "Mål", pick, refused, True),
        "H4:H56": ("lst_statusar", "Status", pick, refused, True),
        "D4:D56": ("lst_enheter", "Enheter", several, refused, False),
        "J4:J56": ('"ja,nej"', None, None, "Skriv ja eller nej.", True),
        "O4:O56": (None, "Samma som", same, None, True),
    }
    outcome = "godkänd, återremiss (rapporten ska kompletteras) eller till KS."
    unit = "Bara när frågan gäller en enhet och inte hör till någon rad på Aktiviteter."
    assert lists(book["Beslut"]) == {
        "A4:A23": ("lst_verksamheter", "Verksamhet", pick, refused, False),
        "F4:F23": ("lst_enheter", "Enhet", unit, refused, False),
        "B4:B23": ('"godkänd,återremiss,till KS"', "Utfall", outcome, None, False),
        "C4:C23": (None, "Datum", "Sammanträdets dag, som år-månad-dag.", None, True),
    }
    assert lists(book["Inlämningar"]) == {
        "G4": ('"ja,nej"', None, None, "Skriv ja eller nej.", True)
    }
    named = {name: one.attr_text for name, one in book.defined_names.items()}
    assert named == {
        "lst_mal": "_listor!$A$1:$A$3",
        "lst_statusar": "_listor!$B$1:$B$5",
        "lst_enheter": "_listor!$C$1:$C$3",
        "lst_verksamheter": "_listor!$D$1:$D$1",
    }


def test_what_the_rule_lacks_is_red_and_what_holds_green() -> None:
    sheet = made(heard=frozenset[str]())["Regelkontroll"]
    rows = [
        (*(cell.value for cell in cells[:8]), color(sheet, cells[5].coordinate))
        for cells in sheet.iter_rows(min_row=4)
    ]
    beyond = "Aktiviteter utöver de obligatoriska målens"
    assert rows == [
        ("Hemtjänst", beyond, 1, 0, 2, "✘ Saknas 1", "ja, men används inte", None, RED),
        ("Hemtjänst", SICKNESS.text, 0, 0, 1, "✔ Uppfyllt", "ja, men används inte", None, GREEN),
        ("Bemanning", beyond, 0, 0, 2, "✘ Saknas 2", "nej", None, RED),
    ]


def test_nothing_is_grey_and_nobody_red_in_the_table_of_goals_and_units() -> None:
    """What nobody has reported says how much stands from before."""
    told = replace(BEFORE, goal=HOMES)
    sheet = made(lines=(Line(IN, IN), Line(told, told)))["Täckning"]
    rows = [[cell.value for cell in cells] for cells in sheet.iter_rows(min_row=4)]
    assert rows == [
        [1, SICKNESS.text, "–", "–", "–", "–", "Ingen aktivitet"],
        [2, YOUTH.text, 1, 1, "–", 1, "Har aktiviteter"],
        [3, HOMES.text, "–", "–", "–", "–", "Ingen redovisad, 1 kvar"],
    ]
    assert [color(sheet, f"G{at}") for at in (4, 5, 6)] == [RED, None, RED]
    assert [color(sheet, f"{column}5") for column in "CDEF"] == [None, None, GREY, None]
    assert sheet["C5"].alignment.horizontal == sheet["E5"].alignment.horizontal == "center"


def test_the_charts_have_the_plans_colors_and_say_their_numbers() -> None:
    """Beside their tables, and higher where there is more in them."""
    goals = tuple(replace(HOMES, number=at, text=f"Mål {at}") for at in range(1, 9))
    for plan, end in ((PLAN, (29, 171450)), (make_plan(goals=goals), (33, 95250))):
        sheet = made(plan, ())["Översikt"]
        first, second = sheet._charts  # type: ignore[attr-defined]  # openpyxl offers no other way
        colors = [point.spPr.solidFill.srgbClr for point in first.ser[0].dPt]
        assert colors == [status.color for status in PLAN.statuses]
        assert second.ser[0].dPt == []
        fills = [chart.ser[0].spPr.solidFill.srgbClr for chart in (first, second)]
        assert fills == [writing.ACCENT[1:]] * 2
        titles = [chart.title.tx.rich.p[0].r[0].t for chart in (first, second)]
        assert titles == ["Aktiviteter per status", "Aktiviteter per mål"]
        for chart, begins, ends in ((first, 3, (12, 171450)), (second, 20, end)):
            above, below = chart.anchor._from, chart.anchor.to
            assert (above.col, above.row, below.col, below.colOff) == (4, begins, 13, 419100)
            assert (below.row, below.rowOff) == ends
            assert (chart.barDir, chart.gapWidth, chart.legend) == ("bar", 60, None)
            assert (chart.x_axis.scaling.orientation, chart.y_axis.delete) == ("maxMin", True)
            assert chart.ser[0].dLbls.showVal
            # The numbers stand at the bars, so no lines and no axis are needed to read them by.
            assert (chart.x_axis.majorGridlines, chart.y_axis.majorGridlines) == (None, None)
            sizes = [
                chart.title.tx.rich.p[0].pPr.defRPr.sz, chart.x_axis.txPr.p[0].pPr.defRPr.sz,
            ]  # fmt: skip
            assert sizes == [1300, 900]


def test_it_opens_where_there_is_something_to_do() -> None:
    """With nothing to tell at the overview, without lines over it."""
    found = find(R301.PLAIN, Place("inkorg/a.xlsx", "Blad", 5, 2), header="Enheter")
    assert [getattr(made(findings=told).active, "title", "") for told in ((), (found,))] == [
        "Översikt", "Anmärkningar",
    ]  # fmt: skip
    book = made()
    shown = {one.title: one.sheet_view.showGridLines for one in book.worksheets}
    assert shown["Översikt"] is False
    hidden = [one.title for one in book.worksheets if one.sheet_state != "visible"]
    assert hidden == [
        "_listor", "_bas", "_bas_filer", "_bas_svar", "_bas_egna", "_bas_omgang", "_bas_samma",
        "_bas_blad",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("plan", "intro"),
    [
        (PLAN, "Planen anger ingen föregående sammanställning att jämföra med."),
        (make_plan(previous="../t1/s.xlsx"), "Sedan föregående sammanställning."),
    ],
)
def test_changes_are_told_before_and_now_of_each(plan: Plan, intro: str) -> None:
    changes = (Change(ChangeKind.END, IN, "2024-08-31", "2024-09-30"),)
    sheet = made(plan, changes=changes)["Ändringar"]
    rows = [[cell.value for cell in cells] for cells in sheet.iter_rows(min_row=2)]
    assert rows == [
        [intro, *[None] * 5],
        ["Ändring", "Mål", "Aktivitet", "Enheter", "Före", "Nu"],
        [
            "Slutdatum flyttat",
            YOUTH.text,
            "Inne",
            "Hemtjänst; Bemanning",
            "2024-08-31",
            "2024-09-30",
        ],
    ]


def test_the_overview_says_of_which_day_it_is() -> None:
    assert made()["Översikt"]["A2"].value == "Läget per 2024-04-30"
    without = make_plan(cutoff=None, first_date=date(2024, 1, 1))
    assert made(without)["Översikt"]["A2"].value == "Inget avstämningsdatum i planen"


def test_departments_have_columns_of_their_own_before_all_and_what_is_of_none_is_told() -> None:
    homeless = replace(IN, id="2-d", department=None)
    school = replace(IN, id="2-e", department=SCHOOL)
    lines = tuple(Line(one, one) for one in (IN, school, homeless))
    sheet = made(TWO, lines)["Översikt"]
    assert [cell.value for cell in sheet[4]][:5] == [
        "Status", CARE, SCHOOL, "Utan verksamhet", "Alla",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[6]][1:5] == [1, 1, 1, 3]
    assert [cell.value for cell in sheet[10]][1:5] == [
        f"=SUM({column}5:{column}9)" for column in "BCDE"
    ]
    assert [cell.value for cell in made(TWO, lines[:2])["Översikt"][4]][1:4] == [
        CARE, SCHOOL, "Alla",
    ]  # fmt: skip


def test_each_table_of_the_overview_ends_before_the_next_begins() -> None:
    """However many statuses and goals there are: no sum is written over, and each sums its own rows."""
    statuses = tuple(replace(PLAN.statuses[0], name=f"Status {at}") for at in range(18))
    goals = tuple(replace(HOMES, number=at, text=f"Mål {at}") for at in range(1, 27))
    sheet = made(replace(make_plan(goals=goals), statuses=statuses), ())["Översikt"]
    rows = [tuple(cell.value for cell in cells[:2]) for cells in sheet.iter_rows(min_row=4)]
    assert rows == [
        ("Status", "Antal"),
        *((status.name, 0) for status in statuses),
        ("Summa", "=SUM(B5:B22)"),
        # As far as the chart beside it reaches.
        *[(None, None)] * 7,
        ("Mål", "Antal"),
        *((f"{goal.number}. {goal.text}", 0) for goal in goals),
        ("Summa", "=SUM(B32:B57)"),
        (None, None),
        ("Anmärkningar", "Antal"),
        *((WORDS[severity], 0) for severity in Severity),
        ("Summa", "=SUM(B61:B63)"),
    ]


def test_only_the_headings_of_a_table_alone_stay_in_sight_and_on_each_page() -> None:
    """Those of all departments are not those of each, which stands under its name."""
    alone, several = made()["Täckning"], made(TWO)["Täckning"]
    kept = [(one.freeze_panes, one.print_title_rows) for one in (alone, several)]
    assert kept == [("C4", "$3:$3"), ("C1", "$1:$2")]
    rows = several.row_dimensions
    assert [at for at in rows if rows[at].height == 48] == [3, 9, 15]
    names = {several[f"A{at}"].value: several[f"A{at}"].font for at in (8, 14)}
    assert {name: (font.b, font.sz) for name, font in names.items()} == {
        CARE: (True, 13), SCHOOL: (True, 13),
    }  # fmt: skip
