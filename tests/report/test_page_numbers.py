"""A template whose own head and foot give no page number is told, for the contents give pages."""

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from excel_uppsikt.cli import commands
from excel_uppsikt.report.account import Account
from excel_uppsikt.report.document import make_report
from tests.libreoffice import needs_libreoffice
from tests.report.test_document import activity
from tests.report.test_template import as_file
from tests.small_rounds import make_plan, make_round

PLAN = make_plan()


def fields(*codes: str) -> str:
    """A paragraph's runs with a field's code, divided as Word may divide it."""
    inner = "".join(f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes)
    return (
        f'<w:p {nsdecls("w")}><w:r><w:fldChar w:fldCharType="begin"/></w:r>{inner}<w:r>'
        '<w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def name_only(document: Document) -> None:
    """A foot with the municipality's name."""
    document.sections[0].footer.paragraphs[0].text = "Ånge kommun"


def pages_only(document: Document) -> None:
    """A foot with the number of pages, which is no page number."""
    document.sections[0].footer._element.append(parse_xml(fields(" NUMPAGES ")))


def in_footer(document: Document) -> None:
    """A foot with a page number of Word's own."""
    name_only(document)
    document.sections[0].footer._element.append(parse_xml(fields(" PA", "GE \\\\* MERGEFORMAT ")))


def in_header(document: Document) -> None:
    """The page number at the head, as a simple field."""
    name_only(document)
    document.sections[0].header._element.append(
        parse_xml(f'<w:p {nsdecls("w")}><w:fldSimple w:instr=" page "/></w:p>')
    )


def nothing(document: Document) -> None:
    """An empty foot, which gets the program's page numbers."""
    assert document


@pytest.mark.parametrize(
    ("change", "unpaged"),
    [(name_only, True), (pages_only, True), (in_footer, False), (in_header, False), (nothing, False)],
)  # fmt: skip
def test_whether_a_template_gives_page_numbers(
    change: Callable[[Document], None], unpaged: bool
) -> None:
    """In head or foot, however the field is written."""
    own = docx.Document()
    change(own)
    made = make_report(PLAN, PLAN.departments[0], Account([activity("A")]), template=as_file(own))
    assert made.front.unpaged is unpaged


@needs_libreoffice
def test_it_is_told_with_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Once, where the contents have page numbers."""
    own = docx.Document()
    name_only(own)
    folder = make_round(tmp_path / "omgång", PLAN, {})
    for template, count in ((as_file(own), 1), (None, 0)):
        path = folder / "rapportmall.docx"
        path.unlink(missing_ok=True)
        if template:
            path.write_bytes(template)
        capsys.readouterr()
        commands.report(folder, department=None, pdf=False, sources=False)
        assert capsys.readouterr().out.count(
            "Sidfoten i rapportmall.docx har inga sidnummer, men innehållsförteckningen hänvisar till "
            "sidor. Lägg till sidnummer i mallens sidfot i Word (Infoga, Sidnummer) och kör igen.\n"
        ) == count  # fmt: skip
