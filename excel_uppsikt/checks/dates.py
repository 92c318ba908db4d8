"""Whether a row's status agrees with its dates at the cutoff (C401 to C404).

The seed's report reached politicians with "ongoing according to plan" for activities that began in
September or had ended in March, told at the end of April.
"""

from collections.abc import Iterator

from excel_uppsikt.findings.catalogue.rows import C401, C402, C403, C404
from excel_uppsikt.findings.code import Code
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.model import Field, Plan, Row, Stage


def dates_agree_with_status(plan: Plan, row: Row) -> Iterator[Finding]:
    """C401 to C404, each at the status that the date speaks against.

    "Has passed" and "lies after" are strict: the cutoff day itself has not passed.
    """
    cutoff = plan.settings.cutoff
    if cutoff is None:
        return
    disagreement = _disagreement(row, cutoff.toordinal())
    if disagreement is not None and row.values.status is not None:
        variant, of = disagreement
        place, status = row.place(Field.STATUS), row.values.status.name
        date = row.values.start if of is Field.START else row.values.end
        yield find(variant, place, status, status=status, date=date, cutoff=cutoff)


def _disagreement(row: Row, cutoff: int) -> tuple[Code, Field] | None:
    status, start, end = row.values.status, row.values.start, row.values.end
    if status is None or (start and end and end < start):
        return None
    match status.stage:
        case Stage.NOT_STARTED if start and start.toordinal() < cutoff and not status.deviation:
            return C401.PLAIN, Field.START
        case Stage.ONGOING if end and end.toordinal() < cutoff and not status.deviation:
            return C402.PLAIN, Field.END
        case Stage.ONGOING if start and start.toordinal() > cutoff:
            return C404.PLAIN, Field.START
        case Stage.FINISHED if end and end.toordinal() > cutoff and not status.deviation:
            return C403.PLAIN, Field.END
    return None
