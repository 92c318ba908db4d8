"""What was last collected of each activity, as it is kept on a hidden sheet of the compilation."""

import json

from excel_uppsikt.findings.place import Place
from excel_uppsikt.form import values
from excel_uppsikt.language.text import fold
from excel_uppsikt.model import Activity, Choice, Goal, Plan


def as_json(activity: Activity, choice: Choice = Choice()) -> str:  # noqa: B008  it is frozen
    """An activity as it is kept on the hidden sheet, and what the sheet does not show of its row's choice."""
    away = {"away": True} if choice.away else {}
    excluded = {} if choice.include else {"include": False}
    kept = {"kept": True} if choice.kept else {}
    held = {"held": list(choice.held)} if choice.held else {}
    own_title = {"own_title": choice.own_title} if choice.own_title else {}
    completed = {"completed": list(choice.completed)} if choice.completed else {}
    own = {"own": list(choice.own)} if choice.own else {}
    return json.dumps(
        {
            "id": activity.id,
            "goal": activity.goal.number,
            "goal_text": activity.goal.text,
            **values.as_json(activity.values, activity.department),
            "sources": [(row.file, row.sheet, row.row) for row in activity.sources],
            "asked": list(choice.asked),
            **({"last_reported": activity.last_reported} if activity.last_reported else {}),
            **away,
            **excluded,
            **kept,
            **held,
            **own_title,
            **completed,
            **own,
        },
        ensure_ascii=False,
    )


def from_json(plan: Plan, written: str) -> tuple[Activity, Choice]:
    """The activity and the choice that `as_json` wrote. Raises `ValueError` or `KeyError`."""
    kept = json.loads(written)
    goal = next((g for g in plan.goals if fold(g.text) == fold(kept["goal_text"])), None)
    activity = Activity(
        id=kept["id"],
        goal=goal or Goal(kept["goal"], kept["goal_text"], ""),
        department=kept["department"],
        values=values.from_json(plan, kept),
        sources=tuple(Place(*row) for row in kept["sources"]),
        last_reported=kept.get("last_reported", ""),
    )
    choice = Choice(
        include=kept.get("include", True),
        asked=tuple(kept["asked"]),
        away=kept.get("away", False),
        kept=kept.get("kept", False),
        held=tuple(kept.get("held", ())),
        own_title=kept.get("own_title", ""),
        completed=tuple(kept.get("completed", ())),
        own=tuple(kept.get("own", ())),
    )
    return activity, choice
