"""What the summary tells of goals, deviations and changes where its page has no room for all."""

import io

import docx
import pytest

from excel_uppsikt.model import Activity, Change, ChangeKind, Goal
from excel_uppsikt.report.account import Account
from excel_uppsikt.report.document import make_report
from tests.report.test_document import TEMPLATE, activity, lines
from tests.small_rounds import STATUSES, make_plan

ONGOING, DEVIATING = STATUSES[1], STATUSES[2]
LONG = "Kommunens invånare ska känna att de kan påverka sin vardag nr"


def told(account: Account, goals: tuple[Goal, ...]) -> list[str]:
    """The summary's paragraphs, cells too."""
    plan = make_plan(goals=goals)
    data = make_report(plan, plan.departments[0], account, template=TEMPLATE).data
    written = [text for _, text in lines(docx.Document(io.BytesIO(data)))]
    first = max(at for at, text in enumerate(written) if text == "Sammanfattning")
    return written[first : written.index("Förslag till beslut", first)]


def some(count: int) -> tuple[Goal, ...]:
    """So many goals, each in a text of two lines."""
    return tuple(Goal(at, f"{LONG} {at}.", "Område") for at in range(1, count + 1))


@pytest.mark.parametrize(("count", "whole"), [(12, True), (13, False)])
def test_of_more_than_twelve_goals_only_the_beginnings_stand_in_the_table(
    count: int, whole: bool
) -> None:
    """And then no change is named, but all are counted."""
    goals = some(count)
    activities = [activity(f"A {goal.number}", goal, status=ONGOING) for goal in goals]
    changes = [
        Change(ChangeKind.GONE, activity("Borta", goals[0], id="1-borta")),
        Change(ChangeKind.BACKWARDS, activity("Bakåt", goals[0], id="1-bakat"), "Före", "Efter"),
        Change(ChangeKind.UNREPORTED, activity("Tyst", goals[0], id="1-tyst")),
        Change(ChangeKind.UNCHANGED, activity("Samma", goals[0], id="1-samma")),
    ]
    written = told(Account(activities, changes), goals)
    assert [f"{LONG} 1." in written, f"{LONG} {count}." in written] == [whole] * 2
    assert (f"Kommunens … nr {count}." in written) is not whole
    counts = (
        "Sedan förra omgången har en aktivitet gått bakåt i status, en fallit bort och en inte "
        "redovisats. Alla ändringar står i bilagan."
    )
    at = written.index("Ändrat sedan förra omgången")
    named = ["Bakåt. Status bakåt. Före blev Efter.", "Borta. Finns inte kvar."]
    assert written[at + 1 :] == [counts, *(named if whole else [])]


@pytest.mark.parametrize(
    ("count", "worked", "words"),
    [(1, 1, "kommunens enda mål"), (2, 2, "alla 2 mål"), (3, 2, "2 av kommunens 3 mål")],
)
def test_the_first_sentence_counts_activities_and_goals(
    count: int, worked: int, words: str
) -> None:
    goals = some(count)
    activities = [activity("A", goal, id=f"{goal.number}-a") for goal in goals[:worked]]
    number = "1 aktivitet" if worked == 1 else "2 aktiviteter"
    when = "Läget är det som gällde den 30 april 2024."
    written = told(Account(activities), goals)
    assert f"Social verksamhet redovisar {number} för {words}. {when}" in written


def test_what_has_no_title_is_named_so() -> None:
    goals = some(1)
    untitled = activity("", goals[0], status=DEVIATING, comment="")
    changes = [Change(ChangeKind.GONE, activity("Med punkt.", goals[0], id="1-borta"))]
    written = told(Account([untitled], changes), goals)
    assert "Utan titel. ▲ Pågående med avvikelse." in written
    assert "Med punkt. Finns inte kvar." in written


def late(comments: list[str], goal: Goal) -> list[Activity]:
    """Activities that deviate, for these reasons."""
    return [
        activity(f"Nr {at}", goal, id=f"1-{at}", status=DEVIATING, comment=comment)
        for at, comment in enumerate(comments)
    ]


def test_a_reason_is_told_whole_where_it_has_room_and_else_to_its_first_hundreds() -> None:
    """One sentence to 170 letters; of one that is whole, those that follow as well."""
    letters = ("ord " * 43)[:170].strip()
    longest = letters + "o" * (170 - len(letters))
    longer = longest + "o"
    goals = some(1)
    comments = [longest, longer, "Kort skäl. Ett till!  Och ett.", "", "Först. " + "x" * 40]
    written = told(Account(late(comments, goals[0])), goals)
    head = "▲ Pågående med avvikelse."
    at = written.index("Avvikelser")
    assert written[at + 1 : at + 6] == [
        f"Nr 0. {head} {longest}",
        f"Nr 1. {head} {longest.rpartition(' ')[0]} …",
        f"Nr 2. {head} Kort skäl. Ett till! Och ett.",
        f"Nr 3. {head}",
        f"Nr 4. {head} Först. {'x' * 40}",
    ]


def test_where_the_page_has_room_every_sentence_of_a_reason_is_told() -> None:
    """A dozen of them, of a line each."""
    goals = some(1)
    reason = " ".join(
        f"Det här är skäl nummer {n} av tolv, och det tar en rad på sidan." for n in range(12)
    )
    written = told(Account(late([reason], goals[0])), goals)
    assert f"Nr 0. ▲ Pågående med avvikelse. {reason}" in written
