"""The compilation's hidden sheets read: what was last collected, whose forms were in use, and the round."""

import re
from collections.abc import Mapping

from excel_uppsikt.compilation import definition
from excel_uppsikt.compilation.collected import from_json
from excel_uppsikt.excel.workbook import Sheet
from excel_uppsikt.language.cells import as_text
from excel_uppsikt.model import Activity, Choice, Plan

_YEAR_AND_PERIOD = re.compile(r"\b([12][0-9]{3}) (.+)")


def read_heard(sheet: Sheet | None) -> frozenset[str] | None:
    """Whose forms were in use when the compilation was written; None where it does not say."""
    return None if sheet is None else read_column(sheet)


def read_column(sheet: Sheet | None) -> frozenset[str]:
    """What stands in the first column of a hidden sheet."""
    rows = sheet.rows if sheet else ()
    return frozenset(as_text(row[0]) for row in rows if row)


def read_round(sheets: Mapping[str, Sheet]) -> tuple[int | None, str]:
    """The year and the period of the round; None and '' where the workbook does not say.

    One that the program wrote before it kept them on a sheet of their own says so in its title.
    """
    kept = sheets.get(definition.BASE_ROUND)
    overview = sheets.get(definition.OVERVIEW)
    if kept and kept.rows and len(kept.rows[0]) > 1:
        said = " ".join(as_text(cell) for cell in kept.rows[0][:2])
    else:
        said = (
            as_text(overview.rows[0][0]) if overview and overview.rows and overview.rows[0] else ""
        )
    found = _YEAR_AND_PERIOD.search(said)
    return (int(found[1]), found[2].strip()) if found else (None, "")


def read_bases(plan: Plan, sheet: Sheet | None) -> dict[str, tuple[Activity, Choice]]:
    """What was last collected of each row by its Id, and its choice as it was written."""
    bases: dict[str, tuple[Activity, Choice]] = {}
    for row in sheet.rows if sheet else ():
        # A long account takes several cells, each within what a cell can hold.
        written = "".join(cell for cell in row if isinstance(cell, str))
        try:
            activity, choice = from_json(plan, written)
        except (ValueError, KeyError, TypeError):
            continue
        bases[activity.id] = (activity, choice)
    return bases
