"""The samples, from plan to report, and whether what is committed is what the program makes."""

import io
import json
import re
import shutil
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from excel_uppsikt.checks.units import unit_terms
from excel_uppsikt.cli import commands
from excel_uppsikt.excel.reading import UnreadableError, read_workbook, read_workbook_bytes
from excel_uppsikt.rounds import checking as pipeline
from samples import build

ROOT = Path(__file__).parent.parent
SAMPLES = ("samples/ange-2024", "samples/ange-2024-t2", "samples/fel-i-varje-fil")
# The real report's goals that have activities, with how many each has, in its order.
GOALS = (
    ("Sjukfrånvaron ska minska.", 1),
    ("Andelen anställda som nyttjar kommunens friskvårdsbidrag ska öka.", 1),
    ("Ånge kommun ska stimulera till utveckling av hälsofrämjande arbetsplatser.", 7),
    ("I kommunen ska erbjudas fler utbildningsplatser inom eftergymnasial utbildning.", 6),
    (
        "Skapa ett ökat utbud av aktiviteter för alla, genom avtalssamverkan med "
        "föreningslivet/civilsamhället.",
        1,
    ),
    ("Skapa ett ökat utbud av aktiviteter för äldre i våra verksamheter.", 10),
    ("Andelen niondeklassare som klarar gymnasiebehörighet ska öka.", 1),
    ("Kommunens ungdomar ska känna ökad trygghet.", 5),
    ("Antalet arbetstillfällen, räknat som heltid, ska öka.", 1),
    ("Ånge kommun ska utveckla arbetet med jämställdhet.", 1),
    ("Ånge ska ha ett positivt flyttnetto.", 1),
)
AREAS = (
    ("Mål inom målområde Barn och Unga", 5),
    ("Mål inom målområde Vuxna", 4),
    ("Mål inom målområde Äldre +65", 3),
    ("Mål inom målområde Tillväxt", 7),
    ("Verksamhetsmål för god ekonomisk hushållning", 1),
)


@pytest.fixture(scope="module")
def real_round(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the real round, run once."""
    folder = tmp_path_factory.mktemp("samples") / "ange-2024"
    shutil.copytree(ROOT / "samples/ange-2024", folder)
    assert commands.run(folder) == 0
    return folder


def content(path: Path, data: bytes) -> object:
    """What a file says, whichever version of a library packed it."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return {name: parts.read(name) for name in parts.namelist() if name.endswith(".xml")}
    if path.suffix == ".xlsx":
        try:
            workbook = read_workbook_bytes(data)
        except UnreadableError as error:
            return error.reason.value
        return workbook.sheets, workbook.properties
    return data.decode()


def test_what_is_committed_is_what_the_program_makes() -> None:
    """Samples and ready-made workbooks are up to date; `make samples` makes them anew."""
    made = dict(build.everything())
    there = {
        path.relative_to(ROOT)
        for folder in (*SAMPLES, "workbook_templates")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "ut" not in path.relative_to(ROOT).parts
    }
    assert there == set(made)
    stale = [
        p for p, data in made.items() if content(p, (ROOT / p).read_bytes()) != content(p, data)
    ]
    assert stale == []


def test_the_real_round_is_as_the_units_handed_it_in(real_round: Path) -> None:
    """7 workbooks, 41 rows and 35 activities with the real report's goals and statuses."""
    plan, _ = pipeline.load_plan(real_round)
    checked = pipeline.check(real_round, plan)
    assert len(checked.collection.submissions) == 7
    assert sum(len(s.entries) for s in checked.collection.submissions) == 41
    goals = Counter(activity.goal.text for activity in checked.activities)
    assert tuple((goal, goals[goal]) for goal, _ in GOALS) == GOALS
    assert sum(goals.values()) == 35
    statuses = Counter(a.values.status.name for a in checked.activities if a.values.status)
    assert statuses == {
        "Pågående enligt plan": 20,
        "Avslutad enligt plan": 8,
        "Ej påbörjad": 6,
        "Avslutad med avvikelse": 1,
    }


def test_the_real_round_gives_only_what_is_true_of_it(real_round: Path) -> None:
    """Its slips are found: statuses against dates, a left-over XXX, fewer than promised."""
    plan, _ = pipeline.load_plan(real_round)
    findings = pipeline.check(real_round, plan).findings
    # C402 once in each of the six workbooks that hold the shared activity of goal 2.
    assert Counter(f.code for f in findings) == {
        "C402": 7,
        "C403": 1,
        "C404": 6,
        "C405": 2,
        "R308": 1,
    }
    assert [f.value for f in findings if f.code == "R308"] == ["XXX"]


def test_the_unit_rule_holds_only_with_common_activities(real_round: Path) -> None:
    """Without them each unit lacks sickness absence, and Bemanning has one activity of two."""
    plan = build.sample_plan("ange-2024")
    checked = pipeline.check(real_round, plan)
    terms = [t for unit in plan.units for t in unit_terms(plan, checked.activities, unit)]
    assert all(term.holds for term in terms)
    alone = replace(plan, settings=replace(plan.settings, common_counts=False))
    without = pipeline.check(real_round, alone)
    lacking = [(f.code, f.value) for f in without.findings if f.code.startswith("U")]
    expected = [("U502", unit.name) for unit in plan.units] + [("U501", "Bemanning")]
    assert sorted(lacking) == sorted(expected)


# Every part of the real report's form, in its order, and what this one has beyond it.
PARTS = (
    ("Uppsikt kommun", "Ånge kommun"),
    ("Title", "Uppsiktsrapport till kommunstyrelsen"),
    ("Subtitle", "Social verksamhet, 2024 T1"),
    ("TOC Heading", "Innehåll"),
    ("Heading 1", "Sammanfattning"),
    ("Heading 1", "Förslag till beslut"),
    ("Heading 1", "Redovisning av arbete för de politiska målen"),
    *(("Heading 2", goal.removesuffix(".")) for goal, _ in GOALS),
    ("Heading 2", "Rapportering och uppföljning"),
    ("Heading 2", "Avgränsning"),
    ("Heading 1", "Kommunstyrelsens mål"),
    ("Heading 1", "Bilaga: Aktiviteter per enhet"),
    ("Heading 1", "Bilaga: Mål utan aktiviteter"),
)


def opened(folder: Path) -> Document:
    """The round's report."""
    (path,) = (folder / "ut/rapporter").glob("*.docx")
    assert path.name == "Uppsiktsrapport Social verksamhet 2024 T1.docx"
    return docx.Document(str(path))


def test_the_real_rounds_report_has_every_part_in_order(real_round: Path) -> None:
    """Cover, contents, account, 1.1 to 1.11, the two closing sections, all goals; numbered as there."""
    document = opened(real_round)
    styles = {style for style, _ in PARTS}
    parts = [(p.style.name, p.text) for p in document.paragraphs if p.style]
    assert tuple(part for part in parts if part[0] in styles) == PARTS
    entries = [text.split("\t") for style, text in parts if (style or "").startswith("toc")]
    numbers = ["1", *(f"1.{number}" for number in range(1, 14)), "2"]
    assert [entry[0] for entry in entries if entry[0][0].isdecimal()] == numbers
    words = "".join(t.text or "" for t in document.sections[0].footer._element.iter(qn("w:t")))
    assert re.fullmatch(r"Sida \d+ av \d+", words)
    assert [p.text for p in document.sections[0].header.paragraphs] == [
        "Uppsiktsrapport till kommunstyrelsen",
        "Social verksamhet",
    ]


def test_the_real_rounds_report_holds_all_activities_and_goals(real_round: Path) -> None:
    """All 35 activities under their goals, with a repeated header row, and the 20 goals by area."""
    document = opened(real_round)
    head = ["Verksamhetens aktiviteter", "Startdatum", "Slutdatum"]
    tables = [t for t in document.tables if [cell.text for cell in t.rows[0].cells] == head]
    titles = [
        [row.cells[0].paragraphs[0].text for row in t.rows[1:] if row.cells[0]._tc.grid_span == 1]
        for t in tables
    ]
    goals = [goal for goal, _ in GOALS]
    assert tuple((goal, len(t)) for goal, t in zip(goals, titles, strict=True)) == GOALS
    written = build.read_toml("ange-2024-aktiviteter")["activity"]
    assert [title for table in titles for title in table] == [a["title"] for a in written]
    for table in document.tables:
        marked = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
        assert marked == [True] + [False] * (len(table.rows) - 1)
    texts = [p.text for p in document.paragraphs]
    expected: list[str] = []
    remaining = [g.text for g in build.sample_plan("ange-2024").goals]
    for area, count in AREAS:
        expected += [area, *remaining[:count]]
        remaining = remaining[count:]
    at = texts.index(expected[0])
    assert texts[at : at + len(expected)] == expected


def test_the_faulty_round_gives_exactly_what_its_readme_lists(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every finding of the second sample stands in its README's table, and nothing else; exit 1."""
    folder = tmp_path / "fel"
    shutil.copytree(ROOT / "samples/fel-i-varje-fil", folder)
    lines = (folder / "README.md").read_text("utf-8").splitlines()
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines if line[:1] == "|"
    ]
    listed = [tuple("" if c == "–" else c for c in (r[0], *r[2:])) for r in rows[2:]]
    assert commands.check(folder, as_json=True) == 1
    told = json.loads(capsys.readouterr().out)
    found = [
        (f["file"] or f["value"], f["code"], f["sheet"] or "", f["cell"] or "")
        for f in told["findings"]
    ]
    assert sorted(found) == sorted(listed)
    assert commands.run(folder) == 1
    assert (folder / "ut/sammanstallning.xlsx").is_file()
    assert len(list((folder / "ut/rapporter").iterdir())) == 1


def test_running_twice_gives_the_same(real_round: Path) -> None:
    """The same compilation cells and the same report, and no file beside it."""
    compilation = real_round / "ut/sammanstallning.xlsx"
    (report,) = (real_round / "ut/rapporter").iterdir()
    before = read_workbook(compilation).sheets, report.read_bytes()
    assert commands.run(real_round) == 0
    assert (read_workbook(compilation).sheets, report.read_bytes()) == before
    assert list((real_round / "ut/rapporter").iterdir()) == [report]
