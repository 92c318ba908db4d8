"""Notes and comments on cells, of either generation of Excel, as plain text."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from xml.etree import ElementTree

from excel_uppsikt.excel.guard.archive import Archive
from excel_uppsikt.excel.trees import local_name
from excel_uppsikt.excel.workbook import Cells
from excel_uppsikt.language.cells import column_number
from excel_uppsikt.language.text import tidy

# Row and column, both 1-based.
Place = tuple[int, int]
Texts = dict[Place, list[str]]
# The places and texts of the notes in a part of an archive.
ReadComments = Callable[[Archive, str], Iterable[tuple[Place, str]]]

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})(?::\S*)?")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# Excel keeps a copy of a thread for its older versions: a paragraph about versions in the language of
# the program, and each remark indented below a word.
_COPY = re.compile(r"\[[^\]\n]{1,80}\][\s\S]{0,2000}?linkid=870924\s*")
_COPY_LABEL = re.compile(r"^(?:Comment|Reply|Kommentar|Svar):[ \t]*\n[ \t]*", re.MULTILINE)
_BOOK_RELATIONS = {"_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/_rels/workbook.bin.rels"}


def related_notes(
    archive: Archive, sheet_parts: Mapping[str, str], comments: ReadComments
) -> dict[str, Cells]:
    """The notes of each sheet that has any, by its name; a thread is one note, its remarks in order.

    `sheet_parts` are the parts of the sheets by their names; `comments` reads a part of notes.
    """
    relations = {name for name in archive.parts if name.endswith(".rels")}
    if relations <= _BOOK_RELATIONS:
        # A note hangs on the relations of its sheet, and most forms have none.
        return {}
    # No program lets two sheets share a part; a small file that did could be read for minutes.
    used: set[str] = set()
    found: dict[str, Cells] = {}
    for name, part in sheet_parts.items():
        if part not in used:
            used.add(part)
            found[name] = _sheet_notes(archive, part, used, comments)
    return {name: notes for name, notes in found.items() if notes}


def _sheet_notes(archive: Archive, sheet: str, used: set[str], comments: ReadComments) -> Cells:
    """The notes of a sheet's part, from the parts it points at that have not been used before."""
    threads: Texts = {}
    notes: Texts = {}
    for kind, part in archive.trees.related(sheet).values():
        if part in used:
            continue
        used.add(part)
        if kind == "threadedComment":
            for place, text in _elements(archive, part, kind, "text"):
                add_note(threads, place, text)
        elif kind == "comments":
            for place, text in comments(archive, part):
                add_note(notes, place, _own_words(text))
    return joined(notes) | joined(threads)


def xml_comments(archive: Archive, part: str) -> Iterator[tuple[Place, str]]:
    """The places and texts of the notes in a part of XML (ECMA-376 part 1, 18.7)."""
    return _elements(archive, part, "comment", "t")


def _elements(archive: Archive, part: str, name: str, text: str) -> Iterator[tuple[Place, str]]:
    """The places and texts of a part's notes: elements of this name, and what they hold their text in."""
    for element in archive.trees.outermost(part, name):
        yield _place(element), _texts(element, text)


def _place(element: ElementTree.Element) -> Place:
    """The cell of a note, A1 where it cannot be read."""
    match = _REFERENCE.fullmatch(element.get("ref", ""))
    return (int(match[2]), column_number(match[1])) if match else (1, 1)


def _texts(element: ElementTree.Element, tag: str) -> str:
    text = "".join(part.text or "" for part in element.iter() if local_name(part.tag) == tag)
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)


def _own_words(text: str) -> str:
    """A note without what Excel writes round its copy of a thread."""
    copy = _COPY.match(text)
    return text if copy is None else _COPY_LABEL.sub("", text[copy.end() :])


def add_note(notes: Texts, place: Place, text: str) -> None:
    """Keeps a note, below what its cell has already."""
    text = tidy(text)
    if text:
        notes.setdefault(place, []).append(text)


def joined(notes: Texts) -> dict[Place, str]:
    """The notes of each cell as one, below one another."""
    return {place: "\n".join(texts) for place, texts in notes.items()}
