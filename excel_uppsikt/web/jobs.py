"""What takes time, done one at a time in a thread of its own, with what it is at told while it is done."""

import asyncio
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from queue import SimpleQueue

from excel_uppsikt.findings.finding import CannotRunError

# How many that have ended are remembered, for a browser that comes back to see what became of one.
_MOST_ENDED = 200
# Seconds between two looks at whether a job that waits is to stop.
_STEP = 0.1


class State(Enum):
    """Where a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


class StoppedError(Exception):
    """The coordinator has stopped a job, where it may be stopped."""


@dataclass(eq=False, slots=True)
class Job:
    """A piece of work. `title` says what it is, `back` is the page to show when it has ended.

    `given` is what stood in the form that asked for it, to be shown again where it could not be done. `at`
    is what is being read now and `count` how much has been; `result` is what it gave, and `error` why it
    gave nothing. It can be stopped until it begins to write, and where it is `in_parts` between them too;
    `said` is how far it then is, where that is told.
    """

    number: int
    key: str
    title: str
    back: str
    work: Callable[["Job"], object]
    given: Mapping[str, str] = field(default_factory=dict)
    state: State = State.WAITING
    at: str = ""
    count: int = 0
    result: object = None
    error: Exception | None = None
    writing: bool = False
    in_parts: bool = False
    said: str = ""
    stop_asked: bool = False

    @property
    def ended(self) -> bool:
        """Whether nothing more happens in it."""
        return self.state not in (State.WAITING, State.RUNNING)

    @property
    def can_stop(self) -> bool:
        """Whether it may still be stopped."""
        return not (self.ended or self.stop_asked or (self.writing and not self.in_parts))

    def progress(self, name: str) -> None:
        """Tells what is read next. Raises `StoppedError` where the coordinator has stopped it."""
        if self.stop_asked:
            raise StoppedError
        self.at, self.count = name, self.count + 1

    def now_writing(self) -> None:
        """Tells that it writes from now on, so that it cannot be stopped any more."""
        if self.stop_asked:
            raise StoppedError
        self.writing = True

    def stops_between(self) -> None:
        """Tells that it writes in parts, and looks itself between them whether it is to stop."""
        self.in_parts = True

    def wait(self, seconds: float) -> None:
        """Waits, but no longer than until it is asked to stop."""
        for _ in range(round(seconds / _STEP)):
            if self.stop_asked:
                return
            time.sleep(_STEP)

    async def settled(self, seconds: float) -> bool:
        """Waits for its end, but no longer than so many seconds; whether it has ended."""
        end = time.monotonic() + seconds
        while not self.ended and time.monotonic() < end:
            await asyncio.sleep(0.02)
        return self.ended


@dataclass(slots=True)
class Jobs:
    """The jobs, of which one at a time is done, in order."""

    _jobs: dict[int, Job] = field(default_factory=dict)
    _queue: SimpleQueue[Job | None] = field(default_factory=SimpleQueue)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _thread: threading.Thread | None = None
    _last: int = 0

    def start(self, first: Callable[[], object]) -> None:
        """Starts the thread, which first does `first`: what it needs to import takes a second."""
        self._thread = threading.Thread(target=self._work, args=(first,), name="arbete")
        self._thread.start()

    def submit(
        self,
        key: str,
        title: str,
        back: str,
        work: Callable[[Job], object],
        given: Mapping[str, str] | None = None,
    ) -> Job:
        """A job that will be done; the one that waits or runs with the same key, where there is one."""
        with self._lock:
            for job in self._jobs.values():
                if job.key == key and not job.ended and not job.stop_asked:
                    return job
            self._last += 1
            job = self._jobs[self._last] = Job(self._last, key, title, back, work, given or {})
            self._forget()
        self._queue.put(job)
        return job

    def note(self, title: str, result: object) -> Job:
        """A job that has been done elsewhere, for a page to tell what came of it."""
        with self._lock:
            self._last += 1
            job = Job(self._last, "", title, "", lambda _: None, state=State.DONE, result=result)
            self._jobs[self._last] = job
            self._forget()
        return job

    def get(self, number: int) -> Job | None:
        """A job by its number."""
        return self._jobs.get(number)

    @property
    def busy(self) -> bool:
        """Whether any is waiting or running."""
        with self._lock:
            return any(not job.ended for job in self._jobs.values())

    def stop(self, job: Job) -> None:
        """Asks a job to stop, where it may."""
        job.stop_asked = job.stop_asked or job.can_stop

    def end(self) -> None:
        """Ends the thread when all that has been asked for is done."""
        self._queue.put(None)
        while self._thread is not None and self._thread.is_alive():
            # Whoever presses Ctrl+C once more waits all the same: what is begun is written whole.
            with suppress(KeyboardInterrupt):
                self._thread.join()

    def _forget(self) -> None:
        ended = [number for number, job in self._jobs.items() if job.ended]
        for number in ended[:-_MOST_ENDED]:
            del self._jobs[number]

    def _work(self, first: Callable[[], object]) -> None:
        first()
        while (job := self._queue.get()) is not None:
            _do(job)


def _do(job: Job) -> None:
    """Does a job; whatever happens in it ends it and nothing else."""
    if job.stop_asked:
        job.state = State.STOPPED
        return
    job.state = State.RUNNING
    try:
        job.result = job.work(job)
    except StoppedError:
        job.state = State.STOPPED
    except (CannotRunError, OSError) as error:
        job.error = error
        job.state = State.FAILED
    except Exception as error:
        # A fault of the program ends its job, never the page.
        traceback.print_exception(error, file=sys.stderr)
        job.error = error
        job.state = State.FAILED
    else:
        job.state = State.DONE
