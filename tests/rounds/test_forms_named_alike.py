"""Units whose forms would get the same file name: each is mailed its own, and told of its own return."""

import json
from dataclasses import replace
from pathlib import Path

from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.model import Unit
from excel_uppsikt.rounds.mailings import mailing_of
from excel_uppsikt.rounds.workbooks import write_forms
from tests.cli.running import uppsikt
from tests.small_rounds import CARE, SICKNESS, make_plan, make_round, own_form, row

FIRST = Unit("Natt/dag", CARE, "Örjan", "orjan@exempel.se")
SECOND = Unit("Natt: dag", CARE, "Åsa", "asa@exempel.se")
PLAN = make_plan(units=(FIRST, SECOND), minimum=0)
FAULTY = {SICKNESS.number: [row(end="31 februari")]}


def attached(folder: Path, kind: MailKind) -> dict[str, tuple[str, ...]]:
    """What each person gets, where nothing is held up."""
    made = mailing_of(folder, kind)
    assert (made.missing, made.misplaced) == ((), ())
    return {one.email: tuple(file.name for file in one.attachments) for one in made.messages}


def test_each_gets_its_own_form(tmp_path: Path) -> None:
    write_forms(make_round(tmp_path, PLAN, {}))
    got = {"orjan@exempel.se": ("Natt dag.xlsx",), "asa@exempel.se": ("Natt dag (2).xlsx",)}
    common = {"chef@exempel.se": (f"Gemensamt {CARE}.xlsx",)}
    assert attached(tmp_path, MailKind.TEMPLATES) == got | common
    assert attached(tmp_path, MailKind.REMINDERS) == got | common


def test_one_person_gets_the_forms_of_both(tmp_path: Path) -> None:
    plan = replace(PLAN, units=(FIRST, replace(SECOND, email=FIRST.email)))
    write_forms(make_round(tmp_path, plan, {}))
    both = attached(tmp_path, MailKind.TEMPLATES)["orjan@exempel.se"]
    assert both == ("Natt dag.xlsx", "Natt dag (2).xlsx")


def test_a_return_is_told_of_whose_it_is(tmp_path: Path) -> None:
    make_round(tmp_path, PLAN, {"svar.xlsx": own_form(PLAN, SECOND.name, FAULTY)})
    assert attached(tmp_path, MailKind.RETURNS) == {"asa@exempel.se": ("Natt dag (2).xlsx",)}
    units = json.loads(uppsikt("status", tmp_path, "--format", "json").stdout)["units"]
    returned = {one["unit"]: one["returned"] for one in units if one["unit"]}
    assert returned == {FIRST.name: False, SECOND.name: True}
