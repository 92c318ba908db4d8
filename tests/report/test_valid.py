"""Every Word document the program makes follows the schema, so that Word opens it without a word.

A new kind of document is a line in `DOCUMENTS`.
"""

import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from excel_uppsikt.model import Activity, Change, ChangeKind, Layout, Plan, RuleTerm
from excel_uppsikt.report.account import Account
from excel_uppsikt.report.document import make_report
from excel_uppsikt.report.letter import make_letter
from excel_uppsikt.report.template import make_template
from excel_uppsikt.word import pages
from excel_uppsikt.word.publishing import published
from tests.report.test_document import TEMPLATE, activity
from tests.small_rounds import HOMES, SICKNESS, make_plan, with_changes


@cache
def validator() -> OpenXmlValidator:
    """Of the strictest of its formats that every Word in use writes; making it takes longest."""
    return OpenXmlValidator(file_format=FileFormat.OFFICE_2019)


UGLY = {
    "xml": "<w:p>&amp; & < > \" ' ]]> <!-- </w:t> {verksamhet} {{ 7*7 }} {% if %}",
    "scripts": "åäö ÅÄÖ é ñ ß Ωж中文 العربية עברית हिन्दी ไทย 한국어 🙂 👩‍👩‍👧 e\u0301 \u202etxt",
    "control": "\x00\x01\t\x08\x0b\x0c\x1f\x7f\x85\u2028\u2029\ufffe\uffff\ufdd0 \ud800 \r\n \r slut",
    "long word": "x" * 30_000,
    "long text": "ett ord till " * 2_300,
    "blank": " \u00a0\u200b\n\n\n ",
}


def ugly(text: str) -> tuple[Activity, ...]:
    """Activities with the text wherever a text can stand."""
    everywhere = activity(text, description=text, comment=text, units=(text, f"{text}\n{text}"))
    bare = activity("", HOMES, start=None, end=None, status=None, description="", comment="")
    return (
        everywhere,
        activity(f"{text}\n{text}", SICKNESS, whole=True),
        with_changes(bare, {"units": ()}),
    )


def account(plan: Plan, activities: Sequence[Activity]) -> Account:
    """Activities, each new and gone since the last round, and a rule that does not hold."""
    kinds = (ChangeKind.NEW, ChangeKind.GONE, ChangeKind.BACKWARDS)
    changes = [Change(kind, each, "förut", "nu") for each in activities for kind in kinds]
    terms = [RuleTerm(unit.name, goal, 1, 0, 2) for unit in plan.units for goal in (None, SICKNESS)]
    return Account(activities, changes, terms)


def report(layout: Layout, *activities: Activity) -> bytes:
    """A department's report with every part that there is, in the coordinator's copy."""
    plan = make_plan(layout=layout)
    of_round = account(plan, activities)
    department = plan.departments[0]
    return make_report(plan, department, of_round, template=TEMPLATE, sources=True).data


def ugly_round(text: str) -> bytes:
    """A report whose plan has the text wherever a text can stand."""
    goals = (replace(HOMES, text=text, area=text), SICKNESS)
    texts = [(name, text, f"{text}\n- {text}") for name in ("Inledning", "Avgränsning")]
    plan = make_plan(
        goals=goals, texts=texts, municipality=text, report_title=text, reference=text, period=text
    )
    department = replace(plan.departments[0], name=text, committee=text, responsible=text)
    of_round = account(plan, ugly(text))
    return make_report(plan, department, of_round, template=TEMPLATE).data


def letter() -> bytes:
    """A report's letter."""
    plan = make_plan(reference="KS 2024/7")
    of_round = account(plan, [activity("A")])
    return make_letter(plan, plan.departments[0], of_round, template=TEMPLATE)


def clean_copy() -> bytes:
    """A report made ready to publish."""
    clean = published(report(Layout.TABLE, activity("A")), author="Ånge kommun")
    assert isinstance(clean, bytes)
    return clean


DOCUMENTS: Mapping[str, Callable[[], bytes]] = {
    "report template": make_template,
    "letter": letter,
    "clean copy": clean_copy,
    **{
        f"report, {layout.value}, {name}": partial(report, layout, *activities)
        for layout in Layout
        for name, activities in (
            ("plain", (activity("A"), activity("B", SICKNESS))),
            ("nothing in it", ()),
            *((name, ugly(text)) for name, text in UGLY.items()),
        )
    },
    **{f"report, plan of {name}": partial(ugly_round, text) for name, text in UGLY.items()},
}


def faults(document: bytes, folder: Path) -> list[str]:
    """What the validator says of a document, with the place of each fault."""
    path = folder / "dokument.docx"
    path.write_bytes(document)
    return [str(error) for error in validator().validate(path).errors]


@pytest.mark.parametrize("name", list(DOCUMENTS))
def test_it_follows_the_schema(name: str, tmp_path: Path) -> None:
    """Elements, their order, values, ids and references: nothing is found."""
    assert faults(DOCUMENTS[name](), tmp_path) == []


def test_contents_without_page_numbers_follow_the_schema(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where pages cannot be measured, entries are cut short and the field is changed."""
    monkeypatch.setattr(pages, "libreoffice", lambda: None)
    document, measured = pages.with_page_numbers(report(Layout.TABLE, activity("A")))
    assert not measured
    assert faults(document, tmp_path) == []


def _swapped(one: str, other: str) -> tuple[str, str]:
    return rf"(<w:{one}\b[^>]*/>)(<w:{other}\b[^>]*/>)", r"\2\1"


@pytest.mark.parametrize(
    ("pattern", "instead"),
    [
        _swapped("pStyle", "keepNext"),
        _swapped("b", "color"),
        _swapped("tblCaption", "tblDescription"),
        ('w:fldCharType="begin"', 'w:fldCharType="start"'),
        (r"<w:keepNext/>", "<w:keepNexts/>"),
        (r"(</w:tcPr>)<w:p>.*?(</w:tc>)", r"\1\2"),
        ('<w:bookmarkStart w:id="2"', '<w:bookmarkStart w:id="1"'),
        ('w:val="BodyText"', 'w:val="Saknas"'),
    ],
    ids=["pPr", "rPr", "tblPr", "value", "unknown", "empty cell", "same id", "no such style"],
)
def test_the_validator_finds_what_word_would_stumble_on(
    pattern: str, instead: str, tmp_path: Path
) -> None:
    """Else nothing found would mean nothing: one fault at a time, in an otherwise good report."""
    good, broken = tmp_path / "bra.docx", tmp_path / "trasig.docx"
    good.write_bytes(report(Layout.TABLE, activity("A")))
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                part = re.sub(pattern, instead, part.decode(), count=1).encode()
                assert part != source.read(name)
            target.writestr(name, part)
    assert faults(broken.read_bytes(), tmp_path) != []
