"""Runs the command line: `python -m excel_uppsikt` is the same as `uppsikt`."""

from excel_uppsikt.cli.app import main

if __name__ == "__main__":
    main()
