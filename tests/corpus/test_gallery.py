"""A gallery of ugly workbooks, each with exactly what is found and read in it, and of hostile ones.

What is expected follows from the design, not from what the program happens to say.
"""

from pathlib import Path

import pytest

from excel_uppsikt.rounds.checking import check as check_round
from excel_uppsikt.rounds.results import CheckedRound
from tests import libreoffice
from tests.corpus.gallery import BASE, COMPANION, FILE, PLAN, companion, good
from tests.corpus.gallery_cases import Case, found, read
from tests.corpus.gallery_cells import DATE_CASES, ROW_CASES, SAVED_CASES, UNIT_CASES, VALUE_CASES
from tests.corpus.gallery_hostile import HOSTILE, PROTECTED
from tests.corpus.gallery_sheets import COLUMN_CASES, IDENTITY_CASES, SHAPE_CASES, SHEET_CASES
from tests.endurance import tries
from tests.small_rounds import check, make_round

CASES = [
    *SHEET_CASES,
    *COLUMN_CASES,
    *IDENTITY_CASES,
    *ROW_CASES,
    *UNIT_CASES,
    *DATE_CASES,
    *VALUE_CASES,
    *SHAPE_CASES,
    *SAVED_CASES,
]


def assert_as_expected(checked: CheckedRound, case: Case, name: str) -> None:
    assert {f.file for f in checked.findings if f.code[0] != "U"} <= {f"inkorg/{name}"}
    assert found(checked) == sorted(case.found)
    assert sorted(read(checked, name), key=str) == sorted(case.read, key=str)
    # The form beside it is read whole, whatever this one looks like.
    assert [row[0] for row in read(checked, COMPANION)] == ["Bostäder"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.did)
def test_an_ugly_workbook_is_read_and_what_is_wrong_is_said(case: Case, tmp_path: Path) -> None:
    """Exactly these findings and activities, and nothing of the form beside it."""
    checked = check(tmp_path, PLAN, {case.name: case.make(), COMPANION: companion()})
    assert_as_expected(checked, case, case.name)


def test_the_gallery_is_as_large_as_promised() -> None:
    """At least 60 ugly workbooks that are read, and 40 hostile or broken files."""
    assert len(CASES) >= 60
    assert len(HOSTILE) + len(PROTECTED) >= 40


def test_no_two_workbooks_are_called_the_same() -> None:
    names = [case.did for case in CASES]
    assert len(set(names)) == len(names)
    assert all(name.isascii() for name in names)


# Through LibreOffice: layouts and values that every format can hold.
CONVERTED = [
    case
    for case in CASES
    if case.did
    in {
        "saved in another program",
        "every goal's sheet renamed",
        "sheets in reverse order",
        "columns in reverse order",
        "own columns to the right",
        "header row shifted down",
        "one more row in row 1000",
        "units as 'Hemtj\\xe4nst\\nBemanning'",
        "start is a serial number",
        "start is '1 mars 2024'",
        "title a number",
        "status merged over two rows",
        "exported like Google Sheets",
        "days counted from 1904",
    }
]
# The oldest format, which few save in, is tried with some of them in the gate.
KINDS = {"xlsx": CONVERTED, "ods": CONVERTED, "xls": CONVERTED[:: tries(few=3, many=1)]}


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every workbook to convert as LibreOffice saves it, in one run for each format."""
    folder = tmp_path_factory.mktemp("galleri")
    for case in CONVERTED:
        (folder / _name(case)).write_bytes(case.make())
    return {
        kind: libreoffice.converted(folder, list(map(_name, cases)), kind)
        for kind, cases in KINDS.items()
    }


def _name(case: Case) -> str:
    return f"{CONVERTED.index(case)}.xlsx"


@libreoffice.needs_libreoffice
@pytest.mark.parametrize(
    ("case", "kind"),
    [
        pytest.param(case, kind, id=f"{case.did}-{kind}")
        for case in CONVERTED
        for kind, cases in KINDS.items()
        if case in cases
    ],
)
def test_an_ugly_workbook_saved_by_libreoffice_says_the_same(
    case: Case, kind: str, converted: dict[str, Path], tmp_path: Path
) -> None:
    """Whatever format it was saved in."""
    name = f"Hemtjänst.{kind}"
    data = (converted[kind] / _name(case)).with_suffix(f".{kind}").read_bytes()
    checked = check(tmp_path, PLAN, {name: data, COMPANION: companion()})
    assert_as_expected(checked, case, name)


@pytest.mark.parametrize("name", [*HOSTILE, *PROTECTED])
def test_a_hostile_file_is_told_and_the_form_beside_it_is_read_whole(
    name: str, tmp_path: Path
) -> None:
    """One finding, at its file; nothing else is said or lost."""
    code, make = ("F202", PROTECTED[name]) if name in PROTECTED else ("F201", HOSTILE[name])
    inbox = {"Aa främmande.xlsx": make(), FILE: good(), COMPANION: companion()}
    checked = check_round(make_round(tmp_path, PLAN, inbox), PLAN)
    told = [(f.code, f.file, f.sheet, f.cell) for f in checked.findings]
    assert told == [(code, "inkorg/Aa främmande.xlsx", None, None)]
    assert read(checked, FILE) == BASE
    assert [row[0] for row in read(checked, COMPANION)] == ["Bostäder"]
    assert (tmp_path / "inkorg" / "Aa främmande.xlsx").read_bytes() == inbox["Aa främmande.xlsx"]
