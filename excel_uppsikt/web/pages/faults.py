"""What is shown where a round cannot be read: why, and the way to its plan."""

from starlette.responses import Response

from excel_uppsikt.web.readings import Reading
from excel_uppsikt.web.visit import Visit, failure


def not_read(visit: Visit, step: str, reading: Reading) -> Response:
    """The page of a step that needs the round read."""
    return visit.page("olast.html", step=step, notice=failure(reading.error), status=409)
