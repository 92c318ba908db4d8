"""A Word document made ready to publish: nothing in the file tells who has worked in it."""

import io
import re
import zipfile
from dataclasses import dataclass

from lxml import etree

from excel_uppsikt.office.text import clean as clean_text

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TRACKED = frozenset(
    _W + name
    for name in (
        "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "trPrChange",
        "tcPrChange", "sectPrChange", "tblGridChange", "numberingChange", "cellIns", "cellDel",
    )
)  # fmt: skip
_COMMENT = _W + "commentReference"
# Parts about people, and about whoever made the file, that a reader has no use for.
_PERSONAL = re.compile(
    r"(word/(comments\w*|people)\.xml|docprops/(custom\.xml|thumbnail\.\w+)|customxml/.*)",
    re.IGNORECASE,
)
_POINTER = re.compile(rb'<(?:Override|Relationship)\b[^>]*?\s(?:PartName|Target)="([^"]*)"[^>]*?/>')
_NAMES = {"creator", "lastModifiedBy"}
_APP_NAMES = {"Manager", "Company", "HyperlinkBase"}
_ZIP_TIME = (2024, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Why a document cannot be published yet: how many comments and tracked changes it has."""

    comments: int
    changes: int


def published(document: bytes, *, author: str) -> bytes | Unfinished:
    """The document with `author` as its author and without traces of people, or why it is not ready.

    Comments and tracked changes show what was said on the way, and only a person can tell what to do
    with them. Text, layout and pictures stay as they are. Raises `ValueError` when the bytes are not
    a Word document.
    """
    parts = _unpacked(document)
    texts = [name for name in parts if name.startswith("word/") and name.endswith(".xml")]
    trees = {name: _tree(parts[name]) for name in texts}
    marks = [tag for tree in trees.values() for tag in (e.tag for e in tree.iter())]
    comments = marks.count(_COMMENT)
    changes = sum(tag in _TRACKED for tag in marks)
    if comments or changes:
        return Unfinished(comments, changes)
    for name, tree in trees.items():
        parts[name] = _as_bytes(_without_revisions(tree))
    for name in [name for name in parts if name.endswith(".xlsx")]:
        # The figures of a chart lie in a workbook, which tells who edited them.
        parts[name] = _packed(_renamed(_unpacked(parts[name]), ""))
    kept = {name: data for name, data in parts.items() if not _PERSONAL.fullmatch(name)}
    return _packed(_renamed(kept, clean_text(author)))


def _unpacked(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source:
            return {name: source.read(name) for name in source.namelist()}
    except zipfile.BadZipFile as error:
        raise ValueError("not an office document") from error


def _tree(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False))


def _as_bytes(tree: etree._Element) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _without_revisions(tree: etree._Element) -> etree._Element:
    """The part without the numbers that tell which texts were written at the same sitting."""
    for element in list(tree.iter(_W + "rsids", _W + "proofErr")):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    for element in tree.iter():
        for key in [k for k in element.attrib if str(k).startswith(_W + "rsid")]:
            del element.attrib[key]
    return tree


def _renamed(parts: dict[str, bytes], author: str) -> dict[str, bytes]:
    """The parts with `author` instead of the people in the document's properties."""
    for name, tags, value in (
        ("docProps/core.xml", _NAMES, author),
        ("docProps/app.xml", _APP_NAMES, ""),
    ):
        if name in parts:
            tree = _tree(parts[name])
            for element in tree.iter():
                if etree.QName(element).localname in tags:
                    element.text = value
            parts[name] = _as_bytes(tree)
    return parts


def _packed(parts: dict[str, bytes]) -> bytes:
    """The parts as a file; what pointed at a part that is gone is gone too."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, _without_pointers(name, data))
    return result.getvalue()


def _without_pointers(name: str, data: bytes) -> bytes:
    """A list of parts, or of one part's relations, without those to parts about people."""
    if name != "[Content_Types].xml" and not name.endswith(".rels"):
        return data
    folder = name.partition("_rels/")[0] if name.endswith(".rels") else ""

    def kept(match: re.Match[bytes]) -> bytes:
        target = match[1].decode("utf-8")
        path = target if target.startswith("/") else f"{folder}{target}"
        return b"" if _PERSONAL.fullmatch(_flat(path)) else match[0]

    return _POINTER.sub(kept, data)


def _flat(path: str) -> str:
    """A part's path in lower case, with steps up taken."""
    steps: list[str] = []
    for step in path.lower().split("/"):
        if step == ".." and steps:
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)
