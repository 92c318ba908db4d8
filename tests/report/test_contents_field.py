"""The field of the contents: begun before its first entry, ended in its last, with a page's field in each."""

from docx.oxml.ns import qn

from tests.report.test_document import activity, made
from tests.small_rounds import SICKNESS, make_plan


def test_the_fields_of_the_contents_are_begun_and_ended_in_one_another() -> None:
    document = made(make_plan(), [activity("Fältarbete"), activity("Samtal", SICKNESS)])
    styles = {style.style_id: style.name or "" for style in document.styles}
    entries: list[list[str]] = []
    for paragraph in document.element.body.iter(qn("w:p")):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if style is not None and styles[style.get(qn("w:val"))] in ("toc 1", "toc 2"):
            marks = [mark.get(qn("w:fldCharType")) for mark in paragraph.iter(qn("w:fldChar"))]
            entries.append(marks)
    page = ["begin", "separate", "end"]
    assert len(entries) > 3
    assert entries == [["begin", "separate", *page], *[page] * (len(entries) - 2), [*page, "end"]]
