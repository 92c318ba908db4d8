"""The forms that go out to the units: made, and fetched one by one or as a zip file."""

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from excel_uppsikt.form.round_forms import Per
from excel_uppsikt.rounds import result_words
from excel_uppsikt.rounds.results import CompletionForms, Forms
from excel_uppsikt.rounds.workbooks import write_completion_forms, write_forms
from excel_uppsikt.web import step_words, told
from excel_uppsikt.web.folders import Kind
from excel_uppsikt.web.jobs import Job
from excel_uppsikt.web.render import Notice
from excel_uppsikt.web.visit import Visit

_COMPLETION = "completion"


async def show(visit: Visit) -> Response:
    """The forms that lie there, and what can be made."""
    forms, completions = await run_in_threadpool(
        lambda: (visit.round.files(Kind.FORMS), visit.round.files(Kind.COMPLETIONS))
    )
    return visit.page("formular.html", step="Formulär", forms=forms, completions=completions)


async def make(visit: Visit) -> Response:
    """Makes the forms of one of the kinds."""
    kind, folder = visit.written("per"), visit.round.path

    def work(job: Job) -> Notice:
        job.now_writing()
        if kind == _COMPLETION:
            return _told_completions(write_completion_forms(folder))
        return _told(folder, write_forms(folder, Per.GOAL if kind == Per.GOAL else Per.UNIT))

    return await visit.start(
        step_words.MAKING_FORMS, f"{visit.round.address}/formular", work, key=kind
    )


def _told(folder: Path, forms: Forms) -> Notice:
    lines = [told.files_written(folder, forms.written)]
    if forms.carried:
        lines.append(step_words.carried_into_forms(forms.carried, forms.plan.settings.previous))
    lines += [step_words.left_out(one.values.title) for one in forms.left_out]
    lines += [step_words.kept_out(one.values.title) for one in forms.excluded]
    lines += told.beside(forms.written)
    lines += [finding.message for finding in forms.findings]
    if forms.ok:
        return Notice(step_words.FORMS_MADE, lines, told.tone(not forms.findings))
    return Notice(step_words.FORMS_MADE_BUT, (*lines, step_words.MEND_FIRST), "bad")


def _told_completions(forms: CompletionForms) -> Notice:
    lines = [told.files_written(forms.folder, forms.written)] if forms.written else []
    if not forms.written:
        lines.append(step_words.NOTHING_TO_COMPLETE)
    lines += [step_words.undecided(name) for name in forms.undecided]
    lines += [step_words.homeless(one.values.title) for one in forms.homeless]
    if forms.removed:
        lines.append(result_words.forms_removed(forms.removed))
    if forms.without_day:
        lines.append(step_words.WITHOUT_DAY)
    lines += told.beside(forms.written)
    lines += [finding.message for finding in forms.findings]
    title = step_words.FORMS_MADE if forms.written else step_words.NO_FORMS
    good = forms.ok and not forms.findings and not forms.without_day
    return Notice(title, lines, told.tone(good))
