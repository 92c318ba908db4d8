"""What takes a second to import, imported when it is needed and by one thread at a time.

Libraries whose modules import each other in circles fail where two threads begin at different ends.
"""

import importlib
from threading import RLock
from types import ModuleType

LOADING = RLock()


def load_page(name: str) -> ModuleType:
    """A module of `web/pages`."""
    with LOADING:
        return importlib.import_module(f"excel_uppsikt.web.pages.{name}")


def load_reader() -> None:
    """What reads a round, so that the first page that needs it does not wait for that."""
    load_page("inbox")
