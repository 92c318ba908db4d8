"""What stands last in the report: the unit rule, goals nobody works toward, and where things come from."""

from collections.abc import Iterator, Sequence

from excel_uppsikt.form.words import last_reported
from excel_uppsikt.model import Activity, Change, ChangeKind, Goal, Plan
from excel_uppsikt.plan.default_texts import IDLE_GOALS
from excel_uppsikt.report import styles
from excel_uppsikt.report.account import Account
from excel_uppsikt.report.activities import anchor
from excel_uppsikt.report.manuscript import NOTHING, Manuscript
from excel_uppsikt.word.pieces import Xml, link, run


def idle_goals(plan: Plan, account: Account) -> list[Goal]:
    """The goals that no activity is reported for, by number."""
    worked = {activity.goal.number for activity in account.reported}
    return [goal for goal in plan.goals_by_number if goal.number not in worked]


def idle_goals_appendix(
    script: Manuscript, account: Account, *, new_page: bool = True
) -> Iterator[Xml]:
    """The goals that no activity is reported for, by number; nothing where there are none.

    Where one stands as it was last reported, the goal says when that was.
    """
    text, idle = script.fixed(IDLE_GOALS), idle_goals(script.plan, account)
    if not idle:
        return
    yield script.unnumbered(f"Bilaga: {text.heading}", new_page=new_page)
    yield from script.prose(text.text)
    for goal in idle:
        carried = [a.last_reported for a in account.carried if a.goal.number == goal.number]
        words = goal.text
        if carried:
            mark = last_reported(*dict.fromkeys(carried))
            words = f"{words.rstrip('.')} ({mark[:1].lower()}{mark[1:]})"
        yield script.paragraph(styles.BULLET, words)


def changes_appendix(
    script: Manuscript, changes: Sequence[Change], *, new_page: bool = True
) -> Iterator[Xml]:
    """Each difference since the previous round, as the summary counts them."""
    told = [change for change in changes if change.kind is not ChangeKind.UNCHANGED]
    if not told:
        return
    absent = (ChangeKind.GONE, ChangeKind.LEFT_OUT, ChangeKind.UNREPORTED)
    yield script.unnumbered("Bilaga: Ändrat sedan förra omgången", new_page=new_page)
    yield script.plain_table(
        ("Aktivitet", "Ändring", "Före", "Nu"),
        (7.0, 3.4, 3.6, 3.6),
        [
            [
                run(change.activity.values.title or NOTHING)
                if change.kind in absent
                else link(anchor(change.activity), run(change.activity.values.title or NOTHING)),
                change.kind.value,
                change.before or NOTHING,
                change.now or NOTHING,
            ]
            for change in told
        ],
        title="Ändrat sedan förra omgången",
        description="Varje ändring: aktivitet, vad som har ändrats, före och nu.",
    )


def sources_appendix(script: Manuscript, activities: Sequence[Activity]) -> Iterator[Xml]:
    """For the coordinator: the file, sheet and row that each activity was reported in."""
    yield script.unnumbered("Bilaga: Källor")
    yield script.paragraph(
        styles.BODY,
        "Det här exemplaret är ditt eget. Skicka rapporten utan källor till utskottet.",
    )
    yield script.plain_table(
        ("Id", "Aktivitet", "Fil, blad och rad"),
        (2.4, 6.6, 8.6),
        [
            [
                activity.id,
                link(anchor(activity), run(activity.values.title or NOTHING)),
                run(_places(activity)),
            ]
            for activity in activities
        ],
        title="Källor",
        description="Var varje aktivitet står i de inlämnade arbetsböckerna.",
    )


def _places(activity: Activity) -> str:
    found = [last_reported(activity.last_reported)] if activity.last_reported else []
    found += [f"{ref.file}, {ref.sheet}, rad {ref.row}" for ref in activity.sources]
    return "\n".join(found) or "skriven i sammanställningen"
