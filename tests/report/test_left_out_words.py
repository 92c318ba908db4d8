"""How much of what was wanted is of activities that the report has not, in words and on the cover."""

import pytest

from excel_uppsikt.report.account import SentBack, Wanted
from excel_uppsikt.report.sent_back import answered
from tests.report.test_sent_back_words import DONE, RULING, SILENT, facts, letter, report, sent_back

OUT = Wanted("C", "Varför?", left_out=True)
DAY = "4 juni 2024 (§ 12)"


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (
            (OUT,),
            "En komplettering begärdes. Den gäller en aktivitet som inte är med i rapporten.",
        ),
        (
            (OUT, OUT),
            "Två kompletteringar begärdes. Båda gäller aktiviteter som inte är med i rapporten.",
        ),
        (
            (OUT, OUT, OUT),
            "Tre kompletteringar begärdes. Alla gäller aktiviteter som inte är med i rapporten.",
        ),
        (
            (DONE, OUT),
            "Två kompletteringar begärdes. En av dem gäller en aktivitet som inte är med i rapporten.",
        ),
        (
            (SILENT, OUT, OUT, SILENT),
            "Fyra kompletteringar begärdes. Om två av dem har inget kommit in ännu. Två av dem gäller "
            "aktiviteter som inte är med i rapporten.",
        ),
    ],
)
def test_what_the_report_has_not_is_counted_apart(wanted: tuple[Wanted, ...], words: str) -> None:
    assert answered(SentBack(RULING, wanted)) == words
    assert any(text.endswith(words) for _, text in letter(sent_back(*wanted)))


@pytest.mark.parametrize(
    ("wanted", "fact"),
    [
        ((OUT,), f"Återremitterad\t{DAY}"),
        ((OUT, SILENT), f"Återremitterad\t{DAY}"),
        ((OUT, DONE), f"Kompletterad\tdelvis, efter återremissen den {DAY}"),
    ],
)
def test_the_cover_does_not_call_it_completed(wanted: tuple[Wanted, ...], fact: str) -> None:
    told = facts(report(sent_back(*wanted)))
    assert [one for one in told if one.startswith(("Kompl", "Återr"))] == [fact]
