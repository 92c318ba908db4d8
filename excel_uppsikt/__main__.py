"""Runs the command line: `python -m excel_uppsikt` is the same as `uppsikt`."""

import gc
import sys
from pathlib import Path
from typing import NoReturn

from excel_uppsikt.version import __version__

# What Typer answers to `-h` in a window of eighty columns.
HELP_FILE = Path(__file__).parent / "cli" / "help.txt"
# So many new objects before Python looks for garbage among them: nearly all that a command imports and
# makes is in use until it ends, and would else be looked through at every 700.
NEW_OBJECTS = 100_000


def main() -> NoReturn:
    """Runs the command line; what a newcomer asks first is told without Typer, which takes long to load."""
    if sys.argv[1:] == ["--version"]:
        print(f"uppsikt {__version__}")
        sys.exit(0)
    # Where nothing but ASCII can be told, the process is first started anew.
    if sys.argv[1:] == ["--help"] and sys.getfilesystemencoding() != "ascii":
        print(HELP_FILE.read_text("utf-8"), end="")
        sys.exit(0)
    gc.set_threshold(NEW_OBJECTS)
    from excel_uppsikt.cli import app

    try:
        app.main()
    finally:
        # The process ends, and all that is left goes with it: none of it needs to be looked through.
        gc.freeze()


if __name__ == "__main__":
    main()
