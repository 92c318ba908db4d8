"""A file in the inbox with all it holds: a workbook, or the workbooks in a mail or a zip file.

Nothing is ever written to disk, nothing is opened more than one level down (a mail forwarded in a
mail is the exception), and one bad member never costs the others.
"""

import io
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from excel_uppsikt.excel.guard.limits import (
    MAX_FILE,
    MAX_MEMBERS,
    MAX_TEXT_TOGETHER,
    check_size,
)
from excel_uppsikt.excel.guard.zip_files import entry_ends, read_entry
from excel_uppsikt.excel.reading import (
    FileKind,
    Reason,
    UnreadableError,
    read_workbook_bytes,
)
from excel_uppsikt.excel.workbook import Workbook
from excel_uppsikt.form.definition import LISTS_SHEET
from excel_uppsikt.intake.folders import hidden_by, left_behind
from excel_uppsikt.intake.mail_parts import mail_parts
from excel_uppsikt.intake.mail_text import Written
from excel_uppsikt.language.file_names import TakenNames
from excel_uppsikt.language.text import clean

_DRIVE = re.compile(r"[A-Za-z]:")
_LONGEST_NAME, _DEEPEST = 120, 10
# Seconds; two hundred ordinary forms take one or two. A small file can hold as many of the slowest.
_LONGEST = 60
_UTF8_NAMES, _ENCRYPTED = 0x800, 1
_MAILS = (FileKind.MAIL, FileKind.OUTLOOK)
_CONTAINERS = (*_MAILS, FileKind.ZIP)
# The choices of the dropdowns, long in a plan of many units: the plan itself has them.
_UNASKED = frozenset({LISTS_SHEET})


@dataclass(frozen=True, slots=True)
class Content:
    """A file, or one inside it: its path there ('' for itself), and the workbook or why there is none.

    It is what is written for a mail, and None for what programs leave behind in a container, which is
    passed over.
    """

    inside: str
    content: Workbook | UnreadableError | Written | None


@dataclass(frozen=True, slots=True)
class _Member:
    path: str
    read: Callable[[], bytes]


def contents_of(data: bytes, seconds: float = _LONGEST) -> Iterator[Content]:
    """The workbook in a file, or those in a mail or zip file, each with what else lies beside it.

    Of a mail what is written in it comes first. A mail or zip file without anything like a workbook is told
    as what it is. What is left of one after so many seconds is refused.
    """
    try:
        yield Content("", read_workbook_bytes(data, without=_UNASKED))
        return
    except UnreadableError as error:
        refusal = error
    if refusal.kind not in _CONTAINERS:
        yield Content("", refusal)
        return
    try:
        members, written = _members(data, refusal.kind)
    except UnreadableError as error:
        yield Content("", error)
        return
    yield from written
    yield from _read_members(members, refusal, seconds)


def _read_members(
    members: list[_Member], refusal: UnreadableError, seconds: float
) -> Iterator[Content]:
    others: list[Content] = []
    found = False
    end = time.monotonic() + seconds
    text = 0
    for member in members:
        if left_behind(PurePosixPath(member.path)):
            in_time = time.monotonic() < end
            told = hidden_workbook(PurePosixPath(member.path), member.read) if in_time else None
            found |= told is not None
            yield Content(member.path, told)
            continue
        content = (
            _read_member(member)
            if time.monotonic() < end
            else UnreadableError(Reason.TOGETHER, f"tar mer än {seconds:g} sekunder att läsa")
        )
        if isinstance(content, Workbook):
            text += content.text_size
            if text > MAX_TEXT_TOGETHER:
                most = MAX_TEXT_TOGETHER // 1_000_000
                content = UnreadableError(Reason.TOGETHER, f"har mer än {most} MB text")
        others.append(Content(member.path, content))
        found |= isinstance(content, Workbook) or _may_hold_one(content)
        if found:
            yield from others
            others = []
    if not found:
        yield Content("", refusal)


def may_hold_workbook(content: Content) -> bool:
    """Whether it is a workbook, or was refused though it may be or hold one."""
    found = content.content
    return isinstance(found, Workbook) or (
        isinstance(found, UnreadableError) and _may_hold_one(found)
    )


def hidden_workbook(path: PurePosixPath, read: Callable[[], bytes]) -> UnreadableError | None:
    """That a file is a workbook, though its name begins as those of programs' own files; else None."""
    mark = hidden_by(path)
    if not mark:
        return None
    try:
        read_workbook_bytes(read())
    except UnreadableError as error:
        # A lock file cannot be opened while the workbook is open.
        if error.reason in (Reason.NOT_WORKBOOK, Reason.BUSY):
            return None
    return UnreadableError(Reason.HIDDEN, f"”{mark}”")


def _may_hold_one(error: UnreadableError) -> bool:
    """Whether what was refused may be, or hold, the workbook that was meant."""
    return error.reason is not Reason.NOT_WORKBOOK


def _read_member(member: _Member) -> Workbook | UnreadableError:
    try:
        return read_workbook_bytes(member.read(), without=_UNASKED)
    except UnreadableError as error:
        nested = error.reason is Reason.NOT_WORKBOOK and error.kind in _CONTAINERS
        return UnreadableError(Reason.NESTED, kind=error.kind) if nested else error


def _members(data: bytes, kind: FileKind | None) -> tuple[list[_Member], list[Content]]:
    """What a container holds, under safe paths of which no two are the same, and what is written in it."""
    written: list[Content] = []
    if kind in _MAILS:
        parts = mail_parts(data, kind)
        members = [_Member(path, read) for path, read in parts.files]
        written = [
            Content(path and safe_path(path), w)
            for path, w in parts.written
            if w.text.strip() or w.unread
        ]
    else:
        members = _zip_members(data)
    names = TakenNames()
    named = [_Member(names.own(safe_path(m.path)), m.read) for m in members]
    if sum(not left_behind(PurePosixPath(member.path)) for member in named) > MAX_MEMBERS:
        raise UnreadableError(Reason.TOO_MANY, f"fler än {MAX_MEMBERS} filer")
    return named, written


def _zip_members(data: bytes) -> list[_Member]:
    # The check that told it to be a zip file has counted its entries.
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        entries = [entry for entry in source.infolist() if not entry.is_dir()]
    if entries and all(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise UnreadableError(Reason.ENCRYPTED, kind=FileKind.ZIP)
    members: list[_Member] = []
    before = 0
    ends = entry_ends(entries, len(data))
    for entry in sorted(entries, key=lambda entry: entry.filename):
        read = partial(_unpacked, data, entry, ends[entry.header_offset], before)
        members.append(_Member(_entry_name(entry), read))
        # No more than it claims is ever unpacked, so what there is before the next can be told now.
        if entry.file_size <= MAX_FILE:
            before += entry.file_size
    return members


def _unpacked(data: bytes, entry: zipfile.ZipInfo, end: int, before: int) -> bytes:
    check_size(entry.file_size)
    if entry.flag_bits & _ENCRYPTED:
        raise UnreadableError(Reason.ENCRYPTED, kind=FileKind.ZIP)
    try:
        return read_entry(data, entry, end, before)
    except UnreadableError:
        raise
    # As when a workbook is unpacked: zipfile and zlib raise a dozen kinds of exceptions.
    except Exception as error:
        raise UnreadableError(Reason.DAMAGED) from error


def _entry_name(entry: zipfile.ZipInfo) -> str:
    """An entry's name; a Mac writes UTF-8 without the mark that says so."""
    if not entry.flag_bits & _UTF8_NAMES:
        with suppress(UnicodeError):
            return entry.filename.encode("cp437").decode("utf-8")
    return entry.filename


def safe_path(name: str) -> str:
    """A name from outside as a relative path with `/`, in composed letters, that leads nowhere else."""
    parts = [" ".join(clean(part).split()) for part in name.replace("\\", "/").split("/")]
    parts = [part for part in parts if part not in ("", ".", "..") and not _DRIVE.fullmatch(part)]
    return "/".join(_short(part) for part in parts[-_DEEPEST:]) or "namnlös"


def _short(name: str) -> str:
    """A name cut to a length that can be read, with its extension."""
    extension = PurePosixPath(name).suffix[:10]
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 11]}…{extension}"
