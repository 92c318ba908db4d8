"""Files of a round opened in the program that the coordinator has for them, on this computer."""

import os
import subprocess
import sys
import threading
from pathlib import Path

# Seconds in which an opener that finds no program has said so; one that goes on longer has found it.
_PATIENCE = 3.0


def open_file(path: Path) -> bool:
    """Asks for a file to be opened as by a double click; False where the system says that it cannot be."""
    if sys.platform == "win32":
        try:
            os.startfile(path)  # noqa: S606  the very file that was chosen, in the user's own program
        except OSError:
            return False
        return True
    return _opened_by("open" if sys.platform == "darwin" else "xdg-open", path)


def _opened_by(program: str, path: Path) -> bool:
    """Whether an opener took a file, by the status that it ends with."""
    try:
        opener = subprocess.Popen(  # noqa: S603  a fixed program, and a file of the round's
            [program, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return False
    try:
        return opener.wait(_PATIENCE) == 0
    except subprocess.TimeoutExpired:
        # It is the program itself, which may be open all day; its end is waited for beside.
        threading.Thread(target=opener.wait, daemon=True).start()
        return True
