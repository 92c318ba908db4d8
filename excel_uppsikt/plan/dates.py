"""Dates of the plan that can be read but hardly be right: of another year, or in the wrong order (P104)."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from excel_uppsikt.findings.catalogue.plan import P104
from excel_uppsikt.findings.finding import find
from excel_uppsikt.language.text import fold
from excel_uppsikt.model import Settings
from excel_uppsikt.plan.cells import PlanCells
from excel_uppsikt.plan.table import PlanRow

# What is done about a round is done within a year of its cutoff; a year written wrong is beyond that.
_LONG_AFTER = timedelta(days=366)
# Periods that end well before the year does; what is told at the end of the last one may be told in January.
_EARLY_PERIOD = re.compile(
    r"(?:t|tertial|h|halvår)\.? ?1|(?:t|tertial) ?2|(?:q|kv|kvartal)\.? ?[123]|delår.*"
)
_CUTOFF, _ANSWERS, _CORRECTIONS = "Avstämningsdatum", "Sista svarsdag", "Sista dag för rättningar"
_ALLOWED = ("Första tillåtna datum", "Sista tillåtna datum")


def unlikely_settings(cells: PlanCells, rows: Mapping[str, PlanRow], settings: Settings) -> None:
    """P104 at each setting with a date that can hardly be right; `rows` by the setting's folded name."""
    year = settings.year
    first, last = date(year, 1, 1), date(year, 12, 31)
    cutoff = settings.cutoff
    if cutoff is not None and not first <= cutoff <= _latest_cutoff(settings):
        place = rows[fold(_CUTOFF)].place("Värde")
        cells.findings.append(find(P104.CUTOFF, place, cutoff, year=year))
    in_order = settings.first_date <= settings.last_date
    if in_order and (settings.first_date > last or settings.last_date < first):
        for name, day in zip(_ALLOWED, (settings.first_date, settings.last_date), strict=True):
            row = rows.get(fold(name))
            if row is not None and row.text("Värde") and not first <= day <= last:
                found = find(P104.ALLOWED, row.place("Värde"), day, name=name, year=year)
                cells.findings.append(found)
    for name, when in ((_ANSWERS, settings.deadline), (_CORRECTIONS, settings.corrections_due)):
        if when is None:
            continue
        row = rows[fold(name)]
        if not _of_another_time(cells, row, "Värde", name, when, settings) and (
            name == _CORRECTIONS and settings.deadline and when < settings.deadline
        ):
            place, other = row.place("Värde"), settings.deadline
            cells.findings.append(find(P104.DEADLINES, place, when, other=other))


def unlikely_report_date(cells: PlanCells, row: PlanRow, when: date, settings: Settings) -> None:
    """P104 for a report that is dated before what it tells of or before all have answered, or long after."""
    if _of_another_time(cells, row, "Rapportdatum", "Rapportdatum", when, settings):
        return
    place, last = row.place("Rapportdatum"), settings.corrections_due
    for name, other in ((_CUTOFF, settings.cutoff), (_ANSWERS, settings.deadline)):
        if other is not None and when < other:
            inside = name[0].lower() + name[1:]
            cells.findings.append(find(P104.PLAIN, place, when, name=inside, other=other))
            return
    if last is not None and when < last:
        whose = row.text("Verksamhet") or "verksamheten"
        cells.findings.append(find(P104.CORRECTIONS, place, when, department=whose, other=last))


def _of_another_time(
    cells: PlanCells, row: PlanRow, column: str, name: str, when: date, settings: Settings
) -> bool:
    """Whether a date lies before the round's year or long after its cutoff; P104 where it does."""
    place, year, cutoff = row.place(column), settings.year, settings.cutoff
    if when < date(year, 1, 1):
        cells.findings.append(find(P104.EARLIER_YEAR, place, when, name=name, year=year))
    elif cutoff is not None and cutoff.year >= year and when - cutoff > _LONG_AFTER:
        cells.findings.append(find(P104.LONG_AFTER, place, when, name=name, cutoff=cutoff))
    else:
        return False
    return True


def _latest_cutoff(settings: Settings) -> date:
    """The last day that a round's cutoff can be: of the year's last period a day in January after it."""
    early = _EARLY_PERIOD.fullmatch(fold(settings.period or ""))
    return date(settings.year, 12, 31) if early else date(settings.year + 1, 1, 31)
