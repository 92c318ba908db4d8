"""Mail drafts: one .eml a recipient, that any mail program opens as a draft to read and send."""

from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path

import pytest

from excel_uppsikt.mail.addresses import addresses
from excel_uppsikt.mail.message import Attachment
from excel_uppsikt.model import Department, Recipient, Unit
from tests.mail.drafted_mails import (
    ARNE,
    HOME,
    OSA,
    REPORT,
    REPORT_FILE,
    XLSX,
    attached,
    body,
    draft,
    forms,
    mail_forms,
    mail_reports,
    only,
    parsed,
    put,
    report,
    reports,
)
from tests.small_rounds import CARE, HOMES, SICKNESS, make_plan, per_goal_form

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


# --- What a recipient gets ----------------------------------------------------------------------


def test_a_report_is_sent_to_its_recipient_with_everything_filled_in(tmp_path: Path) -> None:
    """Subject, greeting and text decode with their Swedish letters, dates in words."""
    message = only(reports(tmp_path, OSA))
    assert message["Subject"] == (
        "Uppsiktsrapport till kommunstyrelsen: Social verksamhet, T1 2024"
    )
    (to,) = message["To"].addresses
    assert (to.display_name, to.addr_spec) == ("Åsa Öberg", "asa@exempel.se")
    assert body(message).splitlines() == [
        "Hej Åsa Öberg!",
        "",
        "Här kommer rapporten för Social verksamhet, T1 2024. Den lämnas till utskottet den "
        "4 juni 2024.",
        "",
        "Vänliga hälsningar",
        "Samordnaren",
    ]
    name = "Uppsiktsrapport Social verksamhet 2024 T1.docx"
    assert attached(message) == [(name, DOCX, (tmp_path / REPORT_FILE).read_bytes())]


def test_a_form_is_sent_to_its_units_contact_byte_for_byte(tmp_path: Path) -> None:
    mailing = forms(tmp_path, [HOME], "chef@exempel.se")
    messages = [parsed(written.path.read_bytes()) for _, written in mailing.drafts]
    assert [m["Subject"] for m in messages] == [
        "Formulär för T1 2024: Hemtjänst, Social verksamhet",
        "Formulär för T1 2024: Gemensamt Social verksamhet",
    ]
    assert [m["To"].addresses[0].addr_spec for m in messages] == [
        "orjan@exempel.se",
        "chef@exempel.se",
    ]
    assert [attached(m) for m in messages] == [
        [(name, XLSX, (tmp_path / "mallar" / name).read_bytes())]
        for name in ("Hemtjänst.xlsx", "Gemensamt Social verksamhet.xlsx")
    ]
    assert "Det gäller Hemtjänst." in body(messages[0])
    assert "senast 10 maj 2024." in body(messages[0])
    assert [body(m).partition("\n")[0].strip() for m in messages] == ["Hej Örjan!", "Hej!"]


def test_it_opens_as_a_draft_that_the_mail_program_signs_and_dates(tmp_path: Path) -> None:
    message = only(reports(tmp_path, OSA))
    assert message["X-Unsent"] == "1"
    assert [to.addr_spec for to in message["Reply-To"].addresses] == ["samordnare@exempel.se"]
    assert {name.casefold() for name in message} == {
        "x-unsent",
        "subject",
        "reply-to",
        "to",
        "mime-version",
        "content-type",
    }


def test_a_mail_says_which_draft_was_written_where_and_with_what(tmp_path: Path) -> None:
    mailing = reports(tmp_path, OSA)
    assert [
        (d.file, d.to, d.subject, d.attached, d.unfilled, written.path, written.beside)
        for d, written in mailing.drafts
    ] == [
        (
            "Rapport Social verksamhet Åsa Öberg.eml",
            "asa@exempel.se",
            "Uppsiktsrapport till kommunstyrelsen: Social verksamhet, T1 2024",
            ("Uppsiktsrapport Social verksamhet 2024 T1.docx",),
            (),
            tmp_path / "ut/utskick/Rapport Social verksamhet Åsa Öberg.eml",
            None,
        )
    ]


@pytest.mark.parametrize(
    "name",
    [
        "Räkenskaper åäö 2024.docx",
        'en "sådan"; fil.docx',
        f"{'Å' * 75}.docx",
        "a=?utf-8?q?b?=.docx",
    ],
)
def test_an_attachment_keeps_its_name_and_bytes(name: str) -> None:
    message = parsed(draft(attachments=(Attachment(name, REPORT),)).data)
    assert attached(message) == [(name, DOCX, REPORT)]


def test_long_swedish_subjects_and_names_come_through_whole() -> None:
    title = "Redogörelse för åtgärder på äldreomsorgens område i Ånge, Östavall och Överturingen"
    name = "Verksamhetschefen för hälso- och sjukvården, åldersgränsöverskridande frågor i Ånge"
    data = draft(make_plan(report_title=title), name=name).data
    assert parsed(data)["Subject"] == f"{title}: {CARE}, T1 2024"
    # Python's newer parser keeps the space between two encoded words, which RFC 2047 drops.
    to = decode_header(message_from_bytes(data)["To"])
    assert str(make_header(to)) == f"{name} <asa@exempel.se>"


def test_every_line_is_short_and_plain_enough_for_any_mail_server() -> None:
    text = "Å" * 3000 + "\n.\nFrom mig\n"
    data = draft(make_plan(texts=(("Mejl rapporter", "Rubrik", text),))).data
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert body(parsed(data)).splitlines() == [*text.splitlines(), ""]


# --- One draft for each -------------------------------------------------------------------------


def test_people_of_one_department_get_a_draft_each(tmp_path: Path) -> None:
    """Named after them; namesakes are told apart by a number, also where only case differs."""
    twin = replace(OSA, email="annan@exempel.se")
    third = replace(OSA, name="ÅSA öberg", email="tredje@exempel.se")
    mailing = reports(tmp_path, OSA, ARNE, twin, third)
    assert [(d.file, d.to) for d, _ in mailing.drafts] == [
        ("Rapport Social verksamhet Åsa Öberg.eml", "asa@exempel.se"),
        ("Rapport Social verksamhet Arne Ek.eml", "arne@exempel.se"),
        ("Rapport Social verksamhet Åsa Öberg (2).eml", "annan@exempel.se"),
        ("Rapport Social verksamhet ÅSA öberg (3).eml", "tredje@exempel.se"),
    ]
    written = sorted(path.name for path in (tmp_path / "ut/utskick").iterdir())
    assert sorted(d.file for d, _ in mailing.drafts) == written
    for d, at in mailing.drafts:
        assert parsed(at.path.read_bytes())["To"].addresses[0].addr_spec == d.to


@pytest.mark.parametrize(
    "cell",
    [
        "a@exempel.se; b@exempel.se",
        "a@exempel.se,b@exempel.se",
        "a@exempel.se\nb@exempel.se",
        " a@exempel.se b@exempel.se; a@exempel.se;",
    ],
)
def test_several_addresses_in_a_cell_give_a_draft_each(tmp_path: Path, cell: str) -> None:
    assert addresses(cell) == ("a@exempel.se", "b@exempel.se")
    mailing = reports(tmp_path, replace(OSA, email=cell))
    sent = [parsed(written.path.read_bytes())["To"].addresses for _, written in mailing.drafts]
    assert [[to.addr_spec for to in each] for each in sent] == [["a@exempel.se"], ["b@exempel.se"]]


def test_each_department_gets_its_own_report(tmp_path: Path) -> None:
    plan = make_plan(
        departments=(
            Department(CARE, "utskottet", date(2024, 6, 4)),
            Department("Skola", "utskottet", date(2024, 6, 4)),
        ),
        recipients=(OSA, Recipient("Skola", "Rut", "rut@exempel.se")),
    )
    of_care, of_school = report(plan), report(plan, 1)
    put(tmp_path, REPORT_FILE, of_care)
    put(tmp_path, "ut/rapporter/Uppsiktsrapport Skola 2024 T1.docx", of_school)
    mailing = mail_reports(tmp_path, plan)
    sent = {
        d.to: attached(parsed(written.path.read_bytes()))[0][::2] for d, written in mailing.drafts
    }
    assert sent == {
        "asa@exempel.se": ("Uppsiktsrapport Social verksamhet 2024 T1.docx", of_care),
        "rut@exempel.se": ("Uppsiktsrapport Skola 2024 T1.docx", of_school),
    }


# --- The same again -----------------------------------------------------------------------------


def test_the_same_letters_give_the_same_bytes(tmp_path: Path) -> None:
    """In another folder and run after run; different reports give different drafts."""
    one = reports(tmp_path / "a", OSA, ARNE)
    other = reports(tmp_path / "b", OSA, ARNE)
    assert [d for d, _ in one.drafts] == [d for d, _ in other.drafts]
    assert len({d.data for d, _ in one.drafts}) == 2
    again = reports(tmp_path / "a", OSA, ARNE)
    assert again == one


def test_a_draft_that_a_person_has_edited_is_never_overwritten(tmp_path: Path) -> None:
    ((_, first),) = reports(tmp_path, OSA).drafts
    first.path.write_bytes(b"Subject: eget\r\n\r\nText")
    ((_, second),) = reports(tmp_path, OSA).drafts
    assert second.beside == first.path
    assert second.path.name == "Rapport Social verksamhet Åsa Öberg (ny).eml"
    assert first.path.read_bytes() == b"Subject: eget\r\n\r\nText"


def test_a_newer_report_beside_an_edited_one_is_told(tmp_path: Path) -> None:
    """The edited one is attached; that a newer lies beside it must not pass unseen."""
    assert reports(tmp_path, OSA).mailing.newer == ()
    newer = (tmp_path / REPORT_FILE).with_stem(f"{Path(REPORT_FILE).stem} (ny)")
    newer.write_bytes(b"nyare")
    assert reports(tmp_path, OSA).mailing.newer == (newer,)


def test_per_goal_forms_are_mailed_all_of_them_to_each_unit(tmp_path: Path) -> None:
    """Where there is no form of a unit's own, everyone gets the forms of all goals."""
    plan = make_plan(units=[Unit("Hemtjänst", CARE, "Bo", "bo@exempel.se")])
    names = [
        "Mål 1 Sjukfrånvaron ska minska.xlsx",
        "Mål 3 Ånge ska ha ett positivt flyttnetto.xlsx",
    ]
    for name, goal in zip(names, (SICKNESS, HOMES), strict=True):
        put(tmp_path, f"mallar/{name}", per_goal_form(plan, goal, []))
    mailing = mail_forms(tmp_path, plan)
    assert [(draft.to, draft.attached) for draft, _ in mailing.drafts] == [
        ("bo@exempel.se", tuple(names)),
        ("chef@exempel.se", tuple(names)),
    ]
    assert mailing.mailing.missing == ()
