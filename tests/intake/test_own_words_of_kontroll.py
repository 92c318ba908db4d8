"""What the form has said in Kontroll and Förra omgången is no unit's text, whatever the plan is now."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from excel_uppsikt.form.words import CONTROL_PHRASES
from excel_uppsikt.model import Plan
from tests.changed_forms import FILE, YOUNG, edited, put
from tests.small_rounds import STATUSES, check, make_plan, own_form, row

PLAN = make_plan(units=("Hemtjänst",), minimum=0)
WITHOUT_CUTOFF = replace(PLAN, settings=replace(PLAN.settings, cutoff=None))
OTHER_CUTOFF = replace(PLAN, settings=replace(PLAN.settings, cutoff=date(2024, 8, 31)))
RENAMED = replace(
    PLAN, statuses=tuple(replace(s, name=s.name.replace("Pågående", "I gång")) for s in STATUSES)
)


def told(folder: Path, plan: Plan, form: bytes) -> list[tuple[str | None, str | None]]:
    """Cell and value of each F207 that is given under a plan."""
    findings = check(folder, plan, {FILE: form}).findings
    return [(finding.cell, finding.value) for finding in findings if finding.code == "F207"]


@pytest.mark.parametrize(
    "plan", [PLAN, WITHOUT_CUTOFF, OTHER_CUTOFF], ids=["same", "none", "other"]
)
@pytest.mark.parametrize(
    "said",
    [
        *CONTROL_PHRASES,
        "Slutdatum har passerat. Statusen kräver en kommentar",
        "Datum utanför 2024-01-01–2024-12-31",
        "Saknas: Status, Slutdatum",
    ],
)
def test_kontrolls_phrases_are_its_own_whatever_the_cutoff(
    tmp_path: Path, plan: Plan, said: str
) -> None:
    form = edited(own_form(PLAN, "Hemtjänst", {2: [row("Läxhjälp")]}), put(YOUNG, "H5", said))
    assert told(tmp_path, plan, form) == []


def test_other_words_there_are_told_with_no_cutoff_either(tmp_path: Path) -> None:
    said = "Slutdatum har passerat, säger Anna"
    form = edited(own_form(PLAN, "Hemtjänst", {2: [row("Läxhjälp")]}), put(YOUNG, "H5", said))
    assert told(tmp_path, WITHOUT_CUTOFF, form) == [("H5", said)]


def test_what_was_reported_last_is_the_forms_own_under_other_statuses(tmp_path: Path) -> None:
    """It begins with a status as it was called when the form went out."""
    before = "Pågående enligt plan\nLäxhjälp ges på måndagar."
    form = own_form(PLAN, "Hemtjänst", {2: [row("Läxhjälp", previous=before)]})
    assert told(tmp_path, RENAMED, form) == []
    written = edited(form, put(YOUNG, "I5", "Ny kommentar"))
    assert told(tmp_path, RENAMED, written) == [("I5", "Ny kommentar")]
