"""A mark of the program itself and of the libraries it reads with: what has changed when it does."""

import sys
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path

from excel_uppsikt.version import __version__

_PACKAGE = Path(__file__).parent.parent
_LIBRARIES = ("python_calamine", "rapidfuzz", "zlib_ng")


def text_mark(parts: Sequence[str] = (".",)) -> str:
    """A mark of the program's own text, or of that of some of its modules and folders."""
    told = blake2b(__version__.encode(), digest_size=16)
    for part in parts:
        path = _PACKAGE / part
        for source in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            told.update(source.read_bytes() if source.is_file() else b"")
    return told.hexdigest()


@cache
def program_mark(parts: Sequence[str] = (".",)) -> str:
    """A mark of the program's own text, or of some of its modules and folders, and of the libraries'."""
    told = blake2b(f"{text_mark(parts)} {sys.version}".encode(), digest_size=16)
    for library in _LIBRARIES:
        found = find_spec(library)
        if found is not None and found.origin is not None:
            for file in sorted(Path(found.origin).parent.iterdir()):
                if file.is_file():
                    told.update(f"{file.name} {file.stat().st_size}".encode())
    return told.hexdigest()
