"""The compound file that holds an .xls workbook (MS-CFB): its names, its workbook's stream, and a plain one.

Its sectors are followed here rather than by olefile (0.47), which is made for sound files. In that a file
of two kilobytes takes minutes or gigabytes: sectors of its list of tables that go in a ring are read as
often as the header says, and a stream in a ring up to the size its entry says. Its time grows with the
square of the number of entries, and its stack with how deep they hang, both beyond what can be told
before it has read them.

calamine does some of that too, and takes the first stream of the name, which can be of a workbook inside
this one. So it is given a file with the one stream, as it was put together here.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

# A compound file's sectors: their possible sizes, and the first number that is not one.
_SECTOR_SIZES = (512, 4096)
_NO_SECTOR = 0xFFFFFFFA
# The most bytes of a name in the directory, with the two that end it.
_LONGEST_NAME = 64
_STORAGE, _STREAM = 1, 2
# What is shorter lies in sectors of their own, that are smaller.
_SMALL, _SMALL_SECTOR = 4_096, 64
# What the workbook's stream is called, in letters of any case: Excel 5 and 95 say Book, and a file for both
# has both.
BOOK_NAMES = ("workbook", "book")
_END, _TABLE, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Entry:
    """A stream or storage in the file: its name, and whether it lies at the root rather than in another."""

    name: str
    is_stream: bool
    at_root: bool


def entries(data: bytes) -> list[Entry]:
    """What is in the file, in the order of its directory; nothing where that cannot be followed."""
    try:
        size = 1 << min(16, struct.unpack_from("<H", data, 30)[0])
        if size not in _SECTOR_SIZES:
            return []
        sectors = memoryview(data)[size:]
        first = struct.unpack_from("<I", data, 48)[0]
        directory = _chain(sectors, size, first, _table(data, size, sectors))
    except (struct.error, LookupError):
        return []
    nested = _nested(directory)
    places = range(0, len(directory) - 127, 128)
    return [
        Entry(entry_name(directory, at), directory[at + 66] == _STREAM, number not in nested)
        for number, at in enumerate(places)
        if directory[at + 66] in (_STORAGE, _STREAM)
    ]


def _nested(directory: bytes) -> set[int]:
    """The numbers of the entries that lie in a storage, in which each may have one to its left and right.

    What no storage has lies at the root: not every program hangs it there, and the reader does not ask.
    """
    count = len(directory) // 128
    waiting = [
        struct.unpack_from("<I", directory, at * 128 + 76)[0]
        for at in range(1, count)
        if directory[at * 128 + 66] == _STORAGE
    ]
    found: set[int] = set()
    while waiting:
        number = waiting.pop()
        if number not in found and 0 < number < count:
            found.add(number)
            waiting += struct.unpack_from("<II", directory, number * 128 + 68)
    return found


def entry_name(directory: bytes, at: int) -> str:
    """The name of the entry that stands there in the directory."""
    length = struct.unpack_from("<H", directory, at + 64)[0]
    name = directory[at : at + max(0, min(length, _LONGEST_NAME) - 2)]
    return name.decode("utf-16-le", "replace")


class Sectors:
    """A compound file's directory, and the streams of its entries.

    Following it raises struct.error or LookupError where it is damaged.
    """

    def __init__(self, data: bytes) -> None:
        self._size = 1 << min(16, struct.unpack_from("<H", data, 30)[0])
        self.directory = b""
        # No program writes sectors of another size.
        if self._size in _SECTOR_SIZES:
            self._large = memoryview(data)[self._size :]
            first, self._small_table = struct.unpack_from("<I8xI", data, 48)
            self._after = _table(data, self._size, self._large)
            self.directory = _chain(self._large, self._size, first, self._after)

    def stream(self, number: int, most: int | None = None) -> bytes:
        """The stream of an entry of the directory, put together; no more than `most` bytes of it."""
        start, whole = struct.unpack_from("<II", self.directory, number * 128 + 116)
        wanted = whole if most is None else min(whole, most)
        if whole >= _SMALL:
            return _chain(self._large, self._size, start, self._after, wanted)[:wanted]
        small, after = self._small
        return _chain(small, _SMALL_SECTOR, start, after, wanted)[:wanted]

    @cached_property
    def _small(self) -> tuple[memoryview, Sequence[int]]:
        """The stream that small ones share, whose place the first entry gives, and what comes after each."""
        start = struct.unpack_from("<I", self.directory, 116)[0]
        small = _chain(self._large, self._size, start, self._after)
        links = _chain(self._large, self._size, self._small_table, self._after)
        return memoryview(small), struct.unpack(
            f"<{len(links) // 4}I", links[: len(links) // 4 * 4]
        )


def workbook_stream(data: bytes) -> bytes:
    """The stream that holds the workbook, put together from the sectors of the compound file."""
    sectors = Sectors(data)
    at = _book_entry(sectors.directory)
    return b"" if at is None else sectors.stream(at // 128)


def _book_entry(directory: bytes) -> int | None:
    """Where in the directory the workbook's stream is named, that at the root before those inside."""
    nested = _nested(directory)
    found = [
        (number in nested, BOOK_NAMES.index(name), number)
        for number in range(len(directory) // 128)
        if directory[number * 128 + 66] == _STREAM
        and (name := entry_name(directory, number * 128).casefold()) in BOOK_NAMES
    ]
    return min(found)[2] * 128 if found else None


def plain_file(stream: bytes) -> bytes:
    """A compound file with the workbook's stream and nothing else."""
    size = _SECTOR_SIZES[1]
    # A shorter stream would have to lie in small sectors.
    count = max(1, -(-len(stream) // size))
    tables = -(-(count + 2) // (size // 4 - 1))
    table = [*range(1, count), _END, _END, *[_TABLE] * tables]
    table += [_FREE] * (tables * size // 4 - len(table))
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    head += struct.pack("<HHHHH", 0x3E, 4, 0xFFFE, 12, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 1, tables, count, 0, _SMALL, _END, 0, _END, 0)
    listed = range(count + 1, count + 1 + tables)
    head += struct.pack(f"<{tables}I", *listed).ljust(109 * 4, b"\xff")
    names = _entry("Root Entry", 5, 1, 0, 0) + _entry("Workbook", _STREAM, _FREE, 0, count * size)
    return b"".join(
        (
            head.ljust(size, b"\0"),
            stream.ljust(count * size, b"\0"),
            names.ljust(size, b"\0"),
            struct.pack(f"<{len(table)}I", *table),
        )
    )


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    coded = name.encode("utf-16-le")
    around = struct.pack("<HBBIII", len(coded) + 2, kind, 1, _FREE, _FREE, child)
    return coded.ljust(64, b"\0") + around + bytes(36) + struct.pack("<IQ", start, size)


def _table(data: bytes, size: int, sectors: memoryview) -> list[int]:
    """What sector comes after each; the sectors that tell this are listed first, and in a chain."""
    most = len(sectors) // size + 1
    parts = [at for at in struct.unpack_from("<109I", data, 76) if at < _NO_SECTOR]
    more = struct.unpack_from("<I", data, 68)[0]
    for _ in range(most):
        if more >= _NO_SECTOR or len(parts) >= most:
            break
        *listed, more = struct.unpack_from(f"<{size // 4}I", sectors, more * size)
        parts += [at for at in listed if at < _NO_SECTOR]
    table: list[int] = []
    for at in parts:
        if len(table) >= most:
            break
        table += struct.unpack_from(f"<{size // 4}I", sectors, at * size)
    return table


def _chain(
    sectors: memoryview, size: int, at: int, table: Sequence[int], most: int | None = None
) -> bytes:
    """The sectors from one on, put together, until there are `most` bytes."""
    pieces: list[memoryview] = []
    # A damaged chain could go in a ring.
    most = len(sectors) if most is None else min(most, len(sectors))
    while at < _NO_SECTOR and len(pieces) * size < most:
        pieces.append(sectors[at * size : (at + 1) * size])
        at = table[at]
    return b"".join(pieces)
