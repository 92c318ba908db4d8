"""Pictures in a Word document: one put in with its alternative text, and one found that is there."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from excel_uppsikt.word.names import nsdecls, qn
from excel_uppsikt.word.pieces import Element, Xml, escaped

if TYPE_CHECKING:
    from docx.document import Document
    from docx.parts.story import StoryPart

# Above what a document's own drawings and the program's charts are numbered.
_FIRST_ID = 1_000
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def picture(
    document: "Document", image: bytes, description: str, *, height: int, widest: int
) -> Xml:
    """A run with a picture of this height, or lower where it is too wide, that the document is given.

    Height and width are in twentieths of a point. Raises `ValueError` for what is no PNG, JPG or other
    picture that Word shows.
    """
    from docx.image import exceptions
    from docx.shared import Emu

    try:
        relation, found = document.part.get_or_add_image(io.BytesIO(image))
        wide, high = found.scaled_dimensions(None, Emu(height * 635))
    except (
        *(exceptions.UnrecognizedImageError, exceptions.InvalidImageStreamError),
        exceptions.UnexpectedEndOfFileError,
        *(ZeroDivisionError, KeyError, IndexError),
    ) as error:
        raise ValueError("not a picture") from error
    share = min(1.0, widest * 635 / wide)
    size = f'cx="{int(wide * share)}" cy="{int(high * share)}"'
    used = [int(mark.get("id", "0")) for mark in document.element.body.iter(qn("wp:docPr"))]
    told, number = escaped(description), max(used, default=0) + _FIRST_ID
    return Xml(
        f"<w:r {nsdecls('w', 'wp', 'a', 'pic', 'r')}><w:drawing>"
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="{told}" descr="{told}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_PICTURE}"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="{told}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )


def unseen_picture(document: "Document") -> bytes | None:
    """The first picture of a document's head that its first page does not show, else of its text."""
    section = document.sections[0]
    first = section.different_first_page_header_footer
    shown = section.first_page_header if first else section.header
    if not shown.is_linked_to_previous and next(_pictures(shown._element), None) is not None:
        return None
    places: list[tuple[StoryPart, Element]] = [(document.part, document.element.body)]
    # To look into a head that is not there would make one.
    if first and not section.header.is_linked_to_previous:
        places.insert(0, (section.header.part, section.header._element))
    for part, root in places:
        for relation in _pictures(root):
            if relation in part.related_parts:
                return bytes(part.related_parts[relation].blob)
    return None


def _pictures(root: Element) -> Iterator[str]:
    """The relations of the pictures under an element."""
    for blip in root.iter(qn("a:blip")):
        if relation := blip.get(qn("r:embed")):
            yield relation
