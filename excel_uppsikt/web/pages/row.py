"""Rows of the compilation edited on the page: one by itself, or what is taken with and in which order."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from excel_uppsikt.compilation.definition import (
    ACTIVITIES,
    FIRST_LINE,
    INCLUDE,
    NOTE,
    ORDER,
    ORIGIN,
)
from excel_uppsikt.compilation.typed import Typed
from excel_uppsikt.compilation.writing import origin
from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.language.text import LONGEST_TEXT, cell_part, tidy
from excel_uppsikt.model import Line, Plan
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds.checking import load_plan
from excel_uppsikt.rounds.reports import review_round
from excel_uppsikt.rounds.results import CheckedRound, CompilationWritten
from excel_uppsikt.rounds.settling import Waiting, merge_chosen, waiting
from excel_uppsikt.web import edit_words, editing, told
from excel_uppsikt.web.jobs import Job, State
from excel_uppsikt.web.render import Notice
from excel_uppsikt.web.rows import FindingRow, finding_rows, owners_of, row_links
from excel_uppsikt.web.visit import Visit, failure

# Before the heading of a column, what had stood in its cell when the form was shown.
_BEFORE = "var-"
# Before a row's key, its Ordning in the list.
_ORDER = "ordning-"
_IN_LIST = "lista"


async def show(visit: Visit) -> Response:
    """A row's own page: a form with its cells, which works by itself and is put into the list by script."""
    job = visit.led_here
    if job is not None and job.state is State.DONE and _IN_LIST in job.given:
        where = f"{_list(visit, job.given[_IN_LIST])}&klart={job.number}"
        return RedirectResponse(f"{where}&rad={_key(visit)}", 303)
    unsaved = job.given if job is not None and job.state is State.FAILED else {}
    return await _page(visit, unsaved)


async def _page(visit: Visit, unsaved: Mapping[str, str], notice: Notice | None = None) -> Response:
    plan, lying = await run_in_threadpool(_lying, visit)
    keys = [editing.key_of(line) for line in lying.lines]
    job = visit.led_here
    if _key(visit) not in keys and job is not None:
        # A row without Id is known by its title, and may be joined with a unit's.
        return RedirectResponse(f"{visit.round.address}/sammanstallning?klart={job.number}", 303)
    if _key(visit) not in keys:
        raise HTTPException(404)
    at = keys.index(_key(visit))
    line = lying.lines[at]
    return visit.page(
        "rad.html",
        step="Sammanställning",
        status=200 if notice is None else 409,
        notice=notice,
        key=keys[at],
        activity=line.activity.id,
        title=editing.title_of(line),
        inputs=editing.inputs(plan, line, unsaved),
        seen=lying.mark,
        facts=_facts(plan, line),
        found=_found(visit, keys[at]),
        list_address=_list(visit, editing.department_of(line)),
        department=editing.department_of(line),
        before=keys[at - 1] if at else "",
        after=keys[at + 1] if at + 1 < len(keys) else "",
    )


def _found(visit: Visit, key: str) -> tuple[FindingRow, ...]:
    """What was found in the row, as the round was last read; none where it has changed since."""
    reading = visit.site.readings.fresh(visit.round.path)
    if reading is None or reading.checked is None:
        return ()
    checked, address = reading.checked, visit.round.address
    links = row_links(checked, address)
    own = (f for f in checked.findings if links.get(f.place.as_row()) == f"{address}/rad/{key}")
    return finding_rows(own, owners_of(checked))


def _facts(plan: Plan, line: Line) -> dict[str, str]:
    """What the row says beside what can be edited here."""
    facts = editing.beside(plan, line)
    facts |= {ORIGIN: origin(line.activity)}
    facts |= {NOTE: line.choice.note} if line.choice.note else {}
    return facts


async def save(visit: Visit) -> Response:
    """Writes what was changed in a row's form in the compilation, as if it had been typed in its cells."""
    changed = _changed(visit)
    address = f"{visit.round.address}/rad/{_key(visit)}"
    if not changed:
        job = visit.site.jobs.note(
            edit_words.SAVING, Notice(edit_words.NOTHING_CHANGED, (), "plain")
        )
        return RedirectResponse(f"{address}?klart={job.number}", 303)
    long = [header for header, text in changed.items() if cell_part(text) != text]
    if long:
        notice = failure(CannotRunError(edit_words.too_long(long[0], LONGEST_TEXT)))
        return await _page(visit, changed, notice)
    given = dict(changed)
    if visit.written("till") == _IN_LIST:
        given[_IN_LIST] = visit.written("verksamhet")
    made = visit.written("aktivitet")
    typed = tuple(Typed(made, header, text) for header, text in changed.items())
    return await _written(visit, typed, address, given=given)


def _changed(visit: Visit) -> dict[str, str]:
    """By heading, what stands in the form's fields that had something else in them when it was shown."""
    fields = {
        name.removeprefix(_BEFORE): tidy(str(value))
        for name, value in visit.form.multi_items()
        if name.startswith(_BEFORE)
    }
    return {
        header: text
        for header, before in fields.items()
        if header in visit.form and (text := tidy(visit.written(header))) != before
    }


async def arrange(visit: Visit) -> Response:
    """Writes which of a department's rows are to be in the report, and in which order."""
    _, lying = await run_in_threadpool(_lying, visit)
    included = set(visit.form.getlist("med"))
    typed: list[Typed] = []
    for line in lying.lines:
        key = editing.key_of(line)
        if f"{_ORDER}{key}" not in visit.form:
            continue
        order = tidy(visit.written(f"{_ORDER}{key}"))
        include = editing.YES if key in included else editing.NO
        if order != editing.order_of(line):
            typed.append(Typed(line.activity.id, ORDER, order))
        if include != editing.include_of(line):
            typed.append(Typed(line.activity.id, INCLUDE, include))
    back = _list(visit, visit.written("verksamhet"))
    if not typed:
        job = visit.site.jobs.note(
            edit_words.SAVING, Notice(edit_words.NOTHING_CHANGED, (), "plain")
        )
        return RedirectResponse(f"{back}&klart={job.number}", 303)
    return await _written(visit, tuple(typed), back, named=True)


async def _written(
    visit: Visit,
    typed: tuple[Typed, ...],
    back: str,
    *,
    given: Mapping[str, str] | None = None,
    named: bool = False,
) -> Response:
    folder, seen, today = visit.round.path, visit.written("sedd"), visit.today()

    def work(job: Job) -> Notice:
        results = merge_chosen(folder, (), seen, typed=typed, today=today, progress=job.progress)
        checked = next(results)
        job.now_writing()
        kept = [
            one for one in results if isinstance(one, CompilationWritten) and one.written.beside
        ]
        lines = _told_of(folder, checked, {one.activity for one in typed}, named=named)
        title = edit_words.SAVED_BUT if lines else edit_words.SAVED
        return Notice(title, (*lines, *told.of_results(kept)), told.tone(not lines))

    return await visit.start(edit_words.SAVING, back, work, key=f"{seen} {typed}", given=given)


def _told_of(
    folder: Path, checked: object, activities: set[str], *, named: bool
) -> tuple[str, ...]:
    """What is to be said of the rows that were written in: as they were read, and as a reader sees them.

    Where it is shown away from the rows, also which row it is: `named`.
    """
    if not isinstance(checked, CheckedRound):
        return ()
    lines = enumerate(checked.compilation.lines, FIRST_LINE)
    rows = {at: editing.title_of(line) for at, line in lines if line.activity.id in activities}
    found = (*checked.findings, *review_round(folder).findings)
    said = (
        edit_words.of_row(rows[finding.place.row], finding.words) if named else finding.words
        for finding in found
        if (finding.file, finding.sheet) == (COMPILATION_FILE, ACTIVITIES)
        and finding.place.row in rows
    )
    return tuple(dict.fromkeys(said))


def _lying(visit: Visit) -> tuple[Plan, Waiting]:
    plan, _ = load_plan(visit.round.path)
    return plan, waiting(visit.round.path, plan)


def _key(visit: Visit) -> str:
    return str(visit.request.path_params["key"])


def _list(visit: Visit, department: str) -> str:
    """The list with a department's rows."""
    return f"{visit.round.address}/sammanstallning?verksamhet={quote(department, safe='')}"
