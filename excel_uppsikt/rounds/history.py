"""Each round's tables kept in historik/: what `export` has, and units and changes."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from excel_uppsikt import figures
from excel_uppsikt.findings.code import Severity
from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.history import keeping
from excel_uppsikt.history.keeping import kept_file, round_name, with_keys
from excel_uppsikt.leftovers import BEGINNING, remove_leftovers
from excel_uppsikt.model import Change, ChangeKind
from excel_uppsikt.round_paths import COMPILATION_FILE, INBOX, PLAN_FILE, REPORTS
from excel_uppsikt.rounds.checking import Progress, check_round, no_progress
from excel_uppsikt.rounds.disk import last_saved, lying_in, write_whole
from excel_uppsikt.rounds.many import rounds_in
from excel_uppsikt.rounds.owing import Owing, owed
from excel_uppsikt.rounds.results import CheckedRound
from excel_uppsikt.rounds.tables import Round
from excel_uppsikt.rounds.versions import clock_day

_TEXT, _WHOLE, _DAY, _YES = "string", "Int64", "datetime64[s]", "boolean"
_UNITS = {
    "department": _TEXT,
    "unit": _TEXT,
    "handed_in": _YES,
    "saved": _DAY,
    "deadline": _DAY,
    "late": _YES,
    "activities": _WHOLE,
    "errors": _WHOLE,
    "warnings": _WHOLE,
    "rule": _YES,
}
_CHANGES = {
    "kind": _TEXT,
    "id": _TEXT,
    "goal": _TEXT,
    "area": _TEXT,
    "department": _TEXT,
    "unit": _TEXT,
    "title": _TEXT,
    "before": _TEXT,
    "now": _TEXT,
    "days": _WHOLE,
}
_COVERAGE = {"number": _WHOLE, "goal": _TEXT, "area": _TEXT, "department": _TEXT, "unit": _TEXT}


@dataclass(frozen=True, slots=True)
class RoundKept:
    """A round whose tables have been kept, with how many rows; or `told` says why they could not be.

    `still` is whether files of an earlier time stand, and `activities` how many its reports count.
    """

    folder: Path
    rows: Mapping[str, int]
    told: str = ""
    still: bool = False
    activities: int = 0


def keep_rounds(folder: Path, *, progress: Progress = no_progress) -> Iterator[RoundKept]:
    """Keeps the tables of every round in a folder; one that cannot be read leaves its old files as they are.

    Raises `CannotRunError` where there is no round, or what writes the files is not installed.
    """
    keeping.check_installed("history")
    found = rounds_in(folder)
    if not found:
        raise CannotRunError(f"Det finns ingen omgång i {folder}: ingen mapp där har en plan.xlsx.")
    remove_leftovers((folder / keeping.FOLDER).rglob(f"{BEGINNING}*"))
    for one in found:
        name = round_name(folder, one)
        try:
            tables = round_tables(check_round(one, progress=progress), name)
            for table, frame in tables.items():
                write_whole(kept_file(folder, table, name), keeping.as_parquet(frame))
        except CannotRunError as error:
            told = " ".join(str(error).split())
        except OSError as error:
            told = f"{error.filename or 'En fil'} kan inte läsas eller skrivas."
        else:
            rows = {table: len(frame) for table, frame in tables.items()}
            reported = int(tables[keeping.ACTIVITIES]["counted"].sum())
            yield RoundKept(one, rows, activities=reported)
            continue
        still = kept_file(folder, keeping.UNITS, name).is_file()
        yield RoundKept(one, {}, told, still)


def without_folder(folder: Path) -> tuple[str, ...]:
    """The rounds that are kept though their folders are gone, by name."""
    there = {kept_file(folder, keeping.UNITS, round_name(folder, one)) for one in rounds_in(folder)}
    names = keeping.names_kept(folder)
    return tuple(name for name in names if kept_file(folder, keeping.UNITS, name) not in there)


def without_report(folder: Path) -> tuple[str, ...]:
    """The rounds that are kept and have no report yet, so that their figures may still change, by name."""
    return tuple(
        name
        for one in rounds_in(folder)
        if kept_file(folder, keeping.UNITS, name := round_name(folder, one)).is_file()
        and not any(path.suffix.casefold() == ".docx" for path in lying_in(one / REPORTS))
    )


@dataclass(frozen=True, slots=True)
class Behind:
    """Rounds that the history does not tell of as they lie now, by name.

    Those that are `missing` are not in it; those that have `changed` have been since it was kept.
    """

    missing: tuple[str, ...]
    changed: tuple[str, ...]


def behind(folder: Path) -> Behind:
    """The rounds in a folder that are to be kept, or kept anew."""
    missing: list[str] = []
    changed: list[str] = []
    for one in rounds_in(folder):
        name = round_name(folder, one)
        kept = last_saved(kept_file(folder, keeping.UNITS, name))
        if kept is None:
            missing.append(name)
        elif any((last_saved(path) or 0) > kept for path in _read_from(one)):
            changed.append(name)
    return Behind(tuple(missing), tuple(changed))


def _read_from(one: Path) -> Iterator[Path]:
    """The files of a round that its tables come from, and the inbox's folders.

    A file that is put there may be older than the history; its folder is then changed all the same.
    """
    yield from (one / PLAN_FILE, one / COMPILATION_FILE)
    for place, _, names in os.walk(one / INBOX):
        yield from (Path(place), *(Path(place, name) for name in names))


def round_tables(checked: CheckedRound, name: str) -> dict[str, pd.DataFrame]:
    """A round's tables by name, each with what tells whose it is, and of which year and period."""
    settings, read = checked.plan.settings, Round(checked)
    keys = {
        "municipality": settings.municipality,
        "year": settings.year,
        "period": settings.period,
        "round": name,
    }
    activities = read.activities()
    counted = activities["included"] & activities["last_reported"].isna()
    tables = {
        keeping.ACTIVITIES: activities.assign(counted=counted),
        keeping.ENTRIES: read.entries(),
        keeping.FINDINGS: read.findings(),
        keeping.COVERAGE: _coverage(checked, read.coverage()),
        keeping.UNITS: _units(checked),
        keeping.CHANGES: _frame(map(_change, checked.changes), _CHANGES),
    }
    return {table: with_keys(frame, keys) for table, frame in tables.items()}


def _frame(rows: Iterable[Mapping[str, Any]], kinds: Mapping[str, str]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(kinds)).astype(dict(kinds))


def _coverage(checked: CheckedRound, wide: pd.DataFrame) -> pd.DataFrame:
    """A row for each goal and unit; the sum is left out, since what units share counts once in it."""
    areas = {goal.number: goal.area for goal in checked.plan.goals}
    departments = {unit.name: unit.department for unit in checked.plan.units}
    names = [name for name in wide.columns if name not in ("number", "goal", figures.TOTAL)]
    rows = [
        {
            "number": number,
            "goal": goal,
            "area": areas[int(number)],
            "department": departments.get(str(unit)),
            "unit": unit,
            "count": count,
        }
        for unit in names
        for number, goal, count in zip(wide["number"], wide["goal"], wide[unit], strict=True)
    ]
    return _frame(rows, {**_COVERAGE, "count": _WHOLE})


def _units(checked: CheckedRound) -> pd.DataFrame:
    deadline = checked.plan.settings.deadline
    # Today decides nothing that is kept.
    owners = owed(checked, deadline or clock_day()).owners
    rows = [_unit(one, pd.Timestamp(deadline) if deadline else None) for one in owners if one.unit]
    return _frame(rows, _UNITS)


def _unit(one: Owing, deadline: pd.Timestamp | None) -> dict[str, Any]:
    saved = pd.Timestamp(one.saved.date()) if one.saved else None
    terms = one.status.rule
    return {
        "department": one.department,
        "unit": one.unit,
        "handed_in": one.heard,
        "saved": saved,
        "deadline": deadline,
        "late": saved > deadline if saved is not None and deadline is not None else None,
        "activities": one.activities,
        "errors": one.count(Severity.ERROR),
        "warnings": one.count(Severity.WARNING),
        "rule": all(term.holds for term in terms) if terms else None,
    }


def _change(change: Change) -> dict[str, Any]:
    activity, moved = change.activity, change.kind is ChangeKind.END
    days = (pd.Timestamp(change.now) - pd.Timestamp(change.before)).days if moved else None
    return {
        "kind": change.kind.value,
        "id": activity.id,
        "goal": activity.goal.text,
        "area": activity.goal.area,
        "department": activity.department,
        "unit": "; ".join(activity.values.units),
        "title": activity.values.title,
        "before": change.before or None,
        "now": change.now or None,
        "days": days,
    }
