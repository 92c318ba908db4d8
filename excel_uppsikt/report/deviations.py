"""The deviations on the report's first page of content: as many as it has room for, each with its reason."""

import re
from collections.abc import Iterator, Sequence

from excel_uppsikt.language.text import counted
from excel_uppsikt.model import Activity
from excel_uppsikt.report import styles
from excel_uppsikt.report.activities import anchor
from excel_uppsikt.report.manuscript import Manuscript
from excel_uppsikt.report.room import Page
from excel_uppsikt.word.pieces import Xml, link, run

# Of a deviation's reason so many letters are told before the next deviation is, fewer where not all
# deviations have room on the page.
LONGEST_REASON, SHORT_REASON = 170, 80
# So many deviations without room for their reasons are named in one line.
_MOST_LISTED = 8
_LONGEST_TITLE = 44
# A longer word may take a line more than its letters are counted to.
_LONGEST_WORD = 44
_BETWEEN_TITLES = "; "


def told_deviations(
    activities: Sequence[Activity], longest: int
) -> list[tuple[Activity, str, str]]:
    """Each activity that deviates, with its title and status, and the beginning of its reason."""
    return [
        (
            a,
            f"{title_of(a)} {status.symbol} {status.name}.",
            _first_reason(a.values.comment, longest),
        )
        for a in activities
        if (status := a.values.status) is not None and status.deviation
    ]


def _first_reason(comment: str, longest: int) -> str:
    """The first sentence of a comment after a space, cut at so many letters; '' for no comment."""
    first = _sentences(comment)[0]
    return f" {shortened(first, longest)}" if first else ""


def _sentences(comment: str) -> list[str]:
    return re.split(r"(?<=[.!?]) +", " ".join(comment.split()))


def deviations_in_words(
    script: Manuscript, deviations: Sequence[tuple[Activity, str, str]], page: Page
) -> Iterator[Xml]:
    """As many deviations as there is room for, each with its reason, and which or how many there are more."""
    if not deviations:
        yield script.paragraph(styles.BODY, "Ingen aktivitet har avvikelse.")
        return
    count, named = _room(deviations, page)
    rest = [activity for activity, _, _ in deviations[count:]]
    page.take(other=_deviations_height(deviations, count, page, named=named))
    for activity, head, reason in deviations[:count]:
        longer = _reason(activity.values.comment, reason, page, head)
        said = f"{head.removeprefix(title_of(activity))}{longer}"
        yield script.paragraph(styles.BULLET, linked(activity), said)
    if rest and not named:
        yield script.paragraph(styles.BULLET, f"{_left(rest, count)}.")
    elif rest:
        pieces = [f"{_left(rest, count)}: "]
        for at, activity in enumerate(rest):
            pieces += [_BETWEEN_TITLES] if at else []
            pieces.append(link(anchor(activity), run(_short_title(activity))))
        yield script.paragraph(styles.BULLET, *pieces)


def _room(deviations: Sequence[tuple[Activity, str, str]], page: Page) -> tuple[int, bool]:
    """How many deviations are told with their reasons, and whether the others are named.

    That all are named is worth more than that one more is told.
    """
    most = len(deviations)
    for named, least in ((True, max(most - _MOST_LISTED, 1)), (False, 0)):
        for count in range(most, least - 1, -1):
            if _deviations_height(deviations, count, page, named=named) <= page.left:
                return count, named
    return 0, False


def _deviations_height(
    deviations: Sequence[tuple[Activity, str, str]], count: int, page: Page, *, named: bool
) -> int:
    """What so many deviations take with their reasons, and the line about the others."""
    rest = [activity for activity, _, _ in deviations[count:]]
    last = _left(rest, count)
    if named:
        last = f"{last}: {_BETWEEN_TITLES.join(map(_short_title, rest))}"
    told = sum(page.bullet(head + reason) for _, head, reason in deviations[:count])
    return told + (page.bullet(last) if rest else 0)


def _left(rest: Sequence[Activity], count: int) -> str:
    """How many deviations there are beside those that are told, and where they are."""
    number = counted(len(rest), "avvikelse", "avvikelser")
    return f"Och {number} till, i kapitel 1" if count else f"{number} framgår av kapitel 1"


def _short_title(activity: Activity) -> str:
    return shortened(title_of(activity).rstrip("."), _LONGEST_TITLE)


def _reason(comment: str, told: str, page: Page, head: str) -> str:
    """What is told of a comment with as many more whole sentences as there is room for."""
    first, *others = _sentences(comment)
    if told.strip() != first:
        return told
    for sentence in others:
        longer = f"{told} {sentence}"
        more = page.bullet(head + longer) - page.bullet(head + told)
        if more > page.left:
            break
        page.take(other=more)
        told = longer
    return told


def title_of(activity: Activity) -> str:
    """An activity's title with a full stop."""
    return f"{activity.values.title.rstrip('.') or 'Utan titel'}."


def linked(activity: Activity) -> Xml:
    """The title in bold, as a link to where the activity stands."""
    return link(anchor(activity), run(title_of(activity), bold=True))


def shortened(text: str, longest: int) -> str:
    """The beginning of a text on one line, cut at a word's end; all of it stands in the chapters.

    Where no word ends in so many letters, as in an address on the web, the first one is cut.
    """
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    begun = line[:longest].rpartition(" ")[0] or line[: min(longest, _LONGEST_WORD)]
    return begun.rstrip(".,;:") + " …"
