"""A zip written in memory is one that others read."""

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from excel_uppsikt.excel.guard.zip_files import stored

NAMES = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\\"), min_size=1, max_size=30
)  # fmt: skip


@given(st.dictionaries(NAMES, st.binary(max_size=300), max_size=5))
def test_parts_come_back_by_name_and_byte_for_byte(parts: dict[str, bytes]) -> None:
    """As zipfile reads them, which checks every header and sum; in order, and the same each time."""
    data = stored(parts.items())
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert book.testzip() is None
        assert {entry.compress_type for entry in book.infolist()} <= {zipfile.ZIP_STORED}
        assert [(entry.filename, book.read(entry)) for entry in book.infolist()] == list(
            parts.items()
        )
    assert stored(parts.items()) == data


def test_a_part_may_be_large_and_a_zip_empty() -> None:
    large = bytes(range(256)) * 40_000
    with zipfile.ZipFile(io.BytesIO(stored([("xl/å.xml", large), ("b", b"")]))) as book:
        assert book.read("xl/å.xml") == large
        assert book.read("b") == b""
    assert zipfile.ZipFile(io.BytesIO(stored([]))).namelist() == []
