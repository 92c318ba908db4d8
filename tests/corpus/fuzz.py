"""Mutated workbooks in an inbox beside a good form: `python -m tests.corpus.fuzz 10000 [--seed N]`.

Each mutant is made from its own number, so that a failure can be made again by
`python -m tests.corpus.fuzz 1 --seed NUMBER`. It fails where a check raises, takes more than ten seconds,
kills its process, or loses anything of the good form. The checks run in processes of their own.
"""

import argparse
import io
import random
import re
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from functools import cache
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from excel_uppsikt.model import Activity
from excel_uppsikt.rounds import checking as pipeline
from excel_uppsikt.word.pages import libreoffice
from tests.changed_forms import edited, own_sheet
from tests.corpus.gallery import DEVIATION, PLAN, good, google_like
from tests.corpus.gallery_sheets import note_on
from tests.excel.small_workbooks import zipped
from tests.libreoffice import converted
from tests.small_rounds import YOUTH, make_round, own_form, per_goal_form, row, shared_form

WORKERS = 2
LONGEST = 10.0
MEMORY = 4 << 30
BESIDE = "Bemanning.xlsx"
MUTANT = "Aa mutant.xlsx"
BESIDE_ROWS = {
    1: [row("Schemaläggning i god tid", status=DEVIATION)],
    2: [row("Ferieplatser"), row("Mentorer", units="Bemanning; Kultur och fritid")],
}

Parts = dict[str, bytes]
_TAG = re.compile(rb"<[^<>!?]+>")
_NUMBER = re.compile(rb"\d+")
_REFERENCE = re.compile(rb"\b[A-Z]{1,3}[1-9]\d*\b")
_VALUE = re.compile(rb"(?<=<v>)[^<]*|(?<=<text:p>)[^<]*")
_TEXT = re.compile(rb"(?:(?<=<t>)|(?<=<t xml:space=\"preserve\">)|(?<=<text:p>))[^<]*")
_ODD_NUMBERS = (b"0", b"-1", b"1", b"65536", b"1048576", b"1048577", b"2147483648", b"9" * 20, b"1e308",
                b"1e-320", b"NaN", b"", b"0.5", b"-45000", b"2958466")  # fmt: skip
_ODD_TEXTS = (
    "", " ", "\u200b", "\u202e", "=1+1", "#REF!", "-", "NA", "2024-02-30", "v. 53", "T4", "99999999",
    "1/1 0000", "31 december 9999", "0001-01-01", "Hela verksamheten", "Bemanning", "Hemtjänst;" * 50,
    "å" * 33_000, "_x0000_", "_xD800_", "Formulär-id: a / b / c", "Aktivitet", "minst 3 " * 200,
    "Ånge kommun 2023 T1", "och " * 300, "((((" * 200, "0" * 400, "²", "٣/٤ ٢٠٢٤", "⑳",
)  # fmt: skip


# --- Mutants ----------------------------------------------------------------------------------------


@cache
def originals() -> tuple[bytes, ...]:
    """Good workbooks to damage, in every format at hand."""
    common = shared_form(PLAN, {1: [row("Friskvårdsvecka")], 3: [row("Tomter", units="Bemanning")]})
    per_goal = per_goal_form(PLAN, YOUTH, [row("Läxhjälp", units="Hemtjänst; Bemanning")])
    inside = {"svar/Hemtjänst.xlsx": good(), "Mål 2.xlsx": per_goal, "läs.txt": b"hej"}
    noted = edited(good(), note_on("C5"), own_sheet)
    return (
        *(good(), common, google_like(), per_goal, noted, zipped(inside), mailed(inside)),
        *saved_elsewhere(good()),
    )


def mailed(files: Mapping[str, bytes]) -> bytes:
    """A mail with these files attached."""
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "chef@exempel.se", "Svar från Hemtjänst"
    mail.set_content("Hej! Här kommer formuläret.\n")
    for name, content in files.items():
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def saved_elsewhere(data: bytes) -> tuple[bytes, ...]:
    """The form as LibreOffice saves it as .ods and .xls, where LibreOffice is at hand."""
    if libreoffice() is None:
        return ()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "form.xlsx").write_bytes(data)
        saved = {kind: converted(folder, ["form.xlsx"], kind) for kind in ("ods", "xls")}
        return tuple((target / f"form.{kind}").read_bytes() for kind, target in saved.items())


def mutant(seed: int, forms: Sequence[bytes]) -> tuple[str, bytes]:
    """What was done to which workbook, and the result; the same for the same number."""
    pick = random.Random(seed)  # noqa: S311  repeatable damage, not a secret
    # The last is an .xls, whose reading starts a process: few of those are enough.
    weights = [8, 3, 3, 3, 4, 3, 2, 5, 1][: len(forms)]
    data = pick.choices(forms, weights)[0]
    if not data.startswith(b"PK") or pick.random() < 0.12:
        act = pick.choice(BYTE_ACTS)
        return act.__name__, act(pick, data)
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    acts = pick.choices(PART_ACTS, k=pick.choice((1, 1, 1, 2, 3, 6)))
    for act_on in acts:
        act_on(pick, parts)
    return "+".join(act.__name__ for act in acts), zipped(parts)


def flip_bits(pick: random.Random, data: bytes) -> bytes:
    """A few bits turned over."""
    damaged = bytearray(data)
    for _ in range(pick.choice((1, 1, 2, 8, 64))):
        damaged[pick.randrange(len(damaged))] ^= 1 << pick.randrange(8)
    return bytes(damaged)


def truncate(pick: random.Random, data: bytes) -> bytes:
    """The beginning of a file."""
    return data[: pick.randrange(len(data))]


def splice(pick: random.Random, data: bytes) -> bytes:
    """A stretch moved, doubled, zeroed or taken out."""
    start, end = sorted(pick.sample(range(len(data)), 2))
    end = min(end, start + 4_000)
    piece = pick.choice((b"", bytes(end - start), data[start:end] * 2, pick.randbytes(end - start)))
    return data[:start] + piece + data[end:]


def change_lines(pick: random.Random, data: bytes) -> bytes:
    """Lines moved, doubled or taken out, as mails are made of lines."""
    lines = data.split(b"\n")
    for _ in range(pick.choice((1, 2, 5))):
        line = lines.pop(pick.randrange(len(lines))) if len(lines) > 1 else b""
        place = pick.randrange(len(lines))
        lines[place:place] = [line] * pick.choice((0, 1, 2))
    return b"\n".join(lines)


def _part(pick: random.Random, parts: Parts) -> str:
    """A part's name, more often a sheet's than another's."""
    large = [name for name in parts if "sheet" in name or name == "content.xml"]
    return pick.choice(large if large and pick.random() < 0.7 else list(parts or {"tom": b""}))


def _replace(
    pick: random.Random,
    among: Parts,
    pattern: re.Pattern[bytes],
    make: Callable[[bytes], bytes],
    parts: Parts | None = None,
) -> None:
    """Some places that fit a pattern, in one part `among` some, made into something else."""
    parts = among if parts is None else parts
    name = _part(pick, among)
    content = parts.get(name, b"")
    places = [match.span() for match in pattern.finditer(content)]
    for start, end in sorted(pick.sample(places, min(len(places), pick.choice((1, 1, 3, 20)))))[
        ::-1
    ]:
        content = content[:start] + make(content[start:end]) + content[end:]
    parts[name] = content


def delete_tags(pick: random.Random, parts: Parts) -> None:
    """Tags gone, so that the XML is broken or means something else."""
    _replace(pick, parts, _TAG, lambda _: b"")


def double_tags(pick: random.Random, parts: Parts) -> None:
    """Tags written twice."""
    _replace(pick, parts, _TAG, lambda tag: tag * 2)


def double_elements(pick: random.Random, parts: Parts) -> None:
    """Whole rows or cells written twice, so that the XML stays sound."""
    kind = pick.choice(
        (rb"<c [^>]*?(?:/>|>.*?</c>)", rb"<row [^>]*?>.*?</row>", rb"<sheet [^>]*/>")
    )
    _replace(pick, parts, re.compile(kind, re.DOTALL), lambda element: element * 2)


def delete_elements(pick: random.Random, parts: Parts) -> None:
    """Whole rows, cells, texts, sheets or relations gone."""
    kind = pick.choice(
        (rb"<c [^>]*?(?:/>|>.*?</c>)", rb"<row [^>]*?>.*?</row>", rb"<si>.*?</si>", rb"<sheet [^>]*/>",
         rb"<Relationship [^>]*/>")
    )  # fmt: skip
    _replace(pick, parts, re.compile(kind, re.DOTALL), lambda _: b"")


def change_numbers(pick: random.Random, parts: Parts) -> None:
    """Numbers changed anywhere: values, styles, counts, indexes."""
    _replace(
        pick, parts, _NUMBER, lambda _: pick.choice((*_ODD_NUMBERS, b"%d" % pick.randrange(10**6)))
    )


def change_references(pick: random.Random, parts: Parts) -> None:
    """Cells that say they stand elsewhere, near or far."""

    def elsewhere(_: bytes) -> bytes:
        column = pick.choice((b"A", b"B", b"H", b"J", b"Z", b"AZ", b"BXX", b"XFD", b"ZZZ"))
        return column + b"%d" % pick.choice((1, 4, 5, 6, 44, 300, 5_000, 199_999, 1_048_576))

    _replace(pick, parts, _REFERENCE, elsewhere)


def change_texts(pick: random.Random, parts: Parts) -> None:
    """Texts changed to what people, and others, may write."""

    def odd(_: bytes) -> bytes:
        text = pick.choice(
            (*_ODD_TEXTS, "".join(chr(pick.randrange(32, 0x3000)) for _ in range(30)))
        )
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return escaped.encode("utf-8", "replace")

    _replace(
        pick, {name: parts[name] for name in parts if _TEXT.search(parts[name])}, _TEXT, odd, parts
    )


def change_values(pick: random.Random, parts: Parts) -> None:
    """Numbers in cells, which may also be the numbers of texts, changed to others."""
    numbers = (*_ODD_NUMBERS, b"45352", b"45352.75", b"3", b"20240301")
    _replace(pick, parts, _VALUE, lambda _: pick.choice(numbers))


def change_types(pick: random.Random, parts: Parts) -> None:
    """Cells that say they hold something else than they do."""
    kinds = (b"s", b"str", b"n", b"b", b"e", b"d", b"inlineStr", b"x", b"")
    _replace(pick, parts, re.compile(rb'(?<= t=")[^"]*'), lambda _: pick.choice(kinds))


def change_attributes(pick: random.Random, parts: Parts) -> None:
    """Attributes of any kind emptied or changed."""
    values = (
        b"",
        b"0",
        b"../../x",
        b"/xl/workbook.xml",
        b"rId1",
        b"1",
        b"hidden",
        b"\xc3\xa5" * 40,
    )
    _replace(pick, parts, re.compile(rb'(?<==")[^"]*'), lambda _: pick.choice(values))


def swap_values(pick: random.Random, parts: Parts) -> None:
    """Two values that change places."""
    name = _part(pick, parts)
    places = [match.span() for match in _VALUE.finditer(parts.get(name, b""))]
    if len(places) > 1:
        (a, b), (c, d) = sorted(pick.sample(places, 2))
        x = parts[name]
        parts[name] = x[:a] + x[c:d] + x[b:c] + x[a:b] + x[d:]


def swap_parts(pick: random.Random, parts: Parts) -> None:
    """Two parts with each other's content."""
    if len(parts) > 1:
        one, other = pick.sample(list(parts), 2)
        parts[one], parts[other] = parts[other], parts[one]


def delete_part(pick: random.Random, parts: Parts) -> None:
    """A part gone."""
    parts.pop(pick.choice(list(parts or {"tom": b""})), None)


def rename_part(pick: random.Random, parts: Parts) -> None:
    """A part under another name."""
    name = _part(pick, parts)
    parts[pick.choice((name.upper(), f"{name}x", f"xl/{name}", "xl/workbook.bin"))] = parts.pop(
        name, b""
    )


def noise_in_part(pick: random.Random, parts: Parts) -> None:
    """Bytes changed inside a part, with the zip around it sound."""
    name = _part(pick, parts)
    if parts.get(name):
        parts[name] = pick.choice(BYTE_ACTS)(pick, parts[name])


def hostile_xml(pick: random.Random, parts: Parts) -> None:
    """A declaration or deep nesting where a part begins."""
    name = _part(pick, parts)
    start = pick.choice(
        (b'<!DOCTYPE x [<!ENTITY a "b">]>', b"<a>" * 3_000, b"\xef\xbb\xbf", b"\xff\xfe", b"\0")
    )
    parts[name] = start + parts.get(name, b"")


BYTE_ACTS = (flip_bits, truncate, splice, change_lines)
PART_ACTS = (
    delete_tags, double_tags, double_elements, double_elements, delete_elements, delete_elements,
    change_numbers, change_references, change_references, change_texts, change_texts, change_texts,
    change_values, change_types, change_attributes, swap_values, swap_values, swap_parts, delete_part,
    rename_part, noise_in_part, hostile_xml,
)  # fmt: skip


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
