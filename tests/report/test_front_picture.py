"""A picture on a template's own front page is kept, also where nothing but empty lines comes after it."""

import docx
from docx.oxml.ns import qn
from docx.shared import Cm

from excel_uppsikt.report.template import fill_template, open_template
from tests.report.test_document import activity, lines, made
from tests.report.test_template import PICTURE, as_file
from tests.small_rounds import make_plan


def test_a_picture_at_the_end_of_the_front_page_is_kept() -> None:
    own = docx.Document()
    own.add_paragraph("{rapporttitel}")
    own.add_paragraph().add_run().add_picture(str(PICTURE), width=Cm(3))
    own.add_paragraph("")
    document = made(make_plan(with_summary=False), [activity("A")], as_file(own))
    drawings = [
        number
        for number, paragraph in enumerate(document.paragraphs)
        if list(paragraph._p.iter(qn("w:drawing")))
    ]
    assert drawings == [1]
    assert lines(document)[0][1] == "Uppsiktsrapport till kommunstyrelsen"


def test_a_front_page_ends_with_the_last_of_its_text_and_a_text_alone_is_a_draft() -> None:
    """Empty lines after it are not kept, nor those of a draft."""
    own = docx.Document()
    own.add_paragraph("{rapporttitel}")
    own.add_paragraph("Dnr 7/24")
    own.add_paragraph(" ")
    document, _ = open_template(as_file(own))
    front = fill_template(document, {"rapporttitel": "Rapport"})
    assert (front.kept, front.left_out, front.unknown) == (True, False, ())
    assert [one.text for one in document.paragraphs] == ["Rapport", "Dnr 7/24"]

    for text, draft in (("Utkast", True), (" ", False)):
        own = docx.Document()
        own.add_paragraph(text)
        document, _ = open_template(as_file(own))
        front = fill_template(document, {"rapporttitel": "Rapport"})
        assert (front.kept, front.left_out) == (False, draft)
        assert document.paragraphs == []


def test_without_a_front_page_its_fields_are_filled_and_its_text_is_no_draft() -> None:
    own = docx.Document()
    own.add_paragraph("{rapporttitel} {okänt}")
    document, _ = open_template(as_file(own))
    front = fill_template(document, {"rapporttitel": "Rapport"}, front=False)
    assert (front.kept, front.left_out, front.unknown) == (False, False, ())
    assert document.paragraphs == []
