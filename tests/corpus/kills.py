"""Runs of the sample round killed at any moment: `python -m tests.corpus.kills 100 [--seed N]`.

The round is either new, or has been run before its last form came in. A third of the runs are killed at any
time, a third while LibreOffice works, and a third amid their writing. It fails where a file in ut/ is then
neither whole nor as it was, where LibreOffice goes on, or where running again does not end with the very
files of a run that was never killed: no temporary file left, and none beside one that nobody has edited.
"""

import argparse
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import docx

from excel_uppsikt.excel.reading import read_workbook_bytes
from excel_uppsikt.round_paths import LOCK_FILE, MERGED_FILES
from tests.libreoffice import started_anew

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples/ange-2024"
LAST_FORM = "inkorg/Stöd och omsorg.xlsx"
NEW, LATE = "new", "late"
MEMORY = "ut/.uppsikt/skrivna.json"
# What a file or a folder is called that is there only for a while.
TEMPORARY = ".uppsikt-"
LONGEST_SECONDS = 60

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Round:
    """A round to run and kill: what a run makes of its ut/, how it ends, and how long it takes."""

    name: str
    kept: Path
    before: Files
    made: Files
    status: int
    seconds: float


@dataclass(frozen=True)
class Figures:
    """How many runs were killed how, and what was wrong after which of them."""

    counts: Counter[str]
    failures: list[str]


def temporary(folder: Path) -> Path:
    """Where the runs of a round have what is no part of it."""
    return folder.with_name("tmp")


def started(folder: Path) -> subprocess.Popen[bytes]:
    """A run of the round in a process of its own."""
    temporary(folder).mkdir(exist_ok=True)
    return subprocess.Popen(  # noqa: S603  the program itself
        [sys.executable, "-m", "excel_uppsikt", "run", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary(folder))},
    )


def files(folder: Path, *, leftovers: bool = True) -> Files:
    """What lies in ut/, with what only a killed run leaves or without."""
    return {
        path.relative_to(folder).as_posix(): _without_times(path)
        for path in sorted((folder / "ut").rglob("*"))
        if path.is_file() and (leftovers or not _is_left(path))
    }


def _without_times(path: Path) -> bytes:
    """What a file holds, but for when the inbox's files were laid there: that is new each time they are."""
    data = path.read_bytes()
    if path.name != Path(MERGED_FILES).name:
        return data
    memory = json.loads(data)
    kept = {name: (size, saved, mark) for name, (size, saved, _, mark) in memory["files"].items()}
    return json.dumps({**memory, "files": kept}).encode()


def _is_left(path: Path) -> bool:
    """Whether a file is there only while somebody writes in the round, or after they were killed."""
    return path.name.startswith(TEMPORARY) or path.name == Path(LOCK_FILE).name


def working(folder: Path) -> list[str]:
    """The LibreOffice processes of the round's runs that still work after a few seconds, on Linux."""
    mark = os.fsencode(temporary(folder))
    left: list[str] = []
    for _ in range(100):
        left = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (process / "cmdline").read_bytes():
                    left.append(process.name)
            except OSError:
                continue
        if not left:
            break
        time.sleep(0.05)
    return left


def any_time(process: subprocess.Popen[bytes], folder: Path, of: Round, pick: random.Random) -> str:
    """Most of them near the end, where the files are written."""
    del process, folder
    time.sleep(pick.triangular(0.1, 1.1, 0.9) * of.seconds)
    return "at any time"


def while_laying_out(
    process: subprocess.Popen[bytes], folder: Path, of: Round, pick: random.Random
) -> str:
    """While LibreOffice works, from its start."""
    until(process, lambda: any(temporary(folder).glob(f"{TEMPORARY}*")))
    time.sleep(pick.random() * 0.5 * of.seconds)
    return "while LibreOffice worked"


def while_writing(
    process: subprocess.Popen[bytes], folder: Path, of: Round, pick: random.Random
) -> str:
    """Right after something has been remembered as written, the first time or a later one."""
    del of

    def written() -> int:
        try:
            return (folder / MEMORY).stat().st_ino
        except OSError:
            return 0

    for _ in range(pick.randint(1, 4)):
        before = written()
        until(process, lambda before=before: written() != before)  # type: ignore[misc]
    time.sleep(pick.random() * 0.02)
    return "amid its writing"


MOMENTS = (any_time, while_laying_out, while_writing)


def until(process: subprocess.Popen[bytes], come: Callable[[], bool]) -> None:
    """Waits for something to come, as long as the process runs."""
    end = time.monotonic() + LONGEST_SECONDS
    while not come() and process.poll() is None and time.monotonic() < end:
        time.sleep(0.0005)


def broken(made: Files) -> list[str]:
    """The files that do not open, and why."""
    told = []
    for name, data in made.items():
        try:
            match Path(name).suffix:
                case ".xlsx":
                    read_workbook_bytes(data)
                case ".docx":
                    docx.Document(io.BytesIO(data))
                case ".json":
                    json.loads(data)
        except Exception as error:
            told.append(f"{name}: {error!r}")
    return told


def different(made: Files, expected: Files) -> list[str]:
    """The files that are lacking, too many, or not the same."""
    return sorted(n for n in made.keys() | expected.keys() if made.get(n) != expected.get(n))


def laid_out(kept: Path, folder: Path) -> None:
    """The round as it is kept, always in the same folder, since links tell where they lead."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(kept, folder)


def kept_round(name: str, kept: Path, folder: Path) -> Round:
    """A new round, or one that was run before its last form came in; run once where it is to be killed."""
    laid_out(SAMPLE, folder)
    shutil.rmtree(folder / "ut", ignore_errors=True)
    if name == LATE:
        data = (folder / LAST_FORM).read_bytes()
        (folder / LAST_FORM).unlink()
        started(folder).wait()
        (folder / LAST_FORM).write_bytes(data)
    shutil.copytree(folder, kept)
    before = files(folder)
    start = time.perf_counter()
    status = started(folder).wait()
    return Round(name, kept, before, files(folder), status, time.perf_counter() - start)


def killed(of: Round, folder: Path, seed: int) -> tuple[str, list[str]]:
    """When the run was killed and how far it had come, and what is wrong after it."""
    pick = random.Random(seed)  # noqa: S311  a moment, not a secret
    laid_out(of.kept, folder)
    process = started(folder)
    when = MOMENTS[seed % len(MOMENTS)](process, folder, of, pick)
    process.kill()
    ended = process.wait() == of.status
    made = files(folder, leftovers=False)
    wrong = [f"not whole, {told}" for told in broken(made)]
    wrong += [f"LibreOffice goes on, process {number}" for number in working(folder)]
    wrong += [
        f"neither old nor new, {name}"
        for name, data in made.items()
        if name != MEMORY and data not in (of.before.get(name), of.made.get(name))
    ]
    status = started(folder).wait()
    if status != of.status:
        wrong.append(f"running again ends with {status} instead of {of.status}")
    wrong += [f"other after running again, {name}" for name in different(files(folder), of.made)]
    left = temporary(folder).glob(f"{TEMPORARY}*")
    wrong += [f"left after running again, {path.name}" for path in left]
    if ended:
        return f"{when}: not in time", wrong
    if made == of.before:
        return f"{when}: before it had written", wrong
    return f"{when}: {'after all' if made == of.made else 'amid what'} was written", wrong


def run(
    count: int,
    seed: int = 0,
    names: Sequence[str] = (NEW, LATE),
    tell: Callable[[str], object] = lambda _: None,
) -> Figures:
    """So many runs killed, from a number on; each is told as it ends, since they take long."""
    counts: Counter[str] = Counter()
    failures: list[str] = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder_name:
        folder = Path(folder_name) / "omgång"
        to_kill = [kept_round(name, Path(folder_name) / name, folder) for name in names]
        for number in range(seed, seed + count):
            # Each round at each kind of moment, in turn.
            of = to_kill[number // len(MOMENTS) % len(to_kill)]
            how, wrong = killed(of, folder, number)
            counts[f"{of.name} round, {how}"] += 1
            failures += [f"seed {number}, {of.name}, {how}: {told}" for told in wrong]
            tell(f"seed {number}, {of.name}, {how}: {len(wrong)} wrong\n")
    return Figures(counts, failures)


def main() -> int:
    """Runs as the command line says, prints the figures, and tells by its status whether all is well."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("count", type=int, help="how many runs to kill")
    parser.add_argument("--seed", type=int, default=0, help="the first one's number")
    given = parser.parse_args()
    with started_anew():
        figures = run(given.count, given.seed, tell=sys.stderr.write)
    lines = [f"{how}: {count}" for how, count in sorted(figures.counts.items())]
    told = [f"FAILED {failure}" for failure in figures.failures]
    head = f"runs: {given.count}, from {given.seed}"
    sys.stdout.write("\n".join([head, *lines, *told]) + "\n")
    return 1 if figures.failures else 0


if __name__ == "__main__":
    sys.exit(main())
