"""What a place to write in says until somebody has written there never reaches a published copy."""

import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from excel_uppsikt.report.manuscript import REASONS_PROMPT
from excel_uppsikt.word.publishing import published
from tests.report.test_document import activity, lines, report
from tests.small_rounds import make_plan

PLAN = make_plan()
REPORT = report(PLAN, [activity("A")])
PROMPT = '<w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>Klicka här</w:t></w:r>'


def clean(data: bytes) -> list[tuple[str, str]]:
    """The lines of the clean copy."""
    made = published(data, author="Ånge kommun", prompts=[REASONS_PROMPT])
    assert isinstance(made, bytes)
    return lines(docx.Document(io.BytesIO(made)))


def room(written: list[tuple[str, str]]) -> list[str]:
    """The rooms for reasons."""
    return [text for style, text in written if style == "Uppsikt skrivrum"]


def with_reasons(text: str) -> bytes:
    """The report with something written as a reason; the mark of the prompt is left, as LibreOffice does."""
    document = docx.Document(io.BytesIO(REPORT))
    control = next(s for s in document.element.body.iter(qn("w:sdt"))
                   if s.find(f".//{qn('w:showingPlcHdr')}") is not None)  # fmt: skip
    next(control.iter(qn("w:t"))).text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_the_room_for_reasons_is_published_as_empty_lines() -> None:
    """In the report the prompt stands; in the clean copy the lines alone, and all else is as it was."""
    before = lines(docx.Document(io.BytesIO(REPORT)))
    after = clean(REPORT)
    assert (room(before), room(after)) == ([f"{REASONS_PROMPT}\n\n\n\n"], ["\n\n\n\n"])
    unlike = [one for one, other in zip(before, after, strict=True) if one != other]
    assert unlike == [("Uppsikt skrivrum", f"{REASONS_PROMPT}\n\n\n\n")]


@pytest.mark.parametrize("text", ["Kostnaderna saknas.", "Skriv skälen här. Kostnaderna saknas."])
def test_written_reasons_are_published(text: str) -> None:
    """Whatever program they were written in."""
    assert room(clean(with_reasons(text))) == [f"{text}\n\n\n\n"]


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (f"<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{PROMPT}</w:sdtContent>"
         "</w:sdt><w:r><w:t>Kvar.</w:t></w:r></w:p>", "Kvar."),
        (f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p>{PROMPT}</w:p>"
         "</w:sdtContent></w:sdt>", ""),
        ("<w:p><w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>Skrivet.</w:t></w:r></w:sdtContent></w:sdt>"
         "</w:p>", "Skrivet."),
    ],
    ids=["in a paragraph", "of paragraphs", "written in"],
)  # fmt: skip
def test_words_own_prompts_are_not_published(xml: str, expected: str) -> None:
    """In a control of the template's or the coordinator's; what has been written in one is."""
    document = docx.Document(io.BytesIO(REPORT))
    document.element.body.insert(0, parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>")[0])
    stream = io.BytesIO()
    document.save(stream)
    assert clean(stream.getvalue())[0][1] == expected
