"""How each style of a report looks, and what is taken from those that a template brings."""

import io
from typing import Any

import docx
import pytest
from docx.document import Document
from lxml import etree

from excel_uppsikt.report.styles import Look, add_missing, style_element
from excel_uppsikt.report.template import make_template, open_template
from excel_uppsikt.word.colors import readable_on_white
from excel_uppsikt.word.names import qn
from tests.report.test_template import as_file

TEXT_WIDTH = 9070
_KEEP, _GRID = "keepNext; keepLines", "val=single,sz=4,space=0,color=B8C7CC"
_BOX = "val=single,sz=4,space=6,color=B8C7CC"
_CONTENTS = "tabs (tab val=left,pos=680; tab val=right,leader=dot,pos=9070)"

# Name, based on, followed by, points before and after with the lines' height in 240ths, letters
# (bold, colour, points), and what else is said of the paragraph.
PARAGRAPHS = [
    ("Normal", "", "", "0+6/259", "", ""),
    ("Body Text", "Normal", "", "0+8/259", "", ""),
    ("Title", "Normal", "Subtitle", "170+10/240", "b 1F4E5F 32", ""),
    ("Subtitle", "Normal", "Body Text", "0+36/259", "1B2A33 20", ""),
    ("Uppsikt kommun", "Normal", "Title", "0+8/259", "b 1F4E5F 16 spacing val=20", ""),
    (
        "Uppsikt uppgift", "Normal", "Uppsikt uppgift", "0+4/259", "12",
        "tabs (tab val=left,pos=2835); ind left=2835,hanging=2835",
    ),
    (
        "heading 1", "Normal", "Body Text", "0+12/259", "b 1F4E5F 20",
        f"{_KEEP}; numPr (numId val=10); outlineLvl val=0",
    ),
    (
        "heading 2", "Normal", "Body Text", "20+8/259", "b 1F4E5F 15",
        f"{_KEEP}; numPr (ilvl val=1; numId val=10); outlineLvl val=1",
    ),
    ("heading 3", "Normal", "Body Text", "16+4/259", "b 1F4E5F 12", f"{_KEEP}; outlineLvl val=2"),
    (
        "Uppsikt mellanrubrik", "heading 2", "Body Text", "12+4/259", "b 1F4E5F 13",
        f"{_KEEP}; numPr (numId val=0); ind left=0,firstLine=0; outlineLvl val=1",
    ),
    ("TOC Heading", "Normal", "Body Text", "0+14/259", "b 1F4E5F 20",
     f"{_KEEP}; numPr (numId val=0)"),
    ("toc 1", "Normal", "", "8+3/259", "b", f"{_CONTENTS}; ind left=680,hanging=680"),
    ("toc 2", "Normal", "", "0+3/259", "", f"{_CONTENTS}; ind left=680,hanging=680"),
    ("List Bullet", "Normal", "", "0+3/259", "", "numPr (numId val=11); contextualSpacing"),
    ("header", "Normal", "", "0+0/240", "595959 9.5", ""),
    ("footer", "Normal", "", "0+0/240", "595959 9.5", "jc val=right"),
    ("Uppsikt tabellhuvud", "Normal", "", "3+3/240", "b FFFFFF 10.5", "keepNext"),
    ("Uppsikt aktivitet", "Normal", "", "4+3/250", "b", "keepNext"),
    ("Uppsikt enhet", "List Bullet", "", "0+2/240", "10", "keepNext; contextualSpacing"),
    ("Uppsikt aktivitetstext", "Normal", "", "3+4/254", "10.5", ""),
    ("Uppsikt status", "Normal", "", "3+3/240", "b 10.5", ""),
    ("Uppsikt cell", "Normal", "", "1+1/240", "9", ""),
    ("Uppsikt cellhuvud", "Normal", "", "2+2/240", "b FFFFFF 9", "keepNext"),
    ("Uppsikt tal", "Uppsikt cell", "", "", "", "jc val=right"),
    ("Uppsikt talhuvud", "Uppsikt cellhuvud", "", "", "", "jc val=right"),
    (
        "Uppsikt val", "Normal", "", "6+4/259", "",
        "keepLines; tabs (tab val=left,pos=454); ind left=454,hanging=454",
    ),
    (
        "Uppsikt skrivrum", "Normal", "", "6+10/259", "595959",
        f"keepLines; pBdr (top {_BOX}; left {_BOX}; bottom {_BOX}; right {_BOX}); "
        "ind left=567,right=113",
    ),
]  # fmt: skip
LINK = "uiPriority val=99; rPr (color val=1F4E5F; u val=single)"
TABLE = (
    f"uiPriority val=99; tblPr (tblBorders (top {_GRID}; left {_GRID}; bottom {_GRID}; "
    f"right {_GRID}; insideH {_GRID}); "
    "tblCellMar (left w=110,type=dxa; right w=110,type=dxa)); "
    "tblStylePr type=firstRow (tcPr (shd val=clear,color=auto,fill=1F4E5F))"
)


def template(*kept: Any) -> Document:  # noqa: ANN401  lxml's elements
    """A document with no styles but these."""
    made = docx.Document()
    root = made.styles.element
    for style in root.findall(qn("w:style")):
        root.remove(style)
    for style in kept:
        root.append(style)
    return made


def by_name(document: Document) -> dict[str, Any]:
    """The document's styles, with what Word shows for their names."""
    return {
        style.find(qn("w:name")).get(qn("w:val")): style
        for style in document.styles.element.iterfind(qn("w:style"))
    }


def terms(element: Any, *but: str) -> list[str]:  # noqa: ANN401
    """What stands in an element, in words, without what is told elsewhere."""
    told = []
    for child in element:
        name = etree.QName(child).localname
        said = ",".join(f"{etree.QName(key).localname}={to}" for key, to in child.attrib.items())
        inner = terms(child)
        if name not in but:
            told.append(
                name + (f" {said}" if said else "") + (f" ({'; '.join(inner)})" if inner else "")
            )
    return told


def number(element: Any, key: str) -> float:  # noqa: ANN401
    return float(element.get(qn(f"w:{key}")))


def described(style: Any, names: dict[str, str]) -> tuple[str, ...]:  # noqa: ANN401
    """A style as in `PARAGRAPHS`."""
    layout, letters = style.find(qn("w:pPr")), style.find(qn("w:rPr"))
    related = [style.find(qn(f"w:{relation}")) for relation in ("basedOn", "next")]
    spacing = layout.find(qn("w:spacing"))
    space = ""
    if spacing is not None:
        assert spacing.get(qn("w:lineRule")) == "auto"
        before, after = (number(spacing, key) / 20 for key in ("before", "after"))
        space = f"{before:g}+{after:g}/{number(spacing, 'line'):g}"
    color, size, complex_size = (letters.find(qn(f"w:{key}")) for key in ("color", "sz", "szCs"))
    seen = [
        "b" if letters.find(qn("w:b")) is not None else "",
        "" if color is None else color.get(qn("w:val")),
        "" if size is None else f"{number(size, 'val') / 2:g}",
        *terms(letters, "b", "color", "sz", "szCs"),
    ]
    assert (size is None) == (complex_size is None)
    assert size is None or number(size, "val") == number(complex_size, "val")
    return (
        *("" if one is None else names[one.get(qn("w:val"))] for one in related),
        space,
        " ".join(filter(None, seen)),
        "; ".join(terms(layout, "spacing")),
    )


def test_each_style_looks_as_it_was_drawn() -> None:
    document = template()
    look = add_missing(document, TEXT_WIDTH)
    there = by_name(document)
    names = {style.get(qn("w:styleId")): name for name, style in there.items()}
    # Word opens no document whose styles have text in them.
    assert "".join(document.styles.element.itertext()).strip() == ""
    assert list(there) == [name for name, *_ in PARAGRAPHS] + ["Hyperlink", "Uppsikt tabell"]
    assert [(name, *described(there[name], names)) for name, *_ in PARAGRAPHS] == PARAGRAPHS
    others = ["; ".join(terms(there[name], "name")) for name in ("Hyperlink", "Uppsikt tabell")]
    assert others == [LINK, TABLE]
    assert names == {own: name for name, own in look.ids.items()}


def test_styles_are_of_their_kind_shown_among_the_styles_and_the_programs_own_marked_so() -> None:
    document = template()
    add_missing(document, TEXT_WIDTH)
    there = by_name(document)
    kinds = {name: style.get(qn("w:type")) for name, style in there.items()}
    assert kinds == dict.fromkeys(there, "paragraph") | {
        "Hyperlink": "character",
        "Uppsikt tabell": "table",
    }
    own = {name for name, style in there.items() if style.get(qn("w:customStyle")) == "1"}
    assert own == {name for name in there if name.startswith("Uppsikt")}
    assert [n for n, style in there.items() if style.get(qn("w:default"))] == ["Normal"]
    listed = {name for name, style in there.items() if style.find(qn("w:qFormat")) is not None}
    assert listed == set(there) - {"Hyperlink", "Uppsikt tabell"}


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
