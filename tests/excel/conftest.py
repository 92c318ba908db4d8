"""What the tests of reading share: nothing that another test has read is remembered for them."""

from collections.abc import Iterator

import pytest

from tests.read_workbooks import anew


@pytest.fixture(scope="package", autouse=True)
def _anew() -> Iterator[None]:
    with anew():
        yield
