"""Runs of the sample round killed at any moment: `python -m tests.corpus.kills 100 [--seed N]`.

The round is either new, or has been run before its last form came in. It fails where a file in ut/ is not
whole afterwards, or where running again does not end with the very files of a run that was never killed.
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
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import docx

from excel_uppsikt.excel.reading import read_workbook_bytes
from tests.libreoffice import kept_open

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples/ange-2024"
LATE = "Stöd och omsorg.xlsx"
# What a file is called until it is whole.
TEMPORARY = ".uppsikt-"

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


def started(folder: Path) -> subprocess.Popen[bytes]:
    """A run of the round in a process of its own."""
    return subprocess.Popen(  # noqa: S603  the program itself
        [sys.executable, "-m", "excel_uppsikt", "run", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def files(folder: Path) -> Files:
    """What has been written, but for what only a killed run leaves and nobody sees."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted((folder / "ut").rglob("*"))
        if path.is_file() and not path.name.startswith(TEMPORARY)
    }


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


def rounds(kept: Path, folder: Path) -> list[Round]:
    """A new round, and one that has been run before its last form came in."""
    shutil.copytree(SAMPLE, kept / "new", ignore=shutil.ignore_patterns("ut"))
    laid_out(kept / "new", folder)
    late = folder / "inkorg" / LATE
    data = late.read_bytes()
    late.unlink()
    started(folder).wait()
    late.write_bytes(data)
    shutil.copytree(folder, kept / "late")
    found = []
    for name in ("new", "late"):
        laid_out(kept / name, folder)
        start = time.perf_counter()
        status = started(folder).wait()
        seconds = time.perf_counter() - start
        before = files(kept / name)
        found.append(Round(name, kept / name, before, files(folder), status, seconds))
    return found


def killed(of: Round, folder: Path, pick: random.Random) -> tuple[str, list[str]]:
    """How far the run had come when it was killed, and what is wrong after it."""
    laid_out(of.kept, folder)
    process = started(folder)
    # Most of them near the end, where the files are written.
    time.sleep(pick.triangular(0.1, 1.1, 0.9) * of.seconds)
    process.kill()
    ended = process.wait() == of.status
    made = files(folder)
    wrong = [f"not whole, {told}" for told in broken(made)]
    status = started(folder).wait()
    if status != of.status:
        wrong.append(f"running again ends with {status} instead of {of.status}")
    wrong += [f"other after running again, {name}" for name in different(files(folder), of.made)]
    if ended:
        return "not killed in time", wrong
    if made == of.before:
        return "killed before it had written", wrong
    return "killed after all was written" if made == of.made else "killed amid its writing", wrong


def main() -> int:
    """Runs as the command line says, prints the figures, and tells by its status whether all is well."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("count", type=int, help="how many runs to kill")
    parser.add_argument("--seed", type=int, default=0, help="the first one's number")
    given = parser.parse_args()
    counts: Counter[str] = Counter()
    failures = 0
    with tempfile.TemporaryDirectory() as name, kept_open(Path(name)):
        folder = Path(name) / "omgång"
        to_kill = rounds(Path(name) / "kept", folder)
        for seed in range(given.seed, given.seed + given.count):
            of = to_kill[seed % len(to_kill)]
            how, wrong = killed(of, folder, random.Random(seed))  # noqa: S311  a moment, not a secret
            counts[f"{of.name} round, {how}"] += 1
            failures += bool(wrong)
            for told in wrong:
                sys.stdout.write(f"FAILED seed {seed}, {of.name}: {told}\n")
            sys.stdout.flush()
    lines = [f"{how}: {count}" for how, count in sorted(counts.items())]
    sys.stdout.write("\n".join([f"runs: {given.count}, from {given.seed}", *lines]) + "\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
