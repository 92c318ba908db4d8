"""Each activity in the report: whom it concerns, when it is, and its texts with real lists."""

from datetime import date
from pathlib import Path

import docx
import pytest

from excel_uppsikt.model import Layout
from excel_uppsikt.rounds.reports import review_round, write_reports
from excel_uppsikt.rounds.workbooks import write_compilation
from tests.report.test_document import activity, lines, made
from tests.report.test_parts import words
from tests.small_rounds import check, make_plan, own_form, row, shared_form, with_changes

WHOLE = "Hela verksamheten"


def under(title: str, layout: Layout, **changes: object) -> list[tuple[str, str]]:
    """What the report says of one activity, from its title to the next section."""
    only = with_changes(activity(title), changes)
    written = lines(made(make_plan(layout=layout), [only]))
    at = next(n for n, (s, t) in enumerate(written)
              if t == title and s in ("Uppsikt aktivitet", "Heading 3"))  # fmt: skip
    end = next(n for n in range(at, len(written)) if written[n][0] == "Heading 2")
    return written[at:end]


@pytest.mark.parametrize(
    ("units", "whole", "expected"),
    [
        (("Hemtjänst", "Bemanning"), True, [WHOLE, "Hemtjänst", "Bemanning"]),
        (("Hemtjänst",), False, ["Hemtjänst"]),
        ((), True, []),
        ((), False, ["Enhet saknas"]),
    ],
)
@pytest.mark.parametrize("layout", Layout)
def test_whom_an_activity_concerns(
    layout: Layout, units: tuple[str, ...], whole: bool, expected: list[str]
) -> None:
    """The whole department and units alike; one of the whole department alone lists nothing.

    One that is nobody's is not the whole department's.
    """
    told = under("Titeln", layout, units=units, whole=whole, description="", comment="")
    bullets = [text for style, text in told if style in ("Uppsikt enhet", "List Bullet")]
    assert bullets == expected
    assert (("Body Text", "Enheter:") in told) is (layout is Layout.HEADINGS and bool(expected))


FIRST, LAST = date(2024, 1, 15), date(2024, 9, 30)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (FIRST, LAST, "Tid: 2024-01-15 till 2024-09-30"),
        (FIRST, None, "Tid: från 2024-01-15"),
        (None, LAST, "Tid: till 2024-09-30"),
        (None, None, "Tid: –"),
    ],
)
def test_the_time_in_words(start: date | None, end: date | None, expected: str) -> None:
    """Whichever of the dates is known is told."""
    assert under("Titeln", Layout.HEADINGS, start=start, end=end)[1] == ("Body Text", expected)


TEXT, BULLET = "Uppsikt aktivitetstext", "Uppsikt enhet"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- ett\n- två", [(BULLET, "ett"), (BULLET, "två")]),
        ("Vi gör:\n- ett\n- två\nKlart.",
         [(TEXT, "Vi gör:"), (BULLET, "ett"), (BULLET, "två"), (TEXT, "Klart.")]),
        ("– ett\n* två\n— tre", [(BULLET, "ett"), (BULLET, "två"), (BULLET, "tre")]),
        ("• ensam", [(BULLET, "ensam")]),
        ("▪ ett\nord\n● två", [(BULLET, "ett"), (TEXT, "ord"), (BULLET, "två")]),
        ("- ensam", [(TEXT, "- ensam")]),
        ("- ett\nord\n- två", [(TEXT, "- ett"), (TEXT, "ord"), (TEXT, "- två")]),
        ("- ett\n\n- två", [(BULLET, "ett"), (BULLET, "två")]),
        ("-5 grader\n-3 grader", [(TEXT, "-5 grader"), (TEXT, "-3 grader")]),
        ("•utan mellanrum", [(TEXT, "•utan mellanrum")]),
        ("•", [(TEXT, "•")]),
        ("- \n- ett", [(TEXT, "-"), (TEXT, "- ett")]),
        ("ord - ord\nord • ord", [(TEXT, "ord - ord"), (TEXT, "ord • ord")]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("field", ["description", "comment"])
def test_typed_lists_become_real_ones(
    field: str, text: str, expected: list[tuple[str, str]]
) -> None:
    """Typed bullets and dashes in a row are taken away; a dash that stands apart is text."""
    empty: dict[str, object] = {"description": "", "comment": "", "units": (), "status": None}
    told = under("Titeln", Layout.TABLE, whole=True, **{**empty, field: text})
    assert [line for line in told if line[0] in (TEXT, BULLET)] == expected


def test_the_rules_common_activities_are_the_departments_alone(tmp_path: Path) -> None:
    """Another unit's own is in nobody else's count; what is common is told for each unit."""
    plan = make_plan(units=("Hemtjänst", "Bemanning", "Natt"))
    inbox = {
        "Hemtjänst.xlsx": own_form(plan, "Hemtjänst", {2: [row("A"), row("B")], 1: [row("S")]}),
        "Bemanning.xlsx": own_form(plan, "Bemanning", {2: [row("C")]}),
        "Gemensamt.xlsx": shared_form(plan, {2: [row("G", units="Hela verksamheten")]}),
    }
    checked = check(tmp_path / "omgång", plan, inbox)
    write_compilation(checked)
    (report,) = write_reports(review_round(checked.folder)).reports
    written = words(lines(docx.Document(str(report.written[0].path))))
    at = written.index("Uppfyllt")
    rows = [written[n : n + 5] for n in range(at + 1, at + 31, 5)]
    assert [(name, own, common) for name, _, own, common, _ in rows] == [
        ("Hemtjänst", "2", "1"),
        ("", "1", "0"),
        ("Bemanning", "1", "1"),
        ("", "0", "0"),
        ("Natt", "0", "1"),
        ("", "0", "0"),
    ]
