"""A made nation: municipalities with rounds of their own, run, kept and compared, with time and memory.

`python -m benchmarks.nation --municipalities N [--units U] [FOLDER]` makes plans and filled-in forms from
the sample year's words and a seed, all different: some forms are late, some broken, some unlike any form,
and some units are silent. Then `uppsikt run`, `history` and `compare` go through them in processes of their
own, for 5, 10, 20 … municipalities up to N, or for those of `--points`, so that the curve can be seen. A
point's folders are kept, but removed before the next is made where the disk would be short.
"""

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from datetime import time as clock
from pathlib import Path
from random import Random

from benchmarks.rounds import round_forms, round_plan
from excel_uppsikt.excel.saving import saved_at
from excel_uppsikt.model import Plan
from excel_uppsikt.plan.writing import as_workbook
from excel_uppsikt.round_paths import INBOX, PLAN_FILE

SEED = 290
# As in Sweden: most municipalities are small.
_UNITS = (6, 8, 10, 12, 20, 40)
_LATE, _BROKEN, _STRANGE, _SILENT = 0.10, 0.02, 0.02, 0.08
_STEPS = ("run", "history", "compare")
_FIRST = 5
# Of what the next point is reckoned to need: other programs want room too.
_ROOM = 2


@dataclass(frozen=True, slots=True)
class Measured:
    """A step of the program: seconds of the clock and of all processors, and the most memory in MiB."""

    status: int
    seconds: float
    processor: float
    memory: float
    told: str


def municipality_plan(number: int, seed: int = SEED, units: int | None = None) -> Plan:
    """The plan of a municipality: the sample's goals and texts, and units of its own, so many if told."""
    chance = Random(f"{seed}:{number}")  # noqa: S311  a made nation, no secret
    usual = chance.choice(_UNITS)
    plan = round_plan(usual if units is None else units, seed=chance.randrange(1_000_000))
    # Not all have adopted all goals; the mandatory ones are everybody's.
    adopted = [goal for goal in plan.goals if goal.mandatory or chance.random() < 0.8]
    # First, since a unit has fewer rows than there are goals.
    goals = tuple(sorted(adopted, key=lambda goal: not goal.mandatory))
    settings = replace(plan.settings, municipality=f"Kommun {number + 1:03}")
    return replace(plan, settings=settings, goals=goals)


def write_municipality(
    folder: Path, number: int, seed: int = SEED, units: int | None = None
) -> int:
    """Writes a municipality's round, and gives how many files came in."""
    plan = municipality_plan(number, seed, units)
    chance = Random(f"{seed}:{number}:inkorg")  # noqa: S311  no secret
    (folder / INBOX).mkdir(parents=True, exist_ok=True)
    (folder / PLAN_FILE).write_bytes(as_workbook(plan))
    deadline = plan.settings.deadline
    assert deadline is not None
    count = 0
    for name, data in round_forms(plan, chance.randrange(1_000_000)):
        if chance.random() < _SILENT:
            continue
        days = chance.randrange(1, 12) * (1 if chance.random() < _LATE else -1)
        day = datetime.combine(deadline + timedelta(days), clock(9, chance.randrange(60)))
        (folder / INBOX / name).write_bytes(_came(saved_at(data, day), chance))
        count += 1
    return count


def _came(data: bytes, chance: Random) -> bytes:
    """A form as it came: most are whole, some cut off on their way, some no workbook at all."""
    fate = chance.random()
    if fate < _BROKEN:
        return data[: len(data) * 2 // 3]
    if fate < _BROKEN + _STRANGE:
        return f"Hej! Formuläret kommer i morgon. {chance.random()}".encode()
    return data


def measure(step: str, folders: list[Path]) -> Measured:
    """A command of the program on some folders, in a process of its own."""
    start, before = time.perf_counter(), os.times()
    command = [sys.executable, "-m", "excel_uppsikt", step, *map(str, folders)]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as told:
        process = subprocess.Popen(command, stdout=told, stderr=subprocess.STDOUT)  # noqa: S603  our own
        most = 0.0
        while process.poll() is None:
            most = max(most, _memory(process.pid))
            time.sleep(0.05)
        told.seek(0)
        said = told.read()
    after = os.times()
    used = after.children_user + after.children_system
    used -= before.children_user + before.children_system
    return Measured(process.returncode, time.perf_counter() - start, used, most, said)


def _memory(process: int) -> float:
    """The memory of a process and of all that it has started, in MiB, LibreOffice too; 0 if not told."""
    children: dict[int, list[int]] = {}
    pages: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            pages[int(path.name)] = int((path / "statm").read_text().split()[1])
        except (OSError, ValueError, IndexError):
            continue
        children.setdefault(parent, []).append(int(path.name))
    family = [process]
    for one in family:
        family += children.get(one, [])
    return sum(pages.get(one, 0) for one in family) * 4096 / 1024**2


def points(most: int, chosen: tuple[int, ...] = ()) -> list[int]:
    """5, 10, 20 … up to the number itself, or the chosen ones below it and itself."""
    if chosen:
        return sorted({point for point in chosen if 0 < point < most} | {most})
    found = [_FIRST]
    while found[-1] * 2 < most:
        found.append(found[-1] * 2)
    return [point for point in found if point < most] + [most]


def run_nation(
    folder: Path,
    most: int,
    seed: int = SEED,
    *,
    units: int | None = None,
    chosen: tuple[int, ...] = (),
) -> None:
    """Makes the nation as it grows, and prints a line for each step at each point."""
    print("| Municipalities | Files | Step | Seconds | Processor | Peak MiB | Exit |")
    print("|---:|---:|---|---:|---:|---:|---:|", flush=True)
    last: dict[str, Measured] = {}
    done: tuple[Path, int] | None = None
    for count in points(most, chosen):
        nation = folder / f"nation-{count}"
        if done is not None and is_short(done[0], count / done[1]):
            shutil.rmtree(done[0])
        files = sum(
            write_municipality(nation / f"kommun-{number + 1:03}", number, seed, units)
            for number in range(count)
        )
        for step in _STEPS:
            last[step] = one = measure(step, [nation])
            cells = (count, files, step, f"{one.seconds:.1f}", f"{one.processor:.1f}")
            print(
                f"| {' | '.join(map(str, cells))} | {one.memory:.0f} | {one.status} |", flush=True
            )
        done = nation, count
    _print_findings(last)


def is_short(folder: Path, times: float) -> bool:
    """Whether so many times what a folder holds would leave the disk too little."""
    held = sum(path.lstat().st_size for path in folder.rglob("*"))
    return shutil.disk_usage(folder).free < _ROOM * times * held


def _print_findings(last: dict[str, Measured]) -> None:
    """What the last run found in all, and what it ended with."""
    told = last["run"].told
    for one, many in (("fel", "fel"), ("varning", "varningar"), ("tips", "tips")):
        counts = re.findall(rf"(?:: |, | och )(\d+) (?:{many}|{one})(?=[ ,.])", told)
        print(f"{many}: {sum(map(int, counts))}")
    for step in _STEPS:
        print(*re.findall(r"^\d.*", last[step].told, re.MULTILINE), sep="\n")


def main() -> None:
    """Makes a nation and prints how it went."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="kept if it is given")
    parser.add_argument("--municipalities", type=int, default=_FIRST)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--units", type=int, help="in every round; few and many if not given")
    parser.add_argument("--points", default="", help="such as 10,40,290")
    given = parser.parse_args()
    chosen = tuple(int(point) for point in given.points.split(",") if point)
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) if given.folder is None else given.folder
        run_nation(folder, given.municipalities, given.seed, units=given.units, chosen=chosen)


if __name__ == "__main__":
    main()
