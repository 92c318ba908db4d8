"""The page of a template: how narrow it may be, and that of the program's own."""

import io

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Cm, Emu

from excel_uppsikt.report.template import TemplateError, make_template, open_template, text_width
from tests.report.test_document import TEMPLATE

TWENTIETH = 635  # in English metric units


def wide(twentieths: int, *, gutter: int = 0) -> bytes:
    """A template with so much room between its margins, some of them in its gutter."""
    document = docx.Document(io.BytesIO(TEMPLATE))
    section = document.sections[-1]
    section.left_margin, section.right_margin = Emu(1_000 * TWENTIETH), Emu(500 * TWENTIETH)
    section.gutter = Emu(gutter * TWENTIETH)
    section.page_width = Emu((twentieths + 1_500 + gutter) * TWENTIETH)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


@pytest.mark.parametrize("gutter", [0, 300])
def test_a_table_has_room_from_nine_centimetres(gutter: int) -> None:
    document, look = open_template(wide(5_000, gutter=gutter))
    assert text_width(document) == 5_000
    assert look.wide == 100
    with pytest.raises(TemplateError, match=r"minst 9 cm behövs"):
        open_template(wide(4_999, gutter=gutter))


def test_the_programs_own_is_a4_with_an_empty_head_on_its_front() -> None:
    document = docx.Document(io.BytesIO(make_template()))
    section = document.sections[0]
    page = (section.page_width, section.page_height, section.left_margin, section.right_margin)
    assert [round((size or 0) / Cm(1), 1) for size in page] == [21.0, 29.7, 2.5, 2.5]
    rest = (section.top_margin, section.bottom_margin, section.header_distance)
    assert [round((size or 0) / Cm(1), 2) for size in rest] == [3.0, 2.5, 1.25]
    assert section.different_first_page_header_footer
    heads = (section.header, section.footer, section.first_page_header, section.first_page_footer)
    assert ["\n".join(p.text for p in head.paragraphs) for head in heads] == [
        "{rapporttitel}\n{verksamhet}", "Sida 1 av 1", "", "",
    ]  # fmt: skip
    codes = [e.text for e in section.footer._element.iter(qn("w:instrText"))]
    assert [code.strip() for code in codes] == ["PAGE", "NUMPAGES"]
    language = document.styles.element.find(f".//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "sv-SE"
    # The same in every making.
    assert make_template() == make_template()


def test_the_programs_own_opens_in_the_present_word() -> None:
    """Not in the mode for older programs, and with nothing of what python-docx's own carries along."""
    document = docx.Document(io.BytesIO(make_template()))
    settings = document.settings.element
    modes = {
        one.get(qn("w:name")): one.get(qn("w:val")) for one in settings.iter(qn("w:compatSetting"))
    }
    assert modes["compatibilityMode"] == "15"
    assert settings.find(qn("w:zoom")).get(qn("w:percent")) == "100"
    assert [e.get(qn("w:val")) for e in settings.iter(qn("w:themeFontLang"))] == ["sv-SE"]
    odd = (qn("w:useFELayout"), qn("w:rsids"), qn("w:savePreviewPicture"))
    assert [*settings.iter(*odd)] == []
    parts = [str(part.partname) for part in document.part.package.iter_parts()]
    assert not [name for name in parts if "customXml" in name or "thumbnail" in name]
