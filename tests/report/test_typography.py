"""How the report is set: figures to the right, pages filled, names once, and capitals where they belong."""

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from excel_uppsikt.model import Change, ChangeKind, Layout, Plan, RuleTerm, Status
from excel_uppsikt.plan.texts import fill
from excel_uppsikt.report import styles
from excel_uppsikt.report.account import Account
from excel_uppsikt.report.activities import SHORT
from excel_uppsikt.report.document import make_report
from excel_uppsikt.report.template import make_template
from excel_uppsikt.word.colors import contrast, strong_on_white
from tests.report.test_document import TEMPLATE, activity, lines, made
from tests.report.test_parts import RULE
from tests.small_rounds import SICKNESS, STATUSES, make_plan, with_changes

PLAN = make_plan()


def report(plan: Plan, account: Account) -> Document:
    """The report, opened."""
    data = make_report(plan, plan.departments[0], account, template=TEMPLATE).data
    return docx.Document(io.BytesIO(data))


def style_of(paragraph: Any) -> str:  # noqa: ANN401  lxml's elements
    """The id of a paragraph's style."""
    return str(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val")))


def words_of(part: Any) -> str:  # noqa: ANN401  lxml's
    """The text of an element."""
    return "".join(text.text or "" for text in part.iter(qn("w:t")))


def alignments(document: Document, title: str) -> list[set[str]]:
    """How the cells of each column of a table are aligned, by its alternative text; 'left' unless said."""
    table = next(
        t for t in document.element.body.iter(qn("w:tbl"))
        if t.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}").get(qn("w:val")) == title
    )  # fmt: skip
    aligned = {
        style.style_id: ("left" if (jc := style.element.find(f".//{qn('w:jc')}")) is None
                         else jc.get(qn("w:val")))
        for style in document.styles
    }  # fmt: skip
    rows = [
        [aligned[style_of(cell.find(qn("w:p")))] for cell in row.iter(qn("w:tc"))]
        for row in table.iter(qn("w:tr"))
    ]
    return [set(column) for column in zip(*rows, strict=True)]


def test_figures_stand_to_the_right_under_their_headings() -> None:
    """In the goals' table and the unit rule's; words stand to the left."""
    document = report(PLAN, Account([activity("A")], None, RULE))
    assert alignments(document, "Aktiviteter per mål") == [{"left"}, *[{"right"}] * 5]
    assert alignments(document, "Kravet på aktiviteter per enhet") == [
        {"left"}, {"left"}, {"right"}, {"right"}, {"left"},
    ]  # fmt: skip


def grids(document: Document) -> Iterator[list[int]]:
    """The column widths of each table."""
    for grid in document.element.body.iter(qn("w:tblGrid")):
        yield [int(column.get(qn("w:w"))) for column in grid]


@pytest.mark.parametrize("status", [STATUSES[1], None])
def test_the_columns_of_every_table_fill_the_page(status: Status | None) -> None:
    """To the last twentieth of a point, however many columns there are."""
    changes = [Change(ChangeKind.NEW, activity("A"))]
    account = Account([activity("A", status=status)], changes, RULE)
    data = make_report(PLAN, PLAN.departments[0], account, template=TEMPLATE, sources=True).data
    document = docx.Document(io.BytesIO(data))
    section = document.sections[0]
    assert section.page_width is not None
    assert section.left_margin is not None
    assert section.right_margin is not None
    width = (section.page_width - section.left_margin - section.right_margin) // 635
    found = list(grids(document))
    assert len(found) == 5
    assert [sum(columns) for columns in found] == [width] * 5
    assert all(min(columns) > 400 for columns in found)


def on_new_page(document: Document) -> dict[str, bool]:
    """Whether the contents and each heading of a chapter's rank begin a page."""
    headings = [document.styles[name].style_id for name in ("TOC Heading", "Heading 1")]
    return {
        words_of(p): p.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None
        for p in document.element.body.iter(qn("w:p"))
        if p.find(f"{qn('w:pPr')}/{qn('w:pStyle')}") is not None and style_of(p) in headings
    }


def test_short_parts_share_pages() -> None:
    """The account begins under the proposal, the goals below it, and the appendices follow one another."""
    changes = [Change(ChangeKind.NEW, activity("A"))]
    assert on_new_page(report(PLAN, Account([activity("A")], changes, RULE))) == {
        "Innehåll": True,
        "Sammanfattning": True,
        "Förslag till beslut": True,
        "Redovisning av arbete för de politiska målen": False,
        "Kommunstyrelsens mål": False,
        "Bilaga: Aktiviteter per enhet": True,
        "Bilaga: Ändrat sedan förra omgången": False,
        "Bilaga: Mål utan aktiviteter": False,
    }


def test_what_comes_first_still_begins_a_page() -> None:
    """Without a proposal the account does, and so does whichever appendix is first."""
    plan = make_plan(with_proposal=False)
    unchanged = [Change(ChangeKind.UNCHANGED, activity("A"))]
    assert on_new_page(report(plan, Account([activity("A")], unchanged))) == {
        "Innehåll": True,
        "Sammanfattning": True,
        "Redovisning av arbete för de politiska målen": True,
        "Kommunstyrelsens mål": False,
        "Bilaga: Mål utan aktiviteter": True,
    }
    changed = [Change(ChangeKind.NEW, activity("A")), *unchanged]
    found = on_new_page(report(plan, Account([activity("A")], changed)))
    assert found["Bilaga: Ändrat sedan förra omgången"]
    assert not found["Bilaga: Mål utan aktiviteter"]


def test_an_empty_rounds_proposal_stands_under_its_summary() -> None:
    """Which is a few lines; without a summary it begins a page."""
    found = on_new_page(report(PLAN, Account([], None, RULE)))
    assert (found["Sammanfattning"], found["Förslag till beslut"]) == (True, False)
    found = on_new_page(report(make_plan(with_summary=False), Account([])))
    assert found["Förslag till beslut"]


def test_what_leads_up_to_all_goals_stays_with_the_first_of_them() -> None:
    """The chapter begins where there is room, and its heading is not left at a page's foot."""
    document = report(PLAN, Account([activity("A")]))
    paragraphs = list(document.element.body.iter(qn("w:p")))
    found = [
        (words_of(p), p.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None) for p in paragraphs
    ]
    at = next(at for at, p in enumerate(found) if p[0].startswith("Här står alla mål"))
    assert found[at - 1][0] == "Kommunstyrelsens mål"
    assert found[at][1]


def kept(document: Document) -> list[tuple[str, bool]]:
    """The paragraphs from an activity's title on, and whether each is kept on the page of the next."""
    found = [
        (words_of(p), p.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None)
        for p in document.element.body.iter(qn("w:p"))
    ]
    at = max(n for n, (text, _) in enumerate(found) if text == "Titeln")
    return found[at:]


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("words", ["kort", "ord " * 300], ids=["short", "long"])
def test_a_page_may_end_between_description_and_status(layout: Layout, words: str) -> None:
    """The title stays with what follows it, and the status with its comment."""
    plan = make_plan(layout=layout)
    only = activity("Titeln", units=(), description=words, comment="Kommentaren")
    found = dict(kept(made(plan, [only])))
    assert found["Titeln"] is (layout is Layout.TABLE)  # elsewhere its style says so
    assert found[words.strip()] is False
    assert found["► Pågående enligt plan"] is True
    assert found["Kommentaren"] is False
    heading = next(s for s in made(plan, []).styles if (s.name or "") == "Heading 3")
    assert heading.element.find(f".//{qn('w:keepNext')}") is not None


@pytest.mark.parametrize("layout", Layout)
def test_when_an_activity_was_last_reported_stays_with_what_it_says(layout: Layout) -> None:
    only = activity("Titeln", units=(), last_reported="T1")
    found = dict(kept(made(make_plan(layout=layout), [only])))
    assert found["Senast redovisat T1"] is True


@pytest.mark.parametrize(
    ("letters", "whole"), [(1, True), (SHORT - 1, True), (SHORT, False), (SHORT + 1, False)]
)
@pytest.mark.parametrize("field", ["description", "comment"])
def test_only_a_long_text_is_divided_between_pages(field: str, letters: int, whole: bool) -> None:
    """A row of fewer letters than that is on one page."""
    text = "x" * letters
    document = made(PLAN, [with_changes(activity("T"), {field: text})])
    (row,) = [r for r in document.element.body.iter(qn("w:tr")) if words_of(r) == text]
    assert (row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None) is whole


def merges(document: Document) -> list[tuple[str, str, bool]]:
    """The first cells of the unit rule's rows: text, how merged, whether the row is kept with the next."""
    result = []
    for row in document.element.body.iter(qn("w:tr")):
        cells = list(row.iter(qn("w:tc")))
        if len(cells) == 5 and words_of(cells[1]).startswith("Minst"):
            merge = cells[0].find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            keep = all(p.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None
                       for p in row.iter(qn("w:p")))  # fmt: skip
            result.append(
                (words_of(cells[0]), "" if merge is None else merge.get(qn("w:val")), keep)
            )
    return result


def test_a_units_name_stands_once_in_the_rule() -> None:
    """In a cell over its rows, which stay on one page; a unit of one row has a cell of its own."""
    rule = [*RULE[:2], RuleTerm("Natt", None, 2, 2, 2), *RULE[2:]]
    assert merges(report(PLAN, Account([activity("A")], None, rule))) == [
        ("Hemtjänst", "restart", True),
        ("", "continue", False),
        ("Natt", "", False),
        ("Bemanning", "restart", True),
        ("", "continue", False),
    ]


def test_the_layout_for_those_who_listen_has_no_merged_cells() -> None:
    """There each row says whose it is."""
    plan = make_plan(layout=Layout.HEADINGS)
    assert [(name, merge) for name, merge, _ in merges(report(plan, Account([], None, RULE)))] == [
        (term.unit, "") for term in RULE
    ]


def test_headings_and_contents_have_no_full_stop_and_lists_keep_theirs() -> None:
    """Whether the plan's goals end with one or not; three dots are no full stop."""
    goals = [replace(SICKNESS, text=text, number=n)
             for n, text in enumerate(("Ett mål.", "Ett annat mål", "Och så vidare..."), 1)]  # fmt: skip
    plan = make_plan(goals=goals)
    written = lines(report(plan, Account([activity("A", goal) for goal in goals])))
    wanted = ["Ett mål", "Ett annat mål", "Och så vidare..."]
    assert [t for s, t in written if s == "Heading 2"][:3] == wanted
    assert [t.split("\t")[1] for s, t in written if s == "toc 2"][:3] == wanted
    bullets = [t for s, t in written if s == "List Bullet"][-3:]
    assert bullets == [goal.text for goal in goals]


@pytest.mark.parametrize("color", [status.color for status in STATUSES])
def test_every_status_is_as_strong(color: str) -> None:
    """A grey is nearly black; colours with a hue stay, for they can be read."""
    shown = strong_on_white(color)
    assert contrast(shown, "FFFFFF") >= (9 if color == "595959" else 4.5)
    assert shown == ("3A3A3A" if color == "595959" else color)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{utskott} godkänner.", "Sociala utskottet godkänner."),
        ("Rapporten. {utskott} kan avslå.", "Rapporten. Sociala utskottet kan avslå."),
        ("Rad ett\n{utskott} kan", "Rad ett\nSociala utskottet kan"),
        (
            "- {utskott} kan\n[ ] {utskott} kan",
            "- Sociala utskottet kan\n[ ] Sociala utskottet kan",
        ),
        ("Rapporten lämnas till {utskott}.", "Rapporten lämnas till sociala utskottet."),
        ("Till: {utskott}", "Till: sociala utskottet"),
        ("({utskott}) {utskott}", "(sociala utskottet) sociala utskottet"),
        ("{minsta antal} krävs, {minsta antal}.", "Två krävs, två."),
        ("{okänt} {utskott}", "{okänt} sociala utskottet"),
    ],
)
def test_a_committee_begins_a_sentence_with_a_capital(text: str, expected: str) -> None:
    """Its name is ordinary words elsewhere."""
    department = replace(PLAN.departments[0], committee="sociala utskottet")
    assert fill(PLAN, text, department=department) == expected


def test_the_programs_template_has_every_style() -> None:
    """So that the municipality can change each in Word."""
    names = {style.name for style in docx.Document(io.BytesIO(make_template())).styles}
    assert {styles.NUMBER, styles.NUMBER_HEAD} <= names
