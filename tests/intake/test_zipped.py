"""Workbooks in zip files: read as if saved in the inbox, and nothing else gets out of there."""

import io
import zipfile
from pathlib import Path

import pytest

from excel_uppsikt.excel.guard import limits
from excel_uppsikt.excel.workbook import Workbook
from excel_uppsikt.intake.containers import contents_of, safe_path
from tests.changed_forms import PLAN as ONE_UNIT
from tests.changed_forms import TITLES, titles, used
from tests.intake.packed_forms import (
    BOTH,
    MISSING,
    PNG,
    contents,
    home,
    locked,
    mail,
    messages,
    read,
    staffing,
    zipped,
)
from tests.small_rounds import check, places


def test_the_workbooks_in_a_zip_file_are_read(tmp_path: Path) -> None:
    """What a Mac and open programs leave in it is passed over and counted."""
    data = zipped(
        {
            "enheter/": b"",
            "enheter/Hemtjänst.xlsx": home(),
            "Bemanning.xlsx": staffing(),
            "__MACOSX/enheter/._Hemtjänst.xlsx": b"x",
            "enheter/.DS_Store": b"x",
            "enheter/~$Hemtjänst.xlsx": b"x",
        }
    )
    checked = read(tmp_path, {"alla.zip": data})
    assert places(checked.findings) == []
    assert used(checked) == [
        ("alla.zip/Bemanning.xlsx", True),
        ("alla.zip/enheter/Hemtjänst.xlsx", True),
    ]
    assert titles(checked) == BOTH
    assert checked.collection.passed_over == (
        "inkorg/alla.zip/__MACOSX/enheter/._Hemtjänst.xlsx",
        "inkorg/alla.zip/enheter/.DS_Store",
        "inkorg/alla.zip/enheter/~$Hemtjänst.xlsx",
    )
    assert [p.name for p in (tmp_path / "inkorg").rglob("*")] == ["alla.zip"]


def test_one_bad_member_does_not_stop_the_others(tmp_path: Path) -> None:
    """A zip file in it is not opened, nor a mail."""
    data = zipped(
        {
            "Hemtjänst.xlsx": home(),
            "inre.zip": zipped({"Bemanning.xlsx": staffing()}),
            "Svar.eml": mail([("Bemanning.xlsx", staffing())]),
            "trasig.xlsx": home()[:3000],
            "läs detta.txt": "Hälsningar".encode(),
        }
    )
    checked = read(tmp_path, {"alla.zip": data})
    assert places(checked.findings) == [
        ("F201", "alla.zip/Svar.eml", "", ""),
        ("F201", "alla.zip/inre.zip", "", ""),
        ("F201", "alla.zip/läs detta.txt", "", ""),
        ("F201", "alla.zip/trasig.xlsx", "", ""),
        MISSING,
    ]
    assert titles(checked) == TITLES


@pytest.mark.parametrize("files", [{}, {"a.txt": b"Hej", "bilder/b.png": PNG}])
def test_a_zip_file_without_any_workbook_is_one_f201(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    checked = check(tmp_path, ONE_UNIT, {"Hemtjänst.zip": zipped(files)})
    assert places(checked.findings) == [("F201", "Hemtjänst.zip", "", "")]
    assert messages(checked.findings) == [
        "Filen är en zip-fil utan någon arbetsbok. Be avsändaren skicka det ifyllda Excel-formuläret."
    ]


def test_a_zip_file_with_a_password_is_f202(tmp_path: Path) -> None:
    """Once for a file that is locked throughout, else for each member that is."""
    one = locked(zipped({"a.xlsx": home(), "b.xlsx": staffing()}), "b.xlsx")
    checked = read(tmp_path, {"halv.zip": one, "hel.zip": locked(one, "a.xlsx")})
    assert places(checked.findings) == [
        ("F202", "halv.zip/b.xlsx", "", ""),
        ("F202", "hel.zip", "", ""),
        MISSING,
    ]
    assert messages(checked.findings)[1].startswith("Zip-filen är skyddad med lösenord.")
    assert titles(checked) == TITLES


def test_a_macs_unmarked_utf_8_names_are_read() -> None:
    """As those in the letters of DOS, which Windows writes."""
    names = ["Hemtja\u0308nst.xlsx".encode(), "Särskilt.xlsx".encode("cp437")]
    data = zipped([("x" * len(names[0]), home()), ("y" * len(names[1]), staffing())])
    data = data.replace(b"x" * len(names[0]), names[0]).replace(b"y" * len(names[1]), names[1])
    assert [c.inside for c in contents(data)] == ["Hemtjänst.xlsx", "Särskilt.xlsx"]


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")  # the point of the file
def test_members_with_paths_that_lead_out_stay_inside() -> None:
    """And two that come to the same path are told apart."""
    names = ["../a.xlsx", "/a.xlsx", "C:\\a.xlsx", "a.xlsx", "./b//../a.xlsx"]
    found = contents(zipped([(name, home()) for name in names]))
    assert sorted(c.inside for c in found) == [
        "a (2).xlsx",
        "a (3).xlsx",
        "a (4).xlsx",
        "a.xlsx",
        "b/a.xlsx",
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", "namnlös"),
        ("../..", "namnlös"),
        ("\u202e../\x00", "namnlös"),
        ("a\tb\r\nc.xlsx", "a b c.xlsx"),
        ("\\\\server\\delad\\a.xlsx", "server/delad/a.xlsx"),
        ("/".join("abcdefghijklm"), "/".join("defghijklm")),
    ],
)
def test_a_safe_path_is_relative_and_can_be_printed(name: str, expected: str) -> None:
    assert safe_path(name) == expected


@pytest.mark.parametrize("zip64", [False, True])
def test_a_zip_file_of_many_forms_as_they_are_is_read(zip64: bool) -> None:
    """Web services hand folders out so, without packing; the forms' own parts are not the file's."""
    form, count = home(), 150
    with zipfile.ZipFile(packed := io.BytesIO(), "w", zipfile.ZIP_STORED) as target:
        for number in range(count):
            with target.open(f"Svar/{number}.xlsx", "w", force_zip64=zip64) as member:
                member.write(form)
    assert packed.getvalue().count(b"PK\x01\x02") > limits.MAX_PARTS
    read = contents(packed.getvalue())
    assert {type(content.content) for content in read} == {Workbook}
    assert {content.inside for content in read} == {
        f"Svar/{number}.xlsx" for number in range(count)
    }


def test_what_is_left_after_a_minute_is_refused_one_by_one() -> None:
    data = zipped({"a.xlsx": home(), "b/c.xlsx": home()})
    found = [(c.inside, c.content) for c in contents_of(data, seconds=0)]
    assert [(inside, str(content)) for inside, content in found] == [
        (name, "('together', 'tar mer än 0 sekunder att läsa')") for name in ("a.xlsx", "b/c.xlsx")
    ]
