"""What is refused before it is read: the limits of a form many times over, and the error that says so."""

from functools import lru_cache

MAX_FILE = 50_000_000
MAX_UNPACKED = 80_000_000
MAX_PARTS = 2_000
MAX_RATIO = 200
MAX_DEPTH = 100
# Of all XML: an element costs as much to walk past as twenty bytes do, and can be written in four.
MAX_TAGS = 4_000_000
# What is read as trees in memory, together: properties, relations, notes on cells. An element takes far
# more memory than the few bytes it can be written in.
MAX_TREE, MAX_TREE_TAGS = 10_000_000, 400_000
# A sheet's name, of which Excel allows 31 letters: it stands in each finding from the sheet.
MAX_NAME, MAX_SHEETS = 255, 2_000
MAX_ROW, MAX_COLUMN = 200_000, 2_000
MAX_VALUES = 300_000
# In the cells, each with its own copy, and as much in the notes on them: in memory a letter can take four
# bytes, and stand in several texts.
MAX_TEXT = 10_000_000
# The reader fills the whole rectangle from A1, so a few stray values cost as much as a full sheet.
MAX_AREA = 5_000_000
# Of a form: to merge and compare rows takes long, and nobody could read so much.
MAX_ROWS, MAX_FAULTS = 3_000, 10_000
# Where a row that names several departments is one of each.
MAX_ENTRIES = 10_000
# Of a mail or a zip file: how many files are looked at in it.
MAX_MEMBERS = 200
# And how many bytes of memory the texts of the workbooks in it take together: they are kept until the whole
# inbox is read. Of ordinary letters each takes one or two.
MAX_TEXT_TOGETHER = 100_000_000

# What a file is instead of a workbook, where more than the words depends on it.
MAIL, OUTLOOK, ZIP = "ett e-postmeddelande", "ett Outlook-meddelande", "en zip-fil"

_DETAILS = {
    "damaged": "en skadad fil",
    "busy": "en fil som är upptagen",
    "encrypted": "en lösenordsskyddad fil",
}


class UnreadableError(Exception):
    """A file that cannot or must not be read: the reason, and what it is in a Swedish noun phrase."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail or _DETAILS.get(reason, "")


def check_size(size: int) -> None:
    """Refuses a file larger than any form."""
    if size > MAX_FILE:
        raise UnreadableError("too_large", f"mer än {MAX_FILE // 1_000_000} MB")


def check_tags(count: int) -> None:
    """Refuses more XML elements than even a workbook with millions of empty cells has."""
    if count > MAX_TAGS:
        raise UnreadableError("too_large", f"fler än {MAX_TAGS // 1_000_000} miljoner element")


def check_area(area: int) -> None:
    """Refuses sheets whose rectangles of cells would not fit in an ordinary computer's memory."""
    if area > MAX_AREA:
        raise UnreadableError(
            "too_large", f"blad på mer än {MAX_AREA // 1_000_000} miljoner celler"
        )


def check_values(count: int, what: str = "celler") -> None:
    """Refuses more cells with values, or more of something else in them, than any form holds."""
    _check_count(count, MAX_VALUES, what)


def check_rows(count: int) -> None:
    """Refuses a form with more filled rows than anybody could go through."""
    _check_count(count, MAX_ROWS, "ifyllda rader")


def check_entries(count: int) -> None:
    """Refuses a form whose rows name far more departments than there can be work in."""
    _check_count(count, MAX_ENTRIES, "ifyllda rader, räknade för varje verksamhet")


def check_faults(count: int) -> None:
    """Refuses a form with more to tell of it than anybody could read."""
    _check_count(count, MAX_FAULTS, "anmärkningar")


def check_text(size: int) -> None:
    """Refuses more text, in cells or in notes on them, than any form holds."""
    if size > MAX_TEXT:
        raise UnreadableError("too_large", f"mer än {MAX_TEXT // 1_000_000} MB text")


def check_sheets(count: int) -> None:
    """Refuses more sheets than any workbook has."""
    if count > MAX_SHEETS:
        raise UnreadableError("too_large", f"fler än {MAX_SHEETS} blad")


def check_name(name: str) -> None:
    """Refuses a sheet's name longer than any program gives."""
    if len(name) > MAX_NAME:
        raise UnreadableError("too_large", f"ett bladnamn på mer än {MAX_NAME} tecken")


def _check_count(count: int, most: int, what: str) -> None:
    if count > most:
        raise UnreadableError("too_large", f"fler än {most // 1000} 000 {what}")


@lru_cache(maxsize=MAX_COLUMN)
def column_letters(column: int) -> str:
    """The letters of a 1-based column, such as `XFD` for 16384."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
