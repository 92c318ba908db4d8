"""Why a file is refused, and what it is instead of a workbook: the error that carries both."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum


class Reason(Enum):
    """Why a file cannot or must not be read."""

    DAMAGED = "damaged"
    NOT_WORKBOOK = "not_workbook"
    ENCRYPTED = "encrypted"
    BUSY = "busy"
    TOO_LARGE = "too_large"
    HOSTILE = "hostile"
    # A workbook, but of a kind that is not read.
    OTHER_FORMAT = "other_format"
    # Written in a way that the reader knows only parts of.
    PARTLY = "partly"
    # More in it than anybody could go through, though it is read without trouble.
    OVERFULL = "overfull"
    TOO_SLOW = "too_slow"
    # A value far outside any form.
    FAR = "far"
    # In a mail or a zip file: more files than are read, more work together, or another mail or zip file.
    TOO_MANY = "too_many"
    TOGETHER = "together"
    NESTED = "nested"
    # What programs name as their own, though it is a workbook.
    HIDDEN = "hidden"
    # A folder that cannot be listed, and links to what lies elsewhere or is not there.
    CLOSED = "closed"
    ELSEWHERE = "elsewhere"
    DANGLING = "dangling"


class FileKind(Enum):
    """What a file is instead of a workbook. The value is a Swedish noun phrase, only for showing."""

    EMPTY = "en tom fil"
    PDF = "en PDF"
    IMAGE = "en bild"
    MAIL = "ett e-postmeddelande"
    OUTLOOK = "ett Outlook-meddelande"
    ZIP = "en zip-fil"
    WORD = "ett Word-dokument"
    POWERPOINT = "en PowerPoint-presentation"
    OPENDOCUMENT_TEXT = "ett OpenDocument-textdokument"
    RTF = "ett RTF-dokument"
    WEB_PAGE = "en webbsida"
    XML = "en XML-fil"
    TEXT = "en textfil"
    UNKNOWN = "en okänd fil"
    # Workbooks all the same.
    OLD_EXCEL = "en arbetsbok från Excel 4 eller äldre"
    EXCEL_XML = "ett XML-kalkylblad"
    FLAT_OPENDOCUMENT = "ett OpenDocument-kalkylblad i en enda XML-fil"
    APPLE = "ett dokument från Numbers eller ett annat program från Apple"
    SYLK = "ett kalkylblad i formatet SYLK"
    LOTUS = "ett kalkylblad från Lotus 1-2-3 eller Quattro Pro"
    UNUSUAL = "en arbetsbok med ovanlig uppbyggnad"


_DETAILS = {
    Reason.DAMAGED: "en skadad fil",
    Reason.BUSY: "en fil som är upptagen",
    Reason.ENCRYPTED: "en lösenordsskyddad fil",
}


class UnreadableError(Exception):
    """A file that cannot or must not be read.

    `reason` and `kind` (None where the file is a workbook of a format that is read, or what it is was not
    found out) decide what happens next; `detail` is Swedish text for showing: what is too much, or what the
    file is.
    """

    def __init__(self, reason: Reason, detail: str = "", kind: FileKind | None = None) -> None:
        self.reason, self.kind = reason, kind
        self.detail = detail or (kind.value if kind else _DETAILS.get(reason, ""))
        super().__init__(reason.value, self.detail)


@contextmanager
def others_as_damaged() -> Iterator[None]:
    """Makes every exception but UnreadableError one that says the file is damaged.

    zipfile, zlib, struct and expat raise a dozen kinds of exceptions for broken files.
    """
    try:
        yield
    except UnreadableError:
        raise
    except Exception as error:
        raise UnreadableError(Reason.DAMAGED) from error
