"""The safety check of zipped workbooks: what is handed on to the reader has all been looked at.

A file of a kilobyte can make the reader ask for hundreds of gigabytes and take the whole program
with it, so every limit here is checked before the reader sees the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from excel_uppsikt.excel.guard.far_cells import FarCell
from excel_uppsikt.excel.guard.limits import RECEIVED, Limits
from excel_uppsikt.excel.guard.parts import ScanFor, check_parts
from excel_uppsikt.excel.guard.refusal import others_as_damaged
from excel_uppsikt.excel.guard.zip_files import ZipDirectory, stored
from excel_uppsikt.excel.trees import Trees
from excel_uppsikt.excel.workbook import Cells


@dataclass(frozen=True, slots=True)
class Archive:
    """A checked file: its parts and their own names by lower-case name, and error cells by part.

    A sheet may be without rows where nothing stands, and is without the cells far outside any form, which
    `far` has by part and sheet. `trees` reads the other parts.
    """

    parts: Mapping[str, bytes]
    names: Mapping[str, str]
    problems: Mapping[str, Cells]
    trees: Trees
    far: Mapping[str, Mapping[str, Mapping[tuple[int, int], FarCell]]]

    def packed(self, changed: Mapping[str, bytes] | None = None) -> bytes:
        """A plain zip of the checked parts, some of them `changed`.

        Two zip readers can disagree on what a crafted file holds; after this they cannot.
        """
        parts = {**self.parts, **(changed or {})}
        return stored((self.names[name], parts[name]) for name in self.parts)


@others_as_damaged()
def check(
    directory: ZipDirectory,
    parts: Mapping[str, bytes],
    scan_for: ScanFor,
    limits: Limits = RECEIVED,
) -> Archive:
    """The archive of the parts unpacked from a zip file.

    Raises:
        UnreadableError: For whatever should not reach the reader.
    """
    checked = check_parts(parts, scan_for, limits)
    names = {name: directory.entries[name].filename for name in parts}
    return Archive({**parts, **checked.filled}, names, checked.problems, Trees(parts), checked.far)
