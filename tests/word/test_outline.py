"""A document's text in order: headings with their levels, paragraphs, list items and tables."""

import io

import pytest
from docx import Document

from excel_uppsikt.word.outline import Block, BlockKind, outline
from tests.excel.small_workbooks import workbook_bytes


def test_every_piece_that_says_anything_is_told_in_order() -> None:
    """Merged cells once, and neither what is empty nor the contents."""
    document = Document()
    document.add_heading("Rapport", 1)
    document.add_paragraph("")
    document.add_paragraph("  Text.  ")
    document.add_paragraph("En sak", style="List Bullet")
    document.add_heading("Mål", 2)
    table = document.add_table(2, 3)
    table.rows[0].cells[0].text = "Aktivitet"
    table.rows[0].cells[2].text = "Slut"
    merged = table.rows[1].cells[0].merge(table.rows[1].cells[2])
    merged.text = "Rad ett\nRad två"
    stream = io.BytesIO()
    document.save(stream)
    told = outline(stream.getvalue())
    assert told == (
        Block(BlockKind.HEADING, "Rapport", 1),
        Block(BlockKind.TEXT, "Text."),
        Block(BlockKind.ITEM, "En sak"),
        Block(BlockKind.HEADING, "Mål", 2),
        Block(BlockKind.TABLE, rows=(("Aktivitet", "", "Slut"), ("Rad ett\nRad två",))),
    )
    assert told[-1].columns == 3


@pytest.mark.parametrize("data", [b"", b"text", b"PK\x05\x06" + bytes(18), workbook_bytes()])
def test_what_is_no_document_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="Word"):
        outline(data)
