"""Läs mig in a received workbook: what stands there that is not the form's own, and notes on any sheet."""

import re
from collections.abc import Iterator

from excel_uppsikt.excel.workbook import CellValue, Sheet
from excel_uppsikt.findings.catalogue.contents import F207
from excel_uppsikt.findings.code import Code
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form import definition as form
from excel_uppsikt.form.words import (
    ANSWER,
    ANSWER_BESIDE,
    COMPLETE,
    FILL_IN,
    GO_ON,
    HOLDS,
    IF_LATE,
    LACKS,
    MEND,
    ONLY_THESE,
    ONLY_THIS,
    OPEN,
    REST_STAYS,
    REST_TO_COMPLETE,
    RETURNED,
    SEND,
    SEND_AGAIN,
    STATES,
    TO_COMPLETE,
)
from excel_uppsikt.intake.identity import Marks
from excel_uppsikt.intake.own_columns import is_error
from excel_uppsikt.intake.plan_texts import PlanTexts
from excel_uppsikt.language.cells import as_text, cell_name, folded
from excel_uppsikt.language.likeness import NEAR, Comparisons, alike
from excel_uppsikt.language.text import counted, fold

# With more than this the form is rather of another wording than written in all over.
_MOST_BY_ITSELF = 5
_TABLE_WIDTH, _LONGEST_COUNT = 5, 5
_FORM_ID = fold(form.FORM_ID_LABEL)

# As it stood in forms that may still come in.
_GO_ON_EARLIER = (
    "2.  Gå till ett mål nedan. Ändra status och skriv en ny kommentar på raderna. "
    "Lägg till nya rader.",
    "2.  Gå till ett mål nedan och gå igenom varje rad: skriv en ny kommentar eller ändra status. "
    "Har inget hänt: skriv oförändrat. Lägg till nya rader.",
)
_COMPLETE_EARLIER = (
    "2.  Gå till ett mål nedan och komplettera raderna. Kolumnen Att komplettera visar vad som saknas. "
    "Lägg till nya rader om det behövs."
)
# The words of the form's first sheet, as they are compared; a test holds every kind of form against them.
_OWN_TEXTS = frozenset(
    map(
        fold,
        (
            *(OPEN, FILL_IN, GO_ON, SEND, COMPLETE, ONLY_THIS, *TO_COMPLETE, *_GO_ON_EARLIER),
            *(ANSWER, ANSWER_BESIDE, REST_STAYS, ONLY_THESE),
            *(RETURNED, MEND, SEND_AGAIN, REST_TO_COMPLETE, _COMPLETE_EARLIER),
            *("Mål (klicka för att gå dit)", "Aktiviteter", "Att komplettera", "Läge", *STATES),
            *("Regeln för varje enhet", "Ni har", "Krav", f"{HOLDS} Uppfyllt", "Alla enheter"),
            "Det som saknas kan täckas av verksamhetens gemensamma aktiviteter, som inte syns här.",
        ),
    )
)
# The deadline and the contact may have changed in the plan since the forms were sent out.
_OWN_LINES = re.compile(
    r"lämna in senast \d{1,2} \w+ \d{4}"
    rf"|lämna in igen senast \d{{1,2}} \w+ \d{{4}}\. {re.escape(fold(IF_LATE))}"
    r"|frågor\? .{1,200}@\S+"
    rf"|{_FORM_ID}: .+ / .+ / .+"
    rf"|{LACKS} saknas \d+"
)
_RULE_LINE = re.compile(
    r"minst \w+ aktivitet(?:er)?( utöver de obligatoriska målens)?|minst \d+ för målet ”.+”"
)


def is_readme(sheet: Sheet) -> bool:
    """Whether a sheet is Läs mig: by its name, or by the form id on it where it was copied or renamed."""
    return fold(sheet.name) == fold(form.README_SHEET) or any(
        isinstance(cell, str) and fold(cell).startswith(f"{_FORM_ID}:")
        for row in sheet.rows[:40]
        for cell in row[:4]
    )


def foreign_texts(
    known: PlanTexts,
    place: Place,
    sheet: Sheet,
    comparisons: Comparisons,
    marks: Marks | None = None,
) -> list[Finding]:
    """F207 for each text and note on Läs mig that is not the form's own; one for them all if many.

    `marks` tell its own texts that no other form has, and the goals that it went out with.
    """
    marks = marks or Marks()
    own = known.readme_lines | _own_texts(sheet) | marks.said
    found: list[tuple[tuple[int, int], str, Code]]
    foreign = _foreign(sheet, own, known.goal_lines, marks, comparisons)
    found = [(cell, text, F207.README) for cell, text in foreign]
    found += [(cell, as_text(text), F207.README) for cell, text in sorted(sheet.far.items())]
    found += [(cell, text, F207.NOTE) for cell, text in own_notes(sheet).items()]
    if len(found) > _MOST_BY_ITSELF:
        value = " | ".join(f"{cell_name(*cell)}: {text}" for cell, text, _ in found)
        count = counted(len(found), "text", "texter")
        return [find(F207.README_MANY, place, value, count=count)]
    return [find(variant, place.at(*cell), text) for cell, text, variant in found]


def _foreign(
    sheet: Sheet,
    own: frozenset[str],
    goals: frozenset[str],
    marks: Marks,
    comparisons: Comparisons,
) -> Iterator[tuple[tuple[int, int], str]]:
    for number, row in enumerate(sheet.rows, 1):
        foreign = [
            (at, cell, key)
            for at, cell in enumerate(row)
            if cell != "" and (key := folded(cell)) and not _is_own(key, own)
        ]
        if foreign and _is_table_line(folded(row[0]), goals, marks, comparisons):
            foreign = [one for one in foreign if one[0] and not _is_result(*one)]
        for at, cell, _ in foreign:
            yield (number, at + 1), as_text(cell)


def _is_own(key: str, own: frozenset[str]) -> bool:
    return key in _OWN_TEXTS or key in own or _OWN_LINES.fullmatch(key) is not None


def _is_table_line(key: str, goals: frozenset[str], marks: Marks, comparisons: Comparisons) -> bool:
    """Whether a row of the two tables begins so: a goal, also one of when it went out, or a rule's term."""
    if key in goals:
        return True
    if not key[:1].isdecimal():
        return _RULE_LINE.fullmatch(key) is not None
    goals |= marks.goal_lines
    if key in goals:
        return True
    likely = [goal for goal in goals if len(key) < 2 * len(goal)]
    return comparisons.allow(key) and any(alike(key, goal) >= NEAR for goal in likely)


def _is_result(column: int, cell: CellValue, key: str) -> bool:
    """Whether a cell of the tables holds a count, also as text, or a formula's error."""
    number = isinstance(cell, (int, float)) or (key.isdecimal() and len(key) < _LONGEST_COUNT)
    return column < _TABLE_WIDTH and (number or is_error(key))


def _own_texts(sheet: Sheet) -> frozenset[str]:
    """What the form says of whose it is, by its own id."""
    owners: list[str] = []
    for cell in (row[0] for row in sheet.rows if row):
        if folded(cell).startswith(_FORM_ID):
            owner = as_text(cell).rpartition(" / ")[2]
            owners += [owner, f"{form.COMMON} {owner}"]
    return frozenset(map(fold, owners))


def own_notes(sheet: Sheet) -> dict[tuple[int, int], str]:
    """The notes on a sheet by row and column (1-based), in order, but for those that a return has set."""
    mark = fold(form.TO_CORRECT_NOTE)
    return {
        place: text
        for place, text in sorted(sheet.notes.items())
        if not fold(text).startswith(mark)
    }
