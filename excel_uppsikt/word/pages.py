"""What only a program that lays a document out can make: page numbers in its contents, and a PDF.

LibreOffice does both where it is installed. Its PDF has an outline that gives each heading's page;
without it the entries stand without numbers, and the caller can say so.
"""

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from excel_uppsikt.leftovers import BEGINNING, own_beginning, remove_leftovers
from excel_uppsikt.word.names import qn
from excel_uppsikt.word.pdf import made_readable
from excel_uppsikt.word.pieces import CONTENTS_MARK, Element, as_bytes

if TYPE_CHECKING:
    import pypdf

_LONGEST_SECONDS = 120
_WINDOWS = sys.platform == "win32"
# A shell that runs a program in a group of its own, and ends the whole group when its standard input ends:
# only the process that started it can write there, so that happens also where that one is killed.
_TIED = """\
exec 3<&0
"$@" </dev/null 3<&- &
program=$!
(read -r _ <&3; kill -KILL 0) &
exec 3<&-
wait "$program"
"""
_ON = '{"type":"boolean","value":"true"}'
_CHOICES = ",".join(
    f'"{name}":{_ON}' for name in ("PDFUACompliance", "UseTaggedPDF", "ExportBookmarks")
)
_TAGGED_PDF = f"pdf:writer_pdf_Export:{{{_CHOICES}}}"
# The runs of a contents entry from its end: the five of its page field, a tab, the heading's text.
_FIELD, _TITLE = -6, -7
_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)


def libreoffice() -> str | None:
    """The path of LibreOffice's program, or None when it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def as_pdf(document: bytes) -> bytes | None:
    """A Word document as tagged PDF (PDF/UA), or None when LibreOffice is missing or cannot.

    The same document gives the same bytes.
    """
    pdf = _laid_out(document)
    return None if pdf is None else made_readable(pdf, document)


def _laid_out(document: bytes) -> bytes | None:
    """The PDF as LibreOffice makes it, or None."""
    program = libreoffice()
    if program is None:
        return None
    remove_leftovers(Path(tempfile.gettempdir()).glob(f"{BEGINNING}*"))
    # A profile of its own, since LibreOffice refuses to run beside a window of the same profile.
    with tempfile.TemporaryDirectory(prefix=own_beginning(), ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / "rapport.docx"
        source.write_bytes(document)
        command = [
            program, f"-env:UserInstallation={(folder / 'profil').as_uri()}", "--headless",
            "--norestore", "--convert-to", _TAGGED_PDF, "--outdir", str(folder), str(source),
        ]  # fmt: skip
        try:
            if _status(command) != 0:
                return None
            return source.with_suffix(".pdf").read_bytes()
        except (OSError, subprocess.SubprocessError):
            return None


def _status(command: Sequence[str]) -> int:
    """How a program ends. It ends with this process, and with all it has started when time is out.

    On Windows one whose starter is killed goes on until the document is done, and then ends by itself.
    """
    tied = [] if _WINDOWS else ["/bin/sh", "-c", _TIED, "sh"]
    with subprocess.Popen(  # noqa: S603  the program's own path, and a file of our own making
        [*tied, *command],
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        # What nobody reads must not fill a pipe, and no pipe may be waited for after the end.
        stdin=subprocess.DEVNULL if _WINDOWS else subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            return process.wait(_LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            if _WINDOWS:
                # The program that was started only waits for the one that works.
                end = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
                subprocess.run(end, check=False, capture_output=True)  # noqa: S603  Windows' own
            raise


def with_page_numbers(document: bytes) -> tuple[bytes, bool]:
    """The document with page numbers in its contents, and whether they could be measured.

    Where they cannot, the entries lose the place for a number rather than show a wrong one.
    """
    import docx  # as pypdf, only where pages are laid out

    opened = docx.Document(io.BytesIO(document))
    # Other links lead to activities, or are those of a template's own contents.
    links = opened.element.body.iter(qn("w:hyperlink"))
    entries = [link for link in links if link.get(qn("w:anchor"), "").startswith(CONTENTS_MARK)]
    if any(len(entry.findall(qn("w:r"))) < -_TITLE for entry in entries):
        # They have lost it before, where LibreOffice was missing or failed.
        return document, False
    titles = [_words(entry) for entry in entries]
    pages = _pages(document, titles)
    for at, entry in enumerate(entries):
        _set_page(entry, pages[at] if pages else None)
    if pages is None:
        for code in (
            code for entry in entries for code in entry.getparent().iter(qn("w:instrText"))
        ):
            if code.text and code.text.strip().startswith("TOC"):
                code.text = f"{code.text.rstrip()} \\n "
    return as_bytes(opened), pages is not None


def _words(entry: Element) -> str:
    """The heading's text in a contents entry."""
    title = entry.findall(qn("w:r"))[_TITLE]
    return "".join(words.text or "" for words in title.iter(qn("w:t")))


def _pages(document: bytes, titles: Sequence[str]) -> list[int] | None:
    """Each heading's page by the PDF's outline, or None unless every one is found, in order."""
    pdf = _laid_out(document)
    if pdf is None:
        return None
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(pdf))
    outline = iter(_flat(reader, reader.outline))
    pages: list[int] = []
    for title in titles:
        wanted = _bare(title)
        page = next((page for words, page in outline if _bare(words).endswith(wanted)), None)
        if page is None:
            return None
        pages.append(page)
    return pages


def _flat(reader: "pypdf.PdfReader", items: Sequence[Any]) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for item in items:
        if isinstance(item, list):
            found.extend(_flat(reader, item))
        else:
            number = reader.get_destination_page_number(item)
            found.append((str(item.title), (number or 0) + 1))
    return found


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _set_page(entry: Element, page: int | None) -> None:
    """Puts the number into the entry's page field, or takes field and tab away."""
    runs = entry.findall(qn("w:r"))
    if page is None:
        for extra in runs[_FIELD:]:
            entry.remove(extra)
        return
    for words in runs[-2].iter(qn("w:t")):
        words.text = str(page)
