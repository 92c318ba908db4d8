"""Where the tests' temporary files lie: in memory where there is room, since a disk takes its time.

Most tests write a round's small files and replace them, which some file systems put on the disk at once. A
`TMPDIR` that has been chosen is left as it is.
"""

import os
import shutil
import tempfile
from pathlib import Path

_MEMORY, _BEGINNING = Path("/dev/shm"), "uppsikt-"  # noqa: S108  a folder of our own is made in it
_PROCESSES = Path("/proc")
_ROOM = 2_000_000_000


def in_memory() -> Path | None:
    """Has all temporary files from now on in a new folder in memory, None where they stay where they were.

    Those of sessions that have ended, or been killed, are removed.
    """
    if "TMPDIR" in os.environ or not (_MEMORY.is_dir() and os.access(_MEMORY, os.W_OK)):
        return None
    for left in _MEMORY.glob(f"{_BEGINNING}[0-9]*"):
        if not (_PROCESSES / left.name.removeprefix(_BEGINNING)).exists():
            shutil.rmtree(left, ignore_errors=True)
    if shutil.disk_usage(_MEMORY).free < _ROOM:
        return None
    folder = _MEMORY / f"{_BEGINNING}{os.getpid()}"
    # Servers that tests start go through it as users of their own.
    folder.mkdir()
    folder.chmod(0o711)
    # What the session starts is to follow, and what has been asked before is to be asked again.
    os.environ["TMPDIR"] = str(folder)
    tempfile.tempdir = None
    return folder
