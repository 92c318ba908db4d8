"""Names for temporary files that tell whose they are, and what runs that were killed have left of them.

A name holds a mark of the computer and the number of the process. Nothing is left behind by a process of
this computer that is running; what another computer has made in a shared folder is, after a day.
"""

import os
import platform
import re
import shutil
import sys
import time
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

BEGINNING = ".uppsikt-"
_LONGEST_SECONDS = 24 * 60 * 60
_COMPUTER = sha256(platform.node().encode("utf-8", "replace")).hexdigest()[:8]
# Before there were marks, a temporary file had eight letters of chance only.
_NAME = re.compile(
    rf"{re.escape(BEGINNING)}(?:(?P<computer>[0-9a-f]{{8}})-(?P<process>\d{{1,10}})-)?\w{{8}}"
)


def own_beginning() -> str:
    """How the names of this process's temporary files begin, for `tempfile`."""
    return f"{BEGINNING}{_COMPUTER}-{os.getpid()}-"


def remove_leftovers(paths: Iterable[Path]) -> None:
    """Removes those of the files and folders that a killed run has left behind; what cannot be, stays."""
    for path in paths:
        try:
            if not _left_behind(path):
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink()
        except OSError:
            continue


def _left_behind(path: Path) -> bool:
    name = _NAME.fullmatch(path.name)
    if name is None:
        return False
    if name["computer"] == _COMPUTER and _has_ended(int(name["process"])):
        return True
    return time.time() - path.lstat().st_mtime > _LONGEST_SECONDS


def _has_ended(process: int) -> bool:
    """Whether a process of this computer is known to be gone; Windows cannot be asked this way."""
    if sys.platform == "win32":
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:
        return False
    return False
