"""Answers that a sender has written inside the mail they got, where only the plan tells what it said.

Its words as they were sent are not there to compare with. What stands between two of the plan's that follow
on each other is the sender's. Where anything else than that may be so, as after words that were changed
before it was sent or around what is told to one unit alone, nothing is taken for the sender's.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from excel_uppsikt.form.definition import COMMON
from excel_uppsikt.language.numbers import swedish_date, swedish_number
from excel_uppsikt.language.text import fold
from excel_uppsikt.model import Plan
from excel_uppsikt.plan.texts import MAIL_FACTS

PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
_WORD = re.compile(r"[^\W_]+")
# Mail programs write an address that is a link twice, or another in its place.
_LINK = re.compile(r"<?\b(?:https?|mailto):[^\s>]*>?", re.IGNORECASE)
# Words in a row by which a line is known wherever in the mail it stands.
_TELLING = 3
# Nobody writes more lines into a mail; each is compared with all of its words.
_MOST_LINES, _LONGEST_LINE = 1_000, 2_000
_SENTENCE_END = re.compile(r"[”\"')*]*[.:!?][”\"')*]*\s+")
# Between several names.
_JOINING = "och respektive"
_DATES = ("sista svarsdag", "sista dag för rättningar", "avstämningsdatum", "rapportdatum")
_FACTS = frozenset(f"{{{fact}}}" for fact in MAIL_FACTS)


@dataclass(frozen=True, slots=True)
class SentTexts:
    """The plan's mails as words in a row, each placeholder in its place, and the words that may fill each."""

    mails: tuple[tuple[str, ...], ...]
    filled: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, plan: Plan, written: Iterable[str]) -> "SentTexts":
        """Those of a plan, as they are written in it."""
        filled = {
            f"{{{mark}}}": frozenset(word for name in names for word in _words(name))
            for mark, names in _names(plan).items()
        }
        return cls(tuple(map(_row, written)), filled)

    def answers(self, lines: Sequence[str]) -> tuple[str, ...]:
        """The lines that the sender has written in a quoted mail, as paragraphs; none where it is unsure."""
        read = [(line, _words(line)) for line in lines[:_MOST_LINES] if len(line) <= _LONGEST_LINE]
        compared = [_Compared(mail, self.filled).all(read) for mail in self.mails]
        best = max(compared, key=lambda one: one.known, default=None)
        return tuple(best.told) if best else ()


@dataclass(slots=True)
class _Compared:
    """A quoted mail compared with one of the plan's, line by line.

    `at` are the places in its words where the next may be. `waiting` are lines of which it is not known yet
    whose they are, `unsure` whether they may be filled in, and `known` counts the words that are the mail's.
    """

    mail: Sequence[str]
    filled: Mapping[str, Collection[str]]
    at: frozenset[int] = frozenset({0})
    known: int = 0
    waiting: list[str] = field(default_factory=list)
    unsure: bool = False
    told: list[str] = field(default_factory=list)

    def all(self, lines: Iterable[tuple[str, Sequence[str]]]) -> "_Compared":
        """Goes through the lines. What stands after the last of the mail's is a signature or the like."""
        for line, words in lines:
            if words:
                self._line(line, words)
            elif self.waiting:
                self.waiting.append("")
        return self

    def _line(self, line: str, words: Sequence[str]) -> None:
        count, ends = self._run(self.at, words)
        if count < len(words):
            later = frozenset(range(min(self.at) + 1, len(self.mail)))
            found, anywhere = self._run(later, words)
            if found == len(words) >= _TELLING:
                # Words of the mail have been left out before it, so that nobody knows whose those lines are.
                self._forget()
                count, ends = found, anywhere
        if count < len(words) and not _ends_sentence(line, count):
            count = 0
        if count:
            self._tell()
            self.at, self.known = ends, self.known + count
        if count < len(words):
            # What stands where something is filled in may be that, unknown to the plan.
            self.unsure |= all(
                place < len(self.mail) and self._is_filled(place) for place in self.at
            )
            self.waiting.append(_after(line, count))

    def _is_filled(self, place: int) -> bool:
        return self.mail[place].startswith("{")

    def _tell(self) -> None:
        """Tells the lines that wait, where the mail has begun before them and goes on after them."""
        if self.known and self.waiting and not self.unsure:
            self.told.append("\n".join(self.waiting).strip())
        self._forget()

    def _forget(self) -> None:
        self.waiting.clear()
        self.unsure = False

    def _run(self, starts: frozenset[int], words: Sequence[str]) -> tuple[int, frozenset[int]]:
        """How many of the words follow on each other in the mail from one of these places, and to where."""
        at = starts
        for count, word in enumerate(words):
            ends = frozenset(self._steps(at, word, first=count == 0))
            if not ends:
                return count, at
            at = ends
        return len(words), at

    def _steps(self, places: Iterable[int], word: str, *, first: bool) -> Iterator[int]:
        for start in places:
            place = start
            while place < len(self.mail):
                if self.mail[place] == word:
                    yield place + 1
                if not self._is_filled(place):
                    break
                if word in self.filled.get(self.mail[place], ()):
                    yield from (place, place + 1)
                if first or self.mail[place] in _FACTS:
                    break
                # There may have been nothing to fill in.
                place += 1


def _row(text: str) -> tuple[str, ...]:
    """A mail's words, and its placeholders with their braces."""
    row: list[str] = []
    for at, piece in enumerate(PLACEHOLDER.split(text)):
        row += [f"{{{piece}}}"] if at % 2 else _words(piece)
    return tuple(row)


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(_LINK.sub(" ", text)))


def _ends(line: str) -> list[int]:
    """Where each of a line's words ends."""
    plain = _LINK.sub(lambda link: " " * len(link[0]), line)
    return [match.end() for match in _WORD.finditer(plain)]


def _ends_sentence(line: str, count: int) -> bool:
    """Whether so many words of a line are a sentence."""
    ends = _ends(line)
    return 0 < count <= len(ends) and _SENTENCE_END.match(line, ends[count - 1]) is not None


def _after(line: str, count: int) -> str:
    """What follows in a line after so many words."""
    if not count:
        return line.strip()
    end = _SENTENCE_END.match(line, _ends(line)[count - 1])
    return line[end.end() :].strip() if end else ""


def _names(plan: Plan) -> dict[str, list[str]]:
    """What the plan has to fill in, by placeholder."""
    settings, departments = plan.settings, plan.departments
    names = [department.name for department in departments]
    days = (settings.deadline, settings.last_day_of_corrections, settings.cutoff)
    reported = [department.report_date for department in departments]
    dates = [swedish_date(day) for day in (*days, *reported) if day]
    people = [unit.contact for unit in plan.units] + [one.responsible for one in departments]
    return {
        "enhet": [*(unit.name for unit in plan.units), *names, COMMON, _JOINING],
        "verksamhet": [*names, _JOINING],
        "utskott": [*(department.committee for department in departments), _JOINING],
        "mottagare": [*people, *(recipient.name for recipient in plan.recipients)],
        "avsändare": [settings.sender],
        "kommun": [settings.municipality],
        "år": [str(settings.year)],
        "period": [settings.period],
        "diarienummer": [settings.reference],
        "rapporttitel": [settings.report_title],
        "minsta antal": [swedish_number(settings.minimum)],
        "obligatoriska mål": [*(goal.text for goal in plan.mandatory_goals), "inget mål", _JOINING],
        **{date: [*dates, _JOINING] for date in _DATES},
    }
