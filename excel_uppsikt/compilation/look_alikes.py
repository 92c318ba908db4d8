"""Activities whose titles look alike though they were not merged: M601."""

import re
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz, process

from excel_uppsikt.compilation.ids import Key
from excel_uppsikt.figures import title_key
from excel_uppsikt.findings.catalogue.merging import M601
from excel_uppsikt.findings.finding import Finding, find, quote
from excel_uppsikt.language.text import fold
from excel_uppsikt.model import Activity, Entry

# Longer ones are no titles, and take very long to compare.
_LONGEST_COMPARED = 500
# How long titles are compared with all of those before them, counted in about nanoseconds; those of every
# unit in a large round take less. After that each is compared with the nearest ones in order alone.
_LONGEST_COMPARING, _EACH, _NEAREST = 3_000_000_000, 50, 50
# Two titles at least this alike (of 100) are worth asking about; "Införa hälsosamma scheman" and
# "Införande av hälsosamma scheman" are at 88.
_LOOKS_ALIKE = 85


def look_alike(
    activities: Sequence[Activity],
    groups: Mapping[Key, Sequence[Entry]],
    together: Mapping[str, str],
) -> Iterable[Finding]:
    """M601 for each activity with a title like that of another of its goal, the first of those before it.

    Titles with different numbers are unlike.
    """
    left = _LONGEST_COMPARING
    firsts = {key[:3]: group[0] for key, group in reversed(list(groups.items()))}
    comparable: dict[tuple[object, ...], tuple[list[str], list[Activity]]] = {}
    for activity in activities:
        if not activity.values.title:
            continue
        title = fold(activity.values.title)
        numbers = tuple(re.findall(r"\d+", title))
        place = (activity.department, activity.goal.number, numbers)
        titles, before = comparable.setdefault(place, ([], []))
        compared = title[:_LONGEST_COMPARED]
        cost = len(titles) * (_EACH + len(compared) * (1 + len(compared) // 64))
        left -= cost
        since = 0 if left >= 0 else max(0, len(titles) - _NEAREST)
        others = titles[since:] if since else titles
        found = process.extract_iter(compared, others, scorer=fuzz.ratio, score_cutoff=_LOOKS_ALIKE)
        for at in (since + at for _, _, at in found):
            # What has the very title has been told apart, as by the coordinator what is put together.
            same = together.get(before[at].id, before[at].id)
            if same == together.get(activity.id, activity.id) or titles[at] == title:
                continue
            entry = firsts[title_key(activity)]
            where = before[at].sources[0].as_row()
            other = quote(before[at].values.title)
            yield find(M601.PLAIN, entry.place(), activity.values.title, other=other, where=where)
            break
        titles.append(compared)
        before.append(activity)
