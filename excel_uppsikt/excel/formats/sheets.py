"""The sheets of a workbook of any format, their cells as calamine reads them."""

import io
from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from excel_uppsikt.excel.guard.limits import Limits, check_name, check_sheets
from excel_uppsikt.excel.guard.refusal import Reason, UnreadableError
from excel_uppsikt.excel.workbook import Cells, CellValue, Sheet


@dataclass(frozen=True, slots=True)
class BookDetails:
    """What calamine does not tell of a workbook.

    `since_1904` is whether its days count from 1904; `notes`, `problems` for the cells whose value could
    not be had, and `far` for those far outside any form, are by each sheet's name.
    """

    since_1904: bool = False
    notes: Mapping[str, Cells] = field(default_factory=dict)
    problems: Mapping[str, Cells] = field(default_factory=dict)
    far: Mapping[str, Cells] = field(default_factory=dict)


def read_sheets(
    data: bytes, details: BookDetails, limits: Limits, without: Set[str] = frozenset()
) -> tuple[Sheet, ...]:
    """The worksheets of a workbook that has been found harmless, in the workbook's order.

    Those with names in `without` come without rows, and cost next to nothing.

    Raises:
        UnreadableError: For what calamine cannot read, and for more than the limits allow.
    """
    # Thousands of notes in an .xls workbook, or of cells far away, can share one text, which then stands in
    # each of them.
    beside = (*details.notes.values(), *details.far.values())
    limits.check_text(sum(len(text) for cells in beside for text in cells.values()))
    try:
        return _sheets(data, details, limits, without)
    except UnreadableError:
        raise
    except BaseException as error:
        # A panic in the reader is a BaseException whose class cannot be imported.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise UnreadableError(Reason.DAMAGED) from error
        raise


def _sheets(
    data: bytes, details: BookDetails, limits: Limits, without: Set[str]
) -> tuple[Sheet, ...]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets: list[Sheet] = []
    area = 0
    check_sheets(len(book.sheet_names))
    for meta in book.sheets_metadata:
        check_name(meta.name)
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        rows: tuple[tuple[CellValue, ...], ...] = ()
        if meta.name not in without:
            sheet = book.get_sheet_by_name(meta.name)
            area += sheet.total_height * sheet.total_width
            limits.check_area(area)
            rows = tuple(map(tuple, sheet.to_python(skip_empty_area=False)))
        visible = meta.visible == SheetVisibleEnum.Visible
        problems, notes = details.problems.get(meta.name, {}), details.notes.get(meta.name, {})
        far = details.far.get(meta.name, {})
        sheets.append(Sheet(meta.name, visible, rows, problems, notes, details.since_1904, far))
    if not sheets:
        # Every workbook has a sheet; one without has lost the part that names them.
        raise UnreadableError(Reason.DAMAGED)
    return tuple(sheets)
