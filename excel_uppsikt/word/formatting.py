"""How a Word document's text comes to look: by itself, its styles, its table, and the defaults.

What is nearest to the text wins, as in Word: run, character style, paragraph, paragraph style, cell,
table style (its parts for first row, bands and so on), document defaults.
"""

from collections.abc import Iterator
from typing import NamedTuple

from excel_uppsikt.word.colors import BLACK, WHITE
from excel_uppsikt.word.names import qn
from excel_uppsikt.word.pieces import Element

W = qn("w:p").removesuffix("p")
_OFF = {"0", "false", "off", "none"}
# The bits of an older table's w:tblLook, whose newer form has an attribute for each.
_LOOK_BITS = {"firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100,
              "noHBand": 0x200}  # fmt: skip


class TextFormat(NamedTuple):
    """What is said of a text; None where nothing is."""

    color: str | None = None  # six hexadecimal digits, as `fill`
    fill: str | None = None
    size: float | None = None  # points
    bold: bool | None = None
    hidden: bool | None = None
    outline: int | None = None  # 0 is a heading of the first level, 9 is no heading
    number: str | None = None  # the list it belongs to, "0" for none

    def over(self, other: "TextFormat") -> "TextFormat":
        """What this says, and for the rest what the other says."""
        return TextFormat._make(
            far if near is None else near for near, far in zip(self, other, strict=True)
        )

    @property
    def large(self) -> bool:
        """Whether it is large text in the sense of WCAG."""
        size = self.size or 0
        return size >= 18 or (size >= 14 and bool(self.bold))


# Word's own, where a document says nothing. Word shows text without a colour as white on a dark
# ground, but other programs show it as black.
_BASE = TextFormat(BLACK, WHITE, 10, False, False, 9, "0")


def is_on(parent: Element, name: str) -> bool | None:
    """Whether a property that is on or off is on; None where it is not said."""
    found = parent.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val", "1") not in _OFF


def _value(parent: Element | None, path: str) -> str | None:
    """The value of the element at a path below, None where there is none."""
    found = None if parent is None else parent.find("/".join(W + name for name in path.split("/")))
    return None if found is None else found.get(f"{W}val")


def _fill(parent: Element | None, otherwise: str | None = None) -> str | None:
    """The shading below an element; `otherwise` where it says that there is none."""
    shading = None if parent is None else parent.find(f"{W}shd")
    if shading is None:
        return None
    fill = shading.get(f"{W}color" if shading.get(f"{W}val") == "solid" else f"{W}fill", "auto")
    return otherwise if fill == "auto" else fill


def _letters(properties: Element) -> TextFormat:
    color, size = _value(properties, "color"), _value(properties, "sz")
    return TextFormat(
        color=BLACK if color == "auto" else color,
        fill=_fill(properties),
        size=float(size) / 2 if size else None,
        bold=is_on(properties, "b"),
        hidden=is_on(properties, "vanish"),
    )


def _layout(properties: Element) -> TextFormat:
    outline = _value(properties, "outlineLvl")
    return TextFormat(
        fill=_fill(properties),
        outline=int(outline) if outline else None,
        number=_value(properties, "numPr/numId"),
    )


def _said(holder: Element) -> TextFormat:
    """What an element's own properties say, whether it is a style, a paragraph, a run or a cell."""
    look = TextFormat()
    for child in holder:
        if child.tag == f"{W}rPr":
            look = look.over(_letters(child))
        elif child.tag == f"{W}pPr":
            look = look.over(_layout(child))
        elif child.tag == f"{W}tcPr":
            look = look.over(TextFormat(fill=_fill(child, WHITE)))
    return look


class TextFormats:
    """The styles of a document, by which its paragraphs and runs are judged."""

    def __init__(self, styles: Element) -> None:
        every = styles.findall(f"{W}style")
        self._styles = {style.get(f"{W}styleId"): style for style in every}
        self._default = next(
            (
                style.get(f"{W}styleId")
                for style in every
                if style.get(f"{W}type") == "paragraph"
                and style.get(f"{W}default") in {"1", "true"}
            ),
            None,
        )
        defaults = styles.find(f"{W}docDefaults")
        self._base = _BASE
        for part in () if defaults is None else defaults:
            self._base = _said(part).over(self._base)
        self._known: dict[tuple[str | None, str], TextFormat] = {}
        self._cells: dict[Element, TextFormat] = {}
        self._tables: dict[Element, _Table] = {}

    def paragraph(self, paragraph: Element) -> TextFormat:
        """A paragraph by what is said directly, by its style, and by the cell it stands in."""
        style = _value(paragraph, "pPr/pStyle") or self._default
        cell = next(paragraph.iterancestors(f"{W}tc"), None)
        around = self._base if cell is None else self._cell(cell)
        return _said(paragraph).over(self._style(style)).over(around)

    def run(self, run: Element, paragraph: TextFormat) -> TextFormat:
        """A run of a paragraph that looks so."""
        return _said(run).over(self._style(_value(run, "rPr/rStyle"))).over(paragraph)

    def _style(self, style_id: str | None, part: str = "") -> TextFormat:
        """What a style and those it is based on say; of a table style also a part, as `firstRow`."""
        if (style_id, part) not in self._known:
            # A style that is based on itself, by some detour, says nothing more the second time.
            self._known[style_id, part] = TextFormat()
            style = self._styles.get(style_id)
            if style is not None:
                parts = [p for p in style.iter(f"{W}tblStylePr") if p.get(f"{W}type") == part]
                own = _said(parts[0]) if parts else TextFormat() if part else _said(style)
                based = self._style(_value(style, "basedOn"), part)
                self._known[style_id, part] = own.over(based)
        return self._known[style_id, part]

    def _cell(self, cell: Element) -> TextFormat:
        """What a cell says of the text in it, with its table's style and any cell round the table."""
        if cell not in self._cells:
            table = next(cell.iterancestors(f"{W}tbl"))
            if table not in self._tables:
                self._tables[table] = _table(table)
            known = self._tables[table]
            look = _said(cell)
            for part in (*_parts(known, cell), ""):
                look = look.over(self._style(known.style, part))
            outer = next(table.iterancestors(f"{W}tc"), None)
            self._cells[cell] = look.over(self._base if outer is None else self._cell(outer))
        return self._cells[cell]


class _Table(NamedTuple):
    """What each of a table's cells needs to know; told once, since a table may be long."""

    style: str | None
    on: dict[str, bool]  # which parts of its style it shows
    rows: dict[Element, int]


def _table(table: Element) -> _Table:
    shown = table.find(f"{W}tblPr/{W}tblLook")
    bits = 0 if shown is None else int(shown.get(f"{W}val", "0"), 16)
    said = {} if shown is None else shown
    on = {
        name: said.get(f"{W}{name}", "1" if bits & bit else "0") not in _OFF
        for name, bit in _LOOK_BITS.items()
    }
    on["bands"] = shown is not None and not on["noHBand"]
    rows = (row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table)
    places = {row: at for at, row in enumerate(rows)}
    return _Table(_value(table, "tblPr/tblStyle"), on, places)


def _parts(table: _Table, cell: Element) -> Iterator[str]:
    """The parts of the table's style that concern a cell, the strongest first."""
    row = next(cell.iterancestors(f"{W}tr"))
    at, on = table.rows[row], table.on
    cells = [found for found in row.iter(f"{W}tc") if next(found.iterancestors(f"{W}tr")) is row]
    if on["firstColumn"] and cell is cells[0]:
        yield "firstCol"
    elif on["lastColumn"] and cell is cells[-1]:
        yield "lastCol"
    if on["firstRow"] and at == 0:
        yield "firstRow"
    elif on["lastRow"] and at == len(table.rows) - 1:
        yield "lastRow"
    elif on["bands"]:
        yield "band2Horz" if (at - on["firstRow"]) % 2 else "band1Horz"
