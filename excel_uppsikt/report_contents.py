"""The report's table of contents: written out, with links, so that Word never asks to update it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from excel_uppsikt import report_styles as styles
from excel_uppsikt.office.word import (
    Element,
    field,
    field_mark,
    link,
    page_break_before,
    paragraph,
    run,
    tab,
)

# What stands for a page number until it has been measured; as wide as most are.
UNMEASURED = "00"


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading: `number` as Word will count it, and whether it begins a chapter."""

    number: str
    text: str
    chapter: bool

    @property
    def anchor(self) -> str:
        """The name of its bookmark."""
        return f"_Toc{self.number.replace('.', '_')}"


def contents(ids: Mapping[str, str], headings: Sequence[Heading]) -> Iterator[Element]:
    """The contents on a page of their own, one linked entry for each heading.

    The field has its result written in it and is never marked as dirty: a document that asks its
    reader to update fields on opening looks broken to who gets it by mail.
    """
    yield page_break_before(paragraph(ids[styles.CONTENTS], "Innehåll"))
    for at, heading in enumerate(headings):
        entry = link(
            heading.anchor,
            run(heading.number),
            tab(),
            run(heading.text),
            tab(),
            *field(f"PAGEREF {heading.anchor} \\h", UNMEASURED),
        )
        style = styles.CONTENTS_1 if heading.chapter else styles.CONTENTS_2
        begun = field('TOC \\o "1-2" \\h \\z') if at == 0 else []
        ended = [field_mark("end")] if at == len(headings) - 1 else []
        yield paragraph(ids[style], *begun, entry, *ended)
