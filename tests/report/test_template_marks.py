"""The numbers of a template's own bookmarks, which those of the report must not have too."""

import docx
from docx.oxml.ns import qn

from tests.report.test_document import activity, made
from tests.report.test_template import as_file, bookmark
from tests.small_rounds import make_plan


def test_a_templates_bookmarks_keep_numbers_that_the_reports_have_not() -> None:
    """Word repairs a document in which two have one number; a number that is none is let be."""
    own = docx.Document()
    own.add_paragraph("{rapporttitel}")
    for name in ("Ett", "Två", "Tre"):
        bookmark(own, name, "kvar")
    kinds = [qn("w:bookmarkStart"), qn("w:bookmarkEnd")]
    numbers = ["2", "4", "x"]
    for kind in kinds:
        for mark, number in zip(own.element.body.iter(kind), numbers, strict=True):
            mark.set(qn("w:id"), number)
    body = made(make_plan(), [activity("A"), activity("B", id="2-b")], as_file(own)).element.body
    begun, ended = ([mark.get(qn("w:id")) for mark in body.iter(kind)] for kind in kinds)
    assert begun[:3] == numbers
    assert begun[3:] == [str(at) for at in range(5, len(begun) + 2)]
    assert sorted(begun) == sorted(ended)
    assert len(begun) > 6
