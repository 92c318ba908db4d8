"""Outlook messages whose words stand in RTF alone are read, and told to be unread where they cannot be."""

import random
import struct
import time
from pathlib import Path

import pytest

from excel_uppsikt.intake.rich_text import RichTextError, rich_text
from tests.intake.outlook_messages import Message, saved
from tests.intake.packed_forms import home, read, staffing
from tests.small_rounds import places

# The examples of MS-OXRTFCP 3.1 and 3.2.
SIMPLE = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232"
    "0af32068656c090020627705b06c647d0a800fa0"
)
CROSSING = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
PAGE = (
    r"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0\fswiss Arial;}{\f1\fmodern Courier New;}}"
    r"{\colortbl\red0\green0\blue0;}\uc1\pard\plain\deftab360 \f0\fs24 "
    r"{\*\htmltag19 <html>}{\*\htmltag34 <head>}{\*\htmltag177 <title>x</title>}{\*\htmltag41 </head>}"
    r"{\*\htmltag50 <body>}{\*\htmltag64 <p class=MsoNormal>}\htmlrtf {\htmlrtf0 "
    r"L\'e4xhj\'e4lp \'e4r inte klar \u8211?{\*\htmltag84 &nbsp;}\htmlrtf \'a0\htmlrtf0 ring mig."
    r"\htmlrtf\par}\htmlrtf0 {\*\htmltag72 </p>}{\*\mhtmltag84 <bort>}"
    r"{\*\htmltag64 <p>}Mvh{\*\htmltag116 <br>}\htmlrtf \line\htmlrtf0 Anna Ek{\*\htmltag72 </p>}"
    r"{\*\htmltag58 </body>}{\*\htmltag27 </html>}}"
)
TEXT = (
    r"{\rtf1\ansi\ansicpg1252\fromtext \deff0{\fonttbl{\f0\fswiss Arial;}}{\*\generator Riched20;}"
    "\r\n"
    r"{\info{\author Bo}}\uc1\pard\plain\f0\fs20 Hej!\par\par "
    r"R\'e5d om \{l\'e4xhj\'e4lp\}:\tab inte klart\par "
    r"{\pict\wmetafile8 0102}\u-10179?\u-8704? \b Obs\b0\line Mvh\par}"
)


def stored(rtf: str) -> bytes:
    """RTF as Outlook may keep it as it is."""
    data = rtf.encode("ascii")
    return struct.pack("<II4sI", len(data) + 12, len(data), b"MELA", 0) + data


def packed(rtf: str) -> bytes:
    """RTF with no byte of it referred to, and the mark that ends it."""
    data, out, place = rtf.encode("ascii"), bytearray(), 207 + len(rtf)
    for at in range(0, len(data), 8):
        run = data[at : at + 8]
        out += bytes([1 << len(run) if len(run) < 8 else 0]) + run
    if len(data) % 8 == 0:
        out += b"\x01"
    out += struct.pack(">H", place % 4096 << 4)
    return struct.pack("<II4sI", len(out) + 12, len(data), b"LZFu", 0) + out


def in_message(rich: bytes, **more: str) -> bytes:
    """A message with a form, and its words in RTF alone."""
    return saved(
        Message(files=[("Hemtjänst.xlsx", home())], more={"__substg1.0_10090102": rich}, **more)  # type: ignore[arg-type]  # texts by name
    )


def told(folder: Path, data: bytes) -> list[tuple[str, object]]:
    """The messages of what was found in the mail, with what was written."""
    checked = read(folder, {"Svar.msg": data, "b.xlsx": staffing()})
    return [(f.message, f.value) for f in checked.findings if f.file == "inkorg/Svar.msg"]


def test_the_examples_of_the_specification_are_read() -> None:
    assert rich_text(SIMPLE) == "hello world"
    assert rich_text(CROSSING) == "WXYZWXYZWXYZWXYZWXYZ"


@pytest.mark.parametrize("keep", [stored, packed])
def test_a_web_page_and_a_plain_text_in_rtf_are_read_as_they_were(keep: object) -> None:
    """Without what is for other programs, fonts, pictures and who made it."""
    assert callable(keep)
    assert rich_text(keep(PAGE)) == "Läxhjälp är inte klar – ring mig.\n\nMvh\nAnna Ek\n"
    assert rich_text(keep(TEXT)) == (
        "Hej!\n\nRåd om {läxhjälp}:\tinte klart\n\U0001f600 Obs\nMvh\n"
    )


@pytest.mark.parametrize(
    ("code_page", "written", "expected"),
    [
        ("1252", r"\'e5\'e4\'f6", "åäö"),
        ("65001", r"\'c3\'a5", "å"),
        ("1250", r"\'b9", "ą"),
        ("99999", r"\'e5", "å"),
        ("1252", r"{\uc0\u229 a}\u229 ab", "åaåb"),
        ("1252", r"{\uc2\u229\'c3\'a5b}", "åb"),
        ("1252", r"a\bin4 {\{}b", "ab"),
        ("1252", r"a{\*\okänt bort}{\header bort}b", "ab"),
        ("1252", r"a\~b\_c\-d", "a\xa0b-cd"),
    ],
)
def test_letters_are_read_in_each_way_they_are_written(
    code_page: str, written: str, expected: str
) -> None:
    rtf = rf"{{\rtf1\ansi\ansicpg{code_page} {written}}}".replace("ä", r"\'e4")
    assert rich_text(stored(rtf)) == expected


def test_the_senders_words_are_told_as_of_any_mail(tmp_path: Path) -> None:
    """Only where there is no plainer text of theirs; the form in it is read all the same."""
    (finding,) = told(tmp_path / "a", in_message(packed(PAGE)))
    assert finding == (
        "I mejlet från Anna Ek står ”Läxhjälp är inte klar – ring mig. Mvh Anna Ek”, som inte tas med i "
        "rapporten. Läs det, och för in i sammanställningen det som ska vara med.",
        "Läxhjälp är inte klar – ring mig.\n\nMvh\nAnna Ek",
    )
    (finding,) = told(tmp_path / "b", in_message(packed(PAGE), text="Klart!"))
    assert finding[1] == "Klart!"
    empty = packed(r"{\rtf1\ansi\pard\par}")
    assert told(tmp_path / "c", in_message(empty)) == []


@pytest.mark.parametrize("rich", [b"LZFu", b"\0" * 16 + SIMPLE[16:], stored("Hej!"), SIMPLE[:17]])
def test_a_text_that_cannot_be_read_is_told_to_be_unread(tmp_path: Path, rich: bytes) -> None:
    """Nothing is said of what it may hold, and the form is read."""
    with pytest.raises(RichTextError):
        rich_text(rich)
    checked = read(tmp_path, {"Svar.msg": in_message(rich), "b.xlsx": staffing()})
    assert places(checked.findings) == [("F207", "Svar.msg", "", "")]
    assert checked.findings[0].message == (
        "Mejlet från Anna Ek har en text som programmet inte kan läsa. Öppna det i Outlook, och för in i "
        "sammanställningen det som ska vara med."
    )


@pytest.mark.parametrize(
    "rich",
    [
        stored(r"{\rtf1 " + "{" * 400_000),
        stored(r"{\rtf1 " + r"\u229?" * 70_000),
        stored(r"{\rtf1\fromhtml1 " + r"{\*\htmltag <div>}" * 25_000),
        stored(r"{\rtf1 " + r"\bin-9999 \bin999999999 a" * 20_000),
        packed(r"{\rtf1 a")[:-3] + b"\xff" + (b"\x0d\x8f" * 8 + b"\xff") * 30_000,
    ],
    ids=["groups", "letters", "tags", "lengths", "references"],
)
def test_one_made_to_cost_takes_seconds(rich: bytes) -> None:
    start = time.perf_counter()
    assert isinstance(rich_text(rich), str)
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize("seed", range(30))
def test_a_damaged_one_is_read_or_refused(seed: int) -> None:
    """Cut or with bytes changed."""
    chance = random.Random(seed)  # noqa: S311  damage, no secret
    data = bytearray(packed(PAGE) if seed % 3 else SIMPLE)
    for _ in range(chance.randint(1, 20)):
        data[chance.randrange(12, len(data))] = chance.randrange(256)
    del data[chance.randint(17, len(data)) :]
    try:
        assert isinstance(rich_text(bytes(data)), str)
    except RichTextError:
        assert bytes(data[8:12]) in (b"LZFu", b"MELA")


def test_a_message_in_letters_that_no_computer_knows_is_read(tmp_path: Path) -> None:
    """As those of Windows in the west."""
    message = Message(text="Rad 3 är klar", codepage="cp1252", files=[("a.xlsx", home())])
    data = saved(message).replace(
        struct.pack("<III", 0x3FFD0003, 6, 1252), struct.pack("<III", 0x3FFD0003, 6, 99999)
    )
    assert data != saved(message)
    assert [value for _, value in told(tmp_path, data)] == ["Rad 3 är klar"]
