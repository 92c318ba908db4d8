"""What stands in words above the table of a goal's sheet, as much of it as is seen whole."""

from excel_uppsikt.excel.fitted_sheets import wrapped_lines
from excel_uppsikt.form import definition
from excel_uppsikt.form.definition import COLUMNS, Form
from excel_uppsikt.form.words import COMPLETE_ROWS, NEW_ROW
from excel_uppsikt.language.numbers import counted_in_words
from excel_uppsikt.language.text import counted, listed
from excel_uppsikt.model import FormKind, Goal

_A_ROW_EACH = "En rad per aktivitet."
# What a line above the table has to itself, from the second column to Kontroll.
_LINE_WIDTH = sum(column.width for column in COLUMNS[1:]) + definition.CHECK_WIDTH


def guiding_line(goal: Goal, form: Form, former: tuple[str, ...], *, filled: bool) -> str:
    """What belongs on a goal's sheet and what is to be decided there, as much as is seen whole on a line."""
    usual = guidance(goal, form, filled=filled)
    if not former:
        return on_one_line(usual, guidance(goal, form, filled=filled, named=False))
    split = split_words(former, form)
    # Which unit's they are is also told in the notes on those cells.
    return on_one_line(
        f"{usual} {split}", f"{_A_ROW_EACH} {split}", f"{_A_ROW_EACH} {split_words((), form)}"
    )


def on_one_line(*texts: str) -> str:
    """The first of the texts that is seen whole above the table, or the last of them."""
    seen = (text for text in texts if wrapped_lines(text, _LINE_WIDTH) == 1)
    return next(seen, texts[-1])


def guidance(goal: Goal, form: Form, *, filled: bool, named: bool = True) -> str:
    """What belongs on a goal's sheet, in one or two sentences; what is `filled` is not to be left blank.

    With `named` a unit's form says its name.
    """
    if form.completion:
        return COMPLETE_ROWS if filled else NEW_ROW
    parts = [_A_ROW_EACH]
    if goal.mandatory:
        least = counted_in_words(goal.minimum, "aktivitet", "aktiviteter")
        parts.append(f"Varje enhet ska ha minst {least} för det här målet.")
    if form.kind is FormKind.UNIT:
        unit = form.unit if named else "er enhet"
        parts.append(f"Lämna Enheter tomt om aktiviteten bara gäller {unit}.")
    elif form.kind is FormKind.COMMON:
        parts.append("Här står det som gäller hela verksamheten; lämna Enheter tomt.")
    else:
        parts.append("Ange i Enheter vilka enheter aktiviteten gäller.")
    if not goal.mandatory and not filled:
        parts.append("Har ni inget för målet: lämna bladet tomt.")
    return " ".join(parts)


def collapsed_words(count: int) -> str:
    """Where the finished activities are."""
    words = counted(
        count, "avslutad aktivitet ligger hopfälld", "avslutade aktiviteter ligger hopfällda"
    )
    return f"{words} längst ned; klicka på plustecknet till vänster för att se."


def split_words(former: tuple[str, ...], form: Form) -> str:
    """What is to be decided on the rows of units that were split, which may be left unnamed."""
    what = (
        "låt bara de delar som har aktiviteten stå kvar i Enheter"
        if form.kind is FormKind.GOAL
        else "gå igenom dem som är era och ta bort de andra"
    )
    whose = f"{listed(former)}, som" if former else "en enhet som"
    return f"Rader med gul cell kommer från {whose} har delats: {what}."
