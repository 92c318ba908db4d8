"""Notes and comments on cells, from either generation of Excel and from OpenDocument, as plain text."""

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from excel_uppsikt.excel.binary import xlsb_comments, xlsb_sheets
from excel_uppsikt.excel.guard.archive import Archive
from excel_uppsikt.excel.guard.ods_scan import OdsScan
from excel_uppsikt.excel.trees import local_name
from excel_uppsikt.excel.workbook import Cells, column_number
from excel_uppsikt.language.text import tidy

_Texts = dict[tuple[int, int], list[str]]

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})(?::\S*)?")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# Excel keeps a copy of a thread for its older versions: a paragraph about versions in the language of
# the program, and each remark indented below a word.
_COPY = re.compile(r"\[[^\]\n]{1,80}\][\s\S]{0,2000}?linkid=870924\s*")
_COPY_LABEL = re.compile(r"^(?:Comment|Reply|Kommentar|Svar):[ \t]*\n[ \t]*", re.MULTILINE)
_BOOK_RELATIONS = {"_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/_rels/workbook.bin.rels"}
_ODS_PARAGRAPHS = {"text:p", "text:h"}
_ODS_SPACES = {"text:line-break": "\n", "text:tab": "\t", "text:s": " "}


def notes_by_sheet(checked: Archive, sheet_parts: Mapping[str, str]) -> dict[str, Cells]:
    """The notes of each sheet that has any, by its name; a thread is one note, its remarks in order.

    `sheet_parts` are the parts of the sheets of an .xlsx workbook.
    """
    if checked.kind == "ods":
        content = checked.parts.get("content.xml", b"")
        return _OdsNotes().read(content) if b"annotation" in content else {}
    relations = {name for name in checked.parts if name.endswith(".rels")}
    if relations <= _BOOK_RELATIONS:
        # A note hangs on the relations of its sheet, and most forms have none.
        return {}
    parts = sheet_parts if checked.kind == "xlsx" else _xlsb_parts(checked)
    # No program lets two sheets share a part; a small file that did could be read for minutes.
    used: set[str] = set()
    found: dict[str, Cells] = {}
    for name, part in parts.items():
        if part not in used:
            used.add(part)
            found[name] = _sheet_notes(checked, part, used)
    return {name: notes for name, notes in found.items() if notes}


def _xlsb_parts(checked: Archive) -> dict[str, str]:
    """The part of each sheet of an .xlsb workbook by the sheet's name."""
    book = "xl/workbook.bin"
    targets = checked.trees.related(book)
    _, sheets = xlsb_sheets(checked.parts.get(book, b""))
    return {name: targets[link][1] for name, link in sheets.items() if link in targets}


def _sheet_notes(checked: Archive, sheet: str, used: set[str]) -> Cells:
    """The notes of a sheet's part, from the parts it points at that have not been used before."""
    threads: _Texts = {}
    notes: _Texts = {}
    for kind, part in checked.trees.related(sheet).values():
        if part in used:
            continue
        used.add(part)
        if kind == "threadedComment":
            for place, text in _elements(checked, part, kind, "text"):
                _add(threads, place, text)
        elif kind == "comments":
            binary = part.endswith(".bin")
            found = (
                xlsb_comments(checked.parts.get(part, b""))
                if binary
                else _elements(checked, part, "comment", "t")
            )
            for place, text in found:
                _add(notes, place, _own_words(text))
    return _joined(notes) | _joined(threads)


def _elements(
    checked: Archive, part: str, name: str, text: str
) -> Iterator[tuple[tuple[int, int], str]]:
    """The places and texts of a part's notes: elements of this name, and what they hold their text in."""
    for element in checked.trees.outermost(part, name):
        yield _place(element), _texts(element, text)


def _place(element: ElementTree.Element) -> tuple[int, int]:
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


def _add(notes: _Texts, place: tuple[int, int], text: str) -> None:
    """Keeps a note, below what its cell has already."""
    text = tidy(text)
    if text:
        notes.setdefault(place, []).append(text)


def _joined(notes: _Texts) -> dict[tuple[int, int], str]:
    return {place: "\n".join(texts) for place, texts in notes.items()}


class _OdsNotes(OdsScan):
    """A scan of an .ods workbook, already found harmless, that gathers its notes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, _Texts] = {}
        self.sheet = ""
        self.pieces: list[str] = []
        self.in_note = False

    def read(self, content: bytes) -> dict[str, Cells]:
        """The notes of the workbook's content, by sheet and cell."""
        self.parser.Parse(content, True)
        return {name: _joined(notes) for name, notes in self.found.items() if notes}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Follows sheets and cells; in a note it gathers what its paragraphs say."""
        super().start(name, attributes)
        if name == "table:table":
            self.sheet = attributes.get("table:name", "")
        elif name == "office:annotation":
            self.pieces, self.in_note = [], True
        elif self.in_note and name in _ODS_PARAGRAPHS:
            self.pieces.append("\n")
            self.parser.CharacterDataHandler = self.pieces.append
        elif self.in_note and name in _ODS_SPACES:
            self.pieces.append(_ODS_SPACES[name])

    def end(self, name: str) -> None:
        """Keeps a note that has ended at its cell."""
        if self.in_note and name in _ODS_PARAGRAPHS:
            # Who wrote the note, and when, stand between its paragraphs.
            self.parser.CharacterDataHandler = None
        elif name == "office:annotation":
            self.in_note = False
            notes = self.found.setdefault(self.sheet, {})
            _add(notes, (self.row + 1, self.column + 1), "".join(self.pieces))
        super().end(name)
