"""The records that pass between the steps, all frozen. They hold facts; rules stand in `checks/`."""

from excel_uppsikt.model.changes import Change, ChangeKind
from excel_uppsikt.model.compilation import Activity, Choice, Compilation, Line
from excel_uppsikt.model.decisions import DecisionRow, Decisions, Outcome, Question, Ruling
from excel_uppsikt.model.plan import (
    Department,
    Goal,
    Layout,
    Plan,
    Recipient,
    Settings,
    Stage,
    Status,
    Text,
    Unit,
)
from excel_uppsikt.model.submissions import (
    Collection,
    Entry,
    FormKind,
    Submission,
    count_activities,
)
from excel_uppsikt.model.unit_rule import RuleTerm
from excel_uppsikt.model.values import Field, Row, Values

__all__ = [
    "Activity",
    "Change",
    "ChangeKind",
    "Choice",
    "Collection",
    "Compilation",
    "DecisionRow",
    "Decisions",
    "Department",
    "Entry",
    "Field",
    "FormKind",
    "Goal",
    "Layout",
    "Line",
    "Outcome",
    "Plan",
    "Question",
    "Recipient",
    "Row",
    "RuleTerm",
    "Ruling",
    "Settings",
    "Stage",
    "Status",
    "Submission",
    "Text",
    "Unit",
    "Values",
    "count_activities",
]
