"""The rows of completion forms sorted: what was asked for, what is new, and what nobody asked for."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from excel_uppsikt.findings.catalogue.merging import M610, M611
from excel_uppsikt.findings.finding import Finding, find, quote
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form import definition as form
from excel_uppsikt.language.text import fold, listed, short_hash
from excel_uppsikt.model import (
    Activity,
    Compilation,
    Entry,
    Field,
    Line,
    Submission,
    Values,
)

_Title = tuple[str | None, int, str]
# How the mark of a row that was not asked for begins, and of how many words it is made.
_UNASKED = "Inte begärd "
_PARTS_OF_MARK = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """A row of somebody's completion form, and what the form said of the activity when it went out."""

    owner: str
    entry: Entry
    sent: Values | None


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers by the Id of the activity that they complete, the new rows, and what was found.

    `unasked` are marks of the rows that nobody asked for, kept with those who have been heard: the forms
    that tell that such a row is no new activity may be away the next time, or the activity may have got
    another title. So are those `taken` as new: what they said is told no more once the activity says
    something else.
    """

    by_id: Mapping[str, tuple[Answer, ...]] = field(default_factory=dict)
    new: tuple[Entry, ...] = ()
    unasked: frozenset[str] = frozenset()
    taken: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()

    @property
    def marks(self) -> frozenset[str]:
        """What is kept of the rows for the next merge."""
        return self.unasked | self.taken


def sort_answers(
    submissions: Sequence[Submission], activities: Iterable[Activity], earlier: Compilation
) -> Answers:
    """What the rows of completion forms in use are about, the last saved form last.

    `activities` are made of all other forms. Of what one owner has sent several times the last counts.
    M610 for a row about an activity that was not to be completed, M611 for a new one.
    """
    if not submissions:
        return Answers()
    known = _Known(submissions, activities, earlier)
    by_id: dict[str, dict[str, Answer]] = {}
    new: dict[tuple[str, object], Entry] = {}
    unasked: dict[str, list[Finding]] = {}
    marked = dict(known.marked)
    before = earlier.heard or frozenset()
    taken: set[str] = set()
    for submission in submissions:
        owner = submission.owner
        for entry in submission.entries:
            made, sent = known.id_of(submission, entry)
            mark, new_mark = _mark(entry), _new_mark(owner, entry)
            if made is None and mark in known.marked:
                unasked.setdefault(mark, []).extend(_unasked(entry, None))
            elif made is None:
                new[owner, _title(entry) if entry.values.title else entry.place()] = entry
                taken.add(new_mark)
            elif sent is not None or (
                made in known.asked and _lost(submission, mark, known.marked)
            ):
                by_id.setdefault(made, {})[owner] = Answer(owner, entry, sent)
            elif new_mark in before:
                taken.add(new_mark)
            else:
                marked[mark] = made
                unasked.setdefault(mark, []).extend(_unasked(entry, known.values[made]))
    added = [
        find(M611.PLAIN, entry.place(), title=entry.values.title or "–", owner=owner)
        for (owner, _), entry in new.items()
    ]
    return Answers(
        {made: tuple(answers.values()) for made, answers in by_id.items()},
        tuple(new.values()),
        frozenset(f"{mark} {marked[mark]}".rstrip() for mark in unasked),
        frozenset(taken),
        (*chain.from_iterable(unasked.values()), *added),
    )


def _lost(submission: Submission, mark: str, marked: Container[str]) -> bool:
    """Whether a form that has no rows with it may have lost them, so that what is asked now tells.

    One with nothing but a question never had any: what nobody asked for in it then is no answer now.
    """
    return not submission.sent and mark not in marked


def _mark(entry: Entry) -> str:
    """A mark of a row that was not asked for; the Id of its activity is kept after it."""
    department, goal, title = _title(entry)
    return f"{_UNASKED}{goal} {short_hash(department or '', title)}"


def _marked(heard: Iterable[str]) -> Mapping[str, str]:
    """The marks kept of rows that were not asked for, with the Id of each one's activity, "" for none."""
    kept = (one.split(" ", _PARTS_OF_MARK) for one in heard if one.startswith(_UNASKED))
    return {" ".join(parts[:_PARTS_OF_MARK]): "".join(parts[_PARTS_OF_MARK:]) for parts in kept}


def _new_mark(owner: str, entry: Entry) -> str:
    """A mark of a row that somebody added, with all that it says."""
    said = (text for of in Field if (text := entry.raw.get(of, "")))
    return f"Ny {entry.goal.number} {short_hash(owner, entry.department or '', *said)}"


class _Known:
    """The activities there are, but for those that completion forms themselves have added.

    `values` is what is said of each by Id, `asked` are those that are to be completed, and `marked` are the
    marks of rows that were not asked for before, with the Id of the activity that each was about.
    """

    def __init__(
        self,
        submissions: Sequence[Submission],
        activities: Iterable[Activity],
        earlier: Compilation,
    ) -> None:
        files = {submission.file for submission in submissions}
        there = {activity.id: activity for activity in activities}
        self.values: dict[str, Values] = {made: one.values for made, one in there.items()}
        self.asked: set[str] = set()
        self._joined = {line.activity.id for line in earlier.lines if line.choice.own}
        self.marked = _marked(earlier.heard or ())
        self._titles: dict[_Title, str] = {}
        parts = {
            source: line.activity.id
            for line in earlier.lines
            if line.choice.joined and line.collected
            for source in line.collected.sources
        }
        for line in earlier.lines:
            made = line.activity.id
            if line.choice.completion:
                self.asked.add(made)
            elif made not in there and _only_from(line, files, parts):
                continue
            self.values[made] = line.activity.values
            for said in filter(None, (line.collected, line.activity)):
                self._titles.setdefault(_title(said), made)
        for activity in there.values():
            self._titles.setdefault(_title(activity), activity.id)

    def id_of(self, submission: Submission, entry: Entry) -> tuple[str | None, Values | None]:
        """The Id of the activity that a row is about, None for a new one, and what it was sent out with."""
        sent = submission.sent
        made = entry.id
        if made is None or (made not in self.values and made not in sent):
            made = self._by_title(submission, entry)
        if made is None or made not in sent or made in self.values:
            return made, sent.get(made or "")
        # A row of the coordinator's own has had another Id since a unit's was joined with it.
        known = self._titles.get((entry.department, entry.goal.number, fold(sent[made].title)))
        return known if known in self._joined else made, sent[made]

    def _by_title(self, submission: Submission, entry: Entry) -> str | None:
        title = fold(entry.values.title)
        if not title:
            return None
        sent = (made for made, values in submission.sent.items() if fold(values.title) == title)
        # The activity may have got another title since the row was met the first time.
        marked = self.marked.get(_mark(entry))
        return next(sent, None) or (
            marked if marked in self.values else self._titles.get(_title(entry))
        )


def _only_from(line: Line, files: set[str], parts: Mapping[Place, str]) -> bool:
    """Whether a row was made of nothing but completion forms; what was joined into it is its `parts`'."""
    made, sources = line.activity.id, line.collected.sources if line.collected else ()
    own = [source for source in sources if parts.get(source, made) == made]
    return bool(own) and all(source.file in files for source in own)


def _title(said: Activity | Entry) -> _Title:
    return said.department, said.goal.number, fold(said.values.title)


def _unasked(entry: Entry, values: Values | None) -> Iterable[Finding]:
    """M610 with what a row says that the activity does not, if there is one."""
    there = values or Values()
    other = [
        f"{form.header(of)} {quote(entry.raw[of])}"
        for of in Field
        if of in entry.raw and entry.values.value(of) != there.value(of)
    ]
    if other:
        title, rows = there.title or entry.values.title or "–", listed(other)
        yield find(
            M610.PLAIN if values is not None else M610.GONE,
            entry.place(), entry.values.title, title=title, rows=rows,
        )  # fmt: skip
