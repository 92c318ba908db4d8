"""Messages dragged out of Outlook: read as mails are, and none of them, however made, stops the rest."""

import random
import struct
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from excel_uppsikt.excel.reading import UnreadableError
from excel_uppsikt.excel.workbook import Workbook
from excel_uppsikt.intake.containers import Content, contents_of
from tests.changed_forms import used
from tests.intake.outlook_messages import END, SECTOR, Message, saved
from tests.intake.packed_forms import (
    PNG,
    home,
    locked,
    mail,
    messages,
    read,
    staffing,
    zipped,
)
from tests.small_rounds import places
from tests.small_rounds import saved as saved_at

LONG = "Uppföljning av de politiska målen för hemtjänsten, våren 2024 (åäö).xlsx"


def told(data: bytes) -> list[tuple[str, str]]:
    """What came of each thing in a file: its path inside, and what it is or why it is not read."""
    return [(c.inside, _what(c)) for c in contents_of(data)]


def _what(content: Content) -> str:
    match content.content:
        case Workbook():
            return "arbetsbok"
        case UnreadableError() as error:
            return f"{error.reason.value}: {error.detail}"
        case other:
            return repr(other)


@pytest.mark.parametrize("codepage", ["", "cp1252", "cp65001"])
def test_the_workbooks_in_a_message_are_read(codepage: str, tmp_path: Path) -> None:
    """In Unicode or in the letters of an older Outlook; the signature's picture is no attachment."""
    message = Message(
        files=[("Hemtjänst.xlsx", home()), ("Bemanning.xlsx", staffing())],
        pictures=[("image001.png", PNG)],
        codepage=codepage,
    )
    checked = read(tmp_path, {"maj/Svar.msg": saved(message)})
    assert places(checked.findings) == []
    assert used(checked) == [
        ("maj/Svar.msg/Bemanning.xlsx", True),
        ("maj/Svar.msg/Hemtjänst.xlsx", True),
    ]


def test_a_message_is_told_by_its_content_and_has_long_names(tmp_path: Path) -> None:
    checked = read(
        tmp_path, {"Svar": saved(Message(files=[(LONG, home()), ("B.xlsx", staffing())]))}
    )
    assert used(checked) == [("Svar/B.xlsx", True), (f"Svar/{LONG}", True)]


def test_each_attachment_has_its_own_finding(tmp_path: Path) -> None:
    message = Message(
        files=[
            ("Hemtjänst.xlsx", home()),
            ("Bemanning.xlsx", staffing()[:3000]),
            ("bild.png", PNG),
            ("alla.zip", zipped({"a.xlsx": home()})),
            ("svar.eml", mail([("a.xlsx", home())])),
        ]
    )
    checked = read(tmp_path, {"Svar.msg": saved(message)})
    assert places(checked.findings) == [
        ("F201", "Svar.msg/Bemanning.xlsx", "", ""),
        ("F201", "Svar.msg/alla.zip", "", ""),
        ("F201", "Svar.msg/bild.png", "", ""),
        ("F201", "Svar.msg/svar.eml", "", ""),
    ]
    assert used(checked) == [("Svar.msg/Hemtjänst.xlsx", True)]


def test_messages_in_a_message_are_read_one_level_down(tmp_path: Path) -> None:
    """Attached in either of Outlook's ways; one in that is not opened, and told so."""
    deepest = Message(subject="djupast", files=[("x.xlsx", saved_at(home(), "2030-01-01"))])
    inner = Message(files=[("Bemanning.xlsx", staffing())], messages=[("djupast", deepest)])
    as_file = saved(Message(files=[("gammal.xlsx", saved_at(home(), "2001-01-01"))]))
    message = Message(
        files=[("Hemtjänst.xlsx", home()), ("Förra.msg", as_file)],
        messages=[("VB: svar/nytt", inner)],
    )
    checked = read(tmp_path, {"Svar.msg": saved(message)})
    assert used(checked) == [
        ("Svar.msg/Förra.msg/gammal.xlsx", False),
        ("Svar.msg/Hemtjänst.xlsx", True),
        ("Svar.msg/VB: svar nytt.msg/Bemanning.xlsx", True),
    ]
    assert places(checked.findings) == [
        ("F205", "Svar.msg/Förra.msg/gammal.xlsx", "", ""),
        ("F201", "Svar.msg/VB: svar nytt.msg/djupast.msg", "", ""),
    ]


def test_a_message_in_a_mail_is_read_and_one_in_a_zip_file_is_not(tmp_path: Path) -> None:
    data = saved(Message(files=[("Hemtjänst.xlsx", home())]))
    inbox = {
        "Svar.eml": mail([("Svar.msg", data), ("Bemanning.xlsx", staffing())]),
        "alla.zip": zipped(
            {"Svar.msg": data, "Bemanning.xlsx": saved_at(staffing(), "2001-01-01")}
        ),
    }
    checked = read(tmp_path, inbox)
    assert [file for file, is_used in used(checked) if is_used] == [
        "Svar.eml/Bemanning.xlsx",
        "Svar.eml/Svar.msg/Hemtjänst.xlsx",
    ]
    assert [f.file for f in checked.findings if f.code == "F201"] == ["inkorg/alla.zip/Svar.msg"]


def test_a_signed_message_is_read_through_its_signature() -> None:
    """Outlook keeps the whole of it as one file; one that is encrypted cannot be read."""
    inner = mail([("Hemtjänst.xlsx", home())]).replace(b"multipart/mixed", b"multipart/signed", 1)
    assert b"Content-Type: multipart/signed" in inner
    assert told(saved(Message(files=[("smime.p7m", inner)]))) == [("Hemtjänst.xlsx", "arbetsbok")]
    sealed = saved(Message(files=[("smime.p7m", b"0\x80\x06\t*\x86H" * 400)]))
    assert told(sealed) == [("", "not_workbook: ett Outlook-meddelande")]


@pytest.mark.parametrize(
    "message",
    [Message(), Message(files=[("bild.png", PNG)]), Message(links=["Hemtjänst.xlsx"])],
)
def test_a_message_without_any_workbook_is_one_f201(message: Message, tmp_path: Path) -> None:
    """A workbook that is only linked to is not there."""
    checked = read(tmp_path, {"Hemtjänst.msg": saved(message)})
    assert places(checked.findings) == [("F201", "Hemtjänst.msg", "", ""), ("U503", "", "", "")]
    assert messages(checked.findings)[0] == (
        "Filen är ett Outlook-meddelande utan någon arbetsbok. Ligger formuläret bakom en länk i det: hämta "
        "det och spara det i inkorgen. Be annars avsändaren skicka det ifyllda Excel-formuläret."
    )


def test_names_lead_nowhere_outside_the_message() -> None:
    names = ["../../etc/a.xlsx", "C:\\Temp\\b.xlsx", "c\u202e\x1b[31m.xlsx", ""]
    data = saved(Message(files=[(name, home()) for name in names]))
    assert [inside for inside, _ in told(data)] == [
        "etc/a.xlsx", "Temp/b.xlsx", "c[31m.xlsx", "bilaga",
    ]  # fmt: skip


def test_a_workbook_with_a_password_costs_only_itself() -> None:
    protected = zipped({"a.xlsx": home()})
    data = saved(Message(files=[("a.zip", locked(protected, "a.xlsx")), ("b.xlsx", home())]))
    assert told(data) == [("a.zip", "nested: en zip-fil"), ("b.xlsx", "arbetsbok")]


def with_ring(data: bytes) -> bytes:
    """The file with each chain of sectors in a ring, and each stream as long as can be said."""
    changed = bytearray(data)
    count = struct.unpack_from("<I", data, 44)[0]
    for at in struct.unpack_from(f"<{count}I", data, 76):
        for place in range(SECTOR * (at + 1), SECTOR * (at + 2), 4):
            if struct.unpack_from("<I", changed, place)[0] == END:
                struct.pack_into("<I", changed, place, (place - SECTOR * (at + 1)) // 4)
    first = struct.unpack_from("<I", data, 48)[0]
    for place in range(SECTOR * (first + 1) + 120, len(changed) - 4, 128):
        struct.pack_into("<I", changed, place, 0x7FFFFFFF)
        if place > SECTOR * (first + 3):
            break
    return bytes(changed)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(
            lambda: with_ring(saved(Message(files=[("a.xlsx", b"x" * 9_000)]))), id="rings"
        ),
        pytest.param(
            lambda: saved(Message(files=[(f"{n}.xlsx", b"x") for n in range(2_001)])),
            id="attachments",
        ),
        pytest.param(
            lambda: saved(
                Message(messages=[(f"{n}", Message(files=[("a", b"x")])) for n in range(500)])
            ),
            id="messages",
        ),
        pytest.param(
            lambda: saved(Message(files=[(f"{n}.msg", saved(Message("x"))) for n in range(150)])),
            id="messages as files",
        ),
        pytest.param(
            lambda: saved(Message(files=[(f"{n}.p7m", mail([]) * 20) for n in range(150)])),
            id="signed",
        ),
        pytest.param(lambda: saved(Message(text="Från: a\n> " * 200_000)), id="words"),
        pytest.param(lambda: saved(Message(html="<div>" * 100_000 + "<!--" * 50_000)), id="page"),
    ],
)
def test_a_message_made_to_cost_takes_seconds_and_little_memory(
    make: Callable[[], bytes], tmp_path: Path
) -> None:
    """Another reader took half a minute and a gigabyte for two kilobytes whose sectors go in a ring."""
    resource = pytest.importorskip("resource")
    data = make()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    checked = read(tmp_path, {"Svar.msg": data})
    assert time.perf_counter() - start < 30
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000
    assert {f.file for f in checked.findings if f.code == "F201"}


def test_more_attachments_than_can_be_meant_are_not_opened() -> None:
    data = saved(Message(files=[(f"{n}.xlsx", b"x") for n in range(201)]))
    assert told(data) == [("", "too_many: fler än 200 filer")]


def test_a_message_as_deep_as_can_be_is_read_as_far_as_it_is_opened() -> None:
    message = Message(files=[("a.xlsx", home())])
    for _ in range(150):
        message = Message(subject="djupare", messages=[("djupare", message)])
    outer = Message(files=[("a.xlsx", home())], messages=[("djupare", message)])
    assert told(saved(outer)) == [
        ("a.xlsx", "arbetsbok"),
        ("djupare.msg/djupare.msg", "nested: ett Outlook-meddelande"),
    ]


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_message_is_read_or_refused(seed: int, tmp_path: Path) -> None:
    """Cut or with bytes changed, the rest of the inbox is read."""
    chance = random.Random(seed)  # noqa: S311  damage, no secret
    message = Message(
        "Hej!", files=[("a.xlsx", home()), ("b.png", PNG)], messages=[("c", Message("x"))]
    )
    data = bytearray(saved(message))
    if seed % 2:
        del data[chance.randrange(600, len(data)) :]
    else:
        for _ in range(chance.choice((1, 20, 200))):
            data[chance.randrange(8, min(len(data), 40_000))] = chance.randrange(256)
    checked = read(tmp_path, {"Svar.msg": bytes(data), "Bemanning.xlsx": staffing()})
    assert ("Bemanning.xlsx", True) in used(checked)
    assert (
        any((f.file or "").startswith("inkorg/Svar.msg") for f in checked.findings)
        or len(used(checked)) == 2
    )
