"""Rounds whose plan has people to mail, and a mail server on this computer to do it through."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from excel_uppsikt.model import Department, Plan, Recipient, Unit
from tests.cli.running import uppsikt
from tests.made_rounds import made_once
from tests.mail.servers import Address, Mailbox, mail_server
from tests.small_rounds import CARE, make_plan, make_round

SCHOOL = "Skola"
UNITS = (
    Unit("Hemtjänst", CARE, "Örjan Ek", "orjan@exempel.se"),
    Unit("Bemanning", CARE, "Åsa Öberg", "asa@exempel.se"),
    Unit("Särskilt boende", CARE, "Åsa Öberg", "ASA@exempel.se"),
    Unit("Förskola", SCHOOL, "Bo", "bo@exempel.se; eva@exempel.se"),
)
DEPARTMENTS = (
    Department(CARE, "utskottet", responsible="Chefen", email="chef@exempel.se"),
    Department(SCHOOL, "utskottet", responsible="Rektorn", email="rektor@exempel.se"),
)


def plan_with_people(**changes: object) -> Plan:
    """A plan of two departments whose units have people; one person has two units."""
    recipients = (Recipient(CARE, "Nämnden", "namnd@exempel.se"),)
    parts = {"units": UNITS, "departments": DEPARTMENTS, "recipients": recipients, **changes}
    return make_plan(**parts)  # type: ignore[arg-type]  # parts of a plan by name


def round_with_forms(folder: Path, plan: Plan | None = None) -> Path:
    """A round whose forms have been made."""
    _forms_made(folder, plan or plan_with_people())
    return folder


@made_once
def _forms_made(folder: Path, plan: Plan) -> None:
    make_round(folder, plan, {})
    assert uppsikt("templates", folder).returncode == 0


@contextmanager
def reached(box: Mailbox, patch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Address]:
    """A server that the environment tells of, and no settings of the computer's own user."""
    patch.setenv("XDG_CONFIG_HOME", str(tmp_path / "inga inställningar"))
    with mail_server(box) as at:
        patch.setenv("UPPSIKT_SMTP_HOST", "127.0.0.1")
        patch.setenv("UPPSIKT_SMTP_PORT", str(at.port))
        patch.setenv("UPPSIKT_SMTP_SECURITY", "none")
        yield at


def answering(patch: pytest.MonkeyPatch, answers: str) -> None:
    """What is answered to the program's questions, a line each."""
    patch.setattr("sys.stdin", io.StringIO(answers))


def told_by_status(folder: Path) -> dict[str, tuple[str | None, str | None]]:
    """When each unit was mailed and reminded, as the JSON says."""
    units = json.loads(uppsikt("status", folder, "--format", "json").stdout)["units"]
    return {
        one["unit"] or f"Gemensamt {one['department']}": (one["mailed"], one["reminded"])
        for one in units
    }
