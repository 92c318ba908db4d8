"""Sheets of goals that the plan had when the form went out and has no more: what stands there."""

from collections.abc import Iterable, Iterator

from excel_uppsikt.findings.catalogue.contents import F207
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form.cells import cell_text
from excel_uppsikt.intake.goal_sheets import GoneSheet
from excel_uppsikt.intake.own_columns import OwnWords
from excel_uppsikt.intake.table import cut_sheets
from excel_uppsikt.language.text import counted


def gone_goals(words: OwnWords, file: str, sheets: Iterable[GoneSheet]) -> Iterator[Finding]:
    """F207 for each sheet with anything on it that the form has not put there itself.

    Raises `UnreadableError` for far more rows than a form can have.
    """
    gone = tuple(sheets)
    for sheet, cut in zip(gone, cut_sheets(words, file, (one.sheet for one in gone)), strict=True):
        rows = [" | ".join(filter(None, map(cell_text, values))) for _, _, values in cut.rows]
        beside = [*(finding.value or "" for finding in cut.outside), *sheet.beside]
        if not rows and not beside:
            continue
        count = (
            counted(len(rows), "rad", "rader") if rows else counted(len(beside), "text", "texter")
        )
        place = Place(file, cut.name)
        value = " | ".join((*rows, *beside))
        yield find(F207.GOAL_GONE, place, value, goal=cut.goal.text, count=count)
