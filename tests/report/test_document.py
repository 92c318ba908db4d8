"""The Word report: its parts in order, in both layouts, whatever the texts and the template hold."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from excel_uppsikt.model import Activity, Department, Goal, Layout, Plan, Values
from excel_uppsikt.report.account import Account, letter_name, report_name
from excel_uppsikt.report.document import make_report, unfilled_texts
from excel_uppsikt.report.template import make_template
from tests.small_rounds import CARE, HOMES, SICKNESS, STATUSES, YOUTH, make_plan, with_changes

TEMPLATE = make_template()
TEXTS = (
    ("Inledning", "Arbetet mot målen", "Om {verksamhet} för {utskott}.\nVarje enhet bidrar."),
    ("Rapportering", "Uppföljning", "Utskottet kan:\n- godkänna\n- återremittera"),
    ("Avgränsning", "Vad som inte ingår", "Löpande arbete."),
    ("Alla mål", "Målen", "Alla mål för {år}."),
)


def activity(title: str, goal: Goal = YOUTH, **changes: object) -> Activity:
    """An activity with nothing missing, with changes."""
    full = Activity(
        values=Values(
            title=title,
            units=("Hemtjänst", "Bemanning"),
            whole=False,
            start=date(2024, 1, 15),
            end=date(2024, 9, 30),
            description="Första stycket.\nAndra stycket.",
            status=STATUSES[1],
            comment="Det går bra.",
        ),
        id="2-abcde",
        goal=goal,
        department=CARE,
    )
    return with_changes(full, changes)


# Only the parts of the seed's own form.
BARE: dict[str, Any] = {
    "with_summary": False,
    "with_proposal": False,
    "with_rule": False,
    "with_idle_goals": False,
}


def report(plan: Plan, activities: Sequence[Activity], template: bytes = TEMPLATE) -> bytes:
    """The report of the plan's first department as a file."""
    return make_report(plan, plan.departments[0], Account(activities), template=template).data


def made(plan: Plan, activities: Sequence[Activity], template: bytes = TEMPLATE) -> Document:
    """The report, opened."""
    return docx.Document(io.BytesIO(report(plan, activities, template)))


_MARKS = {qn("w:tab"): "\t", qn("w:br"): "\n"}


def lines(document: Document) -> list[tuple[str, str]]:
    """Every paragraph in reading order, inside tables too, by style and text."""
    styles = {style.style_id: style.name or "" for style in document.styles}
    result = []
    for paragraph in document.element.body.iter(qn("w:p")):
        text = "".join(
            _MARKS.get(part.tag) or part.text or ""
            for part in paragraph.iter(qn("w:t"), *_MARKS)
            if part.getparent().tag == qn("w:r")
        )
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        result.append(("Normal" if style is None else styles[style.get(qn("w:val"))], text))
    return result


def test_the_parts_stand_in_the_seeds_order() -> None:
    """Cover, contents, account, a section a goal with activities, two closing sections, all goals."""
    plan = make_plan(texts=TEXTS, reference="KS 2024/7", **BARE)
    written = lines(
        made(plan, [activity("Fältarbete"), activity("Samtal", SICKNESS, whole=True, units=())])
    )
    assert written == [
        ("Uppsikt kommun", "Ånge kommun"),
        ("Title", "Uppsiktsrapport till kommunstyrelsen"),
        ("Subtitle", "Social verksamhet, 2024 T1"),
        ("Uppsikt uppgift", "Utskott\tutskottet"),
        ("Uppsikt uppgift", "Rapportdatum\t4 juni 2024"),
        ("Uppsikt uppgift", "Läget per\t30 april 2024"),
        ("Uppsikt uppgift", "Ansvarig\tVerksamhetschefen"),
        ("Uppsikt uppgift", "Diarienummer\tKS 2024/7"),
        ("TOC Heading", "Innehåll"),
        ("toc 1", "1\tArbetet mot målen\t00"),
        ("toc 2", "1.1\tSjukfrånvaron ska minska\t00"),
        ("toc 2", "1.2\tKommunens ungdomar ska känna ökad trygghet\t00"),
        ("toc 2", "1.3\tUppföljning\t00"),
        ("toc 2", "1.4\tVad som inte ingår\t00"),
        ("toc 1", "2\tMålen\t00"),
        ("Heading 1", "Arbetet mot målen"),
        ("Body Text", "Om Social verksamhet för utskottet."),
        ("Body Text", "Varje enhet bidrar."),
        ("Heading 2", "Sjukfrånvaron ska minska"),
        ("Uppsikt tabellhuvud", "Verksamhetens aktiviteter"),
        ("Uppsikt tabellhuvud", "Startdatum"),
        ("Uppsikt tabellhuvud", "Slutdatum"),
        ("Uppsikt aktivitet", "Samtal"),
        ("Uppsikt aktivitet", "2024-01-15"),
        ("Uppsikt aktivitet", "2024-09-30"),
        ("Uppsikt aktivitetstext", "Första stycket."),
        ("Uppsikt aktivitetstext", "Andra stycket."),
        ("Uppsikt status", "► Pågående enligt plan"),
        ("Uppsikt aktivitetstext", "Det går bra."),
        ("Heading 2", "Kommunens ungdomar ska känna ökad trygghet"),
        ("Uppsikt tabellhuvud", "Verksamhetens aktiviteter"),
        ("Uppsikt tabellhuvud", "Startdatum"),
        ("Uppsikt tabellhuvud", "Slutdatum"),
        ("Uppsikt aktivitet", "Fältarbete"),
        ("Uppsikt enhet", "Hemtjänst"),
        ("Uppsikt enhet", "Bemanning"),
        ("Uppsikt aktivitet", "2024-01-15"),
        ("Uppsikt aktivitet", "2024-09-30"),
        ("Uppsikt aktivitetstext", "Första stycket."),
        ("Uppsikt aktivitetstext", "Andra stycket."),
        ("Uppsikt status", "► Pågående enligt plan"),
        ("Uppsikt aktivitetstext", "Det går bra."),
        ("Heading 2", "Uppföljning"),
        ("Body Text", "Utskottet kan:"),
        ("List Bullet", "godkänna"),
        ("List Bullet", "återremittera"),
        ("Heading 2", "Vad som inte ingår"),
        ("Body Text", "Löpande arbete."),
        ("Heading 1", "Målen"),
        ("Body Text", "Alla mål för 2024."),
        ("Uppsikt mellanrubrik", "Mål inom målområde Barn och Unga"),
        ("List Bullet", "Kommunens ungdomar ska känna ökad trygghet."),
        ("Uppsikt mellanrubrik", "Mål inom målområde Tillväxt"),
        ("List Bullet", "Ånge ska ha ett positivt flyttnetto."),
        ("Uppsikt mellanrubrik", "Verksamhetsmål"),
        ("List Bullet", "Sjukfrånvaron ska minska."),
    ]  # fmt: skip


def test_the_other_layout_has_a_heading_an_activity_and_no_tables() -> None:
    """Layout rubriker: title as heading, dates and units in words, then the same parts."""
    plan = make_plan(texts=TEXTS, layout=Layout.HEADINGS, **BARE)
    document = made(plan, [activity("Fältarbete")])
    written = lines(document)
    at = written.index(("Heading 3", "Fältarbete"))
    assert written[at + 1 : at + 9] == [
        ("Body Text", "Tid: 2024-01-15 till 2024-09-30"),
        ("Body Text", "Enheter:"),
        ("List Bullet", "Hemtjänst"),
        ("List Bullet", "Bemanning"),
        ("Body Text", "Första stycket."),
        ("Body Text", "Andra stycket."),
        ("Uppsikt status", "► Pågående enligt plan"),
        ("Body Text", "Det går bra."),
    ]
    assert document.tables == []


def test_what_is_missing_shows_as_a_dash() -> None:
    """Title, dates and status are dashes, a unit is said to be missing; a missing text takes no room."""
    bare = activity("", start=None, end=None, status=None, description="", comment="", units=())
    written = lines(made(make_plan(), [bare]))
    at = written.index(("Uppsikt tabellhuvud", "Slutdatum"))
    assert written[at + 1 : at + 6] == [
        ("Uppsikt aktivitet", "–"),
        ("Uppsikt enhet", "Enhet saknas"),
        ("Uppsikt aktivitet", "–"),
        ("Uppsikt aktivitet", "–"),
        ("Uppsikt status", "Status: –"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<w:p>&amp; & < > \" ' {verksamhet} {{ 7*7 }}",
        "=1+1 och http://exempel.se",
        "åäö ÅÄÖ é ñ ß Ωж中文 العربية 🙂",
        "x" * 30_000,
        "ord " * 7_000,
    ],
    ids=["xml", "formula", "scripts", "long word", "long text"],
)
def test_any_text_comes_out_whole(text: str) -> None:
    """Text from a workbook is data: never XML, a placeholder or a link."""
    written = lines(made(make_plan(), [activity("T", description=text, comment=text)]))
    assert [words for _, words in written if words == text.strip()] == [text.strip()] * 2


def test_control_characters_do_not_break_the_document() -> None:
    """What XML cannot hold is dropped; line breaks of any kind make paragraphs."""
    broken = activity("Titel\x00\x0b", description="Ett\r\nTvå\u2028Tre\x1f \ud800slut")
    written = lines(made(make_plan(), [broken]))
    texts = [words for style, words in written if style == "Uppsikt aktivitetstext"]
    assert texts == ["Ett", "Två", "Tre slut", "Det går bra."]


def test_activities_keep_the_order_they_are_given_within_a_goal() -> None:
    """The coordinator's order stands; goals go by number."""
    given = [activity("B"), activity("Z", SICKNESS), activity("A"), activity("Å", HOMES)]
    written = lines(made(make_plan(), given))
    starts = [w for (s, w) in written if s == "Uppsikt aktivitet" and len(w) == 1]
    assert starts == ["Z", "B", "A", "Å"]


def test_same_input_gives_the_same_bytes() -> None:
    """Nothing in the file depends on when it was made."""
    plan = make_plan()
    first, second = (report(plan, [activity("A")]) for _ in "ab")
    assert first == second


def test_language_page_and_properties() -> None:
    """A4, Swedish, with title, and Sida X av Y at the foot of every page but the cover."""
    document = made(make_plan(), [activity("A")])
    section = document.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    properties = document.core_properties
    assert properties.title == "Uppsiktsrapport till kommunstyrelsen: Social verksamhet 2024 T1"
    assert (properties.language, properties.author) == ("sv-SE", "Ånge kommun")
    languages = {e.get(qn("w:val")) for e in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"sv-SE"}
    assert [p.text for p in section.header.paragraphs] == [
        "Uppsiktsrapport till kommunstyrelsen",
        CARE,
    ]
    foot = section.footer.paragraphs[0]
    codes = [(e.text or "").strip() for e in foot._p.iter(qn("w:instrText"))]
    assert (foot.text, codes) == ("Sida 1 av 1", ["PAGE", "NUMPAGES"])
    assert section.different_first_page_header_footer
    assert [p.text for p in section.first_page_header.paragraphs] == [""]


@pytest.mark.parametrize(
    ("report_date", "cutoff", "day"),
    [
        (date(2024, 6, 4), date(2024, 4, 30), date(2024, 6, 4)),
        (None, date(2024, 4, 30), date(2024, 4, 30)),
        (None, None, date(2024, 1, 1)),
    ],
)
def test_it_is_said_to_be_made_on_its_day(
    report_date: date | None, cutoff: date | None, day: date
) -> None:
    """The report's, or what is known nearest to it; no clock's."""
    plan = make_plan(cutoff=cutoff)
    department = replace(plan.departments[0], report_date=report_date)
    properties = made(replace(plan, departments=(department,)), [activity("A")]).core_properties
    assert {one.date() for one in (properties.created, properties.modified) if one} == {day}


def test_word_is_never_asked_to_update_fields() -> None:
    """No updateFields and no dirty field: the document opens without a question."""
    plan = make_plan()
    data = report(plan, [activity("A")])
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        written = b"".join(parts.read(name) for name in parts.namelist())
    assert b"updateFields" not in written
    assert b"w:dirty" not in written


def test_links_lead_to_bookmarks_that_are_there() -> None:
    """Each link has its bookmark, and no bookmark stands twice: contents, summary and activities."""
    late = activity("A", status=STATUSES[2])
    body = made(make_plan(), [late]).element.body
    links = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    numbers = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert links == [*(f"_TocUppsikt{n}" for n in range(1, 9)), "aktivitet_2_abcde"]
    assert sorted(marks) == sorted(links)
    assert len(set(numbers)) == len(numbers)


def test_report_names_are_safe_on_every_file_system() -> None:
    """`Uppsiktsrapport <Verksamhet> <År> <Period>.docx`, without what file systems forbid."""
    plan = make_plan()
    odd = replace(plan.departments[0], name='Vård/Omsorg: "Norr"')
    assert (
        report_name(plan, plan.departments[0]) == "Uppsiktsrapport Social verksamhet 2024 T1.docx"
    )
    assert report_name(plan, odd) == "Uppsiktsrapport Vård Omsorg Norr 2024 T1.docx"


def test_no_departments_report_is_written_over_anothers() -> None:
    """Where file systems cannot tell the names apart; the first in the plan keeps its name as it is."""
    alike = [Department(name) for name in ("Vård/Norr", "Skola", "vård norr", "Vård: Norr")]
    plan = make_plan(departments=alike)
    expected = [
        "Vård Norr 2024 T1",
        "Skola 2024 T1",
        "vård norr 2024 T1 (2)",
        "Vård Norr 2024 T1 (3)",
    ]
    named = [report_name(plan, one) for one in alike]
    assert named == [f"Uppsiktsrapport {name}.docx" for name in expected]
    assert [report_name(plan, one, sources=True) for one in reversed(alike)] == [
        f"Uppsiktsrapport {name} med källor.docx" for name in reversed(expected)
    ]
    assert [letter_name(plan, one) for one in alike] == [
        f"Tjänsteskrivelse {name}.docx" for name in expected
    ]


def test_placeholders_without_a_value_are_told() -> None:
    """A committee that the plan does not name is left visible, and reported once."""
    plan = make_plan(texts=TEXTS)
    nameless = replace(plan.departments[0], committee="")
    assert unfilled_texts(plan, nameless, Account(())) == ("{utskott}",)
    assert unfilled_texts(plan, plan.departments[0], Account(())) == ()


def test_a_report_without_activities_says_so() -> None:
    """A sentence stands where the goals would, and one in the summary where there is one."""
    told = ("Body Text", "Social verksamhet redovisar inga aktiviteter.")
    assert lines(made(make_plan(), [])).count(told) == 2
    assert lines(made(make_plan(**BARE), [])).count(told) == 1
