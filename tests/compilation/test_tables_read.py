"""A sheet of the compilation as a table, whatever its rows lack, and each row's Id in it."""

from datetime import date

import pytest

from excel_uppsikt.compilation.table import read_table, row_ids
from excel_uppsikt.excel.workbook import CellValue, Sheet
from excel_uppsikt.model import Activity, Choice
from tests.report.test_document import activity

DAY = date(2024, 6, 4)
Cells = tuple[CellValue, ...]


def sheet(*rows: Cells) -> Sheet:
    return Sheet("Blad", True, rows, problems={(3, 1): "#REF!"}, since_1904=True)


def test_rows_shorter_than_the_headings_lack_what_stands_there_and_empty_ones_are_none() -> None:
    rows: list[Cells] = [
        (),
        ("Titel",),
        ("Id", "Mål", "", "Min"),
        ("1",),
        ("", "", "x"),
        (),
        ("", "2"),
    ]
    table = read_table(sheet(*rows, ("", "", "", DAY)), ("Id", "Mål"))
    assert table is not None
    assert table.rows == (
        (4, {"Id": "1"}),
        (7, {"Id": "", "Mål": "2"}),
        (8, {"Id": "", "Mål": "", "Min": DAY}),
    )
    assert (dict(table.columns), table.header_row) == ({"Id": 0, "Mål": 1, "Min": 3}, 3)
    assert (table.problems, table.since_1904) == ({(3, 1): "#REF!"}, True)


def test_only_known_headings_make_a_row_and_they_are_known_whatever_their_case() -> None:
    rows: list[Cells] = [("ID", "MÅL", "Min"), ("", "", "bara min"), ("1", "", "x"), ("", "2", "")]
    table = read_table(sheet(*rows), ("id", "mål"), ("Id", "Mål"))
    assert table is not None
    assert table.rows == (
        (3, {"Id": "1", "Mål": "", "Min": "x"}), (4, {"Id": "", "Mål": "2", "Min": ""}),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("heads", "columns"),
    [
        (("Id", "Mål", "Id"), {"Id": 0, "Mål": 1}),
        (("id", "Mål", "Id"), {"Id": 2, "Mål": 1}),
        (("ID", "Mål", "id"), {"Id": 0, "Mål": 1}),
        (("Min", "Mål", "Id", "Min"), {"Min": 0, "Mål": 1, "Id": 2}),
    ],
)
def test_of_two_alike_the_one_spelt_as_the_programs_is_its_and_else_the_first(
    heads: Cells, columns: dict[str, int]
) -> None:
    table = read_table(sheet(heads), ("Id", "Mål"), ("Id", "Mål"))
    assert table is not None
    assert dict(table.columns) == columns


def test_without_all_the_headings_in_one_row_there_is_no_table() -> None:
    assert read_table(sheet(("Id",), ("Mål",)), ("Id", "Mål")) is None
    assert read_table(None, ("Id",)) is None
    assert read_table(None, ()) is None


def ids(*rows: tuple[str, str], known: dict[str, str]) -> dict[int, str]:
    """Each row's Id, of rows with an Id and a title, and the titles that Ids had."""
    table = read_table(
        sheet(("Id", "Mål", "Aktivitet"), *((made, "M", t) for made, t in rows)), ("Id",)
    )
    assert table is not None
    bases: dict[str, tuple[Activity, Choice]] = {
        made: (activity(title, id=made), Choice()) for made, title in known.items()
    }
    return row_ids(table, bases)


def test_of_rows_with_the_same_id_the_one_whose_title_it_had_keeps_it() -> None:
    made = ids(
        ("2-a", "Kopia"), ("2-a", "läger"), ("2-b", "Ny"), ("2-b", "Nyare"), known={"2-a": "Läger"}
    )
    assert (made[3], made[4]) == ("2-a", "2-b")
    assert made[2].startswith("s-")
    assert made[5].startswith("s-")
    assert len({*made.values()}) == 4


def test_an_own_id_is_the_same_in_every_run_and_nobody_elses() -> None:
    first = ids(("", "Egen"), ("", "Egen"), ("", "Annan"), known={})
    assert len({*first.values()}) == 3
    assert first == ids(("", "Egen"), ("", "Egen"), ("", "Annan"), known={})
    taken = ids(("", "Egen"), known={first[2]: "Borttagen"})
    assert taken[2] == first[3]
    written = ids(("", "Egen"), (first[2], "Sparad"), known={})
    assert written == {2: first[3], 3: first[2]}
    assert ids(("", " EGEN "), known={})[2] == first[2]
