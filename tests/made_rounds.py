"""Rounds that many tests begin with: made once in a process, and laid out for each as they were left."""

import os
from collections.abc import Callable, Mapping
from functools import cache
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

    @cache
    def left(*given: P.args, **named: P.kwargs) -> tuple[_Left, T]:
        with TemporaryDirectory() as name:
            folder = Path(name) / "omgång"
            answer = make(folder, *given, **named)
            files = {
                path.relative_to(folder).as_posix(): (
                    None if path.is_dir() else (path.read_bytes(), path.stat().st_mtime_ns)
                )
                for path in sorted(folder.rglob("*"))
            }
        return files, answer

    def lay_out(folder: Path, *given: P.args, **named: P.kwargs) -> T:
        files, answer = left(*given, **named)
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
