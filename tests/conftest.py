"""What all tests share: how hypothesis chooses its examples, and what costs much and is kept for the next."""

import gc
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from excel_uppsikt.mail import ledger
from excel_uppsikt.word import pages
from tests import read_workbooks, shared_formulas, written_workbooks
from tests.endurance import ENDURANCE
from tests.libreoffice import kept_open
from tests.temporary import in_memory

_SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
settings.register_profile(
    "gate", derandomize=True, database=None, deadline=None, suppress_health_check=_SLOW
)
# A failure is printed as a line to put above its test, to be made again by.
settings.register_profile(
    "endurance", database=None, deadline=None, print_blob=True, suppress_health_check=_SLOW
)
settings.load_profile("endurance" if ENDURANCE else "gate")

# Looking for garbage among all that the tests import and keep takes a tenth of their time.
gc.set_threshold(20_000, 20, 100)

_IN_MEMORY = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    """What starts the workers chooses for them all."""
    if not hasattr(config, "workerinput") and (folder := in_memory()) is not None:
        config.stash[_IN_MEMORY] = folder


def pytest_sessionfinish(session: pytest.Session) -> None:
    """What failing tests have left stays to be looked at, until the next session."""
    stash = session.config.stash
    if session.testsfailed and _IN_MEMORY in stash:
        del stash[_IN_MEMORY]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Memory is not to be held by what nobody will look at."""
    if _IN_MEMORY in config.stash:
        shutil.rmtree(config.stash[_IN_MEMORY], ignore_errors=True)


def pytest_collection_finish() -> None:
    """What has been imported and collected stays to the end."""
    gc.collect()
    gc.freeze()


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are processors: some tests wait for LibreOffice, a browser or a server."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session", autouse=True)
def _ctrl_c_is_heard() -> Iterator[None]:
    """What a shell starts in the background leaves Ctrl+C aside, and so does all that it starts in turn."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session", autouse=True)
def _libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with kept_open(tmp_path_factory.mktemp("libreoffice")):
        yield


@pytest.fixture(scope="session", autouse=True)
def _what_has_been_read() -> Iterator[None]:
    with shared_formulas.remembered(), read_workbooks.remembered():
        yield


@pytest.fixture(scope="session", autouse=True)
def _what_has_been_written() -> Iterator[None]:
    with written_workbooks.remembered():
        yield


@pytest.fixture(scope="session", autouse=True)
def _packed_quickly() -> Iterator[None]:
    """How small openpyxl makes what the tests save by it says nothing of what is in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("openpyxl.writer.excel.ZipFile", written_workbooks.Quick)
        yield


@pytest.fixture(scope="session", autouse=True)
def _own_state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the program keeps for its user is kept apart from the developer's own."""
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("LOCALAPPDATA", "XDG_STATE_HOME"):
            patch.setenv(variable, str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_waiting_for_the_disk() -> Iterator[None]:
    """Only a power cut can tell whether what is written has come to the disk; a process of its own waits."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        patch.setattr(ledger, "DURABILITY", "OFF")
        yield


@pytest.fixture(scope="module")
def unmeasured() -> Iterator[None]:
    """Reports without page numbers in their contents, as where LibreOffice is not installed, in no time.

    For tests of what a report says and when it is written, which is the same with them and without.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "_laid_out", lambda _: None)
        yield
