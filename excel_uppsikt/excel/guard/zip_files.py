"""Zip files read within limits, entry by entry, and written plain for a reader that takes nothing else."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from zlib_ng import zlib_ng as zlib

from excel_uppsikt.excel.guard.limits import MAX_PARTS, RECEIVED, Limits
from excel_uppsikt.excel.guard.refusal import Reason, UnreadableError, others_as_damaged

# A local header up to its name (APPNOTE 6.3, 4.3.7): the mark, then the flags, then the lengths of the
# name and of what follows it.
_HEADER, _ENTRY, _UTF8_NAME = struct.Struct("<4s2xH18xHH"), b"PK\x03\x04", 0x800
_CENTRAL_ENTRY, _ENCRYPTED = b"PK\x01\x02", 1
# A header, an entry of the directory and its end, written whole (4.3.7, 4.3.12 and 4.3.16).
_LOCAL, _CENTRAL = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END_MARK, _VERSION, _FIRST_DAY, _LONGEST_NAME = b"PK\x05\x06", 20, 0x21, 0xFFFF
_SMALL = 10_000_000


@dataclass(frozen=True, slots=True)
class ZipDirectory:
    """A zip file and its entries by lower-case name with `/`, before any of them is unpacked."""

    data: bytes
    entries: Mapping[str, zipfile.ZipInfo]
    unique: bool

    @others_as_damaged()
    def beginning(self, name: str, size: int) -> bytes:
        """At most `size` bytes from the beginning of an entry, b'' where there is none of this name."""
        if name not in self.entries:
            return b""
        with (
            zipfile.ZipFile(io.BytesIO(self.data)) as source,
            source.open(self.entries[name]) as stream,
        ):
            return stream.read(size)

    @others_as_damaged()
    def unpack(
        self, limits: Limits, wanted: Callable[[str], bool] = lambda _: True
    ) -> dict[str, bytes]:
        """The wanted entries' bytes by lower-case name.

        Raises:
            UnreadableError: For two entries of one name, a password on any of them, and entries that
                are too much together, a zip bomb, or damaged.
        """
        if not self.unique:
            raise UnreadableError(Reason.HOSTILE, "två delar med samma namn")
        if any(entry.flag_bits & _ENCRYPTED for entry in self.entries.values()):
            raise UnreadableError(Reason.ENCRYPTED)
        names = [name for name in self.entries if not name.endswith("/") and wanted(name)]
        ends = entry_ends((self.entries[name] for name in names), len(self.data))
        parts: dict[str, bytes] = {}
        size = 0
        for name in names:
            entry = self.entries[name]
            parts[name] = read_entry(self.data, entry, ends[entry.header_offset], size, limits)
            size += len(parts[name])
        return parts


class _Counted(io.BytesIO):
    """A zip file's bytes, where no more entries are read at a time than a workbook has parts.

    zipfile reads the directory in one step, and makes an object of each entry in it. Elsewhere such
    entries may stand too, as those of workbooks that are in a zip file as they are.
    """

    def read(self, size: int | None = -1) -> bytes:
        """The next bytes."""
        content = super().read(size)
        if content.count(_CENTRAL_ENTRY) > MAX_PARTS:
            raise UnreadableError(Reason.TOO_LARGE, f"fler än {MAX_PARTS} delar")
        return content


@others_as_damaged()
def read_directory(data: bytes) -> ZipDirectory:
    """The directory of a zip file.

    Raises:
        UnreadableError: For a damaged directory, or one of more entries than any workbook has.
    """
    with zipfile.ZipFile(_Counted(data)) as source:
        found = source.infolist()
    # The reader looks names up without regard to case.
    entries = {entry.filename.replace("\\", "/").lower(): entry for entry in found}
    return ZipDirectory(data, entries, unique=len(entries) == len(found))


def entry_ends(entries: Iterable[zipfile.ZipInfo], end: int) -> dict[int, int]:
    """Where each entry has ended at the latest, by where it begins: at the next one, or in the end.

    A few bytes of a directory can claim the same megabytes over and over; each would take its time.
    """
    ends: dict[int, int] = {}
    for begin in sorted((entry.header_offset for entry in entries), reverse=True):
        ends[begin] = end
        end = begin
    return ends


def read_entry(
    data: bytes, entry: zipfile.ZipInfo, end: int, before: int, limits: Limits = RECEIVED
) -> bytes:
    """An entry's bytes from a zip file's, read no further than to `end` and unpacked no more than it may.

    zipfile would read past `end`, and takes four times as many steps.

    Args:
        data: The whole zip file.
        entry: What the directory says of the entry.
        end: Where in `data` the entry has ended at the latest.
        before: How many bytes other entries have been unpacked to.
        limits: How much may be unpacked in all, and to how many times its size.

    Raises:
        UnreadableError: For an entry that is too much, a zip bomb, or damaged.
        zlib.error: For bytes that cannot be unpacked.
        struct.error: For a header that is cut short.
    """
    left = max(0, limits.unpacked - before)
    mark, flags, length, extra = _HEADER.unpack_from(data, entry.header_offset)
    name = entry.header_offset + _HEADER.size
    begin = name + length + extra
    # Other methods are not part of the formats, and bzip2 unpacks without a limit.
    if mark != _ENTRY or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UnreadableError(Reason.DAMAGED)
    # Under a damaged name a part is looked for in vain, and notes would be lost in silence.
    written = data[name : name + length]
    encoding = "utf-8" if flags & _UTF8_NAME else "cp437"
    # Both hold ASCII, which is read in a tenth of the time.
    if written.decode("ascii" if written.isascii() else encoding) != entry.orig_filename:
        raise UnreadableError(Reason.DAMAGED)
    packed = data[begin : min(begin + entry.compress_size, end)]
    # Small parts of nothing but repetition are normal.
    most = max(_SMALL, len(packed) * limits.ratio)
    if entry.compress_type == zipfile.ZIP_STORED:
        content = packed
    else:
        unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
        content = unpacking.decompress(packed, min(most, left, entry.file_size) + 1)
    if len(content) > most:
        raise UnreadableError(Reason.HOSTILE, "en zip-bomb")
    limits.check_unpacked(before + len(content))
    if len(content) > entry.file_size or zlib.crc32(content) != entry.CRC:
        raise UnreadableError(Reason.DAMAGED)
    return content


def stored(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip file of the parts by name, none of them compressed.

    It is the same bytes for the same parts: each is dated 1980-01-01, where the format's time begins.
    Refuses a name that is longer than the format has room for. zipfile takes five times as long for
    what one reader alone will see.
    """
    pieces: list[bytes] = []
    directory: list[bytes] = []
    at = count = 0
    for name, content in parts:
        written = name.encode("utf-8", "replace")
        if len(written) > _LONGEST_NAME:
            raise UnreadableError(Reason.DAMAGED)
        size, flags = len(content), 0 if written.isascii() else _UTF8_NAME
        known = (flags, 0, 0, _FIRST_DAY, zlib.crc32(content), size, size, len(written), 0)
        pieces += (_LOCAL.pack(_ENTRY, _VERSION, *known), written, content)
        whole = _CENTRAL.pack(_CENTRAL_ENTRY, _VERSION, _VERSION, *known, 0, 0, 0, 0, at)
        directory += (whole, written)
        at += _LOCAL.size + len(written) + size
        count += 1
    listed = b"".join(directory)
    end = _END.pack(_END_MARK, 0, 0, count, count, len(listed), at, 0)
    return b"".join((*pieces, listed, end))
