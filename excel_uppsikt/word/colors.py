"""Colours as six hexadecimal digits: how well one reads on another, and shades of one."""

from collections.abc import Iterable

WHITE, BLACK = "FFFFFF", "000000"
# The least contrast of ordinary text, by WCAG 2.2, success criterion 1.4.3.
READABLE = 4.5
# How far apart red, green and blue are in what is still grey.
_GREYISH, _DARKEST_GREY = 24, 0x3A


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2.2, from 1 (the same) to 21 (black on white)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable_on_white(color: str) -> str:
    """The colour, darkened as far as text in it on white, or white text on it, asks for."""
    while contrast(color, WHITE) < READABLE:
        color = _hex(part * 0.92 for part in _parts(color))
    return color


def strong_on_white(color: str) -> str:
    """A colour for words that matter on white; a grey, with no hue to carry it, is made nearly black."""
    parts = _parts(color)
    if max(parts) - min(parts) < _GREYISH:
        color = _hex(min(part, _DARKEST_GREY) for part in parts)
    return readable_on_white(color)


def tint(color: str, share: float) -> str:
    """A pale shade: white with this share of the colour in it, between 0 and 1."""
    return _hex(255 - (255 - part) * share for part in _parts(color))


def _parts(color: str) -> tuple[int, ...]:
    return tuple(int(color[at : at + 2], 16) for at in (0, 2, 4))


def _hex(parts: Iterable[float]) -> str:
    return "".join(f"{int(part):02X}" for part in parts)


def _luminance(color: str) -> float:
    linear = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in _parts(color))
    )
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))
