"""What the inbox's files said when they were last read, so that an unchanged one is not read again.

A file is known by its content and name, under the same plan and program and with the same answers about
the Ids that were asked for. What has come of it is then the very same. It holds the files of the last
reading and no others, up to a size.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b

from excel_uppsikt.excel.guard import limits
from excel_uppsikt.intake.given_ids import Given, GivenIds
from excel_uppsikt.intake.outcome import FileRead
from excel_uppsikt.intake.outcome_back import read_outcomes, read_sheets
from excel_uppsikt.intake.outcome_json import outcomes_text, sheets_text
from excel_uppsikt.intake.program_mark import program_mark, text_mark
from excel_uppsikt.model import Plan

# Bytes; 600 forms of twelve rows take a tenth of it.
LARGEST = 150_000_000
# The wings that what is read from a file can depend on.
_READING = ("language", "findings", "model", "round_paths.py", "excel", "plan", "form", "intake")


@dataclass(frozen=True, slots=True)
class _Kept:
    """What came of a file, as JSON, and the Ids asked for, each with a mark of what was known of it."""

    asked: Mapping[str, str]
    outcomes: bytes
    sheets: bytes


class KnownFiles:
    """The files that are known from the last reading, and those of this one as it goes on."""

    def __init__(self, plan: Plan, written: bytes = b"") -> None:
        """Those in what `as_written` gave, where it was of this plan and program; else none."""
        self._plan = plan
        self._frame = _mark(_program(), _limits(), repr(plan))
        self._before = dict(_kept_in(written, self._frame))
        self._now: dict[str, _Kept] = {}

    def known(self, key: str, given: GivenIds) -> FileRead | None:
        """What came of a file by its `file_key`; None where it has to be read."""
        kept = self._before.get(key)
        if kept is None or kept.asked != {made: _of_id(given, made) for made in kept.asked}:
            return None
        try:
            outcomes, passed_over = read_outcomes(self._plan, kept.outcomes)
        except ValueError:
            return None
        self._now[key] = kept
        return FileRead(outcomes, passed_over, lambda: read_sheets(kept.sheets))

    def keep(self, key: str, read: FileRead, asking: "AskedIds") -> None:
        """Keeps what came of a file, if all of it could be read and comes back as it is.

        What could not be read is tried anew each time: it may have been for want of time or memory.
        """
        if asking.all_asked or any(outcome.unreadable for outcome in read.outcomes):
            return
        try:
            said, rows = outcomes_text(read.outcomes, read.passed_over), sheets_text(read.sheets())
            if read_outcomes(self._plan, said) != (read.outcomes, read.passed_over):
                return
        except ValueError:
            return
        self._now[key] = _Kept(asking.marks, said, rows)

    @property
    def changed(self) -> bool:
        """Whether this reading has more or less to keep than the last one."""
        return self._now.keys() != self._before.keys() or any(
            self._now[key].asked != kept.asked for key, kept in self._before.items()
        )

    @property
    def empty(self) -> bool:
        """Whether nothing is to be kept."""
        return not self._now

    def as_written(self) -> bytes:
        """What is to be kept of this reading: a line of the whole, and three for each file."""
        lines = [self._frame.encode()]
        size = 0
        for key, kept in self._now.items():
            asked = json.dumps([key, kept.asked], ensure_ascii=False).encode("utf-8", "replace")
            size += len(asked) + len(kept.outcomes) + len(kept.sheets)
            if size > LARGEST:
                break
            lines += [asked, kept.outcomes, kept.sheets]
        return b"\n".join(lines)


@dataclass(slots=True)
class AskedIds(Mapping[str, Sequence[Given]]):
    """The activities of the Ids given, which remembers what it has been asked for."""

    given: GivenIds
    marks: dict[str, str] = field(default_factory=dict)
    all_asked: bool = False

    def __getitem__(self, made: str) -> Sequence[Given]:
        self.marks[made] = _of_id(self.given, made)
        return self.given.activities[made]

    def __iter__(self) -> Iterator[str]:
        self.all_asked = True
        return iter(self.given.activities)

    def __len__(self) -> int:
        self.all_asked = True
        return len(self.given.activities)


def _kept_in(written: bytes, frame: str) -> Iterator[tuple[str, _Kept]]:
    """The files kept in what was written; none where it is of another plan or program, or makes no sense."""
    head, *lines = written.split(b"\n")
    if head != frame.encode() or len(lines) % 3:
        return
    for at in range(0, len(lines), 3):
        try:
            match json.loads(lines[at]):
                case [str(key), dict(asked)]:
                    yield key, _Kept(asked, lines[at + 1], lines[at + 2])
        except (ValueError, RecursionError):
            continue


def file_key(name: str, data: bytes) -> str:
    """What a file is known by: its name and content."""
    return f"{_mark(name)} {blake2b(data, digest_size=32).hexdigest()}"


def _of_id(given: GivenIds, made: str) -> str:
    """A mark of what is known of an Id, '' for nothing."""
    known = given.activities.get(made)
    return "" if known is None else _mark(repr(known))


def _mark(*said: str) -> str:
    written = "\n".join(said).encode("utf-8", "backslashreplace")
    return blake2b(written, digest_size=16).hexdigest()


def _limits() -> str:
    """What is refused as too much, which a test may have set."""
    return repr(sorted((name, repr(most)) for name, most in vars(limits).items() if name.isupper()))


@cache
def sources_mark() -> str:
    """A mark of the program's own text, as far as it decides how a file is read."""
    return text_mark(_READING)


def _program() -> str:
    """A mark of all that decides how a file is read: the program's own text, and its libraries'."""
    return program_mark(_READING)
