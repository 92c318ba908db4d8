"""The workbooks of a round written: its plan, forms, compilation and returns."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from excel_uppsikt.compilation.completions import Asked, asked_of_all, due
from excel_uppsikt.compilation.definition import DECISIONS
from excel_uppsikt.compilation.reading import read_compilation
from excel_uppsikt.compilation.writing import CompilationContent, compilation_workbook
from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.form.asking import Asking
from excel_uppsikt.form.completion import Wanting, completion_files
from excel_uppsikt.form.returns import Return, returns
from excel_uppsikt.form.round_forms import Per, form_names
from excel_uppsikt.form.templates import WORTH_WRITING, form_files, left_out
from excel_uppsikt.form.to_correct import TO_CORRECT
from excel_uppsikt.model import Compilation, Plan
from excel_uppsikt.plan.writing import blank_plan
from excel_uppsikt.report.sent_back import decided
from excel_uppsikt.round_paths import (
    COMPILATION_FILE,
    COMPLETION_FORMS,
    INBOX,
    MADE_COMPLETIONS,
    MADE_RETURNS,
    PLAN_FILE,
    RETURNS,
    TEMPLATES,
)
from excel_uppsikt.rounds.checking import load_plan, previous_compilation
from excel_uppsikt.rounds.disk import write_whole
from excel_uppsikt.rounds.earlier import keep_earlier
from excel_uppsikt.rounds.follow_up import (
    completion_of,
    findings_of_units,
    follow_up,
    newer_set_aside,
)
from excel_uppsikt.rounds.memory import remember, remembered, texts
from excel_uppsikt.rounds.outputs import Outputs, Written, content_mark
from excel_uppsikt.rounds.results import (
    CheckedRound,
    CompilationWritten,
    CompletionForms,
    Forms,
    HandIn,
    NewRound,
    Returns,
    Withheld,
)
from excel_uppsikt.rounds.unmerged import keep_merged
from excel_uppsikt.rounds.workers import processes


def new_round(folder: Path) -> NewRound:
    """Makes a round's folder with a blank plan. Raises `CannotRunError` where there is one."""
    refuse_if_round(folder)
    plan = folder / PLAN_FILE
    write_whole(plan, blank_plan())
    inbox = folder / INBOX
    inbox.mkdir(parents=True, exist_ok=True)
    return NewRound(folder, plan, inbox)


def refuse_if_round(folder: Path) -> None:
    """Raises `CannotRunError` where a folder has a plan, which a new one would take the place of."""
    if (folder / PLAN_FILE).exists():
        raise CannotRunError(
            f"{folder} har redan en {PLAN_FILE}. Inget ändrades. Välj en annan mapp."
        )


def write_forms(folder: Path, per: Per = Per.UNIT) -> Forms:
    """Writes the round's forms, going on from the previous round's activities where there is one."""
    plan, findings = load_plan(folder)
    before = previous_compilation(folder, plan)
    outputs, shown = Outputs(folder), before.compilation.in_reports
    # An activity of several departments stands once in each of them.
    lines = {line.activity.id: line for line in before.compilation.lines}.values()
    with processes(WORTH_WRITING) as workers:
        written = tuple(
            outputs.write(f"{TEMPLATES}/{name}", data)
            for name, _, data in form_files(plan, per, shown, workers)
        )
    return Forms(
        folder=folder,
        plan=plan,
        findings=(*findings, *before.findings),
        written=written,
        carried=len({activity.id for activity in shown}),
        left_out=left_out(plan, per, shown),
        excluded=tuple(line.activity for line in lines if not line.choice.chosen),
    )


def write_completion_forms(folder: Path) -> CompletionForms:
    """Writes a form for each who is asked to complete something, and removes those that ask for nothing now.

    Raises `CannotRunError` where there is no compilation, in which decisions and questions are written.
    """
    plan, findings = load_plan(folder)
    path = folder / COMPILATION_FILE
    if not path.is_file():
        raise CannotRunError(
            f'{path} finns inte, och det är där beslutet skrivs. Gör den först: uppsikt merge "{folder}"'
        )
    read = read_compilation(path, plan)
    asked = asked_of_all(plan, read.compilation)
    outputs = Outputs(folder)
    wanted = [_wanting(plan, one, read.compilation) for one in asked.by_owner.values()]
    files = {name: data for name, _, data in completion_files(plan, wanted)}
    removed = outputs.clear(COMPLETION_FORMS, list(files))
    written = outputs.write_all(
        {f"{COMPLETION_FORMS}/{name}": data for name, data in files.items()}
    )
    _keep_days(folder, plan, asked.by_owner.values(), written)
    return CompletionForms(
        folder=folder,
        written=tuple(written.values()),
        findings=(*findings, *(f for f in read.findings if f.sheet == DECISIONS)),
        undecided=asked.undecided,
        homeless=asked.homeless,
        removed=removed,
        without_day=any(due(plan, one.ruling) is None for one in asked.by_owner.values()),
    )


def _keep_days(
    folder: Path, plan: Plan, asked: Iterable[Asked], written: Mapping[str, Written]
) -> None:
    """Remembers the last day that each form says; of one that lies edited, what it said before."""
    before, names = remembered(folder / MADE_COMPLETIONS), form_names(plan)
    days = {names[one.owner]: due(plan, one.ruling) for one in asked}
    known = {
        name: (day.isoformat() if day else "")
        if written[f"{COMPLETION_FORMS}/{name}"].beside is None
        else before.get(name)
        for name, day in days.items()
    }
    remember(folder / MADE_COMPLETIONS, known)


def _wanting(plan: Plan, asked: Asked, compilation: Compilation) -> Wanting:
    ruling, handed_in = asked.ruling, asked.owner in (compilation.heard or ())
    decision = decided(plan.department(ruling.department), ruling)
    asking = Asking(
        decision, due(plan, ruling), ruling.reasons, asked.rows, asked.questions, handed_in
    )
    return Wanting(asked.owner, asking)


class SavedMeanwhileError(CannotRunError):
    """The compilation has been saved since it was read."""


def write_compilation(checked: CheckedRound) -> CompilationWritten:
    """Writes ut/sammanstallning.xlsx, with every edit of the earlier one in it.

    A copy of an edited one is kept as it was; `beside` says where. Raises `SavedMeanwhileError` where
    somebody has saved it since it was read: what they wrote would else be merged into nothing.
    """
    path = checked.folder / COMPILATION_FILE
    outputs = Outputs(checked.folder)
    data = compilation_workbook(
        CompilationContent(
            plan=checked.plan,
            compilation=checked.compilation,
            collection=checked.collection,
            findings=checked.findings,
            changes=checked.changes,
            rule=checked.rule,
            answered=checked.answered,
            own=checked.own,
        )
    )
    if content_mark(path) != checked.read_as:
        raise SavedMeanwhileError(f"{path} sparades medan den lästes. Kör igen.")
    same = path.is_file() and path.read_bytes() == data
    kept = None if same else keep_earlier(outputs, path)
    outputs.replace(path, data)
    keep_merged(checked.folder, checked.lay)
    return CompilationWritten(checked.folder, Written(path, kept))


def write_returns(checked: CheckedRound) -> Returns:
    """Writes a return for each submission with something to put right, and takes away those not needed.

    The result says of each what has been put right since the last time something was handed in, and who
    gets none since the coordinator has set a later file aside.
    """
    outputs = Outputs(checked.folder)
    findings, submissions = findings_of_units(checked), checked.collection.submissions
    aside = {one.file: newer_set_aside(checked, one) for one in submissions}
    asked = {
        owner: _wanting(checked.plan, one, checked.compilation).asking
        for owner, one in checked.asked.by_owner.items()
    }
    previous = checked.previous.in_reports
    wanted = returns(checked.plan, submissions, findings, previous, asked)
    made = [one for one in wanted if not aside[one.submission.file]]
    outputs.clear(RETURNS, [one.file for one in made])
    written = _made(outputs, made)
    latest = [one for one in submissions if not aside[one.file]]
    progress = follow_up(checked.folder, latest, findings)
    answers = {completion_of(one.owner): one.owner for one in submissions if one.completion}
    returned = {
        completion_of(one.owner) if one.submission.completion else one.owner: one for one in made
    }
    hand_ins: list[HandIn] = []
    for name in dict.fromkeys([*returned, *progress]):
        one, since = returned.get(name), progress.get(name)
        left = sum(f.severity in TO_CORRECT for f in one.findings) if one else 0
        file, corrected = written[one.file] if one else None, since.corrected if since else 0
        hand_ins.append(HandIn(answers.get(name, name), file, corrected, left, name in answers))
    held = [Withheld(one.owner, files) for one in wanted if (files := aside[one.submission.file])]
    return Returns(checked.folder, tuple(hand_ins), withheld=tuple(held))


def _made(outputs: Outputs, made: Sequence[Return]) -> dict[str, Written]:
    """The returns as written, by file. One that lies there as it would be is not made once more."""
    memory = outputs.folder / MADE_RETURNS
    known = {name: texts(kept) for name, kept in remembered(memory).items()}
    names = {one.file: f"{RETURNS}/{one.file}" for one in made}
    lies = {one.file: (one.mark, outputs.as_written(names[one.file])) for one in made}
    new = [one for one in made if known.get(one.file) != lies[one.file]]
    written = outputs.write_all({names[one.file]: one.workbook() for one in new})
    marks = {one.file: (one.mark, outputs.as_written(names[one.file])) for one in made}
    if made:
        remember(memory, {file: mark for file, mark in marks.items() if mark[1]})
    return {file: written.get(name, Written(outputs.folder / name)) for file, name in names.items()}
