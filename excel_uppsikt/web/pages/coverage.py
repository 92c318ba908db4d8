"""Coverage and figures: activities by goal, status and unit, as pictures and as tables."""

from starlette.responses import Response

from excel_uppsikt import figures
from excel_uppsikt.web import charts, step_words
from excel_uppsikt.web.jobs import Job
from excel_uppsikt.web.pages.faults import not_read
from excel_uppsikt.web.visit import Visit

# With more columns than this, each goal says in words which of them work toward it.
_MOST_COLUMNS = 6


async def show(visit: Visit) -> Response:
    """What the report will hold, counted as it will count it."""
    reading = await visit.reading()
    if isinstance(reading, Job):
        return visit.waiting(reading)
    checked = reading.checked
    if checked is None:
        return not_read(visit, "Täckning", reading)
    plan, shown = checked.plan, checked.compilation.approved
    counts = figures.goal_counts(plan, shown)
    table = figures.coverage(plan, shown)
    goals = [(goal, counts[goal.number]) for goal in plan.goals_by_number]
    columns = [str(column) for column in table.columns]
    statuses = figures.status_counts(plan, shown)
    return visit.page(
        "tackning.html",
        step="Täckning",
        count=len(shown),
        goal_chart=charts.bars([(f"{g.number}. {g.text}", n) for g, n in goals if n]),
        status_chart=charts.bars(
            [(name or step_words.NO_STATUS, n) for name, n in statuses.items()]
        ),
        idle=[goal.text for goal, n in goals if not n],
        columns=columns,
        wide=len(columns) > _MOST_COLUMNS,
        rows=[
            (f"{goal.number}. {goal.text}", list(zip(columns, numbers, strict=True)))
            for (goal, _), numbers in zip(goals, table.to_numpy().tolist(), strict=True)
        ],
        without=[unit.name for unit in plan.units if not table[unit.name].sum()],
        carried=figures.carried_sentence(plan, checked.compilation.carried),
    )
