"""plan.xlsx changed as in a spreadsheet program, and read: what is found in it, and where."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from openpyxl.workbook import Workbook

from excel_uppsikt.findings.code import Severity
from excel_uppsikt.findings.finding import Finding, in_order
from excel_uppsikt.model import Plan
from excel_uppsikt.plan.reading import PlanReading, read_plan
from excel_uppsikt.plan.writing import as_workbook
from tests.small_rounds import make_plan
from tests.typed_cells import Typed, changed

# The contract's sheets and columns, in its order.
DESIGN: dict[str, list[str]] = {
    "Omgång": ["Inställning", "Värde", "Förklaring"],
    "Mål": ["Nr", "Mål", "Målområde", "Minst per enhet"],
    "Verksamheter": ["Verksamhet", "Utskott", "Rapportdatum", "Ansvarig", "E-post"],
    "Enheter": [
        "Enhet", "Verksamhet", "Kontakt", "E-post", "Minsta antal aktiviteter", "Tidigare namn",
    ],
    "Statusar": ["Status", "Slag", "Avvikelse", "Kräver kommentar", "Symbol", "Färg"],
    "Texter": ["Avsnitt", "Rubrik", "Text"],
    "Mottagare": ["Verksamhet", "Namn", "E-post"],
}  # fmt: skip
SETTINGS = [
    "Kommun", "År", "Period", "Första tillåtna datum", "Sista tillåtna datum", "Avstämningsdatum",
    "Sista svarsdag", "Diarienummer", "Rapporttitel", "Avsändare", "Avsändarens e-post",
    "Föregående sammanställning", "Minsta antal aktiviteter per enhet",
    "Obligatoriska mål räknas in i minsta antalet", "Aktivitet utan enhet räknas för alla enheter",
    "Rapportlayout", "Sammanfattning i rapporten", "Förslag till beslut i rapporten",
    "Bilaga om kravet på enheterna", "Bilaga om mål utan aktiviteter", "Tjänsteskrivelse",
    "Sista dag för rättningar", "Behåll ej redovisade aktiviteter",
]  # fmt: skip
FIRST = 4  # the first row below the headings


def saved(folder: Path, data: bytes) -> Path:
    path = folder / "plan.xlsx"
    path.write_bytes(data)
    return path


def read(folder: Path, plan: Plan) -> PlanReading:
    return read_plan(saved(folder, as_workbook(plan)))


@cache
def usual_plan() -> bytes:
    """The plan that most faults are put into."""
    return as_workbook(make_plan())


Change = Callable[[Workbook], None]


def faulty(folder: Path, *changes: Change, plan: Plan | None = None) -> PlanReading:
    """A plan as read after its workbook has been changed."""
    before = as_workbook(plan) if plan else usual_plan()
    return read_plan(saved(folder, changed(before, changes)))


def put(sheet: str, **cells: object) -> Change:
    """A change that writes values in cells of a sheet, `None` emptying them."""
    return Typed(sheet, cells)


def places(findings: Sequence[Finding]) -> list[tuple[str, str, str]]:
    """Code, sheet and cell of each finding in order; all of them in the plan's file and but one errors."""
    for finding in findings:
        severity = Severity.WARNING if finding.code == "P104" else Severity.ERROR
        assert (finding.severity, finding.file) == (severity, "plan.xlsx")
    return [(f.code, f.sheet or "", f.cell or "") for f in in_order(findings)]


def setting_row(name: str) -> int:
    return FIRST + SETTINGS.index(name)


def value(name: str, value: object) -> Change:
    """A change of a setting's value."""
    return put("Omgång", **{f"B{setting_row(name)}": value})
