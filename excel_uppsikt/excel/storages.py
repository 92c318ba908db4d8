"""The storages of a compound file (MS-CFB) as a tree, such as that of an Outlook message."""

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from excel_uppsikt.excel.compound import Sectors, entry_name
from excel_uppsikt.excel.guard.limits import MAX_DEPTH
from excel_uppsikt.excel.guard.refusal import others_as_damaged

_STORAGE, _STREAM = 1, 2
# A program writes no more in a message, and each takes memory.
_MOST_ENTRIES = 100_000


@dataclass(frozen=True, slots=True)
class Storage:
    """A storage by what lies in it: other storages, and streams, each read when it is called.

    A stream takes the most bytes that are wanted of it, None for all; it raises UnreadableError where it is
    damaged.
    """

    storages: Mapping[str, "Storage"]
    streams: Mapping[str, Callable[[int | None], bytes]]


def storages(data: bytes) -> Storage:
    """The file's root with all that lies in it.

    Each entry is in one place only, whatever the file says, and what lies deeper than any program puts it
    is left out. Raises UnreadableError where the file cannot be followed.
    """
    with others_as_damaged():
        sectors = Sectors(data)
        return _Tree(sectors).storage(_child(sectors.directory, 0), 0)


class _Tree:
    """The entries of a directory, each put in one storage."""

    def __init__(self, sectors: Sectors) -> None:
        self._sectors, self._directory = sectors, sectors.directory
        self._count = min(len(self._directory) // 128, _MOST_ENTRIES)
        self._seen = {0}

    def storage(self, first: int, depth: int) -> Storage:
        """The storage whose entries hang, left and right, from one of them."""
        inner: dict[str, Storage] = {}
        streams: dict[str, Callable[[int | None], bytes]] = {}
        for number in self._among(first):
            name, kind = (
                entry_name(self._directory, number * 128),
                self._directory[number * 128 + 66],
            )
            if kind == _STREAM:
                streams[name] = partial(_stream, self._sectors, number)
            elif kind == _STORAGE and depth < MAX_DEPTH:
                inner[name] = self.storage(_child(self._directory, number), depth + 1)
        return Storage(inner, streams)

    def _among(self, first: int) -> list[int]:
        """The numbers of the entries that hang together with one, in the order of the directory."""
        found: list[int] = []
        waiting = [first]
        while waiting:
            number = waiting.pop()
            if number < self._count and number not in self._seen:
                self._seen.add(number)
                found.append(number)
                waiting += struct.unpack_from("<II", self._directory, number * 128 + 68)
        return sorted(found)


def _child(directory: bytes, number: int) -> int:
    at: int = struct.unpack_from("<I", directory, number * 128 + 76)[0]
    return at


def _stream(sectors: Sectors, number: int, most: int | None) -> bytes:
    with others_as_damaged():
        return sectors.stream(number, most)
