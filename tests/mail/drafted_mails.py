"""Mail drafts made for a round or of a letter, and read back as a mail program reads them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from typing import Any

from excel_uppsikt.bundled import bundled
from excel_uppsikt.mail.drafts import Draft, drafts
from excel_uppsikt.mail.message import Attachment, Letter, MailKind
from excel_uppsikt.mail.wording import worded
from excel_uppsikt.model import Department, Plan, Recipient, Unit
from excel_uppsikt.report.account import Account
from excel_uppsikt.report.document import make_report
from excel_uppsikt.rounds.mailings import forms_mailing
from excel_uppsikt.rounds.outbox import write_drafts
from excel_uppsikt.rounds.report_mailing import reports_mailing
from excel_uppsikt.rounds.results import Drafted
from tests.small_rounds import CARE, make_plan, own_form, shared_form

REPORT = b"PK\x03\x04 rapport\r\n.\r\nFrom x" + bytes(range(256)) * 40
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REPORT_FILE = "ut/rapporter/Uppsiktsrapport Social verksamhet 2024 T1.docx"
OSA = Recipient(CARE, "Åsa Öberg", "asa@exempel.se")
ARNE = Recipient(CARE, "Arne Ek", "arne@exempel.se")
HOME = Unit("Hemtjänst", CARE, "Örjan", "orjan@exempel.se")
# Before the day that the reports are handed to the committee.
BEFORE = date(2024, 5, 20)


def parsed(data: bytes) -> EmailMessage:
    """The draft as a mail program reads it, after a look for anything wrong in any part of it."""
    message = BytesParser(policy=default).parsebytes(data)
    assert isinstance(message, EmailMessage)
    for part in message.walk():
        assert part.defects == []
        for header in part.values():
            assert header.defects == ()
    return message


def body(message: EmailMessage) -> str:
    """The text a recipient reads."""
    text = message.get_body(("plain",))
    assert text is not None
    content: str = text.get_content()
    return content


def attached(message: EmailMessage) -> list[tuple[str | None, str, bytes]]:
    """The attachments' names, types and bytes."""
    return [
        (part.get_filename(), part.get_content_type(), part.get_content())
        for part in message.iter_attachments()
    ]


def only(mailing: Drafted) -> EmailMessage:
    """The one draft of a mailing, read from its file."""
    ((_, written),) = mailing.drafts
    return parsed(written.path.read_bytes())


def reports(
    folder: Path,
    *recipients: Recipient,
    **changes: Any,  # noqa: ANN401  any part of a plan
) -> Drafted:
    """The drafts of a round with one report, to these people, in a plan with changes."""
    plan = make_plan(recipients=recipients, **changes)
    put(folder, REPORT_FILE, report(plan))
    return mail_reports(folder, plan)


def report(plan: Plan, department: int = 0) -> bytes:
    """A department's report without any activity."""
    template = bundled("workbook_templates") / "rapportmall.docx"
    account = Account(())
    whose = plan.departments[department]
    return make_report(plan, whose, account, template=template.read_bytes()).data


def mail_forms(folder: Path, plan: Plan) -> Drafted:
    """The drafts with the forms."""
    return write_drafts(forms_mailing(folder, plan))


def mail_reports(folder: Path, plan: Plan) -> Drafted:
    """The drafts with the reports, ready or not."""
    return write_drafts(reports_mailing(folder, plan, BEFORE, unfinished=True))


def put(folder: Path, name: str, data: bytes) -> None:
    """A file to be attached."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def forms(
    folder: Path, units: Sequence[Unit], responsible: str = "", *, common: bool = True
) -> Drafted:
    """The drafts of a round with these units' forms and, unless told otherwise, Gemensamt."""
    plan = make_plan(units=units, departments=(Department(CARE, email=responsible),))
    for unit in units:
        put(folder, f"mallar/{unit.name}.xlsx", own_form(plan, unit.name, {}))
    if common:
        put(folder, f"mallar/Gemensamt {CARE}.xlsx", shared_form(plan, {}))
    return mail_forms(folder, plan)


def letter(**changes: object) -> Letter:
    """A letter with the report, with changes."""
    plain = Letter(
        kind=MailKind.REPORTS,
        name="Åsa Öberg",
        email="asa@exempel.se",
        owners=(CARE,),
        attachments=(Attachment("Uppsiktsrapport.docx", REPORT),),
        departments=(Department(CARE),),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # a field's value by its name


def draft(plan: Plan | None = None, **changes: object) -> Draft:
    """The draft of one letter."""
    (made,) = drafts([worded(plan or make_plan(), letter(**changes))])
    return made


def sent(mailing: Drafted) -> list[tuple[str, str, tuple[str, ...]]]:
    """Each draft's file, address and attachments, as they lie in the folder."""
    for made, written in mailing.drafts:
        assert written.path.read_bytes() == made.data
    return [(written.path.name, made.to, made.attached) for made, written in mailing.drafts]
