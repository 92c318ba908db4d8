"""A document's text in order, as headings, paragraphs, list items and tables, for showing it elsewhere."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from zipfile import BadZipFile

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph

_HEADING = re.compile(r"(?:Heading|Rubrik) (\d)", re.IGNORECASE)
_LIST = re.compile(r"(?:List|Punktlista)", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|innehåll)", re.IGNORECASE)


class BlockKind(Enum):
    """What a piece of a document is."""

    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document: its text and a heading's level, or a table's rows of cells."""

    kind: BlockKind
    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def columns(self) -> int:
        """How many cells its longest row has."""
        return max((len(row) for row in self.rows), default=0)


def outline(data: bytes) -> tuple[Block, ...]:
    """The pieces of a document that have any text, without its contents and what stands in its margins.

    Raises `ValueError` for what is no Word document.
    """
    try:
        document = Document(io.BytesIO(data))
    except (PackageNotFoundError, BadZipFile, KeyError, SyntaxError) as error:
        raise ValueError("no Word document") from error
    return tuple(_blocks(document.iter_inner_content()))


def _blocks(content: Iterator[Paragraph | Table]) -> Iterator[Block]:
    for piece in content:
        if isinstance(piece, Table):
            yield Block(BlockKind.TABLE, rows=tuple(_rows(piece)))
        elif (block := _of_paragraph(piece)) is not None:
            yield block


def _of_paragraph(paragraph: Paragraph) -> Block | None:
    text = paragraph.text.strip()
    style = (paragraph.style.name if paragraph.style is not None else None) or ""
    if not text or _CONTENTS.match(style):
        return None
    heading = _HEADING.match(style)
    if heading:
        return Block(BlockKind.HEADING, text, int(heading[1]))
    return Block(BlockKind.ITEM if _LIST.match(style) else BlockKind.TEXT, text)


def _rows(table: Table) -> Iterator[tuple[str, ...]]:
    """Each row's cells, those that are merged once."""
    for row in table.rows:
        cells = {id(cell._tc): cell.text.strip() for cell in row.cells}
        if any(cells.values()):
            yield tuple(cells.values())
