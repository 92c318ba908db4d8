"""Folders, links and hidden files of the inbox: all is read once, or told by name and what to do."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from excel_uppsikt.rounds.checking import check as read_again
from excel_uppsikt.rounds.results import CheckedRound
from tests.changed_forms import FILE, ROWS, TITLES, TWO_UNITS, titles, used
from tests.excel.small_workbooks import ole, zipped
from tests.small_rounds import make_round, on_linux, own_form, places

HOME = own_form(TWO_UNITS, "Hemtjänst", ROWS)
STAFF = own_form(TWO_UNITS, "Bemanning", {2: []})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A round where both units have handed in."""
    return make_round(tmp_path / "omg", TWO_UNITS, {FILE: HOME, "maj/Bemanning.xlsx": STAFF})


def told(checked: CheckedRound) -> list[tuple[str, str, str, str]]:
    return places(checked.findings, but="U")


def closed(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Makes a folder one that cannot be listed."""
    scandir = os.scandir

    def refused(path: Path) -> "Iterator[os.DirEntry[str]]":
        if Path(path).name == name:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refused)


@pytest.mark.parametrize("name", ["maj", "inkorg"])
def test_a_folder_that_cannot_be_listed_is_told(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed(monkeypatch, name)
    checked = read_again(folder, TWO_UNITS)
    (finding,) = [f for f in checked.findings if f.code == "F201"]
    assert finding.file == ("inkorg/maj" if name == "maj" else "inkorg")
    assert finding.message.endswith(
        "Mappen kan inte läsas, så det som ligger i den är inte med. Skaffa behörighet till den, eller "
        "lägg filerna ur den direkt i inkorgen, och kör igen."
    )
    assert [name for name, _ in used(checked)] == ([FILE] if name == "maj" else [])


@on_linux
def test_a_linked_folder_in_the_round_is_read_as_any_other(folder: Path) -> None:
    (folder / "mottaget").mkdir()
    (folder / "inkorg/maj/Bemanning.xlsx").rename(folder / "mottaget/Bemanning.xlsx")
    (folder / "inkorg/länk").symlink_to(folder / "mottaget")
    checked = read_again(folder, TWO_UNITS)
    assert told(checked) == []
    assert used(checked) == [(FILE, True), ("länk/Bemanning.xlsx", True)]


@on_linux
def test_nothing_is_read_twice_and_no_ring_of_links_is_followed(folder: Path) -> None:
    """Links to what is read anyway, to each other, and to the folder they lie in."""
    (folder / "inkorg/till maj").symlink_to(folder / "inkorg/maj")
    (folder / "inkorg/maj/ring").symlink_to(folder / "inkorg")
    (folder / "inkorg/maj/sig själv").symlink_to(folder / "inkorg/maj")
    (folder / "inkorg/Aa Hemtjänst.xlsx").symlink_to(folder / "inkorg" / FILE)
    checked = read_again(folder, TWO_UNITS)
    assert told(checked) == []
    assert used(checked) == [(FILE, True), ("maj/Bemanning.xlsx", True)]
    assert checked.collection.passed_over == ("inkorg/Aa Hemtjänst.xlsx",)


@on_linux
def test_links_elsewhere_and_to_nothing_are_told(folder: Path, tmp_path: Path) -> None:
    """Of a folder outside the round, of the round itself, and of what is gone; but not of lock files."""
    (tmp_path / "annat").mkdir()
    (tmp_path / "annat/Bemanning.xlsx").write_bytes(STAFF)
    (folder / "inkorg/utanför").symlink_to(tmp_path / "annat")
    (folder / "inkorg/omgången").symlink_to(folder)
    (folder / "inkorg/borta.xlsx").symlink_to(tmp_path / "finns inte.xlsx")
    (folder / "inkorg/.#Hemtjänst.xlsx").symlink_to("anna@dator.4711")
    checked = read_again(folder, TWO_UNITS)
    assert told(checked) == [
        ("F201", "borta.xlsx", "", ""), ("F201", "omgången", "", ""), ("F201", "utanför", "", "")
    ]  # fmt: skip
    said = [f.message for f in checked.findings if f.code == "F201"]
    assert said == [
        "Länken leder till något som inte finns eller inte går att nå. "
        "Lägg själva filen eller mappen i inkorgen och kör igen.",
        *["Mappen är en länk. Länkar följs bara till mappar inuti omgången, så det som ligger i den här är "
          "inte med. Lägg själva filerna i inkorgen och kör igen."] * 2,
    ]  # fmt: skip
    assert checked.collection.passed_over == ("inkorg/.#Hemtjänst.xlsx",)
    assert titles(checked) == TITLES


@on_linux
def test_a_linked_file_elsewhere_is_read(folder: Path, tmp_path: Path) -> None:
    (folder / "inkorg/maj/Bemanning.xlsx").rename(tmp_path / "Bemanning.xlsx")
    (folder / "inkorg/Bemanning.xlsx").symlink_to(tmp_path / "Bemanning.xlsx")
    checked = read_again(folder, TWO_UNITS)
    assert told(checked) == []
    assert used(checked) == [("Bemanning.xlsx", True), (FILE, True)]


@pytest.mark.parametrize(("name", "mark"), [(".Bemanning.xlsx", "."), ("~$Bemanning.xlsx", "~$")])
def test_a_workbook_under_a_hidden_name_is_told(name: str, mark: str, tmp_path: Path) -> None:
    """On the disk and in a zip file; lock files, and what lies in hidden folders, are only counted."""
    inbox = {
        FILE: HOME, f"maj/{name}": STAFF, "~$Hemtjänst.xlsx": b"\x05Berit", ".DS_Store": b"\0\0\0\1Bud1",
        ".git/Bemanning.xlsx": STAFF, "._Hemtjänst.xlsx": b"\0\5\x16\7",
    }  # fmt: skip
    checked = read_again(make_round(tmp_path / "1", TWO_UNITS, inbox), TWO_UNITS)
    assert told(checked) == [("F201", f"maj/{name}", "", "")]
    (finding,) = [f for f in checked.findings if f.code == "F201"]
    assert finding.message.endswith(
        f"Filens namn börjar med ”{mark}”, som program ger sina tillfälliga och dolda filer, så den lästes "
        f"inte. Den ser ändå ut att vara en arbetsbok. Är den ett formulär: ta bort ”{mark}” ur namnet "
        "och kör igen."
    )
    assert len(checked.collection.passed_over) == 4
    assert checked.collection.unreadable_units == {"Bemanning"}
    zipped_round = make_round(tmp_path / "2", TWO_UNITS, {"alla.zip": zipped(inbox)})
    assert told(read_again(zipped_round, TWO_UNITS)) == [("F201", f"alla.zip/maj/{name}", "", "")]


def test_a_hidden_workbook_with_a_password_is_told(tmp_path: Path) -> None:
    inbox = {FILE: HOME, ".Bemanning.xlsx": ole("EncryptedPackage")}
    checked = read_again(make_round(tmp_path, TWO_UNITS, inbox), TWO_UNITS)
    assert told(checked) == [("F201", ".Bemanning.xlsx", "", "")]
