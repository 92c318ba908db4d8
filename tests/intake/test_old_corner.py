"""What stands in the last corner of an old sheet: white space is passed over, a text is told at its cell."""

from pathlib import Path

import pytest

from tests.changed_forms import FILE, TITLES, YOUNG, changed, put, titles
from tests.small_rounds import places


@pytest.mark.parametrize(("text", "told"), [("Ring Bo", ["IV65536"]), ("\u00a0", []), (" ", [])])
def test_the_form_is_read_whole(text: str, told: list[str], tmp_path: Path) -> None:
    checked = changed(tmp_path, put(YOUNG, "IV65536", text))
    assert places(checked.findings, but="U") == [("F207", FILE, YOUNG, cell) for cell in told]
    assert titles(checked) == TITLES
