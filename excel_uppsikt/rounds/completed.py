"""What has been done about what a committee wanted completed, since the version that was sent back."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from excel_uppsikt import figures
from excel_uppsikt.compilation.decisions import rulings
from excel_uppsikt.compilation.parts import same_value
from excel_uppsikt.form import definition as form
from excel_uppsikt.form.definition import COMPLETION_OF, WHOLE_DEPARTMENT
from excel_uppsikt.language.text import fold, listed
from excel_uppsikt.model import (
    Activity,
    Compilation,
    Department,
    Field,
    Line,
    Outcome,
    Plan,
    Question,
    Ruling,
    Status,
)
from excel_uppsikt.report.account import SentBack, Wanted
from excel_uppsikt.rounds.versions import compilation_of, sent_back_version

COMPLETED, ADDED = "Kompletterad efter återremissen", "Ny efter återremissen"
# Of a text no more is told here; all of it stands in chapter 1.
_LONGEST = 400
_SHORT = (Field.STATUS, Field.START, Field.END)


def completed_since(
    folder: Path, plan: Plan, department: Department, compilation: Compilation
) -> SentBack | None:
    """The account of a department's completion, None where its report was never sent back."""
    sent = [
        one
        for one in rulings(compilation.decisions, department.name)
        if one.outcome is Outcome.SENT_BACK
    ]
    if not sent:
        return None
    version = sent_back_version(folder, plan, department, compilation.decisions)
    then = compilation_of(version, plan) if version else None
    return _Since(compilation, then, department.name, sent[-1]).account()


class _Since:
    """A department's activities as they are, beside those of the version that was sent back, if any."""

    def __init__(
        self, now: Compilation, then: Compilation | None, department: str, ruling: Ruling
    ) -> None:
        self._lines = [line for line in now.lines if line.activity.department == department]
        self._reported = {
            line.activity.id: line.activity for line in self._lines if line.choice.reported
        }
        self._then = None if then is None else {one.id: one for one in then.in_reports}
        # What was kept out of that report too, or was a part of another activity there.
        self._rows = {line.activity.id: line.activity for line in then.lines} if then else {}
        self._heard = now.heard or frozenset()
        self._ruling = ruling
        self._marks: dict[str, str] = {}

    def account(self) -> SentBack:
        """What was wanted, row by row and then by whom it was asked, with what has been done."""
        asked = [line for line in self._lines if line.choice.completion]
        rows = [self._row(line, line.choice.completion) for line in asked]
        ids = {line.activity.id for line in asked}
        questions = [self._question(one, ids) for one in self._ruling.questions]
        return SentBack(self._ruling, (*rows, *questions), self._marks)

    def _row(self, line: Line, asked: str) -> Wanted:
        activity, whole = line.activity, self._whole(line)
        about = f"{activity.values.title or 'Utan titel'} ({_whose(activity)})"
        if whole is None:
            return Wanted(about, asked, left_out=True)
        if line.choice.joined:
            about += f", en del av ”{whole.values.title or 'Utan titel'}”"
            done = self._of_part(activity)
        else:
            done = self._done(activity)
        if done and self._then is not None:
            self._marks[whole.id] = COMPLETED if whole.id in self._then else ADDED
        if not done and (heard := self._answered(figures.reporters(activity))):
            done = (self._came(listed(heard), "Aktiviteten är oförändrad."),)
        return Wanted(about, asked, done, whole)

    def _whole(self, line: Line) -> Activity | None:
        """The activity that tells of a row in the report: its own, or the one that it is a part of."""
        by_id = {fold(one.activity.id): one for one in self._lines}
        chosen, there = line.choice.chosen, line
        # A part may be of an activity that is a part itself; none of a merged compilation go in a circle.
        for _ in self._lines:
            if not there.choice.joined or fold(there.choice.same) not in by_id:
                break
            there = by_id[fold(there.choice.same)]
        return self._reported.get(there.activity.id) if chosen else None

    def _of_part(self, activity: Activity) -> tuple[str, ...]:
        """What has changed in a part of an activity since the report was sent back."""
        before = self._rows.get(activity.id)
        return tuple(_differences(before, activity)) if before else ()

    def _done(self, activity: Activity) -> tuple[str, ...]:
        """What has changed in an activity since the report was sent back."""
        if self._then is None:
            return ()
        before = self._then.get(activity.id)
        if before is None:
            return ("Aktiviteten är ny sedan rapporten återremitterades.",)
        return tuple(_differences(before, activity))

    def _question(self, question: Question, asked: set[str]) -> Wanted:
        """What has been done by somebody about a question that concerns no activity in particular."""
        done: list[str] = []
        for activity in self._reported.values():
            mine = question.owner in figures.reporters(activity) and activity.id not in asked
            changes = self._done(activity) if mine else ()
            if changes:
                known = self._then is not None and activity.id in self._then
                self._marks.setdefault(activity.id, COMPLETED if known else ADDED)
                title = activity.values.title or "Utan titel"
                done.append(
                    f"”{title}”: {' '.join(changes)}" if known else f"Ny aktivitet: ”{title}”."
                )
        if not done and self._answered((question.owner,)):
            done = [self._came(question.owner, self._nothing_more(question.owner, asked))]
        return Wanted(question.owner, question.asked, tuple(done))

    def _nothing_more(self, owner: str, asked: set[str]) -> str:
        """What is told of an answer in which no activity but those asked about is seen to have changed."""
        theirs = [line for line in self._lines if owner in figures.reporters(line.activity)]
        if any(not line.choice.chosen and self._changed(line.activity) for line in theirs):
            return "Det som har ändrats är inte med i rapporten."
        if any(line.activity.id in asked and self._changed(line.activity) for line in theirs):
            return "Inget mer har ändrats än det som står ovan."
        return "Ingen aktivitet därifrån har ändrats."

    def _changed(self, activity: Activity) -> bool:
        before = self._rows.get(activity.id)
        return before is None or any(_differences(before, activity))

    def _came(self, owner: str, seen: str) -> str:
        """What is told of somebody's answer, and what is seen of it where the earlier version is known."""
        if self._then is None:
            return f"{owner} har kommit in med en komplettering."
        return f"{owner} har svarat. {seen}"

    def _answered(self, owners: Sequence[str]) -> list[str]:
        return [owner for owner in owners if f"{COMPLETION_OF} {owner}" in self._heard]


def _whose(activity: Activity) -> str:
    if activity.values.whole:
        return WHOLE_DEPARTMENT
    if not activity.values.units:
        return "utan enhet"
    return listed(activity.values.units)


def _differences(before: Activity, now: Activity) -> Iterator[str]:
    """Each field that says another thing, as a sentence."""
    for of in (Field.STATUS, Field.START, Field.END, Field.TITLE, Field.UNITS, *_TEXTS):
        if same_value(before, now, of):
            continue
        header = form.header(of)
        was, value = _shown(before, of), _shown(now, of)
        if of in _SHORT:
            yield f"{header}: {was} blev {value}."
        elif not now.values.given(of):
            yield f"{header} har tagits bort."
        else:
            yield f"{header}: {value}"


_TEXTS = (Field.DESCRIPTION, Field.COMMENT)


def _shown(activity: Activity, of: Field) -> str:
    if of is Field.UNITS:
        return _whose(activity)
    value = activity.values.value(of)
    if isinstance(value, Status):
        return value.name
    if isinstance(value, date):
        return value.isoformat()
    line = " ".join(str(value or "").split())
    if len(line) <= _LONGEST:
        return line or "inget"
    return (
        f"{line[:_LONGEST].rpartition(' ')[0] or line[:_LONGEST]} … (hela texten står i kapitel 1)"
    )
