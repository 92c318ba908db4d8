"""What a folder of wheels lacks, for the program to be installed from it alone on Windows with a Python."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.metadata import Metadata
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.tags import compatible_tags, cpython_tags
from packaging.utils import NormalizedName, canonicalize_name, parse_wheel_filename
from packaging.version import Version

PROGRAM = canonicalize_name("excel-uppsikt")
_PLATFORM = "win_amd64"
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Missing:
    """A requirement that no wheel to be installed meets, and what has it."""

    python: str
    wanted_by: str
    requirement: str

    def __str__(self) -> str:
        return (
            f"Python {self.python}: {self.wanted_by} needs {self.requirement}, which is not there"
        )


def missing(wheels: Path, pins: str, python: str) -> tuple[Missing, ...]:
    """What the program and its needs lack among the wheels that the pins choose for a Python, `3.13`."""
    chosen = _chosen(wheels, pins, python)
    lacking: list[Missing] = []
    waiting = [("the zip", Requirement(PROGRAM))]
    seen: set[tuple[str, str]] = set()
    while waiting:
        by, wanted = waiting.pop()
        if (by, str(wanted)) in seen:
            continue
        seen.add((by, str(wanted)))
        wheel = chosen.get(canonicalize_name(wanted.name))
        if wheel is None or not wanted.specifier.contains(wheel[0], prereleases=True):
            lacking.append(Missing(python, by, str(wanted)))
        else:
            waiting += [(wanted.name, each) for each in _needs(wheel[1], python, wanted.extras)]
    return tuple(lacking)


def _chosen(wheels: Path, pins: str, python: str) -> dict[NormalizedName, tuple[Version, Metadata]]:
    """The wheels that this Python would install: the program's own, and those of the pins that fit it."""
    major, minor = map(int, python.split("."))
    tags = {
        *cpython_tags((major, minor), platforms=[_PLATFORM]),
        *compatible_tags((major, minor), f"cp{major}{minor}", [_PLATFORM]),
    }
    pinned = {canonicalize_name(name): Version(version) for name, version in _PIN.findall(pins)}
    chosen = {}
    for file in wheels.glob("*.whl"):
        name, version, _, own = parse_wheel_filename(file.name)
        if own & tags and (name == PROGRAM or pinned.get(name) == version):
            metadata = _metadata(file)
            if (metadata.requires_python or SpecifierSet()).contains(f"{python}.0"):
                chosen[name] = version, metadata
    return chosen


def _needs(metadata: Metadata, python: str, extras: set[str]) -> Iterator[Requirement]:
    """What a wheel requires on Windows with a Python, and with some of its extras."""
    windows = {
        "implementation_name": "cpython",
        "os_name": "nt",
        "platform_machine": "AMD64",
        "platform_python_implementation": "CPython",
        "platform_system": "Windows",
        "python_full_version": f"{python}.0",
        "python_version": python,
        "sys_platform": "win32",
    }
    for requirement in metadata.requires_dist or ():
        marker = requirement.marker
        if marker is None or any(
            marker.evaluate({**windows, "extra": extra}) for extra in (extras or {""})
        ):
            yield requirement


def _metadata(file: Path) -> Metadata:
    with zipfile.ZipFile(file) as archive:
        (name,) = (each for each in archive.namelist() if each.endswith(".dist-info/METADATA"))
        # A field of a later standard than this library knows is no fault of the wheel's.
        return Metadata.from_email(archive.read(name), validate=False)
