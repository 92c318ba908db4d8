"""What comes back from those who were asked to complete: their rows changed, and nothing else."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from excel_uppsikt.compilation.answers import Answer, Answers
from excel_uppsikt.compilation.parts import same_value
from excel_uppsikt.findings.catalogue.merging import M602
from excel_uppsikt.findings.finding import Finding, find, quote
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form import definition as form
from excel_uppsikt.form.definition import ColumnKind
from excel_uppsikt.language.text import cell_part, fold
from excel_uppsikt.model import Activity, Compilation, Field, Line, Submission, Values

_JOINED = tuple(
    c.field for c in form.COLUMNS if c.kind is ColumnKind.TEXT and c.field is not Field.TITLE
)


@dataclass(frozen=True, slots=True)
class Completed:
    """The activities with what was completed, and the earlier compilation as it is to be merged with them.

    `own_titles` are those in the units' own forms, by Id, where a completion has another, and `fields` all
    that completions say otherwise than those.
    """

    activities: tuple[Activity, ...]
    earlier: Compilation
    own_titles: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def complete(
    activities: Sequence[Activity],
    answers: Answers,
    earlier: Compilation,
    submissions: Sequence[Submission] = (),
) -> Completed:
    """The activities with the answers in them, also those whose own forms are away.

    Only what an answer has changed of what it was sent out with is taken, and what it has kept of an earlier
    answer that it was sent out with. Where two have changed the same, the texts are joined, and of dates
    and statuses the last saved stands (M602). The coordinator's text
    that the answer was sent out with yields to the answer; one written since stands, and merging tells.
    What one of the `submissions`, saved after the answer, says otherwise is told (M602).
    """
    if not answers.by_id:
        return Completed(tuple(activities), earlier)
    there = {activity.id: activity for activity in activities}
    lines = {line.activity.id: line for line in earlier.lines}
    findings: list[Finding] = []
    own_titles: dict[str, str] = {}
    fields: dict[str, tuple[str, ...]] = {}
    forms = {submission.file: submission for submission in submissions}
    joined = [line for line in earlier.lines if line.choice.joined]
    for made, given in answers.by_id.items():
        before, line = there.get(made), lines.get(made)
        parts = [one for one in joined if fold(one.choice.same) == fold(made)]
        base = _keeping(before, line, given, parts, forms) or _base(made, given[0], line)
        values, told = _with_answers(base.values, given)
        findings += told
        if before is not None:
            findings += _said_since(before, values, given, forms)
            fields[made] = tuple(of for of in Field if before.values.value(of) != values.value(of))
        elif line is not None:
            fields[made] = line.choice.completed
        sources = (*(before.sources if before else ()), *map(_source, given))
        # One that was carried on from the previous round has been reported in this one now.
        there[made] = replace(
            base, values=values, sources=tuple(dict.fromkeys(sources)), last_reported=""
        )
        own = before.values.title if before else (line.choice.own_title if line else "")
        own = own or base.values.title
        if fold(own) != fold(values.title):
            own_titles[made] = own
        if line is not None:
            lines[made] = _yielding(line, there[made], given)
    prepared = replace(earlier, lines=tuple(lines[one.activity.id] for one in earlier.lines))
    return Completed(tuple(there.values()), prepared, own_titles, fields, tuple(findings))


def with_completed(compilation: Compilation, completed: Completed) -> Compilation:
    """The compilation with what the completions say otherwise than the units' own forms, and their titles."""
    titles, fields = completed.own_titles, completed.fields
    lines = (
        replace(
            line,
            choice=replace(
                line.choice,
                own_title=titles.get(line.activity.id, ""),
                completed=fields.get(line.activity.id, ()),
            ),
        )
        for line in compilation.lines
    )
    return replace(compilation, lines=tuple(lines))


def _keeping(
    activity: Activity | None,
    line: Line | None,
    given: Sequence[Answer],
    parts: Sequence[Line],
    forms: Mapping[str, Submission],
) -> Activity | None:
    """The activity with what was completed before, where the answers were sent out with that and kept it.

    What the rows joined into it said is not its own, neither now nor when an answer was sent out.
    """
    answered = [(one, one.sent) for one in given if one.sent is not None]
    if activity is None or line is None or line.collected is None or not answered:
        return activity
    last, sent = answered[-1]
    form = forms.get(last.entry.file)
    of_parts = {one.activity.id: (one.collected or one.activity).values for one in parts}
    then = _without(sent, of_parts | dict(form.sent if form else {}), of_parts)
    now = [_without(one.values, of_parts, of_parts) for one in (line.collected, line.activity)]
    values = activity.values
    for of in map(Field, line.choice.completed):
        if any(
            same_value(replace(activity, values=then), replace(activity, values=one), of)
            for one in now
        ):
            values = values.taking(of, now[0])
    return replace(activity, values=values)


def _without(values: Values, said: Mapping[str, Values], parts: Iterable[str]) -> Values:
    """Values without the texts of the activity's `parts` at their ends, by what is `said` of each of them."""
    for of in _JOINED:
        text = values.value(of)
        for part in reversed([said[made].value(of) for made in parts]):
            if isinstance(text, str) and part:
                text = text.removesuffix(f"\n{part}")
        texts = {of.value: text}
        values = replace(values, **texts)  # type: ignore[arg-type]  # texts by their names
    return values


def _base(made: str, answer: Answer, line: Line | None) -> Activity:
    """The activity as it was known before, where no form in use but a completion tells of it."""
    if line is not None:
        return line.collected or line.activity
    entry = answer.entry
    return Activity(made, entry.goal, entry.department, answer.sent or entry.values)


def _source(answer: Answer) -> Place:
    return Place(answer.entry.file, answer.entry.sheet, answer.entry.row)


def _with_answers(base: Values, given: Sequence[Answer]) -> tuple[Values, list[Finding]]:
    values = base
    findings: list[Finding] = []
    for of in Field:
        changed = [answer for answer in given if _changes(answer, of, base)]
        if not changed:
            continue
        last = changed[-1]
        values = values.taking(of, last.entry.values)
        others = [one for one in changed if _said(one, of) != _said(last, of)]
        findings += _told(of, last, others)
        if others and of in _JOINED:
            texts = {_said(one, of): str(one.entry.values.value(of)) for one in changed}
            joined = {of.value: cell_part("\n".join(texts.values()))}
            values = replace(values, **joined)  # type: ignore[arg-type]  # texts by their names
    return values, findings


def _said(answer: Answer, of: Field) -> str:
    return fold(str(answer.entry.values.value(of)))


def _changes(answer: Answer, of: Field, base: Values) -> bool:
    """Whether an answer says another thing in a field than it was sent out with."""
    values, before = answer.entry.values, answer.sent or base
    if of not in answer.entry.raw or not values.given(of):
        return False
    written, sent = values.value(of), before.value(of)
    if isinstance(written, str) and isinstance(sent, str):
        return cell_part(written).strip() != cell_part(sent).strip()
    return written != sent


def _told(of: Field, last: Answer, others: Sequence[Answer]) -> Iterator[Finding]:
    """M602 at each cell that says another thing than the last saved answer."""
    header, where = form.header(of), last.entry.place().as_row()
    for answer in others:
        entry = answer.entry
        title, place, written = quote(entry.values.title), entry.place(of), entry.raw.get(of, "")
        if of in _JOINED:
            yield find(
                M602.JOINED, place, written, header=header, title=title, where=where,
                whose=last.owner,
            )  # fmt: skip
        else:
            kept = quote(last.entry.raw.get(of, ""))
            yield find(
                M602.FIRST_KEPT, place, written, header=header, title=title, kept=kept,
                where=where, whose=last.owner,
            )  # fmt: skip


def _said_since(
    before: Activity, now: Values, given: Sequence[Answer], forms: Mapping[str, Submission]
) -> Iterator[Finding]:
    """M602 at each cell of a form saved after the answers that says neither what they say nor answered."""
    answers = [forms[one.entry.file].saved for one in given if one.entry.file in forms]
    last = max((saved for saved in answers if saved is not None), default=None)
    rows = {(place.file, place.sheet, place.row) for place in before.sources}
    later = (
        entry
        for submission in forms.values()
        if last is not None and submission.saved is not None and submission.saved > last
        for entry in (() if submission.completion or not submission.used else submission.entries)
        if (entry.file, entry.sheet, entry.row) in rows
    )
    for entry in later:
        for of in _TOLD:
            if now.value(of) == before.values.value(of) or not entry.values.given(of):
                continue
            answer = given[-1]
            known = [now, *(one.sent for one in given if one.sent is not None)]
            if any(_alike(entry.values, one, of) for one in known):
                continue
            yield find(
                M602.AFTER_COMPLETION, entry.place(of), entry.raw.get(of, ""), header=form.header(of),
                title=quote(now.title), where=answer.entry.place().as_row(), whose=answer.owner,
            )  # fmt: skip


# Of a title the unit's own form has the one it had, and whom the activity concerns is joined.
_TOLD = tuple(of for of in Field if of not in (Field.TITLE, Field.UNITS))


def _alike(one: Values, other: Values, of: Field) -> bool:
    """Whether two say the same in a field, or the one is a part of what the other has joined."""
    written, said = one.value(of), other.value(of)
    if isinstance(written, str) and isinstance(said, str):
        return cell_part(written).strip() in cell_part(said)
    return written == said


def _yielding(line: Line, now: Activity, given: Sequence[Answer]) -> Line:
    """The row with what was sent out as what was last collected, where its text is still that.

    What has been taken from an answer before is not taken again: the coordinator may have changed it back.
    """
    collected = line.collected or line.activity
    values = collected.values
    for answer in given:
        if answer.sent is None:
            continue
        sent = replace(collected, values=answer.sent)
        for of in Field:
            taken = line.collected is not None and same_value(line.collected, now, of)
            if not taken and _changes(answer, of, values) and same_value(line.activity, sent, of):
                values = values.taking(of, answer.sent)
    return replace(line, collected=replace(collected, values=values))
