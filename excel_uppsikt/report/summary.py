"""The report's first page of content: the state of things in figures, and what to look at."""

from collections import Counter
from collections.abc import Iterator, Sequence
from copy import copy
from itertools import takewhile

from excel_uppsikt import figures
from excel_uppsikt.form.definition import COMMON
from excel_uppsikt.form.words import last_reported
from excel_uppsikt.language.numbers import counted_in_words, swedish_number
from excel_uppsikt.language.text import counted, listed
from excel_uppsikt.model import Activity, Change, ChangeKind, RuleTerm, Stage
from excel_uppsikt.plan.default_texts import SUMMARY
from excel_uppsikt.report import styles
from excel_uppsikt.report.account import Account
from excel_uppsikt.report.deviations import (
    LONGEST_REASON,
    SHORT_REASON,
    deviations_in_words,
    linked,
    shortened,
    title_of,
    told_deviations,
)
from excel_uppsikt.report.manuscript import Manuscript, day_in_words
from excel_uppsikt.report.room import Page
from excel_uppsikt.report.sent_back import may_be_later
from excel_uppsikt.report.unit_rule import rule_sentence
from excel_uppsikt.word.chart import Bar, bar_chart
from excel_uppsikt.word.colors import readable_on_white
from excel_uppsikt.word.pieces import Xml, run

# With more goals than this the page has room only for the beginning of each, and a low chart.
_MANY_GOALS, _LONGEST_GOAL, _GOAL_LINE = 12, 44, 52
_SMALL_WORD = 3
_BAR_HEIGHT, _LOW_BAR_HEIGHT = 350, 200  # twentieths of a point
_STAGES = {
    Stage.NOT_STARTED: "Ej påbörjade",
    Stage.ONGOING: "Pågående",
    Stage.FINISHED: "Avslutade",
}
# What is counted, in words that go on from "Sedan förra omgången har".
_CHANGES = {
    ChangeKind.NEW: "tillkommit",
    ChangeKind.STATUS: "fått ny status",
    ChangeKind.BACKWARDS: "gått bakåt i status",
    ChangeKind.END: "fått nytt slutdatum",
    ChangeKind.GONE: "fallit bort",
    ChangeKind.LEFT_OUT: "lämnats utanför rapporten",
    ChangeKind.UNREPORTED: "inte redovisats",
}
_NO_CHANGE = (
    "Ingen aktivitet har tillkommit eller fallit bort, och ingen har fått ny status eller nytt "
    "slutdatum."
)
# The changes that are named on the page, as many as this; the appendix has them all.
_ABSENT = (ChangeKind.GONE, ChangeKind.LEFT_OUT, ChangeKind.UNREPORTED)
_NAMED = (ChangeKind.BACKWARDS, *_ABSENT)
_MOST_NAMED = 2
# In twentieths of a point: a subheading's height, and the columns of numbers.
_SUBHEAD, _FIRST_NUMBER, _NUMBER = 660, 760, 1_030


def summary(
    script: Manuscript,
    account: Account,
) -> Iterator[Xml]:
    """Figures, chart, goals, deviations, changes and the unit rule, on one page.

    Of the deviations as many are named, and as much of their reasons given, as there is room for.
    """
    activities = account.reported
    text, page = script.fixed(SUMMARY), Page(script)
    said = overview(script, account)
    yield script.unnumbered(text.heading)
    yield from script.prose(text.text)
    yield script.paragraph(styles.BODY, said)
    page.take(text.heading, *text.text.split("\n"), said, other=400)
    goals = figures.goal_stages(script.plan, activities)
    # What comes last is always there, so its room is taken first. The appendix names the changes too, so
    # that they make room for deviations.
    for most in (0,) if len(goals) > _MANY_GOALS else (_MOST_NAMED, 0):
        left = copy(page)
        ending = [*_ending(script, account.changes, account.rule, left, most)]
        if not goals or _holds(script, activities, goals, left):
            break
    page = left
    if goals:
        yield from _state(script, activities, goals, page)
    yield from ending


def _holds(
    script: Manuscript,
    activities: Sequence[Activity],
    goals: Sequence[figures.GoalStages],
    page: Page,
) -> bool:
    """Whether the page has room for every deviation with its reason, below the lowest chart."""
    deviations = told_deviations(activities, LONGEST_REASON)
    wanted = sum(page.bullet(head + reason) for _, head, reason in deviations)
    return (
        page.left - _state_height(script, activities, goals, _LOW_BAR_HEIGHT, short=True) >= wanted
    )


def _state(
    script: Manuscript,
    activities: Sequence[Activity],
    goals: Sequence[figures.GoalStages],
    page: Page,
) -> Iterator[Xml]:
    deviations, low = told_deviations(activities, LONGEST_REASON), len(goals) > _MANY_GOALS
    wanted = sum(page.bullet(head + reason) for _, head, reason in deviations)
    # What deviates is what the page is read for: chart and goals make room for it.
    looks = ((_BAR_HEIGHT, False), (_LOW_BAR_HEIGHT, False), (_LOW_BAR_HEIGHT, True))[2 * low :]
    rooms = [page.left - _state_height(script, activities, goals, bar, short=s) for bar, s in looks]
    chosen = next((at for at, room in enumerate(rooms) if room >= wanted), len(looks) - 1)
    (bar, short), page.left = looks[chosen], rooms[chosen]
    if page.left < wanted:
        deviations = told_deviations(activities, SHORT_REASON)
    yield _chart(script, activities, bar)
    yield script.paragraph(styles.SUBHEAD, "Läget per mål")
    yield _goal_table(script, goals, short=short)
    yield script.paragraph(styles.SUBHEAD, "Avvikelser")
    yield from deviations_in_words(script, deviations, page)


def _state_height(
    script: Manuscript,
    activities: Sequence[Activity],
    goals: Sequence[figures.GoalStages],
    bar: int,
    *,
    short: bool,
) -> int:
    """What chart and table take, with the headings of the table and of the deviations."""
    bars = len(figures.status_counts(script.plan, activities)) + 1
    lines = sum(1 if short else -(-len(row.goal.text) // _GOAL_LINE) for row in goals)
    return bar * bars + 2 * _SUBHEAD + 540 + 50 * (len(goals) + 1) + 221 * (lines + 1)


def _ending(
    script: Manuscript,
    changes: Sequence[Change] | None,
    rule: Sequence[RuleTerm],
    page: Page,
    most_named: int,
) -> Iterator[Xml]:
    if changes is not None:
        page.take(other=_SUBHEAD)
        yield script.paragraph(styles.SUBHEAD, "Ändrat sedan förra omgången")
        yield from _changes(script, changes, page, most_named)
    if rule:
        sentence = rule_sentence(script.plan, rule)
        page.take(sentence, other=_SUBHEAD)
        yield script.paragraph(styles.SUBHEAD, "Kravet på enheterna")
        yield script.paragraph(styles.BODY, sentence)


def overview(script: Manuscript, account: Account) -> str:
    """How many activities toward how many goals, and how many of whom stand as last reported, in words."""
    return " ".join(filter(None, (_reported(script, account), _carried(script, account))))


def _carried(script: Manuscript, account: Account) -> str:
    of = figures.carried_on(script.plan, account.carried)
    if not of.count:
        return ""
    common = f"{COMMON} {script.department.name}"
    whose = listed(["hela verksamheten" if name == common else name for name in of.owners])
    count = counted_in_words(of.count, "aktivitet", "aktiviteter")
    more = f"Ytterligare {count}" if account.reported else count.capitalize()
    they, marked = ("Den", "märkt") if of.count == 1 else ("De", "märkta")
    return (
        f"{more}, för {whose}, har inte redovisats den här gången. {they} står kvar i rapporten, "
        f"{marked} ”{last_reported(*of.periods)}”, och ingår inte i siffrorna."
    )


def _reported(script: Manuscript, account: Account) -> str:
    activities = account.reported
    if not activities:
        return f"{script.department.name} redovisar inga aktiviteter."
    goals = len({activity.goal.number for activity in activities})
    cutoff = script.plan.settings.cutoff
    when = f" Läget är det som gällde den {day_in_words(cutoff)}." if cutoff else ""
    when += may_be_later(account.sent_back) if cutoff else ""
    count = counted(len(activities), "aktivitet", "aktiviteter")
    of = f"{goals} av kommunens {len(script.plan.goals)} mål"
    if goals == len(script.plan.goals):
        of = f"alla {goals} mål" if goals > 1 else "kommunens enda mål"
    return f"{script.department.name} redovisar {count} för {of}.{when}"


def _chart(script: Manuscript, activities: Sequence[Activity], bar: int) -> Xml:
    colors = {status.name: status.color for status in script.plan.statuses}
    counts = figures.status_counts(script.plan, activities)
    bars = [
        Bar(name or "Utan status", count, readable_on_white(colors.get(name, styles.GREY)))
        for name, count in counts.items()
    ]
    told = ", ".join(f"{bar.name} {bar.value}" for bar in bars)
    made = bar_chart(
        script.document,
        bars,
        series="Aktiviteter",
        title="Aktiviteter per status",
        description=f"Stapeldiagram över antal aktiviteter per status: {told}.",
        font=script.look.font,
        width=script.width,
        height=bar * (len(bars) + 1),
    )
    return script.paragraph(styles.BODY, made)


def _goal_table(script: Manuscript, goals: Sequence[figures.GoalStages], *, short: bool) -> Xml:
    unknown = any(row.count > sum(row.stages.values()) for row in goals)
    counts = [
        (
            row.count,
            *row.stages.values(),
            *([row.count - sum(row.stages.values())] if unknown else []),
            row.deviating,
        )
        for row in goals
    ]
    texts = [row.goal.text for row in goals]
    names = [*(_told_apart(texts, _LONGEST_GOAL) if short else texts), figures.TOTAL]
    counts.append(tuple(map(sum, zip(*counts, strict=True))))
    rows: list[list[str]] = [
        [name, *map(str, row)] for name, row in zip(names, counts, strict=True)
    ]
    rows[-1] = [run(str(cell), bold=True) for cell in rows[-1]]
    heads = ("Totalt", *_STAGES.values(), *(["Utan status"] if unknown else []), "Varav avvikelse")
    shares = [_FIRST_NUMBER, *(_NUMBER for _ in heads[1:])]
    widths = [share * script.look.wide // 100 for share in shares]
    return script.plain_table(
        ("Mål", *heads),
        (max(script.width - sum(widths), _NUMBER), *widths),
        rows,
        numbers=range(1, len(heads) + 1),
        title="Aktiviteter per mål",
        description="Antal aktiviteter för varje mål: totalt, ej påbörjade, pågående och avslutade, "
        "och hur många av alla som har avvikelse.",
    )


def _changes(
    script: Manuscript, changes: Sequence[Change], page: Page, most_named: int
) -> Iterator[Xml]:
    counts = Counter(change.kind for change in changes)
    told = [
        f"{swedish_number(counts[kind])} {words}"
        for kind, words in _CHANGES.items()
        if counts[kind]
    ]
    if not told:
        sentence = _NO_CHANGE
        page.take(sentence)
        yield script.paragraph(styles.BODY, sentence)
        return
    first, _, rest = told[0].partition(" ")
    noun = "aktivitet" if first == "en" else "aktiviteter"
    counted_kinds = listed([f"{first} {noun} {rest}", *told[1:]])
    sentence = f"Sedan förra omgången har {counted_kinds}. Alla ändringar står i bilagan."
    named = [change for kind in _NAMED for change in changes if change.kind is kind][:most_named]
    page.take(sentence)
    yield script.paragraph(styles.BODY, sentence, keep_next=bool(named))
    for change in named:
        absent = change.kind in _ABSENT
        title = run(title_of(change.activity)) if absent else linked(change.activity)
        moved = f" {change.before} blev {change.now}." if change.before else ""
        said = f" {change.kind}.{moved}"
        page.take(f"{title_of(change.activity)}{said}")
        yield script.paragraph(styles.BULLET, title, said)


def _told_apart(texts: Sequence[str], longest: int) -> list[str]:
    """The beginning of each text; of those that begin alike, what they begin with and where they differ."""
    short = [shortened(text, longest) for text in texts]
    named: list[str] = []
    for text, name in zip(texts, short, strict=True):
        alike = {one for one, other in zip(texts, short, strict=True) if other == name}
        # A text that is no more than the others' beginning has its last word left to differ by.
        columns = zip(*(one.split()[:-1] for one in alike), strict=False)
        same = [words[0] for words in takewhile(lambda words: len(set(words)) == 1, columns)]
        if len(alike) == 1 or not same:
            named.append(name)
            continue
        # A small word belongs to what comes after it.
        same = same[:-1] if len(same) > 1 and len(same[-1]) <= _SMALL_WORD else same
        begun = shortened(" ".join(same), longest // 3).removesuffix(" …")
        rest = " ".join(text.split()[len(same) :])
        named.append(f"{begun} … {shortened(rest, longest - len(begun) - 3)}")
    return named
