"""What a report, its cover and its letter say of a committee's decision, word for word."""

import io
from dataclasses import replace
from datetime import date

import docx
import pytest

from excel_uppsikt.model import Outcome, Ruling
from excel_uppsikt.report.account import Account, SentBack, Wanted
from excel_uppsikt.report.activities import anchor
from excel_uppsikt.report.document import make_report
from excel_uppsikt.report.letter import make_letter
from excel_uppsikt.report.sent_back import answered, decided, decided_before, when
from tests.report.test_document import TEMPLATE, activity, lines
from tests.small_rounds import CARE, make_plan

PLAN = make_plan()
DEPARTMENT = PLAN.departments[0]
DAY = date(2024, 6, 4)
RULING = Ruling(CARE, Outcome.SENT_BACK, DAY, "12", "Det framgår inte varför.\n\nSkriv det.\n")
CAMP = activity("Läger")
WANTED = (
    Wanted("Läger", "Vad har hänt?\nOch när?", ("Slutdatum: 2024-12-01", "Ny text."), CAMP),
    Wanted("Hemtjänst", ""),
)


def report(account: Account) -> list[tuple[str, str]]:
    """The report's paragraphs by style."""
    data = make_report(PLAN, DEPARTMENT, account, template=TEMPLATE).data
    return lines(docx.Document(io.BytesIO(data)))


def letter(account: Account) -> list[tuple[str, str]]:
    """The letter's."""
    data = make_letter(PLAN, DEPARTMENT, account, template=TEMPLATE)
    return lines(docx.Document(io.BytesIO(data)))


def sent_back(*wanted: Wanted, ruling: Ruling = RULING) -> Account:
    return Account([CAMP], sent_back=SentBack(ruling, wanted))


DECIDED = "Utskottet återremitterade uppsiktsrapporten den 4 juni 2024 (§ 12) för komplettering."


def part(written: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What the report has under the heading of the decision."""
    heading = ("Uppsikt onumrerad rubrik", "Komplettering efter återremiss")
    at = next(n for n, one in enumerate(written) if one[1] == heading[1] and "toc" not in one[0])
    after = next(n for n, one in enumerate(written[at + 1 :], at + 1) if one[0] == written[at][0])
    return written[at + 1 : after]


def test_what_was_wanted_of_an_activity_leads_to_where_it_stands() -> None:
    """So that the committee need not look for it; a question to a unit leads nowhere."""
    data = make_report(PLAN, DEPARTMENT, sent_back(*WANTED), template=TEMPLATE).data
    document = docx.Document(io.BytesIO(data))
    titles = {
        one.text: [link.fragment for link in one.hyperlinks]
        for one in document.paragraphs
        if one.style is not None and one.style.name == "Heading 3"
    }
    assert titles == {"Läger": [anchor(CAMP)], "Hemtjänst": []}
    there = document.element.xpath(f"//w:bookmarkStart[@w:name='{anchor(CAMP)}']")
    assert len(there) == 1


def test_what_was_wanted_stands_with_what_has_been_done_about_each() -> None:
    assert part(report(sent_back(*WANTED))) == [
        ("Body Text", DECIDED),
        ("Uppsikt mellanrubrik", "Skäl"),
        ("Body Text", "Det framgår inte varför."),
        ("Body Text", "Skriv det."),
        ("Uppsikt mellanrubrik", "Vad som begärdes, och vad som har gjorts"),
        (
            "Body Text",
            "Två kompletteringar begärdes. Om en av dem har inget kommit in ännu.",
        ),
        ("Heading 3", "Läger"),
        ("Body Text", "Begärt: Vad har hänt?"),
        ("Body Text", "Och när?"),
        ("Body Text", "Gjort:"),
        ("List Bullet", "Slutdatum: 2024-12-01"),
        ("List Bullet", "Ny text."),
        ("Heading 3", "Hemtjänst"),
        ("Body Text", "Begärt: –"),
        ("Body Text", "Gjort: Inget har kommit in ännu."),
    ]


def test_without_reasons_and_wants_the_decision_stands_alone() -> None:
    bare = replace(RULING, reasons="")
    assert part(report(sent_back(ruling=bare))) == [("Body Text", DECIDED)]


@pytest.mark.parametrize(
    ("ruling", "words"),
    [
        (RULING, " den 4 juni 2024 (§ 12)"),
        (replace(RULING, paragraph="§ 12 a\n"), " den 4 juni 2024 (§ 12 a)"),
        (replace(RULING, paragraph="9 a"), " den 4 juni 2024 (§ 9 a)"),
        (replace(RULING, paragraph="KS  § 3"), " den 4 juni 2024 (KS § 3)"),
        (replace(RULING, paragraph=""), " den 4 juni 2024"),
        (replace(RULING, day=None), " (§ 12)"),
        (replace(RULING, day=None, paragraph=""), ""),
    ],
)
def test_the_day_and_paragraph_go_on_in_a_sentence(ruling: Ruling, words: str) -> None:
    assert when(ruling) == words
    assert decided(DEPARTMENT, ruling) == DECIDED.replace(" den 4 juni 2024 (§ 12)", words)
    nobody, board = (replace(DEPARTMENT, committee=name) for name in ("", "barn- och KS-nämnden"))
    for one, who in ((nobody, "Utskottet"), (board, "Barn- och KS-nämnden")):
        assert decided(one, ruling) == (
            f"{who} återremitterade uppsiktsrapporten{words} för komplettering."
        )
    left = {
        Outcome.APPROVED: "godkändes",
        Outcome.SENT_BACK: "återremitterades för komplettering",
        Outcome.TO_BOARD: "lämnades över till kommunstyrelsen",
    }
    for outcome, verb in left.items():
        before = decided_before(replace(ruling, outcome=outcome))
        assert before == f"Förra omgångens rapport {verb}{words}."


DONE, SILENT = Wanted("A", "Varför?", ("Så.",)), Wanted("B", "Varför?")


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ((), "Vad som skulle kompletteras framgår av skälen."),
        ((DONE,), "En komplettering begärdes."),
        ((SILENT,), "En komplettering begärdes. Inget har kommit in ännu."),
        ((DONE, DONE), "Två kompletteringar begärdes."),
        ((SILENT, SILENT), "Två kompletteringar begärdes. Inget har kommit in ännu."),
        (
            (DONE, SILENT, DONE, SILENT),
            "Fyra kompletteringar begärdes. Om två av dem har inget kommit in ännu.",
        ),
    ],
)
def test_how_much_was_wanted_is_counted(wanted: tuple[Wanted, ...], words: str) -> None:
    assert answered(SentBack(RULING, wanted)) == words


FACT = "Uppsikt uppgift"


def facts(written: list[tuple[str, str]]) -> list[str]:
    """The cover's facts, or the letter's."""
    return [text for style, text in written if style == FACT]


def test_the_letter_says_that_it_was_sent_back() -> None:
    told = [text for _, text in letter(sent_back(*WANTED))]
    begun = "Två kompletteringar begärdes. Om en av dem har inget kommit in ännu."
    assert f"{DECIDED} {begun}" in told
    plain = [text for _, text in letter(Account([CAMP]))]
    assert not any("begärdes" in text or "återremitterade" in text for text in plain)


@pytest.mark.parametrize(
    ("wanted", "ruling", "fact"),
    [
        ((DONE, DONE), RULING, "Kompletterad\tefter återremissen den 4 juni 2024 (§ 12)"),
        ((DONE, SILENT), RULING, "Kompletterad\tdelvis, efter återremissen den 4 juni 2024 (§ 12)"),
        ((SILENT,), RULING, "Återremitterad\t4 juni 2024 (§ 12)"),
        # What was wanted stands in the reasons alone, so nobody can tell whether it has been done.
        ((), RULING, "Återremitterad\t4 juni 2024 (§ 12)"),
        ((DONE,), replace(RULING, day=None, paragraph=""), "Kompletterad\tefter återremissen"),
        ((SILENT,), replace(RULING, day=None, paragraph=""), "Återremitterad\tja"),
    ],
)
def test_the_cover_says_whether_it_has_been_completed_after_which_decision(
    wanted: tuple[Wanted, ...], ruling: Ruling, fact: str
) -> None:
    told = facts(report(sent_back(*wanted, ruling=ruling)))
    begun = ("Kompletterad", "Återremitterad")
    assert [one for one in told if one.startswith(begun)] == [fact]
    assert not any(one.startswith(begun) for one in facts(report(Account([CAMP]))))


def test_the_state_of_what_has_been_completed_may_be_later_than_the_cutoff() -> None:
    """What has not been answered is of the day that the plan says, and so is all of a first report."""
    cutoff = replace(PLAN, settings=replace(PLAN.settings, cutoff=date(2024, 4, 30)))
    state = "Läget är det som gällde den 30 april 2024."

    def said(marks: dict[str, str]) -> list[str]:
        account = Account([CAMP], sent_back=SentBack(RULING, (DONE,), marks))
        pages = make_report(cutoff, DEPARTMENT, account, template=TEMPLATE).data
        told = [text for _, text in lines(docx.Document(io.BytesIO(pages)))]
        own = [text for text in told if "Läget är" in text]
        return [text[text.index("Läget är") :] for text in own]

    assert said({}) == [state]
    assert said({CAMP.id: "Kompletterad efter återremissen"}) == [
        f"{state} Det som har kompletterats kan vara nyare."
    ]


def test_what_is_passed_to_the_board_says_to_whom_it_goes_and_who_presents_it() -> None:
    account = Account([CAMP], to_board=True)
    board = ["Till\tKommunstyrelsen", "Föredragande\tOrdföranden i utskottet"]
    assert facts(letter(account))[:2] == board
    assert [fact for fact in facts(report(account)) if fact in board] == board
    assert facts(letter(Account([CAMP])))[0] == "Till\tutskottet"


@pytest.mark.parametrize("committee", ["utskottet", ""])
def test_who_presents_it_has_a_name_also_without_a_committee(committee: str) -> None:
    department = replace(DEPARTMENT, committee=committee)
    plan = make_plan(departments=(department,))
    data = make_letter(plan, department, Account([CAMP], to_board=True), template=TEMPLATE)
    chair = f"Ordföranden i {committee}" if committee else "Utskottets ordförande"
    assert f"Föredragande\t{chair}" in facts(lines(docx.Document(io.BytesIO(data))))


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (replace(RULING, outcome=Outcome.APPROVED), "godkändes"),
        (RULING, "återremitterades"),
    ],
)
def test_the_report_says_how_the_previous_rounds_was_left_after_its_introduction(
    before: Ruling, words: str
) -> None:
    said = decided_before(before)
    assert words in said
    told = [text for _, text in report(Account([CAMP], before=before))]
    without = [text for _, text in report(Account([CAMP]))]
    assert [text for text in told if text not in without] == [said]
    assert told.count(said) == 1
    # And before the first of the goals.
    assert told[told.index(said) + 1].endswith(CAMP.goal.text.rstrip("."))
