"""How each style of a report looks, by what Word is told of it."""

from typing import Any

import docx
from docx.document import Document
from lxml import etree

from excel_uppsikt.report.styles import add_missing
from excel_uppsikt.word.names import qn

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
