"""The page opened from a shortcut: its folder among the user's documents, and no terminal to tell in."""

import sys
from collections.abc import Callable
from pathlib import Path

import platformdirs

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.web import server

FOLDER = "Uppsikt"
_TITLE = "Uppsikt"
_ERROR_MARK = 0x10  # MB_ICONERROR


def main() -> None:
    """What the shortcut starts."""
    sys.exit(open_page(platformdirs.user_documents_path() / FOLDER, show))


def open_page(folder: Path, tell_person: Callable[[str], None]) -> int:
    """Shows the rounds in a folder, made where there is none, until she leaves; 1 where that failed, told."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        server.serve(folder, tell=lambda _: None)
    except CannotRunError as error:
        tell_person(str(error))
        return 1
    except OSError as error:
        tell_person(f"Mappen {folder} kan inte användas: {error.strerror or error}.")
        return 1
    return 0


def show(text: str) -> None:
    """A text in a window of its own on Windows, elsewhere as other programs' errors are told."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  other systems' has no windows

        ctypes.windll.user32.MessageBoxW(None, text, _TITLE, _ERROR_MARK)
    elif sys.stderr is not None:
        sys.stderr.write(f"{text}\n")
