"""The Ids that forms' rows bear: which of them the program has given, and which row each belongs to.

An Id is given in a compilation, and goes out in forms made of one. So the compilations, the previous
round's and this round's own, tell which Ids are the program's; forms and memory may have been deleted.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from rapidfuzz import fuzz

from excel_uppsikt.findings.catalogue.contents import F207
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form import definition as form
from excel_uppsikt.intake.goal_sheets import GoalSheet
from excel_uppsikt.intake.own_columns import is_id
from excel_uppsikt.intake.table import CutSheet
from excel_uppsikt.language.cells import as_text
from excel_uppsikt.language.text import fold
from excel_uppsikt.model import Activity, Compilation, Entry, FormKind, Submission

# With more on a sheet they have come from elsewhere, all in one way.
_MOST_BY_THEMSELVES = 5
# Longer ones are no titles, and take very long to compare.
_LONGEST_COMPARED = 500


class Given(NamedTuple):
    """What an activity is known by that has been given an Id: its title and whom it concerns."""

    title: str
    units: tuple[str, ...]
    whole: bool
    department: str | None

    @classmethod
    def of(cls, activity: Activity) -> "Given":
        """What an activity is known by."""
        said = activity.values
        return cls(said.title, said.units, said.whole, activity.department)


@dataclass(frozen=True, slots=True)
class GivenIds:
    """What is known of each Id that the program has given: the activity as every compilation says it."""

    activities: Mapping[str, Sequence[Given]] = field(default_factory=dict)

    @classmethod
    def of(cls, *compilations: Compilation) -> "GivenIds":
        """The Ids of all that is in the compilations, also of what was kept out or removed."""
        known: dict[str, list[Given]] = {}
        for compilation in compilations:
            lines = ((line.activity, line.collected) for line in compilation.lines)
            said = [activity for pair in lines for activity in pair if activity is not None]
            for activity in (*said, *compilation.deleted):
                known.setdefault(activity.id, []).append(Given.of(activity))
        return cls(known)

    def without_others(
        self, sheet: GoalSheet, cut: CutSheet, place: Place, sent: Container[str] = ()
    ) -> CutSheet:
        """The sheet without Ids that were never given, each told at its cell as what it is: content.

        Those that its form was `sent` out with were given, though the activity may have another now.
        """
        unknown = {n: text for n, text in self._unknown(sheet) if text not in sent}
        if not unknown:
            return cut
        rows = tuple((n, None if n in unknown else known, cells) for n, known, cells in cut.rows)
        told = _told(place, sheet.own[fold(form.ID_HEADER)] + 1, unknown)
        return replace(cut, rows=rows, outside=(*cut.outside, *told))

    def _unknown(self, sheet: GoalSheet) -> Iterator[tuple[int, str]]:
        at = sheet.own.get(fold(form.ID_HEADER))
        if at is None:
            return
        first = sheet.header_row + 1
        for number, cells in enumerate(sheet.sheet.rows[first:], first + 1):
            if at < len(cells) and cells[at] != "":
                text = as_text(cells[at])
                if text not in self.activities and is_id(text):
                    yield number, text

    def settled(self, submission: Submission) -> Submission:
        """The submission with each Id on the row that it belongs to, and on no other.

        That is a row of an activity that its form may have gone out with, and of several the one whose
        title is most like the activity's, or is the same.
        """
        borne: dict[str, list[Entry]] = {}
        for entry in submission.entries:
            if entry.id is not None:
                borne.setdefault(entry.id, []).append(entry)
        keepers = {
            known: self._keeper(known, [e for e in rows if self._may_bear(submission, e)])
            for known, rows in borne.items()
        }
        entries = tuple(
            entry
            if entry.id is None or _same_activity(entry, keepers[entry.id])
            else replace(entry, id=None)
            for entry in submission.entries
        )
        return replace(submission, entries=entries)

    def _may_bear(self, submission: Submission, entry: Entry) -> bool:
        """Whether the Id is of an activity with the row's title, or one that its form may have had."""
        return any(
            fold(known.title) == fold(entry.values.title) or _went_out(submission, entry, known)
            for known in self.activities.get(entry.id or "", ())
        )

    def _keeper(self, known: str, rows: Sequence[Entry]) -> Entry | None:
        if len(rows) < 2:
            return rows[0] if rows else None
        titles = [fold(given.title) for given in self.activities[known]]
        return max(rows, key=lambda row: max(_likeness(row, title) for title in titles))


def _told(place: Place, column: int, unknown: Mapping[int, str]) -> Iterator[Finding]:
    if len(unknown) > _MOST_BY_THEMSELVES:
        first, count = place.at(next(iter(unknown)), column), f"{len(unknown)} Id"
        yield find(F207.UNKNOWN_IDS, first, " | ".join(unknown.values()), count=count)
        return
    for number, text in unknown.items():
        yield find(F207.UNKNOWN_ID, place.at(number, column), text)


def _went_out(submission: Submission, entry: Entry, given: Given) -> bool:
    """Whether the row's form may have had the activity in it when it was sent out."""
    named = given.units
    if submission.kind is FormKind.COMMON:
        return given.department == submission.department and (given.whole or not named)
    if submission.kind is FormKind.UNIT:
        return submission.unit in named or _meet(entry.values.units, named)
    common = entry.values.whole and given.department == entry.department
    return common or _meet(entry.values.units, named)


def _meet(some: Iterable[str], others: Iterable[str]) -> bool:
    return not set(some).isdisjoint(others)


def _same_activity(entry: Entry, keeper: Entry | None) -> bool:
    """Whether a row is the one that keeps the Id, split between departments or written twice maybe."""
    return keeper is not None and (
        entry.place() == keeper.place()
        or (
            entry.goal == keeper.goal
            and bool(entry.values.title)
            and fold(entry.values.title) == fold(keeper.values.title)
        )
    )


def _likeness(entry: Entry, title: str) -> float:
    written = fold(entry.values.title)
    if written == title:
        return 101
    return fuzz.ratio(written[:_LONGEST_COMPARED], title[:_LONGEST_COMPARED])
