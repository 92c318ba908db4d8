"""Word's XML in small pieces: paragraphs, runs, links, fields, tables. Fast, valid, and no domain.

Elements are built directly, since python-docx's cell-by-cell way takes a time that grows with the
square of a table's rows. Every text is cleaned here, so that nothing from a workbook can break XML.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from excel_uppsikt.office.text import clean

# lxml's elements have no useful static type here; this names what is meant.
Element = Any

_ZIP_TIME = (2024, 1, 1, 0, 0, 0)


def element(tag: str, **attributes: object) -> Element:
    """A `w:` element with `w:` attributes, in the order given."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def run(text: str, *, style: str = "", bold: bool = False, color: str = "") -> Element:
    """A run of text; line breaks in it are kept."""
    made = element("r")
    if style or bold or color:
        properties = element("rPr")
        if style:
            properties.append(element("rStyle", val=style))
        if bold:
            properties.append(element("b"))
        if color:
            properties.append(element("color", val=color))
        made.append(properties)
    for number, line in enumerate(clean(text).split("\n")):
        if number:
            made.append(element("br"))
        words = OxmlElement("w:t")
        words.text = line
        words.set(qn("xml:space"), "preserve")
        made.append(words)
    return made


def tab() -> Element:
    """A run that goes to the paragraph's next tab stop."""
    made = element("r")
    made.append(element("tab"))
    return made


def paragraph(style: str, *content: Element | str, keep_next: bool = False) -> Element:
    """A paragraph in a style (by its id), of texts and elements."""
    made = element("p")
    properties = element("pPr")
    properties.append(element("pStyle", val=style))
    if keep_next:
        properties.append(element("keepNext"))
    made.append(properties)
    made.extend(run(part) if isinstance(part, str) else part for part in content)
    return made


def page_break_before(made: Element) -> Element:
    """The paragraph, begun on a new page."""
    properties = made.find(qn("w:pPr"))
    # The schema wants this after keepNext and before everything else that is used here.
    at = 2 if properties.find(qn("w:keepNext")) is not None else 1
    properties.insert(at, element("pageBreakBefore"))
    return made


def bookmarked(made: Element, name: str, number: int) -> Element:
    """The paragraph with a bookmark around its content."""
    made.insert(1, element("bookmarkStart", id=number, name=name))
    made.append(element("bookmarkEnd", id=number))
    return made


def link(anchor: str, *content: Element) -> Element:
    """A link to a bookmark of the same document."""
    made = element("hyperlink", anchor=anchor, history=1)
    made.extend(content)
    return made


def field_mark(kind: str) -> Element:
    """The run that begins, separates or ends a field."""
    made = element("r")
    made.append(element("fldChar", fldCharType=kind))
    return made


def field(instruction: str, shown: str | None = None) -> list[Element]:
    """A whole field with what it shows until it is next updated; begun only, when that is None."""
    code = element("r")
    words = OxmlElement("w:instrText")
    words.set(qn("xml:space"), "preserve")
    words.text = f" {instruction} "
    code.append(words)
    begun = [field_mark("begin"), code, field_mark("separate")]
    return begun if shown is None else [*begun, run(shown), field_mark("end")]


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its paragraphs, and how many columns it covers."""

    paragraphs: Sequence[Element]
    span: int = 1


def table(
    style: str,
    widths: Sequence[int],
    header: Sequence[Cell],
    rows: Iterable[Element],
    *,
    title: str,
    description: str,
) -> Element:
    """A table of fixed column widths (twentieths of a point) whose header row repeats on each page.

    `title` and `description` are its alternative text.
    """
    made = element("tbl")
    properties = element("tblPr")
    properties.append(element("tblStyle", val=style))
    properties.append(element("tblW", w=sum(widths), type="dxa"))
    properties.append(element("tblLayout", type="fixed"))
    look = {"val": "0420", "firstRow": 1, "lastRow": 0, "firstColumn": 0, "lastColumn": 0}
    properties.append(element("tblLook", **look, noHBand=0, noVBand=1))
    properties.append(element("tblCaption", val=clean(title)))
    properties.append(element("tblDescription", val=clean(description)))
    grid = element("tblGrid")
    grid.extend(element("gridCol", w=width) for width in widths)
    made.extend([properties, grid, row(widths, header, header=True)])
    made.extend(rows)
    return made


def row(
    widths: Sequence[int],
    cells: Sequence[Cell],
    *,
    header: bool = False,
    whole: bool = True,
    shade: str = "",
) -> Element:
    """A table row. `whole` keeps it on one page; `shade` is a background colour."""
    made = element("tr")
    if header or whole:
        properties = element("trPr")
        properties.append(element("cantSplit"))
        if header:
            properties.append(element("tblHeader"))
        made.append(properties)
    column = 0
    for cell in cells:
        box = element("tc")
        frame = element("tcPr")
        frame.append(element("tcW", w=sum(widths[column : column + cell.span]), type="dxa"))
        if cell.span > 1:
            frame.append(element("gridSpan", val=cell.span))
        if shade:
            frame.append(element("shd", val="clear", color="auto", fill=shade))
        box.append(frame)
        box.extend(cell.paragraphs)
        made.append(box)
        column += cell.span
    return made


def as_bytes(document: Document) -> bytes:
    """The document as a file, with nothing in it that depends on when it was made."""
    written = io.BytesIO()
    document.save(written)
    result = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, source.read(name))
    return result.getvalue()
