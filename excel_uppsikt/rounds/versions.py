"""ut/versioner/: what was handed out, kept as it was. A version is a folder that is made once, and whole."""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from excel_uppsikt.compilation.decisions import rulings, was_sent_back
from excel_uppsikt.compilation.reading import CompilationError, read_compilation
from excel_uppsikt.findings.catalogue.files import F210
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.language.file_names import safe_file_name
from excel_uppsikt.language.text import listed
from excel_uppsikt.leftovers import BEGINNING, own_beginning
from excel_uppsikt.model import Compilation, Decisions, Department, Outcome, Plan, Ruling
from excel_uppsikt.report.account import letter_name, report_name
from excel_uppsikt.round_paths import COMPILATION_FILE, LETTERS, REPORTS, VERSIONS, relative
from excel_uppsikt.rounds.disk import OutputError, advice, content, lying_in, write_whole

_ABOUT = "version.json"
_COMPILATION = Path(COMPILATION_FILE).name


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a department's report, as its folder says: its number, day, and its files' hashes.

    `decided` is whether it was kept because a decision about it had been written.
    """

    folder: Path
    department: str
    number: int
    day: str
    files: Mapping[str, str]
    decided: bool


@dataclass(frozen=True, slots=True)
class KeptVersions:
    """The versions that were made now, and what is wrong with those that are there."""

    folder: Path
    made: tuple[Path, ...] = ()
    findings: tuple[Finding, ...] = ()
    ok: bool = True


def clock_day() -> date:
    """Today, where no other day is given."""
    return datetime.now().astimezone().date()


def versions(folder: Path, department: str) -> tuple[Version, ...]:
    """A department's versions by number; a folder that cannot be understood is none."""
    known = (_version(path) for path in _folders(folder))
    of = [one for one in known if one is not None and one.department == department]
    return tuple(sorted(of, key=lambda one: one.number))


def changed_versions(folder: Path) -> tuple[Finding, ...]:
    """F210 for each version that somebody has changed since it was made."""
    return tuple(found for path in _folders(folder) if (found := _fault(folder, path)) is not None)


def keep_version(
    folder: Path,
    plan: Plan,
    department: Department,
    today: date,
    *,
    completed: bool = False,
    decision: Ruling | None = None,
) -> Path | None:
    """Keeps a department's report as it lies, with letter and compilation; where it then is.

    None where there is no report, or where report and letter are those of the last version. `completed` is
    whether it is the report that was made after another was sent back, `decision` what has been decided
    about this very report, where that is known. The folder is there whole or not at
    all. Raises `OutputError` where it cannot be made.
    """
    before = versions(folder, department.name)
    parts = _parts(folder, plan, department, completed=completed)
    if parts is None:
        return None
    names = [name for name in parts if name != _COMPILATION]
    hashes = {name: _hash(data) for name, data in parts.items()}
    handed_out = {name: hashes[name] for name in names}
    if before and handed_out == _handed_out(before[-1]):
        return None
    number = max((one.number for one in before), default=0) + 1
    stem = safe_file_name(department.name)
    taken = {path.name.casefold() for path in _folders(folder)}
    while f"{stem} {number}".casefold() in taken:
        number += 1
    about = {
        "verksamhet": department.name,
        "version": number,
        "datum": today.isoformat(),
        "filer": hashes,
        "beslut": None if decision is None else _as_json(decision),
    }
    text = json.dumps(about, ensure_ascii=False, indent=1).encode("utf-8", "replace")
    return _put(folder / VERSIONS / f"{stem} {number}", {**parts, _ABOUT: text})


def keep_decided(folder: Path, plan: Plan, decisions: Decisions, today: date) -> KeptVersions:
    """Keeps each report that has been decided about without having been handed out, as it lies now.

    To be called before anything is made anew, which would write over it.
    """
    made: list[Path] = []
    for department in plan.departments:
        ruled = rulings(decisions, department.name)
        if ruled and not _is_kept(folder, plan, department, ruled):
            completed = any(one.outcome is Outcome.SENT_BACK for one in ruled[:-1])
            path = keep_version(
                folder, plan, department, today, completed=completed, decision=ruled[-1]
            )
            made += [path] if path else []
    return KeptVersions(folder, tuple(made), changed_versions(folder))


def keep_handed_out(
    folder: Path, plan: Plan, departments: Sequence[Department], today: date
) -> KeptVersions:
    """Keeps the reports of departments that are handed out now; those decided about before first."""
    path = folder / COMPILATION_FILE
    decisions = read_compilation(path, plan).compilation.decisions
    kept = keep_decided(folder, plan, decisions, today)
    made = [
        keep_version(folder, plan, one, today, completed=was_sent_back(decisions, one.name))
        for one in departments
    ]
    return replace(kept, made=(*kept.made, *(path for path in made if path)))


def sent_back_version(
    folder: Path, plan: Plan, department: Department, decisions: Decisions
) -> Version | None:
    """The version that was sent back the last time, None where there is none or nothing was."""
    ruled = rulings(decisions, department.name)
    last = max((at for at, one in enumerate(ruled) if one.outcome is Outcome.SENT_BACK), default=-1)
    about: Version | None = None
    for version in versions(folder, department.name) if last >= 0 else ():
        if _decisions_before(version, plan) <= last:
            about = version
    return about


def compilation_of(version: Version, plan: Plan) -> Compilation | None:
    """The compilation that was kept with a version, None where it cannot be read any more."""
    try:
        name = f"{VERSIONS}/{version.folder.name}/{_COMPILATION}"
        path = version.folder / _COMPILATION
        return read_compilation(path, plan, name=name).compilation if path.is_file() else None
    except CompilationError:
        return None


def _is_kept(folder: Path, plan: Plan, department: Department, ruled: Sequence[Ruling]) -> bool:
    """Whether there is a version that the last of the decisions is about."""
    # The last is the likeliest, and each takes a compilation to read.
    latest = reversed(versions(folder, department.name))
    return any(_decisions_before(one, plan) == len(ruled) - 1 for one in latest)


def _decisions_before(version: Version, plan: Plan) -> int:
    """How many decisions had been made about the department's report when a version was handed out."""
    compilation = compilation_of(version, plan)
    if compilation is None:
        # It cannot be said; the first is the likeliest, since few reports are sent back.
        return version.number - 1
    known = len(rulings(compilation.decisions, version.department))
    return known - 1 if version.decided and known else known


def _parts(
    folder: Path, plan: Plan, department: Department, *, completed: bool
) -> dict[str, bytes] | None:
    """The files to keep by name, None without a report."""
    paths = [folder / REPORTS / report_name(plan, department, completed=completed)]
    if not paths[0].is_file():
        return None
    if plan.settings.with_letter:
        paths.append(folder / LETTERS / letter_name(plan, department))
    paths.append(folder / COMPILATION_FILE)
    return {path.name: content(path) for path in paths if path.is_file()}


def _as_json(ruling: Ruling) -> dict[str, str | None]:
    return {
        "utfall": ruling.outcome.value,
        "datum": ruling.day.isoformat() if ruling.day else None,
        "paragraf": ruling.paragraph,
        "skal": ruling.reasons,
    }


def _folders(folder: Path) -> Iterator[Path]:
    return (
        path
        for path in lying_in(folder / VERSIONS)
        if path.is_dir() and not path.name.startswith(BEGINNING)
    )


def _version(path: Path) -> Version | None:
    try:
        kept = json.loads((path / _ABOUT).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    match kept:
        case {
            "verksamhet": str(department),
            "version": int(number),
            "datum": str(day),
            "filer": dict(files),
            "beslut": decision,
        } if all(_is_mark(*pair) for pair in files.items()):
            return Version(path, department, number, day, files, decision is not None)
    return None


def _is_mark(name: object, mark: object) -> bool:
    """Whether it is a file's name, of that folder, with its hash."""
    return isinstance(name, str) and Path(name).name == name and isinstance(mark, str)


def _handed_out(version: Version) -> dict[str, str]:
    return {name: mark for name, mark in version.files.items() if name != _COMPILATION}


def _fault(folder: Path, path: Path) -> Finding | None:
    version, place = _version(path), Place(relative(folder, path))
    if version is None:
        return find(F210.UNREADABLE, place)
    there = {one.name for one in lying_in(path) if not one.name.startswith(("~$", "."))}
    wrong = [
        name
        for name, mark in version.files.items()
        if not (path / name).is_file() or _hash(content(path / name)) != mark
    ]
    wrong += sorted(there - {*version.files, _ABOUT})
    return find(F210.CHANGED, place, names=listed(wrong)) if wrong else None


def _put(target: Path, files: Mapping[str, bytes]) -> Path:
    """Makes a folder with these files under a temporary name, and gives it its own once it is whole."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(dir=target.parent, prefix=own_beginning()))
        for name, data in files.items():
            write_whole(temporary / name, data)
        # Temporary folders are private; this is for everyone who can open the round's.
        temporary.chmod(0o755)
        os.rename(temporary, target)  # noqa: PTH104  which never writes over a folder with anything in it
    except OSError as error:
        raise OutputError(f"{target} kan inte skrivas. {advice(target, error)}") from error
    return target


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
