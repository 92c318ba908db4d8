"""Page numbers in the contents, measured by LibreOffice, or left out where it is missing."""

import io
import re

import docx
import pytest
from docx.oxml.ns import qn

from excel_uppsikt.word.pages import as_pdf, with_page_numbers
from tests.libreoffice import needs_libreoffice, started_anew
from tests.report.test_document import BARE, activity, report
from tests.small_rounds import make_plan

DOCUMENT = report(
    make_plan(**BARE),
    [activity(f"Aktivitet {n}", description="Ord. " * 150) for n in range(12)],
)


def entries(data: bytes) -> list[str]:
    """The lines of the contents: the texts of their runs, by tabs."""
    document = docx.Document(io.BytesIO(data))
    return [
        "\t".join(words.text or "" for words in link.iter(qn("w:t")))
        for link in document.element.body.iter(qn("w:hyperlink"))
    ]


@needs_libreoffice
def test_each_entry_has_the_page_its_heading_is_on() -> None:
    """The numbers are those of the PDF, page by page."""
    import pypdf

    with started_anew():
        data, measured = with_page_numbers(DOCUMENT)
        assert measured
        pdf = as_pdf(data)
    assert pdf is not None
    pages = [
        re.sub(r"\s+", "", page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages
    ]
    told = [entry.split("\t") for entry in entries(data)]
    assert len(told) == 5
    for number, title, page in told:
        wanted = re.sub(r"\s+", "", number + title)
        found = [at for at, text in enumerate(pages, 1) if wanted in text and at > 2]
        assert found == [int(page)], title


def test_without_libreoffice_the_entries_have_no_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """No number is better than a wrong one; the field says so itself."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("excel_uppsikt.word.pages._PLACES", ())
    data, measured = with_page_numbers(DOCUMENT)
    assert not measured
    assert entries(data) == [
        "1\tRedovisning av arbete för de politiska målen",
        "1.1\tKommunens ungdomar ska känna ökad trygghet",
        "1.2\tRapportering och uppföljning",
        "1.3\tAvgränsning",
        "2\tKommunstyrelsens mål",
    ]
    body = docx.Document(io.BytesIO(data)).element.body
    codes = [(code.text or "").split() for code in body.iter(qn("w:instrText"))]
    assert codes == [["TOC", "\\o", '"1-2"', "\\h", "\\z", "\\n"]]
