"""Files of a round opened in the program that the coordinator has for them, on this computer."""

import os
import subprocess
import sys
from pathlib import Path


def open_file(path: Path) -> bool:
    """Opens a file as by a double click; whether there was anything to open it with."""
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606  the very file that was chosen, in the user's own program
        return True
    program = "open" if sys.platform == "darwin" else "xdg-open"
    try:
        subprocess.Popen(  # noqa: S603  a fixed program, and a file of the round's
            [program, str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except OSError:
        return False
    return True
