"""Processes that do a share of the work, where there is so much of it that it is quicker.

They are started anew, on every system: what this process holds is not theirs, and a thread is no obstacle.
They end with this process, however that ends.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext

from excel_uppsikt.sharing import ExecutorFor

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
    context = multiprocessing.get_context("spawn")
    ending, end = context.Pipe(duplex=False)

    def executor_for(count: int) -> Executor | None:
        nonlocal pool
        if count < worth or cores() == 1:
            return None
        pool = pool or _pool(context, ending)
        return pool

    try:
        yield executor_for
    except BaseException:
        end.close()
        raise
    finally:
        if pool is not None:
            pool.shutdown(cancel_futures=True)
        end.close()
        ending.close()


def _pool(context: SpawnContext, ending: Connection) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(min(cores(), _MOST), context, _begin, (ending,))


def _begin(ending: Connection) -> None:
    """What a worker does first: it leaves Ctrl+C to its parent, and watches for the end of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, args=(ending,), daemon=True).start()


def _end_with_parent(ending: Connection) -> None:
    """Ends this process at once when the parent has ended, or has closed its end."""
    parent = multiprocessing.parent_process()
    wait([ending] if parent is None else [ending, parent.sentinel])
    os._exit(1)
