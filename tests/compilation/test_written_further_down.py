"""What of the overview and the coverage stands below, where there are many statuses or departments."""

from dataclasses import replace

from excel_uppsikt.model import Goal, Line
from tests.compilation.test_departments import rows
from tests.compilation.test_written_look import BEFORE, IN, SCHOOL, TWO, made, widths
from tests.small_rounds import CARE, HOMES, SICKNESS, STATUSES, YOUTH, make_plan, with_changes


def test_no_table_or_chart_of_the_overview_stands_on_another() -> None:
    """However many statuses and goals there are."""
    words = [f"Status {at}" for at in range(1, 31)]
    goals = [Goal(at, f"Mål {at}", "Område") for at in range(1, 31)]
    plan = replace(
        make_plan(goals=goals), statuses=tuple(replace(STATUSES[0], name=word) for word in words)
    )
    sheet = made(plan, ())["Översikt"]
    assert [sheet.cell(1, at).value for at in (1, 2)] == [
        "Sammanställning Ånge kommun 2024 T1",
        None,
    ]
    names = [cell.value for cell in sheet["A"][3:]]
    findings = ["Anmärkningar", "Fel", "Varning", "Tips"]
    assert [name for name in names if name] == [
        *("Status", *words, "Summa"),
        *("Mål", *(f"{goal.number}. {goal.text}" for goal in goals), "Summa"),
        *(*findings, "Summa"),
    ]
    first, second = (chart.anchor for chart in sheet._charts)  # type: ignore[attr-defined]
    assert first.to.row < second._from.row == names.index("Mål") + 3
    shown = [
        (series.cat.strRef.f, series.val.numRef.f)
        for chart in sheet._charts  # type: ignore[attr-defined]
        for series in chart.series
    ]
    # Row 4 has the first table's headings.
    goals_from = names.index("Mål") + 5
    assert shown == [
        (f"Översikt!$A${top}:$A${top + 29}", f"Översikt!$B${top}:$B${top + 29}")
        for top in (5, goals_from)
    ]


def test_each_departments_table_of_coverage_has_headings_of_its_own() -> None:
    """Neither on the screen nor on paper do those of the first stand above the others."""
    school = with_changes(BEFORE, {"id": "2-e", "goal": HOMES, "department": SCHOOL})
    sheet = made(TWO, tuple(Line(one, one) for one in (IN, BEFORE, school)))["Täckning"]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("C1", "$1:$2")
    whole, nobody, left = "Hela verksamheten", "Ingen aktivitet", "Ingen redovisad, 1 kvar"
    assert rows(sheet, 2, sheet.max_row) == [
        (
            "Antal aktiviteter per mål och enhet. En aktivitet med flera enheter räknas hos var och en. "
            "De som inte har redovisats den här omgången räknas inte.",
        ),
        ("Nr", "Mål", "Hemtjänst", "Åsens skola", whole, "Summa", "Läge"),
        (1, SICKNESS.text, "–", "–", "–", "–", nobody),
        (2, YOUTH.text, 1, "–", "–", 1, "Har aktiviteter"),
        (3, HOMES.text, "–", "–", "–", "–", left),
        (),
        (CARE,),
        ("Nr", "Mål", "Hemtjänst", whole, "Summa", "Läge"),
        (1, SICKNESS.text, "–", "–", "–", nobody),
        (2, YOUTH.text, 1, "–", 1, "Har aktiviteter"),
        (3, HOMES.text, "–", "–", "–", nobody),
        (),
        (SCHOOL,),
        ("Nr", "Mål", "Åsens skola", whole, "Summa", "Läge"),
        (1, SICKNESS.text, "–", "–", "–", nobody),
        (2, YOUTH.text, "–", "–", "–", nobody),
        (3, HOMES.text, "–", "–", "–", left),
    ]
    assert widths(sheet) == [6, 60, 15, 15, 15, 15, 24]
    heights = {at: sheet.row_dimensions[at].height for at in (3, 9, 15)}
    assert heights == dict.fromkeys(heights, 48)
    for name in ("A8", "A14"):
        assert (sheet[name].font.b, sheet[name].font.sz) == (True, 13)
