"""How many whole sentences of a deviation's reason are told, as far as the page has room for them."""

import pytest
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from excel_uppsikt.report.activities import anchor
from excel_uppsikt.report.deviations import deviations_in_words, told_deviations
from excel_uppsikt.report.manuscript import Manuscript
from excel_uppsikt.report.room import Page
from tests.report.test_document import TEMPLATE, activity
from tests.small_rounds import STATUSES, make_plan

PLAN = make_plan()
LATE = next(status for status in STATUSES if status.deviation)
# Each longer than a line of the page.
SENTENCES = [f"{letter * 120}." for letter in "abc"]


def told(lines: int) -> list[list[str]]:
    """The sentences told of each of two deviations, with room for so many lines beside the first ones."""
    script = Manuscript(PLAN, PLAN.departments[0], TEMPLATE)
    page = Page(script)
    both = [
        activity(name, id=f"2-{name}", status=LATE, comment=" ".join(SENTENCES)) for name in "AB"
    ]
    first = told_deviations(both, 170)
    heads = sum(page.bullet(head + reason) for _, head, reason in first)
    page.left = heads + lines * 290
    xml = [str(piece) for piece in deviations_in_words(script, first, page)]
    assert len(xml) == 2
    return [[one[0] for one in SENTENCES if one in piece] for piece in xml]


@pytest.mark.parametrize("lines", range(10))
def test_what_is_told_of_one_is_taken_from_the_room_for_the_next(lines: int) -> None:
    """A sentence takes one line or two here, and four more have room at most."""
    first, second = told(lines)
    assert first == list("abc")[: len(first)]
    assert second == list("abc")[: len(second)]
    more = len(first) + len(second) - 2
    assert more <= lines
    assert len(first) == 3 or len(second) == 1
    assert more == 4 or lines < 8


def written(named: list[str], room: int, reason: str) -> list[tuple[str, str]]:
    """What is told of deviations by these titles, each text with the Id that it links to."""
    script = Manuscript(PLAN, PLAN.departments[0], TEMPLATE)
    page = Page(script)
    page.left = room
    late = [
        activity(title, id=f"2-{at}", status=LATE, comment=reason)
        for at, title in enumerate(named, 1)
    ]
    ids = {anchor(one): one.id for one in late}
    told = deviations_in_words(script, told_deviations(late, 170), page)
    texts: list[tuple[str, str]] = []
    for piece in told:
        for part in etree.fromstring(f"<all {nsdecls('w')}>{piece}</all>")[0]:
            text = "".join(one.text or "" for one in part.iter(qn("w:t")))
            texts += [(text, ids.get(part.get(qn("w:anchor")) or "", ""))] if text else []
    return texts


# Of 44 letters, which all have room, and of one more.
WHOLE_TITLE = "Införa tio trygghetskameror på äldreboendena"
LONG_TITLE = f"{WHOLE_TITLE}s"
STATUS = f" {LATE.symbol} {LATE.name}."
LINES = "Skäl " * 20


@pytest.mark.parametrize(
    ("named", "room", "reason", "expected"),
    [
        # A line is 290 twentieths of a point here, and 10 come after each paragraph.
        (["A", "B"], 600, "", [("A.", "2-1"), (STATUS, ""), ("B.", "2-2"), (STATUS, "")]),
        (
            ["A", f"{WHOLE_TITLE}.", "", LONG_TITLE],
            890,
            "",
            [
                ("A.", "2-1"),
                (STATUS, ""),
                ("Och 3 avvikelser till, i kapitel 1: ", ""),
                (WHOLE_TITLE, "2-2"),
                ("; ", ""),
                ("Utan titel", "2-3"),
                ("; ", ""),
                ("Införa tio trygghetskameror på …", "2-4"),
            ],
        ),
        (
            ["A", "B"],
            890,
            LINES,
            [
                ("A.", "2-1"),
                (f"{STATUS} {LINES.strip()}", ""),
                ("Och 1 avvikelse till, i kapitel 1: ", ""),
                ("B", "2-2"),
            ],
        ),
        # Eight are named beside those that are told, nine are too many.
        (
            [*"ABCDEFGHI"],
            600,
            "",
            [
                ("A.", "2-1"),
                (STATUS, ""),
                ("Och 8 avvikelser till, i kapitel 1: ", ""),
                ("B", "2-2"),
                *(one for at, name in enumerate("CDEFGHI", 3)
                  for one in (("; ", ""), (name, f"2-{at}"))),
            ],
        ),
        (
            [*"ABCDEFGHIJ"],
            600,
            "",
            [("A.", "2-1"), (STATUS, ""), ("Och 9 avvikelser till, i kapitel 1.", "")],
        ),
        ([*"AB"], 300, "", [("2 avvikelser framgår av kapitel 1.", "")]),
        (["A"], 0, "", [("1 avvikelse framgår av kapitel 1.", "")]),
        ([], 0, "", [("Ingen aktivitet har avvikelse.", "")]),
    ],
)  # fmt: skip
def test_those_that_have_no_room_are_named_where_they_are_few_and_else_counted(
    named: list[str], room: int, reason: str, expected: list[tuple[str, str]]
) -> None:
    assert written(named, room, reason) == expected
    # A twentieth of a point less is less than what fills the page.
    assert room < 600 or written(named, room - 1, reason) != expected


def test_a_word_that_no_line_holds_is_cut_and_not_left_out() -> None:
    """As an address on the web, in a reason or instead of a title."""
    address = "https://exempel.se/" + "mapp/" * 60
    assert written(["A", address], 600, address) == [
        ("A.", "2-1"),
        (f"{STATUS} {address[:44]} …", ""),
        ("Och 1 avvikelse till, i kapitel 1: ", ""),
        (f"{address[:44]} …", "2-2"),
    ]


def test_after_a_sentence_that_is_cut_no_other_is_told() -> None:
    """It would be taken for what follows, though words are left out between them."""
    first = "ord " * 50
    assert written(["A"], 5_000, f"{first.strip()}. Sist.") == [
        ("A.", "2-1"),
        (f"{STATUS} {first[:167].strip()} …", ""),
    ]
