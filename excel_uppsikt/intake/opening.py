"""Files of the inbox opened: by this process, or by an executor's workers, with the same result.

A worker needs nothing but the package, what is known before any file is read, and the files' bytes.
"""

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial

from excel_uppsikt.excel.reading import UnreadableError
from excel_uppsikt.excel.workbook import Workbook
from excel_uppsikt.findings.finding import CannotRunError, Finding
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form.definition import COMMON
from excel_uppsikt.intake.containers import contents_of
from excel_uppsikt.intake.given_ids import GivenIds
from excel_uppsikt.intake.identity import from_file_name
from excel_uppsikt.intake.known_files import AskedIds, sources_mark
from excel_uppsikt.intake.mail_text import Written
from excel_uppsikt.intake.names import UnitNames
from excel_uppsikt.intake.outcome import Mail, Outcome
from excel_uppsikt.intake.plan_texts import PlanTexts
from excel_uppsikt.intake.refusals import refusal
from excel_uppsikt.intake.submission import OpenedForm, open_form
from excel_uppsikt.model import FormKind, Plan
from excel_uppsikt.sharing import ExecutorFor, shared_out

# What a worker is given at a time: little enough that all have something to do until the end.
_FILES_EACH, _BYTES_EACH = 8, 4_000_000

_OTHER_PROGRAM = (
    "Klustrets datorer har en annan version av uppsikt än den här datorn. Inget ändrades. Installera samma "
    "version på alla, eller kör utan --dask."
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before a file is read: the plan, its units' names and texts, and Ids given."""

    plan: Plan
    names: UnitNames
    texts: PlanTexts
    given: GivenIds

    @classmethod
    def of(cls, plan: Plan, given: GivenIds) -> "Known":
        """What is known of a plan's forms."""
        return cls(plan, UnitNames.of(plan), PlanTexts.of(plan), given)

    def unreadable(self, name: str, error: UnreadableError) -> Outcome:
        """That a file could not be read, and whose it seems to be by its name."""
        finding = refusal(Place(name), error)
        identity = from_file_name(self.plan, self.names, name)
        common = identity is not None and identity.kind is FormKind.COMMON
        owner = (
            f"{COMMON} {identity.department}" if identity and common else self.names.unit_in(name)
        )
        return Outcome(None, (finding,), owner, unreadable=True)


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that has to be read: its name, its bytes, and what it is known by ('' for nothing)."""

    name: str
    data: bytes = field(repr=False)
    key: str = ""


@dataclass(frozen=True, slots=True)
class FileOpened:
    """A file's forms, whose rows are still to be read, among what else came of it.

    `asked` are the Ids that have been asked for.
    """

    contents: tuple[OpenedForm | Outcome, ...]
    passed_over: tuple[str, ...]
    asked: AskedIds


# What a worker says of a file: its contents, what was passed over, and the Ids that were asked for.
_Said = tuple[tuple[OpenedForm | Outcome, ...], tuple[str, ...], dict[str, str], bool]


def open_all(
    known: Known,
    files: Sequence[Unread],
    executor_for: ExecutorFor,
    progress: Callable[[str], None],
) -> Iterator[FileOpened]:
    """Each file opened, in order; `progress` is called with the name of each."""
    executor = executor_for(len(files)) if files else None
    if executor is None:
        for file in files:
            progress(file.name)
            yield open_file(known, file)
        return
    shares = list(_shares(files))
    work = partial(_open_some, sources_mark(), pickle.dumps(known))
    for share, said in zip(shares, shared_out(executor, work, shares), strict=True):
        if said is None:
            raise CannotRunError(_OTHER_PROGRAM)
        for file, (contents, passed_over, marks, all_asked) in zip(share, said, strict=True):
            progress(file.name)
            yield FileOpened(contents, passed_over, AskedIds(known.given, marks, all_asked))


def _shares(files: Iterable[Unread]) -> Iterator[list[Unread]]:
    """The files in order, as many together as a worker is given at a time."""
    share: list[Unread] = []
    size = 0
    for file in files:
        if share and (len(share) == _FILES_EACH or size + len(file.data) > _BYTES_EACH):
            yield share
            share, size = [], 0
        share.append(file)
        size += len(file.data)
    if share:
        yield share


def _open_some(program: str, packed: bytes, files: Sequence[Unread]) -> list[_Said] | None:
    """What a worker gives for some files; None where it has another program than who asks."""
    if program != sources_mark():
        return None
    known = _unpacked(packed)
    opened = [open_file(known, file) for file in files]
    return [(one.contents, one.passed_over, one.asked.marks, one.asked.all_asked) for one in opened]


@lru_cache(maxsize=1)
def _unpacked(packed: bytes) -> Known:
    known: Known = pickle.loads(packed)  # noqa: S301  made by `open_all`, for its own workers
    return known


def open_file(known: Known, file: Unread) -> FileOpened:
    """A file opened, with what is asked of the Ids given."""
    asked = AskedIds(known.given)
    given = GivenIds(asked)
    contents: list[OpenedForm | Outcome] = []
    passed_over: list[str] = []
    for content in contents_of(file.data):
        inside = f"{file.name}/{content.inside}" if content.inside else file.name
        if content.content is None:
            passed_over.append(inside)
        elif isinstance(content.content, Written):
            contents.append(Outcome(None, (), mail=Mail(inside, content.content)))
        else:
            contents.append(_open(known, given, inside, content.content))
    return FileOpened(tuple(contents), tuple(passed_over), asked)


def _open(
    known: Known, given: GivenIds, name: str, content: Workbook | UnreadableError
) -> OpenedForm | Outcome:
    if isinstance(content, UnreadableError):
        return known.unreadable(name, content)
    try:
        form = open_form(known.plan, name, content, known.texts, given)
    except UnreadableError as error:
        return known.unreadable(name, error)
    return Outcome(None, (form,)) if isinstance(form, Finding) else form
