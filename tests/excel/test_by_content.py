"""What is remembered of bytes is never taken for what was found of others."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from zlib_ng import zlib_ng as zlib

from excel_uppsikt.excel.guard.by_content import by_content

# Two words with the same checksum.
FIRST, SECOND = b"plumless", b"buckeroo"


def test_contents_with_the_same_checksum_are_told_apart() -> None:
    assert zlib.crc32(FIRST) == zlib.crc32(SECOND)
    found = by_content(5)(bytes.upper)
    for _ in range(2):
        assert (found(FIRST), found(SECOND)) == (b"PLUMLESS", b"BUCKEROO")


def test_as_many_as_may_be_are_remembered() -> None:
    asked: list[bytes] = []

    def look(content: bytes) -> int:
        asked.append(content)
        return len(content)

    found = by_content(2)(look)
    assert [found(content) for content in (b"a", b"bb", b"a", b"ccc", b"bb", b"a")] == [
        1,
        2,
        1,
        3,
        2,
        1,
    ]
    assert asked == [b"a", b"bb", b"ccc", b"a"]


def test_what_raises_is_not_remembered() -> None:
    found = by_content(2)(bytes.decode)
    for _ in range(2):
        with pytest.raises(UnicodeDecodeError):
            found(b"\xff")


def test_threads_that_ask_at_once_each_get_their_own() -> None:
    """As files that are dropped on the page together; more contents than are remembered."""
    found = by_content(3)(bytes.upper)
    contents = [b"%d" % number for number in range(50)] * 200
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            assert list(threads.map(found, contents)) == contents
    finally:
        sys.setswitchinterval(before)
