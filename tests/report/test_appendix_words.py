"""What stands last in a report, word for word, and what of an activity is kept on one page."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from excel_uppsikt.findings.place import Place
from excel_uppsikt.model import Activity, Change, ChangeKind, Goal, Layout, RuleTerm, Values
from excel_uppsikt.plan import texts
from excel_uppsikt.plan.default_texts import IDLE_GOALS, RULE
from excel_uppsikt.report.account import Account
from excel_uppsikt.report.activities import anchor, in_words
from excel_uppsikt.report.document import make_report
from tests.report.test_document import BARE, TEMPLATE, activity, lines
from tests.small_rounds import HOMES, SICKNESS, STATUSES, YOUTH, make_plan

Written = list[str]


ALL_PARTS = make_plan(texts=())


def heading_of(name: str) -> str:
    """The heading of an appendix, of a plan that has no texts."""
    return f"Bilaga: {texts.section(ALL_PARTS, name).heading or name}"


def made(account: Account, *, sources: bool = False, **settings: Any) -> Document:  # noqa: ANN401  any setting
    plan = make_plan(texts=(), **settings)
    data = make_report(plan, plan.departments[0], account, template=TEMPLATE, sources=sources).data
    return docx.Document(io.BytesIO(data))


def after(document: Document, heading: str) -> Written:
    """What stands after the last heading of that name."""
    written = [text for _, text in lines(document)]
    last = max(at for at, text in enumerate(written) if text == heading)
    return written[last + 1 :]


@pytest.mark.parametrize(
    ("counts", "words"),
    [(True, "räknas för varje enhet"), (False, "räknas inte för den enskilda enheten")],
)
def test_the_rule_has_a_row_for_each_unit_and_part_of_it(counts: bool, words: str) -> None:
    rule = [
        RuleTerm("Hemtjänst", None, 3, 2, 1, common=1),
        RuleTerm("Hemtjänst", replace(SICKNESS, minimum=2), 1, 0, 2, common=1),
        RuleTerm("Bemanning", None, 1, 1, 2),
    ]
    settings = {**BARE, "with_rule": True, "common_counts": counts, "minimum": 1}
    written = after(made(Account([activity("A")], None, rule), **settings), heading_of(RULE))
    # One activity is not several, in words that the plan's own texts have for any number.
    assert written[0].startswith("Varje enhet ska ha minst en aktivitet för de politiska målen, ")
    assert written[1].startswith(f"Aktiviteter som gäller hela verksamheten {words}. ")
    assert written[2:] == [
        "Enhet", "Krav", "Egna", "Gemensamma", "Uppfyllt",
        "Hemtjänst", "Minst en aktivitet", "2", "1", "✔ Ja",
        "", "Minst två för ”Sjukfrånvaron ska minska”", "0", "1", "✘ Nej, en saknas",
        "Bemanning", "Minst två aktiviteter", "1", "0", "✘ Nej, en saknas",
    ]  # fmt: skip


def test_each_change_is_told_and_what_is_not_known_has_a_dash() -> None:
    """What is gone leads nowhere; the others to where they stand."""
    one, gone = activity("A"), activity("", id="2-b")
    changes = [
        Change(ChangeKind.UNCHANGED, one),
        Change(ChangeKind.NEW, one),
        Change(ChangeKind.END, one, "2024-08-31", "2024-09-30"),
        Change(ChangeKind.GONE, gone),
        Change(ChangeKind.UNREPORTED, replace(gone, values=Values(title="B"))),
    ]
    document = made(Account([one], changes), **{**BARE, "with_summary": True})
    assert after(document, "Bilaga: Ändrat sedan förra omgången") == [
        "Aktivitet", "Ändring", "Före", "Nu",
        "A", ChangeKind.NEW.value, "–", "–",
        "A", ChangeKind.END.value, "2024-08-31", "2024-09-30",
        "–", ChangeKind.GONE.value, "–", "–",
        "B", ChangeKind.UNREPORTED.value, "–", "–",
    ]  # fmt: skip
    links = [e.get(qn("w:anchor")) for e in document.element.body.iter(qn("w:hyperlink"))]
    assert links.count(anchor(one)) == 2
    assert anchor(gone) not in links


def test_the_copy_with_sources_says_where_each_activity_stands() -> None:
    read = activity("A", sources=(Place("inkorg/a.xlsx", "Blad", 5), Place("b.xlsx", "Två", 7)))
    carried = activity("", id="2-b", last_reported="T3 2023", sources=(Place("s.xlsx", "Akt", 4),))
    written = after(
        made(Account([read, carried, activity("C", id="s-1")]), sources=True, **BARE),
        "Bilaga: Källor",
    )
    assert written == [
        "Det här exemplaret är ditt eget. Skicka rapporten utan källor till utskottet.",
        "Id", "Aktivitet", "Fil, blad och rad",
        "2-abcde", "A", "inkorg/a.xlsx, Blad, rad 5\nb.xlsx, Två, rad 7",
        "2-b", "–", "Senast redovisat T3 2023\ns.xlsx, Akt, rad 4",
        "s-1", "C", "skriven i sammanställningen",
    ]  # fmt: skip


def test_goals_without_activities_say_what_stands_there_from_before() -> None:
    account = Account(
        [
            activity("A"),
            activity("B", HOMES, id="3-b", last_reported="T3 2023"),
            activity("C", HOMES, id="3-c", last_reported="T2 2023"),
            activity("D", HOMES, id="3-d", last_reported="T3 2023"),
        ]
    )
    document = made(account, **{**BARE, "with_idle_goals": True})
    heading = heading_of(IDLE_GOALS)
    assert after(document, heading)[1:] == [
        SICKNESS.text,
        "Ånge ska ha ett positivt flyttnetto (senast redovisat T3 2023 och T2 2023)",
    ]
    all_worked = Account(
        [activity(g.text, g, id=f"{g.number}-a") for g in (SICKNESS, YOUTH, HOMES)]
    )
    written = [t for _, t in lines(made(all_worked, **{**BARE, "with_idle_goals": True}))]
    assert heading not in written


def test_all_goals_stand_by_area_in_the_plans_order() -> None:
    goals = (
        Goal(4, "Fyra.", "Tillväxt"), Goal(1, "Ett.", "Verksamhetsmål"), Goal(2, "Två.", "Tillväxt"),
        Goal(3, "Tre.", ""),
    )  # fmt: skip
    account = Account([])
    plan = make_plan(texts=(), goals=goals, **BARE)
    data = make_report(plan, plan.departments[0], account, template=TEMPLATE).data
    written = [text for _, text in lines(docx.Document(io.BytesIO(data)))]
    assert "Social verksamhet redovisar inga aktiviteter." in written
    assert written[-6:] == [
        "Mål inom målområde Tillväxt", "Fyra.", "Två.", "Verksamhetsmål", "Ett.", "Tre.",
    ]  # fmt: skip


def test_an_activitys_paragraphs_in_words() -> None:
    full = activity("A", whole=True, description="Ett.\n• Två", comment="", status=None)
    assert in_words(full) == (
        "A", "- Hela verksamheten", "- Hemtjänst", "- Bemanning",
        "Startdatum 2024-01-15, Slutdatum 2024-09-30", "Ett.", "- Två", "Status: –",
    )  # fmt: skip
    bare = activity("", units=(), start=None, last_reported="T1", description="")
    assert in_words(bare) == (
        "–", "Senast redovisat T1", "- Enhet saknas", "Startdatum –, Slutdatum 2024-09-30",
        f"{STATUSES[1].symbol} Pågående enligt plan", "Det går bra.",
    )  # fmt: skip


def kept(document: Document, first: str) -> list[tuple[str, bool]]:
    """The paragraphs from the first of that text on, and whether each is kept with the next."""
    found = [
        (
            "".join(part.text or "" for part in paragraph.iter(qn("w:t"))),
            paragraph.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None,
        )
        for paragraph in document.element.body.iter(qn("w:p"))
    ]
    last = max(at for at, (text, _) in enumerate(found) if text == first)
    return found[last : last + 8]


@pytest.mark.parametrize("layout", [*Layout])
def test_what_belongs_together_stays_on_a_page(layout: Layout) -> None:
    """Title, units and dates with what follows, the status with its comment; a page may end between."""
    one = activity("Egen titel", last_reported="T1", description="Skäl.", comment="Läge.")
    found = kept(made(Account([one]), **{**BARE, "layout": layout}), "Egen titel")
    status = f"{STATUSES[1].symbol} Pågående enligt plan"
    units = [("Hemtjänst", True), ("Bemanning", True)]
    last = [("Skäl.", False), (status, True), ("Läge.", False)]
    if layout is Layout.TABLE:
        dates = [("2024-01-15", True), ("2024-09-30", True)]
        expected = [("Egen titel", True), ("Senast redovisat T1", True), *units, *dates, *last]
        assert found == expected[:8]
    else:
        time = [("Tid: 2024-01-15 till 2024-09-30", True), ("Enheter:", True)]
        # A heading is kept with the next by its style.
        assert found[1:] == [("Senast redovisat T1", True), *time, *units, *last][:7]


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2024, 1, 1), date(2024, 2, 1), "2024-01-01 till 2024-02-01"),
        (date(2024, 1, 1), None, "från 2024-01-01"),
        (None, date(2024, 2, 1), "till 2024-02-01"),
        (None, None, "–"),
    ],
)
def test_the_time_in_words(start: date | None, end: date | None, words: str) -> None:
    account = Account([activity("A", start=start, end=end)])
    written = [t for _, t in lines(made(account, **{**BARE, "layout": Layout.HEADINGS}))]
    assert f"Tid: {words}" in written


@pytest.mark.parametrize(
    ("made_id", "name"),
    [
        ("2-abc", "aktivitet_2_abc"),
        ("123456-abcdefabcdef", "aktivitet_123456_abcdefabcdef"),
        ("s-1", "aktivitet_s_1_"),
        ("2-ABC", "aktivitet_2_____"),
        ("1234567-a", "aktivitet_1234567_a_"),
        ("en-egen-lång-beteckning-av-något", "aktivitet_en_egen_l_ng_beteckn_"),
    ],
)
def test_where_a_link_to_an_activity_leads(made_id: str, name: str) -> None:
    """Of Ids that are not the program's, or too long, the mark has letters of the whole."""
    found = anchor(Activity(made_id, YOUTH, None, Values()))
    assert found == name or (name.endswith("_") and found.startswith(name))
    assert (len(found) > len(name)) is name.endswith("_")


def test_in_a_sentence_of_the_plans_one_activity_is_not_several() -> None:
    text = "Minst {minsta antal} aktiviteter, {minsta antal} aktiviteterna."
    said = {n: texts.fill(make_plan(minimum=n), text) for n in (0, 1, 2)}
    assert said == {
        0: "Minst noll aktiviteter, noll aktiviteterna.",
        1: "Minst en aktivitet, en aktiviteterna.",
        2: "Minst två aktiviteter, två aktiviteterna.",
    }
