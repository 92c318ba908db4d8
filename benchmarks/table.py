"""What has been measured as lines of a table, and the page in docs/ that holds it."""

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

HEADING = "| Part | Program | Seconds | Times the first | Peak MiB |\n|---|---|---:|---:|---:|"
# What ends the name of another program that is made to look for garbage as seldom as this one does.
SELDOM = ", garbage seldom"
_CPUS = Path("/proc/cpuinfo")


@dataclass(frozen=True, slots=True)
class Measured:
    """A run of a program: its seconds, and the most memory in MiB, where that can be told."""

    seconds: float
    memory: float | None


def lines_of(part: str, results: Mapping[str, Sequence[Measured]]) -> list[str]:
    """A part's lines: of each program the median, so many times the first program's, and its peak."""
    lines: list[str] = []
    first: float | None = None
    for program, runs in results.items():
        seconds = median(run.seconds for run in runs)
        first = seconds if first is None else first
        memory = [run.memory for run in runs if run.memory is not None]
        peak = f"{max(memory):.0f}" if memory else "–"
        ratio = f"{seconds / first:.2f}" if first else "–"
        lines.append(f"| {part} | {program} | {seconds:.3f} | {ratio} | {peak} |")
    return lines


def machine() -> str:
    """The machine in a line: system, processor, cores, how busy it is, and Python."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    cores = f"{os.cpu_count()} cores{load}"
    return f"{platform.platform()}, {_processor()}, {cores}, Python {platform.python_version()}"


def _processor() -> str:
    for line in _CPUS.read_text("utf-8").splitlines() if _CPUS.is_file() else ():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.processor() or platform.machine()


def kept_of(page: str) -> str:
    """What stands on the page below the table, under headings of its own, and is written by hand."""
    _, heading, rest = page.partition("\n## ")
    return heading + rest


def page_of(about: str, runs: int, lines: Sequence[str], kept: str = "") -> str:
    """The page: which machine, what was measured, and the table. Lines with the same columns as `HEADING`.

    Below it stands what was `kept` of the page before.
    """
    return f"""# How long each part takes

Made by `python -m benchmarks --write` on {about}.

Each program ran {runs} times in a process of its own, those of a part in turn; what takes more than 20
seconds ran once, and a start fifteen times. The seconds are the median of the processor's, but of the clock
for the page in a browser. What counts is how many times the first program of the same part another takes: the
seconds are this machine's. The program looks for garbage more seldom than Python does by itself; the others
run as they come, but for those that are measured with that as well.

{HEADING}
{chr(10).join(lines)}
{kept}"""
