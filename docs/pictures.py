"""Makes the pictures of README and the handbook: `python -m docs.pictures`.

They show the real sample rounds: a unit's filled-in form, pages of the report, and the coordinator's page.
Needs LibreOffice, pdftoppm and Chromium.
"""

import io
import shutil
import subprocess
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from PIL import Image

from excel_uppsikt.cli import commands
from excel_uppsikt.rounds.sample_year import run_year
from excel_uppsikt.web.visit import Visit
from excel_uppsikt.word.pages import libreoffice
from tests.web.chromium import PATIENCE, chromium
from tests.web.running import site_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent / "samples" / "ange-2024"
REPORT = "ut/rapporter/Uppsiktsrapport Social verksamhet 2024 T1.docx"
_PIXELS_PER_INCH = 140
# Each picture: the file in the round, the page in its PDF, and the part of it to show in pixels: from
# the left, from the top, width, height.
PICTURES = {
    "lasmig.png": ("inkorg/Särskilt boende.xlsx", 1, (30, 40, 1400, 1080)),
    "formular.png": ("inkorg/Särskilt boende.xlsx", 9, (30, 40, 1580, 520)),
    "formular-tomt.png": ("mallar/Särskilt boende.xlsx", 7, (0, 0, 1637, 1157)),
    "rapport.png": (REPORT, 6, (0, 0, 1158, 1637)),
    "sammanfattning.png": (REPORT, 3, (0, 0, 1158, 1637)),
}
# Each picture of the coordinator's page: the end of its address in the sample year's second round ('' for
# the list of rounds, None for the first row of the compilation), and how much of it from the top is shown.
PAGES = {
    "omgangar.png": ("", 690),
    "enheter.png": ("/enheter", 830),
    "sammanstallning.png": ("/sammanstallning", 1000),
    "rad.png": (None, 1080),
}
_WIDTH = 1_100
# How far the round has come in them.
_DAY = date(2024, 9, 12)
_COLOURS = 64


def main() -> None:
    """Writes the pictures beside this file, and those of the page in the handbook's folder."""
    pages_of_the_year(HERE / "handbok" / "bilder")
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
    target.write_bytes(in_few_colours(target.read_bytes()))


def pages_of_the_year(folder: Path) -> None:
    """Writes the pictures of the coordinator's page as it shows the sample year."""
    with (
        tempfile.TemporaryDirectory() as name,
        patch.object(Visit, "today", lambda _: _DAY),
        chromium() as browser,
    ):
        list(run_year(Path(name)))
        with site_of(Path(name)) as site:
            # The page tells the folder that it shows.
            site.folder = Path("Uppsikt")
            page = browser.new_page(viewport={"width": _WIDTH, "height": 800})
            page.set_default_timeout(PATIENCE)
            page.goto(site.address())
            home = page.get_attribute(".card a:text-is('t2')", "href") or ""
            for target, (end, height) in PAGES.items():
                go_to(page, site.origin, home, end)
                page.set_viewport_size({"width": _WIDTH, "height": height})
                (folder / target).write_bytes(in_few_colours(page.screenshot()))


def go_to(page: "Page", origin: str, home: str, end: str | None) -> None:
    """Goes to a page, and waits until the round has been read."""
    page.goto(f"{origin}{'/' if end == '' else home + (end or '/sammanstallning')}")
    page.wait_for_selector("#arbete", state="detached")
    if end is None:
        page.click("a.edit >> nth=1")
        page.wait_for_selector("tr.editing textarea")
        page.evaluate(
            "document.querySelector('tr.editing').previousElementSibling.scrollIntoView()"
        )


def in_few_colours(data: bytes) -> bytes:
    """The picture with a palette, which for text and lines looks the same and is a third as large."""
    stream = io.BytesIO()
    Image.open(io.BytesIO(data)).convert("RGB").quantize(_COLOURS).save(
        stream, "PNG", optimize=True
    )
    return stream.getvalue()


if __name__ == "__main__":
    main()
