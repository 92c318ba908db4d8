"""The plan workbook, defined once: its sheets, columns and settings, with explanations and defaults.

`plan.py` reads a plan by this definition and `plan_writing.py` writes one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from excel_uppsikt.model import Layout, Stage

YES, NO = "ja", "nej"


class ValueKind(StrEnum):
    """What a setting or column holds."""

    TEXT = "text"
    YEAR = "year"
    DATE = "date"
    NUMBER = "number"
    YES_NO = "yes_no"
    LAYOUT = "layout"
    STAGE = "stage"
    EMAIL = "email"
    COLOR = "color"


# What a message says may stand in a cell of each kind.
ALLOWED: Mapping[ValueKind, str] = {
    ValueKind.TEXT: "en text",
    ValueKind.YEAR: "ett årtal med fyra siffror, till exempel 2024",
    ValueKind.DATE: "ett datum som år-månad-dag, till exempel 2024-04-30",
    ValueKind.NUMBER: "ett heltal, 0 eller större",
    ValueKind.YES_NO: f"{YES} eller {NO}",
    ValueKind.LAYOUT: f"{Layout.TABLE} eller {Layout.HEADINGS}",
    ValueKind.STAGE: f"{Stage.NOT_STARTED}, {Stage.ONGOING} eller {Stage.FINISHED}",
    ValueKind.EMAIL: "en e-postadress (flera skiljs med semikolon)",
    ValueKind.COLOR: "en färg med sex tecken, till exempel 2E7D32",
}
CHOICES: Mapping[ValueKind, tuple[str, ...]] = {
    ValueKind.YES_NO: (YES, NO),
    ValueKind.LAYOUT: tuple(Layout),
    ValueKind.STAGE: tuple(Stage),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of the sheet Omgång: its field in `Settings`, its Swedish name and what it is for.

    `new_each_round`: what it said of one round says nothing of the next.
    """

    field: str
    name: str
    kind: ValueKind
    explanation: str
    required: bool = False
    default: str = ""
    new_each_round: bool = False


SETTINGS: tuple[Setting, ...] = (
    Setting("municipality", "Kommun", ValueKind.TEXT, "Kommunens namn, som det ska stå i rapporten.", True),
    Setting("year", "År", ValueKind.YEAR, "Året som omgången gäller.", True),
    Setting("period", "Period", ValueKind.TEXT, "Till exempel T1, T2 eller Helår. Ingår i filnamn.", True,
            new_each_round=True),
    Setting("first_date", "Första tillåtna datum", ValueKind.DATE,
            "Aktiviteters datum före detta ger en varning. Tomt: årets första dag.",
            new_each_round=True),
    Setting("last_date", "Sista tillåtna datum", ValueKind.DATE,
            "Aktiviteters datum efter detta ger en varning. Tomt: årets sista dag.",
            new_each_round=True),
    Setting("cutoff", "Avstämningsdatum", ValueKind.DATE,
            "Dagen som status ska gälla för. Status och datum jämförs med den.", True,
            new_each_round=True),
    Setting("deadline", "Sista svarsdag", ValueKind.DATE,
            "Dagen då enheterna ska ha lämnat in. Står i formulär och mejl.",
            new_each_round=True),
    Setting("reference", "Diarienummer", ValueKind.TEXT, "Ärendets nummer. Står på rapportens framsida.",
            new_each_round=True),
    Setting("report_title", "Rapporttitel", ValueKind.TEXT, "Rapportens rubrik.",
            default="Uppsiktsrapport till kommunstyrelsen"),
    Setting("sender", "Avsändare", ValueKind.TEXT, "Ditt namn. Undertecknar mejlen."),
    Setting("sender_email", "Avsändarens e-post", ValueKind.EMAIL, "Dit enheterna svarar."),
    Setting("previous", "Föregående sammanställning", ValueKind.TEXT,
            "Sökväg till förra omgångens sammanstallning.xlsx, räknad från den här mappen. "
            "Tomt: ingen."),
    Setting("minimum", "Minsta antal aktiviteter per enhet", ValueKind.NUMBER,
            "Så många aktiviteter ska varje enhet ha utöver de obligatoriska målens.", default="2"),
    Setting("mandatory_counts", "Obligatoriska mål räknas in i minsta antalet", ValueKind.YES_NO,
            "ja: aktiviteter för obligatoriska mål räknas in i minsta antalet. "
            "nej: de krävs därutöver.", default=NO),
    Setting("common_counts", "Aktivitet utan enhet räknas för alla enheter", ValueKind.YES_NO,
            "ja: en aktivitet som gäller hela verksamheten räknas för var och en av dess enheter.",
            default=NO),
    Setting("layout", "Rapportlayout", ValueKind.LAYOUT,
            "tabell: aktiviteterna i tabeller. rubriker: en rubrik per aktivitet, "
            "bäst för den som använder hjälpmedel.", default=Layout.TABLE),
    Setting("with_summary", "Sammanfattning i rapporten", ValueKind.YES_NO,
            "ja: en sida först med figurer, avvikelser och vad som har ändrats.", default=YES),
    Setting("with_proposal", "Förslag till beslut i rapporten", ValueKind.YES_NO,
            "ja: utskottets tre möjligheter, med plats för skäl.", default=YES),
    Setting("with_rule", "Bilaga om kravet på enheterna", ValueKind.YES_NO,
            "ja: en tabell sist som visar om varje enhet har tillräckligt många aktiviteter.",
            default=YES),
    Setting("with_idle_goals", "Bilaga om mål utan aktiviteter", ValueKind.YES_NO,
            "ja: en lista sist över mål som verksamheten inte arbetar mot.", default=YES),
    Setting("with_letter", "Tjänsteskrivelse", ValueKind.YES_NO,
            "ja: en kort tjänsteskrivelse till utskottet, bredvid rapporten.", default=YES),
    Setting("corrections_due", "Sista dag för rättningar", ValueKind.DATE,
            "Dagen då returer och kompletteringar ska vara tillbaka. Tomt: sista svarsdag.",
            new_each_round=True),
    Setting("keep_unreported", "Behåll ej redovisade aktiviteter", ValueKind.YES_NO,
            "ja: har en enhet inte lämnat in något står dess aktiviteter från förra omgången kvar i "
            "rapporten, märkta med när de senast redovisades. De räknas inte.", default=YES),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlanColumn:
    """A column of the plan. `needed`: without it the plan cannot be used at all.

    `new_each_round`: what it said of one round says nothing of the next.
    """

    header: str
    width: int
    kind: ValueKind = ValueKind.TEXT
    needed: bool = False
    advice: str = ""
    new_each_round: bool = False


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """A sheet of the plan. `needed`: without it the plan cannot be used at all."""

    name: str
    columns: tuple[PlanColumn, ...]
    intro: str
    needed: bool = True

    @property
    def renewed(self) -> bool:
        """Whether some of it says nothing of the next round."""
        return any(column.new_each_round for column in self.columns)

    @property
    def headers(self) -> str:
        """The headings as a message lists them."""
        return ", ".join(column.header for column in self.columns)


# Only in a plan made of the last round's: what stood there in a cell that is to be filled in anew. It
# says, too, that the cell is not blank on purpose.
LAST_TIME = PlanColumn("Förra omgången", 26)
ROUND = PlanSheet(
    "Omgång",
    (
        PlanColumn("Inställning", 46, needed=True),
        PlanColumn("Värde", 44, needed=True, new_each_round=True),
        PlanColumn("Förklaring", 70),
    ),
    "Fyll i kolumnen Värde. Det som är fetstilt krävs.",
)
GOALS = PlanSheet(
    "Mål",
    (
        PlanColumn("Nr", 7, ValueKind.NUMBER, needed=True,
                   advice="Målens ordning i rapportens första kapitel."),
        PlanColumn("Mål", 78, needed=True, advice="Målet ordagrant, som det är antaget."),
        PlanColumn("Målområde", 44, advice="Rubriken som målet står under i rapportens lista."),
        PlanColumn("Minst per enhet", 17, ValueKind.NUMBER,
                   advice="Tomt, eller så många aktiviteter varje enhet måste ha för målet."),
    ),
    "Ett mål per rad. Radernas ordning är ordningen i rapportens lista över alla mål.",
)  # fmt: skip
DEPARTMENTS = PlanSheet(
    "Verksamheter",
    (
        PlanColumn("Verksamhet", 34, needed=True),
        PlanColumn("Utskott", 34, advice="Utskottet som har uppsikt över verksamheten."),
        PlanColumn("Rapportdatum", 15, ValueKind.DATE, advice="Dagen då utskottet får rapporten.",
                   new_each_round=True),
        PlanColumn("Ansvarig", 28),
        PlanColumn("E-post", 34, ValueKind.EMAIL, advice="Dit formuläret Gemensamt skickas."),
    ),
    "En verksamhet per rad. Varje verksamhet får en egen rapport.",
)  # fmt: skip
UNITS = PlanSheet(
    "Enheter",
    (
        PlanColumn("Enhet", 34, needed=True),
        PlanColumn("Verksamhet", 34, needed=True, advice="Som på bladet Verksamheter."),
        PlanColumn("Kontakt", 28, advice="Den som fyller i formuläret."),
        PlanColumn("E-post", 34, ValueKind.EMAIL, advice="Dit formuläret skickas."),
        PlanColumn("Minsta antal aktiviteter", 24, ValueKind.NUMBER,
                   advice="Tomt: omgångens minsta antal gäller."),
        PlanColumn("Tidigare namn", 34,
                   advice="Enhetens namn förra omgången. Flera skiljs med semikolon. Har den enheten "
                   "delats: skriv del av framför namnet."),
    ),
    "En enhet per rad, i den ordning de ska stå i rapporten.",
)  # fmt: skip
STATUSES = PlanSheet(
    "Statusar",
    (
        PlanColumn("Status", 30, needed=True),
        PlanColumn("Slag", 16, ValueKind.STAGE, needed=True),
        PlanColumn("Avvikelse", 12, ValueKind.YES_NO),
        PlanColumn("Kräver kommentar", 19, ValueKind.YES_NO),
        PlanColumn("Symbol", 10, advice="Ett tecken som står före statusen."),
        PlanColumn("Färg", 12, ValueKind.COLOR, advice="Sex tecken, till exempel 2E7D32."),
    ),
    "Statusarna som kan väljas i formulären.",
)
TEXTS = PlanSheet(
    "Texter",
    (
        PlanColumn("Avsnitt", 20, advice="Ändra inte; programmet hittar texten med namnet."),
        PlanColumn("Rubrik", 44),
        PlanColumn("Text", 110),
    ),
    "Rapportens och mejlens fasta texter. Ord inom klamrar, som {år} och {verksamhet}, "
    "byts ut mot omgångens uppgifter. Rader som börjar med - blir punkter, med [ ] rutor att kryssa i.",
    needed=False,
)
RECIPIENTS = PlanSheet(
    "Mottagare",
    (
        PlanColumn("Verksamhet", 34),
        PlanColumn("Namn", 34),
        PlanColumn("E-post", 40, ValueKind.EMAIL),
    ),
    "De som ska få rapporten, en per rad.",
    needed=False,
)
FORMER_NAMES = "Tidigare namn"
SHEETS = (ROUND, GOALS, DEPARTMENTS, UNITS, STATUSES, TEXTS, RECIPIENTS)

# Status, Slag, Avvikelse, Kräver kommentar, Symbol, Färg. The symbols are in fonts that Word and
# LibreOffice have; the colours have a contrast of at least 4.5:1 against white.
DEFAULT_STATUSES: tuple[tuple[str, Stage, str, str, str, str], ...] = (
    ("Ej påbörjad", Stage.NOT_STARTED, NO, NO, "○", "595959"),
    ("Pågående enligt plan", Stage.ONGOING, NO, NO, "►", "1F5FA8"),
    ("Pågående med avvikelse", Stage.ONGOING, YES, YES, "▲", "A15C00"),
    ("Avslutad enligt plan", Stage.FINISHED, NO, NO, "✔", "2E7D32"),
    ("Avslutad med avvikelse", Stage.FINISHED, YES, YES, "✖", "B3261E"),
)
