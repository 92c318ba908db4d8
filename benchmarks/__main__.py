"""`python -m benchmarks`: every part of the program beside what else would do the same, as one table.

Each program runs in a process of its own, the programs of a part in turn, and the median counts. Times are
seconds of the processor, which a busy machine changes less than those of the clock; but for the page in a
browser, which also waits. Data come from a seed. With `--write` the table becomes `docs/benchmarks.md`, which
tells of the machine as well: to be made on a calm one.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.imports import (
    COMMANDS,
    IMPORTING,
    LIBRARIES,
    copy_of,
    names_file,
    without_libreoffice,
)
from benchmarks.table import HEADING, SELDOM, Measured, kept_of, lines_of, machine, page_of

# Each part with its programs, the program's own first: the others are told as so many times that.
PARTS: dict[str, tuple[str, ...]] = {
    "forms": ("excel_uppsikt", "openpyxl"),
    "reading": (
        "excel_uppsikt",
        "pandas + openpyxl",
        f"pandas + openpyxl{SELDOM}",
        "pandas + calamine",
        "calamine alone",
    ),
    "checking": ("excel_uppsikt", "frictionless"),
    "compiling": ("excel_uppsikt", "pandas + xlsxwriter"),
    "report": ("excel_uppsikt", "docxtpl", "python-docx"),
    "start": ("python -c pass", "uppsikt --version", "uppsikt --help"),
    "imports": ("pandas", *(f"uppsikt {command}" for command in COMMANDS)),
    "status 600": ("first time", "unchanged"),
    "page": ("uppsikt --version", "to the first page"),
    "page 60": ("uppsikt check", "a row for each", "sent and read"),
    "run 6": (LIBRARIES, "without page numbers", "with page numbers"),
    "run 60": ("excel_uppsikt",),
    "run 600": ("excel_uppsikt",),
}
RUNS = 3
PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
_STARTS = {
    "python -c pass": ("-c", "pass"),
    "uppsikt --version": ("-m", "excel_uppsikt", "--version"),
    "uppsikt --help": ("-m", "excel_uppsikt", "--help"),
}
_START_RUNS = 15
# A round's run as a whole, and whether LibreOffice is there to measure its pages.
_RUNS = {"without page numbers": False, "with page numbers": True}
# A command ends with 1 where a form has a fault, as one of so many has.
_ENDS = (0, 1)
# What takes longer is run once.
_LONG = 20


def measure(part: str, program: str, folder: Path, run: int) -> Measured:
    """One run of a program in a process of its own; of a command all that it and what it starts takes."""
    arguments, env = ["-m", "benchmarks.parts", part, program, str(folder), str(run)], None
    whole = program in _STARTS or program in _RUNS
    if program in _STARTS:
        arguments = [*_STARTS[program]]
    elif program in _RUNS:
        arguments = ["-m", "excel_uppsikt", "run", str(copy_of(folder / part))]
        env = None if _RUNS[program] else without_libreoffice(folder)
    elif part == "imports" or program == LIBRARIES:
        arguments = ["-c", IMPORTING, str(names_file(folder, program))]
    process = subprocess.Popen(  # noqa: S603  our own programs
        [sys.executable, *arguments], stdout=subprocess.PIPE, encoding="utf-8", env=env
    )
    assert process.stdout is not None
    with process.stdout:
        told = process.stdout.read()
    if sys.platform == "win32":
        assert process.wait() in _ENDS
        return Measured(0 if whole else json.loads(told), None)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in _ENDS, (part, program)
    seconds = used.ru_utime + used.ru_stime if whole else json.loads(told)
    # A page is shown by another process than the one that waits for it.
    return Measured(seconds, None if part.startswith("page") else used.ru_maxrss / 1024)


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


def main() -> None:
    """Prints the table, and writes it where that is asked for."""
    parser = argparse.ArgumentParser(description="Prints how long each part takes.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--write", action="store_true", help=f"also writes {PAGE.name}")
    given = parser.parse_args()
    about, lines = machine(), list[str]()
    print(f"{about}\n\n{HEADING}")
    with tempfile.TemporaryDirectory() as folder:
        for part in given.parts or PARTS:
            made = lines_of(part, measured(part, Path(folder), given.runs))
            print("\n".join(made), flush=True)
            lines += made
    if given.write:
        kept = kept_of(PAGE.read_text("utf-8")) if PAGE.is_file() else ""
        PAGE.write_text(page_of(about, given.runs, lines, kept), encoding="utf-8")


if __name__ == "__main__":
    main()
