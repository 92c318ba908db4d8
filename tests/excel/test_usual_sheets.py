"""Sheets taken for harmless without a scan are those in which the scan finds nothing."""

import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from excel_uppsikt.excel.guard.usual_sheets import outline
from excel_uppsikt.form.definition import unit_form
from excel_uppsikt.form.writing import form_workbook
from tests.excel.sheet_parts import (
    EXCEL,
    HEAD,
    OFFICE,
    OWN,
    REFUSED,
    SPELLINGS,
    TAIL,
    filled_cells,
    hold_against_scan,
    outcome,
    taken,
)
from tests.small_rounds import make_plan, row


def sheets(data: bytes) -> list[bytes]:
    """The sheets of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return [book.read(name) for name in book.namelist() if "worksheets/sheet" in name]


@pytest.mark.parametrize("cells", [OWN, EXCEL, OFFICE], ids=["own", "excel", "libreoffice"])
def test_sheets_as_programs_write_them_are_taken(cells: bytes) -> None:
    assert taken(HEAD + cells + TAIL)
    hold_against_scan(HEAD + cells + TAIL)
    # A workbook that the reader refuses would be held against nothing.
    assert REFUSED not in filled_cells(HEAD + cells + TAIL)
    assert filled_cells(HEAD + cells + TAIL)


def test_every_sheet_of_a_form_is_taken() -> None:
    plan = make_plan()
    rows = [
        row(
            f"Läsa {n} & <skriva>",
            units="",
            start="2024-03-01",
            end=45_292,
            description="a\nb",
            status="x",
            comment="",
        )
        for n in range(70)
    ]
    for sheet in sheets(form_workbook(plan, unit_form(plan, plan.units[0]), {2: rows})):
        assert taken(sheet)
        hold_against_scan(sheet)


def test_the_same_cells_elsewhere_are_of_their_own_sheet() -> None:
    first = outline(HEAD + OWN + TAIL)
    other = TAIL.replace(b"</worksheet>", b"<pageMargins/></worksheet>")
    second = outline(HEAD + OWN + other)
    assert first is not None
    assert second is not None
    assert second.outside == first.outside.replace(TAIL, other)
    assert second.outside != first.outside
    assert replace(second, outside=b"") == replace(first, outside=b"")


def test_the_same_cells_are_too_different_where_less_may_be() -> None:
    found = outline(HEAD + OWN + TAIL)
    assert found is not None
    assert outline(HEAD + OWN + TAIL, found.different) == found
    assert outline(HEAD + OWN + TAIL, found.different - 1) is None


def test_a_form_saved_by_openpyxl_without_values_is_scanned() -> None:
    plan = make_plan()
    data = io.BytesIO()
    form = form_workbook(plan, unit_form(plan, plan.units[0]), {})
    openpyxl.load_workbook(io.BytesIO(form)).save(data)
    for sheet in sheets(data.getvalue()):
        hold_against_scan(sheet)
    assert not all(map(taken, sheets(data.getvalue())))


CELL = b'<c r="A5" s="17"/>'


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_what_is_spelt_otherwise_is_scanned(spelling: str) -> None:
    cells = OWN.replace(CELL, SPELLINGS[spelling])
    assert cells != OWN
    assert not taken(HEAD + cells + TAIL)
    hold_against_scan(HEAD + cells + TAIL)


AROUND: dict[str, tuple[bytes, bytes]] = {
    "no cells": (HEAD, b"</worksheet>"),
    "a declaration": (b'<!DOCTYPE a [<!ENTITY b "c">]>' + HEAD.partition(b"\n")[2], TAIL),
    "cells in a comment": (HEAD.replace(b"<sheetD", b"<!--<sheetD"), TAIL.replace(b"ata>", b"ata>-->")),
    "cells in CDATA": (HEAD.replace(b"<sheetD", b"<![CDATA[<sheetD"), TAIL.replace(b"ata>", b"ata>]]>")),
    "cells in an instruction": (HEAD.replace(b"<sheetD", b"<?a <sheetD"), TAIL.replace(b"ata>", b"ata>?>")),
    "an instruction": (HEAD.replace(b"<dim", b"<?a b?><dim"), TAIL),
    "another sheet's cells": (HEAD, TAIL.replace(b"<data", b"<sheetData/><data", 1)),
    "another sheet's cells before": (HEAD.replace(b"<dim", b"<sheetData/><dim"), TAIL),
    "cells of a prefix before": (HEAD.replace(b"<dim", b"<x14:sheetData/><dim"), TAIL),
    "another sheet's cells of a prefix": (HEAD, TAIL.replace(b"<data", b"<x14:sheetData\t/><data", 1)),
    "cells before": (HEAD.replace(b"<dim", b'<row r="1"><c r="B1" t="e"/></row><dim'), TAIL),
    "a value before": (HEAD.replace(b"<dim", b'<row r="1"><c r="B1"><v>1</v></c></row><dim'), TAIL),
    "cells after": (HEAD, TAIL.replace(b"<data", b'<c r="B9" t="e"><v>#N/A</v></c><data', 1)),
    "cells of a prefix after": (HEAD, TAIL.replace(b"<data", b"<x14:c><v>1</v></x14:c><data", 1)),
    "cells of two prefixes": (HEAD, TAIL.replace(b"<data", b"<a:b:c\n><v>1</v></a:b:c><data", 1)),
    "announced strings": (HEAD, TAIL.replace(b"<data", b'<sst count="99999999"/><data', 1)),
    "an unknown entity": (HEAD, TAIL.replace(b"lst", b"&lst;")),
    "not ended": (HEAD, TAIL.removesuffix(b"</worksheet>")),
    "after the end": (HEAD, TAIL + b"<a/>"),
    "deep after": (HEAD, TAIL.replace(b"<data", b"<a>" * 200 + b"</a>" * 200 + b"<data", 1)),
    "deep round": (HEAD.replace(b"<dim", b"<a>" * 97 + b"<dim"), TAIL.replace(b"</w", b"</a>" * 97 + b"</w")),
    "false ends": (HEAD.replace(b"<dim", b"<a b='</'/>" * 300 + b"<dim"), TAIL),
    "in an attribute": (HEAD.replace(b"<sheetD", b'<a b="<sheetD'), TAIL.replace(b"ata>", b'ata>"/>')),
    "cells with an attribute": (HEAD.replace(b"<sheetData>", b'<sheetData a="b">'), TAIL),
}  # fmt: skip


@pytest.mark.parametrize("around", AROUND)
def test_what_stands_round_the_cells_is_judged_as_before(around: str) -> None:
    head, tail = AROUND[around]
    hold_against_scan(head + OWN + tail)


@pytest.mark.parametrize(
    "around",
    [
        *(around for around in AROUND if around.startswith(("another", "cells of a prefix b"))),
        *("a value before", "cells after", "cells of a prefix after", "cells of two prefixes"),
    ],
)
def test_a_sheet_with_cells_in_two_places_is_damaged(around: str) -> None:
    """The reader would take the first place for all there is, and lose the other in silence."""
    head, tail = AROUND[around]
    assert outcome(head + OWN + tail, every_cell=False) == ("damaged en skadad fil", {}, 0, 0)


def test_other_encodings_are_judged_as_before() -> None:
    text = (HEAD + OWN + TAIL).decode()
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "latin-1", "utf-7"):
        hold_against_scan(text.encode(encoding, "xmlcharrefreplace"))
        hold_against_scan(text.replace("UTF-8", encoding).encode(encoding, "xmlcharrefreplace"))
