"""Mail: who is to get what, looked at first, then made as drafts or, after a question, sent."""

from collections.abc import Iterator
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.mail.addresses import addresses
from excel_uppsikt.mail.delivery import Doubt
from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.mail.settings_file import settings_file
from excel_uppsikt.model import Plan
from excel_uppsikt.rounds import outbox
from excel_uppsikt.rounds.addressed import form_owners
from excel_uppsikt.rounds.checking import load_plan, no_progress
from excel_uppsikt.rounds.mail_words import HEADINGS
from excel_uppsikt.rounds.results import Sent
from excel_uppsikt.rounds.ways import Way, send_by
from excel_uppsikt.web import mail_password, mail_told
from excel_uppsikt.web.folders import Kind
from excel_uppsikt.web.jobs import Job
from excel_uppsikt.web.mailing import (
    FILES,
    WAYS,
    Choice,
    Preview,
    WorkedOut,
    as_shown,
    preview,
    ways_out,
    worked_out,
)
from excel_uppsikt.web.render import Notice
from excel_uppsikt.web.visit import Visit


async def show(visit: Visit) -> Response:
    """What can be mailed, and the drafts that lie there."""
    folder = visit.round.path
    plan, drafts, account = await run_in_threadpool(
        lambda: (load_plan(folder)[0], visit.round.files(Kind.DRAFTS), mail_password.account())
    )
    kind = visit.asked("slag")
    return visit.page(
        "mejl.html",
        step="Mejl",
        told=mail_told,
        kind=kind if kind in set(MailKind) else MailKind.TEMPLATES.value,
        asked={name: visit.asked(name) for name in ("bara", "prov", "igen", "anda")},
        names=list(dict.fromkeys(_names(plan))),
        drafts=drafts,
        account=account,
    )


def _names(plan: Plan) -> Iterator[str]:
    """Whom mail can be chosen for."""
    yield from (owner.words for owner in form_owners(plan))
    yield from (department.name for department in plan.departments)
    yield from (recipient.name for recipient in plan.recipients if recipient.name)
    cells = [unit.email for unit in plan.units]
    cells += [one.email for one in plan.departments] + [one.email for one in plan.recipients]
    for cell in cells:
        yield from addresses(cell)


async def look(visit: Visit) -> Response:
    """Works out who is to get what; of returns and reminders their files are made, as by the command."""
    folder, choice = visit.round.path, Choice.of(visit)

    def work(job: Job) -> Preview:
        now = worked_out(folder, choice, job.progress)
        known = preview(folder, choice, now, visit.today())
        job.back = f"{_here(visit)}/{job.number}"
        return known

    # Where it cannot be done, what was chosen is still there.
    back = f"{_here(visit)}?{urlencode(choice.fields)}"
    return await visit.answer(visit.submit(mail_told.LOOKING, back, work, key=str(choice)))


async def shown(visit: Visit) -> Response:
    """Who is to get what, and what can be done with it."""
    number, known = _preview(visit)
    out = await run_in_threadpool(ways_out)
    return visit.page(
        "mejl-lista.html",
        step="Mejl",
        told=mail_told,
        number=number,
        shown=known,
        kind=mail_told.KINDS[known.choice.kind],
        headings=HEADINGS,
        files=known.going(FILES),
        ways=[(name, way, len(known.going(name))) for name, way in out.ways.items()],
        faults=out.faults,
        settings=settings_file(),
        account=await run_in_threadpool(mail_password.account),
        answers=_ANSWERS,
    )


_ANSWERS = (
    (Doubt.ARRIVED, "Ja, det kom fram"),
    (Doubt.SEND, "Nej, skicka det igen"),
    (Doubt.LEAVE, "Vet inte, lämna det"),
)


async def ask(visit: Visit) -> Response:
    """The question before anything is sent: how many, and to whom."""
    number, known = _preview(visit)
    name = visit.asked("vag")
    way = await run_in_threadpool(_way, name)
    return visit.page(
        "mejl-skicka.html",
        step="Mejl",
        told=mail_told,
        number=number,
        shown=known,
        kind=mail_told.KINDS[known.choice.kind],
        name=name,
        way=way,
        headings=HEADINGS,
        rows=known.going(name),
    )


async def hand_over(visit: Visit) -> Response:
    """Makes the drafts, or sends what was shown and confirmed."""
    number, known = _preview(visit)
    name, folder = visit.written("vag"), visit.round.path
    way = None if name == FILES else await run_in_threadpool(_way, name)
    tidies = name == mail_told.TIDIES and known.only_outdated
    if way is not None and not known.going(name) and not tidies:
        raise CannotRunError(mail_told.NOTHING_LEFT)
    if way is not None and way.sends and visit.written("antal") != str(len(known.going(name))):
        raise CannotRunError(mail_told.CHANGED)

    def work(job: Job) -> Notice:
        now = as_shown(folder, known, job.progress)
        if way is not None:
            job.stops_between()
        job.now_writing()
        if way is None:
            made = outbox.write_drafts(now.mailing, again=known.choice.again)
            job.back = f"{_here(visit)}?{urlencode({'slag': known.choice.kind.value})}"
            return mail_told.of_drafts(made)
        notice = _sent(job, now, way, again=known.choice.again)
        job.back = f"{visit.round.address}/skickat"
        return notice

    title = mail_told.SENDING if way is not None and way.sends else mail_told.DRAFTING
    job = visit.submit(title, f"{_here(visit)}/{number}", work, key=f"{number}:{name}")
    return await visit.answer(job)


def _sent(job: Job, now: WorkedOut, way: Way, *, again: bool) -> Notice:
    """Hands over what is to go, telling how far it is."""
    mailing = now.mailing
    if way.with_sender:
        outbox.refuse_without_sender(mailing.plan)
    count = len(mailing.messages)
    stop = outbox.Stop(lambda: job.stop_asked, job.wait)
    sending = send_by(way, mailing, again=again, today=None, stop=stop)
    for number, one in enumerate(sending, 1):
        if isinstance(one, Sent):
            return mail_told.of_sent(one, sends=way.sends)
        job.said = mail_told.at(number, count, one.message.to)
    raise AssertionError("what became of all of it comes last")


async def settle(visit: Visit) -> Response:
    """Keeps what the coordinator says of messages in doubt, and shows what is then to go."""
    number, known = _preview(visit)
    folder = visit.round.path
    answers = set(Doubt)
    said = {row: visit.written(f"svar-{row}") for row, _ in known.doubts}
    doubts = {row: Doubt(answer) for row, answer in said.items() if answer in answers}

    def work(job: Job) -> Preview:
        now = as_shown(folder, known, job.progress)
        job.now_writing()
        outbox.settle_doubts(now.mailing, doubts)
        now = worked_out(folder, known.choice, no_progress)
        settled = preview(folder, known.choice, now, visit.today())
        job.back = f"{_here(visit)}/{job.number}"
        return settled

    key = f"{number}:{doubts}"
    job = visit.submit(mail_told.SETTLING, f"{_here(visit)}/{number}", work, key=key)
    return await visit.answer(job)


def _here(visit: Visit) -> str:
    return f"{visit.round.address}/mejl"


def _preview(visit: Visit) -> tuple[int, Preview]:
    """What was shown, by its number. Raises `CannotRunError` where that is not remembered."""
    number = visit.request.path_params["number"]
    job = visit.site.jobs.get(number)
    known = job.result if job is not None else None
    if not isinstance(known, Preview) or known.folder != visit.round.path:
        raise CannotRunError(mail_told.GONE)
    return number, known


def _way(name: str) -> Way:
    """A way out by its name. Raises `CannotRunError` for none, or for one that is not set up."""
    if name not in WAYS:
        raise CannotRunError(mail_told.NO_WAY)
    return WAYS[name][-1]()
