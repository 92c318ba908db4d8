"""The report's table of contents: written out, with links, so that Word never asks to update it."""

from collections.abc import Iterator

from excel_uppsikt.report import styles
from excel_uppsikt.report.manuscript import Manuscript
from excel_uppsikt.word.pieces import Xml, field, field_mark, link, paragraph, run, tab

# What stands for a page number until it has been measured; as wide as most are.
UNMEASURED = "00"


def contents(script: Manuscript) -> Iterator[Xml]:
    """The contents on a page of their own, one linked entry for each heading written so far.

    The field has its result written in it and is never marked as dirty: a document that asks its
    reader to update fields on opening looks broken to who gets it by mail.
    """
    yield paragraph(script.look.ids[styles.CONTENTS], "Innehåll", new_page=True)
    last = len(script.headings) - 1
    for at, heading in enumerate(script.headings):
        number = [run(heading.number), tab()] if heading.number else []
        page = field(f"PAGEREF {heading.anchor} \\h", UNMEASURED)
        entry = link(heading.anchor, *number, run(heading.text), tab(), *page)
        style = styles.CONTENTS_1 if heading.chapter else styles.CONTENTS_2
        begun = field('TOC \\o "1-2" \\h \\z') if at == 0 else []
        ended = [field_mark("end")] if at == last else []
        yield script.paragraph(style, *begun, entry, *ended)
