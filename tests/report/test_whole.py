"""The report says what the compilation says, all of it and in order, and its pages break well."""

import io
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import docx
import pypdf
import pytest
from hypothesis import given, settings

from excel_uppsikt.form.values import FormRow
from excel_uppsikt.language.text import clean
from excel_uppsikt.model import (
    Activity,
    Change,
    ChangeKind,
    Compilation,
    Layout,
    Line,
    Plan,
    RuleTerm,
    Values,
)
from excel_uppsikt.report.account import Account
from excel_uppsikt.report.document import make_report
from excel_uppsikt.rounds.reports import write_reports
from excel_uppsikt.rounds.results import Extras, Review
from excel_uppsikt.word.pages import libreoffice, with_page_numbers
from samples.build import read_toml, sample_plan
from tests.corpus.gallery import PLAN
from tests.endurance import tries
from tests.libreoffice import converted, needs_libreoffice
from tests.report.test_document import TEMPLATE, activity, lines
from tests.small_rounds import STATUSES, check, make_plan, own_form
from tests.test_properties import FILLINGS, by_goal


def has_calibri() -> bool:
    """Whether the report's font, or one as wide, is there; with others as much takes more pages."""
    program = shutil.which("fc-match")
    if program is None:
        # As on Windows, where it comes with Word.
        return True
    command = [program, "--format=%{family}", "Calibri"]
    found = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  our own
    return found.stdout in ("Calibri", "Carlito")


needs_calibri = pytest.mark.skipif(
    not has_calibri(), reason="neither Calibri nor Carlito (fonts-crosextra-carlito) is installed"
)
_TYPED = re.compile(r"^(?:[•·▪◦‣●]|[-–—*])\s+")


def told(texts: Sequence[str]) -> list[str]:
    """Texts as lines with nothing at their ends; a typed list mark is the bullet's own to show."""
    return [
        _TYPED.sub("", line.strip()) for text in texts for line in clean(text).split("\n") if line.strip()
    ]  # fmt: skip


def expected(plan: Plan, activities: Sequence[Activity]) -> Iterator[str]:
    """What the compilation says of each goal that has activities, in the report's order."""
    for goal in plan.goals_by_number:
        toward = [a for a in activities if a.goal.number == goal.number]
        if toward:
            yield from told([goal.text.removesuffix(".")])
        for a in toward:
            yield from told([a.values.title or "–"])
            yield from a.values.units
            yield from (day.isoformat() if day else "–" for day in (a.values.start, a.values.end))
            yield from told([a.values.description])
            yield (
                f"{a.values.status.symbol} {a.values.status.name}"
                if a.values.status
                else "Status: –"
            )
            yield from told([a.values.comment])


def extracted(report: bytes) -> list[str]:
    """The text of the sections with goals, without the tables' headings."""
    written = lines(docx.Document(io.BytesIO(report)))
    starts = [at for at, (style, _) in enumerate(written) if style == "Heading 2"]
    end = next(at for at in starts if written[at][1] == "Rapportering och uppföljning")
    kept = [text for style, text in written[starts[0] : end] if style != "Uppsikt tabellhuvud"]
    return told(kept)


@settings(max_examples=tries(8, 1_000))
@given(FILLINGS)
def test_the_reports_text_is_the_compilations(filling: list[tuple[int, FormRow]]) -> None:
    """For any round: goals, titles, units, dates, texts and statuses, nothing more and nothing less."""
    with tempfile.TemporaryDirectory() as name:
        inbox = {"Form.xlsx": own_form(PLAN, PLAN.units[0].name, by_goal(filling))}
        checked = check(Path(name) / "omgång", PLAN, inbox)
    approved = [a for a in checked.compilation.approved if a.department == PLAN.departments[0].name]
    report = make_report(PLAN, PLAN.departments[0], Account(approved), template=TEMPLATE).data
    assert extracted(report) == list(expected(PLAN, approved))


def sample_activities(plan: Plan) -> list[Activity]:
    """The real round's activities."""
    statuses = {status.name: status for status in plan.statuses}
    goals = {goal.number: goal for goal in plan.goals}
    return [
        Activity(
            values=Values(
                title=a["title"],
                units=tuple(a["units"]),
                whole=not a["units"],
                start=a["start"],
                end=a["end"],
                description=a["description"].strip(),
                status=statuses[a["status"]],
                comment=a["comment"].strip(),
            ),
            id=f"{at}",
            goal=goals[a["goal"]],
            department=plan.departments[0].name,
        )
        for at, a in enumerate(read_toml("ange-2024-aktiviteter")["activity"])
    ]


def pages(report: bytes, count: int | None = None) -> list[list[str]]:
    """The lines of each page but for its running head and foot; of the first ones where a count is given."""
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "rapport.docx"
        source.write_bytes(report)
        # The PDF that is handed out is worked over for screen readers, which moves nothing on its pages.
        read = pypdf.PdfReader(converted(source.parent, [source.name], "pdf") / "rapport.pdf")
        return [
            [line.strip() for line in page.extract_text().splitlines() if line.strip()][2:-1]
            for page in read.pages[:count]
        ]


def varied(plan: Plan, count: int) -> list[Activity]:
    """Activities with texts of all lengths, so that pages end everywhere."""
    return [
        activity(
            f"Aktivitet {n:03} med en titel som är lång nog att ta två rader i tabellens kolumn",
            plan.goals[n % len(plan.goals)],
            id=str(n),
            description="Ord som fyller. " * (n * 7 % 61),
            comment="Läget är detta. " * (n * 11 % 83),
            units=("Hemtjänst", "Bemanning")[: n % 3],
        )
        for n in range(count)
    ]


@needs_libreoffice
@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("real", [True, False], ids=["the real round", "texts of all lengths"])
def test_no_heading_or_title_stands_alone_at_the_foot_of_a_page(layout: Layout, real: bool) -> None:
    """What follows it stands on the same page: a chapter's, goal's or activity's heading, a table's head."""
    plan = sample_plan("ange-2024") if real else make_plan()
    plan = replace(plan, settings=replace(plan.settings, layout=layout))
    activities = sample_activities(plan) if real else varied(plan, 60)
    report = make_report(plan, plan.departments[0], Account(activities), template=TEMPLATE).data
    styles = ("heading 1", "heading 2", "heading 3", "uppsikt mellanrubrik", "uppsikt aktivitet")
    heads = {
        "".join(text.split())
        for style, text in lines(docx.Document(io.BytesIO(report)))
        if style.casefold() in styles
    }
    heads -= {a.values.start.isoformat() for a in activities if a.values.start}
    heads -= {a.values.end.isoformat() for a in activities if a.values.end}
    alone = []
    for number, page in enumerate(pages(report), 1):
        # A heading may take several lines, so the end of the page is looked at as a whole.
        end = "".join("".join(page[-4:]).split())
        if page[-1].startswith("•"):  # goals stand as bullets too
            continue
        dates = re.sub(r"(\d{4}-\d\d-\d\d){1,2}$", "", end)
        if any(dates.endswith(head) for head in heads) or end.endswith("StartdatumSlutdatum"):
            alone.append((number, page[-3:]))
    assert alone == []


@needs_libreoffice
@needs_calibri
def test_the_summary_takes_one_page() -> None:
    """In the real round, and in one with all its goals, many deviations and changes."""
    plan = sample_plan("ange-2024")
    real = sample_activities(plan)
    rule = [RuleTerm(u.name, None, 1, 1, 2) for u in plan.units]
    late = [
        activity(f"{a.values.title} {n}", plan.goals[n % 20], id=str(n),
                 comment=a.values.comment or "Ord. " * 40, status=STATUSES[2 + 2 * (n % 2)],
                 department=a.department)
        for n, a in enumerate(real * 2)
    ]  # fmt: skip
    changes = [Change(kind, a, "förut", "nu") for a in late for kind in ChangeKind]
    for activities, since in ((real, None), (late, changes)):
        account = Account(activities, since, rule)
        report = make_report(plan, plan.departments[0], account, template=TEMPLATE).data
        at = [page[0] for page in pages(report, 4)[1:]]
        assert at[1:3] == ["Sammanfattning", "Förslag till beslut"]


@needs_libreoffice
def test_reports_and_pdf_are_tagged_and_titled(tmp_path: Path) -> None:
    """--pdf gives a file beside the report that says its language, title and structure."""
    plan = make_plan()
    compilation = Compilation((Line(activity("A"), None),))
    reviewed = Review(tmp_path, plan, compilation, ())
    (report,) = write_reports(reviewed, extras=Extras(pdf=True)).reports
    pdf = next(w.path for w in report.written if w.path.suffix == ".pdf")
    assert pdf.stem == report.written[0].path.stem
    read = pypdf.PdfReader(str(pdf))
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert "/StructTreeRoot" in root  # type: ignore[operator]
    assert str(root["/Lang"]) == "sv-SE"  # type: ignore[index]
    assert read.metadata is not None
    assert read.metadata.title == "Uppsiktsrapport till kommunstyrelsen: Social verksamhet 2024 T1"
    assert report.faults == ()
    assert report.numbered


def test_contents_are_measured_or_have_no_numbers() -> None:
    """With unnumbered headings among them: each entry has a page, or none has."""
    data, measured = with_page_numbers(
        make_report(
            make_plan(), make_plan().departments[0], Account([activity("A")]), template=TEMPLATE
        ).data
    )
    entries = [text for style, text in lines(docx.Document(io.BytesIO(data))) if style[:3] == "toc"]
    assert measured is (libreoffice() is not None)
    assert all(re.search(r"\t\d+$", entry) for entry in entries) is measured
    assert [entry.split("\t")[0] for entry in entries] == [
        "Sammanfattning", "Förslag till beslut", "1", "1.1", "1.2", "1.3", "2",
        "Bilaga: Mål utan aktiviteter",
    ]  # fmt: skip
