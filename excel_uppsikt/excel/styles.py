"""How a cell looks in a workbook that was read, as XlsxWriter's properties of a format."""

import colorsys
import re

from openpyxl.cell.cell import Cell
from openpyxl.styles.borders import Side
from openpyxl.styles.colors import COLOR_INDEX, Color
from openpyxl.styles.numbers import builtin_format_id

from excel_uppsikt.excel.own_cells import Style

# The colours of a theme as the workbooks that XlsxWriter makes have them, in Excel's order.
_THEME = (
    "FFFFFF", "000000", "EEECE1", "1F497D", "4F81BD", "C0504D", "9BBB59", "8064A2", "4BACC6", "F79646",
)  # fmt: skip
_HEX = re.compile("[0-9A-Fa-f]{6}")
_LINES = (
    "none", "thin", "medium", "dashed", "dotted", "thick", "double", "hair", "mediumDashed", "dashDot",
    "mediumDashDot", "dashDotDot", "mediumDashDotDot", "slantDashDot",
)  # fmt: skip
_ACROSS = {"left", "center", "right", "fill", "justify", "centerContinuous", "distributed"}
_DOWN = {"top": "top", "center": "vcenter", "justify": "vjustify", "distributed": "vdistributed"}
_UNDERLINES = {"single": 1, "double": 2, "singleAccounting": 33, "doubleAccounting": 34}
_LONGEST_FORMAT, _LARGEST_FONT, _DEEPEST = 255, 409, 15


class Styles:
    """Looks made once each; what XlsxWriter cannot make is left out."""

    def __init__(self) -> None:
        self._made: dict[int, Style] = {}

    def of(self, cell: Cell) -> Style:
        """The cell's look, () for that of a cell nobody has formatted."""
        if not cell.has_style:
            return ()
        if cell.style_id not in self._made:
            self._made[cell.style_id] = self._style(cell)
        return self._made[cell.style_id]

    def color(self, color: Color | None) -> str:
        """A colour as `#RRGGBB`, '' for none."""
        if color is None:
            return ""
        if color.type == "theme" and isinstance(color.theme, int):
            return (
                _tinted(_THEME[color.theme], color.tint or 0) if color.theme < len(_THEME) else ""
            )
        if color.type == "indexed" and isinstance(color.indexed, int):
            written = COLOR_INDEX[color.indexed] if color.indexed < len(COLOR_INDEX) else ""
        else:
            written = color.rgb if isinstance(color.rgb, str) else ""
        return f"#{written[-6:].upper()}" if _HEX.fullmatch(written[-6:]) else ""

    def _style(self, cell: Cell) -> Style:
        found: dict[str, str | int | float | bool] = {}
        font, fill, alignment, border = cell.font, cell.fill, cell.alignment, cell.border
        if font is not None:
            found["font_name"] = (font.name or "")[:31]
            size = font.sz if font.sz and 1 <= font.sz <= _LARGEST_FONT else 0
            found["font_size"] = int(size) if float(size).is_integer() else size
            found |= {
                "bold": bool(font.b),
                "italic": bool(font.i),
                "font_strikeout": bool(font.strike),
            }
            found["underline"] = _UNDERLINES.get(font.u or "", 0)
            automatic = font.color is not None and (font.color.type, font.color.theme) == (
                "theme",
                1,
            )
            found["font_color"] = "" if automatic else self.color(font.color)
        if fill is not None and fill.fill_type == "solid":
            found["bg_color"] = self.color(fill.fgColor)
        if border is not None:
            for side in ("left", "right", "top", "bottom"):
                found |= self._line(side, getattr(border, side, None))
        if alignment is not None:
            across = alignment.horizontal or ""
            found["align"] = "center_across" if across == "centerContinuous" else across
            found["align"] = found["align"] if across in _ACROSS else ""
            found["valign"] = _DOWN.get(alignment.vertical or "", "bottom")
            found["text_wrap"] = bool(alignment.wrap_text)
            indent = int(alignment.indent or 0)
            found["indent"] = indent if 0 < indent <= _DEEPEST else 0
        builtin = builtin_format_id(cell.number_format)
        own = cell.number_format[:_LONGEST_FORMAT] if builtin is None else builtin
        found["num_format"] = own
        found["quote_prefix"] = bool(cell.quotePrefix)
        return tuple(sorted((name, value) for name, value in found.items() if value))

    def _line(self, side: str, line: Side | None) -> dict[str, str | int | float | bool]:
        kind = _LINES.index(line.style) if line is not None and line.style in _LINES else 0
        if line is None or not kind:
            return {}
        return {side: kind, f"{side}_color": self.color(line.color)}


def _tinted(color: str, tint: float) -> str:
    """A colour made lighter or darker, as ECMA-376 (18.8.19) reckons it."""
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, strength = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    parts = colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light)), strength)
    return "#" + "".join(f"{round(part * 255):02X}" for part in parts)
