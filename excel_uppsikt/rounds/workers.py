"""Processes that do a share of the work, where there is so much of it that it is quicker.

They are started anew, on every system: what this process holds is not theirs, and a thread is no obstacle.
They end with this process, however that ends.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from excel_uppsikt.sharing import ExecutorFor

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

# Unread forms that make it worth it on two cores: each takes 7 ms to open, and a process 250 to begin.
WORTH = 150
# Windows takes no more.
_MOST = 60


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def processes(worth: int = WORTH) -> Iterator[ExecutorFor]:
    """Gives processes for so many tasks or more, and none for fewer; they begin when they are asked for.

    None is left when it ends, with an error or by Ctrl+C too; what they were at is then given up.
    """
    pool: Executor | None = None
    with ExitStack() as ending:

        def executor_for(count: int) -> Executor | None:
            nonlocal pool
            if count < worth or cores() == 1:
                return None
            pool = pool or ending.enter_context(_pool())
            return pool

        yield executor_for


@contextmanager
def _pool() -> Iterator[Executor]:
    """As many processes as there are cores, which end at once where the block is left by an error."""
    # Most commands need no process, and start without what makes them.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    class Pool(ProcessPoolExecutor):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401
            # A process that has been begun by half waits for the rest of what it is to be, and keeps
            # open what the others' tasks are written to: nothing would ever end.
            with _uninterrupted():
                return super().submit(fn, *args, **kwargs)

    context = multiprocessing.get_context("spawn")
    ending, end = context.Pipe(duplex=False)
    pool = Pool(min(cores(), _MOST), context, _begin, (ending,))
    try:
        yield pool
    except BaseException:
        end.close()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
        end.close()
        ending.close()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl+C waits for the end of the block, where this is the thread that hears it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed: list[tuple[Any, ...]] = []
    before = signal.signal(signal.SIGINT, lambda *given: pressed.append(given))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed and callable(before):
        before(*pressed[0])


def _begin(ending: "Connection") -> None:
    """What a worker does first: it leaves Ctrl+C to its parent, and watches for the end of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, args=(ending,), daemon=True).start()


def _end_with_parent(ending: "Connection") -> None:
    """Ends this process at once when the parent has ended, or has closed its end."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    wait([ending] if parent is None else [ending, parent.sentinel])
    os._exit(1)
