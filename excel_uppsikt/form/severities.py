"""How severities are named and coloured in the workbooks that list findings."""

from excel_uppsikt.excel import writing
from excel_uppsikt.findings.code import Severity

SEVERITY_WORDS = {Severity.ERROR: "Fel", Severity.WARNING: "Varning", Severity.HINT: "Tips"}
SEVERITY_COLORS = {
    Severity.ERROR: writing.RED,
    Severity.WARNING: writing.AMBER,
    Severity.HINT: writing.GREY,
}
