"""A row that a completion added and that the coordinator does not want is told as added no more."""

from pathlib import Path

import pytest

from tests.compilation.edited_rounds import hand_in, line, put, remove
from tests.rounds.completed_rounds import filled, form, merge
from tests.rounds.sent_back_rounds import TOLD, completed, found, sent_back

NEW = "Kvällsöppet"


@pytest.mark.parametrize("removed", [False, True])
def test_a_new_row_that_is_said_not_to_be_in_the_report_is_not_told_to_be(
    tmp_path: Path, *, removed: bool
) -> None:
    """What M611 asks for has been done; it is told again where the row is to be there after all."""
    sent_back(tmp_path)
    hand_in(tmp_path, "Komplettering.xlsx", filled(form(tmp_path, "Hemtjänst.xlsx"), completed))
    assert found(merge(tmp_path)) == TOLD
    if removed:
        remove(tmp_path, NEW)
    else:
        put(tmp_path, NEW, {"Ta med": "nej"})
    for _ in range(2):
        checked = merge(tmp_path)
        # The other row that nobody had asked about is told as it was.
        assert found(checked) == TOLD[:1]
        assert NEW not in {one.values.title for one in checked.compilation.in_reports}
        assert line(tmp_path, NEW)["Ta med"] == "nej"
    put(tmp_path, NEW, {"Ta med": "ja"})
    for _ in range(2):
        checked = merge(tmp_path)
        assert found(checked) == TOLD
        assert NEW in {one.values.title for one in checked.compilation.in_reports}
