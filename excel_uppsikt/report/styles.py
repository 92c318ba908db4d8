"""How the report looks: its Word styles, by name, their colour and numbering.

A municipality's own template may bring any of the styles; `add_missing` adds the rest in its colour.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from excel_uppsikt.word.colors import readable_on_white, tint
from excel_uppsikt.word.lists import (
    UNNUMBERED,
    add_list,
    lineage,
    number_headings,
    paragraph_properties,
)
from excel_uppsikt.word.names import nsdecls, qn
from excel_uppsikt.word.pieces import Element, element, escaped

if TYPE_CHECKING:
    from docx.document import Document

DARK, LINE, GREY = "1B2A33", "B8C7CC", "595959"

# Names as Word stores them; built-in ones are translated when shown.
NORMAL, BODY, TITLE, SUBTITLE = "Normal", "Body Text", "Title", "Subtitle"
CHAPTER, SECTION, ACTIVITY = "heading 1", "heading 2", "heading 3"
CONTENTS, CONTENTS_1, CONTENTS_2 = "TOC Heading", "toc 1", "toc 2"
BULLET, HEADER, FOOTER = "List Bullet", "header", "footer"
MUNICIPALITY, FACT, SUBHEAD = "Uppsikt kommun", "Uppsikt uppgift", "Uppsikt mellanrubrik"
TABLE, TABLE_HEAD = "Uppsikt tabell", "Uppsikt tabellhuvud"
TABLE_TITLE, TABLE_BULLET = "Uppsikt aktivitet", "Uppsikt enhet"
TABLE_TEXT, TABLE_STATUS = "Uppsikt aktivitetstext", "Uppsikt status"
CELL, CELL_HEAD = "Uppsikt cell", "Uppsikt cellhuvud"
NUMBER, NUMBER_HEAD = "Uppsikt tal", "Uppsikt talhuvud"
CHOICE, ROOM = "Uppsikt val", "Uppsikt skrivrum"
LINK = "Hyperlink"

# What the built-in styles are called in documents that come from other programs in Swedish.
_SWEDISH = {
    BODY: "brödtext", TITLE: "rubrik", SUBTITLE: "underrubrik", CHAPTER: "rubrik 1",
    SECTION: "rubrik 2", ACTIVITY: "rubrik 3", BULLET: "punktlista", HEADER: "sidhuvud",
    FOOTER: "sidfot", CONTENTS: "innehållsförteckningsrubrik", CONTENTS_1: "innehåll 1",
    CONTENTS_2: "innehåll 2", LINK: "hyperlänk",
}  # fmt: skip


# Fonts as narrow as Calibri; others are taken to be as wide as Verdana.
_NARROW = {
    "calibri", "carlito", "aptos", "times new roman", "garamond", "cambria", "candara", "corbel",
    "calibri light", "liberation serif", "source sans pro",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """The styles' ids by name, as they may stand in XML, their colour, and the body's font.

    `unnumbered` is the number of a list that shows none, for headings that stand outside the count.
    """

    ids: Mapping[str, str]
    accent: str = "1F4E5F"
    font: str = ""
    unnumbered: int = 0

    @property
    def wide(self) -> int:
        """How wide the body's letters are, in hundredths of those of Calibri."""
        return 100 if self.font.casefold() in _NARROW else 122

    @property
    def pale(self) -> str:
        """The colour behind an activity's title."""
        return tint(self.accent, 0.12)


def _size(points: float) -> str:
    return f'<w:sz w:val="{points * 2:.0f}"/><w:szCs w:val="{points * 2:.0f}"/>'


def _space(before: float, after: float, line: int = 259) -> str:
    return (
        f'<w:spacing w:before="{before * 20:.0f}" w:after="{after * 20:.0f}" '
        f'w:line="{line}" w:lineRule="auto"/>'
    )


def _contents(width: int, before: float) -> str:
    return (
        f'<w:tabs><w:tab w:val="left" w:pos="680"/><w:tab w:val="right" w:leader="dot" '
        f'w:pos="{width}"/></w:tabs>{_space(before, 3)}<w:ind w:left="680" w:hanging="680"/>'
    )


def _level(number: int) -> str:
    return f'<w:outlineLvl w:val="{number}"/>'


_KEEP = "<w:keepNext/><w:keepLines/>"


def _paragraphs(accent: str, width: int) -> tuple[tuple[str, str, str, str, str], ...]:
    """Name, what it is based on, what follows it, paragraph properties, character properties."""
    head = f'<w:b/><w:color w:val="{accent}"/>'
    grey = f'<w:color w:val="{GREY}"/>'
    box = f'w:val="single" w:sz="4" w:space="6" w:color="{LINE}"'
    edges = "".join(f"<w:{side} {box}/>" for side in ("top", "left", "bottom", "right"))
    return (
        (NORMAL, "", "", _space(0, 6), ""),
        (BODY, NORMAL, "", _space(0, 8), ""),
        (TITLE, NORMAL, SUBTITLE, _space(170, 10, 240), f"{head}{_size(32)}"),
        (SUBTITLE, NORMAL, BODY, _space(0, 36), f'<w:color w:val="{DARK}"/>{_size(20)}'),
        (MUNICIPALITY, NORMAL, TITLE, _space(0, 8), f'{head}<w:spacing w:val="20"/>{_size(16)}'),
        (FACT, NORMAL, FACT,
         f'<w:tabs><w:tab w:val="left" w:pos="2835"/></w:tabs>{_space(0, 4)}'
         '<w:ind w:left="2835" w:hanging="2835"/>', _size(12)),
        (CHAPTER, NORMAL, BODY, f"{_KEEP}{_space(0, 12)}{_level(0)}", f"{head}{_size(20)}"),
        (SECTION, NORMAL, BODY, f"{_KEEP}{_space(20, 8)}{_level(1)}", f"{head}{_size(15)}"),
        (ACTIVITY, NORMAL, BODY, f"{_KEEP}{_space(16, 4)}{_level(2)}", f"{head}{_size(12)}"),
        # In the font of a template's own headings, but not in their count.
        (SUBHEAD, SECTION, BODY,
         f'{_KEEP}<w:numPr><w:numId w:val="0"/></w:numPr>{_space(12, 4)}'
         f'<w:ind w:left="0" w:firstLine="0"/>{_level(1)}', f"{head}{_size(13)}"),
        (CONTENTS, NORMAL, BODY, f"{_KEEP}{_space(0, 14)}", f"{head}{_size(20)}"),
        (CONTENTS_1, NORMAL, "", _contents(width, 8), "<w:b/>"),
        (CONTENTS_2, NORMAL, "", _contents(width, 0), ""),
        (BULLET, NORMAL, "", f"{_space(0, 3)}<w:contextualSpacing/>", ""),
        (HEADER, NORMAL, "", _space(0, 0, 240), f"{grey}{_size(9.5)}"),
        (FOOTER, NORMAL, "", f'{_space(0, 0, 240)}<w:jc w:val="right"/>', f"{grey}{_size(9.5)}"),
        (TABLE_HEAD, NORMAL, "", f"<w:keepNext/>{_space(3, 3, 240)}",
         f'<w:b/><w:color w:val="FFFFFF"/>{_size(10.5)}'),
        (TABLE_TITLE, NORMAL, "", f"<w:keepNext/>{_space(4, 3, 250)}", "<w:b/>"),
        (TABLE_BULLET, BULLET, "", f"<w:keepNext/>{_space(0, 2, 240)}<w:contextualSpacing/>",
         _size(10)),
        (TABLE_TEXT, NORMAL, "", _space(3, 4, 254), _size(10.5)),
        (TABLE_STATUS, NORMAL, "", _space(3, 3, 240), f"<w:b/>{_size(10.5)}"),
        (CELL, NORMAL, "", _space(1, 1, 240), _size(9)),
        (CELL_HEAD, NORMAL, "", f"<w:keepNext/>{_space(2, 2, 240)}",
         f'<w:b/><w:color w:val="FFFFFF"/>{_size(9)}'),
        (NUMBER, CELL, "", '<w:jc w:val="right"/>', ""),
        (NUMBER_HEAD, CELL_HEAD, "", '<w:jc w:val="right"/>', ""),
        (CHOICE, NORMAL, "",
         f'<w:keepLines/><w:tabs><w:tab w:val="left" w:pos="454"/></w:tabs>{_space(6, 4)}'
         '<w:ind w:left="454" w:hanging="454"/>', ""),
        (ROOM, NORMAL, "",
         f"<w:keepLines/><w:pBdr>{edges}</w:pBdr>{_space(6, 10)}"
         '<w:ind w:left="567" w:right="113"/>', grey),
    )  # fmt: skip


def _table_style(accent: str) -> str:
    edge = f'w:val="single" w:sz="4" w:space="0" w:color="{LINE}"'
    edges = "".join(f"<w:{side} {edge}/>" for side in ("top", "left", "bottom", "right", "insideH"))
    return (
        f"<w:tblPr><w:tblBorders>{edges}</w:tblBorders>"
        '<w:tblCellMar><w:left w:w="110" w:type="dxa"/><w:right w:w="110" w:type="dxa"/>'
        '</w:tblCellMar></w:tblPr><w:tblStylePr w:type="firstRow"><w:tcPr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{accent}"/></w:tcPr></w:tblStylePr>'
    )


def _style_id(name: str) -> str:
    return "".join(part.capitalize() for part in name.split())


def style_element(kind: str, name: str, content: str, *, default: bool = False) -> Element:
    """A style's definition; those of the program's own making are marked as such."""
    from docx.oxml import parse_xml  # the names of the styles are needed without it

    marks = ' w:customStyle="1"' if name.startswith("Uppsikt") else ""
    marks += ' w:default="1"' if default else ""
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="{kind}"{marks} w:styleId="{_style_id(name)}">'
        f'<w:name w:val="{name}"/>{content}</w:style>'
    )


def _definitions(look: Look, width: int) -> Iterator[tuple[str, Element]]:
    """The report's styles by name, referring to one another by their ids."""
    for name, based, following, layout, letters in _paragraphs(look.accent, width):
        relations = f'<w:basedOn w:val="{look.ids[based]}"/>' if based else ""
        relations += f'<w:next w:val="{look.ids[following]}"/>' if following else ""
        content = f"{relations}<w:qFormat/><w:pPr>{layout}</w:pPr><w:rPr>{letters}</w:rPr>"
        yield name, style_element("paragraph", name, content, default=name == NORMAL)
    letters = f'<w:rPr><w:color w:val="{look.accent}"/><w:u w:val="single"/></w:rPr>'
    yield LINK, style_element("character", LINK, f'<w:uiPriority w:val="99"/>{letters}')
    design = _table_style(look.accent)
    yield TABLE, style_element("table", TABLE, f'<w:uiPriority w:val="99"/>{design}')


def add_missing(document: "Document", width: int) -> Look:
    """Adds the styles and numbering that the document lacks; answers what its parts are made with.

    `width` is the text's width in twentieths of a point.
    """
    root = document.styles.element
    there: dict[tuple[str, str], str] = {}
    for style in root.findall(qn("w:style")):
        name = style.find(qn("w:name")).get(qn("w:val")).casefold()
        kind = style.get(qn("w:type"), "paragraph")
        there.setdefault((kind, name), style.get(qn("w:styleId")))
    kinds = {LINK: "character", TABLE: "table"}
    names = [name for name, *_ in _paragraphs("", 0)] + [LINK, TABLE]
    found: dict[str, str] = {}
    for name in names:
        kind = kinds.get(name, "paragraph")
        own = there.get((kind, name.casefold())) or there.get((kind, _SWEDISH.get(name, "")))
        if own:
            found[name] = own
    raw = {name: found.get(name) or _free_id(name, set(there.values())) for name in names}
    ids = {name: escaped(own) for name, own in raw.items()}
    accent = _accent(document, found[CHAPTER]) if CHAPTER in found else ""
    look = Look(ids, accent or Look(ids).accent, _font(document, raw[NORMAL]))
    for name, definition in _definitions(look, width):
        if name not in found:
            definition.set(qn("w:styleId"), raw[name])
            root.append(definition)
    for level, name in enumerate((CHAPTER, SECTION, ACTIVITY)):
        _be_heading(document, raw[name], level)
    levels = (raw[CHAPTER], raw[SECTION])
    number_headings(document, levels, contents=raw[CONTENTS], bullet=raw[BULLET])
    return replace(look, unnumbered=add_list(document, [UNNUMBERED]))


def _free_id(name: str, taken: set[str]) -> str:
    """The style's own id, or another where a template has given that to something else."""
    made = _style_id(name)
    while made in taken:
        made += "X"
    return made


def _accent(document: "Document", style_id: str) -> str:
    """The colour of the template's chapter headings, dark enough to read; '' where it has none."""
    for style in lineage(document, style_id):
        color = style.find(f"{qn('w:rPr')}/{qn('w:color')}")
        if color is not None:
            value = color.get(qn("w:val"), "")
            return readable_on_white(value.upper()) if re.fullmatch("[0-9A-Fa-f]{6}", value) else ""
    return ""


def _font(document: "Document", style_id: str) -> str:
    """The font of the template's ordinary text, '' where its theme decides."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    places = [*lineage(document, style_id), *([] if defaults is None else [defaults])]
    for place in places:
        for fonts in place.iter(qn("w:rFonts")):
            name: str | None = fonts.get(qn("w:ascii"))
            if name or fonts.get(qn("w:asciiTheme")):
                return name or ""
    return ""


def _be_heading(document: "Document", style_id: str, level: int) -> None:
    """Gives a heading style of a template its level where it lacks one: the contents go by that."""
    path = f"{qn('w:pPr')}/{qn('w:outlineLvl')}"
    if not any(style.find(path) is not None for style in lineage(document, style_id)):
        # In the schema only a few elements, which no style of Word's has, come after it.
        paragraph_properties(document, style_id).append(element("outlineLvl", val=level))
