"""What somebody has added to a workbook, read only where there is something: openpyxl takes long to load."""

from collections.abc import Sequence

from excel_uppsikt.excel.own_cells import OwnSheet
from excel_uppsikt.excel.workbook import Sheet


def read_own_sheets(data: bytes, sheets: Sequence[Sheet]) -> dict[str, OwnSheet]:
    """These sheets of a workbook by name, as `sheets` have their values, with what else they hold.

    Raises:
        UnreadableError: For a workbook of another format than .xlsx, one with too much, or one that cannot
            be read as a whole.
    """
    from excel_uppsikt.excel.own_reading import read

    return read(data, sheets)
