"""Work that takes time: one at a time, stopped where it may be, and never what ends the page."""

import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.rounds import checking
from excel_uppsikt.rounds.results import CheckedRound
from excel_uppsikt.web.jobs import Job, Jobs, State
from excel_uppsikt.web.readings import Readings
from tests.small_rounds import make_plan, make_round, own_form, row
from tests.web.running import Browser, site_of


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    made.start(lambda: None)
    yield made
    made.end()


def ended(job: Job) -> Job:
    """A job when it has ended."""
    until = time.monotonic() + 30
    while not job.ended and time.monotonic() < until:
        time.sleep(0.005)
    return job


def test_work_is_done_one_at_a_time_in_order(jobs: Jobs) -> None:
    """What is asked for twice while it waits is done once."""
    seen: list[str] = []
    gate = threading.Event()

    def work(job: Job) -> str:
        gate.wait(30)
        seen.append(job.key)
        return job.key

    first, second, again = (jobs.submit(key, key, "/", work) for key in ("a", "b", "b"))
    assert (second is again, jobs.busy) == (True, True)
    gate.set()
    assert [ended(job).result for job in (first, second)] == ["a", "b"]
    assert (seen, jobs.busy) == (["a", "b"], False)


def test_work_is_stopped_while_it_reads_and_not_while_it_writes(jobs: Jobs) -> None:
    begun, gate = threading.Event(), threading.Event()

    def work(job: Job, *, writes: bool) -> str:
        if writes:
            job.now_writing()
        begun.set()
        gate.wait(30)
        if not writes:
            job.progress("a.xlsx")
        return "klart"

    for writes, state in ((False, State.STOPPED), (True, State.DONE)):
        begun.clear()
        gate.clear()
        job = jobs.submit("a", "a", "/", partial(work, writes=writes))
        assert begun.wait(30)
        assert job.can_stop is not writes
        jobs.stop(job)
        gate.set()
        assert ended(job).state is state


def test_what_cannot_be_done_ends_its_job_and_nothing_else(
    jobs: Jobs, capsys: pytest.CaptureFixture[str]
) -> None:
    """A fault of the program's own is told to whoever looks after it."""

    def fail(error: Exception, _: Job) -> None:
        raise error

    errors = (CannotRunError("Planen saknas."), OSError("full"), ZeroDivisionError("fel"))
    for at, error in enumerate(errors):
        job = ended(jobs.submit(str(at), "a", "/", partial(fail, error)))
        assert (job.state, job.error) == (State.FAILED, error)
    assert ended(jobs.submit("b", "b", "/", lambda _: 1)).result == 1
    assert capsys.readouterr().err.count("Traceback") == 1


def test_a_round_is_read_anew_when_a_file_of_it_has_changed(tmp_path: Path) -> None:
    """The plan, an answer more, one less, a form made, the compilation; and not otherwise."""
    plan = make_plan(minimum=1)
    form = own_form(plan, "Hemtjänst", {2: [row()], 1: [row("Friskvård")]})
    folder = make_round(tmp_path, plan, {"a.xlsx": form})
    readings = Readings()
    seen: list[str] = []
    first = readings.read(folder, seen.append)
    assert readings.fresh(folder) is first
    assert readings.read(folder, seen.append) is first
    assert seen == ["inkorg/a.xlsx"]
    for name, data in (
        ("inkorg/b.xlsx", b"x"),
        ("mallar/c.xlsx", b"x"),
        ("ut/sammanstallning.xlsx", b"x"),
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
        assert readings.fresh(folder) is None, name
        readings.read(folder, seen.append)
        assert readings.fresh(folder) is not None, name
        (folder / name).unlink()
        assert readings.fresh(folder) is None, name
        readings.read(folder, seen.append)
    (folder / "plan.xlsx").write_bytes(b"x")
    read = readings.read(folder, seen.append)
    assert (read.checked, type(read.error).__base__) == (None, CannotRunError)


def test_a_fault_while_a_round_is_read_is_told_once_and_not_tried_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(checking, "check_round", fail)
    make_round(tmp_path / "t1", make_plan(), {})
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        answer = browser.get(f"{browser.round()}/enheter")
        assert answer.status == 500
        assert "Felet heter ZeroDivisionError." in answer.text
        assert "Traceback" not in answer.text
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert browser.get("/").status == 200
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_a_long_reading_shows_how_far_it_is_and_can_be_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page in its place tells which file is read; stopped, it leads to the round's first page."""
    gate = threading.Event()
    known = checking.check_round

    def slow(folder: Path, *, progress: checking.Progress) -> CheckedRound:
        progress("inkorg/svar.xlsx")
        gate.wait(30)
        return known(folder, progress=progress)

    monkeypatch.setattr(checking, "check_round", slow)
    form = own_form(make_plan(), "Hemtjänst", {})
    make_round(tmp_path / "t1", make_plan(), {"a.xlsx": form})
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        here = browser.round()
        waiting = browser.get(f"{here}/enheter")
        assert "Läser omgången: inkorg/svar.xlsx (fil 1)" in waiting.text
        assert f'data-klart="{here}/enheter"' in waiting.text
        threading.Timer(0.3, gate.set).start()
        page = browser.follow(browser.post("/arbete/1/stopp"))
        assert "Arbetet stoppades" in page.text
        assert "Översikt" in page.text
        page = browser.get(f"{here}/enheter")
        assert "Vem har lämnat in, och vad saknas" in page.text
