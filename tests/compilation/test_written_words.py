"""What the compilation says on each of its sheets, word for word."""

import io
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.compilation.decision_sheet import INTRO as DECISIONS_INTRO
from excel_uppsikt.compilation.writing import CompilationContent, compilation_workbook
from excel_uppsikt.findings.catalogue.contents import F207
from excel_uppsikt.findings.catalogue.files import F201
from excel_uppsikt.findings.catalogue.rows import R301, R303, R312
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form.severities import SEVERITY_WORDS as WORDS
from excel_uppsikt.model import (
    Collection,
    Compilation,
    FormKind,
    Plan,
    RuleTerm,
    Submission,
)
from tests.compilation.compiled_rounds import COLUMNS
from tests.small_rounds import CARE, HOMES, YOUTH, make_plan

PLAN = make_plan()
DAY = date(2024, 6, 4)
SAVED = datetime.fromisoformat("2024-05-02 09:05")
ACCENT, GREY, RED, AMBER = "FF1F4E5F", "FF5A6468", "FFA3241B", "FF8A4B00"


def made(
    plan: Plan = PLAN,
    compilation: Compilation = Compilation(),  # noqa: B008  it is frozen
    collection: Collection = Collection(),  # noqa: B008
    findings: tuple[Finding, ...] = (),
    rule: tuple[RuleTerm, ...] = (),
    answered: frozenset[str] = frozenset(),
) -> Workbook:
    """A compilation of this, opened by another program."""
    content = CompilationContent(plan, compilation, collection, findings, (), rule, answered)
    return openpyxl.load_workbook(io.BytesIO(compilation_workbook(content)))


def rows(book: Workbook, name: str, first: int = 1) -> list[tuple[object, ...]]:
    """A sheet's rows, without the empty cells that they end with."""
    told: list[tuple[object, ...]] = []
    for cells in book[name].iter_rows(min_row=first, values_only=True):
        last = max((at for at, value in enumerate(cells, 1) if value is not None), default=0)
        told.append(cells[:last])
    return told


def test_each_sheet_says_what_it_is() -> None:
    book = made()
    files = (
        "Använd: nej lägger en fil åt sidan, ja använder den, och en tom cell låter programmet välja. "
        "Har en enhet flera filer gäller det var och en."
    )
    rule = (
        "Utfallet är det som rapporten visar. Aktiviteter som gäller hela verksamheten räknas {}, "
        "enligt planen. Enligt inlämningarna är tom där de ger samma antal som rapporten."
    )
    expected = {
        "Aktiviteter": (
            "Ändra texter direkt i tabellen; nästa körning behåller dina ändringar. "
            "Ta med = nej håller en rad utanför rapporten. "
            "Ordning: siffror ordnar raderna inom målet."
        ),
        "Täckning": (
            "Antal aktiviteter per mål och enhet. "
            "En aktivitet med flera enheter räknas hos var och en."
        ),
        "Regelkontroll": rule.format("inte för den enskilda enheten"),
        "Inlämningar": files,
        "Anmärkningar": (
            "Klicka på filen för att öppna den på rätt ställe. Koderna förklaras av: uppsikt rules."
        ),
        "Ändringar": "Planen anger ingen föregående sammanställning att jämföra med.",
        "Beslut": DECISIONS_INTRO,
    }
    whole = "Hela verksamheten"
    headings = {
        "Aktiviteter": COLUMNS,
        "Täckning": ["Nr", "Mål", *(unit.name for unit in PLAN.units), whole, "Summa", "Läge"],
        "Regelkontroll": [
            "Enhet", "Krav", "Egna", "Gemensamma", "Minst", "Utfall", "Inlämnat",
            "Enligt inlämningarna",
        ],
        "Inlämningar": [
            "Fil", "Slag", "Enhet", "Verksamhet", "Sparad", "Aktiviteter", "Använd", "Anmärkning",
        ],
        "Anmärkningar": ["Kod", "Grad", "Meddelande", "Fil", "Blad", "Cell", "Skrivet"],
        "Ändringar": ["Ändring", "Mål", "Aktivitet", "Enheter", "Före", "Nu"],
        "Beslut": ["Verksamhet", "Utfall", "Datum", "Paragraf", "Skäl", "Enhet"],
    }  # fmt: skip
    assert {name: rows(book, name)[:3] for name in expected} == {
        name: [(name,), (intro,), tuple(headings[name])] for name, intro in expected.items()
    }
    for name in expected:
        title, intro = book[name]["A1"], book[name]["A2"]
        assert (title.font.color.rgb, title.font.b, title.font.sz) == (ACCENT, True, 16)
        assert (intro.font.color.rgb, intro.font.i) == (GREY, True)
    counted = made(make_plan(common_counts=True))
    assert rows(counted, "Regelkontroll")[1] == (rule.format("för varje enhet"),)


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (PLAN, "Aktiviteter utöver de obligatoriska målens"),
        (make_plan(mandatory_counts=True), "Aktiviteter"),
        (make_plan(goals=(YOUTH, HOMES)), "Aktiviteter"),
    ],
)
def test_the_rule_says_which_activities_are_meant(plan: Plan, words: str) -> None:
    rule = (RuleTerm("Hemtjänst", None, 1, 1, 2),)
    assert rows(made(plan, rule=rule), "Regelkontroll", 3) == [
        ("Enhet", "Krav", "Egna", "Gemensamma", "Minst", "Utfall", "Inlämnat",
         "Enligt inlämningarna"),
        ("Hemtjänst", words, 1, 0, 2, "✘ Saknas 1", "nej"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("unit", "heard", "came"),
    [
        ("Hemtjänst", None, "ja"),
        ("Hemtjänst", frozenset({"Hemtjänst"}), "ja"),
        ("Hemtjänst", frozenset[str](), "ja, men används inte"),
        ("Bemanning", frozenset[str](), "nej"),
        ("Oläst", frozenset[str](), "ja, men filen kan inte läsas"),
        # It has handed in another that could be read.
        ("Läst", frozenset[str](), "ja, men används inte"),
    ],
)
def test_the_rule_says_whether_anything_has_come_of_a_unit(
    unit: str, heard: frozenset[str] | None, came: str
) -> None:
    book = made(
        make_plan(units=("Hemtjänst", "Bemanning", "Oläst", "Läst")),
        Compilation(heard=heard),
        Collection(
            (Submission("l.xlsx", FormKind.UNIT, "Läst", CARE, None, ()),),
            frozenset({"Oläst", "Läst"}),
        ),
        rule=(RuleTerm(unit, None, 2, 2, 2),),
        answered=frozenset({"Hemtjänst", "Oläst", "Läst"}),
    )
    assert rows(book, "Regelkontroll", 4)[0][5:] == ("✔ Uppfyllt", came)


@pytest.mark.parametrize(
    ("have", "handed", "beside"), [(1, 2, "2 av 2 ✔"), (2, 1, "1 av 2 ✘"), (2, None, None)]
)
def test_the_rule_says_beside_it_what_was_handed_in(
    have: int, handed: int | None, beside: str | None
) -> None:
    term = RuleTerm("Hemtjänst", None, have, have, 2, handed=handed)
    (row,) = rows(made(rule=(term,)), "Regelkontroll", 4)
    assert row[7:] == (() if beside is None else (beside,))


def test_each_file_is_told_with_what_is_wrong_with_it_as_a_whole() -> None:
    """What is written in a mail stands at each file that came with it; what is told of a cell does not."""
    mail = "inkorg/post.eml"
    given, lost = f"{mail}/a.xlsx", "inkorg/lost.xlsx"
    forms = (
        Submission(given, FormKind.UNIT, "Hemtjänst", CARE, SAVED, ()),
        Submission("b.xlsx", FormKind.COMMON, None, CARE, None, (), used=False, completion=True),
    )
    written = find(F207.MAIL, Place(mail), "Hej!", sender="")
    findings = (
        written,
        find(F201.DAMAGED, Place(lost)),
        find(F201.DAMAGED, Place("b.xlsx")),
        find(F201.DAMAGED, Place("b.xlsx", "Blad", 4, 1)),
        find(R301.PLAIN, Place("b.xlsx"), header="Enheter"),
    )
    book = made(collection=Collection(forms), findings=findings)
    damaged = f"F201 {F201.DAMAGED.text}"
    said = f"F207 {F207.MAIL.text.format(sender='', value='”Hej!”')}"
    assert rows(book, "Inlämningar", 4) == [
        (given, "enhet", "Hemtjänst", CARE, "2024-05-02 09:05", 0, "ja", said),
        ("b.xlsx", "komplettering", None, CARE, None, 0, "nej", damaged),
        (lost, "kunde inte användas", None, None, None, None, None, damaged),
    ]
    assert [one.sqref for one in book["Inlämningar"].data_validations.dataValidation] == ["G4:G5"]
    links = [book["Inlämningar"][f"A{at}"].font for at in (4, 5, 6)]
    assert [(font.color.rgb, font.u) for font in links] == [(ACCENT, "single")] * 3
    # Of a mail that nothing could be taken from, at the mail itself.
    alone = made(findings=(written,))
    assert rows(alone, "Inlämningar", 4) == [
        (mail, "kunde inte användas", None, None, None, None, None, said)
    ]


def test_a_finding_is_coloured_by_how_much_it_matters_and_the_table_can_be_filtered() -> None:
    place = Place("inkorg/a.xlsx", "Blad", 5, 2)
    findings = (
        find(F201.DAMAGED, Place("inkorg/a.xlsx")),
        find(R301.PLAIN, place, header="Enheter"),
        find(R303.PLAIN, place, "2024-01-01", start=DAY, end=DAY),
        find(R312.PLAIN, place, "juni", header="Slutdatum", read=DAY),
    )
    sheet = made(findings=findings)["Anmärkningar"]
    shown = [(sheet[f"B{at}"].value, sheet[f"B{at}"].font.color.rgb) for at in range(4, 8)]
    colors = {"Fel": RED, "Varning": AMBER, "Tips": GREY}
    assert [word for word, _ in shown] == [WORDS[found.severity] for found in findings]
    assert shown == [(word, colors[word]) for word, _ in shown]
    assert all(sheet[f"B{at}"].font.b for at in range(4, 8))
    assert (sheet["D4"].font.color.rgb, sheet["D4"].font.u) == (ACCENT, "single")
    assert sheet.auto_filter.ref == "A3:G7"
    assert made()["Anmärkningar"].auto_filter.ref is None
