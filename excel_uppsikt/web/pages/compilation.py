"""The compilation: made, opened, and what in it waits for the coordinator."""

from collections.abc import Iterable

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from excel_uppsikt.compilation.settling import Settlement
from excel_uppsikt.findings.catalogue.merging import M603
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.model import Compilation
from excel_uppsikt.report.sent_back import when
from excel_uppsikt.rounds import result_words, steps
from excel_uppsikt.rounds.decided import DepartmentState, department_states
from excel_uppsikt.rounds.results import CheckedRound, StartedOver
from excel_uppsikt.rounds.settling import merge_chosen, waiting
from excel_uppsikt.web import editing, step_words, told
from excel_uppsikt.web.folders import Single
from excel_uppsikt.web.jobs import Job
from excel_uppsikt.web.pages.faults import not_read
from excel_uppsikt.web.render import Notice
from excel_uppsikt.web.rows import finding_rows
from excel_uppsikt.web.visit import Visit


async def show(visit: Visit) -> Response:
    """How the compilation stands, and a button to make it."""
    reading = await visit.reading()
    if isinstance(reading, Job):
        return visit.waiting(reading)
    checked = reading.checked
    if checked is None:
        return not_read(visit, "Sammanställning", reading)
    plan = checked.plan
    wait = await run_in_threadpool(waiting, visit.round.path, plan)
    names = editing.departments(plan, wait.lines)
    asked = visit.asked("verksamhet")
    department = asked if asked in names else next(iter(names), "")
    rows = [line for line in wait.lines if editing.department_of(line) == department]
    keys = {editing.key_of(line) for line in rows}
    return visit.page(
        "sammanstallning.html",
        step="Sammanställning",
        there=visit.round.single(Single.COMPILATION) is not None,
        facts=_facts(checked),
        conflicts=wait.conflicts,
        seen=wait.mark,
        departments=names,
        department=department,
        goals=editing.by_goal(plan, rows),
        can_arrange=bool(rows) and editing.can_be_arranged(rows[0]),
        saved=visit.asked("rad") if visit.asked("rad") in keys else "",
        # Those that stand in no compilation yet; when it has been made they wait in it.
        unmerged=() if wait.conflicts else finding_rows(_of_coordinator(checked.findings)),
        decisions=[_decision(state) for state in department_states(checked)],
    )


def _facts(checked: CheckedRound) -> dict[str, int]:
    made: Compilation = checked.compilation
    return {
        step_words.FACT_REPORTED: len(made.approved),
        step_words.FACT_CARRIED: len(made.carried),
        step_words.FACT_KEPT_OUT: sum(not line.choice.chosen for line in made.lines),
        step_words.FACT_OWN: sum(line.own for line in made.lines),
    }


def _of_coordinator(findings: Iterable[Finding]) -> list[Finding]:
    """Those that the coordinator alone can settle: both sides have changed the same."""
    return [finding for finding in findings if finding.of(M603)]


def _decision(state: DepartmentState) -> dict[str, str]:
    ruling = state.ruling
    return {
        "department": ruling.department,
        "outcome": f"{result_words.OUTCOMES[ruling.outcome]}{when(ruling)}.",
    }


async def merge(visit: Visit) -> Response:
    """Makes the compilation of the inbox and the coordinator's edits."""
    folder, today = visit.round.path, visit.today()

    def work(job: Job) -> Notice:
        results: list[steps.Result] = []
        for result in steps.merge(folder, today=today, progress=job.progress):
            results.append(result)
            if isinstance(result, CheckedRound):
                # What follows is written.
                job.now_writing()
            elif isinstance(result, StartedOver):
                job.writing = False
        ok = all(result.ok for result in results)
        return Notice(step_words.MERGED, told.of_results(results), told.tone(ok))

    return await visit.start(step_words.MERGING, f"{visit.round.address}/sammanstallning", work)


async def choose(visit: Visit) -> Response:
    """Makes the compilation with the coordinator's or the unit's words where both have changed the same."""
    folder, seen = visit.round.path, visit.written("sedd")
    take_new = visit.written("val") == "ny"
    chosen = (Settlement(visit.written("aktivitet"), visit.written("del"), take_new),)

    today = visit.today()

    def work(job: Job) -> Notice:
        results = merge_chosen(folder, chosen, seen, today=today, progress=job.progress)
        checked = next(results)
        job.now_writing()
        # What was found is told on the page below.
        return Notice(step_words.CHOSEN, told.of_results(results), told.tone(checked.ok))

    back = f"{visit.round.address}/sammanstallning"
    return await visit.start(step_words.CHOOSING, back, work, key=str(chosen))
