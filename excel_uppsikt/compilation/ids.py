"""The Ids of activities: what each gets, and keeps from one collection to the next, reworded or not."""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from excel_uppsikt.figures import TitleKey, reporters, title_key
from excel_uppsikt.language.text import fold, short_hash
from excel_uppsikt.model import Activity, Compilation, Entry

# Department, goal and title; whose it is where that is told apart.
Key = tuple[str | None, int, str, str]
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


def assign_ids(groups: Mapping[Key, Sequence[Entry]], known: Mapping[str, str]) -> dict[Key, str]:
    """An Id for each group of rows: one that a row of it has, else a new one.

    `known` gives the title that each Id had before; an Id on rows of several groups is that title's.
    """
    claims: dict[str, Key] = {}
    for key, group in groups.items():
        for entry in group:
            if (
                entry.id
                and entry.id not in claims
                and fold(known.get(entry.id, "")) in ("", key[2])
            ):
                claims[entry.id] = key
    for key, group in groups.items():
        for entry in group:
            if entry.id:
                claims.setdefault(entry.id, key)
    own: dict[Key, str] = {}
    for claimed, key in claims.items():
        own.setdefault(key, claimed)
    taken = set(claims)
    for key in groups:
        if key not in own:
            own[key] = _new_id(key, taken, known)
            taken.add(own[key])
    return own


def _new_id(key: Key, taken: set[str], known: Mapping[str, str]) -> str:
    """A short Id made of the goal's number and what the activity is, the same in every run.

    An Id that another title had before is not given again.
    """
    title = "" if key[2].startswith("\0") else key[2]
    count = 0
    while True:
        said = (key[2], key[3]) if key[3] else (key[2],)
        made = f"{key[1]}-{short_hash(key[0] or '', str(key[1]), *said, str(count))}"
        if made not in taken and fold(known.get(made, title)) == title:
            return made
        count += 1


def new_id(activity: Activity, taken: set[str]) -> str:
    """The Id that an activity gets where its own is another's, the same as when a form reports it anew."""
    key = (activity.department, activity.goal.number, fold(activity.values.title), "")
    return _new_id(key, taken, {})
