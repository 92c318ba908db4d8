"""Short lists in the plan's texts, of which there are several, each kept on a page with what leads to it."""

import io

import docx
from docx.oxml.ns import qn

from excel_uppsikt.report.manuscript import Manuscript
from excel_uppsikt.word.pieces import as_bytes
from tests.report.test_document import TEMPLATE
from tests.small_rounds import make_plan

TEXT = "Först:\n- ett\n- två\nMellan.\n- tre\nSedan:\n- fyra\n- fem\n- sex\nSlut."


def test_each_is_kept_by_itself() -> None:
    """All but the last of its lines, and a line before it that ends with a colon."""
    plan = make_plan()
    script = Manuscript(plan, plan.departments[0], TEMPLATE)
    document = docx.Document(io.BytesIO(as_bytes(script.document, script.prose(TEXT))))
    kept = [
        paragraph.text
        for paragraph in document.paragraphs
        if paragraph._p.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None
    ]
    assert [p.text for p in document.paragraphs] == [
        "Först:", "ett", "två", "Mellan.", "tre", "Sedan:", "fyra", "fem", "sex", "Slut.",
    ]  # fmt: skip
    assert kept == ["Först:", "ett", "Sedan:", "fyra", "fem"]
