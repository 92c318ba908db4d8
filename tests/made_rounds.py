"""Rounds that many tests begin with: made once in a process, and laid out for each as they were left."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Concatenate, ParamSpec, TypeVar

# What lies in a folder by relative name: a file's bytes and when it was changed; None for a folder.
_Left = Mapping[str, tuple[bytes, int] | None]
P = ParamSpec("P")
T = TypeVar("T")


def made_once(
    make: Callable[Concatenate[Path, P], T],
) -> Callable[Concatenate[Path, P], T]:
    """What makes a round in a folder, once for the same arguments; then its files are laid out again.

    It answers what it answered of the round where it was made.
    """
    kept: dict[tuple[object, ...], tuple[_Left, T]] = {}

    def lay_out(folder: Path, /, *given: P.args, **named: P.kwargs) -> T:
        key = (*given, *named.items())
        if key not in kept:
            with TemporaryDirectory() as name:
                first = Path(name) / "omgång"
                answer = make(first, *given, **named)
                kept[key] = _left(first), answer
        files, answer = kept[key]
        folder.mkdir(parents=True, exist_ok=True)
        for name, file in files.items():
            path = folder / name
            if file is None:
                path.mkdir(exist_ok=True)
                continue
            data, changed = file
            path.write_bytes(data)
            os.utime(path, ns=(changed, changed))
        return answer

    return lay_out


def _left(folder: Path) -> _Left:
    return {
        path.relative_to(folder).as_posix(): (
            None if path.is_dir() else (path.read_bytes(), path.stat().st_mtime_ns)
        )
        for path in sorted(folder.rglob("*"))
    }
