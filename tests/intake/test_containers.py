"""Workbooks in mails and zip files: read as if saved in the inbox, and nothing else gets out of there."""

import email
import email.policy
import io
import random
import re
import time
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from functools import cache
from pathlib import Path

import pytest

from excel_uppsikt.excel.guard import limits
from excel_uppsikt.excel.reading import UnreadableError
from excel_uppsikt.excel.workbook import Workbook
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.intake import containers
from excel_uppsikt.intake.attachments import attachments
from excel_uppsikt.intake.containers import Content, contents_of, safe_path
from excel_uppsikt.model import Field
from excel_uppsikt.rounds.results import CheckedRound
from tests.changed_forms import PLAN as ONE_UNIT
from tests.changed_forms import ROWS, TITLES, edited, good_form, titles, used, without_properties
from tests.excel.small_workbooks import claiming_the_next
from tests.small_rounds import check, make_plan, own_form, places, row, saved

PLAN = make_plan()
SHEET = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
PDF = b"%PDF-1.7\n\x80\x81"
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


def refusals(data: bytes) -> list[tuple[str, str, str]]:
    """What of a file was refused: its path inside, the reason and the words."""
    return [
        (c.inside, c.content.reason.value, c.content.detail)
        for c in contents(data)
        if isinstance(c.content, UnreadableError)
    ]


def messages(findings: Sequence[Finding]) -> list[str]:
    return [finding.message for finding in findings]


BOTH = sorted([*TITLES, *(f"{title} 2" for title in TITLES)])
MISSING: Place = ("U503", "", "", "")


# --- Mails ------------------------------------------------------------------------------------------


def test_the_workbooks_in_a_mail_are_read(tmp_path: Path) -> None:
    """The signature's picture is no attachment; nothing needs saying."""
    data = mail([("Hemtjänst.xlsx", home()), ("Bemanning.xlsx", staffing())])
    checked = read(tmp_path, {"maj/Svar.eml": data})
    assert places(checked.findings) == []
    assert used(checked) == [
        ("maj/Svar.eml/Bemanning.xlsx", True),
        ("maj/Svar.eml/Hemtjänst.xlsx", True),
    ]
    assert titles(checked) == BOTH
    assert [p.name for p in (tmp_path / "inkorg").rglob("*")] == ["maj", "Svar.eml"]


def test_a_mail_is_told_by_its_content(tmp_path: Path) -> None:
    """Whatever its name says."""
    checked = read(tmp_path, {"Svar.txt": mail([("Hemtjänst.xlsx", home())])})
    assert places(checked.findings) == [MISSING]
    assert used(checked) == [("Svar.txt/Hemtjänst.xlsx", True)]


def test_findings_name_the_workbook_in_the_mail(tmp_path: Path) -> None:
    rows = {**ROWS, 2: [row("Läxhjälp", status="På gång"), row("Fältarbete")]}
    data = mail([("formulär.xlsx", own_form(ONE_UNIT, "Hemtjänst", rows))])
    checked = check(tmp_path, ONE_UNIT, {"Svar.eml": data})
    (finding,) = checked.findings
    assert (finding.code, finding.file, finding.cell) == (
        "R305",
        "inkorg/Svar.eml/formulär.xlsx",
        "F5",
    )
    assert {ref.file for activity in checked.activities for ref in activity.sources} == {
        "inkorg/Svar.eml/formulär.xlsx"
    }


def test_the_unit_is_told_by_the_attachments_name(tmp_path: Path) -> None:
    """As by a file's own, where nothing in the form tells; the mail's name is not asked."""

    def lost(book: object) -> None:
        without_properties(book)  # type: ignore[arg-type]  # a workbook
        for name in ("_uppsikt", "Läs mig"):
            del book[name]  # type: ignore[attr-defined]  # a workbook

    data = mail([("Hemtjanst (2).xlsx", edited(home(), lost))])
    checked = read(tmp_path, {"Bemanning.eml": data})
    assert places(checked.findings) == [
        ("F206", "Bemanning.eml/Hemtjanst (2).xlsx", "", ""),
        MISSING,
    ]
    assert [s.unit for s in checked.collection.submissions] == ["Hemtjänst"]


def test_the_later_saved_is_used_by_the_workbooks_own_time(tmp_path: Path) -> None:
    """Whether it came in a mail, in a zip file or by itself."""
    inbox = {
        "a.eml": mail([("form.xlsx", saved(home(), "2024-05-02"))]),
        "b.zip": zipped({"form.xlsx": saved(home(), "2024-05-04")}),
        "c.xlsx": saved(home(), "2024-05-03"),
        "d.xlsx": staffing(),
    }
    checked = read(tmp_path, inbox)
    assert places(checked.findings) == [
        ("F205", "a.eml/form.xlsx", "", ""),
        ("F205", "c.xlsx", "", ""),
    ]
    assert "”inkorg/b.zip/form.xlsx” användes (3 aktiviteter), eftersom den sparades senast" in (
        checked.findings[0].message
    )


def test_one_bad_attachment_does_not_stop_the_others(tmp_path: Path) -> None:
    """Each is told by itself, as it would be in the inbox."""
    data = mail(
        [
            ("trasig.xlsx", home()[:3000]),
            ("dagordning.pdf", PDF),
            ("Hemtjänst.xlsx", home()),
            ("Bemanning.zip", zipped({"Bemanning.xlsx": staffing()})),
            ("~$Hemtjänst.xlsx", b"x"),
        ]
    )
    checked = read(tmp_path, {"Svar.eml": data})
    assert places(checked.findings) == [
        ("F201", "Svar.eml/Bemanning.zip", "", ""),
        ("F201", "Svar.eml/dagordning.pdf", "", ""),
        ("F201", "Svar.eml/trasig.xlsx", "", ""),
    ]
    assert messages(checked.findings)[:2] == [
        "Filen är en zip-fil inuti en annan fil och öppnades inte. "
        "Spara den för sig i inkorgen om den innehåller ett formulär.",
        "Filen är inte en arbetsbok utan en PDF. Be avsändaren skicka det ifyllda Excel-formuläret.",
    ]
    assert titles(checked) == TITLES
    assert checked.collection.passed_over == ("inkorg/Svar.eml/~$Hemtjänst.xlsx",)


@pytest.mark.parametrize("files", [[], [("dagordning.pdf", PDF), ("bild.png", PNG)]])
def test_a_mail_without_any_workbook_is_one_f201(
    files: list[tuple[str, bytes]], tmp_path: Path
) -> None:
    """It bears the unit's name, so the unit is not also said to have handed in nothing."""
    checked = check(tmp_path, ONE_UNIT, {"Hemtjänst.eml": mail(files)})
    assert places(checked.findings) == [("F201", "Hemtjänst.eml", "", "")]
    assert messages(checked.findings) == [
        "Filen är ett e-postmeddelande utan någon arbetsbok. Ligger formuläret bakom en länk i det: "
        "hämta det och spara det i inkorgen. Be annars avsändaren skicka det ifyllda Excel-formuläret."
    ]


def test_a_mail_with_nothing_but_a_broken_workbook_names_the_workbook(tmp_path: Path) -> None:
    checked = check(
        tmp_path, ONE_UNIT, {"Svar.eml": mail([("Hemtjänst.xlsx", home()[:3000])])}
    )  # fmt: skip
    assert places(checked.findings) == [("F201", "Svar.eml/Hemtjänst.xlsx", "", "")]


def test_a_damaged_outlook_message_is_told_as_such(tmp_path: Path) -> None:
    """By itself or in a mail."""
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "__substg1.0_".encode("utf-16-le")
    inbox = {"Hemtjänst.msg": data, "Svar.eml": mail([("Bemanning.msg", data)])}
    checked = read(tmp_path, inbox)
    assert [(f.code, f.file, f.message) for f in checked.findings] == [
        (
            "F201",
            "inkorg/Hemtjänst.msg",
            "Filen kan inte läsas; den är skadad eller inte helt överförd. Be avsändaren spara den på nytt "
            "som Excel-arbetsbok (.xlsx) och skicka den igen.",
        ),
        (
            "F201",
            "inkorg/Svar.eml/Bemanning.msg",
            "Filen är ett Outlook-meddelande inuti en annan fil och öppnades inte. Spara den för sig i "
            "inkorgen om den innehåller ett formulär.",
        ),
    ]


def test_a_mail_forwarded_in_a_mail_is_read_one_level_down(tmp_path: Path) -> None:
    """One in that is not opened, and told so."""
    deepest = mail([("Hemtjänst.xlsx", saved(home(), "2030-01-01"))])
    inner = mail([("Bemanning.xlsx", staffing())], forwarded=[deepest])
    data = mail([("Hemtjänst.xlsx", home())], forwarded=[inner])
    checked = read(tmp_path, {"Svar.eml": data})
    assert places(checked.findings) == [
        ("F201", "Svar.eml/vidarebefordrat.eml/vidarebefordrat.eml", "", "")
    ]
    assert used(checked) == [
        ("Svar.eml/Hemtjänst.xlsx", True),
        ("Svar.eml/vidarebefordrat.eml/Bemanning.xlsx", True),
    ]


def with_header(disposition: bytes) -> bytes:
    """A mail whose only attachment has this header."""
    message = MIMEMultipart()
    message["From"] = "enhet@exempel.se"
    message.attach(MIMEApplication(home(), SHEET))
    return message.as_bytes().replace(
        b"Content-Transfer-Encoding: base64",
        b"Content-Transfer-Encoding: base64\nContent-Disposition: " + disposition,
    )


@pytest.mark.parametrize(
    ("disposition", "expected"),
    [
        (b'attachment; filename="a.xlsx"', "a.xlsx"),
        (b"attachment; filename*=utf-8''Hemtj%C3%A4nst.xlsx", "Hemtjänst.xlsx"),
        (b"attachment; filename*0*=iso-8859-1''Hem; filename*1*=tj%E4nst.xlsx", "Hemtjänst.xlsx"),
        (b'attachment; filename="=?utf-8?Q?Hemtj=C3=A4nst.xlsx?="', "Hemtjänst.xlsx"),
        (
            b'attachment;\n filename="=?iso-8859-1?B?SGVtdGrkbnN0?=\n =?utf-8?Q?_2.xlsx?="',
            "Hemtjänst 2.xlsx",
        ),
        (b'attachment; filename="=?okand?Q?a=FF.xlsx?="', "=?okand?Q?a=FF.xlsx?="),
        ('attachment; filename="Hemtjänst.xlsx"'.encode(), "Hemtjänst.xlsx"),
        ('attachment; filename="Hemtjänst.xlsx"'.encode("cp1252"), "Hemtjänst.xlsx"),
        ('attachment; filename="Hemtja\u0308nst.xlsx"'.encode(), "Hemtjänst.xlsx"),
        (b'attachment; filename="../../etc/a.xlsx"', "etc/a.xlsx"),
        (b'attachment; filename="C:\\\\Temp\\\\a.xlsx"', "Temp/a.xlsx"),
        (b"attachment; filename*=utf-8''a%0A%1B%5B31mb%E2%80%AE.xlsx", "a [31mb.xlsx"),
        (b'attachment; filename=""', "bilaga"),
        (b"attachment", "bilaga"),
        (b"inline", "bilaga"),
        (b"attachment; filename=" + b"x" * 900 + b".xlsx", "x" * 109 + "….xlsx"),
        (b"attachment" + b"; a=b" * 1_000_000, "bilaga"),
    ],
)
def test_an_attachments_name_is_read_and_made_safe(disposition: bytes, expected: str) -> None:
    """Whichever way it is written; it leads nowhere outside the mail."""
    start = time.perf_counter()
    (content,) = contents(with_header(disposition))
    assert content.inside == expected
    assert not isinstance(content.content, UnreadableError)
    assert time.perf_counter() - start < 5


def test_two_attachments_of_one_name_are_both_read(tmp_path: Path) -> None:
    data = mail([("form.xlsx", home()), ("form.xlsx", staffing())])
    checked = read(tmp_path, {"Svar.eml": data})
    assert places(checked.findings) == []
    assert used(checked) == [("Svar.eml/form (2).xlsx", True), ("Svar.eml/form.xlsx", True)]


def test_what_mail_programs_add_is_no_attachment() -> None:
    """Signatures, invitations, and the text that Exchange puts below an attachment."""
    message = as_message(mail([("form.xlsx", home())]))
    message.add_attachment(b"x", "application", "pkcs7-signature", filename="smime.p7s")
    message.add_attachment("BEGIN:VCALENDAR", "calendar", filename="invite.ics")
    message.add_attachment("Hälsningar", filename="ATT00001.txt")
    found = [(c.inside, type(c.content).__name__) for c in contents(message.as_bytes())]
    assert found == [("form.xlsx", "Workbook")]


# --- Zip files --------------------------------------------------------------------------------------


def test_the_workbooks_in_a_zip_file_are_read(tmp_path: Path) -> None:
    """What a Mac and open programs leave in it is passed over and counted."""
    data = zipped(
        {
            "enheter/": b"",
            "enheter/Hemtjänst.xlsx": home(),
            "Bemanning.xlsx": staffing(),
            "__MACOSX/enheter/._Hemtjänst.xlsx": b"x",
            "enheter/.DS_Store": b"x",
            "enheter/~$Hemtjänst.xlsx": b"x",
        }
    )
    checked = read(tmp_path, {"alla.zip": data})
    assert places(checked.findings) == []
    assert used(checked) == [
        ("alla.zip/Bemanning.xlsx", True),
        ("alla.zip/enheter/Hemtjänst.xlsx", True),
    ]
    assert titles(checked) == BOTH
    assert checked.collection.passed_over == (
        "inkorg/alla.zip/__MACOSX/enheter/._Hemtjänst.xlsx",
        "inkorg/alla.zip/enheter/.DS_Store",
        "inkorg/alla.zip/enheter/~$Hemtjänst.xlsx",
    )
    assert [p.name for p in (tmp_path / "inkorg").rglob("*")] == ["alla.zip"]


def test_one_bad_member_does_not_stop_the_others(tmp_path: Path) -> None:
    """A zip file in it is not opened, nor a mail."""
    data = zipped(
        {
            "Hemtjänst.xlsx": home(),
            "inre.zip": zipped({"Bemanning.xlsx": staffing()}),
            "Svar.eml": mail([("Bemanning.xlsx", staffing())]),
            "trasig.xlsx": home()[:3000],
            "läs detta.txt": "Hälsningar".encode(),
        }
    )
    checked = read(tmp_path, {"alla.zip": data})
    assert places(checked.findings) == [
        ("F201", "alla.zip/Svar.eml", "", ""),
        ("F201", "alla.zip/inre.zip", "", ""),
        ("F201", "alla.zip/läs detta.txt", "", ""),
        ("F201", "alla.zip/trasig.xlsx", "", ""),
        MISSING,
    ]
    assert titles(checked) == TITLES


@pytest.mark.parametrize("files", [{}, {"a.txt": b"Hej", "bilder/b.png": PNG}])
def test_a_zip_file_without_any_workbook_is_one_f201(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    checked = check(tmp_path, ONE_UNIT, {"Hemtjänst.zip": zipped(files)})
    assert places(checked.findings) == [("F201", "Hemtjänst.zip", "", "")]
    assert messages(checked.findings) == [
        "Filen är en zip-fil utan någon arbetsbok. Be avsändaren skicka det ifyllda Excel-formuläret."
    ]


def test_a_zip_file_with_a_password_is_f202(tmp_path: Path) -> None:
    """Once for a file that is locked throughout, else for each member that is."""
    one = locked(zipped({"a.xlsx": home(), "b.xlsx": staffing()}), "b.xlsx")
    checked = read(tmp_path, {"halv.zip": one, "hel.zip": locked(one, "a.xlsx")})
    assert places(checked.findings) == [
        ("F202", "halv.zip/b.xlsx", "", ""),
        ("F202", "hel.zip", "", ""),
        MISSING,
    ]
    assert messages(checked.findings)[1].startswith("Zip-filen är skyddad med lösenord.")
    assert titles(checked) == TITLES


def test_a_macs_unmarked_utf_8_names_are_read() -> None:
    """As those in the letters of DOS, which Windows writes."""
    names = ["Hemtja\u0308nst.xlsx".encode(), "Särskilt.xlsx".encode("cp437")]
    data = zipped([("x" * len(names[0]), home()), ("y" * len(names[1]), staffing())])
    data = data.replace(b"x" * len(names[0]), names[0]).replace(b"y" * len(names[1]), names[1])
    assert [c.inside for c in contents(data)] == ["Hemtjänst.xlsx", "Särskilt.xlsx"]


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")  # the point of the file
def test_members_with_paths_that_lead_out_stay_inside() -> None:
    """And two that come to the same path are told apart."""
    names = ["../a.xlsx", "/a.xlsx", "C:\\a.xlsx", "a.xlsx", "./b//../a.xlsx"]
    found = contents(zipped([(name, home()) for name in names]))
    assert sorted(c.inside for c in found) == [
        "a (2).xlsx",
        "a (3).xlsx",
        "a (4).xlsx",
        "a.xlsx",
        "b/a.xlsx",
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", "namnlös"),
        ("../..", "namnlös"),
        ("\u202e../\x00", "namnlös"),
        ("a\tb\r\nc.xlsx", "a b c.xlsx"),
        ("\\\\server\\delad\\a.xlsx", "server/delad/a.xlsx"),
        ("/".join("abcdefghijklm"), "/".join("defghijklm")),
    ],
)
def test_a_safe_path_is_relative_and_can_be_printed(name: str, expected: str) -> None:
    assert safe_path(name) == expected


@pytest.mark.parametrize("zip64", [False, True])
def test_a_zip_file_of_many_forms_as_they_are_is_read(zip64: bool) -> None:
    """Web services hand folders out so, without packing; the forms' own parts are not the file's."""
    form, count = home(), 150
    with zipfile.ZipFile(packed := io.BytesIO(), "w", zipfile.ZIP_STORED) as target:
        for number in range(count):
            with target.open(f"Svar/{number}.xlsx", "w", force_zip64=zip64) as member:
                member.write(form)
    assert packed.getvalue().count(b"PK\x01\x02") > limits.MAX_PARTS
    read = contents(packed.getvalue())
    assert {type(content.content) for content in read} == {Workbook}
    assert {content.inside for content in read} == {
        f"Svar/{number}.xlsx" for number in range(count)
    }


def test_what_is_left_after_a_minute_is_refused_one_by_one() -> None:
    data = zipped({"a.xlsx": home(), "b/c.xlsx": home()})
    found = [(c.inside, c.content) for c in contents_of(data, seconds=0)]
    assert [(inside, str(content)) for inside, content in found] == [
        (name, "('together', 'tar mer än 0 sekunder att läsa')") for name in ("a.xlsx", "b/c.xlsx")
    ]


# --- Bombs ------------------------------------------------------------------------------------------


def test_a_bomb_in_a_zip_file_costs_only_itself() -> None:
    noise = bytes(range(256)) * 40_000
    data = zipped(
        {
            "Hemtjänst.xlsx": home(),
            "b.bin": bytes(100_000_000),
            "c.bin": bytes(30_000_000),
            **{f"d{n}.bin": noise for n in range(18)},
        }
    )
    assert len(data) < 2_000_000
    found = refusals(data)
    assert found[:2] == [
        ("b.bin", "too_large", "mer än 50 MB"),
        ("c.bin", "hostile", "en zip-bomb"),
    ]
    assert ("d17.bin", "too_large", "mer än 80 MB när den packas upp") in found


def test_a_member_that_claims_the_next_ones_bytes_costs_only_itself() -> None:
    with zipfile.ZipFile(packed := io.BytesIO(), "w") as target:
        for name in ("a.xlsx", "b.xlsx", "c.xlsx"):
            target.writestr(name, home())
    data = claiming_the_next(packed.getvalue())
    assert refusals(data) == [("a.xlsx", "damaged", "en skadad fil")]


@pytest.mark.parametrize("make", [zipped, mail])
def test_a_container_of_more_files_than_can_be_meant_is_not_opened(
    make: object, tmp_path: Path
) -> None:
    files = [(f"{n}.xlsx", b"x") for n in range(limits.MAX_MEMBERS + 1)]
    data = make(files)  # type: ignore[operator]  # either of two functions
    assert refusals(data) == [("", "too_many", "fler än 200 filer")]
    checked = check(tmp_path / "r", ONE_UNIT, {"Hemtjänst": data})
    assert places(checked.findings) == [("F201", "Hemtjänst", "", "")]


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        (b"\n--x" * 2_001, "fler än 2000 delar"),
        (b"\r--x" * 2_001, "fler än 2000 delar"),
        (b"a:\n" * 1_000_001, "fler än en miljon rader"),
        (
            b"Content-Type:\n multipart/mixed; boundary=x\n\n" * 51,
            "bilagor i bilagor i mer än 50 led",
        ),
        (
            b"Content-Type:\x1cmultipart/mixed; boundary=x\n\n" * 51,
            "bilagor i bilagor i mer än 50 led",
        ),
    ],
)
def test_a_mail_made_to_cost_is_not_opened(data: bytes, detail: str) -> None:
    assert refusals(b"From: a\n" + data) == [("", "too_many", detail)]


def test_a_header_is_read_as_far_as_parameters_go() -> None:
    """The library looks through them all once for each."""
    for count, name in ((40, "a.xlsx"), (100, "bilaga")):
        parameters = "; x=1" * count + "; filename=a.xlsx"
        data = f"From: a\nContent-Disposition: attachment{parameters}\n\nx".encode()
        assert attachments(data) == [(name, b"x")]


def test_a_mail_of_deep_parts_and_many_lines_is_read_in_seconds() -> None:
    """The parser's work is lines times depth; both are bounded."""
    top = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(50)
    )  # fmt: skip
    start = time.perf_counter()
    data = f"From: a\n{top}\n{'x' * 70}\n".encode() + (b"y" * 70 + b"\n") * 100_000
    assert refusals(data) == [("", "not_workbook", "ett e-postmeddelande")]
    assert time.perf_counter() - start < 20


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_container_is_read_or_refused(seed: int) -> None:
    """Whatever has become of it, nothing but a reading or a refusal comes out."""
    chance = random.Random(seed)  # noqa: S311  repeatable damage, not a secret
    whole = mail([("a.xlsx", home())], forwarded=[mail([("b.xlsx", home())])])
    data = bytearray(whole if seed % 2 else zipped({"a.xlsx": home(), "b.txt": b"Hej"}))
    for _ in range(20):
        at = chance.randrange(min(len(data), 4_000) if seed % 3 else len(data))
        data[at] = chance.randrange(256)
    assert contents(bytes(data))


def test_a_workbook_under_any_name_is_read(tmp_path: Path) -> None:
    """A file is told by its content: no extension, the wrong one, or one of another kind."""
    inbox = {"Hemtjänst": home(), "Bemanning.docx": staffing()}
    checked = read(tmp_path, inbox)
    assert places(checked.findings) == []
    assert used(checked) == [("Bemanning.docx", True), ("Hemtjänst", True)]


def test_the_good_form_needs_no_finding(tmp_path: Path) -> None:
    """What the tests above build on."""
    assert (
        places(check(tmp_path, ONE_UNIT, {"a.eml": mail([("a.xlsx", good_form())])}).findings) == []
    )


def test_what_workbooks_hold_together_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """All is kept until the whole inbox is read; a small file can hold gigabytes of text."""
    (form,) = (c.content for c in contents(good_form()))
    assert isinstance(form, Workbook)
    monkeypatch.setattr(containers, "MAX_TEXT_TOGETHER", 2 * form.text_size)
    data = zipped([(f"{n}.xlsx", good_form()) for n in range(3)])
    ((path, reason, detail),) = refusals(data)
    assert (path, reason) == ("2.xlsx", "together")
    assert re.fullmatch(r"har mer än \d+ MB text", detail)
