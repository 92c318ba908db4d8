"""How much a file may hold, a form many times over, and the checks that refuse more."""

from dataclasses import dataclass
from typing import Never

from excel_uppsikt.excel.guard.refusal import Reason, UnreadableError

MAX_FILE = 50_000_000
MAX_PARTS = 2_000
MAX_DEPTH = 100
# In all the XML of a workbook: an element takes as long to parse as twenty bytes of text, and can be
# written in four.
MAX_TAGS = 4_000_000
# Bytes and tags of the parts that are read as trees in memory, together: properties, relations, notes on
# cells. An element takes far more memory than the few bytes it can be written in.
MAX_TREE, MAX_TREE_TAGS = 10_000_000, 400_000
# A sheet's name, of which Excel allows 31 letters: it stands in each finding from the sheet.
MAX_NAME, MAX_SHEETS = 255, 2_000
MAX_ROW, MAX_COLUMN = 200_000, 2_000
# In a sheet: how many cells far outside any form are taken out and told, rather than the form refused.
MAX_FAR = 1_000
# In one form: merging and comparing rows takes long, and nobody could read so much.
MAX_ROWS, MAX_FAULTS = 3_000, 10_000
# In one form, where a row that names several departments counts once for each of them.
MAX_ENTRIES = 10_000
# How many files in a mail or a zip file are read.
MAX_MEMBERS = 200
# How many bytes of memory the texts of the workbooks in a mail or a zip file may take together: they are
# kept until the whole inbox is read. An ordinary letter takes one or two.
MAX_TEXT_TOGETHER = 100_000_000


def check_size(size: int) -> None:
    """Refuses a file larger than any form."""
    if size > MAX_FILE:
        raise UnreadableError(Reason.TOO_LARGE, f"mer än {MAX_FILE // 1_000_000} MB")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a workbook may hold: bytes when it is unpacked, cells with values, letters in them.

    A large part may be `ratio` times as large as it is packed; more is a zip bomb. Each cell has its own
    copy of its text, in which a letter can take four bytes; the notes on cells may hold as much again.
    `area` are the cells of the rectangles from A1 on, which the reader fills whole, so that a few stray
    values cost as much as a full sheet. With `slips` these are taken out where it is too large.
    """

    unpacked: int
    ratio: int
    values: int
    text: int
    area: int
    slips: bool = False

    def check_unpacked(self, size: int) -> None:
        """Refuses more bytes than they may be."""
        if size > self.unpacked:
            self._refuse(f"mer än {self.unpacked // 1_000_000} MB när den packas upp")

    def check_values(self, count: int, what: str = "celler") -> None:
        """Refuses more cells with values, or more of something else in them."""
        if count > self.values:
            self._refuse(f"fler än {_spaced(self.values)} {what}")

    def check_text(self, size: int) -> None:
        """Refuses more text in the cells, or in the notes on them."""
        if size > self.text:
            raise UnreadableError(Reason.OVERFULL, f"mer än {self.text // 1_000_000} MB text")

    def check_area(self, area: int) -> None:
        """Refuses rectangles of more cells."""
        if area > self.area:
            self._refuse(f"blad på mer än {self.area // 1_000_000} miljoner celler")

    def fits(self, values: int, text: int, area: int) -> bool:
        """Whether none of these would be refused."""
        return values <= self.values and text <= self.text and area <= self.area

    def _refuse(self, detail: str) -> Never:
        raise UnreadableError(Reason.TOO_LARGE, detail)


# What is sent in: a form many times over, and whatever lies beside it in the same workbook.
RECEIVED = Limits(
    unpacked=80_000_000, ratio=200, values=300_000, text=8_000_000, area=5_000_000, slips=True
)
# The plan, and the compilation, which has every activity of a round in full more than once.
OWN = Limits(unpacked=500_000_000, ratio=2_000, values=5_000_000, text=200_000_000, area=20_000_000)


def check_rows(count: int) -> None:
    """Refuses a form with more filled rows than anybody could go through."""
    _check_count(count, MAX_ROWS, "ifyllda rader")


def check_entries(count: int) -> None:
    """Refuses a form whose rows name far more departments than there can be work in."""
    _check_count(count, MAX_ENTRIES, "ifyllda rader, räknade en gång för varje verksamhet på raden")


def check_faults(count: int) -> None:
    """Refuses a form with more to tell of it than anybody could read."""
    _check_count(count, MAX_FAULTS, "fel")


def check_tags(count: int) -> None:
    """Refuses more XML elements than even a workbook with millions of empty cells has."""
    if count > MAX_TAGS:
        raise UnreadableError(Reason.TOO_LARGE, "mer formatering än något formulär har")


def check_sheets(count: int) -> None:
    """Refuses more sheets than any workbook has."""
    if count > MAX_SHEETS:
        raise UnreadableError(Reason.OVERFULL, f"fler än {_spaced(MAX_SHEETS)} blad")


def check_name(name: str) -> None:
    """Refuses a sheet's name longer than any program gives."""
    if len(name) > MAX_NAME:
        raise UnreadableError(Reason.HOSTILE, f"ett bladnamn på mer än {MAX_NAME} tecken")


def _spaced(count: int) -> str:
    """A count as it is written in Swedish, such as `3 000`."""
    return f"{count:,}".replace(",", " ")


def _check_count(count: int, most: int, what: str) -> None:
    if count > most:
        raise UnreadableError(Reason.OVERFULL, f"fler än {_spaced(most)} {what}")
