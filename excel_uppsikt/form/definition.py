"""The form: what a unit fills in, defined once for whoever writes, reads or returns it.

Here stand the columns with their headings, other names, widths and advice, the names of sheets and
files, and what the hidden sheet says. Nothing here opens a file.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from excel_uppsikt.language.file_names import safe_file_name
from excel_uppsikt.language.text import clean, fold, listed
from excel_uppsikt.model import Department, Field, FormKind, Goal, Plan, Unit

FORM_VERSION = 1
# As many as fit on a printed page, and at least so many more than there are activities.
INPUT_ROWS = 32
FEWEST_BLANK = 20
README_SHEET = "Läs mig"
META_SHEET = "_uppsikt"
LISTS_SHEET = "_listor"
WHOLE_DEPARTMENT = "Hela verksamheten"
COMMON = "Gemensamt"
# What a form for what was sent back is called on the hidden sheet, and in the compilation by its owner.
COMPLETION = "komplettering"
COMPLETION_OF = "Komplettering"

# A return's own sheets, and how its notes on cells begin: none of it is what the unit wrote.
TO_CORRECT_SHEET = "Att åtgärda"
STRAY_SHEET = "Övrigt innehåll"
TO_CORRECT_NOTE = "Att åtgärda: "

CHECK_HEADER = "Kontroll"
CHECK_WIDTH = 20
PREVIOUS_HEADER = "Förra omgången"
PREVIOUS_WIDTH, WIDE_PREVIOUS_WIDTH = 28, 45
# Beside a wide one, so that printed letters are still eight points.
NARROW_TEXT_WIDTH = 24
ASKED_HEADER = "Att komplettera"
# As wide as printed letters of eight points allow, beside long texts that are wide or narrow.
ASKED_WIDTH, WIDE_ASKED_WIDTH = 31, 45
ID_HEADER = "Id"
FORM_ID_LABEL = "Formulär-id"

LONGEST_SHEET_NAME = 31
_MOST_NAMED = 8


class ColumnKind(StrEnum):
    """What a column's cells hold."""

    TEXT = "text"
    DATE = "date"
    STATUS = "status"
    UNITS = "units"


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One input column: heading, other names it may bear, width in characters, and its advice."""

    field: Field
    header: str
    kind: ColumnKind
    width: int
    required: bool
    prompt: str
    aliases: tuple[str, ...] = ()


COLUMNS: tuple[FormColumn, ...] = (
    FormColumn(
        Field.TITLE,
        "Aktivitet",
        ColumnKind.TEXT,
        30,
        True,
        "Vad ni ska göra, i en mening. Skriv samma titel som övriga enheter om aktiviteten är gemensam.",
        ("Aktiviteter", "Titel", "Rubrik", "Verksamhetens aktiviteter", "Aktivitetens namn"),
    ),
    FormColumn(
        Field.UNITS,
        "Enheter",
        ColumnKind.UNITS,
        18,
        False,
        "Vilka enheter aktiviteten gäller. Välj i listan, eller skriv flera med semikolon emellan.",
        ("Enhet", "Berörda enheter", "Enhet/enheter", "Vilka enheter"),
    ),
    FormColumn(
        Field.START,
        "Startdatum",
        ColumnKind.DATE,
        11,
        True,
        "Skriv som år-månad-dag.",
        ("Start", "Startar", "Från", "Fr.o.m.", "Börjar"),
    ),
    FormColumn(
        Field.END,
        "Slutdatum",
        ColumnKind.DATE,
        11,
        True,
        "Skriv som år-månad-dag.",
        ("Slut", "Slutar", "Till", "T.o.m.", "Klart", "Avslutas"),
    ),
    FormColumn(
        Field.DESCRIPTION,
        "Beskrivning",
        ColumnKind.TEXT,
        31,
        False,
        "Varför ni gör det och vad ni väntar er för resultat.",
        ("Beskrivning av aktiviteten", "Syfte", "Motivering"),
    ),
    FormColumn(
        Field.STATUS,
        "Status",
        ColumnKind.STATUS,
        20,
        True,
        "Välj i listan. Med avvikelse kräver en kommentar.",
        ("Läge", "Nuläge", "Statusläge"),
    ),
    FormColumn(
        Field.COMMENT,
        "Kommentar",
        ColumnKind.TEXT,
        31,
        False,
        "Vad som har hänt hittills, eller sedan förra redovisningen. Obligatorisk vid avvikelse.",
        ("Kommentarer", "Statuskommentar", "Uppföljning", "Kommentar till status"),
    ),
)
BY_FIELD: dict[Field, FormColumn] = {column.field: column for column in COLUMNS}
# The columns of the form that are the program's own, and not read as what the unit wrote.
OWN_HEADERS = (CHECK_HEADER, PREVIOUS_HEADER, ASKED_HEADER, ID_HEADER)


class Key(StrEnum):
    """The keys of the hidden sheet, understandable to who finds it."""

    ROUND = "Omgång"
    VERSION = "Formulärversion"
    KIND = "Slag"
    UNIT = "Enhet"
    DEPARTMENT = "Verksamhet"
    GOAL = "Mål på bladet"
    # What could be chosen in the lists of Status and Enheter, a line each.
    STATUSES = "Statusar i listan"
    UNITS = "Enheter i listan"
    # Of a form for what was sent back: what it said when it went out, and each activity in it by its Id.
    SAID = "Text"
    SENT = "Utskickad rad"


def header(field: Field) -> str:
    """The heading of a field's column, as messages name it."""
    return BY_FIELD[field].header


def required_fields(kind: FormKind) -> tuple[Field, ...]:
    """The fields that a row of such a form must fill; a per-goal form cannot tell the units otherwise."""
    return tuple(
        column.field
        for column in COLUMNS
        if column.required or (column.field is Field.UNITS and kind is FormKind.GOAL)
    )


def whole_choices(departments: Sequence[Department]) -> dict[str, str]:
    """What concerns a whole department: folded spelling to department name.

    With several departments in question the bare choice is missing: it would not say which.
    """
    choices = {fold(f"{WHOLE_DEPARTMENT} {d.name}"): d.name for d in departments}
    if len(departments) == 1:
        choices[fold(WHOLE_DEPARTMENT)] = departments[0].name
    return choices


def whole_names(departments: Sequence[Department]) -> list[str]:
    """The choices for whole departments as they stand in a form's units list."""
    if len(departments) == 1:
        return [WHOLE_DEPARTMENT]
    return [f"{WHOLE_DEPARTMENT} {department.name}" for department in departments]


def sheet_name(goal: Goal) -> str:
    r"""A goal's sheet name: number and goal, within Excel's 31 characters and without `[]:*?/\\`.

    A long goal is cut at a word's end, where that leaves more than the beginning of it.
    """
    text = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", clean(f"{goal.number} {goal.text}"))
    # In a name, too, programs read `_x0041_` as the character with that number.
    text = " ".join(re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", " ", text).split())
    # Excel counts in UTF-16, where an emoji takes two places.
    whole = text.encode("utf-16-le")
    cut = whole[: LONGEST_SHEET_NAME * 2].decode("utf-16-le", "ignore")
    words = text[: len(cut) + 1].rpartition(" ")[0]
    if len(whole) > LONGEST_SHEET_NAME * 2 and len(words) > LONGEST_SHEET_NAME // 2:
        cut = words
    return cut.strip(" .,;:'–-")


def status_names(plan: Plan) -> dict[str, str]:
    """The statuses by folded spelling, as a form's cells are read."""
    return {fold(status.name): status.name for status in plan.statuses}


def unit_names(units: Sequence[Unit]) -> dict[str, str]:
    """The units by folded spelling, earlier names included where no unit bears them now."""
    names = {fold(earlier): unit.name for unit in units for earlier in unit.earlier_names}
    return names | {fold(unit.name): unit.name for unit in units}


def split_units(units: Sequence[Unit], *, before: bool = False) -> dict[str, tuple[str, ...]]:
    """The parts of each unit that was split, by the name it had.

    A unit that goes on under its name is itself one of the parts: so it is told of what was written
    `before` it was split, while a name written now means the unit as it is.
    """
    present = {fold(unit.name): unit.name for unit in units}
    names = {fold(name): name for unit in units for name in unit.part_of}
    parts: dict[str, tuple[str, ...]] = {}
    for key, name in names.items():
        of = {unit.name for unit in units if key in map(fold, unit.part_of)}
        if key not in present or before:
            own = present.get(key)
            parts[own or name] = tuple(
                unit.name for unit in units if unit.name in of or unit.name == own
            )
    return parts


def units_in_words(units: Sequence[Unit]) -> str:
    """Which units may be written, for a message; many names would not be read to their end."""
    if len(units) > _MOST_NAMED:
        return "namnen som de står i cellens lista"
    return listed([f"”{unit.name}”" for unit in units], "eller")


@dataclass(frozen=True, slots=True)
class Form:
    """Whose a form is and which goals it holds. `department` is None in a per-goal form.

    With `completion` it holds only what a committee wants completed.
    """

    kind: FormKind
    goals: tuple[Goal, ...]
    unit: str | None = None
    department: str | None = None
    completion: bool = False

    @property
    def kind_in_words(self) -> str:
        """What the form says of itself, to people and to the program."""
        return COMPLETION if self.completion else self.kind.value

    @property
    def owner(self) -> str:
        """Whose form it is, in words: a unit, a department's common one, or all units."""
        if self.kind is FormKind.UNIT:
            return self.unit or ""
        if self.kind is FormKind.COMMON:
            return f"{COMMON} {self.department}"
        return "Alla enheter"


def unit_form(plan: Plan, unit: Unit) -> Form:
    """A unit's own form."""
    return Form(FormKind.UNIT, plan.goals_by_number, unit.name, unit.department)


def common_form(plan: Plan, department: Department) -> Form:
    """A department's form for what concerns all its units."""
    return Form(FormKind.COMMON, plan.goals_by_number, None, department.name)


def goal_form(goal: Goal) -> Form:
    """A goal's form for all units."""
    return Form(FormKind.GOAL, (goal,))


def footer(plan: Plan, form: Form) -> str:
    """What stands at the foot of each printed page: whose form it is, and of which round."""
    return f"{form.owner}, {plan.settings.round_name}"


def file_name(form: Form) -> str:
    """The file name of a form as it is sent out."""
    if form.kind is FormKind.GOAL:
        goal = form.goals[0]
        return f"{safe_file_name(f'Mål {goal.number} {goal.text}')}.xlsx"
    return f"{safe_file_name(form.owner)}.xlsx"


def metadata(plan: Plan, form: Form) -> dict[str, str]:
    """What the hidden sheet and the document's properties say of a form, as key and value."""
    known = {
        Key.ROUND.value: plan.settings.round_name,
        Key.VERSION.value: str(FORM_VERSION),
        Key.KIND.value: form.kind_in_words,
        Key.UNIT.value: form.unit or "",
        Key.DEPARTMENT.value: form.department or "",
    }
    return {key: value for key, value in known.items() if value}


def form_id(plan: Plan, form: Form) -> str:
    """The visible identity on Läs mig: round, kind and owner, readable to people and program."""
    owner = form.goals[0].text if form.kind is FormKind.GOAL else form.unit or form.department or ""
    if form.completion:
        owner = form.owner
    return " / ".join((plan.settings.round_name, form.kind_in_words, owner))
