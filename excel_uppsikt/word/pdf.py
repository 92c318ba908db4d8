"""A PDF made so that everyone can read it, and looked through for what it lacks for those who hear it.

LibreOffice's tagged PDF has no alternative text for charts and no order for the Tab key, and tells when it
was made. What the document says of its charts is put back, and the file is made the same each time.

Whether the order of reading or an alternative text is right only a person can tell.
"""

import hashlib
import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from excel_uppsikt.word.names import qn

if TYPE_CHECKING:
    import pypdf

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DATE = "%Y%m%d%H%M%S"
_EPOCH = "20240101000000"
_XMP_DATE = re.compile(rb"(<xmp:(?:Create|Modify|Metadata)Date>)[^<]*(</)")


def made_readable(pdf: bytes, document: bytes) -> bytes:
    """The PDF of a Word document with its charts' alternative texts, and the Tab key by its structure.

    The same PDF but for when it was made gives the same bytes; its date is the document's own.
    """
    import docx  # as pypdf, only where there is a PDF: both take long to load
    import pypdf
    from pypdf.generic import NameObject, TextStringObject

    opened = docx.Document(io.BytesIO(document))
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf))
    root = writer.root_object
    figures, told = list(_figures(root)), list(_descriptions(opened.element.body))
    if len(figures) != len(told):
        # Without the pictures, which keep theirs; else which figure is which is not known.
        figures = [figure for figure in figures if not _told(figure)]
        told = [(text, chart) for text, chart in told if chart]
    if len(figures) == len(told):
        for figure, (text, _) in zip(figures, told, strict=True):
            if text and not _told(figure):
                figure[NameObject("/Alt")] = TextStringObject(text)
    for page in writer.pages:
        page[NameObject("/Tabs")] = NameObject("/S")
    made = opened.core_properties.modified or opened.core_properties.created
    _date(writer, f"{made:{_DATE}}" if made else _EPOCH)
    return _written(writer)


def pdf_faults(pdf: bytes) -> tuple[str, ...]:
    """What is wrong with a PDF for those who do not see it, and what to do, in Swedish."""
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    settings = root.get("/ViewerPreferences", {})
    silent = sum(not _told(figure) for figure in _figures(root))
    untabbed = sum(page.get("/Tabs") != "/S" for page in reader.pages)
    title = (reader.metadata.title if reader.metadata else "") or ""
    tagged = bool(root.get("/MarkInfo", {}).get("/Marked")) and "/StructTreeRoot" in root
    found = (
        (not tagged, "Den saknar taggar. Spara som PDF i Word, med taggar för dokumentstruktur."),
        (not root.get("/Lang"), "Den säger inte vilket språk den är på. Ange språket i Word."),
        (
            not (title.strip() and settings.get("/DisplayDocTitle")),
            "Den visar ingen titel. Ange en titel i Word under Arkiv och Info.",
        ),
        (
            bool(silent),
            f"Bilder och diagram utan alternativtext: {silent}. Skriv en i Word: högerklicka på bilden "
            "och välj Visa alternativtext.",
        ),
        (
            bool(untabbed),
            f"Sidor där tabbtangenten inte följer texten: {untabbed}. Spara som PDF i Word i stället.",
        ),
    )
    return tuple(text for wrong, text in found if wrong)


def _descriptions(body: Any) -> Iterator[tuple[str, bool]]:  # noqa: ANN401  lxml's have none either
    """The alternative text of each picture and chart of a document in order, and whether it is a chart."""
    for inline in body.iter(qn("wp:inline"), qn("wp:anchor")):
        kinds = [data.get("uri") for data in inline.iter(qn("a:graphicData"))]
        if next(inline.iter(qn("w:txbxContent")), None) is None:
            yield inline.find(qn("wp:docPr")).get("descr", "").strip(), _CHART in kinds


def _told(figure: Any) -> bool:  # noqa: ANN401  pypdf's objects have no useful static type
    return any(str(figure.get(name, "")).strip() for name in ("/Alt", "/ActualText"))


def _figures(root: Any) -> Iterator[Any]:  # noqa: ANN401  pypdf's objects
    """The figures of the structure tree in the order that they are read; roles are followed."""
    from pypdf.generic import ArrayObject, DictionaryObject

    tree = root.get("/StructTreeRoot")
    if tree is None:
        return
    tree = tree.get_object()
    roles = tree.get("/RoleMap", {})
    waiting = [tree]
    while waiting:
        at = waiting.pop().get_object()
        if isinstance(at, ArrayObject):
            waiting += reversed(at)
        elif isinstance(at, DictionaryObject):
            kind = at.get("/S")
            if "/Figure" in (kind, roles.get(kind)):
                yield at
            elif "/K" in at:
                waiting.append(at["/K"])


def _date(writer: "pypdf.PdfWriter", made: str) -> None:
    """Sets when it was made, wherever that is told."""
    from pypdf.generic import StreamObject

    writer.add_metadata({"/CreationDate": f"D:{made}Z", "/ModDate": f"D:{made}Z"})
    metadata = writer.root_object.get("/Metadata")
    stream = None if metadata is None else metadata.get_object()
    if isinstance(stream, StreamObject):
        day, time = made[:8], made[8:]
        told = f"{day[:4]}-{day[4:6]}-{day[6:]}T{time[:2]}:{time[2:4]}:{time[4:]}Z".encode()
        stream.set_data(_XMP_DATE.sub(rb"\g<1>" + told + rb"\g<2>", stream.get_data()))


def _written(writer: "pypdf.PdfWriter") -> bytes:
    """The file, whose identity is made of its content."""
    from pypdf.generic import ArrayObject, ByteStringObject

    unnamed = ByteStringObject(bytes(16))
    # pypdf has no way of its own to say which: it draws one at random, or keeps the one it read.
    writer._ID = ArrayObject((unnamed, unnamed))
    content = io.BytesIO()
    writer.write(content)
    named = ByteStringObject(hashlib.sha256(content.getvalue()).digest()[:16])
    writer._ID = ArrayObject((named, named))
    result = io.BytesIO()
    writer.write(result)
    return result.getvalue()
