"""The file in ut/.uppsikt/ with where the round stood when it was last told, not to be worked out again.

It counts only as this user's program has sealed it, and only as long as nothing has changed of all that
it was worked out from: the plan, the inbox's files, the compilation and the previous one, which forms and
returns there are, what is remembered of hand-ins, and the program itself. It can be deleted at any time.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from excel_uppsikt.excel.guard.limits import MAX_FILE
from excel_uppsikt.intake.folders import look_through
from excel_uppsikt.intake.program_mark import program_mark
from excel_uppsikt.round_paths import (
    COMPILATION_FILE,
    LAID_ASIDE,
    LAST_HAND_INS,
    PLAN_FILE,
    RETURNS,
    STANDING_FILE,
    TEMPLATES,
)
from excel_uppsikt.rounds.disk import OutputError, write_whole
from excel_uppsikt.rounds.own_secret import sealed, unsealed
from excel_uppsikt.rounds.standing import OwnerStanding, Standing

# Six hundred units take a twentieth of it.
_LARGEST = 10_000_000


def standing_before(folder: Path) -> Standing | None:
    """Where the round stood when that was last kept; None where it has to be worked out."""
    path = folder / STANDING_FILE
    try:
        data = unsealed(path.read_bytes()) if path.stat().st_size <= _LARGEST else None
        kept = None if data is None else json.loads(data)
    except (OSError, ValueError):
        return None
    if kept is None or kept["mark"] != round_mark(folder, kept["previous"]):
        return None
    return _standing(kept["standing"])


def keep_standing(folder: Path, standing: Standing, previous: str, mark: str | None) -> None:
    """Keeps where the round stood by what had a mark, where it still has.

    `previous` is the path of the previous round's compilation, as the plan has it.
    """
    if mark is None or round_mark(folder, previous) != mark:
        return
    told = {"mark": mark, "previous": previous, "standing": asdict(standing)}
    data = sealed(json.dumps(told, default=date.isoformat).encode())
    with suppress(OutputError, OSError):
        if data is not None and len(data) <= _LARGEST:
            write_whole(folder / STANDING_FILE, data)


def round_mark(folder: Path, previous: str) -> str | None:
    """A mark of all that is read of a round to tell where it stands; None where some of it cannot be."""
    told = hashlib.blake2b(digest_size=32)
    try:
        for said in _all_read(folder, previous):
            told.update(len(said).to_bytes(8, "big"))
            told.update(said)
    except OSError:
        return None
    return told.hexdigest()


def _all_read(folder: Path, previous: str) -> Iterator[bytes]:
    yield program_mark().encode()
    for file in (PLAN_FILE, COMPILATION_FILE, LAST_HAND_INS, LAID_ASIDE, previous):
        yield _content(folder / file)
    for of in (TEMPLATES, RETURNS):
        there = sorted(path for path in (folder / of).rglob("*") if path.is_file())
        yield b"\0".join(os.fsencode(path.relative_to(folder)) for path in there)
    found = look_through(folder)
    for paths in (found.files, found.passed_over):
        yield str(len(paths)).encode()
        for path in paths:
            yield os.fsencode(path.relative_to(folder))
            yield _content(path)
    for path, reason in found.missed:
        yield os.fsencode(path.relative_to(folder))
        yield reason.name.encode()


def _content(path: Path) -> bytes:
    """A mark of what stands in a file, empty for none. Raises `OSError` for one larger than any form."""
    if not path.is_file():
        return b""
    if path.stat().st_size > MAX_FILE:
        raise OSError(path)
    return hashlib.blake2b(path.read_bytes(), digest_size=32).digest()


def _standing(kept: dict[str, Any]) -> Standing:
    deadline = kept["deadline"]
    owners = tuple(OwnerStanding(**one) for one in kept["owners"])
    return Standing(
        **{**kept, "owners": owners, "deadline": deadline and date.fromisoformat(deadline)}
    )
