"""Runs the command line: `python -m excel_uppsikt` is the same as `uppsikt`."""

import sys
from typing import NoReturn

from excel_uppsikt.version import __version__


def main() -> NoReturn:
    """Runs the command line; the version is told without Typer, which takes four times as long to load."""
    if sys.argv[1:] == ["--version"]:
        print(f"uppsikt {__version__}")
        sys.exit(0)
    from excel_uppsikt.cli import app

    app.main()


if __name__ == "__main__":
    main()
