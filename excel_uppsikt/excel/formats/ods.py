"""Workbooks of the format .ods (OpenDocument 1.3), from bytes to values."""

import re
from collections.abc import Mapping
from dataclasses import replace

from excel_uppsikt.excel.formats.sheets import BookDetails, read_sheets
from excel_uppsikt.excel.guard.archive import check
from excel_uppsikt.excel.guard.limits import Limits
from excel_uppsikt.excel.guard.ods_scan import CELLS, OdsScan
from excel_uppsikt.excel.guard.parts import scan_for_xml
from excel_uppsikt.excel.guard.refusal import Reason, UnreadableError
from excel_uppsikt.excel.guard.scan import PartScan
from excel_uppsikt.excel.guard.zip_files import ZipDirectory
from excel_uppsikt.excel.notes import Texts, add_note, joined
from excel_uppsikt.excel.properties import moment
from excel_uppsikt.excel.trees import Trees, local_name
from excel_uppsikt.excel.workbook import Cells, Workbook

_CONTENT, _META, _MANIFEST = "content.xml", "meta.xml", "meta-inf/manifest.xml"
# The others hold looks, pictures and macros, whose XML declares what is refused elsewhere.
_KIND, _ODS = "mimetype", b"application/vnd.oasis.opendocument.spreadsheet"
_PARTS = {_KIND, _CONTENT, _META, _MANIFEST}
_PARAGRAPHS = {"text:p", "text:h"}
_ERROR_TYPE = "calcext:value-type"
# What makes it worth while to look for notes, errors and formulas without a value.
_BESIDE = re.compile(
    rb"""annotation|calcext:value-type="error"|table:formula="[^"]*+"(?![^<>]*office:value-type)"""
)
# Cells beside or below one another of the same error.
_MOST_REPEATED = 100
_SPACES = {"text:line-break": "\n", "text:tab": "\t", "text:s": " "}
# White space between rows and cells, where Gnumeric, Calligra and SheetJS write some and the reader stops;
# and what it passes over in a text. In an attribute's value there is no `<`.
_BETWEEN = re.compile(rb"(</?table:[^<>]*+>)\s++(?=</?table:)")
_LINE_BREAK = re.compile(rb"<text:line-break\s*+(?:/>|></text:line-break\s*+>)")
_TAB = re.compile(rb"<text:tab\s*+(?:/>|></text:tab\s*+>)")
# What the reader stops at, passes over or refuses: remarks, instructions, and text that needs no escaping.
_MARKS = re.compile(rb"<!--.*?-->|<\?(?!xml\s).*?\?>|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
# A cell's start tag, and in it what says of which kind its value is, and a time of a whole day or more.
_CELL = re.compile(rb"<table:(?:covered-)?table-cell(?:\s[^<>]*+)?>(?=\s*+<text:)")
_VALUE_TYPE = re.compile(rb"""\boffice:value-type\s*+=\s*+(["'])(\w*)\1""")
_CLOCK = re.compile(rb"""\boffice:time-value\s*+=\s*+["']PT(?:[01]?\d|2[0-3])H""")
_GIVEN = re.compile(
    rb"""\soffice:(?:time-|date-|boolean-)?value(?:-type)?\s*+=\s*+(?:"[^"]*+"|'[^']*+')"""
)
_STRING = b'office:value-type="string"'


def read(directory: ZipDirectory, limits: Limits) -> Workbook:
    """The workbook in a zip file.

    Raises:
        UnreadableError: For whatever cannot or must not be read.
    """
    parts = directory.unpack(limits, _PARTS.__contains__)
    if b"encryption-data" in parts.get(_MANIFEST, b""):
        raise UnreadableError(Reason.ENCRYPTED)
    archive = check(directory, parts, _scan_for, limits)
    content = parts.get(_CONTENT, b"")
    since_1904 = b'<table:null-date table:date-value="1904' in content
    notes, problems = _OdsBeside().read(content) if _BESIDE.search(content) else ({}, {})
    # The reader asks for what the file is, and not every program says it but in the manifest.
    archive = replace(
        archive,
        parts={_KIND: _ODS, **archive.parts},
        names={_KIND: _KIND, **archive.names},
    )
    packed = archive.packed({_CONTENT: _plain(archive.parts.get(_CONTENT, b""))})
    far = {
        sheet: {place: cell.text for place, cell in cells.items()}
        for sheet, cells in archive.far.get(_CONTENT, {}).items()
    }
    sheets = read_sheets(packed, BookDetails(since_1904, notes, problems, far), limits)
    # A time without a zone is of the sender's own clock.
    saved = moment(archive.trees, _META, "date", utc=False)
    return Workbook(sheets, _properties(archive.trees), saved)


def _scan_for(name: str, content: bytes) -> type[PartScan] | None:
    return OdsScan if name == _CONTENT else scan_for_xml(name, content)


def _plain(content: bytes) -> bytes:
    """The workbook's content as the reader takes it, whatever program wrote it."""
    if b"<!" in content or b"<?" in content[5:]:
        content = _MARKS.sub(_unmarked, content)
    content = _TAB.sub(b"\t", _LINE_BREAK.sub(b"\n", content))
    return _CELL.sub(_as_shown, _BETWEEN.sub(rb"\1", content))


def _unmarked(mark: re.Match[bytes]) -> bytes:
    text = mark[1] or b""
    return text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def _as_shown(cell: re.Match[bytes]) -> bytes:
    """The start tag of a cell that holds what it shows: text without a kind, and a time of days.

    The reader takes the one for empty, and gives the other as `PT36H00M00S`.
    """
    tag = cell[0]
    kind = _VALUE_TYPE.search(tag)
    of = kind[2] if kind is not None else b"void"
    if of != b"void" and (of != b"time" or _CLOCK.search(tag) is not None):
        return tag
    # The reader takes a value that is given for the cell's, whatever its kind.
    return _GIVEN.sub(b"", tag)[:-1] + b" " + _STRING + b">"


def _properties(trees: Trees) -> Mapping[str, str]:
    return {
        next((value for key, value in element.items() if local_name(key) == "name"), ""): "".join(
            element.itertext()
        )
        for element in trees.outermost(_META, "user-defined")
    }


class _OdsBeside(OdsScan):
    """A scan of a workbook's content, already found harmless, that gathers its notes and its errors."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, Texts] = {}
        self.wrong: dict[str, dict[tuple[int, int], str]] = {}
        self.pieces: list[str] = []
        self.word: list[str] = []
        self.in_note = False

    def read(self, content: bytes) -> tuple[dict[str, Cells], dict[str, Cells]]:
        """The notes of the workbook's content, by sheet and cell; and likewise the values it has not got."""
        self.content = content
        self.parser.Parse(content, True)
        return {name: joined(notes) for name, notes in self.found.items() if notes}, {**self.wrong}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Follows sheets and cells, and gathers what the paragraphs of notes and errors say."""
        super().start(name, attributes)
        if name in CELLS:
            self.word = []
        elif name in _PARAGRAPHS and not self.in_note and self._is_wrong():
            self.parser.CharacterDataHandler = self.word.append
        if name == "office:annotation":
            self.pieces, self.in_note = [], True
        elif self.in_note and name in _PARAGRAPHS:
            self.pieces.append("\n")
            self.parser.CharacterDataHandler = self.pieces.append
        elif self.in_note and name in _SPACES:
            self.pieces.append(_SPACES[name])

    def end(self, name: str) -> None:
        """Keeps a note that has ended at its cell."""
        if name in _PARAGRAPHS:
            # Who wrote the note, and when, stand between its paragraphs.
            self.parser.CharacterDataHandler = None
        elif name in CELLS and self._is_wrong():
            word = "".join(self.word).strip() or "="
            wrong = self.wrong.setdefault(self.sheet, {})
            for row in range(self.row + 1, self.row + 1 + min(self.rows, _MOST_REPEATED)):
                for at in range(min(self.columns, _MOST_REPEATED)):
                    wrong[row, self.column + 1 + at] = word
        elif name == "office:annotation":
            self.in_note = False
            notes = self.found.setdefault(self.sheet, {})
            add_note(notes, (self.row + 1, self.column + 1), "".join(self.pieces))
        super().end(name)

    def _is_wrong(self) -> bool:
        """Whether the cell's value is an error, or that of a formula was never saved."""
        if self.attributes.get(_ERROR_TYPE) == "error":
            return True
        return "table:formula" in self.attributes and "office:value-type" not in self.attributes
