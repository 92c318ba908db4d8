"""A Word document made ready to publish: nothing in the file tells who has worked in it."""

import io
import re
import zipfile
from collections.abc import Collection
from dataclasses import dataclass

from lxml import etree

from excel_uppsikt.language.text import clean as clean_text

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMMENT = _W + "commentReference"
# Word marks each tracked change, of whatever kind, with who made it.
_AUTHOR = _W + "author"
# What tells of people or of the computer it was written on, and is nothing of the text.
_TELLING = frozenset(
    {
        "rsids",
        "proofErr",
        "permStart",
        "permEnd",
        "attachedTemplate",
        "docVars",
        "mailMerge",
        "absPath",
    }
)
_PERSONAL = re.compile(
    r"(word/(comments\w*|people|recipientdata)\.xml|xl/persons/.*|docprops/(custom\.xml|thumbnail\.\w+)"
    r"|customxml/.*)",
    re.IGNORECASE,
)
_POINTER = re.compile(rb'<(?:Override|Relationship)\b[^>]*?\s(?:PartName|Target)="([^"]*)"[^>]*?/>')
_POINTS_OUT = re.compile(rb'Type="[^"]*/(?:attachedTemplate|mailMerge\w*|recipientData)"')
_NAMES = {"creator", "lastModifiedBy"}
_APP_NAMES = {"Manager", "Company", "HyperlinkBase", "Template"}
_WORKBOOKS = (".xlsx", ".xlsm")
_ZIP_TIME = (2024, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Why a document cannot be published yet: what it has of each that only a person can settle.

    `pdf` is what is wrong with its PDF, which is looked for apart.
    """

    comments: int = 0
    changes: int = 0
    embedded: int = 0
    pdf: tuple[str, ...] = ()


def published(document: bytes, *, author: str, prompts: Collection[str] = ()) -> bytes | Unfinished:
    """The document with `author` as its author and without traces of people, or why it is not ready.

    A place to write in that still shows what to write, one of the `prompts` or Word's own, is left
    empty.

    Comments and tracked changes show what was said on the way, and embedded documents have people of
    their own; only a person can tell what to do with them. Text, layout and pictures stay as they are.
    Raises `ValueError` when the bytes are not a Word document.
    """
    parts = _unpacked(document)
    if "word/document.xml" not in parts:
        raise ValueError("not a Word document")
    kept = {name: data for name, data in parts.items() if not _PERSONAL.fullmatch(name)}
    trees = {name: _tree(data) for name, data in kept.items() if _is_text(name)}
    elements = [element for tree in trees.values() for element in tree.iter("*")]
    inside = [name for name in kept if name.startswith("word/embeddings/")]
    unfinished = Unfinished(
        comments=sum(element.tag == _COMMENT for element in elements),
        changes=sum(_AUTHOR in element.attrib for element in elements),
        embedded=sum(not name.lower().endswith(_WORKBOOKS) for name in inside),
    )
    if unfinished != Unfinished():
        return unfinished
    for name in inside:
        # The figures of a chart lie in a workbook, which tells who edited them.
        kept[name] = _clean_workbook(kept[name])
    for name, tree in trees.items():
        kept[name] = _as_bytes(_without_traces(_without_prompts(tree, prompts)))
    return _packed(_renamed(kept, clean_text(author)))


def _is_text(name: str) -> bool:
    return name.startswith("word/") and name.endswith(".xml")


def _clean_workbook(data: bytes) -> bytes:
    parts = {n: part for n, part in _unpacked(data).items() if not _PERSONAL.fullmatch(n)}
    if "xl/workbook.xml" in parts:
        parts["xl/workbook.xml"] = _as_bytes(_without_traces(_tree(parts["xl/workbook.xml"])))
    return _packed(_renamed(parts, ""))


def _unpacked(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source:
            return {name: source.read(name) for name in source.namelist()}
    except zipfile.BadZipFile as error:
        raise ValueError("not an office document") from error


def _tree(data: bytes) -> etree._Element:
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError as error:
        raise ValueError("not an office document") from error


def _as_bytes(tree: etree._Element) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _without_traces(tree: etree._Element) -> etree._Element:
    """The part without what tells of people, and which texts were written at the same sitting."""
    for element in list(tree.iter("*")):
        parent = element.getparent()
        if parent is not None and etree.QName(element).localname in _TELLING:
            parent.remove(element)
    for element in tree.iter("*"):
        for key in [k for k in element.attrib if str(k).startswith(_W + "rsid")]:
            del element.attrib[key]
    return tree


def _without_prompts(tree: etree._Element, prompts: Collection[str]) -> etree._Element:
    """The part without the content controls that nobody has written in; paragraphs in them stay, empty.

    Other programs than Word leave the mark of a prompt on what has been written over it, so that mark
    alone tells nothing.
    """
    for control in list(tree.iter(_W + "sdt")):
        content, parent = control.find(_W + "sdtContent"), control.getparent()
        if content is None or parent is None or not _shows_prompt(control, prompts):
            continue
        for run in [run for run in content.iter(_W + "r") if run.getparent() is not None]:
            run.getparent().remove(run)  # type: ignore[union-attr]
        if next(content.iter(_W + "p"), None) is None:
            parent.remove(control)
    return tree


def _shows_prompt(control: etree._Element, prompts: Collection[str]) -> bool:
    said = "".join(text.text or "" for text in control.iter(_W + "t")).strip()
    if said in prompts:
        return True
    marked = control.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None
    styles = [style.get(_W + "val", "") for style in control.iter(_W + "rStyle")]
    return marked and bool(styles) and all("laceholder" in style for style in styles)


def _renamed(parts: dict[str, bytes], author: str) -> dict[str, bytes]:
    """The parts with `author` instead of the people in the document's properties."""
    for name, tags, value in (
        ("docProps/core.xml", _NAMES, author),
        ("docProps/app.xml", _APP_NAMES, ""),
    ):
        if name in parts:
            tree = _tree(parts[name])
            for element in tree.iter("*"):
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
        gone = _PERSONAL.fullmatch(_flat(path)) or _POINTS_OUT.search(match[0])
        return b"" if gone else match[0]

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
