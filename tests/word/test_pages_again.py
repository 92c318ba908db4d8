"""A report that was written without page numbers, and is laid out later."""

import pytest

from excel_uppsikt.word import pages
from excel_uppsikt.word.pages import with_page_numbers
from tests.word.test_pages import DOCUMENT, entries


def test_entries_that_have_lost_their_place_for_a_number_stay_as_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As where LibreOffice could not be had when the report was written, and can when it is published."""
    with monkeypatch.context() as patch:
        patch.setattr(pages, "_laid_out", lambda _: None)
        without, measured = with_page_numbers(DOCUMENT)
    assert not measured
    assert with_page_numbers(without) == (without, False)
    assert entries(without)[:2] == [
        "1\tRedovisning av arbete för de politiska målen",
        "1.1\tKommunens ungdomar ska känna ökad trygghet",
    ]
