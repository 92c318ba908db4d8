"""A round of two units, merged, and what is told of it."""

from pathlib import Path

from excel_uppsikt.rounds import steps
from excel_uppsikt.rounds.results import CheckedRound, CompilationWritten
from tests.small_rounds import make_plan, own_form, row

# One of each: the minimum is one beside sickness absence, so that each row matters.
PLAN = make_plan(minimum=1, units=("Hemtjänst", "Bemanning"))
HEALTH = row("Hälsosamtal", description="Färre blir sjuka.")
RULE = {1: [HEALTH], 2: [row("Läxhjälp")]}
BOTH = {
    "Hemtjänst.xlsx": own_form(PLAN, "Hemtjänst", RULE),
    "Bemanning.xlsx": own_form(PLAN, "Bemanning", {1: [row("Friskvård")], 2: [row("Café")]}),
}


def merged(folder: Path) -> CheckedRound:
    """The round merged and written, as `uppsikt merge` does."""
    results = list(steps.merge(folder))
    (checked,) = (one for one in results if isinstance(one, CheckedRound))
    assert isinstance(results[-1], CompilationWritten)
    return checked


def findings(checked: CheckedRound, *codes: str) -> list[str]:
    """What is said under these codes."""
    return [finding.message for finding in checked.findings if finding.code in codes]
