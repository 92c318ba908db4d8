"""The summary names what deviates: as many as its one page holds, each with its reason."""

import io
import re
from dataclasses import replace

import docx
import pytest

from excel_uppsikt.model import Activity, Goal, RuleTerm
from excel_uppsikt.report.account import Account
from excel_uppsikt.report.document import make_report
from tests.endurance import ENDURANCE
from tests.libreoffice import needs_libreoffice
from tests.report.test_document import TEMPLATE, activity, lines
from tests.report.test_whole import needs_calibri, pages
from tests.small_rounds import STATUSES, make_plan

REASON = "Rekryteringen har dragit ut på tiden."


def goals(count: int) -> list[Goal]:
    """Goals whose texts take two lines in the table."""
    return [
        Goal(n, f"Kommunens mål nummer {n} ska vara långt nog att ta två rader i tabellen.", "Mål")
        for n in range(1, count + 1)
    ]


def late(count: int, of: list[Goal], comment: str = REASON) -> list[Activity]:
    """Activities that deviate, spread over the goals."""
    return [
        activity(f"Aktivitet {n} som är försenad", of[n % len(of)], id=f"1-{n}", status=STATUSES[2],
                 comment=comment)
        for n in range(count)
    ]  # fmt: skip


def deviations(of: list[Goal], activities: list[Activity]) -> tuple[list[str], list[str]]:
    """What stands under Avvikelser, and the pages' first lines from the summary's on."""
    plan = make_plan(goals=of)
    rule = [RuleTerm(u.name, None, 1, 1, 2) for u in plan.units]
    account = Account(activities, None, rule)
    report = make_report(plan, plan.departments[0], account, template=TEMPLATE).data
    written = [text for _, text in lines(docx.Document(io.BytesIO(report)))]
    told = written[written.index("Avvikelser") + 1 : written.index("Kravet på enheterna")]
    return told, [page[0] for page in pages(report, 4)[2:]]


@needs_libreoffice
@needs_calibri
@pytest.mark.parametrize("count", [3, 8])
@pytest.mark.parametrize("number", [1, 5])
def test_every_deviation_that_has_room_is_named_with_its_reason(number: int, count: int) -> None:
    """Title, symbol, status and the reason, in the activities' order, on one page."""
    of = goals(number)
    told, firsts = deviations(of, late(count, of))
    assert sorted(told) == sorted(
        f"Aktivitet {n} som är försenad. ▲ Pågående med avvikelse. {REASON}" for n in range(count)
    )
    assert firsts == ["Sammanfattning", "Förslag till beslut"]


@needs_libreoffice
@needs_calibri
@pytest.mark.parametrize("comment", [REASON, "Ett skäl i många ord utan punkt " * 30, ""])
@pytest.mark.parametrize("number", [1, 12, 20] if ENDURANCE else [1, 20])
def test_where_there_are_more_the_number_left_is_told(number: int, comment: str) -> None:
    """With each that is named its reason stands, and the page is still one."""
    of = goals(number)
    told, firsts = deviations(of, late(60, of, comment))
    *named, last = told
    count = int(re.fullmatch(r"Och (\d+) avvikelser till, i kapitel 1\.", last)[1])  # type: ignore[index]
    assert count + len(named) == 60
    assert len(named) >= (2 if number == 20 else 5)
    begun = comment[:60]
    assert all(begun in line for line in named)
    assert firsts == ["Sammanfattning", "Förslag till beslut"]


def test_a_long_reason_is_cut_at_a_words_end() -> None:
    """All of it stands in chapter 1; the mark says that there is more."""
    of = goals(2)
    plan = make_plan(goals=of)
    words = "ord " * 300
    account = Account(late(1, of, words.strip()), None, [])
    report = make_report(plan, plan.departments[0], account, template=TEMPLATE).data
    written = [text for _, text in lines(docx.Document(io.BytesIO(report)))]
    (told,) = [text for text in written if text.startswith("Aktivitet 0 som är försenad. ▲")]
    assert re.fullmatch(r"Aktivitet 0 som är försenad\. ▲ Pågående med avvikelse\.( ord)+ …", told)
    assert len(told) < 300


def test_an_activity_in_order_is_not_named() -> None:
    """Only what deviates."""
    of = goals(1)
    plan = make_plan(goals=of)
    good = replace(late(1, of)[0], id="1-x")
    good = replace(good, values=replace(good.values, status=STATUSES[1]))
    account = Account([good], None, [])
    report = make_report(plan, plan.departments[0], account, template=TEMPLATE).data
    written = [text for _, text in lines(docx.Document(io.BytesIO(report)))]
    assert written[written.index("Avvikelser") + 1] == "Ingen aktivitet har avvikelse."


@needs_libreoffice
@needs_calibri
def test_those_without_room_for_a_reason_are_named_where_they_are_few() -> None:
    """That all are named is worth more than that one more is told; a long title is cut at a word's end."""
    of = goals(20)
    activities = late(12, of)
    long = "Införa 10 trygghetskameror i äldreomsorgen samt stöd och omsorg"
    activities[-1] = replace(activities[-1], values=replace(activities[-1].values, title=long))
    told, firsts = deviations(of, activities)
    short = "; ".join(f"Aktivitet {n} som är försenad" for n in range(5, 11))
    assert told == [
        *(f"Aktivitet {n} som är försenad. ▲ Pågående med avvikelse. {REASON}" for n in range(5)),
        f"Och 7 avvikelser till, i kapitel 1: {short}; Införa 10 trygghetskameror i äldreomsorgen …",
    ]
    assert firsts == ["Sammanfattning", "Förslag till beslut"]
