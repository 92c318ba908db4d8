"""A whole round by mail, out and in, from last round's folder to the report, on servers of this computer."""

import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import openpyxl
import pytest

from excel_uppsikt.mail.ledger import State, read_ledger
from excel_uppsikt.model import Department, Recipient, Unit
from tests.cli.running import uppsikt
from tests.mail.graph_server import TOKEN, graph
from tests.mail.graph_server import Mailbox as GraphBox
from tests.mail.mailed_rounds import reached, told_by_status
from tests.mail.servers import Mailbox
from tests.small_rounds import CARE, make_plan, make_round, own_form, row, saved

pytestmark = pytest.mark.usefixtures("unmeasured")

PLAN = make_plan(
    units=(
        Unit("Hemtjänst", CARE, "Örjan Ek", "orjan@exempel.se"),
        Unit("Bemanning", CARE, "Åsa Öberg", "asa@exempel.se"),
    ),
    departments=(Department(CARE, "utskottet", date(2024, 6, 4), "Chefen", "chef@exempel.se"),),
    recipients=(Recipient(CARE, "Nämnden", "namnd@exempel.se"),),
    reference="KS 2024/17",
)
HEADER_ROW = 4
# What each writes: by goal sheet's number, the rows by heading.
GOOD: dict[str, object] = {
    "Startdatum": "2024-05-02",
    "Slutdatum": "2024-12-01",
    "Beskrivning": "Ger bättre kvalitet.",
    "Status": "Pågående enligt plan",
    "Kommentar": "Arbetet pågår.",
}
SEND = ("--channel", "smtp", "--send", "--yes", "--today")


def last_round(folder: Path) -> Path:
    """A round that has been merged."""
    make_round(folder, PLAN, {"h.xlsx": own_form(PLAN, "Hemtjänst", {2: [row("Läxhjälp")]})})
    uppsikt("merge", folder)
    return folder


def fill_in_plan(folder: Path) -> None:
    """The new round's own values, in the cells that wait for them."""
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    sheet = book["Omgång"]
    sheet["B6"], sheet["B7"], sheet["B8"] = "T2", date(2024, 1, 1), date(2024, 12, 31)
    sheet["B9"], sheet["B10"], sheet["B11"] = date(2024, 8, 31), date(2024, 9, 10), "KS 2024/18"
    book["Verksamheter"]["C4"] = date(2024, 10, 1)
    book.save(folder / "plan.xlsx")


def filled(data: bytes, rows: Mapping[int, Sequence[Mapping[str, object]]], moment: str) -> bytes:
    """A form as its unit saves it, with rows written over or below what stands on its goal sheets."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for number, written in rows.items():
        sheet = next(s for s in book.worksheets if s.title.startswith(f"{number} "))
        columns = {
            str(cell.value): at for at, cell in enumerate(sheet[HEADER_ROW], 1) if cell.value
        }
        title = next(at for heading, at in columns.items() if heading.startswith("Aktivitet"))
        for cells in written:
            at = HEADER_ROW + 1
            while sheet.cell(at, title).value not in (None, cells["Aktivitet"]):
                at += 1
            sheet.cell(at, title).value = str(cells["Aktivitet"])
            for heading, value in cells.items():
                if heading != "Aktivitet":
                    sheet.cell(at, columns[heading]).value = str(value)
    stream = io.BytesIO()
    book.save(stream)
    return saved(stream.getvalue(), moment)


def attached_to(box: Mailbox, person: str) -> tuple[EmailMessage, dict[str, bytes]]:
    """The last mail to somebody, and what is attached to it by name."""
    message = next(
        one.message for one in reversed(box.received) if one.recipients == (f"{person}@exempel.se",)
    )
    return message, {str(a.get_filename()): a.get_content() for a in message.iter_attachments()}


def reply(service: GraphBox, box: Mailbox, person: str, name: str, data: bytes) -> None:
    """A reply with a workbook comes to the coordinator's mailbox in Microsoft 365."""
    to, _ = attached_to(box, person)
    answer = EmailMessage(policy=SMTP)
    answer["From"], answer["To"] = f"{person}@exempel.se", str(to["From"])
    answer["Subject"], answer["In-Reply-To"] = f"SV: {to['Subject']}", str(to["Message-ID"])
    answer["Date"] = "Mon, 02 Sep 2024 08:00:00 +0200"
    answer.set_content("Här kommer det.\n")
    answer.add_attachment(data, maintype="application", subtype="vnd.ms-excel", filename=name)
    there = service.folders.setdefault("inbox", [])
    answer["Message-ID"] = f"<svar-{len(there)}@exempel.se>"
    there.append(
        {
            "id": f"AAMk{len(there)}=",
            "internetMessageId": str(answer["Message-ID"]),
            "subject": str(answer["Subject"]),
            "from": {"emailAddress": {"address": f"{person}@exempel.se"}},
            "receivedDateTime": f"2024-09-0{1 + len(there)}T08:00:00Z",
            "mime": answer.as_bytes(),
        }
    )


def fetched(folder: Path) -> None:
    """The replies taken out of the mailbox into the inbox."""
    done = uppsikt("fetch", folder, "--channel", "graph")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


@contextmanager
def mailbox(patch: pytest.MonkeyPatch) -> Iterator[GraphBox]:
    """The coordinator's mailbox, which the environment tells of."""
    with graph() as service:
        patch.setenv("UPPSIKT_GRAPH_URL", service.url)
        command = f'"{sys.executable}" -c "print(\'{TOKEN}\')"'
        patch.setenv("UPPSIKT_GRAPH_TOKEN_COMMAND", command)
        yield service


def words(message: EmailMessage) -> str:
    """What a mail says."""
    body = message.get_body(("plain",))
    assert body is not None
    said: str = body.get_content()
    return said.replace("\r\n", "\n")


def test_a_round_goes_out_and_comes_back_by_mail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forms, a return, corrected forms, receipts and the report; each once, and to whom it is for."""
    last, folder, box = last_round(tmp_path / "t1"), tmp_path / "t2", Mailbox()

    def mail(kind: str, day: str) -> list[str]:
        before = len(box.received)
        done = uppsikt("mail", folder, kind, *SEND, day)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
        return [one.recipients[0].partition("@")[0] for one in box.received[before:]]

    with reached(box, monkeypatch, tmp_path), mailbox(monkeypatch) as service:
        assert uppsikt("init", folder, "--from", last).returncode == 0
        fill_in_plan(folder)
        assert uppsikt("templates", folder).returncode == 0
        assert mail("templates", "2024-08-20") == ["orjan", "asa", "chef"]
        message, forms = attached_to(box, "orjan")
        assert message["Subject"] == (f"Formulär för T2 2024: Hemtjänst, {CARE} (dnr KS 2024/18)")
        assert list(forms) == ["Hemtjänst.xlsx"]

        # Örjan goes on with what was reported, and writes a day that does not exist; Åsa has all right.
        own = {
            1: [{**GOOD, "Aktivitet": "Friskvård"}],
            2: [
                {**GOOD, "Aktivitet": "Läxhjälp", "Kommentar": "Går bra."},
                {**GOOD, "Aktivitet": "Teater", "Slutdatum": "31 november"},
            ],
        }
        data = filled(forms["Hemtjänst.xlsx"], own, "2024-09-01T08:00")
        reply(service, box, "orjan", "Hemtjänst.xlsx", data)
        right = {
            1: [{**GOOD, "Aktivitet": "Motion"}],
            2: [{**GOOD, "Aktivitet": "Kör"}, {**GOOD, "Aktivitet": "Bio"}],
        }
        data = filled(attached_to(box, "asa")[1]["Bemanning.xlsx"], right, "2024-09-01T09:00")
        reply(service, box, "asa", "Bemanning.xlsx", data)
        fetched(folder)
        assert uppsikt("run", folder).returncode == 1

        # Chefen has sent nothing, and is reminded; Örjan has an error left, and is too.
        assert mail("reminders", "2024-09-03") == ["orjan", "chef"]
        assert mail("returns", "2024-09-03") == ["orjan"]
        message, back = attached_to(box, "orjan")
        assert "- ”Teater” (bladet 2 Kommunens ungdomar ska känna): Slutdatum ”31 november”" in (
            words(message)
        )
        mended = {2: [{"Aktivitet": "Teater", "Slutdatum": "2024-11-30"}]}
        data = filled(back["Hemtjänst.xlsx"], mended, "2024-09-05T08:00")
        reply(service, box, "orjan", "Hemtjänst.xlsx", data)
        reply(service, box, "chef", f"Gemensamt {CARE}.xlsx",
              filled(attached_to(box, "chef")[1][f"Gemensamt {CARE}.xlsx"],
                     {3: [{**GOOD, "Aktivitet": "Flytt"}]}, "2024-09-05T09:00"))  # fmt: skip
        fetched(folder)
        done = uppsikt("run", folder)
        assert done.returncode == 0, done.stdout

        assert mail("returns", "2024-09-06") == []
        assert mail("receipts", "2024-09-06") == ["orjan", "asa", "chef"]
        told = words(attached_to(box, "orjan")[0])
        assert "\nTeater\n- Hemtjänst\nStartdatum 2024-05-02, Slutdatum 2024-11-30\n" in told
        assert "Kör" not in told

        assert uppsikt("report", folder).returncode == 0
        assert mail("reports", "2024-09-20") == ["namnd"]
        _, documents = attached_to(box, "namnd")
        names = [f"{title} {CARE} 2024 T2" for title in ("Uppsiktsrapport", "Tjänsteskrivelse")]
        assert list(documents) == [f"{name}.docx" for name in names]
        lying = [*(folder / "ut/rapporter").glob("*.docx"), *(folder / "ut").glob("tj*/*.docx")]
        assert {path.name: path.read_bytes() for path in lying} == documents

        # Once more, everything: nobody gets anything again.
        for kind in ("templates", "receipts", "reports"):
            assert mail(kind, "2024-09-21") == []
    rows = read_ledger(folder / "ut/utskick.sqlite")
    assert len(rows) == len(box.received)
    assert {row.state for row in rows} == {State.SENT}
    assert told_by_status(folder) == {
        "Hemtjänst": ("2024-09-06", "2024-09-03"),
        "Bemanning": ("2024-09-06", None),
        f"Gemensamt {CARE}": ("2024-09-06", "2024-09-03"),
    }
