"""What was last collected of each activity, as it is kept on a hidden sheet of the compilation."""

import json
from collections.abc import Sequence

from excel_uppsikt.findings.place import Place
from excel_uppsikt.language.dates import read_date
from excel_uppsikt.language.text import fold
from excel_uppsikt.model import Activity, Goal, Plan


def as_json(activity: Activity, asked: Sequence[str] = ()) -> str:
    """An activity as it is kept on the hidden sheet."""
    return json.dumps(
        {
            "id": activity.id,
            "goal": activity.goal.number,
            "goal_text": activity.goal.text,
            "title": activity.title,
            "units": activity.units,
            "whole": activity.whole,
            "department": activity.department,
            "start": activity.start.isoformat() if activity.start else None,
            "end": activity.end.isoformat() if activity.end else None,
            "description": activity.description,
            "status": activity.status.name if activity.status else None,
            "comment": activity.comment,
            "sources": [(ref.file, ref.sheet, ref.row) for ref in activity.sources],
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
        title=kept["title"],
        units=tuple(kept["units"]),
        whole=kept["whole"],
        department=kept["department"],
        start=read_date(kept["start"], year=1).value if kept["start"] else None,
        end=read_date(kept["end"], year=1).value if kept["end"] else None,
        description=kept["description"],
        status=plan.status(kept["status"]),
        comment=kept["comment"],
        sources=tuple(Place(*ref) for ref in kept["sources"]),
    )
    return activity, tuple(kept["asked"])
