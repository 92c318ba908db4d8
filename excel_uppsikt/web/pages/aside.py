"""Files of the inbox that are no forms, laid aside by the coordinator, or not any more."""

from starlette.responses import Response

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.rounds import laying_aside
from excel_uppsikt.web import step_words
from excel_uppsikt.web.jobs import Job
from excel_uppsikt.web.render import Notice
from excel_uppsikt.web.rows import file_rows
from excel_uppsikt.web.visit import Visit


async def lay_aside(visit: Visit) -> Response:
    """Lays a file aside, where it is none that may be a unit's form."""
    folder, name, readings = visit.round.path, visit.written("namn"), visit.site.readings

    def work(job: Job) -> Notice:
        checked = readings.read(folder, job.progress).checked
        rows = () if checked is None else file_rows(checked)
        if not any(row.file == name and row.no_form for row in rows):
            raise CannotRunError(step_words.NOT_TO_LAY_ASIDE.format(name=name or "Filen"))
        job.now_writing()
        laying_aside.lay_aside(folder, name)
        return Notice(step_words.LAID, (step_words.is_aside(name),))

    back = f"{visit.round.address}/inkorg"
    return await visit.start(step_words.LAYING_ASIDE, back, work, key=name)


async def put_back(visit: Visit) -> Response:
    """Lets a file that was laid aside count again."""
    folder, name = visit.round.path, visit.written("namn")

    def work(job: Job) -> Notice:
        job.now_writing()
        laying_aside.put_back(folder, name)
        return Notice(step_words.BACK, (step_words.is_back(name),))

    back = f"{visit.round.address}/inkorg"
    return await visit.start(step_words.PUTTING_BACK, back, work, key=name)
