"""Files opened by a Dask cluster: an executor for `sharing`, and what is told where there is none.

Workers get what is in the files and in the plan, and need the same version of the program. The
connection is as safe as its address says: tcp:// is for a network of one's own.
"""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any, TypeVar

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.intake.known_files import sources_mark
from excel_uppsikt.sharing import ExecutorFor

# Seconds until an address counts as one that does not answer.
_PATIENCE = 10
_OTHER = (
    "Klustrets datorer har ingen eller en annan version av uppsikt än den här datorn. Inget ändrades. "
    "Installera samma version på alla, eller kör utan --dask."
)

Done = TypeVar("Done")


@contextmanager
def cluster(address: str) -> Iterator[ExecutorFor]:
    """Gives the cluster's workers for every number of files.

    Raises `CannotRunError` where the extra is missing, the address does not answer, or no worker has this
    program.
    """
    if find_spec("distributed") is None:
        raise CannotRunError(
            "Valet --dask kräver ett tillägg. Installera det med: "
            'pip install "excel-uppsikt[cluster]". Eller kör utan --dask.'
        )
    from distributed import Client

    # What it has to say of its connections is told in our words. Its settings give the client a level too.
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise CannotRunError(
            f"Klustret på {address} svarar inte. Inget ändrades. Se efter att adressen är rätt (till "
            "exempel tcp://server:8786) och att klustret är igång, eller kör utan --dask."
        ) from error
    try:
        _check_workers(client, address)
        executor = _Workers(client.get_executor(pure=False))
        yield lambda _: executor
    finally:
        client.close(timeout=_PATIENCE)


def _check_workers(client: Any, address: str) -> None:  # noqa: ANN401  only there where it is installed
    """Raises `CannotRunError` where there is no worker, or one without this program."""
    if not client.scheduler_info(n_workers=-1)["workers"]:
        raise CannotRunError(
            f"Klustret på {address} har inga arbetare igång. Inget ändrades. Starta dem (dask worker "
            f"{address}), eller kör utan --dask."
        )
    try:
        marks = set(client.run(sources_mark).values())
    except Exception as error:
        raise CannotRunError(_OTHER) from error
    if marks != {sources_mark()}:
        raise CannotRunError(_OTHER)


class _Workers(Executor):
    """The cluster's executor, whose lost work is told as that of any executor."""

    def __init__(self, inner: Executor) -> None:
        self._inner = inner

    def submit(
        self,
        fn: Callable[..., Done],
        /,
        *args: Any,  # noqa: ANN401  as it is inherited
        **kwargs: Any,  # noqa: ANN401
    ) -> Future[Done]:
        """What comes of a call made by a worker; `BrokenExecutor` where none could make it."""
        outer: Future[Done] = Future()

        def pass_on(inner: Future[Done]) -> None:
            if not outer.set_running_or_notify_cancel():
                return
            try:
                outer.set_result(inner.result())
            except Exception as error:
                lost = isinstance(error, (*_lost(), CancelledError, OSError))
                outer.set_exception(BrokenExecutor(str(error)) if lost else error)

        self._inner.submit(fn, *args, **kwargs).add_done_callback(pass_on)
        return outer


def _lost() -> tuple[type[Exception], ...]:
    from distributed import KilledWorker
    from distributed.comm import CommClosedError

    return KilledWorker, CommClosedError
