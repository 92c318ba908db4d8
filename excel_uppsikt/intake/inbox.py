"""The inbox read into a `Collection`: every file looked at, none changed, no bad one stopping the rest."""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from excel_uppsikt.excel.reading import UnreadableError, file_bytes
from excel_uppsikt.findings.catalogue.files import F203, F204, F208
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.intake.choosing import choose_submissions, owner_in_words
from excel_uppsikt.intake.containers import hidden_workbook
from excel_uppsikt.intake.folders import look_through
from excel_uppsikt.intake.given_ids import GivenIds
from excel_uppsikt.intake.known_files import KnownFiles, file_key
from excel_uppsikt.intake.opening import FileOpened, Known, Unread, open_all, open_file
from excel_uppsikt.intake.outcome import FileRead, Outcome
from excel_uppsikt.intake.own_letters import with_mails
from excel_uppsikt.intake.own_words import OurMails
from excel_uppsikt.intake.refusals import beside
from excel_uppsikt.intake.renamed import with_new_names
from excel_uppsikt.intake.sent_mails import SentMails
from excel_uppsikt.intake.submission import OpenedForm, read_submission
from excel_uppsikt.intake.table import RawRow, SheetRows, inbox_table, rows_by_part
from excel_uppsikt.language.file_names import TakenNames
from excel_uppsikt.model import Collection, Plan
from excel_uppsikt.round_paths import INBOX, relative
from excel_uppsikt.sharing import ExecutorFor, in_this_process

if TYPE_CHECKING:
    import pandas as pd

# Bytes of unread files that lie in memory at a time; two thousand forms have no more.
_MOST_GATHERED = 50_000_000
# What is told of a file also when it is not used: why it may have come under the wrong name.
_ABOUT_OWNER = (F203, F204, F208)


@dataclass(frozen=True, slots=True)
class Inbox:
    """What the inbox held: its forms as submissions, and what is wrong with its files and rows.

    `table` has the rows of all forms as they stood, and `use` is the coordinator's choice of files, under
    the names that they have now. `unreadable` is whether any file could not be read; it may be another time.
    """

    collection: Collection
    findings: tuple[Finding, ...]
    table: Callable[[], "pd.DataFrame"] = field(compare=False)
    use: Mapping[str, bool] = field(default_factory=dict)
    unreadable: bool = False

    @property
    def cells(self) -> "pd.DataFrame":
        """The table of every form's rows, as `intake/table.py` describes it."""
        return self.table()


def collect(
    folder: Path,
    plan: Plan,
    *,
    use: Mapping[str, bool] | None = None,
    contents: Mapping[str, str] | None = None,
    given: GivenIds | None = None,
    files: KnownFiles | None = None,
    sent: SentMails | None = None,
    aside: Container[str] = (),
    progress: Callable[[str], None] = lambda _: None,
    executor_for: ExecutorFor = in_this_process,
) -> Inbox:
    """What the round's inbox holds, and what is wrong with its files and rows.

    `use` is the coordinator's choice of files to use or set aside, `contents` the marks of those that were
    there when it was made, `given` the Ids that the program has given activities. `files` are those known
    from the last reading, which are not read again, `sent` the mails that have gone out. Those whose
    `file_key` is among `aside` do not count. `progress` is called
    with each file's name as it is read. `executor_for` gives the executor that opens so many unread files,
    with the same result.
    """
    known = Known.of(plan, given or GivenIds())
    opened, passed_over = _open_all(folder, known, files, aside, executor_for, progress)
    return _together(known, files, opened, passed_over, use or {}, contents or {}, sent)


def read_arrival(plan: Plan, name: str, data: bytes, given: GivenIds) -> Inbox:
    """What one file says, as if nothing else lay in the inbox, where it has this name."""
    known = Known.of(plan, given)
    opened = _Opened("", open_file(known, Unread(name, data)))
    return _together(known, None, [opened], [], {}, {})


def _together(
    known: Known,
    kept: KnownFiles | None,
    files: Sequence["_Opened | FileRead"],
    passed_over: Sequence[str],
    use: Mapping[str, bool],
    contents: Mapping[str, str],
    sent: SentMails | None = None,
) -> Inbox:
    """The files laid beside each other: which of them are used, and what is told of them."""
    read, table = _read_all(known, kept, files)
    outcomes = with_mails(read, OurMails.of(known.plan, sent))
    submissions = [read.submission for read in outcomes if read.submission is not None]
    use = with_new_names(use, contents, submissions)
    chosen, set_aside = choose_submissions(submissions, use)
    unused = {submission.file for submission in chosen if not submission.used}
    in_use = {
        owner_in_words(submission): submission.file for submission in chosen if submission.used
    }
    findings = [
        beside(finding, read.unreadable_unit, in_use)
        for read in outcomes
        for finding in read.findings
        if finding.file not in unused or finding.of(*_ABOUT_OWNER)
    ]
    unreadable = frozenset(read.unreadable_unit for read in outcomes if read.unreadable_unit)
    collection = Collection(tuple(chosen), unreadable, tuple(passed_over))
    missed = any(read.unreadable for read in outcomes)
    return Inbox(collection, (*findings, *set_aside), table, use, missed)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file that has been opened, by what it is known by ('' where nothing is kept of it)."""

    key: str
    file: FileOpened

    @property
    def sheets(self) -> Iterator[SheetRows]:
        """The rows of its forms' sheets, in order."""
        for form in self.file.contents:
            if isinstance(form, OpenedForm):
                for one in form.sheets:
                    yield SheetRows(form.file, one.name, one.goal.text, one.rows)


def _open_all(
    folder: Path,
    known: Known,
    kept: KnownFiles | None,
    aside: Container[str],
    executor_for: ExecutorFor,
    progress: Callable[[str], None],
) -> tuple[list[_Opened | FileRead], list[str]]:
    """Every file, opened or known already, and the names passed over."""
    found = look_through(folder)
    passed_over: list[str] = []
    refused: list[_Opened | FileRead] = []
    taken = TakenNames()

    def refuse(path: Path, error: UnreadableError) -> None:
        refused.append(_nothing_but(known.unreadable(taken.own(relative(folder, path)), error)))

    for path in found.passed_over:
        place = PurePosixPath(path.relative_to(folder / INBOX).as_posix())
        told = hidden_workbook(place, partial(file_bytes, path))
        if told is None:
            passed_over.append(relative(folder, path))
        else:
            refuse(path, told)
    for path, reason in found.missed:
        refuse(path, UnreadableError(reason))
    # Names that differ on the disk can be written alike.
    named = [(path, taken.own(relative(folder, path))) for path in found.files]
    files = [*refused, *_in_turn(named, known, kept, aside, executor_for, progress)]
    names_inside = (
        name
        for file in files
        for name in (file.file if isinstance(file, _Opened) else file).passed_over
    )
    return files, [*passed_over, *names_inside]


def _in_turn(
    named: Sequence[tuple[Path, str]],
    known: Known,
    kept: KnownFiles | None,
    aside: Container[str],
    executor_for: ExecutorFor,
    progress: Callable[[str], None],
) -> list[_Opened | FileRead]:
    """Each file in order. Those to be opened are gathered, but no more than may lie in memory."""
    files: list[_Opened | FileRead | Unread] = []
    size = 0

    def open_gathered() -> None:
        waiting = [(at, file) for at, file in enumerate(files) if isinstance(file, Unread)]
        opened = open_all(known, [file for _, file in waiting], executor_for, progress)
        for (at, file), came in zip(waiting, opened, strict=True):
            files[at] = _Opened(file.key, came)

    for path, name in named:
        try:
            data = file_bytes(path)
        except UnreadableError as error:
            progress(name)
            files.append(_nothing_but(known.unreadable(name, error)))
            continue
        key = file_key(name, data) if kept is not None or aside else ""
        if key in aside:
            progress(name)
            continue
        read = kept.known(key, known.given) if kept is not None else None
        if read is not None:
            progress(name)
            files.append(read)
            continue
        files.append(Unread(name, data, key if kept is not None else ""))
        size += len(data)
        if size > _MOST_GATHERED:
            open_gathered()
            size = 0
    open_gathered()
    return [file for file in files if not isinstance(file, Unread)]


def _nothing_but(outcome: Outcome) -> FileRead:
    return FileRead((outcome,), (), tuple)


def _read_all(
    known: Known, kept: KnownFiles | None, files: Sequence[_Opened | FileRead]
) -> tuple[list[Outcome], Callable[[], "pd.DataFrame"]]:
    """What came of every file, those just opened read from the table of them all; and the whole table."""
    opened = [file for file in files if isinstance(file, _Opened)]
    fresh = inbox_table(sheet for file in opened for sheet in file.sheets) if opened else None
    by_part, part = rows_by_part(fresh) if fresh is not None else {}, 0
    reads: list[FileRead] = []
    for file in files:
        if isinstance(file, _Opened):
            sheets = tuple(file.sheets)
            rows = [by_part.get(at, []) for at in range(part, part + len(sheets))]
            part += len(sheets)
            outcomes = tuple(_read(known, file.file, rows))
            read = FileRead(outcomes, file.file.passed_over, partial(tuple, sheets))
            if kept is not None:
                kept.keep(file.key, read, file.file.asked)
            reads.append(read)
        else:
            reads.append(file)

    def whole() -> "pd.DataFrame":
        if fresh is not None and len(opened) == len(files):
            return fresh
        return inbox_table(sheet for read in reads for sheet in read.sheets())

    return [outcome for read in reads for outcome in read.outcomes], whole


def _read(known: Known, file: FileOpened, rows: Sequence[Sequence[RawRow]]) -> Iterator[Outcome]:
    """What came of an opened file, by the rows of each of its forms' sheets."""
    given, part = GivenIds(file.asked), 0
    for form in file.contents:
        if isinstance(form, Outcome):
            yield form
            continue
        of_form = rows[part : part + len(form.sheets)]
        part += len(form.sheets)
        try:
            yield Outcome(*read_submission(known.plan, form, of_form, known.names, given))
        except UnreadableError as error:
            yield known.unreadable(form.file, error)
