"""A picture on a template's own front page is kept, also where nothing but empty lines comes after it."""

import docx
from docx.oxml.ns import qn
from docx.shared import Cm

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
