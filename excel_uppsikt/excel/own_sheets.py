"""What somebody has added to a workbook, read only where there is something: openpyxl takes long to load."""

from collections.abc import Collection, Sequence

from excel_uppsikt.excel.formats.xlsx import check_archive
from excel_uppsikt.excel.guard.limits import OWN
from excel_uppsikt.excel.guard.zip_files import read_directory
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


def may_have_formulas(data: bytes, names: Collection[str]) -> bool:
    """Whether a workbook's sheets of these names can have formulas: a look that costs little."""
    directory = read_directory(data)
    whole = directory.unpack(OWN)
    parts = check_archive(directory, OWN, whole).trees.sheet_parts()
    own = [whole.get(parts.get(name, ""), b"") for name in names]
    return any(mark in part for part in own for mark in (b"<f>", b"<f "))
