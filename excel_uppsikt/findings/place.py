"""Where something was found: file, sheet, row and column as data, worded only when shown."""

from dataclasses import dataclass

from excel_uppsikt.language.cells import cell_name


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a round: `file` relative to it with `/`, a sheet, and row and column, both 1-based.

    Less is known of some places: a whole file, sheet or row.
    """

    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: int | None = None

    @property
    def cell(self) -> str | None:
        """The cell as Excel names it, such as `D7`; None where it is no cell."""
        return cell_name(self.row, self.column) if self.row and self.column else None

    def at(self, row: int, column: int) -> "Place":
        """A cell of the same sheet."""
        return Place(self.file, self.sheet, row, column)

    def as_row(self) -> str:
        """The row in words, for a message about another."""
        return f"{self.file}, blad ”{self.sheet}”, rad {self.row}"

    def words(self) -> str:
        """The place inside its file in Swedish, such as `Blad ”Mål”, cell B2: `, or nothing."""
        if self.sheet is None:
            return ""
        return f"Blad ”{self.sheet}”" + (f", cell {self.cell}: " if self.cell else ": ")
