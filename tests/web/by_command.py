"""The sample round by the commands, to compare with what the page makes of it."""

import shutil
from pathlib import Path

from tests.cli.running import ROOT, uppsikt

SAMPLE = ROOT / "samples/ange-2024"
INBOX = sorted((SAMPLE / "inkorg").iterdir())
# What is remembered there has its own order.
_REMEMBERED = "ut/.uppsikt/"
# It has the day on which it was kept.
_DATED = "version.json"


def with_plan(folder: Path) -> Path:
    """A round with the sample's plan and nothing more."""
    folder.mkdir(parents=True)
    shutil.copy(SAMPLE / "plan.xlsx", folder)
    return folder


def by_commands(folder: Path) -> Path:
    """The whole round."""
    with_plan(folder)
    assert uppsikt("templates", folder).returncode == 0
    (folder / "inkorg").mkdir()
    for path in INBOX:
        shutil.copy(path, folder / "inkorg")
    for command in (
        ("check", folder),
        ("merge", folder),
        ("report", folder, "--sources"),
        ("publish", folder, "--unfinished"),
    ):
        uppsikt(*command)
    return folder


def assert_alike(ours: Path, theirs: Path, *but: str) -> None:
    """The two folders have the same files, byte by byte, `but` for folders in them."""
    one, other = _files(ours, but), _files(theirs, but)
    assert sorted(one) == sorted(other)
    differing = [name for name, data in one.items() if other[name] != data]
    assert [name for name in differing if not name.endswith(_DATED)] == []


def _files(folder: Path, but: tuple[str, ...]) -> dict[str, bytes]:
    names = {p: p.relative_to(folder).as_posix() for p in sorted(folder.rglob("*")) if p.is_file()}
    left_out = (_REMEMBERED, *but)
    return {name: p.read_bytes() for p, name in names.items() if not name.startswith(left_out)}
