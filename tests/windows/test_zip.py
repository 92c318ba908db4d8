"""The zip for Windows: what it holds, how Windows reads it, and that nothing is missing from it."""

import re
import zipfile
from pathlib import Path

import pytest

from excel_uppsikt.version import __version__
from tests.windows.wheels import wheel
from windows.build import PYTHONS, contents, pack
from windows.wheelhouse import Missing, missing

HERE = Path(__file__).parents[2] / "windows"
COMMANDS = ("installera.cmd", "avinstallera.cmd")
TOP = f"uppsikt-{__version__}-windows"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    house = tmp_path / "house"
    wheel(house / "wheels", "excel_uppsikt", "1.0")
    (house / "krav-3.13.txt").write_text("", "utf-8")
    return house


def test_it_holds_what_is_installed_and_what_a_person_reads(house: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(pack(house, tmp_path / "ut")) as archive:
        names = archive.namelist()
    assert names == sorted(
        f"{TOP}/{name}"
        for name in (
            "LÄS MIG.txt",
            *COMMANDS,
            "installera.py",
            "krav-3.13.txt",
            "texter/avinstallerat.txt",
            "texter/igang.txt",
            "texter/inte-installerat.txt",
            "texter/saknar-python.txt",
            "wheels/excel_uppsikt-1.0-py3-none-any.whl",
        )
    )


def test_equal_files_make_equal_zips(house: Path, tmp_path: Path) -> None:
    first = pack(house, tmp_path / "ut").read_bytes()
    assert pack(house, tmp_path / "igen").read_bytes() == first


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_ascii_with_the_line_ends_of_windows(name: str) -> None:
    """Letters beyond ASCII garble in cmd, and labels are not found after other line ends."""
    data = (HERE / name).read_bytes()
    assert data.isascii()
    assert data.count(b"\r\n") == data.count(b"\n") == data.count(b"\r") > 10


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_shows_texts_and_jumps_to_labels_that_are_there(name: str) -> None:
    text = (HERE / name).read_text("ascii")
    shown = {*re.findall(r"texter\\([\w-]+\.txt)", text)}
    assert shown <= {file.name for file in (HERE / "texter").iterdir()}
    jumps = {*re.findall(r"(?:goto|call) :?(\w+)", text)}
    assert jumps <= {*re.findall(r"^:(\w+)", text, re.MULTILINE)}


def test_notepad_reads_the_texts_and_cmd_shows_them(house: Path) -> None:
    texts = {
        name: data for name, data in contents(house) if name.endswith(".txt") and "krav" not in name
    }
    for name, data in texts.items():
        assert data.startswith(b"\xef\xbb\xbf") == ("/" not in name)
        assert data.count(b"\r\n") == data.count(b"\n") > 1
        data.decode("utf-8")


def test_the_command_and_the_zip_are_for_the_same_pythons() -> None:
    text = (HERE / "installera.cmd").read_text("ascii")
    found = re.search(r"for %%V in \(([\d. ]+)\)", text)
    assert found is not None
    assert sorted(found[1].split()) == sorted(PYTHONS)
    assert "(3, 11) <= sys.version_info[:2] <= (3, 14)" in text


def test_nothing_is_missing_where_each_need_on_windows_has_its_wheel(tmp_path: Path) -> None:
    """What only others need is not asked for; an extra brings what it needs."""
    needs = (
        "alfa[snabb]>=2",
        'bara-linux; sys_platform == "linux"',
        'beta; sys_platform == "win32"',
    )
    wheel(tmp_path, "excel_uppsikt", "1.0", needs)
    pins = wheel(tmp_path, "alfa", "2.1", ('gamma; extra == "snabb"', 'delta; extra == "annan"'))
    pins += wheel(tmp_path, "beta", "1", ('tomli; python_version < "3.12"',))
    pins += wheel(tmp_path, "gamma", "1", tag="cp313-cp313-win_amd64")
    assert missing(tmp_path, pins, "3.13") == ()
    assert set(missing(tmp_path, pins, "3.11")) == {
        Missing("3.11", "alfa", 'gamma; extra == "snabb"'),
        Missing("3.11", "beta", 'tomli; python_version < "3.12"'),
    }


def test_what_pip_would_not_take_is_missing(tmp_path: Path) -> None:
    """A wheel for another system, one of another version than the pins', and one too old."""
    wheel(tmp_path, "excel_uppsikt", "1.0", ("alfa", "beta", "gamma>=2"))
    pins = wheel(tmp_path, "alfa", "1", tag="cp313-cp313-manylinux_2_17_x86_64")
    wheel(tmp_path, "beta", "1")
    pins += "beta==2\n" + wheel(tmp_path, "gamma", "1")
    assert {str(each) for each in missing(tmp_path, pins, "3.13")} == {
        "Python 3.13: excel-uppsikt needs alfa, which is not there",
        "Python 3.13: excel-uppsikt needs beta, which is not there",
        "Python 3.13: excel-uppsikt needs gamma>=2, which is not there",
    }
