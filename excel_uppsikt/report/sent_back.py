"""What a report and its letter say of decisions: sent back and completed, passed to the board, and before."""

from collections.abc import Iterator

from excel_uppsikt.language.numbers import swedish_number
from excel_uppsikt.language.text import clean
from excel_uppsikt.model import Department, Outcome, Ruling
from excel_uppsikt.report import styles
from excel_uppsikt.report.account import Account, SentBack, Wanted
from excel_uppsikt.report.activities import anchor
from excel_uppsikt.report.manuscript import Manuscript, day_in_words
from excel_uppsikt.word.pieces import Xml, link, run

HEADING = "Komplettering efter återremiss"
NOTHING_YET = "Inget har kommit in ännu."
_LEFT_OUT = "Aktiviteten är inte med i rapporten, och ingen komplettering av den redovisas här."
_BOARD = "Kommunstyrelsen"
# Of the previous round's report.
_LEFT = {
    Outcome.APPROVED: "godkändes",
    Outcome.SENT_BACK: "återremitterades för komplettering",
    Outcome.TO_BOARD: "lämnades över till kommunstyrelsen",
}


def sent_back(script: Manuscript, account: SentBack) -> Iterator[Xml]:
    """The decision and its reasons, and what was wanted with what has been done about each."""
    yield script.unnumbered(HEADING)
    yield script.paragraph(styles.BODY, decided(script.department, account.ruling))
    if account.ruling.reasons:
        yield script.paragraph(styles.SUBHEAD, "Skäl")
        yield from _lines(script, account.ruling.reasons)
    if not account.wanted:
        return
    yield script.paragraph(styles.SUBHEAD, "Vad som begärdes, och vad som har gjorts")
    yield script.paragraph(styles.BODY, answered(account))
    for one in account.wanted:
        yield from _one_wanted(script, one)


def _one_wanted(script: Manuscript, wanted: Wanted) -> Iterator[Xml]:
    title = run(wanted.about)
    if wanted.activity is not None:
        title = link(anchor(wanted.activity), title)
    yield script.paragraph(styles.ACTIVITY, title)
    first, *more = _paragraphs(wanted.asked) or ["–"]
    yield script.paragraph(styles.BODY, run("Begärt: ", bold=True), first, keep_next=not more)
    for text in more:
        yield script.paragraph(styles.BODY, text)
    if wanted.left_out:
        yield script.paragraph(styles.BODY, _LEFT_OUT)
        return
    if not wanted.done:
        yield script.paragraph(styles.BODY, run("Gjort: ", bold=True), NOTHING_YET)
        return
    yield script.paragraph(styles.BODY, run("Gjort:", bold=True), keep_next=True)
    for done in wanted.done:
        yield script.paragraph(styles.BULLET, done)


def _lines(script: Manuscript, text: str) -> Iterator[Xml]:
    """A text from minutes as it stands: nothing in it is a list, a box or a placeholder."""
    for line in _paragraphs(text):
        yield script.paragraph(styles.BODY, line)


def _paragraphs(text: str) -> list[str]:
    return [line for line in map(str.strip, clean(text).split("\n")) if line]


def decided(department: Department, ruling: Ruling) -> str:
    """The sentence that says who sent the report back, when and by which paragraph."""
    committee = department.committee or "utskottet"
    who = committee[:1].upper() + committee[1:]
    return f"{who} återremitterade uppsiktsrapporten{when(ruling)} för komplettering."


def decided_before(ruling: Ruling) -> str:
    """The sentence that says how the previous round's report was left."""
    return f"Förra omgångens rapport {_LEFT[ruling.outcome]}{when(ruling)}."


def answered(account: SentBack) -> str:
    """How much was wanted, about how much of it nothing has come in, and how much is not told of."""
    count = len(account.wanted)
    if not count:
        return "Vad som skulle kompletteras framgår av skälen."
    begun = "En komplettering begärdes."
    if count > 1:
        begun = f"{swedish_number(count).capitalize()} kompletteringar begärdes."
    out = sum(one.left_out for one in account.wanted)
    silent = sum(not one.done for one in account.wanted) - out
    if silent == count:
        begun += f" {NOTHING_YET}"
    elif silent:
        begun += f" Om {swedish_number(silent)} av dem har inget kommit in ännu."
    return begun + _of_left_out(out, count)


def _of_left_out(out: int, count: int) -> str:
    """How much of what was wanted is of activities that the report has not, as a sentence after another."""
    if not out:
        return ""
    noun = "en aktivitet" if out == 1 else "aktiviteter"
    which = f"{swedish_number(out).capitalize()} av dem"
    if out == count:
        which = {1: "Den", 2: "Båda"}.get(count, "Alla")
    return f" {which} gäller {noun} som inte är med i rapporten."


def on_cover(script: Manuscript, account: Account) -> Iterator[tuple[str, str]]:
    """What the cover says of the decisions, as names and values."""
    if account.sent_back is not None:
        yield _left(account.sent_back)
    yield from board_facts(script, account)


def _left(account: SentBack) -> tuple[str, str]:
    """Whether what was sent back has been completed, all or some of it, and by which decision it was."""
    decision = when(account.ruling)
    came = [bool(one.done) for one in account.wanted]
    if not any(came):
        return "Återremitterad", decision.removeprefix(" den ").strip() or "ja"
    return "Kompletterad", f"{'' if all(came) else 'delvis, '}efter återremissen{decision}"


def board_facts(script: Manuscript, account: Account) -> tuple[tuple[str, str], ...]:
    """To whom the matter goes and who presents it, where it has been passed to the board."""
    if not account.to_board:
        return ()
    committee = script.department.committee
    chair = f"Ordföranden i {committee}" if committee else "Utskottets ordförande"
    return ("Till", _BOARD), ("Föredragande", chair)


def may_be_later(account: SentBack | None) -> str:
    """What goes on after the day that a report is of, where anything has been completed since."""
    return " Det som har kompletterats kan vara nyare." if account and account.marks else ""


def when(ruling: Ruling) -> str:
    """The day and paragraph of a decision, as they go on in a sentence."""
    day = f" den {day_in_words(ruling.day)}" if ruling.day else ""
    number = " ".join(clean(ruling.paragraph).split())
    if number[:1].isdigit():
        number = f"§ {number}"
    return f"{day} ({number})" if number else day
