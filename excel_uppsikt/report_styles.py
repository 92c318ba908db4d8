"""How the report looks: its Word styles, numbering and page, and the template that holds them.

A municipality's own template may bring any of the styles by name; `add_missing` adds the rest.
"""

import io
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm

from excel_uppsikt.findings import CannotRunError
from excel_uppsikt.office.word import Element, as_bytes, element, field, paragraph


class TemplateError(CannotRunError):
    """The municipality's own template cannot be used."""


TITLE_MARK, DEPARTMENT_MARK = "{rapporttitel}", "{verksamhet}"
DARK, ACCENT, PALE, LINE = "1B2A33", "1F4E5F", "E4EEF1", "B8C7CC"
_FONT = "Calibri"
_MADE = datetime(2024, 1, 1, tzinfo=UTC)

# Names as Word stores them; built-in ones are translated when shown.
BODY, TITLE, SUBTITLE = "Body Text", "Title", "Subtitle"
CHAPTER, SECTION, ACTIVITY = "heading 1", "heading 2", "heading 3"
CONTENTS, CONTENTS_1, CONTENTS_2 = "TOC Heading", "toc 1", "toc 2"
BULLET, HEADER, FOOTER = "List Bullet", "header", "footer"
MUNICIPALITY, FACT, AREA = "Uppsikt kommun", "Uppsikt uppgift", "Uppsikt målområde"
TABLE, TABLE_HEAD = "Uppsikt tabell", "Uppsikt tabellhuvud"
TABLE_TITLE, TABLE_BULLET = "Uppsikt aktivitet", "Uppsikt enhet"
TABLE_TEXT, TABLE_STATUS = "Uppsikt aktivitetstext", "Uppsikt status"
LINK = "Hyperlink"

_HEAD = f'<w:b/><w:color w:val="{ACCENT}"/>'


def _size(points: float) -> str:
    return f'<w:sz w:val="{points * 2:.0f}"/><w:szCs w:val="{points * 2:.0f}"/>'


def _space(before: float, after: float, line: int = 259) -> str:
    return (
        f'<w:spacing w:before="{before * 20:.0f}" w:after="{after * 20:.0f}" '
        f'w:line="{line}" w:lineRule="auto"/>'
    )


def _tabs(left: int) -> str:
    tabs = f'<w:tab w:val="left" w:pos="{left}"/><w:tab w:val="right" w:leader="dot" w:pos="9070"/>'
    return f"<w:tabs>{tabs}</w:tabs>"


_NORMAL = "Normal"
_KEEP = "<w:keepNext/><w:keepLines/>"
_DEFAULTS = {"Default Paragraph Font": "character", "Normal Table": "table", "No List": "numbering"}
# Name, what it is based on, what follows it, paragraph properties, character properties.
_PARAGRAPHS: tuple[tuple[str, str, str, str, str], ...] = (
    (_NORMAL, "", "", _space(0, 6), ""),
    (BODY, _NORMAL, "", _space(0, 8), ""),
    (TITLE, _NORMAL, SUBTITLE, _space(170, 10, 240), f"{_HEAD}{_size(32)}"),
    (SUBTITLE, _NORMAL, BODY, _space(0, 36), f'<w:color w:val="{DARK}"/>{_size(20)}'),
    (MUNICIPALITY, _NORMAL, TITLE, _space(0, 0), f"{_HEAD}<w:spacing w:val=\"20\"/>{_size(16)}"),
    (FACT, _NORMAL, FACT,
     f'<w:tabs><w:tab w:val="left" w:pos="2835"/></w:tabs>{_space(0, 4)}'
     '<w:ind w:left="2835" w:hanging="2835"/>', _size(12)),
    (CHAPTER, _NORMAL, BODY, f'{_KEEP}{_space(0, 12)}<w:outlineLvl w:val="0"/>',
     f"{_HEAD}{_size(20)}"),
    (SECTION, _NORMAL, BODY, f'{_KEEP}{_space(20, 8)}<w:outlineLvl w:val="1"/>',
     f"{_HEAD}{_size(15)}"),
    (ACTIVITY, _NORMAL, BODY, f'{_KEEP}{_space(16, 4)}<w:outlineLvl w:val="2"/>',
     f"{_HEAD}{_size(12)}"),
    (AREA, _NORMAL, BULLET, f'{_KEEP}{_space(14, 4)}<w:outlineLvl w:val="1"/>',
     f"{_HEAD}{_size(13)}"),
    (CONTENTS, _NORMAL, BODY, f"{_KEEP}{_space(0, 14)}", f"{_HEAD}{_size(20)}"),
    (CONTENTS_1, _NORMAL, "",
     f'{_tabs(680)}{_space(8, 3)}<w:ind w:left="680" w:hanging="680"/>', "<w:b/>"),
    (CONTENTS_2, _NORMAL, "",
     f'{_tabs(680)}{_space(0, 3)}<w:ind w:left="680" w:hanging="680"/>', ""),
    (BULLET, _NORMAL, "", f"{_space(0, 3)}<w:contextualSpacing/>", ""),
    (HEADER, _NORMAL, "", _space(0, 0, 240), f'<w:color w:val="595959"/>{_size(9.5)}'),
    (FOOTER, _NORMAL, "", f'{_space(0, 0, 240)}<w:jc w:val="right"/>',
     f'<w:color w:val="595959"/>{_size(9.5)}'),
    (TABLE_HEAD, _NORMAL, "", f"<w:keepNext/>{_space(3, 3, 240)}",
     f'<w:b/><w:color w:val="FFFFFF"/>{_size(10.5)}'),
    (TABLE_TITLE, _NORMAL, "", f"<w:keepNext/>{_space(4, 3, 250)}", "<w:b/>"),
    (TABLE_BULLET, BULLET, "", f"<w:keepNext/>{_space(0, 2, 240)}<w:contextualSpacing/>",
     _size(10)),
    (TABLE_TEXT, _NORMAL, "", _space(3, 4, 254), _size(10.5)),
    (TABLE_STATUS, _NORMAL, "", _space(3, 3, 240), f"<w:b/>{_size(10.5)}"),
)  # fmt: skip

_EDGE = f'w:val="single" w:sz="4" w:space="0" w:color="{LINE}"'
_TABLE_STYLE = (
    "<w:tblPr><w:tblBorders>"
    + "".join(f"<w:{side} {_EDGE}/>" for side in ("top", "left", "bottom", "right", "insideH"))
    + '</w:tblBorders><w:tblCellMar><w:left w:w="110" w:type="dxa"/>'
    '<w:right w:w="110" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:tcPr>'
    f'<w:shd w:val="clear" w:color="auto" w:fill="{ACCENT}"/></w:tcPr></w:tblStylePr>'
)


def _style_id(name: str) -> str:
    return "".join(part.capitalize() for part in name.split())


def _style(kind: str, name: str, content: str) -> Element:
    marks = ' w:customStyle="1"' if name.startswith("Uppsikt") else ""
    marks += ' w:default="1"' if name == _NORMAL or name in _DEFAULTS else ""
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="{kind}"{marks} w:styleId="{_style_id(name)}">'
        f'<w:name w:val="{name}"/>{content}</w:style>'
    )


def _definitions(ids: Mapping[str, str]) -> Iterator[tuple[str, Element]]:
    """The report's styles by name, referring to one another by these ids."""
    for name, based, following, layout, letters in _PARAGRAPHS:
        relations = f'<w:basedOn w:val="{ids[based]}"/>' if based else ""
        relations += f'<w:next w:val="{ids[following]}"/>' if following else ""
        content = f"{relations}<w:qFormat/><w:pPr>{layout}</w:pPr><w:rPr>{letters}</w:rPr>"
        yield name, _style("paragraph", name, content)
    letters = f'<w:rPr><w:color w:val="{ACCENT}"/><w:u w:val="single"/></w:rPr>'
    yield LINK, _style("character", LINK, f'<w:uiPriority w:val="99"/>{letters}')
    yield TABLE, _style("table", TABLE, f'<w:uiPriority w:val="99"/>{_TABLE_STYLE}')


def add_missing(document: Document) -> dict[str, str]:
    """Adds the styles and numbering that the document lacks; answers each style's id by its name."""
    root = document.styles.element
    there = {
        style.find(qn("w:name")).get(qn("w:val")).casefold(): style.get(qn("w:styleId"))
        for style in root.findall(qn("w:style"))
    }
    names = [name for name, *_ in _PARAGRAPHS] + [LINK, TABLE]
    ids = {name: there.get(name.casefold(), _style_id(name)) for name in names}
    for name, definition in _definitions(ids):
        if name.casefold() not in there:
            root.append(definition)
    _number(document, ids)
    return ids


def _number(document: Document, ids: dict[str, str]) -> None:
    """Numbers chapters and sections as one list, and gives bullets to the bullet styles."""
    levels = (CHAPTER, SECTION)
    styles = {name: _paragraph_properties(document, ids[name]) for name in (*levels, BULLET)}
    numbered = {name for name, found in styles.items() if found.find(qn("w:numPr")) is not None}
    if not numbered & set(levels):
        number = _add_list(
            document,
            [
                f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
                f'<w:pStyle w:val="{ids[name]}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
                f'<w:pPr><w:ind w:left="{indent}" w:hanging="{indent}"/></w:pPr></w:lvl>'
                for at, (name, text, indent) in enumerate(
                    zip(levels, ("%1", "%1.%2"), (567, 737), strict=True)
                )
            ],
        )
        for at, name in enumerate(levels):
            _set_number(styles[name], number, at)
        # Word's own heading of the contents is based on heading 1 and would be numbered with it.
        contents = _paragraph_properties(document, ids[CONTENTS])
        if contents.find(qn("w:numPr")) is None:
            _set_number(contents, 0, 0)
    if BULLET not in numbered:
        bullet = (
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
            f'<w:pStyle w:val="{ids[BULLET]}"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
            '<w:pPr><w:ind w:left="397" w:hanging="284"/></w:pPr></w:lvl>'
        )
        _set_number(styles[BULLET], _add_list(document, [bullet]), 0)


def _paragraph_properties(document: Document, style_id: str) -> Element:
    style = next(
        s
        for s in document.styles.element.findall(qn("w:style"))
        if s.get(qn("w:styleId")) == style_id
    )
    found = style.find(qn("w:pPr"))
    if found is None:
        found = element("pPr")
        style.append(found)
    return found


def _add_list(document: Document, levels: list[str]) -> int:
    """Adds a list definition of these levels; answers its number."""
    root = document.part.numbering_part.element
    used = [int(a.get(qn("w:abstractNumId"))) for a in root.findall(qn("w:abstractNum"))]
    abstract = max(used, default=0) + 1
    numbers = root.findall(qn("w:num"))
    number = max((int(n.get(qn("w:numId"))) for n in numbers), default=0) + 1
    definition = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract}">'
        f'<w:multiLevelType w:val="multilevel"/>{"".join(levels)}</w:abstractNum>'
    )
    # Word takes the file for damaged when a definition stands after the first use of one.
    if numbers:
        numbers[0].addprevious(definition)
    else:
        root.append(definition)
    used_by = element("num", numId=number)
    used_by.append(element("abstractNumId", val=abstract))
    root.append(used_by)
    return number


def _set_number(properties: Element, number: int, level: int) -> None:
    made = element("numPr")
    if level:
        made.append(element("ilvl", val=level))
    made.append(element("numId", val=number))
    # In the schema numPr follows the keep and page-break properties and comes before the rest.
    early = {qn(f"w:{name}") for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore")}
    at = sum(1 for child in properties if child.tag in early)
    properties.insert(at, made)


def make_template() -> bytes:
    """rapportmall.docx: an empty A4 document in Swedish with the report's styles, header and footer."""
    document = docx.Document()
    _drop_extras(document)
    _replace_styles(document)
    ids = add_missing(document)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(3.0), Cm(2.5)
    section.header_distance = section.footer_distance = Cm(1.25)
    section.different_first_page_header_footer = True
    _fill(section.header._element, paragraph(ids[HEADER], TITLE_MARK),
          paragraph(ids[HEADER], DEPARTMENT_MARK))  # fmt: skip
    add_page_numbers(document, ids)
    for empty in (section.first_page_header, section.first_page_footer):
        _fill(empty._element, paragraph(ids[HEADER]))
    properties = document.core_properties
    properties.author, properties.comments, properties.title = "", "", "Rapportmall"
    properties.language, properties.keywords, properties.revision = "sv-SE", "", 1
    properties.created = properties.modified = _MADE
    return as_bytes(document)


def add_page_numbers(document: Document, ids: Mapping[str, str]) -> None:
    """Gives the template's first section `Sida X av Y` at the foot, where it has nothing there."""
    footer = document.sections[0].footer
    if not any(p.text.strip() or p._p.findall(qn("w:fldSimple")) for p in footer.paragraphs):
        _fill(footer._element, _page_of_pages(ids))


def _page_of_pages(ids: Mapping[str, str]) -> Element:
    return paragraph(ids[FOOTER], "Sida ", *field("PAGE", "1"), " av ", *field("NUMPAGES", "1"))


def _fill(part: Element, *content: Element) -> None:
    for child in list(part):
        part.remove(child)
    part.extend(content)


def _drop_extras(document: Document) -> None:
    """Drops what python-docx's own template carries along and no reader of ours needs."""
    for part, name in (
        (document.part, "stylesWithEffects"),
        (document.part, "customXml"),
        (document.part.package, "thumbnail"),
    ):
        for key, relation in list(part.rels.items()):
            if relation.reltype.endswith(name):
                part.rels.pop(key)
    settings = document.settings.element
    for name in ("w:useFELayout", "w:rsids", "w:savePreviewPicture"):
        for found in list(settings.iter(qn(name))):
            found.getparent().remove(found)
    for found in settings.iter(qn("w:compatSetting")):
        if found.get(qn("w:name")) == "compatibilityMode":
            found.set(qn("w:val"), "15")
    for found in settings.iter(qn("w:themeFontLang")):
        found.set(qn("w:val"), "sv-SE")
    zoom = settings.find(qn("w:zoom"))
    zoom.set(qn("w:percent"), "100")


def _replace_styles(document: Document) -> None:
    root = document.styles.element
    for child in list(root):
        root.remove(child)
    root.append(
        parse_xml(
            f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>"
            f'<w:rFonts w:ascii="{_FONT}" w:hAnsi="{_FONT}" w:eastAsia="{_FONT}" w:cs="{_FONT}"/>'
            f'{_size(11)}<w:lang w:val="sv-SE" w:eastAsia="sv-SE" w:bidi="ar-SA"/></w:rPr>'
            "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        )
    )
    for name, kind in _DEFAULTS.items():
        root.append(_style(kind, name, '<w:uiPriority w:val="99"/>'))
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)


def open_template(template: bytes) -> Document:
    """The template as a document to fill. Raises `TemplateError` when it is not a Word document."""
    try:
        return docx.Document(io.BytesIO(template))
    # python-docx lets whatever it stumbles on through: zip, key, XML and value errors alike.
    except Exception as error:
        raise TemplateError(
            "Rapportmallen kan inte läsas. Öppna den i Word, spara den som Word-dokument (.docx) "
            "och kör igen, eller ta bort filen så används programmets egen mall."
        ) from error
