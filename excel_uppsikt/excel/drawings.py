"""What stands on the sheets of an .xlsx workbook beside their cells: how many charts and pictures on each."""

import re

from excel_uppsikt.excel.formats.xlsx import check_archive
from excel_uppsikt.excel.guard.limits import OWN
from excel_uppsikt.excel.guard.refusal import others_as_damaged
from excel_uppsikt.excel.guard.zip_files import read_directory
from excel_uppsikt.excel.trees import SHEET_NAMES

# LibreOffice gives every sheet that it has looked at a drawing, with nothing on it.
_DRAWN = re.compile(rb"</(?:\w+:)?(?:twoCell|oneCell|absolute)Anchor\s*>")


@others_as_damaged()
def drawings(data: bytes) -> dict[str, int]:
    """How many charts and pictures each sheet has, by its name; those without any are left out.

    Raises:
        UnreadableError: For a workbook of another format than .xlsx, one with too much, or one that cannot
            be read.
    """
    directory = read_directory(data)
    known = directory.unpack(
        OWN,
        lambda name: name in SHEET_NAMES or name.endswith(".rels") or "/drawings/drawing" in name,
    )
    trees = check_archive(directory, OWN, known).trees
    found = {
        name: sum(
            len(_DRAWN.findall(known.get(other, b"")))
            for kind, other in trees.related(part).values()
            if kind == "drawing"
        )
        for name, part in trees.sheet_parts().items()
    }
    return {name: count for name, count in found.items() if count}
