"""A Dask cluster opens the files, also where a worker is killed; without one it is told in a line."""

import json
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.rounds import cluster as clusters
from excel_uppsikt.rounds.cluster import cluster
from tests.cli.running import uppsikt
from tests.corpus.gallery import PLAN, good
from tests.endurance import ENDURANCE
from tests.intake.test_executors import alone, by, ugly
from tests.small_rounds import make_round

__all__ = ["alone", "ugly"]
needs_dask = pytest.mark.skipif(find_spec("distributed") is None, reason="no distributed")


@pytest.fixture(scope="module")
def workers() -> Iterator[Any]:
    """A cluster of two processes on this computer."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=":0", silence_logs=50
    ) as started:
        yield started


def pids(started: Any) -> list[int]:  # noqa: ANN401
    from distributed import Client

    with Client(started.scheduler_address, set_as_default=False) as client:
        return sorted(client.run(os.getpid).values())


@needs_dask
def test_a_cluster_says_what_one_process_says_and_no_hostile_file_kills_a_worker(
    workers: Any,  # noqa: ANN401
    ugly: Path,
    alone: tuple[object, ...],
) -> None:
    before = pids(workers)
    with cluster(workers.scheduler_address) as executor_for:
        assert by(executor_for, ugly, PLAN) == alone
    assert (len(before), pids(workers)) == (2, before)


@needs_dask
@pytest.mark.skipif(sys.platform == "win32", reason="processes are not killed by signal there")
def test_a_worker_that_is_killed_half_way_costs_nothing(
    workers: Any,  # noqa: ANN401
    ugly: Path,
    alone: tuple[object, ...],
) -> None:
    victims = pids(workers)[:1]

    def kill(_: str) -> None:
        while victims:
            os.kill(victims.pop(), signal.SIGKILL)

    with cluster(workers.scheduler_address) as executor_for:
        assert by(executor_for, ugly, PLAN, kill) == alone
    assert victims == []


def process(module: str, *options: str) -> subprocess.Popen[bytes]:
    """A module run by a process of its own, which says nothing."""
    return subprocess.Popen(  # noqa: S603  this Python
        [sys.executable, "-m", module, *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A scheduler in a process of its own, with a worker, and its address."""
    place = tmp_path / "scheduler.json"
    options = ("--scheduler-file", str(place), "--no-dashboard")
    with (
        process("distributed.cli.dask_scheduler", "--port", "0", *options) as scheduler,
        process("distributed.cli.dask_worker", "--nthreads", "1", "--no-nanny", *options) as worker,
    ):
        while not place.exists():
            time.sleep(0.05)
        address = json.loads(place.read_text("utf-8"))["address"]
        from distributed import Client

        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(1, timeout=30)
        yield scheduler, address
        worker.kill()
        scheduler.kill()


@needs_dask
@pytest.mark.skipif(not ENDURANCE, reason="tried in endurance, for the time it takes")
def test_a_scheduler_that_dies_half_way_costs_nothing(
    processes: tuple[subprocess.Popen[bytes], str],
    ugly: Path,
    alone: tuple[object, ...],
) -> None:
    scheduler, address = processes
    with cluster(address) as executor_for:
        assert by(executor_for, ugly, PLAN, lambda _: scheduler.kill()) == alone
    assert scheduler.wait(timeout=30) != 0
    # It would say in a page of its own words that it cannot reach the scheduler any more.
    assert not logging.getLogger("distributed.client").isEnabledFor(logging.ERROR)


@needs_dask
def test_a_round_is_run_by_a_cluster(workers: Any, tmp_path: Path) -> None:  # noqa: ANN401
    folder = make_round(tmp_path / "a", PLAN, {"Hemtjänst.xlsx": good()})
    alone = make_round(tmp_path / "b", PLAN, {"Hemtjänst.xlsx": good()})
    done = uppsikt("run", folder, "--dask", workers.scheduler_address)
    expected = uppsikt("run", alone)
    assert (done.returncode, done.stderr) == (expected.returncode, "")
    assert done.stdout.replace(str(folder), str(alone)) == expected.stdout


@needs_dask
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "inte en adress", "http://127.0.0.1:1"])
def test_an_address_that_does_not_answer_is_told_in_a_line(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "_PATIENCE", 1)
    folder = make_round(tmp_path, PLAN, {})
    done = uppsikt("run", folder, "--dask", address)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"Klustret på {address} svarar inte. Inget ändrades. Se efter att adressen är rätt (till exempel "
        "tcp://server:8786) och att klustret är igång, eller kör utan --dask.\n"
    )
    assert not (folder / "ut").exists()


@needs_dask
def test_a_cluster_without_workers_is_told() -> None:
    from distributed import LocalCluster

    with (
        LocalCluster(n_workers=0, dashboard_address=":0", silence_logs=50) as empty,
        pytest.raises(CannotRunError, match="har inga arbetare igång"),
        cluster(empty.scheduler_address),
    ):
        pass


def test_without_the_extra_it_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "find_spec", lambda _: None)
    done = uppsikt("run", make_round(tmp_path, PLAN, {}), "--dask", "tcp://127.0.0.1:8786")
    assert (done.returncode, done.stderr) == (
        2,
        "Valet --dask kräver ett tillägg. Installera det med: "
        'pip install "excel-uppsikt[cluster]". Eller kör utan --dask.\n',
    )
