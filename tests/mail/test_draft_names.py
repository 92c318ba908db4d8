"""Names and addresses in drafts are data: they add no header, recipient or folder."""

from dataclasses import replace
from pathlib import Path

import pytest

from excel_uppsikt.model import Department
from tests.mail.drafted_mails import OSA, body, draft, only, parsed, reports
from tests.small_rounds import make_plan

BREAKS = ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\x00", "\x1e"]


@pytest.mark.parametrize("mark", BREAKS)
def test_no_name_title_or_department_can_add_a_header_or_a_recipient(mark: str) -> None:
    evil = f"Åsa{mark}Bcc: ond@exempel.se{mark}{mark}Text"
    plan = make_plan(report_title=evil, period=evil)
    made = draft(plan, name=evil, owners=(evil,), departments=(Department(evil),))
    message = parsed(made.data)
    assert message["Bcc"] is None
    assert [to.addr_spec for to in message["To"].addresses] == ["asa@exempel.se"]
    assert sorted(set(message)) == [
        "Content-Type",
        "MIME-Version",
        "Reply-To",
        "Subject",
        "To",
        "X-Unsent",
    ]
    assert "Bcc: ond@exempel.se" in message["Subject"]
    assert made.file.isprintable()


@pytest.mark.parametrize(
    "name",
    ["Ek, Arne", "ond@exempel.se", "A <ond@exempel.se>", 'Arne "Arn" Ek; B', "=?utf-8?q?x?="],
)
def test_a_name_with_marks_of_its_own_is_still_one_recipient(name: str) -> None:
    (to,) = parsed(draft(name=name).data)["To"].addresses
    assert to.addr_spec == "asa@exempel.se"


def test_a_name_of_braces_is_not_filled_in_again() -> None:
    assert body(parsed(draft(name="{avsändare}").data)).startswith("Hej {avsändare}!")


def test_a_name_can_lead_to_no_other_folder(tmp_path: Path) -> None:
    mailing = reports(tmp_path, replace(OSA, name="../../x\\y:z"))
    ((_, written),) = mailing.drafts
    assert written.path.parent == tmp_path / "ut/utskick"
    assert written.path.is_file()


def test_a_swedish_domain_is_written_as_mail_servers_take_it(tmp_path: Path) -> None:
    message = only(reports(tmp_path, replace(OSA, email="asa@räksmörgås.exempel.se")))
    assert message["To"].addresses[0].addr_spec == "asa@xn--rksmrgs-5wao1o.exempel.se"
