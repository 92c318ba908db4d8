"""Who owes what: each unit's hand-in, what is left to put right, its return, and the unit rule."""

from collections.abc import Mapping
from pathlib import Path

from starlette.responses import Response

from excel_uppsikt.figures import carried_sentence
from excel_uppsikt.form.round_forms import form_names
from excel_uppsikt.mail.ledger_file import LedgerError
from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.rounds import steps
from excel_uppsikt.rounds import words as round_words
from excel_uppsikt.rounds.mailed import NO_MAILS, Mails, mails_of
from excel_uppsikt.rounds.owing import Owed, Owing, owed
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
    mails, not_known = _mails(checked.folder)
    silent = [one.status.name for one in owners.owners if not one.status.came]
    unread = [
        one.status.name for one in owners.owners if one.status.unread and not one.status.files
    ]
    returns = {path.name for path in visit.round.files(Kind.RETURNS)}
    return visit.page(
        "enheter.html",
        step="Enheter",
        rows=_rows(checked, owners, returns, mails),
        mailed=bool(mails),
        not_known=not_known,
        sums=_sums(checked, owners),
        awaited=round_words.awaited(silent, unread),
        unread=round_words.ask_for_another(unread) if unread else "",
        deadline=round_words.deadline_words(owners.deadline, owners.days_left).strip(),
        carried=carried_sentence(checked.plan, checked.compilation.carried),
        returns=len(returns),
    )


def _mails(folder: Path) -> tuple[dict[str, Mails], str]:
    """What has been mailed to whom, or why that is not known."""
    try:
        return mails_of(folder), ""
    except LedgerError as error:
        return {}, str(error)


Row = dict[str, str | list[tuple[str, str]]]


def _rows(
    checked: CheckedRound, owners: Owed, returns: set[str], mails: Mapping[str, Mails]
) -> list[Row]:
    forms = form_names(checked.plan)
    completed = {one.owner for one in checked.collection.completions}
    rows: list[Row] = []
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
                "mailed": round_words.mailed(mails.get(one.status.name, NO_MAILS)),
                "to_mail": _to_mail(one, completed=one.status.name in completed),
            }
        )
    return rows


def _to_mail(one: Owing, *, completed: bool) -> list[tuple[str, str]]:
    """The kinds of mail that there may be for somebody as it stands, with their names."""
    came = one.status.came
    kinds = [
        # Asks for another file than one that cannot be read.
        (MailKind.TEMPLATES, bool(one.status.unread) and not one.status.files),
        (MailKind.REMINDERS, not came or bool(one.errors)),
        (MailKind.RETURNS, one.returned or bool(one.left and came)),
        (MailKind.RECEIPTS, bool(one.status.files or one.activities or completed)),
    ]
    return [(kind.value, round_words.MAILS[kind]) for kind, wanted in kinds if wanted]


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
