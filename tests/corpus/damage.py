"""What is done to a workbook's bytes and parts, to see that it is read or refused."""

import random
import re
from collections.abc import Callable

Parts = dict[str, bytes]
_TAG = re.compile(rb"<[^<>!?]+>")
_NUMBER = re.compile(rb"\d+")
_REFERENCE = re.compile(rb"\b[A-Z]{1,3}[1-9]\d*\b")
_VALUE = re.compile(rb"(?<=<v>)[^<]*|(?<=<text:p>)[^<]*")
_TEXT = re.compile(rb"(?:(?<=<t>)|(?<=<t xml:space=\"preserve\">)|(?<=<text:p>))[^<]*")
_ODD_NUMBERS = (b"0", b"-1", b"1", b"65536", b"1048576", b"1048577", b"2147483648", b"9" * 20, b"1e308",
                b"1e-320", b"NaN", b"", b"0.5", b"-45000", b"2958466")  # fmt: skip
_ODD_TEXTS = (
    "", " ", "\u200b", "\u202e", "=1+1", "#REF!", "-", "NA", "2024-02-30", "v. 53", "T4", "99999999",
    "1/1 0000", "31 december 9999", "0001-01-01", "Hela verksamheten", "Bemanning", "Hemtjänst;" * 50,
    "å" * 33_000, "_x0000_", "_xD800_", "Formulär-id: a / b / c", "Aktivitet", "minst 3 " * 200,
    "Ånge kommun 2023 T1", "och " * 300, "((((" * 200, "0" * 400, "²", "٣/٤ ٢٠٢٤", "⑳",
)  # fmt: skip


def flip_bits(pick: random.Random, data: bytes) -> bytes:
    """A few bits turned over."""
    damaged = bytearray(data)
    for _ in range(pick.choice((1, 1, 2, 8, 64))):
        damaged[pick.randrange(len(damaged))] ^= 1 << pick.randrange(8)
    return bytes(damaged)


def truncate(pick: random.Random, data: bytes) -> bytes:
    """The beginning of a file."""
    return data[: pick.randrange(len(data))]


def splice(pick: random.Random, data: bytes) -> bytes:
    """A stretch moved, doubled, zeroed or taken out."""
    start, end = sorted(pick.sample(range(len(data)), 2))
    end = min(end, start + 4_000)
    piece = pick.choice((b"", bytes(end - start), data[start:end] * 2, pick.randbytes(end - start)))
    return data[:start] + piece + data[end:]


def change_lines(pick: random.Random, data: bytes) -> bytes:
    """Lines moved, doubled or taken out, as mails are made of lines."""
    lines = data.split(b"\n")
    for _ in range(pick.choice((1, 2, 5))):
        line = lines.pop(pick.randrange(len(lines))) if len(lines) > 1 else b""
        place = pick.randrange(len(lines))
        lines[place:place] = [line] * pick.choice((0, 1, 2))
    return b"\n".join(lines)


def _part(pick: random.Random, parts: Parts) -> str:
    """A part's name, more often a sheet's than another's."""
    large = [name for name in parts if "sheet" in name or name == "content.xml"]
    return pick.choice(large if large and pick.random() < 0.7 else list(parts or {"tom": b""}))


def _replace(
    pick: random.Random,
    among: Parts,
    pattern: re.Pattern[bytes],
    make: Callable[[bytes], bytes],
    parts: Parts | None = None,
) -> None:
    """Some places that fit a pattern, in one part `among` some, made into something else."""
    parts = among if parts is None else parts
    name = _part(pick, among)
    content = parts.get(name, b"")
    places = [match.span() for match in pattern.finditer(content)]
    for start, end in sorted(pick.sample(places, min(len(places), pick.choice((1, 1, 3, 20)))))[
        ::-1
    ]:
        content = content[:start] + make(content[start:end]) + content[end:]
    parts[name] = content


def delete_tags(pick: random.Random, parts: Parts) -> None:
    """Tags gone, so that the XML is broken or means something else."""
    _replace(pick, parts, _TAG, lambda _: b"")


def double_tags(pick: random.Random, parts: Parts) -> None:
    """Tags written twice."""
    _replace(pick, parts, _TAG, lambda tag: tag * 2)


def double_elements(pick: random.Random, parts: Parts) -> None:
    """Whole rows or cells written twice, so that the XML stays sound."""
    kind = pick.choice(
        (rb"<c [^>]*?(?:/>|>.*?</c>)", rb"<row [^>]*?>.*?</row>", rb"<sheet [^>]*/>")
    )
    _replace(pick, parts, re.compile(kind, re.DOTALL), lambda element: element * 2)


def delete_elements(pick: random.Random, parts: Parts) -> None:
    """Whole rows, cells, texts, sheets or relations gone."""
    kind = pick.choice(
        (rb"<c [^>]*?(?:/>|>.*?</c>)", rb"<row [^>]*?>.*?</row>", rb"<si>.*?</si>", rb"<sheet [^>]*/>",
         rb"<Relationship [^>]*/>")
    )  # fmt: skip
    _replace(pick, parts, re.compile(kind, re.DOTALL), lambda _: b"")


def change_numbers(pick: random.Random, parts: Parts) -> None:
    """Numbers changed anywhere: values, styles, counts, indexes."""
    _replace(
        pick, parts, _NUMBER, lambda _: pick.choice((*_ODD_NUMBERS, b"%d" % pick.randrange(10**6)))
    )


def change_references(pick: random.Random, parts: Parts) -> None:
    """Cells that say they stand elsewhere, near or far."""

    def elsewhere(_: bytes) -> bytes:
        column = pick.choice((b"A", b"B", b"H", b"J", b"Z", b"AZ", b"BXX", b"XFD", b"ZZZ"))
        return column + b"%d" % pick.choice((1, 4, 5, 6, 44, 300, 5_000, 199_999, 1_048_576))

    _replace(pick, parts, _REFERENCE, elsewhere)


def change_texts(pick: random.Random, parts: Parts) -> None:
    """Texts changed to what people, and others, may write."""

    def odd(_: bytes) -> bytes:
        text = pick.choice(
            (*_ODD_TEXTS, "".join(chr(pick.randrange(32, 0x3000)) for _ in range(30)))
        )
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return escaped.encode("utf-8", "replace")

    _replace(
        pick, {name: parts[name] for name in parts if _TEXT.search(parts[name])}, _TEXT, odd, parts
    )


def change_values(pick: random.Random, parts: Parts) -> None:
    """Numbers in cells, which may also be the numbers of texts, changed to others."""
    numbers = (*_ODD_NUMBERS, b"45352", b"45352.75", b"3", b"20240301")
    _replace(pick, parts, _VALUE, lambda _: pick.choice(numbers))


def change_types(pick: random.Random, parts: Parts) -> None:
    """Cells that say they hold something else than they do."""
    kinds = (b"s", b"str", b"n", b"b", b"e", b"d", b"inlineStr", b"x", b"")
    _replace(pick, parts, re.compile(rb'(?<= t=")[^"]*'), lambda _: pick.choice(kinds))


def change_attributes(pick: random.Random, parts: Parts) -> None:
    """Attributes of any kind emptied or changed."""
    values = (
        b"",
        b"0",
        b"../../x",
        b"/xl/workbook.xml",
        b"rId1",
        b"1",
        b"hidden",
        b"\xc3\xa5" * 40,
    )
    _replace(pick, parts, re.compile(rb'(?<==")[^"]*'), lambda _: pick.choice(values))


def swap_values(pick: random.Random, parts: Parts) -> None:
    """Two values that change places."""
    name = _part(pick, parts)
    places = [match.span() for match in _VALUE.finditer(parts.get(name, b""))]
    if len(places) > 1:
        (a, b), (c, d) = sorted(pick.sample(places, 2))
        x = parts[name]
        parts[name] = x[:a] + x[c:d] + x[b:c] + x[a:b] + x[d:]


def swap_parts(pick: random.Random, parts: Parts) -> None:
    """Two parts with each other's content."""
    if len(parts) > 1:
        one, other = pick.sample(list(parts), 2)
        parts[one], parts[other] = parts[other], parts[one]


def delete_part(pick: random.Random, parts: Parts) -> None:
    """A part gone."""
    parts.pop(pick.choice(list(parts or {"tom": b""})), None)


def rename_part(pick: random.Random, parts: Parts) -> None:
    """A part under another name."""
    name = _part(pick, parts)
    parts[pick.choice((name.upper(), f"{name}x", f"xl/{name}", "xl/workbook.bin"))] = parts.pop(
        name, b""
    )


def noise_in_part(pick: random.Random, parts: Parts) -> None:
    """Bytes changed inside a part, with the zip around it sound."""
    name = _part(pick, parts)
    if parts.get(name):
        parts[name] = pick.choice(BYTE_ACTS)(pick, parts[name])


def hostile_xml(pick: random.Random, parts: Parts) -> None:
    """A declaration or deep nesting where a part begins."""
    name = _part(pick, parts)
    start = pick.choice(
        (b'<!DOCTYPE x [<!ENTITY a "b">]>', b"<a>" * 3_000, b"\xef\xbb\xbf", b"\xff\xfe", b"\0")
    )
    parts[name] = start + parts.get(name, b"")


BYTE_ACTS = (flip_bits, truncate, splice, change_lines)
PART_ACTS = (
    delete_tags, double_tags, double_elements, double_elements, delete_elements, delete_elements,
    change_numbers, change_references, change_references, change_texts, change_texts, change_texts,
    change_values, change_types, change_attributes, swap_values, swap_values, swap_parts, delete_part,
    rename_part, noise_in_part, hostile_xml,
)  # fmt: skip
