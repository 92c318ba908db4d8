"""Writing the sample round's 7 forms, against an openpyxl program that writes the same workbooks.

`python -m benchmarks.forms` prints both times and their ratio. The openpyxl program is given what to
write (cells, formats, validations, sizes) in memory beforehand; only writing is timed. Each is run
several times in turn and its fastest run counts.
"""

import io
import time
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl.workbook.defined_name import DefinedName

from excel_uppsikt.form.templates import form_files
from samples.build import sample_plan

RUNS = 5
_STYLE = ("font", "fill", "border", "alignment", "number_format")


@dataclass(frozen=True, slots=True)
class SheetContent:
    """What stands on a sheet: cells as (row, column, value, style), and its settings."""

    title: str
    state: str
    cells: tuple[tuple[int, int, Any, tuple[Any, ...]], ...]
    widths: dict[str, float]
    heights: dict[int, float]
    validations: tuple[Any, ...]
    conditions: tuple[tuple[str, tuple[Any, ...]], ...]
    freeze: str | None


def contents(data: bytes) -> tuple[Sequence[SheetContent], dict[str, str]]:
    """A form's content, and its defined names."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    styles: dict[int, tuple[Any, ...]] = {}
    sheets = []
    for sheet in book.worksheets:
        cells = []
        every: list[Any] = [cell for row in sheet.iter_rows() for cell in row]
        for cell in every:
            if cell.value is not None or cell.has_style:
                if cell.style_id not in styles:
                    styles[cell.style_id] = tuple(copy(getattr(cell, name)) for name in _STYLE)
                cells.append((cell.row, cell.column, cell.value, styles[cell.style_id]))
        sheets.append(
            SheetContent(
                sheet.title,
                sheet.sheet_state,
                tuple(cells),
                {key: d.width for key, d in sheet.column_dimensions.items()},
                {key: d.height for key, d in sheet.row_dimensions.items() if d.height},
                tuple(sheet.data_validations.dataValidation),
                tuple((str(r.sqref), tuple(r.rules)) for r in sheet.conditional_formatting),
                sheet.freeze_panes,
            )
        )
    return sheets, {name: defined.attr_text for name, defined in book.defined_names.items()}


def by_openpyxl(sheets: Sequence[SheetContent], names: dict[str, str]) -> bytes:
    """The workbook as an openpyxl program writes it: styles made once, cells set one by one."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for content in sheets:
        sheet = book.create_sheet(content.title)
        sheet.sheet_state = content.state
        for row, column, value, style in content.cells:
            cell = sheet.cell(row, column, value)
            cell.font, cell.fill, cell.border, cell.alignment, cell.number_format = style
        for letter, width in content.widths.items():
            sheet.column_dimensions[letter].width = width
        for row, height in content.heights.items():
            sheet.row_dimensions[row].height = height
        for validation in content.validations:
            sheet.add_data_validation(validation)
        for area, rules in content.conditions:
            for rule in rules:
                sheet.conditional_formatting.add(area, rule)
        sheet.freeze_panes = content.freeze
        sheet.page_setup.orientation = "landscape"
    for name, text in names.items():
        book.defined_names[name] = DefinedName(name, attr_text=text)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def fastest(*programs: Callable[[], object]) -> list[float]:
    """Each program's fastest run in seconds, the programs run in turn."""
    times = [[0.0] * RUNS for _ in programs]
    for number in range(RUNS):
        for at, program in enumerate(programs):
            start = time.perf_counter()
            program()
            times[at][number] = time.perf_counter() - start
    return [min(of_program) for of_program in times]


def main() -> None:
    """Prints the times and the ratio."""
    plan = sample_plan("ange-2024")
    forms = [data for _, _, data in form_files(plan)]
    given = [contents(data) for data in forms]
    cells = sum(len(sheet.cells) for sheets, _ in given for sheet in sheets)
    ours, theirs = fastest(
        lambda: list(form_files(plan)),
        lambda: [by_openpyxl(sheets, names) for sheets, names in given],
    )
    print(f"{len(forms)} forms, {cells} cells")
    print(f"excel_uppsikt (XlsxWriter): {ours:.2f} s")
    print(f"openpyxl, same content:     {theirs:.2f} s")
    print(f"ratio: {theirs / ours:.1f}")


if __name__ == "__main__":
    main()
