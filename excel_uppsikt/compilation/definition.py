"""The compilation workbook, defined once for its writer and its reader."""

from dataclasses import dataclass

from excel_uppsikt.form.definition import COLUMNS, ID_HEADER, LISTS_SHEET
from excel_uppsikt.model import Field

OVERVIEW = "Översikt"
ACTIVITIES = "Aktiviteter"
COVERAGE = "Täckning"
RULES = "Regelkontroll"
SUBMISSIONS = "Inlämningar"
FINDINGS = "Anmärkningar"
CHANGES = "Ändringar"
DECISIONS = "Beslut"
# What was last collected, to tell the coordinator's edits from the units' own changes.
BASE = "_bas"
BASE_FILES = "_bas_filer"
BASE_HEARD = "_bas_svar"
# What the coordinator has written in own columns on rows that are away.
BASE_OWN = "_bas_egna"
# The year and the period of the round.
BASE_ROUND = "_bas_omgang"
# Which rows are parts of which activities.
BASE_SAME = "_bas_samma"
# Marks of what the program wrote on the sheets that are made anew.
BASE_PAGES = "_bas_blad"
# The first activity's row, below title, line of explanation and headings (1-based).
FIRST_LINE = 4
# Every sheet that the program writes, its own list of choices included.
SHEETS = (
    OVERVIEW, ACTIVITIES, COVERAGE, RULES, SUBMISSIONS, FINDINGS, CHANGES, DECISIONS, BASE, BASE_FILES,
    BASE_HEARD, BASE_OWN, BASE_PAGES, BASE_ROUND, BASE_SAME, LISTS_SHEET,
)  # fmt: skip
# Those that are seen, in their order.
VISIBLE = SHEETS[: SHEETS.index(BASE)]
# Those of which nothing is taken along, apart from Använd.
MADE_ANEW = tuple(name for name in VISIBLE if name not in (ACTIVITIES, DECISIONS))
# How many charts the overview has.
CHARTS = 2
# The line of explanation on Aktiviteter.
INTRO = (
    "Ändra texter direkt i tabellen; nästa körning behåller dina ändringar. "
    "Ta med = nej håller en rad utanför rapporten. Ordning: siffror ordnar raderna inom målet."
)

GOAL, INCLUDE, ORDER, NOTE, ORIGIN = "Mål", "Ta med", "Ordning", "Anteckning", "Källa"
UNIT, DEMAND = "Enhet", "Krav"
# What begins the rows of totals, and what their formulas begin with.
TOTAL, TOTAL_FORMULA = "Summa", "=SUM("
DEPARTMENT = "Verksamhet"
# What a committee wants completed, in words.
COMPLETE = "Komplettera"
# The Id of the activity that a row is, or the word that keeps it apart from what it would be joined with.
SAME, APART = "Samma som", "egen"
FILE, USE, TOLD = "Fil", "Använd", "Anmärkning"


@dataclass(frozen=True, slots=True)
class CompilationColumn:
    """A column of Aktiviteter: its heading, width, and the activity's field it shows, if any."""

    header: str
    width: int
    field: Field | None = None


# Of fields that are not as wide as in a form.
_WIDTHS = {
    Field.TITLE: 34,
    Field.START: 12,
    Field.END: 12,
    Field.DESCRIPTION: 44,
    Field.STATUS: 19,
    Field.COMMENT: 48,
}

ACTIVITY_COLUMNS: tuple[CompilationColumn, ...] = (
    CompilationColumn(ID_HEADER, 9),
    CompilationColumn(GOAL, 26),
    *(
        CompilationColumn(column.header, _WIDTHS.get(column.field, column.width), column.field)
        for column in COLUMNS
    ),
    CompilationColumn(INCLUDE, 9),
    CompilationColumn(ORDER, 10),
    CompilationColumn(NOTE, 26),
    CompilationColumn(COMPLETE, 30),
    CompilationColumn(DEPARTMENT, 20),
    CompilationColumn(SAME, 10),
    CompilationColumn(ORIGIN, 44),
)
INDEX = {column.header: at for at, column in enumerate(ACTIVITY_COLUMNS)}
# The heading of each part of a row: of a field by the field, of the others by themselves.
PARTS: dict[str, str] = {
    column.field or column.header: column.header for column in ACTIVITY_COLUMNS
}

SUBMISSION_HEADERS = (FILE, "Slag", "Enhet", "Verksamhet", "Sparad", "Aktiviteter", USE, TOLD)
# Where Använd stands in a new compilation (1-based).
USE_COLUMN = SUBMISSION_HEADERS.index(USE) + 1

# The columns of Beslut with their widths, in their order.
DECISION_DEPARTMENT, DECISION_OUTCOME, DECISION_DAY = "Verksamhet", "Utfall", "Datum"
DECISION_PARAGRAPH, DECISION_REASONS, DECISION_OWNER = "Paragraf", "Skäl", "Enhet"
DECISION_COLUMNS: tuple[tuple[str, int], ...] = (
    (DECISION_DEPARTMENT, 28),
    (DECISION_OUTCOME, 14),
    (DECISION_DAY, 13),
    (DECISION_PARAGRAPH, 13),
    (DECISION_REASONS, 70),
    (DECISION_OWNER, 30),
)
DECISION_INDEX = {header: at for at, (header, _) in enumerate(DECISION_COLUMNS)}
