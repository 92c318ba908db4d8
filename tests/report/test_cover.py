"""The cover bears the municipality's arms: a picture in the round's folder, or the template's own."""

import io
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Cm

from excel_uppsikt.cli import commands
from excel_uppsikt.report.account import Account
from excel_uppsikt.report.cover import arms_of
from excel_uppsikt.report.document import make_report
from excel_uppsikt.report.template import TemplateError
from excel_uppsikt.rounds.reports import review_round, write_reports
from excel_uppsikt.word.accessibility import faults
from tests.report.test_document import TEMPLATE, activity, lines
from tests.report.test_template import as_file
from tests.report.test_valid import faults as schema_faults
from tests.small_rounds import make_plan, make_round

PLAN = make_plan()
PICTURE = Path(__file__).parents[2] / "docs" / "formular.png"
ARMS = PICTURE.read_bytes()
TOLD = "Vapen: Ånge kommun"
SPOILT = (
    r"^Bilden med kommunens vapen \(vapen\.png eller vapen\.jpg\) kan inte läsas\. Spara den som PNG "
    r"eller JPG och kör igen, eller ta bort filen\.$"
)


def report(template: bytes = TEMPLATE, arms: bytes | None = None) -> bytes:
    """A report."""
    account = Account([activity("A")])
    return make_report(PLAN, PLAN.departments[0], account, template=template, arms=arms).data


def told(data: bytes) -> list[str]:
    """The alternative texts of the pictures before the contents."""
    document = docx.Document(io.BytesIO(data))
    found = []
    for paragraph in document.paragraphs:
        if paragraph.text == "Innehåll":
            break
        found += [mark.get("descr", "") for mark in paragraph._p.iter(qn("wp:docPr"))]
    return found


def with_head(*, first_differs: bool, in_first: bool = False) -> bytes:
    """A template with a picture in its head."""
    own = docx.Document()
    section = own.sections[0]
    section.different_first_page_header_footer = first_differs
    head = section.first_page_header if in_first else section.header
    head.paragraphs[0].add_run().add_picture(str(PICTURE), width=Cm(3))
    return as_file(own)


def with_draft() -> bytes:
    """A template whose text, a draft without any field, begins with a picture."""
    own = docx.Document()
    own.add_paragraph().add_run().add_picture(str(PICTURE), width=Cm(3))
    own.add_paragraph("Utkast")
    return as_file(own)


def with_front() -> bytes:
    """A template with a front page of its own, where its picture stands."""
    own = docx.Document()
    own.add_paragraph("{rapporttitel}").add_run().add_picture(str(PICTURE), width=Cm(3))
    return as_file(own)


@pytest.mark.parametrize(
    ("template", "arms", "expected"),
    [
        (TEMPLATE, ARMS, [TOLD]),
        (TEMPLATE, None, []),
        (with_head(first_differs=True), None, [TOLD]),
        (with_head(first_differs=True), ARMS, [TOLD]),
        (with_head(first_differs=False), None, []),
        (with_head(first_differs=True, in_first=True), None, []),
        (with_draft(), None, [TOLD]),
        (with_front(), ARMS, [""]),
    ],
    ids=["given", "none", "head", "head and given", "head on every page", "first head", "draft",
         "own front page"],
)  # fmt: skip
def test_where_the_cover_has_arms(template: bytes, arms: bytes | None, expected: list[str]) -> None:
    """Those given go first; what the first page shows already is not put there again."""
    assert told(report(template, arms)) == expected


def test_the_cover_with_arms_is_accessible_valid_and_the_same(tmp_path: Path) -> None:
    """The arms come first, above the municipality's name, no wider or higher than a cover allows."""
    data = report(arms=ARMS)
    assert data == report(arms=ARMS)
    assert faults(data) == ()
    assert schema_faults(data, tmp_path) == []
    document: Document = docx.Document(io.BytesIO(data))
    assert lines(document)[:2] == [("Uppsikt kommun", ""), ("Uppsikt kommun", "Ånge kommun")]
    size = next(document.paragraphs[0]._p.iter(qn("wp:extent")))
    wide, high = int(size.get("cx") or 0), int(size.get("cy") or 0)
    assert 0 < wide <= Cm(8)
    assert 0 < high <= Cm(2.7)
    numbers = [mark.get("id") for mark in document.element.body.iter(qn("wp:docPr"))]
    assert len(set(numbers)) == len(numbers) == 2


@pytest.mark.parametrize(
    "arms", [b"inte en bild", b"\x89PNG\r\n\x1a\n", ARMS[:40], b"\xff\xd8\xff\xe0"]
)
def test_arms_that_are_no_picture_are_told(arms: bytes) -> None:
    """What to do stands in the message."""
    with pytest.raises(TemplateError, match=SPOILT):
        report(arms=arms)


def test_the_rounds_picture_is_used(tmp_path: Path) -> None:
    """vapen.png goes before vapen.jpg; without either there is none."""
    folder = make_round(tmp_path / "omgång", PLAN, {})
    assert arms_of(folder) is None
    (folder / "vapen.jpg").write_bytes(b"jpg")
    assert arms_of(folder) == b"jpg"
    (folder / "vapen.png").write_bytes(ARMS)
    assert arms_of(folder) == ARMS
    (written,) = write_reports(review_round(make_compiled(folder))).reports
    assert told(written.written[0].path.read_bytes()) == [TOLD]


def make_compiled(folder: Path) -> Path:
    """The round with its compilation made."""
    commands.merge(folder)
    return folder
