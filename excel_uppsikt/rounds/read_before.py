"""The file in ut/.uppsikt/ with what the inbox's files said when they were last read.

It can be deleted, damaged or another's: then the files are read anew, in silence. It counts only as this
user's program has sealed it, and one that cannot be written is no fault.
"""

import zlib
from contextlib import suppress
from pathlib import Path

from excel_uppsikt.intake.known_files import LARGEST, KnownFiles
from excel_uppsikt.model import Plan
from excel_uppsikt.round_paths import READ_FILES
from excel_uppsikt.rounds.disk import OutputError, write_whole
from excel_uppsikt.rounds.own_secret import sealed, unsealed

# Text becomes a sixth; what is larger was not written here.
_LARGEST_FILE = LARGEST // 2
_QUICK = 1


def read_before(folder: Path, plan: Plan) -> KnownFiles:
    """The files of a round's inbox that need not be read again."""
    return KnownFiles(plan, _content(folder / READ_FILES))


def keep_read(folder: Path, files: KnownFiles) -> None:
    """Keeps what was read for the next time, where that is not what is kept already."""
    if not files.changed:
        return
    path = folder / READ_FILES
    with suppress(OutputError, OSError):
        if files.empty:
            path.unlink(missing_ok=True)
            return
        data = sealed(zlib.compress(files.as_written(), _QUICK))
        if data is not None:
            write_whole(path, data)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            return b""
        packed = unsealed(path.read_bytes())
        if packed is None:
            return b""
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(packed, 2 * LARGEST)
    except (OSError, zlib.error, MemoryError):
        return b""
    return content
