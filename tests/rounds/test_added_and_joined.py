"""A row that only a completion has stays in the report, also with other rows joined into it."""

from datetime import date
from pathlib import Path

import pytest

from tests.compilation.edited_rounds import hand_in, line, put
from tests.rounds.completed_rounds import filled, form, merge
from tests.rounds.sent_back_rounds import completed, sent_back


@pytest.mark.parametrize("way", [["Simhallen"], ["Simhallen", "Lovaktiviteter"]])
def test_rows_of_forms_can_be_joined_into_one_that_a_completion_added(
    tmp_path: Path, way: list[str]
) -> None:
    """One of another form, and one by way of it."""
    sent_back(tmp_path)
    hand_in(tmp_path, "Komplettering.xlsx", filled(form(tmp_path, "Hemtjänst.xlsx"), completed))
    merge(tmp_path)
    whole = "Kvällsöppet"
    for title, other in zip(way, [whole, *way], strict=False):
        put(tmp_path, title, {"Samma som": line(tmp_path, other)["Id"]})
    first = merge(tmp_path)
    for _ in range(2):
        checked = merge(tmp_path)
        assert checked.findings == first.findings
        told = [f.code for f in checked.findings if f"”{whole}”" in f.words]
        # The other's end date is another than this one's, since it was completed.
        assert told == ["M611", *(["M612"] if len(way) > 1 else [])]
        reported = {one.values.title for one in checked.compilation.in_reports}
        assert reported & {whole, *way} == {whole}
        (joined,) = (one for one in checked.compilation.in_reports if one.values.title == whole)
        assert "Arbetet pågår." in joined.values.comment
        assert joined.values.start == date(2024, 1, 15)
    put(tmp_path, way[0], {"Samma som": None})
    for _ in range(2):
        reported = {one.values.title for one in merge(tmp_path).compilation.in_reports}
        assert reported >= {whole, way[0]}
