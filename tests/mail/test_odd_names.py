"""Names and addresses as people write them in a plan: mailed as one line, to whom they are, or told."""

import re
from pathlib import Path

import pytest

from excel_uppsikt.mail.ledger import State
from excel_uppsikt.model import Unit
from tests.cli.running import uppsikt
from tests.mail.mailed_rounds import SCHOOL, plan_with_people, reached, told_by_status
from tests.mail.sent_mails import SMTP, states
from tests.mail.servers import Mailbox
from tests.small_rounds import CARE, make_round

UNITS = (
    Unit('Hem\ntjänst "Norr"', CARE, 'Örjan\n"Chef" Ek', "orjan@exempel.se"),
    Unit("Å's & <b>;", CARE, "Ek, Åsa <y@z.se>\r\nBcc: x@y.se", "o'neil+x@exempel.se"),
    Unit("Förskola", SCHOOL, "Bo", "bo@bücher.se;\n\u200beva@exempel.se"),
    Unit("Skola 2", SCHOOL, "Bosse", "BO@xn--bcher-kva.se"),
)


def test_a_name_of_several_lines_is_one_in_mails_files_and_status(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Quotes and signs stand as they are; two units of one address, however written, are one mail."""
    folder = make_round(tmp_path / "omgång", plan_with_people(units=UNITS), {})
    assert uppsikt("templates", folder).returncode == 0
    box = Mailbox()
    with reached(box, monkeypatch, tmp_path):
        done = uppsikt("mail", folder, "templates", *SMTP, "--yes", "--today", "2024-05-02")
    assert (done.returncode, done.stderr) == (0, "")
    told = [
        (one.recipients, str(one.message["To"]), str(one.message["Subject"]))
        for one in box.received[:4]
    ]
    formed = "Formulär för T1 2024: "
    assert told == [
        (
            ("orjan@exempel.se",),
            '"Örjan \\"Chef\\" Ek" <orjan@exempel.se>',
            f'{formed}Hem tjänst "Norr", {CARE}',
        ),
        (
            ("o'neil+x@exempel.se",),
            '"Ek, Åsa <y@z.se> Bcc: x@y.se" <o\'neil+x@exempel.se>',
            f"{formed}Å's & <b>;, {CARE}",
        ),
        (("bo@xn--bcher-kva.se",), "Bo <bo@xn--bcher-kva.se>", f"{formed}Förskola och Skola 2"),
        (("eva@exempel.se",), "Bo <eva@exempel.se>", f"{formed}Förskola, Skola"),
    ]
    assert {name: day for name, (day, _) in told_by_status(folder).items()} == dict.fromkeys(
        (
            'Hem tjänst "Norr"',
            "Å's & <b>;",
            "Förskola",
            "Skola 2",
            f"Gemensamt {CARE}",
            "Gemensamt Skola",
        ),
        "2024-05-02",
    )
    assert '\nHem tjänst "Norr" ' in uppsikt("status", folder).stdout


@pytest.mark.parametrize(
    "written",
    [
        "å.s@exempel.se",
        "mailto:asa@exempel.se",
        # Of these the plan itself says that they are wrong.
        "asa@exempel",
        "asa@@exempel.se",
        '"Åsa Ek" <asa@exempel.se>',
    ],
)
def test_an_address_that_no_server_takes_is_told_and_stops_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    units = (
        Unit("Hemtjänst", CARE, "Åsa", written),
        Unit("Bemanning", CARE, "Bo", "bo@exempel.se"),
    )
    folder = make_round(tmp_path / "omgång", plan_with_people(units=units), {})
    uppsikt("templates", folder)
    with reached(Mailbox(), monkeypatch, tmp_path):
        done = uppsikt("mail", folder, "templates", *SMTP, "--yes")
    assert re.search(
        r"^Inget mejl till Hemtjänst.* går inte att använda\. Skriv den på planens blad Enheter",
        done.stdout,
        re.MULTILINE,
    )
    sent = [(name, State.SENT) for name in ("bo", "chef", "rektor")]
    assert (done.returncode, states(folder)) == (1, sent)
