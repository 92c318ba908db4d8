"""Workbooks in mails: read as if saved in the inbox, each under its attachment's name."""

import time
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from pathlib import Path

import pytest

from excel_uppsikt.excel.reading import UnreadableError
from tests.changed_forms import PLAN as ONE_UNIT
from tests.changed_forms import ROWS, TITLES, edited, titles, used, without_properties
from tests.intake.packed_forms import (
    BOTH,
    MISSING,
    PNG,
    SHEET,
    as_message,
    contents,
    home,
    mail,
    messages,
    read,
    staffing,
    zipped,
)
from tests.small_rounds import check, own_form, places, row, saved

PDF = b"%PDF-1.7\n\x80\x81"


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
