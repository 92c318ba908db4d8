"""Each thing that people leave to fill in is told where it is the only one in its row."""

from pathlib import Path

from tests.checks.checked_rows import FIRST_ROW, faults
from tests.small_rounds import row

LEFT = (
    *("Xxx", "todo", "Fixme", "TBD", "Lorem ipsum", "Fyll i här.", "Text kommer", "text här"),
    *("???", "___", "......", "<namn>", "[datum]", "[…]"),
)
NAMES = (
    *("Läger", "Simskola", "Odling", "Teater", "Körsång", "Vandring", "Bokcirkel", "Schack"),
    *("Fotboll", "Matlagning", "Drama", "Musik", "Cykling", "Hantverk"),
)


def test_each_is_told_at_its_cell(tmp_path: Path) -> None:
    rows = [row(name, comment=f"Det är {left}") for name, left in zip(NAMES, LEFT, strict=True)]
    found = faults(tmp_path, rows)
    assert found == [f"R308 G{at}" for at, _ in enumerate(LEFT, FIRST_ROW)]
