"""Workbooks of the format .ods (OpenDocument 1.3), from bytes to values."""

import re
from collections.abc import Mapping
from dataclasses import replace

from excel_uppsikt.excel.formats.sheets import BookDetails, read_sheets
from excel_uppsikt.excel.guard.archive import check
from excel_uppsikt.excel.guard.limits import Limits
from excel_uppsikt.excel.guard.ods_scan import OdsScan
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
_SPACES = {"text:line-break": "\n", "text:tab": "\t", "text:s": " "}
# White space between rows and cells, where Gnumeric, Calligra and SheetJS write some and the reader stops;
# and what it passes over in a text. In an attribute's value there is no `<`.
_BETWEEN = re.compile(rb"(</?table:[^<>]*+>)\s++(?=</?table:)")
_LINE_BREAK = re.compile(rb"<text:line-break\s*+(?:/>|></text:line-break\s*+>)")
_TAB = re.compile(rb"<text:tab\s*+(?:/>|></text:tab\s*+>)")


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
    notes = _OdsNotes().read(content) if b"annotation" in content else {}
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
    sheets = read_sheets(packed, BookDetails(since_1904, notes, far=far), limits)
    # A time without a zone is of the sender's own clock.
    saved = moment(archive.trees, _META, "date", utc=False)
    return Workbook(sheets, _properties(archive.trees), saved)


def _scan_for(name: str, content: bytes) -> type[PartScan] | None:
    return OdsScan if name == _CONTENT else scan_for_xml(name, content)


def _plain(content: bytes) -> bytes:
    """The workbook's content as the reader takes it, whatever program wrote it."""
    content = _TAB.sub(b"\t", _LINE_BREAK.sub(b"\n", content))
    return _BETWEEN.sub(rb"\1", content)


def _properties(trees: Trees) -> Mapping[str, str]:
    return {
        next((value for key, value in element.items() if local_name(key) == "name"), ""): "".join(
            element.itertext()
        )
        for element in trees.outermost(_META, "user-defined")
    }


class _OdsNotes(OdsScan):
    """A scan of a workbook's content, already found harmless, that gathers its notes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, Texts] = {}
        self.pieces: list[str] = []
        self.in_note = False

    def read(self, content: bytes) -> dict[str, Cells]:
        """The notes of the workbook's content, by sheet and cell."""
        self.content = content
        self.parser.Parse(content, True)
        return {name: joined(notes) for name, notes in self.found.items() if notes}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Follows sheets and cells; in a note it gathers what its paragraphs say."""
        super().start(name, attributes)
        if name == "office:annotation":
            self.pieces, self.in_note = [], True
        elif self.in_note and name in _PARAGRAPHS:
            self.pieces.append("\n")
            self.parser.CharacterDataHandler = self.pieces.append
        elif self.in_note and name in _SPACES:
            self.pieces.append(_SPACES[name])

    def end(self, name: str) -> None:
        """Keeps a note that has ended at its cell."""
        if self.in_note and name in _PARAGRAPHS:
            # Who wrote the note, and when, stand between its paragraphs.
            self.parser.CharacterDataHandler = None
        elif name == "office:annotation":
            self.in_note = False
            notes = self.found.setdefault(self.sheet, {})
            add_note(notes, (self.row + 1, self.column + 1), "".join(self.pieces))
        super().end(name)
