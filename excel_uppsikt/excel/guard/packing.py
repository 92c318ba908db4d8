"""A plain zip of bytes in memory, stored as they are, for a reader that takes nothing else.

zipfile writes to a file that may be of any kind and size, which takes six times as long.
"""

import struct
from collections.abc import Iterable

from zlib_ng import zlib_ng as zlib

# The zip format (PKWARE's APPNOTE 6.3): a local header before each part, a central header for each at
# the end, and where those begin.
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_VERSION, _UTF8, _STORED = 20, 0x800, 0
# 1980-01-01, when the format's time begins.
_TIME, _DATE = 0, 0x21


def stored(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip file of the parts by name, together below 4 GB and fewer than 65,536."""
    written: list[bytes] = []
    directory: list[bytes] = []
    begin = count = 0
    for name, content in parts:
        path, size = name.encode(), len(content)
        about = (
            *(_VERSION, _UTF8, _STORED, _TIME, _DATE),
            *(zlib.crc32(content), size, size, len(path), 0),
        )
        written += (_LOCAL.pack(b"PK\x03\x04", *about), path, content)
        directory += (_CENTRAL.pack(b"PK\x01\x02", _VERSION, *about, 0, 0, 0, 0, begin), path)
        begin += _LOCAL.size + len(path) + size
        count += 1
    listed = b"".join(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(listed), begin, 0)
    return b"".join((*written, listed, end))
