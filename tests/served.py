"""An application served by a thread of this process, by a uvicorn that ends as soon as there is nothing left.

By itself it looks every tenth of a second whether it is to end, and waits two more; most of the tests that
serve something take less.
"""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

_OFTEN = 0.005


class _Quick(uvicorn.Server):
    """Answers as uvicorn does, and ends when what has been asked for has been answered."""

    async def main_loop(self) -> None:
        await self.on_tick(0)
        while not self.should_exit:
            await asyncio.sleep(_OFTEN)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for sock in sockets or []:
            sock.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        while self.server_state.connections or self.server_state.tasks:
            await asyncio.sleep(_OFTEN)


@contextmanager
def served(application: Any, listening: socket.socket) -> Iterator[None]:  # noqa: ANN401  any that uvicorn takes
    """The application answers at the socket until the end of the block."""
    config = uvicorn.Config(application, log_config=None, lifespan="off", ws="none")
    server = _Quick(config)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(_OFTEN)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()
        listening.close()
