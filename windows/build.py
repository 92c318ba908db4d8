"""`python -m windows.build`: the zip that people on Windows install from, with every wheel that is needed.

The wheels are resolved for Windows (pip alone evaluates the markers of the machine that it runs on), pinned
with their checksums and fetched for each Python. What is in the zip is then held against what the wheels
themselves say that they need.
"""

import argparse
import hashlib
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from excel_uppsikt.version import __version__
from windows.wheelhouse import Missing, missing

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
_HERE = Path(__file__).resolve().parent
_ROOT = _HERE.parent
# The same for equal files; zip knows no earlier day.
_TIME = (1980, 1, 1, 0, 0, 0)


def main(folder: Path) -> Path:
    """The zip, made in a folder. Raises `SystemExit` naming what a Python would lack."""
    with tempfile.TemporaryDirectory() as made:
        house = Path(made)
        wheels = house / "wheels"
        wheels.mkdir()
        _uv("build", "--wheel", "--out-dir", str(wheels), str(_ROOT))
        (wheels / ".gitignore").unlink(missing_ok=True)
        lacking: list[Missing] = []
        for python in PYTHONS:
            pins = house / f"krav-{python}.txt"
            fetch(python, pins, wheels)
            lacking += missing(wheels, pins.read_text("utf-8"), python)
        if lacking:
            raise SystemExit("\n".join(map(str, lacking)))
        return pack(house, folder)


def fetch(python: str, pins: Path, wheels: Path) -> None:
    """Pins what the program needs on Windows with a Python, and fetches it."""
    _uv(
        *("pip", "compile", str(_ROOT / "pyproject.toml"), "--output-file", str(pins)),
        *("--python-platform", "windows", "--python-version", python),
        *("--generate-hashes", "--no-header", "--no-annotate", "--only-binary", ":all:"),
    )
    _run(
        *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"),
        *("--only-binary", ":all:", "--platform", "win_amd64", "--python-version", python),
        *("--dest", str(wheels), "--requirement", str(pins)),
    )


def pack(house: Path, folder: Path) -> Path:
    """The zip of a folder of wheels and pins, and of what lies beside this module; equal for equal files."""
    name = f"uppsikt-{__version__}-windows"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{name}.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for within, data in sorted(contents(house)):
            entry = zipfile.ZipInfo(f"{name}/{within}", _TIME)
            entry.compress_type = (
                zipfile.ZIP_STORED if within.endswith(".whl") else zipfile.ZIP_DEFLATED
            )
            archive.writestr(entry, data)
    return target


def contents(house: Path) -> Iterator[tuple[str, bytes]]:
    """Each file of the zip by its path there; texts have a byte order mark for Notepad, none for cmd."""
    for file in [*sorted(_HERE.glob("*.cmd")), _HERE / "installera.py"]:
        yield file.name, file.read_bytes()
    for file in sorted(_HERE.glob("*.txt")):
        yield file.name, file.read_text("utf-8").replace("\n", "\r\n").encode("utf-8-sig")
    for file in sorted((_HERE / "texter").glob("*.txt")):
        yield f"texter/{file.name}", file.read_text("utf-8").replace("\n", "\r\n").encode()
    for file in sorted(path for path in house.rglob("*") if path.is_file()):
        yield file.relative_to(house).as_posix(), file.read_bytes()


def _uv(*arguments: str) -> None:
    _run(sys.executable, "-m", "uv", "--quiet", *arguments)


def _run(*command: str) -> None:
    subprocess.run(command, check=True)  # noqa: S603  tools that the project names


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("dist"))
    zipped = main(parser.parse_args().folder)
    digest = hashlib.sha256(zipped.read_bytes()).hexdigest()
    print(f"{zipped}  {zipped.stat().st_size / 1e6:.0f} MB  sha256 {digest}")
