"""The municipality's own Word template: its styles, page and fields used, and what it lacks added."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from excel_uppsikt.model import Department
from excel_uppsikt.report.account import Account
from excel_uppsikt.report.document import make_report
from excel_uppsikt.report.letter import make_letter
from excel_uppsikt.report.template import TemplateError
from excel_uppsikt.word.colors import contrast
from excel_uppsikt.word.pages import libreoffice, with_page_numbers
from excel_uppsikt.word.pieces import Element
from tests.report.test_document import activity, lines, made, report
from tests.small_rounds import CARE, STATUSES, make_plan

PLAN = make_plan(reference="KS 2024/7")
PICTURE = Path(__file__).parents[2] / "docs" / "formular.png"


def as_file(own: Document) -> bytes:
    """A template as it lies in a round's folder."""
    stream = io.BytesIO()
    own.save(stream)
    return stream.getvalue()


def control(tag: str, text: str, *, bound: bool = False) -> Element:
    """A paragraph's content control as Word makes it, showing its prompt."""
    binding = '<w:dataBinding w:xpath="/x" w:storeItemID="{1}"/>' if bound else ""
    return parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:tag w:val="{tag}"/>{binding}<w:showingPlcHdr/>'
        f'<w:text/></w:sdtPr><w:sdtContent><w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>'
        f"<w:t>{text}</w:t></w:r><w:r><w:t> här.</w:t></w:r></w:sdtContent></w:sdt>"
    )


def bookmark(own: Document, name: str, text: str) -> None:
    """A paragraph whose text is inside a bookmark, followed by more text."""
    paragraph = own.add_paragraph()._p
    number = len(list(own.element.body.iter(qn("w:bookmarkStart")))) + 50
    inner = f"<w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r>" if text else ""
    whole = parse_xml(
        f'<w:p {nsdecls("w")}><w:bookmarkStart w:id="{number}" w:name="{name}"/>{inner}'
        f'<w:bookmarkEnd w:id="{number}"/><w:r><w:t>.</w:t></w:r></w:p>'
    )
    paragraph.addprevious(whole)
    own.element.body.remove(paragraph)


def texts(document: Document) -> list[str]:
    """Every paragraph's text in order, content controls' too."""
    return [
        "".join(t.text or "" for t in p.iter(qn("w:t")))
        for p in document.element.body.iter(qn("w:p"))
    ]


def test_styles_that_it_has_are_used_by_name() -> None:
    """Whatever their ids; its page and margins stand, and text without a field is left out and told."""
    own = docx.Document()
    own.styles["Heading 1"].font.name = "Georgia"
    own.styles["Heading 1"].element.set(qn("w:styleId"), "Rubrik1")
    own.add_paragraph("Utkast som inte ska vara med")
    result = make_report(PLAN, PLAN.departments[0], Account([activity("A")]), template=as_file(own))
    document = docx.Document(io.BytesIO(result.data))
    heading = next(
        p for p in document.paragraphs if p.text == "Redovisning av arbete för de politiska målen"
    )
    assert heading.style is not None
    assert (heading.style.style_id, heading.style.font.name) == ("Rubrik1", "Georgia")
    assert document.sections[0].page_width == own.sections[0].page_width
    assert "Utkast som inte ska vara med" not in texts(document)
    assert result.front.left_out


def test_words_in_braces_that_nothing_is_known_for_are_told() -> None:
    """Those that come to stand in the report, once each; numbers and what is filled in are not meant."""
    own = docx.Document()
    own.add_paragraph("{Rapporttitel} {verksamhet} {verksamet} {1} {{x}} {a1}")
    own.sections[0].header.paragraphs[0].text = "{diarenummer} {verksamet} {Dnr KS}"
    odd = replace(PLAN.departments[0], name="{utskottet}")
    made = make_report(PLAN, odd, Account([activity("A")]), template=as_file(own))
    assert made.front.kept
    assert made.front.unknown == ("{verksamet}", "{x}", "{diarenummer}", "{Dnr KS}")
    draft = docx.Document()
    draft.add_paragraph("Här skrivs {något}.")
    draft.sections[0].footer.paragraphs[0].text = "{sida}"
    left = make_report(PLAN, odd, Account([activity("A")]), template=as_file(draft)).front
    assert (left.left_out, left.unknown) == (True, ("{sida}",))


def test_the_letter_fills_in_the_templates_head_as_the_report_does() -> None:
    own = docx.Document()
    own.sections[0].header.paragraphs[0].text = "{rapporttitel}, {kommun}, {diarienummer}, {år}"
    data = make_letter(PLAN, PLAN.departments[0], Account([activity("A")]), template=as_file(own))
    head = docx.Document(io.BytesIO(data)).sections[0].header
    assert head.paragraphs[0].text == "Tjänsteskrivelse, Ånge kommun, KS 2024/7, 2024"


def test_a_template_in_another_style_is_followed() -> None:
    """Other fonts and colours, a logo, Swedish style names, landscape Letter: all carried over."""
    own = docx.Document()
    section = own.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(27.94), Cm(21.59)
    section.left_margin = section.right_margin = Cm(4)
    own.styles["Normal"].font.name = "Garamond"
    for name, points in (("Rubrik 1", 22), ("Rubrik 2", 15), ("Punktlista", 11)):
        style = own.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.font.size, style.font.name = Pt(points), "Gill Sans MT"
    own.styles["Rubrik 1"].font.color.rgb = RGBColor(0xE0, 0x60, 0x20)
    for built_in in ("Heading 1", "Heading 2", "List Bullet"):
        element = own.styles[built_in].element
        element.getparent().remove(element)
    section.header.paragraphs[0].add_run().add_picture(str(PICTURE), width=Cm(3))
    section.header.add_paragraph("{rapporttitel} – {verksamhet}")
    document = made(PLAN, [activity("A")], as_file(own))

    written = lines(document)
    assert ("Rubrik 1", "Redovisning av arbete för de politiska målen") in written
    assert ("Rubrik 2", "Kommunens ungdomar ska känna ökad trygghet") in written
    assert ("Punktlista", "Ånge ska ha ett positivt flyttnetto.") in written
    for name, level in (("Rubrik 1", "0"), ("Rubrik 2", "1")):
        properties = document.styles[name].element.find(qn("w:pPr"))
        assert properties.find(qn("w:outlineLvl")).get(qn("w:val")) == level
        assert properties.find(qn("w:numPr")) is not None
    head = document.sections[0].header
    assert [p.text for p in head.paragraphs][-1] == (
        "Uppsiktsrapport till kommunstyrelsen – Social verksamhet"
    )
    assert len(list(head._element.iter(qn("w:drawing")))) == 1
    # The table fills the room between the template's margins.
    grid = next(document.element.body.iter(qn("w:tblGrid")))
    width = sum(int(column.get(qn("w:w"))) for column in grid)
    assert abs(width - Cm(27.94 - 8) // 635) <= 6
    # The program's own styles take the template's colour, dark enough for text, and its font.
    color = document.styles["Uppsikt mellanrubrik"].font.color.rgb
    assert str(color) != "1F4E5F"
    assert contrast(str(color), "FFFFFF") >= 4.5
    assert color[0] > color[1] > color[2]
    assert document.styles["Uppsikt mellanrubrik"].font.name is None
    with zipfile.ZipFile(io.BytesIO(report(PLAN, [activity("A")], as_file(own)))) as parts:
        assert b'typeface="Garamond"' in parts.read("word/charts/uppsikt1.xml")


def test_its_content_controls_bookmarks_and_words_in_braces_are_filled() -> None:
    """On its own front page, in whatever way Word has divided the words, and the page comes first."""
    own = docx.Document()
    own.add_paragraph()._p.append(control("Rapporttitel", "Klicka eller tryck", bound=True))
    own.add_paragraph("Nämnd: ")._p.append(control("utskott", "Skriv"))
    bookmark(own, "Verksamhet", "verksamhetens namn")
    bookmark(own, "diarienummer", "")
    divided = own.add_paragraph("Den {rapport")
    divided.add_run("datum} i {komm").bold = True
    divided.add_run("un}")
    own.add_paragraph("{okänt}")
    own.add_paragraph("")
    document = made(PLAN, [activity("A")], as_file(own))
    assert texts(document)[:7] == [
        "Uppsiktsrapport till kommunstyrelsen",
        "Nämnd: utskottet",
        "Social verksamhet.",
        "KS 2024/7.",
        "Den 4 juni 2024 i Ånge kommun",
        "{okänt}",
        "Innehåll",
    ]
    body = document.element.body
    kept = list(body.iter(qn("w:showingPlcHdr"), qn("w:dataBinding")))
    assert len(kept) == 1  # the room for reasons alone still shows its prompt
    assert "Uppsikt kommun" not in [style for style, _ in lines(document)]


def test_a_field_without_a_value_is_emptied() -> None:
    """No prompt to click on reaches a committee."""
    own = docx.Document()
    own.add_paragraph("Diarienummer: ")._p.append(control("diarienummer", "Klicka här"))
    document = made(make_plan(), [activity("A")], as_file(own))
    assert texts(document)[0] == "Diarienummer: "


def test_text_from_a_workbook_is_never_taken_for_a_field() -> None:
    """Only the template's own words in braces are filled in."""
    own = docx.Document()
    own.add_paragraph("{verksamhet}")
    odd = Department("Vård {utskott}", "utskottet")
    plan = make_plan(departments=[odd])
    document = made(plan, [activity("{kommun}", department=odd.name)], as_file(own))
    assert texts(document)[0] == "Vård {utskott}"
    assert ("Uppsikt aktivitet", "{kommun}") in lines(document)


def renamed_template(data: bytes) -> bytes:
    """A Word template (.dotx) that was renamed to .docx."""
    return changed(
        data, "[Content_Types].xml", lambda part: part.replace(b"document.main", b"template.main")
    )


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The file with one part changed; a part changed to nothing is left out with what names it."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(result, "w") as target:
        for part in source.namelist():
            target.writestr(part, change(source.read(part)) if part == name else source.read(part))
    return result.getvalue()


def without_numbering(data: bytes) -> bytes:
    """A template that has never had a list in it."""
    document = docx.Document(io.BytesIO(data))
    for key, relation in list(document.part.rels.items()):
        if relation.reltype.endswith("/numbering"):
            document.part.rels.pop(key)
    for style in document.styles.element.iter(qn("w:numPr")):
        style.getparent().remove(style)
    return as_file(document)


def bare(data: bytes) -> bytes:
    """A template with no styles at all but the ordinary one."""
    document = docx.Document(io.BytesIO(data))
    for style in list(document.styles.element):
        if style.get(qn("w:styleId")) != "Normal":
            document.styles.element.remove(style)
    return as_file(document)


@pytest.mark.parametrize("odd", [renamed_template, without_numbering, bare])
def test_an_odd_template_is_completed(odd: Callable[[bytes], bytes]) -> None:
    """What is missing is added, and the report has all its parts."""
    document = made(PLAN, [activity("A")], odd(as_file(docx.Document())))
    headings = [text for style, text in lines(document) if style.casefold() == "heading 1"]
    assert headings == [
        "Sammanfattning",
        "Förslag till beslut",
        "Redovisning av arbete för de politiska målen",
        "Kommunstyrelsens mål",
        "Bilaga: Mål utan aktiviteter",
    ]
    assert {e.get(qn("w:val")) for e in document.styles.element.iter(qn("w:lang"))} == {"sv-SE"}
    assert len(list(document.part.numbering_part.element.iter(qn("w:num")))) >= 2


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"inte ett dokument"])
def test_a_template_that_is_no_document_is_told(data: bytes) -> None:
    """The message says what to do."""
    with pytest.raises(TemplateError, match=r"Rapportmallen kan inte läsas\. Öppna den i Word"):
        made(PLAN, [], data)


def test_a_template_with_no_room_for_a_table_is_told() -> None:
    """Margins as wide as the page leave nothing to write on."""
    own = docx.Document()
    own.sections[0].left_margin = own.sections[0].right_margin = Cm(8)
    with pytest.raises(TemplateError) as told:
        made(PLAN, [], as_file(own))
    assert str(told.value) == (
        "Rapportmallens sida har bara 6 cm för text. Minska marginalerna i Word (minst 9 cm behövs) och "
        "kör igen."
    )


def test_words_own_heading_of_the_contents_is_not_numbered() -> None:
    """In Word's templates it is based on heading 1, whose number it would else take."""
    own = docx.Document()
    contents = own.styles["TOC Heading"]
    assert contents.base_style.name == "Heading 1"
    document = made(PLAN, [activity("A")], as_file(own))
    number = document.styles["TOC Heading"].element.find(f".//{qn('w:numId')}")
    assert number.get(qn("w:val")) == "0"


def test_a_template_without_page_numbers_gets_them() -> None:
    """Sida X av Y stands at the foot where the template has nothing; its own footer is left."""
    empty, own = docx.Document(), docx.Document()
    own.sections[0].footer.paragraphs[0].text = "Ånge kommun"
    feet = []
    for template in (empty, own):
        document = made(PLAN, [activity("A")], as_file(template))
        feet.append([p.text for p in document.sections[0].footer.paragraphs])
    assert feet == [["Sida 1 av 1"], ["Ånge kommun"]]


def test_the_department_of_the_fields_is_the_reports() -> None:
    """Each department's report names its own."""
    other = Department("Teknik", "tekniska utskottet")
    plan = make_plan(departments=[Department(CARE, "utskottet"), other])
    own = docx.Document()
    own.add_paragraph("{verksamhet} till {utskott}")
    data = make_report(plan, other, Account([]), template=as_file(own)).data
    assert texts(docx.Document(io.BytesIO(data)))[0] == "Teknik till tekniska utskottet"


def element(xml: str) -> Element:
    """A piece of a template."""
    return parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>")[0]


def test_a_mark_divided_among_runs_leaves_its_neighbours_alone() -> None:
    """Text before and after it, a tab, a field, and a text box in the same paragraph stay as they are."""
    own = docx.Document()
    first = own.add_paragraph()
    first.add_run("Dnr:\t").bold = True
    for piece in ("{", "diarienummer", "} slut"):
        first.add_run(piece)
    field = own.add_paragraph("Sida ")
    field._p.append(element('<w:fldSimple w:instr="PAGE"><w:r><w:t>7</w:t></w:r></w:fldSimple>'))
    for piece in (" av {rapport", "titel}"):
        field.add_run(piece)
    boxed = own.add_paragraph("{")
    boxed._p.append(
        element(
            "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Kontakt: kansliet</w:t></w:r></w:p>"
            "</w:txbxContent></w:pict></w:r>"
        )
    )
    boxed.add_run("verksamhet}")
    document = made(PLAN, [activity("A")], as_file(own))
    told = [[run.text for run in p.runs] for p in document.paragraphs[:3]]
    assert told[0] == ["Dnr:\t", "KS 2024/7", "", " slut"]
    assert told[1] == ["Sida ", " av Uppsiktsrapport till kommunstyrelsen", ""]
    assert told[2] == ["Social verksamhet", "", ""]
    assert "Kontakt: kansliet" in texts(document)
    simple = document.element.body.find(f".//{qn('w:fldSimple')}")
    assert "".join(t.text for t in simple.iter(qn("w:t"))) == "7"


def test_a_footer_with_its_own_table_is_left() -> None:
    """An address in a table, as in many municipalities' letters, is content too."""
    own = docx.Document()
    table = own.sections[0].footer.add_table(1, 1, Cm(10))
    table.cell(0, 0).text = "Kommunhuset, Torggatan 10"
    footer = made(PLAN, [activity("A")], as_file(own)).sections[0].footer
    assert [t.text for t in footer._element.iter(qn("w:t"))] == ["Kommunhuset, Torggatan 10"]


def test_bookmarks_and_contents_of_a_template_are_its_own() -> None:
    """Numbers are not used twice, and links that look like contents do not count as the report's."""
    own = docx.Document()
    own.add_paragraph("{rapporttitel}")
    bookmark(own, "Minne", "kvar")
    link = (
        '<w:hyperlink w:anchor="_Toc99"><w:r><w:t>Bakgrund</w:t></w:r><w:r><w:tab/></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF _Toc99</w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:hyperlink>'
    )
    own.add_paragraph()._p.append(element(link))
    data = report(PLAN, [activity("A")], as_file(own))
    numbered, measured = with_page_numbers(data)
    assert measured is (libreoffice() is not None)
    body = docx.Document(io.BytesIO(numbered)).element.body
    numbers = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(set(numbers)) == len(numbers)
    assert "Bakgrund" in texts(docx.Document(io.BytesIO(numbered)))


def test_style_ids_that_xml_would_stumble_on_are_escaped() -> None:
    """Word makes no such ids, but other programs may."""
    data = as_file(docx.Document())
    odd = changed(
        data, "word/styles.xml", lambda part: part.replace(b'"BodyText"', b'"a&amp;&lt;b"')
    )
    document = made(PLAN, [activity("A")], odd)
    first = next(p for p in document.paragraphs if p.text.startswith("Rapporten visar"))
    assert first.style is not None
    assert (first.style.style_id, first.style.name) == ("a&<b", "Body Text")


def test_ids_of_the_coordinators_own_lead_to_their_own_activities() -> None:
    """Ids that differ only in what a bookmark cannot hold are still told apart."""
    ids = ("A-1", "A_1", "a-1", "2-abcde")
    late = [activity(f"Titel {n}", id=own, status=STATUSES[2]) for n, own in enumerate(ids)]
    body = made(make_plan(), late).element.body
    marks = [
        name
        for mark in body.iter(qn("w:bookmarkStart"))
        if (name := mark.get(qn("w:name"))).startswith("aktivitet")
    ]
    assert len(set(marks)) == 4
    assert "aktivitet_2_abcde" in marks
