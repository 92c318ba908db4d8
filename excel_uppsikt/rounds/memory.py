"""The files in ut/.uppsikt/: what the program remembers from run to run, each of them for one purpose.

Each can be deleted, damaged or made by another version. What cannot be understood counts as forgotten.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from excel_uppsikt.rounds.disk import write_whole


def remembered(path: Path) -> dict[str, Any]:
    """What a file remembers, by name; the caller sees to the values. Nothing where it cannot be read."""
    try:
        kept = json.loads(path.read_text("utf-8"))
        # Half a character can be written in JSON, and then nowhere else.
        _text({"": kept})
    except (OSError, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


def remember(path: Path, memory: Mapping[str, Any]) -> None:
    """Writes what is to be remembered, unless the file says so already."""
    text = _text(memory)
    if not (path.is_file() and path.read_bytes() == text):
        write_whole(path, text)


def texts(value: object) -> tuple[str, ...] | None:
    """A remembered list of texts, or None where it is anything else."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    return None


def _text(memory: Mapping[str, Any]) -> bytes:
    return json.dumps(memory, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8")
