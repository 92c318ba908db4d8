"""What was last collected of each activity, as it is kept on a hidden sheet of the compilation."""

import json
from collections.abc import Sequence

from excel_uppsikt.findings.place import Place
from excel_uppsikt.form import values
from excel_uppsikt.language.text import fold
from excel_uppsikt.model import Activity, Goal, Plan


def as_json(activity: Activity, asked: Sequence[str] = ()) -> str:
    """An activity as it is kept on the hidden sheet."""
    return json.dumps(
        {
            "id": activity.id,
            "goal": activity.goal.number,
            "goal_text": activity.goal.text,
            **values.as_json(activity.values, activity.department),
            "sources": [(row.file, row.sheet, row.row) for row in activity.sources],
            "asked": list(asked),
        },
        ensure_ascii=False,
    )


def from_json(plan: Plan, written: str) -> tuple[Activity, tuple[str, ...]]:
    """The activity that `as_json` wrote, and what was asked. Raises `ValueError` or `KeyError`."""
    kept = json.loads(written)
    goal = next((g for g in plan.goals if fold(g.text) == fold(kept["goal_text"])), None)
    activity = Activity(
        id=kept["id"],
        goal=goal or Goal(kept["goal"], kept["goal_text"], ""),
        department=kept["department"],
        values=values.from_json(plan, kept),
        sources=tuple(Place(*row) for row in kept["sources"]),
    )
    return activity, tuple(kept["asked"])
