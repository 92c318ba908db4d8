"""Who has a name that is part of another's, or had another name, gets their own and nothing else."""

from dataclasses import replace
from pathlib import Path

import pytest

from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.model import Department, Unit
from excel_uppsikt.rounds.mailings import mailing_of
from excel_uppsikt.rounds.workbooks import write_forms
from tests.small_rounds import CARE, make_plan, make_round, own_form, row

UNITS = (
    Unit("Hem", CARE, "Bo", "bo@exempel.se"),
    Unit("Hemtjänst", CARE, "Bo Ek", "bo.ek@exempel.se"),
    Unit("Hemtjänst natt", CARE, "Åsa", "asa@exempel.se"),
)
PLAN = make_plan(
    units=UNITS,
    departments=(Department(CARE, "utskottet", responsible="Chefen", email="c@exempel.se"),),
)


@pytest.mark.parametrize(
    ("only", "to"),
    [
        ("Hem", "bo@exempel.se"),
        ("hemtjänst", "bo.ek@exempel.se"),
        ("Bo", "bo@exempel.se"),
        ("bo@exempel.se", "bo@exempel.se"),
        (f"Gemensamt {CARE}", "c@exempel.se"),
    ],
)
def test_only_those_of_the_very_name_are_mailed(tmp_path: Path, only: str, to: str) -> None:
    make_round(tmp_path, PLAN, {})
    write_forms(tmp_path)
    assert [
        message.to for message in mailing_of(tmp_path, MailKind.TEMPLATES, only=only).messages
    ] == [to]


def test_a_unit_that_is_renamed_in_the_round_gets_no_form_of_its_former_name(
    tmp_path: Path,
) -> None:
    """Until its own has been made; and its return goes to nobody that the plan does not know."""
    inbox = {
        f"{unit.name}.xlsx": own_form(PLAN, unit.name, {1: [row("Läxhjälp", end="")]})
        for unit in UNITS
    }
    make_round(tmp_path, PLAN, inbox)
    write_forms(tmp_path)
    renamed = replace(UNITS[1], name="Hemvård", contact="Nils", email="nils@exempel.se")
    make_round(tmp_path, replace(PLAN, units=(UNITS[0], renamed, UNITS[2])), {})
    forms = mailing_of(tmp_path, MailKind.TEMPLATES)
    assert forms.missing == ("mallar/Hemvård.xlsx",)
    assert {one.to: one.attached for one in forms.messages} == {
        "bo@exempel.se": ("Hem.xlsx",),
        "asa@exempel.se": ("Hemtjänst natt.xlsx",),
        "c@exempel.se": (f"Gemensamt {CARE}.xlsx",),
    }
    returns = mailing_of(tmp_path, MailKind.RETURNS)
    assert {one.to: one.attached for one in returns.messages} == {
        "bo@exempel.se": ("Hem.xlsx",),
        "asa@exempel.se": ("Hemtjänst natt.xlsx",),
    }
