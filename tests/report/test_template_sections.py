"""A template of two sections: the report goes on in the last one, on its page and with its head and foot."""

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm

from excel_uppsikt.report.template import fill_template, open_template, text_width
from tests.report.test_page_numbers import fields, name_only
from tests.report.test_template import as_file


def with_sections() -> Document:
    """A front page twelve centimetres wide, and after it a page of ten."""
    document = docx.Document()
    document.add_paragraph("{rapporttitel}")
    document.add_section(WD_SECTION.NEW_PAGE)
    for section, width in zip(document.sections, (12, 10), strict=True):
        section.page_width = Cm(width + 4)
        section.left_margin = section.right_margin = Cm(2)
        section.gutter = 0
    return document


def test_the_tables_are_as_wide_as_the_page_that_they_stand_on() -> None:
    assert round(text_width(with_sections()) / 567) == 10


@pytest.mark.parametrize(("at", "unpaged"), [(0, True), (1, False)])
def test_only_the_number_at_the_foot_of_the_reports_own_pages_counts(
    at: int, unpaged: bool
) -> None:
    own = with_sections()
    for section in own.sections:
        section.footer.is_linked_to_previous = False
        section.footer.paragraphs[0].text = "Ånge kommun"
    own.sections[at].footer._element.append(parse_xml(fields(" PAGE ")))
    document, _ = open_template(as_file(own))
    assert fill_template(document, {"rapporttitel": "Rapport"}).unpaged is unpaged
    # What parts the front page from the others has no text, and stays.
    assert len(document.sections) == 2


def test_page_numbers_are_given_to_the_last_section_where_its_foot_is_empty() -> None:
    own = with_sections()
    own.sections[0].footer.paragraphs[0].text = "Ånge kommun"
    own.sections[1].footer.is_linked_to_previous = False
    document, _ = open_template(as_file(own))
    feet = [[p.text for p in section.footer.paragraphs] for section in document.sections]
    assert feet == [["Ånge kommun"], ["Sida 1 av 1"]]


@pytest.mark.parametrize("code", [" NUMPAGES ", " SECTIONPAGES "])
def test_how_many_pages_there_are_is_no_pages_number(code: str) -> None:
    own = docx.Document()
    name_only(own)
    own.sections[0].footer._element.append(parse_xml(fields(code)))
    document, _ = open_template(as_file(own))
    assert fill_template(document, {}).unpaged


def test_a_picture_of_an_older_kind_ends_the_front_page_too() -> None:
    own = docx.Document()
    own.add_paragraph("{rapporttitel}")
    picture = own.add_paragraph().add_run()._r
    picture.append(parse_xml(f"<w:pict {nsdecls('w')}/>"))
    own.add_paragraph("")
    document, _ = open_template(as_file(own))
    assert fill_template(document, {"rapporttitel": "Rapport"}).kept
    assert [bool(p._p.xpath(".//w:pict")) for p in document.paragraphs] == [False, True]
