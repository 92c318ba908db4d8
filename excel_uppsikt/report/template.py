"""The Word template: the program's own, or the municipality's, opened and its fields filled in.

A template gives fonts, colours, logo, page and header. Where its own text has a place for the title,
the department or another of the report's facts, that text is the report's front page.
"""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.report.styles import FOOTER, HEADER, Look, add_missing, style_element
from excel_uppsikt.word.fields import fill_fields, unknown_marks
from excel_uppsikt.word.names import nsdecls, qn
from excel_uppsikt.word.pieces import Element, Xml, as_bytes, as_elements, element, field, paragraph

if TYPE_CHECKING:
    from docx.document import Document

_FONT = "Calibri"
_MADE = datetime(2024, 1, 1, tzinfo=UTC)
_DEFAULTS = {"Default Paragraph Font": "character", "Normal Table": "table", "No List": "numbering"}
# Narrower than this no table of activities can be read.
_NARROWEST = 5_000
_TEMPLATE_TYPE = b"wordprocessingml.template.main+xml"
_DOCUMENT_TYPE = b"wordprocessingml.document.main+xml"
_HEADINGS = ("{rapporttitel}", "{verksamhet}")


class TemplateError(CannotRunError):
    """The municipality's own template cannot be used."""


def make_template() -> bytes:
    """rapportmall.docx: an empty A4 document in Swedish with the report's styles, header and footer."""
    import docx
    from docx.shared import Cm

    document = docx.Document()
    _drop_extras(document)
    _replace_styles(document)
    section = document.sections[0]
    # Numbers of python-docx's own sittings in Word.
    section._sectPr.attrib.clear()
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(3.0), Cm(2.5)
    section.header_distance = section.footer_distance = Cm(1.25)
    section.different_first_page_header_footer = True
    look = add_missing(document, text_width(document))
    _replace(section.header._element, *(paragraph(look.ids[HEADER], mark) for mark in _HEADINGS))
    _add_page_numbers(document, look)
    for empty in (section.first_page_header, section.first_page_footer):
        _replace(empty._element, paragraph(look.ids[HEADER]))
    properties = document.core_properties
    properties.author, properties.comments, properties.title = "", "", "Rapportmall"
    properties.language, properties.keywords, properties.revision = "sv-SE", "", 1
    properties.created = properties.modified = _MADE
    return as_bytes(document)


def open_template(template: bytes) -> tuple["Document", Look]:
    """The template as a document to fill, with everything that it lacked.

    Raises `TemplateError` when it is not a Word document or has no room for a table.
    """
    import docx

    try:
        document = docx.Document(io.BytesIO(_as_document(template)))
        _complete(document)
        width = text_width(document)
        look = add_missing(document, width)
    # python-docx lets whatever it stumbles on through: zip, key, XML and value errors alike.
    except Exception as error:
        raise TemplateError(
            "Rapportmallen kan inte läsas. Öppna den i Word, spara den som Word-dokument (.docx) "
            "och kör igen, eller ta bort filen så används programmets egen mall."
        ) from error
    if width < _NARROWEST:
        raise TemplateError(
            f"Rapportmallens sida har bara {width / 567:.0f} cm för text. Minska marginalerna i Word "
            f"(minst {_NARROWEST / 567:.0f} cm behövs) och kör igen."
        )
    _add_page_numbers(document, look)
    return document, look


def text_width(document: "Document") -> int:
    """The width between the last section's margins, in twentieths of a point."""
    section = document.sections[-1]
    edges = (section.left_margin or 0) + (section.right_margin or 0) + (section.gutter or 0)
    return ((section.page_width or 0) - edges) // 635


@dataclass(frozen=True, slots=True)
class Front:
    """The template's own text: whether it is the document's front page, or was taken for a draft.

    `unknown` are words in braces that are printed as they stand, for nothing is known to put there.
    `unpaged` is whether its own header and footer give no page number, as the contents do.
    """

    kept: bool
    left_out: bool
    unknown: tuple[str, ...] = ()
    unpaged: bool = False


def fill_template(document: "Document", values: Mapping[str, str], *, front: bool = True) -> Front:
    """Fills in every field of the template, and takes away its text unless that is a front page.

    Fields are content controls, bookmarks and words in braces named as `values` has them, in headers
    and footers too. Text without any is a draft. With `front` off the document has no such page.
    """
    body = document.element.body
    edges = [
        part.element
        for part in document.part.package.iter_parts()
        if part.partname.startswith(("/word/header", "/word/footer"))
    ]
    unknown = [unknown_marks(root, values) for root in (body, *edges)]
    found = fill_fields(body, values)
    for edge in edges:
        fill_fields(edge, values)
    own = [child for child in body if child.tag != qn("w:sectPr")]
    kept = front and found
    draft = not found and any(_has_text(child) for child in own)
    while own and (not kept or not _has_text(own[-1])):
        body.remove(own.pop())
    if not kept:
        del unknown[0]
    marks = tuple(dict.fromkeys(mark for marks in unknown for mark in marks))
    return Front(kept, draft, marks, unpaged=not _has_page_number(document))


def _has_page_number(document: "Document") -> bool:
    """Whether the last section's ordinary header or footer, its own or inherited, gives the page."""
    section = document.sections[-1]
    edges = (section.header._element, section.footer._element)
    codes = [
        *(code.text or "" for edge in edges for code in edge.iter(qn("w:instrText"))),
        *(code.get(qn("w:instr"), "") for edge in edges for code in edge.iter(qn("w:fldSimple"))),
    ]
    # Word may divide a field's code among runs.
    return "PAGE" in "".join(codes).upper().replace("NUMPAGES", "").replace("SECTIONPAGES", "")


def _has_text(part: Element) -> bool:
    seen = ("w:t", "w:drawing", "w:pict", "w:sectPr")
    return any(e.tag != qn("w:t") or (e.text or "").strip() for e in part.iter(*map(qn, seen)))


def _as_document(template: bytes) -> bytes:
    """The bytes of a .docx; a template (.dotx) that was only renamed is made into one."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as source:
        types = source.read("[Content_Types].xml")
        if _TEMPLATE_TYPE not in types:
            return template
        with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                content = source.read(name)
                if name == "[Content_Types].xml":
                    content = content.replace(_TEMPLATE_TYPE, _DOCUMENT_TYPE)
                target.writestr(zipfile.ZipInfo(name), content)
    return result.getvalue()


def _complete(document: "Document") -> None:
    """Gives the template what python-docx takes for granted, and Swedish as its language."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.oxml import parse_xml
    from docx.parts.numbering import NumberingPart

    kinds = {relation.reltype for relation in document.part.rels.values()}
    if RELATIONSHIP_TYPE.NUMBERING not in kinds:
        empty = parse_xml(f"<w:numbering {nsdecls('w')}/>")
        part = NumberingPart(
            PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, empty, document.part.package
        )
        document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    root = document.styles.element
    for style in root.findall(qn("w:style")):
        if style.find(qn("w:name")) is None:
            style.insert(0, element("name", val=style.get(qn("w:styleId"), "")))
    defaults = root.find(qn("w:docDefaults"))
    if defaults is None:
        defaults = element("docDefaults")
        root.insert(0, defaults)
    letters = defaults
    for name in ("rPrDefault", "rPr", "lang"):
        inner = letters.find(qn(f"w:{name}"))
        if inner is None:
            inner = element(name)
            letters.insert(0 if name == "rPrDefault" else len(letters), inner)
        letters = inner
    letters.set(qn("w:val"), "sv-SE")


def _add_page_numbers(document: "Document", look: Look) -> None:
    """Gives the template's last section `Sida X av Y` at the foot, where it has nothing there."""
    footer = document.sections[-1].footer._element
    seen = ("fldSimple", "instrText", "drawing", "pict", "object", "tbl")
    own = any((text.text or "").strip() for text in footer.iter(qn("w:t")))
    if not own and next(footer.iter(*(qn(f"w:{name}") for name in seen)), None) is None:
        page, pages = field("PAGE", "1"), field("NUMPAGES", "1")
        _replace(footer, paragraph(look.ids[FOOTER], "Sida ", *page, " av ", *pages))


def _replace(part: Element, *content: Xml) -> None:
    for child in list(part):
        part.remove(child)
    part.extend(as_elements(*content))


def _drop_extras(document: "Document") -> None:
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


def _replace_styles(document: "Document") -> None:
    from docx.oxml import parse_xml

    root = document.styles.element
    for child in list(root):
        root.remove(child)
    root.append(
        parse_xml(
            f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>"
            f'<w:rFonts w:ascii="{_FONT}" w:hAnsi="{_FONT}" w:eastAsia="{_FONT}" w:cs="{_FONT}"/>'
            '<w:sz w:val="22"/><w:szCs w:val="22"/>'
            '<w:lang w:val="sv-SE" w:eastAsia="sv-SE" w:bidi="ar-SA"/></w:rPr>'
            "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        )
    )
    for name, kind in _DEFAULTS.items():
        content = '<w:uiPriority w:val="99"/>'
        root.append(style_element(kind, name, content, default=True))
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
