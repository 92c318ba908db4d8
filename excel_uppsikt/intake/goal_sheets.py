"""Which sheets of a received workbook are goal sheets, of which goal, and where their columns stand."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from excel_uppsikt.excel.guard.limits import check_faults
from excel_uppsikt.excel.workbook import Sheet, Workbook
from excel_uppsikt.findings.catalogue.contents import F206, F207
from excel_uppsikt.findings.catalogue.files import F203
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form import definition as form
from excel_uppsikt.form.words import COMPLETE_ROWS, NEW_ROW, STATES
from excel_uppsikt.intake.headers import Header, find_header, header_repairs
from excel_uppsikt.intake.identity import Marks
from excel_uppsikt.intake.own_columns import is_error
from excel_uppsikt.intake.plan_texts import PlanTexts
from excel_uppsikt.intake.readme import foreign_texts, is_readme, own_notes
from excel_uppsikt.language.cells import as_text, folded
from excel_uppsikt.language.likeness import NEAR, Comparisons, alike
from excel_uppsikt.language.text import fold, listed
from excel_uppsikt.model import Field, Goal

_OWN_SHEETS = frozenset(
    map(fold, (form.META_SHEET, form.LISTS_SHEET, form.TO_CORRECT_SHEET, form.STRAY_SHEET))
)
# With more far away they are told as one.
_MOST_BY_ITSELF = 5
# How the form's own lines above the header begin.
_OWN_LINES = tuple(
    map(
        fold,
        (
            "Målområde:",
            "Mål ",
            "En rad per aktivitet",
            COMPLETE_ROWS,
            NEW_ROW,
            "← Läs mig",
            *STATES,
        ),
    )
)


@dataclass(frozen=True, slots=True)
class GoalSheet:
    """A sheet that holds a goal's rows. Columns are 0-based, and `header_row` too.

    `inside` are the columns that are the form's to fill in, `own` those that it fills in itself, by
    their folded headings. `said` are the form's own texts, folded, where it asks for a completion, and
    `statuses` those of its list.
    """

    goal: Goal
    sheet: Sheet
    header_row: int
    columns: Mapping[Field, int]
    own: Mapping[str, int]
    inside: frozenset[int]
    said: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class GoneSheet:
    """A sheet of a goal gone from the plan since the form went out, and what stands beside its rows."""

    sheet: GoalSheet
    beside: tuple[str, ...]


def find_goal_sheets(
    known: PlanTexts, file: str, workbook: Workbook, marks: Marks
) -> tuple[list[GoalSheet], list[GoneSheet], list[Finding]]:
    """The workbook's goal sheets in order, those of gone goals, and findings for repairs and sheets left out.

    With headers but no goal the only finding that matters is an F203; with neither there is no
    sheet and no F203. Raises `UnreadableError` for far more to tell than of any form.
    """
    sheets: list[GoalSheet] = []
    gone: list[GoneSheet] = []
    findings: list[Finding] = []
    without_goal = False
    seen: set[int] = set()
    comparisons = Comparisons()
    for sheet in workbook.sheets:
        place = Place(file, sheet.name)
        if fold(sheet.name) in _OWN_SHEETS:
            _tell(findings, _notes(place, sheet))
            continue
        header = find_header(sheet, comparisons)
        if header is None and is_readme(sheet):
            _tell(findings, foreign_texts(known, place, sheet, comparisons, marks))
            continue
        goal, reason = _goal(known, sheet, header, marks, comparisons) if header else (None, "")
        if header is None or goal is None:
            without_goal |= header is not None
            if header is not None and (text := marks.goal_of_sheet(sheet.name)):
                gone.append(_gone_sheet(text, place, sheet, header, marks))
            else:
                _tell(findings, _left_out(place, sheet))
            continue
        if goal.number in seen:
            findings.append(find(F206.COPIED, place, goal=goal.text))
        elif reason:
            findings.append(find(F206.SHEET, place, goal=goal.text, reason=reason))
        seen.add(goal.number)
        _tell(findings, header_repairs(place, sheet, header))
        sheets.append(_goal_sheet(goal, sheet, header, marks))
        _tell(findings, _above(place, sheet, header, known.goals, comparisons))
        _tell(findings, _far(place, sheet))
        _tell(findings, _notes(place, sheet))
    if without_goal and not sheets:
        texts = tuple(f"”{one.sheet.goal.text}”" for one in gone)
        none = find(F203.GOALS_GONE, Place(file), goals=listed(texts)) if gone else None
        return [], [], [none or find(F203.NO_GOAL, Place(file))]
    return sheets, gone, findings


def _tell(findings: list[Finding], more: Iterable[Finding]) -> None:
    """Adds findings one by one, as long as somebody could read them all."""
    for finding in more:
        findings.append(finding)
        check_faults(len(findings))


def _goal_sheet(goal: Goal, sheet: Sheet, header: Header, marks: Marks) -> GoalSheet:
    inside, statuses = frozenset(header.columns.values()), frozenset(map(fold, marks.statuses))
    return GoalSheet(
        goal, sheet, header.row, header.columns, header.own, inside, marks.said, statuses
    )


def _gone_sheet(text: str, place: Place, sheet: Sheet, header: Header, marks: Marks) -> GoneSheet:
    goal = Goal(0, text, "")
    above = _above(place, sheet, header, {fold(text): goal}, Comparisons())
    beside = (*above, *_far(place, sheet), *_notes(place, sheet))
    return GoneSheet(
        _goal_sheet(goal, sheet, header, marks), tuple(finding.value or "" for finding in beside)
    )


def _goal(
    known: PlanTexts, sheet: Sheet, header: Header, marks: Marks, comparisons: Comparisons
) -> tuple[Goal | None, str]:
    """The sheet's goal and, where the sheet was not as sent out, what told it."""
    by_text, by_sheet = known.goals, known.goal_sheets
    above = [folded(cell) for row in sheet.rows[: header.row] for cell in row if cell != ""]
    named = marks.goal_of_sheet(sheet.name)
    untouched = by_sheet.get(fold(sheet.name)) or by_text.get(fold(named))
    for text in above:
        goal = by_text.get(text) or _near(text, by_text, comparisons)
        if goal is not None:
            return goal, "" if goal is untouched else "målets text står på bladet"
    if fold(named) in by_text:
        return by_text[fold(named)], ""
    if untouched is not None:
        return untouched, "" if above else "bladets namn säger det"
    goal = _near(sheet.name, by_sheet, comparisons)
    return goal, "bladets namn liknar målets"


def _near(text: str, names: Mapping[str, Goal], comparisons: Comparisons) -> Goal | None:
    key = fold(text)
    if not comparisons.allow(key):
        return None
    near = [goal for name, goal in names.items() if alike(key, name) >= NEAR]
    return near[0] if len(near) == 1 else None


def _left_out(place: Place, sheet: Sheet) -> list[Finding]:
    """F207 with the content of a sheet that belongs to no goal, if it has any."""
    texts = [text for row in sheet.rows for text in map(as_text, row) if text]
    texts += [*sheet.far.values(), *own_notes(sheet).values()]
    if not texts:
        return []
    return [find(F207.SHEET, place, " | ".join(texts))]


def _above(
    place: Place,
    sheet: Sheet,
    header: Header,
    goals: Mapping[str, Goal],
    comparisons: Comparisons,
) -> Iterator[Finding]:
    """F207 for what stands above the header and is not the form's own."""
    for number, row in enumerate(sheet.rows[: header.row], 1):
        for at, cell in enumerate(row, 1):
            if cell == "":
                continue
            key = folded(cell)
            own = key in goals or key.startswith(_OWN_LINES)
            own = own or (comparisons.allow(key) and _near_any(key, goals))
            # The sheet's state is a formula, whose words some programs save as the number 0, or that
            # they cannot compute.
            state = at == 1 or at - 1 in header.own.values()
            own = own or (state and (cell == 0 or is_error(key)))
            if key and not own:
                yield find(F207.CELL, place.at(number, at), as_text(cell), column="")


def _far(place: Place, sheet: Sheet) -> Iterator[Finding]:
    """F207 for each cell far outside the form; one for them all if many."""
    texts = dict(sorted(sheet.far.items()))
    if len(texts) > _MOST_BY_ITSELF:
        first, count = place.at(*next(iter(texts))), f"{len(texts)} celler"
        yield find(F207.ROW, first, " | ".join(texts.values()), count=count)
        return
    for cell, text in texts.items():
        yield find(F207.CELL, place.at(*cell), as_text(text), column="")


def _notes(place: Place, sheet: Sheet) -> Iterator[Finding]:
    """F207 for each note on a cell, the form's own cells too."""
    for cell, text in own_notes(sheet).items():
        yield find(F207.NOTE, place.at(*cell), text)


def _near_any(key: str, goals: Mapping[str, Goal]) -> bool:
    return any(alike(key, goal) >= NEAR for goal in goals)
