"""The program's reading of .xlsx workbooks, remembered.

The same plan, forms and compilation are read by one test after another, and several times in each: two
thirds of all that is read has been read before. The tests of reading itself read everything `anew`.
"""

from collections.abc import Iterator, Set
from contextlib import contextmanager
from functools import lru_cache

import pytest

from excel_uppsikt.excel.formats import xlsx
from excel_uppsikt.excel.guard.limits import RECEIVED, Limits
from excel_uppsikt.excel.guard.zip_files import ZipDirectory, read_directory
from excel_uppsikt.excel.workbook import Workbook

_MOST_KEPT, _LARGEST_KEPT = 300, 300_000
_read = xlsx.read


@contextmanager
def remembered() -> Iterator[None]:
    """A workbook of the same bytes is read once within the same limits; what is refused is read anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xlsx, "read", _reading)
        yield


@contextmanager
def anew() -> Iterator[None]:
    """Every workbook is read, however often it has been."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xlsx, "read", _read)
        yield


def _reading(
    directory: ZipDirectory, limits: Limits = RECEIVED, without: Set[str] = frozenset()
) -> Workbook:
    if len(directory.data) > _LARGEST_KEPT:
        return _read(directory, limits, without)
    return _kept(directory.data, limits, frozenset(without))


@lru_cache(maxsize=_MOST_KEPT)
def _kept(data: bytes, limits: Limits, without: frozenset[str]) -> Workbook:
    return _read(read_directory(data), limits, without)
