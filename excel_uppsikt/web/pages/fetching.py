"""Answers fetched from the mailbox that is set up, each message whole, into the inbox."""

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.mail.settings import graph_service, imap_server, is_set_up
from excel_uppsikt.mail.settings_file import MailSettingsError, settings_file
from excel_uppsikt.rounds import fetch_words
from excel_uppsikt.rounds.fetch_channel import FetchChannel
from excel_uppsikt.rounds.fetching import fetch_round
from excel_uppsikt.web import fetch_told, mail_password, told
from excel_uppsikt.web.jobs import Job
from excel_uppsikt.web.render import Notice
from excel_uppsikt.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Box:
    """A mailbox that is set up: how it is reached, where it is, and whom a password is asked for ('')."""

    channel: FetchChannel
    where: str
    user: str = ""


async def show(visit: Visit) -> Response:
    """The mailboxes that are set up, and what is wrong in the settings."""
    boxes, faults = await run_in_threadpool(_boxes)
    return visit.page(
        "hamta.html", step="Inkorg", boxes=boxes, faults=faults, settings=settings_file()
    )


def _boxes() -> tuple[list[Box], list[str]]:
    boxes: list[Box] = []
    faults: list[str] = []
    for channel in FetchChannel:
        try:
            if is_set_up(channel.value):
                boxes.append(_box(channel))
        except MailSettingsError as error:
            faults.append(str(error))
    return boxes, list(dict.fromkeys(faults))


def _box(channel: FetchChannel) -> Box:
    if channel is FetchChannel.GRAPH:
        graph = graph_service()
        box = graph.mailbox or "Microsoft 365"
        return Box(channel, f"mappen {graph.folder or 'inkorgen'} ({box})")
    server = imap_server()
    user = server.user if server.token is None else ""
    return Box(channel, f"mappen {server.folder} ({server.user or server.host})", user)


async def fetch(visit: Visit) -> Response:
    """Fetches what is new, and shows the inbox; nothing is changed in the mailbox."""
    written, folder = visit.written("brevlada"), visit.round.path
    boxes, _ = await run_in_threadpool(_boxes)
    box = next((one for one in boxes if one.channel.value == written), None)
    if box is None:
        raise CannotRunError(fetch_told.NO_BOX)
    password, kept = visit.written("losenord"), []
    if box.user and password:
        kept.append(await run_in_threadpool(mail_password.keep, "imap", box.user, password))

    def work(job: Job) -> Notice:
        done = fetch_round(folder, box.channel, progress=job.progress)
        title = fetch_told.FETCHED if done.fetched else fetch_told.NONE_NEW
        title = fetch_told.NOT_ALL if done.missed else title
        job.back = f"{visit.round.address}/inkorg"
        return Notice(title, (*kept, *fetch_words.fetched(done)), told.tone(not done.missed))

    job = visit.submit(
        fetch_told.FETCHING, f"{visit.round.address}/hamta", work, key=box.channel.value
    )
    return await visit.answer(job)
