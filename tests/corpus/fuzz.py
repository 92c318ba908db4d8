"""Mutated workbooks in an inbox beside a good form: `python -m tests.corpus.fuzz 10000 [--seed N]`.

Each mutant is made from its own number, so that a failure can be made again by
`python -m tests.corpus.fuzz 1 --seed NUMBER`. It fails where a check raises, takes more than ten seconds,
kills its process, or loses anything of the good form. The checks run in processes of their own.
"""

import argparse
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from excel_uppsikt.model import Activity
from excel_uppsikt.rounds import checking as pipeline
from tests.corpus.gallery import DEVIATION, PLAN
from tests.corpus.mutants import mutant, originals
from tests.small_rounds import make_round, own_form, row

WORKERS = 2
LONGEST = 10.0
MEMORY = 4 << 30
BESIDE = "Bemanning.xlsx"
MUTANT = "Aa mutant.xlsx"
BESIDE_ROWS = {
    1: [row("Schemaläggning i god tid", status=DEVIATION)],
    2: [row("Ferieplatser"), row("Mentorer", units="Bemanning; Kultur och fritid")],
}


# --- One check --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant: `read`, a finding's code, or `failed` with the reason."""

    what: str
    seconds: float = 0.0
    reason: str = ""


Told = list[tuple[object, ...]]


def told(activities: Sequence[Activity], *, of: str) -> Told:
    """What the activities of a file say."""
    return [
        (
            a.goal,
            a.values.title,
            a.values.units,
            a.values.whole,
            a.values.start,
            a.values.end,
            a.values.description,
            a.values.status,
            a.values.comment,
        )
        for a in activities
        if any(source.file == f"inkorg/{of}" for source in a.sources)
    ]


def examine(folder: Path, data: bytes, expected: Told) -> Outcome:
    """A round with this mutant checked, and the good form beside it looked for."""
    (folder / "inkorg" / MUTANT).write_bytes(data)
    start = time.perf_counter()
    checked = pipeline.check(folder, PLAN)
    seconds = time.perf_counter() - start
    mine = next((s for s in checked.collection.submissions if s.file == f"inkorg/{BESIDE}"), None)
    if mine is None or len(mine.entries) != len(expected):
        return Outcome("failed", seconds, "the good form was not read whole")
    # A mutant may come to say that it is the good form's unit's, and then a person has to choose.
    if mine.used and told(checked.activities, of=BESIDE) != expected:
        return Outcome("failed", seconds, "the good form's activities are not what they were")
    if seconds > LONGEST:
        return Outcome("failed", seconds, f"took {seconds:.1f} s")
    codes = [f.code for f in checked.findings if (f.file or "").startswith(f"inkorg/{MUTANT}")]
    refused = next((c for c in codes if c in ("F201", "F202", "F203", "F204")), None)
    return Outcome(refused or ("read" if mine.used else "read as the good form's unit's"), seconds)


def work(pipe: Connection, forms: Sequence[bytes]) -> None:
    """Examines the mutants whose numbers come through the pipe, until it is closed."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, OSError, ValueError):
        pass
    with tempfile.TemporaryDirectory() as name:
        folder = make_round(Path(name), PLAN, {BESIDE: own_form(PLAN, "Bemanning", BESIDE_ROWS)})
        expected = told(pipeline.check(folder, PLAN).activities, of=BESIDE)
        while True:
            try:
                seed = pipe.recv()
            except EOFError:
                return
            acts, data = mutant(seed, forms)
            try:
                outcome = examine(folder, data, expected)
            except BaseException:  # a traceback of any kind is what is looked for
                outcome = Outcome("failed", reason=f"{acts}\n{traceback.format_exc()}")
            pipe.send(outcome)


# --- Many checks ------------------------------------------------------------------------------------


@dataclass
class Worker:
    """A process that examines, the number it is at, and since when."""

    process: BaseProcess
    pipe: Connection
    seed: int | None = None
    since: float = 0.0


@dataclass
class Figures:
    """What became of all the mutants."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: dict[int, str] = field(default_factory=dict)
    slowest: float = 0.0
    slowest_seed: int = 0

    def add(self, seed: int, outcome: Outcome) -> None:
        """Counts one outcome."""
        self.counts[outcome.what] += 1
        if outcome.what == "failed":
            self.failures[seed] = outcome.reason
        if outcome.seconds > self.slowest:
            self.slowest, self.slowest_seed = outcome.seconds, seed


def started(forms: Sequence[bytes]) -> Worker:
    """A new process to examine in."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=work, args=(theirs, forms), daemon=True)
    process.start()
    theirs.close()
    return Worker(process, ours)


def run(count: int, first: int, show: Callable[[str], None] = print) -> Figures:
    """Examines `count` mutants numbered from `first`, and survives whatever they do."""
    forms = originals()
    left = iter(range(first, first + count))
    figures = Figures()
    workers = [started(forms) for _ in range(min(WORKERS, count))]
    while workers:
        for worker in list(workers):
            if worker.seed is None and not _give(worker, left):
                worker.pipe.close()
                worker.process.join()
                workers.remove(worker)
        ready = wait([worker.pipe for worker in workers], timeout=1)
        for at, worker in enumerate(workers):
            if worker.seed is None:
                continue
            outcome = _outcome(worker, answered=worker.pipe in ready)
            if outcome is None:
                continue
            figures.add(worker.seed, outcome)
            if sum(figures.counts.values()) % 1_000 == 0:
                show(f"{sum(figures.counts.values())} of {count}")
            worker.seed = None
            if not worker.process.is_alive():
                workers[at] = started(forms)
    return figures


def _give(worker: Worker, left: Iterator[int]) -> bool:
    seed = next(left, None)
    if seed is None:
        return False
    worker.pipe.send(seed)
    worker.seed, worker.since = seed, time.monotonic()
    return True


def _outcome(worker: Worker, *, answered: bool) -> Outcome | None:
    """What the worker says, or that it died or hangs; None while it is at it."""
    if answered:
        try:
            outcome: Outcome = worker.pipe.recv()
        except (EOFError, ConnectionResetError):
            worker.process.join()
            return Outcome("failed", reason=f"killed its process ({worker.process.exitcode})")
        return outcome
    # Twice the time: a worker also has to start, and to make the mutant.
    if time.monotonic() - worker.since > 2 * LONGEST:
        worker.process.kill()
        worker.process.join()
        return Outcome("failed", reason="hangs")
    return None


def main() -> int:
    """Runs as the command line says, prints the figures, and tells by its status whether all is well."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("count", type=int, help="how many mutants")
    parser.add_argument("--seed", type=int, default=0, help="the first one's number")
    given = parser.parse_args()
    start = time.perf_counter()
    figures = run(given.count, given.seed)
    lines = [f"mutants: {given.count}, from {given.seed}"]
    lines += [f"{what}: {count}" for what, count in sorted(figures.counts.items())]
    lines.append(f"slowest: {figures.slowest:.2f} s (seed {figures.slowest_seed})")
    lines.append(f"elapsed: {time.perf_counter() - start:.0f} s")
    for seed, reason in figures.failures.items():
        # Kept, since LibreOffice does not save the same bytes twice.
        kept = Path(tempfile.gettempdir()) / f"uppsikt-fuzz-{seed}"
        kept.write_bytes(mutant(seed, originals())[1])
        lines.append(f"\nFAILED seed {seed}, kept in {kept}: {reason}")
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if figures.failures else 0


if __name__ == "__main__":
    sys.exit(main())
