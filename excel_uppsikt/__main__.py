"""Runs the command line: `python -m excel_uppsikt` is the same as `uppsikt`."""

import sys
from pathlib import Path
from typing import NoReturn

from excel_uppsikt.version import __version__

# What Typer answers to `-h` in a window of eighty columns.
HELP_FILE = Path(__file__).parent / "cli" / "help.txt"


def main() -> NoReturn:
    """Runs the command line; what a newcomer asks first is told without Typer, which takes long to load."""
    if sys.argv[1:] == ["--version"]:
        print(f"uppsikt {__version__}")
        sys.exit(0)
    # Where nothing but ASCII can be told, the process is first started anew.
    if sys.argv[1:] == ["--help"] and sys.getfilesystemencoding() != "ascii":
        print(HELP_FILE.read_text("utf-8"), end="")
        sys.exit(0)
    from excel_uppsikt.cli import app

    app.main()


if __name__ == "__main__":
    main()
