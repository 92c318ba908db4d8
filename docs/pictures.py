"""Makes README's pictures: `python -m docs.pictures`. Needs LibreOffice and pdftoppm.

The pictures show the real sample round: a unit's filled-in form and a page of the report.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

from excel_uppsikt.cli import commands
from excel_uppsikt.word.pages import libreoffice

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent / "samples" / "ange-2024"
REPORT = "ut/rapporter/Uppsiktsrapport Social verksamhet 2024 T1.docx"
_PIXELS_PER_INCH = 140
# Each picture: the file in the round, the page in its PDF, and the part of it to show in pixels: from
# the left, from the top, width, height.
PICTURES = {
    "lasmig.png": ("inkorg/Särskilt boende.xlsx", 1, (30, 40, 1400, 1080)),
    "formular.png": ("inkorg/Särskilt boende.xlsx", 8, (30, 40, 1580, 520)),
    "formular-tomt.png": ("mallar/Särskilt boende.xlsx", 7, (0, 0, 1637, 1157)),
    "rapport.png": (REPORT, 6, (0, 0, 1158, 1637)),
    "sammanfattning.png": (REPORT, 3, (0, 0, 1158, 1637)),
}


def main() -> None:
    """Writes the pictures beside this file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "omgang"
        shutil.copytree(SAMPLE, folder)
        commands.templates(folder)
        commands.run(folder)
        for target, (file, page, part) in PICTURES.items():
            picture(folder / file, page, part, HERE / target)


def picture(source: Path, page: int, part: tuple[int, int, int, int], target: Path) -> None:
    """A part of a page of an office file, as a picture. Raises when a program is missing."""
    program = libreoffice()
    if program is None:
        raise FileNotFoundError("LibreOffice")
    command = [program, "--headless", "--convert-to", "pdf", "--outdir", str(source.parent)]
    subprocess.run([*command, str(source)], check=True, capture_output=True)  # noqa: S603  our own files
    left, top, width, height = map(str, part)
    options = ["-r", str(_PIXELS_PER_INCH), "-f", str(page), "-l", str(page)]
    options += ["-x", left, "-y", top, "-W", width, "-H", height]
    files = [str(source.with_suffix(".pdf")), str(target.with_suffix(""))]
    command = ["pdftoppm", "-png", "-singlefile", *options, *files]
    subprocess.run(command, check=True)  # noqa: S603  our own files


if __name__ == "__main__":
    main()
