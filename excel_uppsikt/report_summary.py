"""The report's first page of content: the state of things in figures, and what to look at."""

from collections import Counter
from collections.abc import Iterator, Sequence

from excel_uppsikt import figures
from excel_uppsikt import report_styles as styles
from excel_uppsikt.manuscript import Manuscript, day_in_words
from excel_uppsikt.model import Activity, Change, ChangeKind, Plan, RuleTerm, Stage
from excel_uppsikt.office.chart import Bar, bar_chart
from excel_uppsikt.office.colors import readable_on_white
from excel_uppsikt.office.text import counted, listed
from excel_uppsikt.office.word import Xml, link, run
from excel_uppsikt.plan_texts import SUMMARY
from excel_uppsikt.report_activities import anchor
from excel_uppsikt.texts import counted_in_words, swedish_number

# With more goals than this the page has room only for what is shortest.
_MANY_GOALS = 12
_NAMED_ONES, _LONGEST_REASON, _LONGEST_GOAL = 4, 110, 44
_BAR_HEIGHT, _LOW_BAR_HEIGHT = 350, 200  # twentieths of a point
_STAGES = {
    Stage.NOT_STARTED: "Ej påbörjade",
    Stage.ONGOING: "Pågående",
    Stage.FINISHED: "Avslutade",
}
_CHANGES = {
    ChangeKind.NEW: ("är ny", "är nya"),
    ChangeKind.STATUS: ("har fått ny status", "har fått ny status"),
    ChangeKind.BACKWARDS: ("har gått bakåt i status", "har gått bakåt i status"),
    ChangeKind.END: ("har fått nytt slutdatum", "har fått nytt slutdatum"),
    ChangeKind.GONE: ("finns inte kvar", "finns inte kvar"),
}
# The changes that are named one by one; the others are only counted.
_NAMED = (ChangeKind.BACKWARDS, ChangeKind.GONE, ChangeKind.END)


def summary(
    script: Manuscript,
    activities: Sequence[Activity],
    changes: Sequence[Change] | None,
    rule: Sequence[RuleTerm],
) -> Iterator[Xml]:
    """Figures, chart, goals, deviations, changes and the unit rule, meant for one page.

    `changes` is None when there is no previous round to compare with.
    """
    text = script.fixed(SUMMARY)
    yield script.unnumbered(text.heading)
    yield from script.prose(text.text)
    yield script.paragraph(styles.BODY, overview(script, activities))
    if not activities:
        return
    goals = figures.goal_stages(script.plan, activities)
    short = len(goals) > _MANY_GOALS
    yield _chart(script, activities, _LOW_BAR_HEIGHT if short else _BAR_HEIGHT)
    yield script.paragraph(styles.SUBHEAD, "Läget per mål")
    yield _goal_table(script, goals, short=short)
    room = 1 if short else _NAMED_ONES
    yield script.paragraph(styles.SUBHEAD, "Avvikelser")
    yield from _deviations(script, activities, room, 0 if short else _LONGEST_REASON)
    if changes is not None:
        yield script.paragraph(styles.SUBHEAD, "Ändrat sedan förra omgången")
        yield from _changes(script, changes, 0 if short else room)
    if rule:
        yield script.paragraph(styles.SUBHEAD, "Kravet på enheterna")
        yield script.paragraph(styles.BODY, rule_sentence(script.plan, rule))


def overview(script: Manuscript, activities: Sequence[Activity]) -> str:
    """How many activities toward how many goals, and how many of each status, in words."""
    if not activities:
        return "Inga aktiviteter har redovisats."
    goals = len({activity.goal.number for activity in activities})
    cutoff = script.plan.settings.cutoff
    when = f" Läget är det som gällde den {day_in_words(cutoff)}." if cutoff else ""
    count = counted(len(activities), "aktivitet", "aktiviteter")
    of = f"{swedish_number(goals)} av kommunens {swedish_number(len(script.plan.goals))} mål"
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
    counts = [(row.count, *row.stages.values(), row.deviating) for row in goals]
    texts = (row.goal.text for row in goals)
    names = [*(_shortened(t, _LONGEST_GOAL) if short else t for t in texts), figures.TOTAL]
    counts.append(tuple(map(sum, zip(*counts, strict=True))))
    rows: list[list[str]] = [
        [name, *map(str, row)] for name, row in zip(names, counts, strict=True)
    ]
    rows[-1] = [run(str(cell), bold=True) for cell in rows[-1]]
    return script.plain_table(
        ("Mål", "Alla", *_STAGES.values(), "Avvikelse"),
        (7.45, 1.25, 1.95, 1.9, 1.95, 1.9),
        rows,
        title="Aktiviteter per mål",
        description="Antal aktiviteter för varje mål: alla, ej påbörjade, pågående, avslutade och de "
        "som har avvikelse.",
    )


def _deviations(
    script: Manuscript, activities: Sequence[Activity], room: int, longest: int
) -> Iterator[Xml]:
    found = [a for a in activities if a.status is not None and a.status.deviation]
    if not found:
        yield script.paragraph(styles.BODY, "Ingen aktivitet har avvikelse.")
    for activity in found[:room]:
        status = activity.status
        assert status is not None  # noqa: S101  only those with a status were chosen
        reason = f" {_shortened(activity.comment, longest)}" if longest else ""
        said = f" {status.symbol} {status.name}.{reason}"
        yield script.paragraph(styles.BULLET, _linked(activity), said.rstrip())
    yield from _more(script, len(found) - room, "avvikelse", "avvikelser")


def _changes(script: Manuscript, changes: Sequence[Change], room: int) -> Iterator[Xml]:
    counts = Counter(change.kind for change in changes)
    told = [
        f"{swedish_number(counts[kind])} {words[counts[kind] > 1]}"
        for kind, words in _CHANGES.items()
        if counts[kind]
    ]
    if not told:
        yield script.paragraph(styles.BODY, "Inget har ändrats i status, slutdatum eller urval.")
        return
    sentence = listed(told)
    named = [change for kind in _NAMED for change in changes if change.kind is kind]
    words = f"Av aktiviteterna {sentence}."
    yield script.paragraph(styles.BODY, words, keep_next=bool(named[:room]))
    for change in named[:room]:
        gone = change.kind is ChangeKind.GONE
        title = run(f"{change.activity.title}.") if gone else _linked(change.activity)
        moved = f" {change.before} blev {change.now}." if change.before else ""
        yield script.paragraph(styles.BULLET, title, f" {change.kind}.{moved}")
    if room:
        yield from _more(script, len(named) - room, "ändring", "ändringar")


def _linked(activity: Activity) -> Xml:
    return link(anchor(activity), run(f"{activity.title.rstrip('.') or 'Utan titel'}.", bold=True))


def _more(script: Manuscript, count: int, one: str, many: str) -> Iterator[Xml]:
    if count > 0:
        words = f"Ytterligare {counted(count, one, many)} framgår av kapitel 1."
        yield script.paragraph(styles.BULLET, words)


def _shortened(text: str, longest: int) -> str:
    """The beginning of a text on one line, cut at a word's end; all of it stands in the chapters."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    return line[:longest].rpartition(" ")[0].rstrip(",;:") + " …"


def rule_sentence(plan: Plan, rule: Sequence[RuleTerm]) -> str:
    """What the unit rule asks, how many units fulfil it, and which do not."""
    owed = f"kravet på minst {counted_in_words(plan.settings.minimum, 'aktivitet', 'aktiviteter')}"
    goals = [f"”{goal.text.rstrip('.')}”" for goal in plan.mandatory_goals]
    if goals:
        beyond = "" if plan.settings.mandatory_counts else " därutöver"
        owed += f" och minst en{beyond} för {listed(goals)}"
    units = list(dict.fromkeys(term.unit for term in rule))
    lacking = list(dict.fromkeys(term.unit for term in rule if not term.holds))
    if not lacking:
        all_of = "Enheten" if len(units) == 1 else f"Alla {swedish_number(len(units))} enheter"
        return f"{all_of} uppfyller {owed}."
    holding = len(units) - len(lacking)
    count = swedish_number(holding).capitalize() if holding else "Ingen"
    held = f"{count} av {counted_in_words(len(units), 'enhet', 'enheter')} uppfyller {owed}."
    return f"{held} Det saknas aktiviteter hos {listed(lacking)}." if holding else held
