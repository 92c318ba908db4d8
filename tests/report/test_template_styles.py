"""What of a report's look is taken from the styles that a template brings, and what it is given beside."""

import io
from typing import Any

import docx
import pytest
from docx.shared import Cm
from lxml import etree

from excel_uppsikt.report.styles import Look, add_missing, style_element
from excel_uppsikt.report.template import TemplateError, make_template, open_template
from excel_uppsikt.word.colors import readable_on_white
from excel_uppsikt.word.names import qn
from tests.report.test_style_looks import PARAGRAPHS, TEXT_WIDTH, by_name, template, terms
from tests.report.test_template import as_file


@pytest.mark.parametrize(
    ("name", "swedish"),
    [
        ("Body Text", "Brödtext"),
        ("Title", "Rubrik"),
        ("Subtitle", "Underrubrik"),
        ("heading 1", "Rubrik 1"),
        ("heading 2", "Rubrik 2"),
        ("heading 3", "Rubrik 3"),
        ("List Bullet", "Punktlista"),
        ("header", "Sidhuvud"),
        ("footer", "Sidfot"),
        ("TOC Heading", "Innehållsförteckningsrubrik"),
        ("toc 1", "Innehåll 1"),
        ("toc 2", "Innehåll 2"),
        ("Hyperlink", "Hyperlänk"),
    ],
)
def test_a_style_is_known_by_its_swedish_name_and_taken_as_it_is(name: str, swedish: str) -> None:
    kind = "character" if name == "Hyperlink" else "paragraph"
    document = template(style_element(kind, swedish, ""))
    look = add_missing(document, TEXT_WIDTH)
    assert look.ids[name] == "".join(part.capitalize() for part in swedish.split())
    assert name not in by_name(document)


def test_a_style_of_another_kind_is_not_taken_and_an_id_is_given_once() -> None:
    other = style_element("character", "Title", "")
    shy = style_element("character", "Någon annans", "")
    shy.set(qn("w:styleId"), "Subtitle")
    taken = style_element("character", "Någons", "")
    taken.set(qn("w:styleId"), "SubtitleX")
    document = template(other, shy, taken)
    look = add_missing(document, TEXT_WIDTH)
    assert (look.ids["Title"], look.ids["Subtitle"]) == ("TitleX", "SubtitleXX")


def test_of_two_styles_of_a_name_the_first_is_taken_and_an_english_name_before_a_swedish() -> None:
    first, second = (style_element("paragraph", "Title", "") for _ in range(2))
    second.set(qn("w:styleId"), "Andra")
    swedish = style_element("paragraph", "Rubrik", "")
    assert add_missing(template(swedish, first, second), TEXT_WIDTH).ids["Title"] == "Title"


FONTS = '<w:rPr><w:rFonts w:ascii="{}"/></w:rPr>'


@pytest.mark.parametrize(
    ("font", "wide"),
    [
        *((font, 100) for font in (
            "Calibri", "carlito", "Aptos", "Times New Roman", "Garamond", "Cambria", "Candara",
            "Corbel", "Calibri Light", "Liberation Serif", "Source Sans Pro",
        )),
        ("Verdana", 122),
        ("Arial", 122),
    ],
)  # fmt: skip
def test_the_width_of_letters_goes_by_the_font_of_ordinary_text(font: str, wide: int) -> None:
    normal = style_element("paragraph", "Normal", FONTS.format(font), default=True)
    look = add_missing(template(normal), TEXT_WIDTH)
    assert (look.font, look.wide) == (font, wide)


@pytest.mark.parametrize(
    ("normal", "defaults", "font"),
    [
        ("", 'w:ascii="Garamond"', "Garamond"),
        ('w:ascii="Cambria"', 'w:ascii="Garamond"', "Cambria"),
        ('w:asciiTheme="minorHAnsi"', 'w:ascii="Garamond"', ""),
        ('w:cs="Arial"', 'w:ascii="Garamond"', "Garamond"),
        ("", 'w:asciiTheme="minorHAnsi"', ""),
        ("", "", ""),
    ],
)
def test_the_font_is_the_nearest_that_is_said(normal: str, defaults: str, font: str) -> None:
    said = f"<w:rPr><w:rFonts {normal}/></w:rPr>" if normal else ""
    document = template(style_element("paragraph", "Normal", said, default=True))
    root = document.styles.element
    root.remove(root.find(qn("w:docDefaults")))
    if defaults:
        inner = f"<w:rPrDefault><w:rPr><w:rFonts {defaults}/></w:rPr></w:rPrDefault>"
        made = style_element("paragraph", "x", f"<w:docDefaults>{inner}</w:docDefaults>")
        root.insert(0, made.find(qn("w:docDefaults")))
    assert add_missing(document, TEXT_WIDTH).font == font


def colored(name: str, value: str, based: str = "") -> Any:  # noqa: ANN401
    """A paragraph style in this colour, based on another by its id."""
    relation = f'<w:basedOn w:val="{based}"/>' if based else ""
    color = f'<w:rPr><w:color w:val="{value}"/></w:rPr>' if value else ""
    return style_element("paragraph", name, relation + color)


@pytest.mark.parametrize(
    ("kept", "accent"),
    [
        ((colored("heading 1", "7a1f3d"),), "7A1F3D"),
        ((colored("heading 1", "", "Bas"), colored("Bas", "7A1F3D")), "7A1F3D"),
        ((colored("heading 1", "auto", "Bas"), colored("Bas", "7A1F3D")), Look({}).accent),
        ((colored("heading 1", "7A1F3D00"),), Look({}).accent),
        ((colored("heading 1", ""),), Look({}).accent),
        ((colored("heading 2", "7A1F3D"),), Look({}).accent),
    ],
)
def test_the_colour_is_that_of_the_templates_chapters(kept: tuple[Any, ...], accent: str) -> None:
    document = template(*kept)
    assert add_missing(document, TEXT_WIDTH).accent == accent
    facts = "; ".join(terms(by_name(document)["Uppsikt tabell"]))
    assert f"fill={accent}" in facts


def test_a_colour_too_pale_to_read_is_darkened() -> None:
    look = add_missing(template(colored("heading 1", "FFCC00")), TEXT_WIDTH)
    assert look.accent == readable_on_white("FFCC00") != "FFCC00"


def test_a_templates_heading_gets_its_level_where_neither_it_nor_its_base_has_one() -> None:
    deep = '<w:pPr><w:outlineLvl w:val="5"/></w:pPr>'
    base = style_element("paragraph", "Bas", deep)
    own = style_element("paragraph", "heading 1", deep)
    heir = style_element("paragraph", "heading 2", '<w:basedOn w:val="Bas"/>')
    bare = style_element("paragraph", "heading 3", "")
    document = template(base, own, heir, bare)
    add_missing(document, TEXT_WIDTH)
    there = by_name(document)
    path = f"{qn('w:pPr')}/{qn('w:outlineLvl')}"
    found = {name: there[name].find(path) for name in ("heading 1", "heading 2", "heading 3")}
    levels = {n: None if one is None else one.get(qn("w:val")) for n, one in found.items()}
    assert levels == {"heading 1": "5", "heading 2": None, "heading 3": "2"}


def test_the_programs_template_says_its_font_size_and_language_once_and_no_style_is_left_over() -> (
    None
):
    document = docx.Document(io.BytesIO(make_template()))
    root = document.styles.element
    assert terms(root.find(qn("w:docDefaults"))) == [
        "rPrDefault (rPr (rFonts ascii=Calibri,hAnsi=Calibri,eastAsia=Calibri,cs=Calibri; "
        "sz val=22; szCs val=22; lang val=sv-SE,eastAsia=sv-SE,bidi=ar-SA))",
        "pPrDefault",
    ]
    there = by_name(document)
    others = ["Default Paragraph Font", "Normal Table", "No List"]
    own = [name for name, *_ in PARAGRAPHS]
    assert list(there) == [*others, *own, "Hyperlink", "Uppsikt tabell"]
    for name, kind in zip(others, ("character", "table", "numbering"), strict=True):
        assert (there[name].get(qn("w:type")), there[name].get(qn("w:default"))) == (kind, "1")
        assert terms(there[name], "name") == ["uiPriority val=99"]
    lists = document.part.numbering_part.element
    assert [etree.QName(child).localname for child in lists] == ["abstractNum"] * 3 + ["num"] * 3
    assert "".join(root.itertext()).strip() == ""


def test_a_template_that_lacks_them_gets_styles_names_and_swedish_as_its_language() -> None:
    nameless = style_element("paragraph", "Utan namn", "")
    nameless.remove(nameless.find(qn("w:name")))
    bare = template(nameless)
    root = bare.styles.element
    root.remove(root.find(qn("w:docDefaults")))
    for key, relation in list(bare.part.rels.items()):
        if relation.reltype.endswith("/numbering"):
            bare.part.rels.pop(key)
    document, look = open_template(as_file(bare))
    root = document.styles.element
    assert terms(root[0]) == ["rPrDefault (rPr (lang val=sv-SE))"]
    assert etree.QName(root[0]).localname == "docDefaults"
    assert by_name(document)["UtanNamn"].get(qn("w:styleId")) == "UtanNamn"
    assert look.font == ""
    numbers = [e.get(qn("w:numId")) for e in document.part.numbering_part.element.iter(qn("w:num"))]
    assert numbers == ["1", "2", "3"]


def test_what_a_template_lacks_is_put_where_word_reads_it() -> None:
    """A style's name first in it, and the default letters before the default paragraph: else Word objects."""
    nameless = style_element("paragraph", "Utan namn", "<w:pPr/>")
    nameless.remove(nameless.find(qn("w:name")))
    bare = template(nameless)
    root = bare.styles.element
    root.remove(root.find(qn("w:docDefaults")))
    made = style_element("paragraph", "x", "<w:docDefaults><w:pPrDefault/></w:docDefaults>")
    root.insert(0, made.find(qn("w:docDefaults")))
    document, _ = open_template(as_file(bare))
    root = document.styles.element
    assert terms(root.find(qn("w:docDefaults"))) == [
        "rPrDefault (rPr (lang val=sv-SE))",
        "pPrDefault",
    ]
    (named,) = [one for one in root.iter(qn("w:style")) if one.get(qn("w:styleId")) == "UtanNamn"]
    assert [etree.QName(child).localname for child in named][:1] == ["name"]
    assert etree.QName(named[-1]).localname == "pPr"


@pytest.mark.parametrize(
    "content",
    [
        '<w:fldSimple w:instr="PAGE"/>',
        "<w:r><w:instrText>PAGE</w:instrText></w:r>",
        "<w:r><w:drawing/></w:r>",
        "<w:r><w:pict/></w:r>",
        "<w:r><w:object/></w:r>",
        "<w:r><w:t>Ånge kommun</w:t></w:r>",
        "<w:r><w:t> </w:t></w:r>",
    ],
)
def test_a_foot_with_anything_in_it_is_left_and_an_empty_one_gets_page_numbers(
    content: str,
) -> None:
    own = docx.Document()
    foot = own.sections[-1].footer.paragraphs[0]._p
    made = style_element("paragraph", "x", f"<w:p>{content}</w:p>").find(qn("w:p"))
    foot.extend(list(made))
    document, _ = open_template(as_file(own))
    codes = [e.text.strip() for e in document.sections[-1].footer._element.iter(qn("w:instrText"))]
    empty = "<w:t> </w:t>" in content
    assert codes == (["PAGE", "NUMPAGES"] if empty else ["PAGE"] * ("instrText" in content))


def test_a_foot_with_a_table_in_which_nothing_stands_is_left() -> None:
    own = docx.Document()
    own.sections[-1].footer.add_table(1, 2, Cm(10))
    document, _ = open_template(as_file(own))
    assert list(document.sections[-1].footer._element.iter(qn("w:instrText"))) == []


def test_what_cannot_be_used_as_a_template_is_told_with_what_to_do() -> None:
    with pytest.raises(TemplateError) as broken:
        open_template(b"PK\x03\x04")
    assert str(broken.value) == (
        "Rapportmallen kan inte läsas. Öppna den i Word, spara den som Word-dokument (.docx) och kör "
        "igen, eller ta bort filen så används programmets egen mall."
    )
    narrow = docx.Document()
    narrow.sections[0].left_margin = narrow.sections[0].right_margin = Cm(8)
    with pytest.raises(TemplateError) as thin:
        open_template(as_file(narrow))
    assert str(thin.value) == (
        "Rapportmallens sida har bara 6 cm för text. Minska marginalerna i Word (minst 9 cm behövs) "
        "och kör igen."
    )
