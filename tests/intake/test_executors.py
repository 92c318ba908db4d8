"""Who opens the inbox's files changes nothing: this process, threads, or processes, of which one may die."""

import multiprocessing
import os
import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from excel_uppsikt.excel.guard.limits import MAX_FILE
from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.intake import opening
from excel_uppsikt.intake.given_ids import Given, GivenIds
from excel_uppsikt.intake.inbox import Inbox, collect
from excel_uppsikt.intake.known_files import KnownFiles
from excel_uppsikt.model import Plan
from excel_uppsikt.plan.reading import read_plan
from excel_uppsikt.rounds.workers import cores, processes
from excel_uppsikt.sharing import ExecutorFor, in_this_process
from tests.corpus.gallery import PLAN, companion, good
from tests.corpus.gallery_cases import Case
from tests.corpus.gallery_cells import DATE_CASES, ROW_CASES
from tests.corpus.gallery_hostile import HOSTILE, PROTECTED
from tests.corpus.gallery_sheets import IDENTITY_CASES, SHEET_CASES
from tests.endurance import tries
from tests.small_rounds import make_round

SAMPLES = Path(__file__).parent.parent.parent / "samples"
_EVERY: tuple[Case, ...] = (*SHEET_CASES, *IDENTITY_CASES, *ROW_CASES, *DATE_CASES)
# Some of every kind; each by itself is in the gallery, whoever opens it.
UGLY = _EVERY[:: tries(few=3, many=1)]
WRONG = list({**HOSTILE, **PROTECTED}.values())[:: tries(few=2, many=1)]
needs_cores = pytest.mark.skipif(cores() == 1, reason="only one core")


class Dying(Executor):
    """Does what it is given until it has done so much, and then dies as a process does."""

    def __init__(self, left: int) -> None:
        self.left = left

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401
        future: Future[Any] = Future()
        self.left -= 1
        if self.left < 0:
            future.set_exception(BrokenExecutor("a worker has died"))
        else:
            future.set_result(pickle.loads(pickle.dumps(fn(*args, **kwargs))))  # noqa: S301
        return future


def everything(inbox: Inbox, files: KnownFiles, told: list[str]) -> tuple[object, ...]:
    """All that an inbox says, what is kept of its files, and what was told as it was read."""
    cells = [repr(values) for values in inbox.cells.itertuples()]
    said = (inbox.collection, inbox.findings, dict(inbox.use))
    return (*said, repr(said), cells, files.as_written(), told)


def by(
    executor_for: ExecutorFor,
    folder: Path,
    plan: Plan,
    hears: Callable[[str], None] = lambda _: None,
) -> tuple[object, ...]:
    """Everything that an inbox says by who opens its files; someone `hears` of each as it is read."""
    files, told = KnownFiles(plan), list[str]()

    def progress(name: str) -> None:
        told.append(name)
        hears(name)

    given = GivenIds({"A-0001": [Given("Läxhjälp", ("Hemtjänst",), whole=False, department=None)]})
    inbox = collect(
        folder, plan, given=given, files=files, progress=progress, executor_for=executor_for
    )
    return everything(inbox, files, told)


@pytest.fixture(scope="module")
def ugly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A round with all that is ugly in its inbox, and hostile files and ones with passwords between it."""
    inbox = {f"{at:03} {case.name}": case.make() for at, case in enumerate(UGLY)}
    inbox |= {f"{at:03}x.xlsx": make() for at, make in enumerate(WRONG)}
    inbox |= {"~$lås.xlsx": b"", ".gömd.xlsx": good(), "sist.xlsx": companion()}
    return make_round(tmp_path_factory.mktemp("ful"), PLAN, inbox)


@pytest.fixture(scope="module")
def alone(ugly: Path) -> tuple[object, ...]:
    """What the ugly inbox says where this process opens the files."""
    return by(in_this_process, ugly, PLAN)


@needs_cores
def test_processes_say_what_one_says_of_an_ugly_inbox(
    ugly: Path, alone: tuple[object, ...]
) -> None:
    with processes(worth=1) as executor_for:
        assert by(executor_for, ugly, PLAN) == alone
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("sample", ["ange-2024", "ange-2024-t2", "fel-i-varje-fil"])
def test_threads_say_what_one_says_of_a_sample(sample: str) -> None:
    """With mails and zip files in the inbox too."""
    plan = read_plan(SAMPLES / sample / "plan.xlsx").plan
    assert plan is not None
    with ThreadPoolExecutor(3) as threads:
        said = by(lambda _: threads, SAMPLES / sample, plan)
    assert said == by(in_this_process, SAMPLES / sample, plan)


@pytest.mark.parametrize("left", [0, 1, 3])
def test_what_a_dead_worker_does_not_give_is_done_here(
    left: int, ugly: Path, alone: tuple[object, ...]
) -> None:
    assert by(lambda _: Dying(left), ugly, PLAN) == alone


@pytest.mark.skipif(not hasattr(os, "kill"), reason="processes are not killed by signal here")
@needs_cores
def test_a_worker_that_is_killed_costs_nothing(ugly: Path, alone: tuple[object, ...]) -> None:
    """The system itself ends one when memory is short."""
    killed: list[bool] = []

    def kill(_: str) -> None:
        for worker in multiprocessing.active_children()[: 1 - len(killed)]:
            worker.kill()
            worker.join()
            killed.append(True)

    with processes(worth=1) as executor_for:
        assert by(executor_for, ugly, PLAN, kill) == alone
    assert (killed, multiprocessing.active_children()) == ([True], [])


@needs_cores
def test_whoever_stops_it_leaves_no_process_behind(ugly: Path) -> None:
    """As the page does, where the coordinator stops a job."""

    class Stopped(Exception):  # noqa: N818
        pass

    def stop(name: str) -> None:
        raise Stopped(name)

    with pytest.raises(Stopped), processes(worth=1) as executor_for:
        collect(ugly, PLAN, progress=stop, executor_for=executor_for)
    assert multiprocessing.active_children() == []


def test_few_files_are_opened_by_this_process() -> None:
    with processes(worth=5) as executor_for:
        assert executor_for(4) is None
    assert multiprocessing.active_children() == []


def test_only_unread_files_go_to_workers(ugly: Path) -> None:
    """What is known from the last reading is not sent to anyone."""
    counts: list[int] = []

    def counted(count: int) -> None:
        counts.append(count)

    files = KnownFiles(PLAN)
    collect(ugly, PLAN, files=files, executor_for=counted)
    again = KnownFiles(PLAN, files.as_written())
    collect(ugly, PLAN, files=again, executor_for=counted)
    all_files, unread = counts
    # What could not be read is tried anew each time, and one beside the ugly ones was read.
    assert (all_files, all_files - unread) == (sum(1 for _ in readable(ugly)), len(UGLY) + 1)


def readable(folder: Path) -> Iterator[Path]:
    """The files of the inbox but those passed over, and one that is larger than any that is read."""
    files = (path for path in (folder / "inkorg").iterdir() if path.name[0] not in "~.")
    return (path for path in files if path.stat().st_size <= MAX_FILE)


def test_a_worker_with_another_program_is_told(ugly: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it would say could be something else."""
    marks = iter(["this one", "another"])
    monkeypatch.setattr(opening, "sources_mark", lambda: next(marks, "another"))
    with pytest.raises(CannotRunError, match="annan version av uppsikt"):
        collect(ugly, PLAN, executor_for=lambda _: Dying(99))
