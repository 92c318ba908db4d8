"""One request of a browser that has been let in: its round, its form, and the work it asks for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.rounds.lock import Holder, holding
from excel_uppsikt.web import words
from excel_uppsikt.web.folders import RoundFolder
from excel_uppsikt.web.jobs import Job, State
from excel_uppsikt.web.next_step import next_step
from excel_uppsikt.web.readings import Reading
from excel_uppsikt.web.render import Notice, html
from excel_uppsikt.web.sessions import Session
from excel_uppsikt.web.site import Site

_T = TypeVar("_T")
# Most steps are over in a second; what takes longer gets a page that shows how far it is.
_PATIENCE = 1.5


@dataclass(frozen=True, slots=True)
class Visit:
    """A request, the running page, the browser's session, and the round and form where it has one."""

    request: Request
    site: Site
    session: Session
    here: RoundFolder | None = None
    form: FormData = field(default_factory=FormData)

    @property
    def round(self) -> RoundFolder:
        """The round that the page is about."""
        assert self.here is not None, "a page of a round has one by its address"  # noqa: S101  for mypy
        return self.here

    def written(self, name: str) -> str:
        """What was written in a field of the form, without spaces around it."""
        value = self.form.get(name)
        return value.strip() if isinstance(value, str) else ""

    def asked(self, name: str) -> str:
        """What stands in the address, after the question mark."""
        return self.request.query_params.get(name, "").strip()

    def page(self, template: str, *, status: int = 200, **values: object) -> Response:
        """A page, with what came of the work that led to it."""
        notice = values.pop("notice", None) or self._done()
        if self.here is not None:
            values["next_step"] = known = next_step(self.here.path, self.site.readings)
            values["next_job"] = self._reading() if known is None else None
        return html(
            template,
            mark=self.session.form_mark,
            here=self.here,
            notice=notice if isinstance(notice, Notice) else None,
            status=status,
            **values,
        )

    async def start(
        self,
        title: str,
        back: str,
        work: Callable[[Job], Notice],
        *,
        key: str = "",
        given: Mapping[str, str] | None = None,
    ) -> Response:
        """Does some work in the round and shows what came of it, or how far it is where it takes its time.

        Work with the same title and `key` that is waiting already is not done twice. What was `given` for it
        is there to be shown again.
        """
        return await self.answer(self.submit(title, back, work, key=key, given=given))

    def submit(
        self,
        title: str,
        back: str,
        work: Callable[[Job], object],
        *,
        key: str = "",
        given: Mapping[str, str] | None = None,
    ) -> Job:
        """The job that does some work in the round, holding it meanwhile."""
        folder = self.round.path

        def holding_it(job: Job) -> object:
            with holding(folder, Holder.PAGE, title):
                return work(job)

        return self.site.jobs.submit(f"{folder}:{title}:{key}", title, back, holding_it, given)

    async def answer(self, job: Job) -> Response:
        """The page that a job leads to, or how far it is where it takes its time."""
        if await job.settled(_PATIENCE):
            return RedirectResponse(_told_at(job.back, job), 303)
        return RedirectResponse(f"/arbete/{job.number}", 303)

    async def reading(self, patience: float = _PATIENCE) -> Reading | Job:
        """The round as it is now, or the job that reads it where that takes its time."""
        kept = self.site.readings.fresh(self.round.path)
        return kept if kept is not None else await _given(self._reading(), Reading, patience)

    def _reading(self) -> Job:
        """The job that reads the round."""
        folder, readings = self.round.path, self.site.readings
        return self.site.jobs.submit(
            f"{folder}:läser",
            words.READING,
            self._address,
            lambda job: readings.read(folder, job.progress),
        )

    async def read(
        self,
        key: str,
        title: str,
        kind: type[_T],
        work: Callable[[Job], _T],
        patience: float = _PATIENCE,
    ) -> _T | Job:
        """What some reading gives, of the kind that it gives, or its job where that takes its time."""
        return await _given(self.site.jobs.submit(key, title, self._address, work), kind, patience)

    def waiting(self, job: Job) -> Response:
        """The page that shows how far some work is, in the place of the one that needs it."""
        return html(
            "arbete.html",
            mark=self.session.form_mark,
            here=self.here,
            job=job,
            then=self._address,
        )

    def today(self) -> date:
        """The day that it is for the coordinator."""
        return date.today()  # noqa: DTZ011  the coordinator's own day

    @property
    def _address(self) -> str:
        """The address that was asked for, with what stands after the question mark."""
        url = self.request.url
        return f"{url.path}?{url.query}" if url.query else url.path

    @property
    def led_here(self) -> Job | None:
        """The work that this page is shown after."""
        number = self.asked("klart")
        return self.site.jobs.get(int(number)) if number.isascii() and number.isdigit() else None

    def _done(self) -> Notice | None:
        """What came of the work that this page was shown after."""
        job = self.led_here
        return outcome(job) if job is not None and job.ended else None


async def _given(job: Job, kind: type[_T], patience: float) -> _T | Job:
    """What a job gives, of the kind that it gives, or the job itself where that takes its time."""
    await job.settled(patience)
    if job.error is not None:
        raise job.error
    return job.result if isinstance(job.result, kind) else job


def outcome(job: Job) -> Notice | None:
    """What came of a job, in words; nothing where it was only to read."""
    if job.state is State.STOPPED:
        return Notice(words.STOPPED, (words.NOTHING_CHANGED,), "plain")
    if job.state is State.FAILED:
        return failure(job.error)
    return job.result if isinstance(job.result, Notice) else None


def after(job: Job) -> str:
    """The page to show when a job has ended: the one it was for, or where it was stopped its round's.

    Where that is of no round, it is the page of them all: the same page would read again.
    """
    if job.state is not State.STOPPED:
        return _told_at(job.back, job)
    of_round = job.back.split("/")[:3]
    return _told_at("/".join(of_round) if len(of_round) == 3 else "/", job)


def _told_at(page: str, job: Job) -> str:
    """The address of a page that tells what came of a job."""
    return f"{page or '/'}{'&' if '?' in page else '?'}klart={job.number}"


def failure(error: Exception | None) -> Notice:
    """Why something could not be done, and what to do."""
    if isinstance(error, CannotRunError):
        found = [finding.message for finding in getattr(error, "findings", ())]
        return Notice(words.CANNOT, (" ".join(str(error).split()), *found), "bad")
    if isinstance(error, OSError):
        return Notice(words.CANNOT, (words.file_error(error),), "bad")
    return Notice(words.FAULT, (words.fault(error),), "bad")
