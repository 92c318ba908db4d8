"""Who owes what: each unit's hand-in, what is left to put right, its return, and the unit rule."""

from starlette.responses import Response

from excel_uppsikt.figures import carried_sentence
from excel_uppsikt.form.round_forms import form_names
from excel_uppsikt.model import Plan
from excel_uppsikt.rounds import steps
from excel_uppsikt.rounds import words as round_words
from excel_uppsikt.rounds.owing import Owed, owed
from excel_uppsikt.rounds.results import CheckedRound
from excel_uppsikt.web import step_words, told
from excel_uppsikt.web.folders import Kind
from excel_uppsikt.web.jobs import Job
from excel_uppsikt.web.pages.faults import not_read
from excel_uppsikt.web.render import Notice
from excel_uppsikt.web.visit import Visit


async def show(visit: Visit) -> Response:
    """A row an owner, the departments' sums, and what is waited for."""
    reading = await visit.reading()
    if isinstance(reading, Job):
        return visit.waiting(reading)
    checked = reading.checked
    if checked is None:
        return not_read(visit, "Enheter", reading)
    owners = owed(checked, visit.today())
    returns = {path.name for path in visit.round.files(Kind.RETURNS)}
    return visit.page(
        "enheter.html",
        step="Enheter",
        rows=_rows(checked.plan, owners, returns),
        sums=_sums(checked, owners),
        waiting=[one.status.name for one in owners.owners if not one.status.came],
        unread=[o.status.name for o in owners.owners if o.status.unread and not o.status.files],
        deadline=round_words.deadline_words(owners.deadline, owners.days_left).strip(),
        carried=carried_sentence(checked.plan, checked.compilation.carried),
        returns=len(returns),
    )


def _rows(plan: Plan, owners: Owed, returns: set[str]) -> list[dict[str, str]]:
    forms = form_names(plan)
    rows: list[dict[str, str]] = []
    for one in owners.owners:
        file = forms[one.status.name]
        rows.append(
            {
                "name": one.status.name,
                "handed_in": round_words.handed_in(one),
                "activities": str(one.activities) if one.status.files or one.activities else "",
                "left": round_words.left_to_correct(one),
                # In a form of a goal they are told under that form's name.
                "own": "yes" if one.left and one.status.files else "",
                "returned": round_words.returned(one),
                "file": file if file in returns else "",
                "rule": round_words.rule_words(one.status.rule),
            }
        )
    return rows


def _sums(checked: CheckedRound, owners: Owed) -> list[str]:
    sums: list[str] = []
    for department in checked.plan.departments:
        rows = sum(entry.department == department.name for entry in checked.collection.entries)
        told_sums = round_words.sums(owners.of_department(department.name), rows)
        sums.append(f"{department.name}: {told_sums}.")
    return sums


async def make_returns(visit: Visit) -> Response:
    """Makes a return for everybody who has something to put right."""
    folder = visit.round.path

    def work(job: Job) -> Notice:
        results = steps.check(folder, progress=job.progress)
        checked = next(results)
        job.now_writing()
        lines = told.of_results([checked, *results])
        return Notice(step_words.RETURNS_MADE, lines)

    return await visit.start(step_words.MAKING_RETURNS, f"{visit.round.address}/enheter", work)
