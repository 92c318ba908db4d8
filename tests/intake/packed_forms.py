"""Forms in mails and zip files, and what is read of them."""

import email.policy
import io
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from functools import cache
from pathlib import Path

from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.intake.containers import Content, contents_of
from excel_uppsikt.model import Field
from excel_uppsikt.rounds.results import CheckedRound
from tests.changed_forms import ROWS, TITLES
from tests.small_rounds import check, make_plan, own_form, row

PLAN = make_plan()
SHEET = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
Place = tuple[str, str, str, str]


@cache
def home() -> bytes:
    return own_form(PLAN, "Hemtjänst", ROWS)


@cache
def staffing() -> bytes:
    return own_form(
        PLAN,
        "Bemanning",
        {g: [row(f"{r.value(Field.TITLE)} 2") for r in s] for g, s in ROWS.items()},
    )


def mail(
    files: Sequence[tuple[str, bytes]] = (), *, forwarded: Sequence[bytes | EmailMessage] = ()
) -> bytes:
    """A mail without words, with a signature's picture and these attachments."""
    message = EmailMessage()
    message["From"], message["To"] = "enhet@exempel.se", "samordnare@exempel.se"
    message["Subject"] = "Vår uppföljning på åtta rader"
    message.set_content("\n")
    message.add_alternative('<p><img src="cid:logga"></p>', subtype="html")
    html = message.get_payload()[1]  # type: ignore[index]  # two parts
    html.add_related(PNG, "image", "png", cid="<logga>", filename="logga.png")  # type: ignore[union-attr]
    for name, data in files:
        message.add_attachment(data, "application", SHEET, filename=name)
    for inner in forwarded:
        message.add_attachment(inner if isinstance(inner, EmailMessage) else as_message(inner))
    return message.as_bytes()


def as_message(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def zipped(files: Mapping[str, bytes] | Sequence[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in files.items() if isinstance(files, Mapping) else files:
            target.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def locked(data: bytes, name: str) -> bytes:
    """The zip with a member marked as encrypted."""
    changed = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        changed[source.getinfo(name).header_offset + 6] |= 1
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        if data[at + 46 :].startswith(name.encode()):
            changed[at + 8] |= 1
        at += 4
    return bytes(changed)


def read(folder: Path, inbox: Mapping[str, bytes]) -> CheckedRound:
    return check(folder, PLAN, inbox)


def contents(data: bytes) -> list[Content]:
    return list(contents_of(data))


def messages(findings: Sequence[Finding]) -> list[str]:
    return [finding.message for finding in findings]


BOTH = sorted([*TITLES, *(f"{title} 2" for title in TITLES)])
MISSING: Place = ("U503", "", "", "")
