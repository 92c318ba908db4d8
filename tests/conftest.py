"""What all tests share: a LibreOffice that is kept open."""

from collections.abc import Iterator

import pytest

from tests.libreoffice import kept_open


@pytest.fixture(scope="session", autouse=True)
def _libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with kept_open(tmp_path_factory.mktemp("libreoffice")):
        yield
