"""The files that cost the most, each as large as it may be: `python -m tests.corpus.worst [NAME ...]`.

Each lies alone in the inbox of a round of twenty goals and sixty units, and is checked by the command
in a process of its own. It fails where one takes ten seconds or more, or a gigabyte (which only some
systems tell), or where the command ends otherwise than with findings.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.corpus.worst_files import FILE, FILES, PLAN
from tests.small_rounds import make_round

LONGEST, MOST_MEGABYTES = 10.0, 1024


@dataclass(frozen=True)
class Cost:
    """What the check of a round cost, and what it said; `megabytes` is 0 where it cannot be told."""

    seconds: float
    megabytes: int
    status: int
    said: str

    @property
    def fine(self) -> bool:
        """Whether it kept within the bounds and ended with findings."""
        return (
            self.seconds < LONGEST
            and self.megabytes < MOST_MEGABYTES
            and self.status in (0, 1)
            and "Traceback" not in self.said
        )

    @property
    def refusal(self) -> str:
        """What was said where the file was not read, else ''."""
        return next((line.strip() for line in self.said.splitlines() if " F201 " in line), "")


def cost_of(name: str) -> Cost:
    """What the file of this name costs. It is made in a process of its own, since memory is inherited."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = make_round(Path(temporary) / "omgång", PLAN, {FILE: b""})
        made = [
            sys.executable,
            "-m",
            "tests.corpus.worst",
            name,
            "--make",
            str(folder / "inkorg" / FILE),
        ]
        subprocess.run(made, check=True)  # noqa: S603  this very program
        start = time.perf_counter()
        said = Path(temporary) / "sagt.txt"
        with said.open("wb") as output:
            process = subprocess.Popen(  # noqa: S603  the program itself
                [sys.executable, "-m", "excel_uppsikt", "check", str(folder)],
                stdout=output,
                stderr=output,
            )
            status, megabytes = ended(process)
        return Cost(time.perf_counter() - start, megabytes, status, said.read_text("utf-8"))


def ended(process: subprocess.Popen[bytes]) -> tuple[int, int]:
    """The status that a process ends with, and how many megabytes it has taken."""
    if sys.platform == "win32":
        return process.wait(), 0
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    # Bytes on a Mac, kilobytes elsewhere.
    return process.returncode, usage.ru_maxrss // (1024**2 if sys.platform == "darwin" else 1024)


def measure(names: Sequence[str]) -> int:
    """Prints what each file costs, and gives how many cost too much."""
    failures = 0
    for name in names:
        cost = cost_of(name)
        failures += not cost.fine
        refused = f"  {cost.refusal}" if cost.refusal else ""
        failed = "" if cost.fine else f"  FAILED, status {cost.status}"
        line = f"{name:36} {cost.seconds:5.1f} s {cost.megabytes:5} MB{refused}{failed}"
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    return failures


def main() -> int:
    """Runs as the command line says, and tells by its status whether all is well."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="which files, or else all of them")
    parser.add_argument("--make", type=Path, help="where to write the file instead")
    given = parser.parse_args()
    if given.make:
        given.make.write_bytes(FILES[given.names[0]]())
        return 0
    return 1 if measure(given.names or list(FILES)) else 0


if __name__ == "__main__":
    sys.exit(main())
