"""Word's XML in small pieces: paragraphs, runs, links, fields, tables. Fast, valid, and no domain.

The pieces are text, set into the document as it is saved: as elements, one at a time, a report of
thousands of activities takes ten times as long. Every text is cleaned and escaped here, so that
nothing from a workbook can break the XML or become a part of it.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lxml import etree

from excel_uppsikt.language.text import clean
from excel_uppsikt.word.names import qn

if TYPE_CHECKING:
    from docx.document import Document

# lxml's elements have no useful static type here; this names what is meant.
Element = Any

_ZIP_TIME = (2024, 1, 1, 0, 0, 0)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_PLACE = "uppsikt: text"
# How the bookmarks of the program's own contents begin; Word's own go on with digits.
CONTENTS_MARK = "_TocUppsikt"
_ROOT = re.compile(rb"<(?:\w+:)?document\b[^>]*")


class Xml(str):
    """A piece of ready XML. Any other text is escaped where it is used, whatever it looks like."""

    __slots__ = ()


def element(tag: str, **attributes: object) -> Element:
    """A `w:` element with `w:` attributes, in the order given, for the template's own parts."""
    from docx.oxml import OxmlElement  # only where a template is made or mended

    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def escaped(text: str) -> str:
    """The text, cleaned, as it may stand in XML, in attributes too."""
    text = clean(text)
    if any(mark in text for mark in '&<>"'):
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        text = text.replace('"', "&quot;")
    return text


def run(text: str, *, bold: bool = False, italic: bool = False, color: str = "") -> Xml:
    """A run of text; line breaks in it are kept."""
    letters = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    letters += f'<w:color w:val="{color}"/>' if color else ""
    letters = f"<w:rPr>{letters}</w:rPr>" if letters else ""
    words = escaped(text)
    if "\n" in words:
        words = words.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return Xml(f'<w:r>{letters}<w:t xml:space="preserve">{words}</w:t></w:r>')


def tab() -> Xml:
    """A run that goes to the paragraph's next tab stop."""
    return Xml("<w:r><w:tab/></w:r>")


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark around a paragraph's content; numbers are not used twice in a document."""

    name: str
    number: int


def paragraph(
    style: str,
    *content: str,
    keep_next: bool = False,
    new_page: bool = False,
    on_list: int = 0,
    space_before: int = 0,
    bookmark: Bookmark | None = None,
) -> Xml:
    """A paragraph in a style (by its id), of texts and XML.

    `on_list` is the number of a list instead of the one its style is on, if any. `space_before` is
    in twentieths of a point, 0 for the style's own.
    """
    layout = f'<w:pStyle w:val="{style}"/>'
    # The order is the schema's.
    layout += "<w:keepNext/>" if keep_next else ""
    layout += "<w:pageBreakBefore/>" if new_page else ""
    if on_list:
        layout += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{on_list}"/></w:numPr>'
    layout += f'<w:spacing w:before="{space_before}"/>' if space_before else ""
    inside = "".join([part if type(part) is Xml else run(part) for part in content])
    if bookmark:
        mark = f'w:id="{bookmark.number}"'
        begin = f'<w:bookmarkStart {mark} w:name="{bookmark.name}"/>'
        inside = f"{begin}{inside}<w:bookmarkEnd {mark}/>"
    return Xml(f"<w:p><w:pPr>{layout}</w:pPr>{inside}</w:p>")


def link(anchor: str, *content: Xml) -> Xml:
    """A link to a bookmark of the same document."""
    inside = "".join(content)
    return Xml(f'<w:hyperlink w:anchor="{anchor}" w:history="1">{inside}</w:hyperlink>')


def check_box(name: str) -> Xml:
    """An empty box to tick by clicking; `name` is what a screen reader calls it."""
    font = "MS Gothic"
    fonts = f'w:ascii="{font}" w:eastAsia="{font}" w:hAnsi="{font}" w:hint="eastAsia"'
    return Xml(
        f'<w:sdt><w:sdtPr><w:alias w:val="{escaped(name[:64])}"/><w14:checkbox xmlns:w14="{_W14}">'
        f'<w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="{font}"/>'
        f'<w14:uncheckedState w14:val="2610" w14:font="{font}"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent><w:r><w:rPr><w:rFonts {fonts}/></w:rPr><w:t>\u2610</w:t></w:r>"
        "</w:sdtContent></w:sdt>"
    )


def room_to_write(name: str, prompt: str) -> Xml:
    """A place in a paragraph to click and write in, which shows what belongs there."""
    return Xml(
        f'<w:sdt><w:sdtPr><w:alias w:val="{escaped(name[:64])}"/><w:showingPlcHdr/>'
        f'<w:text w:multiLine="1"/></w:sdtPr><w:sdtContent>{run(prompt)}</w:sdtContent></w:sdt>'
    )


def field_mark(kind: str) -> Xml:
    """The run that begins, separates or ends a field."""
    return Xml(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>')


def field(instruction: str, shown: str | None = None) -> list[Xml]:
    """A whole field with what it shows until it is next updated; begun only, when that is None."""
    words = f" {instruction} ".replace('"', "&quot;")
    code = Xml(f'<w:r><w:instrText xml:space="preserve">{words}</w:instrText></w:r>')
    begun = [field_mark("begin"), code, field_mark("separate")]
    return begun if shown is None else [*begun, run(shown), field_mark("end")]


# How a cell is one with those below, or the one above.
BEGINS, GOES_ON = "restart", "continue"


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its paragraphs, at least one, and how many columns it covers.

    `merge` is whether it begins, or goes on with, a cell over several rows.
    """

    paragraphs: Sequence[Xml]
    span: int = 1
    merge: str = ""


def table(
    style: str,
    widths: Sequence[int],
    header: Sequence[Cell],
    rows: Iterable[Xml],
    *,
    title: str,
    description: str,
) -> Xml:
    """A table of fixed column widths (twentieths of a point) whose header row repeats on each page.

    `title` and `description` are its alternative text.
    """
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return Xml(
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" '
        'w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{escaped(title)}"/><w:tblDescription w:val="{escaped(description)}"/>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{row(widths, header, header=True)}{''.join(rows)}"
        "</w:tbl>"
    )


def row(
    widths: Sequence[int],
    cells: Sequence[Cell],
    *,
    header: bool = False,
    whole: bool = True,
    shade: str = "",
) -> Xml:
    """A table row. `whole` keeps it on one page; `shade` is a background colour."""
    layout = "<w:cantSplit/>" if header or whole else ""
    layout += "<w:tblHeader/>" if header else ""
    layout = f"<w:trPr>{layout}</w:trPr>" if layout else ""
    color = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    boxes: list[str] = []
    column = 0
    for cell in cells:
        span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        width = f'<w:tcW w:w="{sum(widths[column : column + cell.span])}" w:type="dxa"/>'
        inside = "".join(cell.paragraphs)
        merge = f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else ""
        boxes.append(f"<w:tc><w:tcPr>{width}{span}{merge}{color}</w:tcPr>{inside}</w:tc>")
        column += cell.span
    return Xml(f"<w:tr>{layout}{''.join(boxes)}</w:tr>")


def as_elements(*pieces: Xml) -> list[Element]:
    """The pieces as elements, for a part that is put together from elements."""
    return list(etree.fromstring(f'<w:body xmlns:w="{_W}">{"".join(pieces)}</w:body>'))


def as_bytes(document: "Document", body: Iterable[Xml] = ()) -> bytes:
    """The document as a file, with `body` at its end, and nothing that depends on when it was made."""
    content = "".join(body).encode("utf-8")
    place = etree.Comment(_PLACE)
    section = document.element.body.find(qn("w:sectPr"))
    if content:
        section.addprevious(place)
    written = io.BytesIO()
    document.save(written)
    result = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            part = source.read(name)
            if content and name == document.part.partname.lstrip("/"):
                part = _with_body(part, content)
            target.writestr(info, part)
    return result.getvalue()


def _with_body(part: bytes, content: bytes) -> bytes:
    """The document's part with the content where its place is marked, its prefix declared."""
    root = _ROOT.search(part)
    if root is not None and b"xmlns:w=" not in root[0]:
        part = part.replace(root[0], root[0] + f' xmlns:w="{_W}"'.encode(), 1)
    return part.replace(f"<!--{_PLACE}-->".encode(), content, 1)
