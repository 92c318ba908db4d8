"""The Ids that activities keep from one collection to the next, also where a title has been reworded."""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from excel_uppsikt.figures import TitleKey, reporters, title_key
from excel_uppsikt.language.text import fold
from excel_uppsikt.model import Activity, Compilation

# A title changed by this little (of 100) is the same activity, reworded.
_REWORDED = 85


def keep_ids(
    activities: Iterable[Activity],
    earlier: Compilation,
    apart: Container[TitleKey] = (),
    parted: Sequence[Activity] = (),
) -> tuple[Activity, ...]:
    """The activities with the Ids they had: a reworded title is still the same activity.

    An activity whose Id is new takes that of one that is gone and had its title, else that of the
    only one of the same goal and department that had nearly its title. Of those that are kept `apart`
    though they have the same title, it takes that of one that was its units'; `parted` are those of the last
    round.
    """
    known = [line.collected for line in earlier.lines if line.collected] + list(earlier.deleted)
    known += [old for old in parted if old.id not in {one.id for one in known}]
    listed = _of_own_department(activities, known)
    present = {activity.id for activity in listed}
    gone = {old.id: old for old in known if old.id not in present}
    new = {activity.id for activity in listed} - {old.id for old in known}
    taken: dict[str, str] = {}
    for alike in (_same_title, reworded):
        for activity in listed:
            if activity.id not in new or activity.id in taken:
                continue
            near = [
                old
                for old in gone.values()
                if _same_place(activity, old) and _of_the_same(activity, old, apart)
            ]
            near = [
                old for old in near if alike(fold(activity.values.title), fold(old.values.title))
            ]
            if len(near) == 1:
                taken[activity.id] = near[0].id
                del gone[near[0].id]
    return tuple(replace(a, id=taken.get(a.id, a.id)) for a in listed)


def _of_own_department(activities: Iterable[Activity], known: Sequence[Activity]) -> list[Activity]:
    """The activities, one with the Id of another department's having that of its own department's.

    Units that now belong to two departments have had an activity in common, and the Id in their forms.
    """
    listed = list(activities)
    homes = {old.id: old.department for old in known}
    own = {title_key(old): old.id for old in known if old.values.title}
    present = {activity.id for activity in listed}

    def right_id(activity: Activity) -> str:
        other = homes.get(activity.id, activity.department) != activity.department
        made = own.get(title_key(activity), activity.id)
        return made if other and made not in present else activity.id

    return [replace(activity, id=right_id(activity)) for activity in listed]


def _same_place(one: Activity, other: Activity) -> bool:
    return (one.goal.number, one.department) == (other.goal.number, other.department)


def _of_the_same(activity: Activity, old: Activity, apart: Container[TitleKey]) -> bool:
    """Whether somebody can have reworded the old one: who has handed in nothing has not."""
    anybody = not old.last_reported and not (apart and title_key(old) in apart)
    return anybody or not {*reporters(activity)}.isdisjoint(reporters(old))


def _same_title(*titles: str) -> bool:
    return titles[0] == titles[1] != ""


def reworded(*titles: str) -> bool:
    """Whether two folded titles may be of the same activity: nearly alike, with the same numbers."""
    numbers = [re.findall(r"\d+", title) for title in titles]
    # Two rows without a title have nothing alike.
    return all(titles) and numbers[0] == numbers[1] and fuzz.ratio(*titles) >= _REWORDED
