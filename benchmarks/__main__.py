"""`python -m benchmarks`: every part of the program beside what else would do the same, as one table.

Each program runs in a process of its own, the programs of a part in turn, and the median counts. Times are
seconds of the processor, which a busy machine changes less than those of the clock. Data come from a seed.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

# Each part with its programs, the program's own first: the others are told as so many times that.
PARTS: dict[str, tuple[str, ...]] = {
    "forms": ("excel_uppsikt", "openpyxl"),
    "reading": ("excel_uppsikt", "pandas + openpyxl", "pandas + calamine", "calamine alone"),
    "checking": ("excel_uppsikt", "frictionless"),
    "compiling": ("excel_uppsikt", "pandas + xlsxwriter"),
    "report": ("excel_uppsikt", "docxtpl", "python-docx"),
    "start": ("python -c pass", "uppsikt --version", "uppsikt --help"),
    "status 600": ("first time", "unchanged"),
    "run 6": ("excel_uppsikt",),
    "run 60": ("excel_uppsikt",),
    "run 600": ("excel_uppsikt",),
}
RUNS = 3
_STARTS = {
    "python -c pass": ("-c", "pass"),
    "uppsikt --version": ("-m", "excel_uppsikt", "--version"),
    "uppsikt --help": ("-m", "excel_uppsikt", "--help"),
}
_START_RUNS = 15
# What takes longer is run once.
_LONG = 20


@dataclass(frozen=True, slots=True)
class Measured:
    """A run of a program: seconds of the processor, and the most memory in MiB, where that can be told."""

    seconds: float
    memory: float | None


def measure(part: str, program: str, folder: Path, run: int) -> Measured:
    """One run of a program in a process of its own; of a start the process as a whole."""
    own = _STARTS.get(program)
    arguments = own or ("-m", "benchmarks.parts", part, program, str(folder), str(run))
    process = subprocess.Popen(  # noqa: S603  our own programs
        [sys.executable, *arguments], stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert process.stdout is not None
    told = process.stdout.read()
    if sys.platform == "win32":
        assert process.wait() == 0
        return Measured(json.loads(told) if own is None else 0, None)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, (part, program)
    seconds = json.loads(told) if own is None else used.ru_utime + used.ru_stime
    return Measured(seconds, used.ru_maxrss / 1024)


def measured(part: str, folder: Path, runs: int) -> dict[str, list[Measured]]:
    """The runs of a part's programs, one of each in turn."""
    programs = PARTS[part]
    results: dict[str, list[Measured]] = {program: [] for program in programs}
    making = [sys.executable, "-m", "benchmarks.parts", part, "make", str(folder)]
    for run in range(_START_RUNS if part == "start" else runs):
        if part != "start":
            # In a process of its own: a small one's memory is told as that of who started it, if greater.
            subprocess.run([*making, str(run)], check=True)  # noqa: S603  our own program
        for program in programs:
            if not (results[program] and results[program][0].seconds > _LONG):
                results[program].append(measure(part, program, folder, run))
    return results


def print_part(part: str, results: dict[str, list[Measured]]) -> None:
    """The part's lines of the table."""
    first: float | None = None
    for program, runs in results.items():
        seconds = median(run.seconds for run in runs)
        first = seconds if first is None else first
        memory = [run.memory for run in runs if run.memory is not None]
        peak = f"{max(memory):.0f}" if memory else "–"
        ratio = f"{seconds / first:.2f}" if first else "–"
        print(f"| {part} | {program} | {seconds:.3f} | {ratio} | {peak} |", flush=True)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description="Prints how long each part takes.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--runs", type=int, default=RUNS)
    given = parser.parse_args()
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    cores = f"{os.cpu_count()} cores{load}"
    print(f"{platform.platform()}, {cores}, Python {platform.python_version()}\n")
    print("| Part | Program | Seconds | Times the first | Peak MiB |\n|---|---|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for part in given.parts or PARTS:
            print_part(part, measured(part, Path(folder), given.runs))


if __name__ == "__main__":
    main()
