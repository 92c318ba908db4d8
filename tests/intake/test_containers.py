"""Mails and zip files that are damaged or made to cost: they cost only themselves."""

import io
import random
import re
import time
import zipfile
from pathlib import Path

import pytest

from excel_uppsikt.excel.guard import limits
from excel_uppsikt.excel.reading import UnreadableError
from excel_uppsikt.excel.workbook import Workbook
from excel_uppsikt.intake import containers
from excel_uppsikt.intake.attachments import attachments
from tests.changed_forms import PLAN as ONE_UNIT
from tests.changed_forms import good_form, used
from tests.excel.small_workbooks import claiming_the_next
from tests.intake.packed_forms import contents, home, mail, read, staffing, zipped
from tests.small_rounds import check, places


def refusals(data: bytes) -> list[tuple[str, str, str]]:
    """What of a file was refused: its path inside, the reason and the words."""
    return [
        (c.inside, c.content.reason.value, c.content.detail)
        for c in contents(data)
        if isinstance(c.content, UnreadableError)
    ]


def test_a_bomb_in_a_zip_file_costs_only_itself() -> None:
    noise = bytes(range(256)) * 40_000
    data = zipped(
        {
            "Hemtjänst.xlsx": home(),
            "b.bin": bytes(100_000_000),
            "c.bin": bytes(30_000_000),
            **{f"d{n}.bin": noise for n in range(18)},
        }
    )
    assert len(data) < 2_000_000
    found = refusals(data)
    assert found[:2] == [
        ("b.bin", "too_large", "mer än 50 MB"),
        ("c.bin", "hostile", "en zip-bomb"),
    ]
    assert ("d17.bin", "too_large", "mer än 80 MB när den packas upp") in found


def test_a_member_that_claims_the_next_ones_bytes_costs_only_itself() -> None:
    with zipfile.ZipFile(packed := io.BytesIO(), "w") as target:
        for name in ("a.xlsx", "b.xlsx", "c.xlsx"):
            target.writestr(name, home())
    data = claiming_the_next(packed.getvalue())
    assert refusals(data) == [("a.xlsx", "damaged", "en skadad fil")]


@pytest.mark.parametrize("make", [zipped, mail])
def test_a_container_of_more_files_than_can_be_meant_is_not_opened(
    make: object, tmp_path: Path
) -> None:
    files = [(f"{n}.xlsx", b"x") for n in range(limits.MAX_MEMBERS + 1)]
    data = make(files)  # type: ignore[operator]  # either of two functions
    assert refusals(data) == [("", "too_many", "fler än 200 filer")]
    checked = check(tmp_path / "r", ONE_UNIT, {"Hemtjänst": data})
    assert places(checked.findings) == [("F201", "Hemtjänst", "", "")]


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        (b"\n--x" * 2_001, "fler än 2000 delar"),
        (b"\r--x" * 2_001, "fler än 2000 delar"),
        (b"a:\n" * 1_000_001, "fler än en miljon rader"),
        (
            b"Content-Type:\n multipart/mixed; boundary=x\n\n" * 51,
            "bilagor i bilagor i mer än 50 led",
        ),
        (
            b"Content-Type:\x1cmultipart/mixed; boundary=x\n\n" * 51,
            "bilagor i bilagor i mer än 50 led",
        ),
    ],
)
def test_a_mail_made_to_cost_is_not_opened(data: bytes, detail: str) -> None:
    assert refusals(b"From: a\n" + data) == [("", "too_many", detail)]


def test_a_header_is_read_as_far_as_parameters_go() -> None:
    """The library looks through them all once for each."""
    for count, name in ((40, "a.xlsx"), (100, "bilaga")):
        parameters = "; x=1" * count + "; filename=a.xlsx"
        data = f"From: a\nContent-Disposition: attachment{parameters}\n\nx".encode()
        assert attachments(data) == [(name, b"x")]


def test_a_mail_of_deep_parts_and_many_lines_is_read_in_seconds() -> None:
    """The parser's work is lines times depth; both are bounded."""
    top = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(50)
    )  # fmt: skip
    start = time.perf_counter()
    data = f"From: a\n{top}\n{'x' * 70}\n".encode() + (b"y" * 70 + b"\n") * 100_000
    assert refusals(data) == [("", "not_workbook", "ett e-postmeddelande")]
    assert time.perf_counter() - start < 20


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_container_is_read_or_refused(seed: int) -> None:
    """Whatever has become of it, nothing but a reading or a refusal comes out."""
    chance = random.Random(seed)  # noqa: S311  repeatable damage, not a secret
    whole = mail([("a.xlsx", home())], forwarded=[mail([("b.xlsx", home())])])
    data = bytearray(whole if seed % 2 else zipped({"a.xlsx": home(), "b.txt": b"Hej"}))
    for _ in range(20):
        at = chance.randrange(min(len(data), 4_000) if seed % 3 else len(data))
        data[at] = chance.randrange(256)
    assert contents(bytes(data))


def test_a_workbook_under_any_name_is_read(tmp_path: Path) -> None:
    """A file is told by its content: no extension, the wrong one, or one of another kind."""
    inbox = {"Hemtjänst": home(), "Bemanning.docx": staffing()}
    checked = read(tmp_path, inbox)
    assert places(checked.findings) == []
    assert used(checked) == [("Bemanning.docx", True), ("Hemtjänst", True)]


def test_the_good_form_needs_no_finding(tmp_path: Path) -> None:
    """What the tests above build on."""
    assert (
        places(check(tmp_path, ONE_UNIT, {"a.eml": mail([("a.xlsx", good_form())])}).findings) == []
    )


def test_what_workbooks_hold_together_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """All is kept until the whole inbox is read; a small file can hold gigabytes of text."""
    (form,) = (c.content for c in contents(good_form()))
    assert isinstance(form, Workbook)
    monkeypatch.setattr(containers, "MAX_TEXT_TOGETHER", 2 * form.text_size)
    data = zipped([(f"{n}.xlsx", good_form()) for n in range(3)])
    ((path, reason, detail),) = refusals(data)
    assert (path, reason) == ("2.xlsx", "together")
    assert re.fullmatch(r"har mer än \d+ MB text", detail)
