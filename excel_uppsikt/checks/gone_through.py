"""Whether what goes on from the previous round has been gone through (R313, F209), known by the Ids.

A row is gone through when it has a new comment, another status, or the word for nothing having changed
as its comment. Activities that were finished need no going through.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from excel_uppsikt.findings.catalogue.contents import F209
from excel_uppsikt.findings.catalogue.rows import R313
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form.words import is_unchanged
from excel_uppsikt.model import Activity, Collection, Entry, Field, FormKind, Row, Stage, Submission

# By Id and department, and by Id alone: one of units that now belong to several departments is in each.
Earlier = Mapping[tuple[str, str | None], Activity]


def earlier_by_id(previous: Sequence[Activity]) -> Earlier:
    """The previous round's activities by the Ids that the forms' rows bear."""
    return {(a.id, department): a for a in previous for department in (None, a.department)}


def _before(entry: Entry, earlier: Earlier) -> Activity | None:
    known = entry.id or ""
    return earlier.get((known, entry.department)) or earlier.get((known, None))


def with_carried_comments(collection: Collection, previous: Sequence[Activity]) -> Collection:
    """The collection with the previous comment where a row says that nothing has changed."""
    earlier = earlier_by_id(previous)
    submissions = (
        one
        if one.completion
        else replace(one, entries=tuple(_carried(entry, earlier) for entry in one.entries))
        for one in collection.submissions
    )
    return replace(collection, submissions=tuple(submissions)) if earlier else collection


def _carried(entry: Entry, earlier: Earlier) -> Entry:
    before = _before(entry, earlier)
    if before is None or not is_unchanged(entry.values.comment):
        return entry
    return replace(entry, values=replace(entry.values, comment=before.values.comment))


def is_waiting(row: Row, earlier: Earlier) -> bool:
    """Whether a row still says what it was sent out with: no comment, and the status of an unfinished one.

    The word for nothing having changed is a comment also where there was none to carry on.
    """
    before = _before(row, earlier) if isinstance(row, Entry) else None
    if before is None or before.values.status is None:
        return False
    silent = not row.values.comment and not is_unchanged(row.raw.get(Field.COMMENT, ""))
    unfinished = before.values.status.stage is not Stage.FINISHED
    return silent and unfinished and row.values.status == before.values.status


def gone_through(collection: Collection, earlier: Earlier) -> Iterator[Finding]:
    """F209 for each form that is as it was sent out, and else R313 for each row that is."""
    for submission in collection.submissions:
        # What a form for what was sent back asks is told in that form.
        if not submission.used or submission.completion:
            continue
        if is_as_sent(submission, earlier):
            yield find(F209.PLAIN, Place(submission.file))
            continue
        waiting = [entry for entry in submission.entries if is_waiting(entry, earlier)]
        # A row that was split between departments is one row.
        for place in dict.fromkeys(entry.place(Field.COMMENT) for entry in waiting):
            yield find(R313.PLAIN, place)


def is_as_sent(submission: Submission, earlier: Earlier) -> bool:
    """Whether a form in use is as it was sent out, with rows left to go through."""
    waiting = (is_waiting(entry, earlier) for entry in submission.entries)
    asked = submission.used and not submission.completion
    return asked and any(waiting) and _untouched(submission, earlier)


def _untouched(submission: Submission, earlier: Earlier) -> bool:
    units: dict[Place, set[str]] = {}
    for entry in submission.entries:
        units.setdefault(entry.place(), set()).update(entry.values.units)
    # In Gemensamt nothing stands in Enheter.
    said = submission.kind is not FormKind.COMMON
    return all(
        _as_sent(entry, earlier, units[entry.place()] if said else None)
        for entry in submission.entries
    )


def _as_sent(entry: Entry, earlier: Earlier, units: set[str] | None) -> bool:
    """Whether a row says nothing but what it was sent out with."""
    before = _before(entry, earlier)
    if before is None:
        return False
    # The form of a part of a split unit names no other part.
    others = {part for part, _ in before.undecided}
    if units is not None and units | others != set(before.values.units):
        return False
    now, then = entry.values, before.values
    finished = then.status is not None and then.status.stage is Stage.FINISHED
    silent = now.comment == then.comment if finished else is_waiting(entry, earlier)
    return silent and all(
        now.value(of) == then.value(of)
        for of in (Field.TITLE, Field.START, Field.END, Field.DESCRIPTION, Field.STATUS)
    )
