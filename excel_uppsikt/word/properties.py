"""What a Word document says of itself beside its text, read without python-docx."""

import io
import zipfile

from lxml import etree

_CORE = "/metadata/core-properties"
_KEYWORDS = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def keywords_and_title(document: bytes) -> tuple[str, str]:
    """A document's keywords and title; '' for what it does not tell, or where it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(document)) as source:
            relations = _tree(source.read("_rels/.rels"))
            places = [
                relation.get("Target", "").lstrip("/")
                for relation in relations
                if relation.get("Type", "").endswith(_CORE)
            ]
            core = _tree(source.read(places[0]))
    # A password, a broken part and a file cut off all show in their own way.
    except (zipfile.BadZipFile, LookupError, ValueError, OSError, RuntimeError, EOFError):
        return "", ""
    return core.findtext(_KEYWORDS) or "", core.findtext(_TITLE) or ""


def _tree(data: bytes) -> etree._Element:
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError as error:
        raise ValueError("no XML") from error
