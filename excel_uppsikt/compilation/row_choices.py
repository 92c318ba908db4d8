"""The coordinator's choices for a row, read from their cells: Ta med, Ordning, Anteckning and the rest."""

import math
from collections.abc import Mapping
from dataclasses import replace

from excel_uppsikt.compilation import definition
from excel_uppsikt.compilation.table import YES_NO, Table, part_place
from excel_uppsikt.excel.workbook import CellValue
from excel_uppsikt.findings.catalogue.choices import M606, M609
from excel_uppsikt.findings.catalogue.rows import R309
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.language.cells import as_text
from excel_uppsikt.language.text import LONGEST_TEXT, cell_part, fold
from excel_uppsikt.model import Choice

# How a line of the note begins on what could not be used in a cell.
_STOOD = "I {header} stod ”"


class ChoiceReader:
    """Reads a row's choices, and keeps what it finds wrong among the `findings` of those who ask."""

    def __init__(self, table: Table, columns: Mapping[str, int], findings: list[Finding]) -> None:
        self.table, self.columns, self.findings = table, columns, findings

    def read(
        self,
        place: Place,
        row: Mapping[str, CellValue],
        before: Choice,
        unread: Mapping[str, str],
        *,
        homeless: bool,
    ) -> Choice:
        """The choice as its cells say; what was `unread` in the row goes into its note, by heading."""
        return replace(
            _choice(before, written=self._included(place, row, before, homeless=homeless)),
            order=self._order(place, row),
            note=_with_unread(as_text(row.get(definition.NOTE, "")), unread),
            completion=self._completion(place, row),
            same=as_text(row.get(definition.SAME, "")),
        )

    def _included(
        self, place: Place, row: Mapping[str, CellValue], before: Choice, *, homeless: bool
    ) -> bool:
        """What stands at Ta med; as before where that cannot be read."""
        written = as_text(row.get(definition.INCLUDE, ""))
        if not written or fold(written) in YES_NO:
            return YES_NO.get(fold(written), True) and not homeless
        at = part_place(place, self.columns, definition.INCLUDE)
        include = before.chosen and not homeless
        self.findings.append(
            find(M606.PLAIN if include else M606.KEPT_OUT, at, written, header=definition.INCLUDE)
        )
        return include

    def _order(self, place: Place, row: Mapping[str, CellValue]) -> float | None:
        written = as_text(row.get(definition.ORDER, ""))
        order = _number(written)
        if written and order is None:
            at = part_place(place, self.columns, definition.ORDER)
            self.findings.append(find(M606.ORDER, at, written, header=definition.ORDER))
        return order

    def _completion(self, place: Place, row: Mapping[str, CellValue]) -> str:
        """What is to be completed in the row; a cell without a value, or with too much in it, is told."""
        header = definition.COMPLETE
        at = part_place(place, self.columns, header)
        problem = self.table.problems.get((place.row or 0, self.columns.get(header, 0)))
        if problem is not None:
            written = as_text(row.get(header, ""))
            self.findings.append(find(M609.CELL, at, written, header=header))
        text = as_text(row.get(header, ""))
        kept = cell_part(text)
        if kept != text:
            over = text[len(kept) :]
            self.findings.append(find(R309.CUT, at, over, header=header, limit=LONGEST_TEXT))
        return kept


def _choice(before: Choice, *, written: bool) -> Choice:
    """The coordinator's choice by what stands at Ta med, and by what the program had written there.

    Of a row that is away the program writes nej, which is not the coordinator's; a ja there is.
    """
    if written == before.chosen:
        return before
    return replace(before, include=written, kept=written and before.away)


def _with_unread(note: str, unread: Mapping[str, str]) -> str:
    """The note with what was written where it could not be used: the cell itself goes back.

    All that its cell said: of several units one can be unknown, and the others go back too.
    """
    lines = [note] if note else []
    for header, written in unread.items():
        if not written:
            continue
        line = (
            f"{_STOOD.format(header=header)}{written}”, som inte gick att använda. "
            "Rätta cellen och ta bort den här raden."
        )
        if line not in note:
            lines.append(line)
    return "\n".join(lines)


def waits_in_note(note: str, header: str) -> bool:
    """Whether the note says that something stood in a cell that could not be used."""
    return _STOOD.format(header=header) in note


def _number(written: str) -> float | None:
    try:
        order = float(written.replace(",", "."))
    except ValueError:
        return None
    return order if math.isfinite(order) else None
