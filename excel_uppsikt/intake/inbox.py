"""The inbox read into a `Collection`: every file looked at, none changed, no bad one stopping the rest."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from excel_uppsikt.excel.reading import UnreadableError, file_bytes
from excel_uppsikt.excel.workbook import Workbook
from excel_uppsikt.findings.catalogue.files import F203, F204, F207, F208
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form.definition import COMMON
from excel_uppsikt.intake.choosing import choose_submissions, owner_in_words
from excel_uppsikt.intake.containers import contents_of, hidden_workbook
from excel_uppsikt.intake.folders import look_through
from excel_uppsikt.intake.given_ids import GivenIds
from excel_uppsikt.intake.identity import from_file_name
from excel_uppsikt.intake.known_files import AskedIds, KnownFiles, file_key
from excel_uppsikt.intake.mail_text import Written
from excel_uppsikt.intake.names import UnitNames
from excel_uppsikt.intake.outcome import FileRead, Outcome
from excel_uppsikt.intake.own_words import OurMails, own_words
from excel_uppsikt.intake.plan_texts import PlanTexts
from excel_uppsikt.intake.refusals import beside, refusal
from excel_uppsikt.intake.renamed import with_new_names
from excel_uppsikt.intake.submission import OpenedForm, open_form, read_submission
from excel_uppsikt.intake.table import RawRow, SheetRows, inbox_table, rows_by_part
from excel_uppsikt.language.file_names import TakenNames
from excel_uppsikt.model import Collection, FormKind, Plan
from excel_uppsikt.round_paths import INBOX, relative

if TYPE_CHECKING:
    import pandas as pd

# What is told of a file also when it is not used: why it may have come under the wrong name.
_ABOUT_OWNER = (F203, F204, F208)


@dataclass(frozen=True, slots=True)
class Inbox:
    """What the inbox held: its forms as submissions, and what is wrong with its files and rows.

    `table` has the rows of all forms as they stood, and `use` is the coordinator's choice of files, under
    the names that they have now.
    """

    collection: Collection
    findings: tuple[Finding, ...]
    table: Callable[[], "pd.DataFrame"] = field(compare=False)
    use: Mapping[str, bool] = field(default_factory=dict)

    @property
    def cells(self) -> "pd.DataFrame":
        """The table of every form's rows, as `intake/table.py` describes it."""
        return self.table()


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known before a file is read: the plan, its units' names and texts, Ids given, and files."""

    plan: Plan
    names: UnitNames
    texts: PlanTexts
    given: GivenIds
    mails: OurMails
    files: KnownFiles | None = None


def collect(
    folder: Path,
    plan: Plan,
    *,
    use: Mapping[str, bool] | None = None,
    contents: Mapping[str, str] | None = None,
    given: GivenIds | None = None,
    files: KnownFiles | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Inbox:
    """What the round's inbox holds, and what is wrong with its files and rows.

    `use` is the coordinator's choice of files to use or set aside, `contents` the marks of those that were
    there when it was made, `given` the Ids that the program has given activities. `files` are those known
    from the last reading, which are not read again. `progress` is called with each file's name before it
    is read.
    """
    names, texts, mails = UnitNames.of(plan), PlanTexts.of(plan), OurMails.of(plan)
    known = _Known(plan, names, texts, given or GivenIds(), mails, files)
    return _together(known, *_open_all(folder, known, progress), use or {}, contents or {})


def read_arrival(plan: Plan, name: str, data: bytes, given: GivenIds) -> Inbox:
    """What one file says, as if nothing else lay in the inbox, where it has this name."""
    known = _Known(plan, UnitNames.of(plan), PlanTexts.of(plan), given, OurMails.of(plan))
    return _together(known, [_open_file(known, name, data)], [], {}, {})


def _together(
    known: _Known,
    files_found: Sequence["_Opened | FileRead"],
    passed_over: Sequence[str],
    use: Mapping[str, bool],
    contents: Mapping[str, str],
) -> Inbox:
    """The files laid beside each other: which of them are used, and what is told of them."""
    outcomes, table = _read_all(known, files_found)
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
    return Inbox(collection, (*findings, *set_aside), table, use)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file that has been opened: its forms, whose rows are still to be read, among what else came of it.

    `known` is what was known then, which remembers the Ids that it has been asked for; `key` is '' where
    nothing is kept of what comes of the file.
    """

    key: str
    contents: tuple[OpenedForm | Outcome, ...]
    passed_over: tuple[str, ...]
    known: _Known

    @property
    def sheets(self) -> Iterator[SheetRows]:
        """The rows of its forms' sheets, in order."""
        for form in self.contents:
            if isinstance(form, OpenedForm):
                for one in form.sheets:
                    yield SheetRows(form.file, one.name, one.goal.text, one.rows)


def _open_all(
    folder: Path, known: _Known, progress: Callable[[str], None]
) -> tuple[list[_Opened | FileRead], list[str]]:
    """Every file, opened or known already, and the names passed over."""
    found = look_through(folder)
    passed_over: list[str] = []
    files: list[_Opened | FileRead] = []
    taken = TakenNames()

    def refused(path: Path, error: UnreadableError) -> None:
        files.append(_nothing_but(_unreadable(known, taken.own(relative(folder, path)), error)))

    for path in found.passed_over:
        place = PurePosixPath(path.relative_to(folder / INBOX).as_posix())
        told = hidden_workbook(place, partial(file_bytes, path))
        if told is None:
            passed_over.append(relative(folder, path))
        else:
            refused(path, told)
    for path, reason in found.missed:
        refused(path, UnreadableError(reason))
    for path in found.files:
        # Names that differ on the disk can be written alike.
        name = taken.own(relative(folder, path))
        progress(name)
        try:
            files.append(_open_file(known, name, file_bytes(path)))
        except UnreadableError as error:
            files.append(_nothing_but(_unreadable(known, name, error)))
    return files, [*passed_over, *(name for file in files for name in file.passed_over)]


def _nothing_but(outcome: Outcome) -> FileRead:
    return FileRead((outcome,), (), tuple)


def _open_file(known: _Known, name: str, data: bytes) -> _Opened | FileRead:
    """A file opened, or what came of it where it has been read before."""
    key = ""
    if known.files is not None:
        key = file_key(name, data)
        read = known.files.known(key, known.given)
        if read is not None:
            return read
        known = replace(known, given=GivenIds(AskedIds(known.given)))
    contents: list[OpenedForm | Outcome] = []
    passed_over: list[str] = []
    for content in contents_of(data):
        inside = f"{name}/{content.inside}" if content.inside else name
        if content.content is None:
            passed_over.append(inside)
        elif isinstance(content.content, Written):
            contents.append(Outcome(None, _words(known, inside, content.content)))
        else:
            contents.append(_open(known, inside, content.content))
    return _Opened(key, tuple(contents), tuple(passed_over), known)


def _open(known: _Known, name: str, content: Workbook | UnreadableError) -> OpenedForm | Outcome:
    if isinstance(content, UnreadableError):
        return _unreadable(known, name, content)
    try:
        form = open_form(known.plan, name, content, known.texts, known.given)
    except UnreadableError as error:
        return _unreadable(known, name, error)
    return Outcome(None, (form,)) if isinstance(form, Finding) else form


def _read_all(
    known: _Known, files: Sequence[_Opened | FileRead]
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
            outcomes = tuple(_read(file, rows))
            read = FileRead(outcomes, file.passed_over, partial(tuple, sheets))
            if known.files is not None and isinstance(file.known.given.activities, AskedIds):
                known.files.keep(file.key, read, file.known.given.activities)
            reads.append(read)
        else:
            reads.append(file)

    def whole() -> "pd.DataFrame":
        if fresh is not None and len(opened) == len(files):
            return fresh
        return inbox_table(sheet for read in reads for sheet in read.sheets())

    return [outcome for read in reads for outcome in read.outcomes], whole


def _read(file: _Opened, rows: Sequence[Sequence[RawRow]]) -> Iterator[Outcome]:
    """What came of an opened file, by the rows of each of its forms' sheets."""
    known, part = file.known, 0
    for form in file.contents:
        if isinstance(form, Outcome):
            yield form
            continue
        of_form = rows[part : part + len(form.sheets)]
        part += len(form.sheets)
        try:
            yield Outcome(*read_submission(known.plan, form, of_form, known.names, known.given))
        except UnreadableError as error:
            yield _unreadable(known, form.file, error)


def _words(known: _Known, name: str, written: Written) -> tuple[Finding, ...]:
    """F207 with what the sender has written in a mail beside what was sent to them."""
    words = own_words(written, known.mails)
    sender = f" från {written.sender}" if written.sender else ""
    return (find(F207.MAIL, Place(name), words, sender=sender),) if words else ()


def inbox_files(folder: Path) -> tuple[list[Path], list[str]]:
    """The inbox's files in order of name, and the lock, hidden and system files passed over."""
    found = look_through(folder)
    return found.files, [relative(folder, path) for path in found.passed_over]


def _unreadable(known: _Known, name: str, error: UnreadableError) -> Outcome:
    finding = refusal(Place(name), error)
    identity = from_file_name(known.plan, known.names, name)
    common = identity is not None and identity.kind is FormKind.COMMON
    owner = f"{COMMON} {identity.department}" if identity and common else known.names.unit_in(name)
    return Outcome(None, (finding,), owner, unreadable=True)
