"""Work shared out over an executor: what comes is the same as without one, and in order."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import TypeVar

Task = TypeVar("Task")
Done = TypeVar("Done")

# Who does so many tasks: an executor, or this process itself for None.
ExecutorFor = Callable[[int], Executor | None]


def in_this_process(_: int) -> None:
    """No executor, however much there is to do."""


def shared_out(
    executor: Executor, work: Callable[[Task], Done], tasks: Iterable[Task]
) -> Iterator[Done]:
    """What comes of the work on each task, in order. Nothing more is begun when the caller stops.

    What workers do not give, since one of them has died, is done by this process.
    """
    tasks = list(tasks)
    futures: list[Future[Done]] = []
    done = 0
    try:
        try:
            futures += [executor.submit(work, task) for task in tasks]
            for future in futures:
                result = future.result()
                done += 1
                yield result
        except BrokenExecutor:
            for task in tasks[done:]:
                yield work(task)
    finally:
        for future in futures:
            future.cancel()
