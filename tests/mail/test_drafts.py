"""Mail drafts: one .eml a recipient, that any mail program opens as a draft to read and send."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from excel_uppsikt.bundled import bundled
from excel_uppsikt.mail.addresses import addresses
from excel_uppsikt.mail.drafts import Draft, drafts
from excel_uppsikt.mail.message import Attachment, Letter, MailKind
from excel_uppsikt.mail.wording import worded
from excel_uppsikt.model import Department, Plan, Recipient, Unit
from excel_uppsikt.report.account import Account
from excel_uppsikt.report.document import make_report
from excel_uppsikt.rounds.mailings import (
    forms_mailing,
    reminders_mailing,
    reports_mailing,
    returns_mailing,
)
from excel_uppsikt.rounds.outbox import write_drafts
from excel_uppsikt.rounds.results import CheckedRound, Drafted, HandIn
from excel_uppsikt.rounds.workbooks import write_returns
from tests.small_rounds import (
    CARE,
    HOMES,
    SICKNESS,
    check,
    make_plan,
    own_form,
    per_goal_form,
    row,
    shared_form,
)

REPORT = b"PK\x03\x04 rapport\r\n.\r\nFrom x" + bytes(range(256)) * 40
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
REPORT_FILE = "ut/rapporter/Uppsiktsrapport Social verksamhet 2024 T1.docx"
OSA = Recipient(CARE, "Åsa Öberg", "asa@exempel.se")
ARNE = Recipient(CARE, "Arne Ek", "arne@exempel.se")
HOME = Unit("Hemtjänst", CARE, "Örjan", "orjan@exempel.se")


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


def mail_reminders(checked: CheckedRound) -> Drafted:
    """The drafts of reminders."""
    return write_drafts(reminders_mailing(checked))


def mail_returns(checked: CheckedRound, hand_ins: Sequence[HandIn]) -> Drafted:
    """The drafts with the returns."""
    return write_drafts(returns_mailing(checked, hand_ins))


def mail_reports(folder: Path, plan: Plan) -> Drafted:
    """The drafts with the reports, ready or not."""
    return write_drafts(reports_mailing(folder, plan, unfinished=True))


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


# --- What is missing ----------------------------------------------------------------------------


def test_whom_there_is_no_address_for_is_told_and_the_others_are_written(tmp_path: Path) -> None:
    mailing = forms(tmp_path, [HOME, Unit("Bemanning", CARE, "Eva")])
    assert mailing.mailing.without_address == ("Bemanning", "Gemensamt Social verksamhet")
    assert [d.to for d, _ in mailing.drafts] == ["orjan@exempel.se"]
    assert mailing.mailing.missing == ()


def test_a_recipient_among_others_without_an_address_is_told_by_name(tmp_path: Path) -> None:
    mailing = reports(tmp_path, OSA, replace(ARNE, email=""))
    assert mailing.mailing.without_address == ("Social verksamhet (Arne Ek)",)
    assert [d.to for d, _ in mailing.drafts] == ["asa@exempel.se"]


def test_a_department_without_recipients_is_told(tmp_path: Path) -> None:
    mailing = reports(tmp_path)
    assert (mailing.drafts, mailing.mailing.without_address) == ((), ("Social verksamhet",))


@pytest.mark.parametrize(
    "email", ["saknas", "asa@", "@exempel.se", "åsa@exempel.se", "a@x..se", "a@exempel", "<a@b.se>"]
)
def test_an_address_that_cannot_be_used_is_told_and_gets_no_draft(
    tmp_path: Path, email: str
) -> None:
    mailing = reports(tmp_path, replace(OSA, email=f"{email}; ratt@exempel.se"))
    assert mailing.mailing.without_address == (
        f"Social verksamhet (”{email}” går inte att använda)",
    )
    assert [d.to for d, _ in mailing.drafts] == ["ratt@exempel.se"]


def test_a_file_that_is_missing_is_told_and_the_others_are_sent(tmp_path: Path) -> None:
    mailing = forms(tmp_path, [HOME], "chef@exempel.se", common=False)
    assert mailing.mailing.missing == ("mallar/Gemensamt Social verksamhet.xlsx",)
    assert [d.to for d, _ in mailing.drafts] == ["orjan@exempel.se"]
    assert mailing.mailing.without_address == ()


def test_a_report_not_yet_made_is_told(tmp_path: Path) -> None:
    mailing = mail_reports(tmp_path, make_plan(recipients=(OSA,)))
    assert (mailing.drafts, mailing.mailing.missing) == ((), (REPORT_FILE,))
    assert not (tmp_path / "ut").exists()


def test_what_the_plan_gives_nothing_for_is_told_and_left_standing(tmp_path: Path) -> None:
    """In subject and text, each once, where it is to go out all the same."""
    texts = (
        ("Mejl rapporter", "{diarienummer}: {verksamhet}", "{rapportdatum} {eget}\n{diarienummer}"),
    )
    departments = (Department(CARE),)
    mailing = reports(tmp_path, OSA, texts=texts, departments=departments)
    ((made, _),) = mailing.drafts
    assert made.unfilled == ("{diarienummer}", "{rapportdatum}", "{eget}")
    message = only(mailing)
    assert message["Subject"] == f"{{diarienummer}}: {CARE}, T1 2024"
    assert body(message).splitlines() == ["{rapportdatum} {eget}", "{diarienummer}"]


# --- Text is data -------------------------------------------------------------------------------

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


# --- Reminders and returns ----------------------------------------------------------------------

BOTH = (HOME, Unit("Bemanning", CARE, "Bo", "bo@exempel.se"))
LATE = make_plan(units=BOTH)
RULE = {1: [row("Friskvård")], 2: [row("Läxhjälp"), row("Teater")]}


def sent(mailing: Drafted) -> list[tuple[str, str, tuple[str, ...]]]:
    """Each draft's file, address and attachments, as they lie in the folder."""
    for made, written in mailing.drafts:
        assert written.path.read_bytes() == made.data
    return [(written.path.name, made.to, made.attached) for made, written in mailing.drafts]


def round_with(folder: Path, inbox: Mapping[str, bytes], plan: Plan = LATE) -> CheckedRound:
    """A round with forms made, and these handed in."""
    for unit in plan.units:
        put(folder, f"mallar/{unit.name}.xlsx", own_form(plan, unit.name, {}))
    return check(folder, plan, inbox)


def test_only_units_that_have_handed_in_nothing_are_reminded(tmp_path: Path) -> None:
    """With their form once more; a row in another's form, or an unreadable file, is an answer."""
    mailing = mail_reminders(round_with(tmp_path, {"a.xlsx": own_form(LATE, "Hemtjänst", RULE)}))
    expected = ("Påminnelse Bemanning Bo.eml", "bo@exempel.se", ("Bemanning.xlsx",))
    assert sent(mailing) == [expected]
    message = only(mailing)
    assert message["Subject"] == "Påminnelse: formulär för T1 2024, Bemanning, Social verksamhet"
    form = (tmp_path / "mallar/Bemanning.xlsx").read_bytes()
    assert attached(message) == [("Bemanning.xlsx", XLSX, form)]
    assert "Det gäller Bemanning." in body(message)

    # Whoever answers in between is not reminded by a draft that has become old.
    mailing = mail_reminders(round_with(tmp_path, {"Bemanning.xlsx": b"trasig"}))
    assert (mailing.drafts, mailing.mailing.nobody) == ((), True)
    assert mailing.removed == (expected[0],)
    assert list((tmp_path / "ut/utskick").iterdir()) == []


def test_a_draft_that_was_written_in_or_is_of_another_kind_stays(tmp_path: Path) -> None:
    checked = round_with(tmp_path, {})
    forms_sent = sent(mail_forms(tmp_path, LATE))
    reminded = sent(mail_reminders(checked))
    assert [name for name, *_ in reminded] == [
        "Påminnelse Hemtjänst Örjan.eml", "Påminnelse Bemanning Bo.eml",
    ]  # fmt: skip
    own = tmp_path / "ut/utskick/Påminnelse Bemanning Bo.eml"
    own.write_bytes(own.read_bytes() + b"Ring mig.")
    inbox = {f"{unit.name}.xlsx": own_form(LATE, unit.name, RULE) for unit in BOTH}
    mailing = mail_reminders(round_with(tmp_path, inbox))
    assert mailing.removed == ("Påminnelse Hemtjänst Örjan.eml",)
    left = sorted(path.name for path in (tmp_path / "ut/utskick").iterdir())
    assert left == sorted([own.name, *(name for name, *_ in forms_sent)])


def test_a_unit_without_address_or_form_is_told(tmp_path: Path) -> None:
    plan = make_plan(units=(replace(HOME, email=""), BOTH[1]))
    checked = check(tmp_path, plan, {})
    put(tmp_path, "mallar/Hemtjänst.xlsx", own_form(plan, "Hemtjänst", {}))
    mailing = mail_reminders(checked)
    assert (mailing.drafts, mailing.mailing.nobody) == ((), False)
    assert (mailing.mailing.without_address, mailing.mailing.missing) == (
        ("Hemtjänst",),
        ("mallar/Bemanning.xlsx",),
    )


def test_each_return_is_sent_to_whom_the_form_came_from(tmp_path: Path) -> None:
    """The workbook with what to correct marked; one without anything to correct is not sent back."""
    plan = make_plan(units=BOTH, departments=(Department(CARE, email="chef@exempel.se"),))
    faulty = {1: [row("Friskvård", status="På gång")]}
    inbox = {
        "a.xlsx": own_form(plan, "Hemtjänst", {**RULE, 3: [row("Flytt", end="31 februari")]}),
        "b.xlsx": own_form(plan, "Bemanning", RULE),
        "c.xlsx": shared_form(plan, faulty),
        "d.xlsx": per_goal_form(plan, plan.goals[1], [row("X", units="Bemanning", end="?")]),
    }
    checked = round_with(tmp_path, inbox, plan)
    mailing = mail_returns(checked, write_returns(checked).hand_ins)
    common = f"Gemensamt {CARE}"
    assert sent(mailing) == [
        ("Retur Hemtjänst Örjan.eml", "orjan@exempel.se", ("Hemtjänst.xlsx",)),
        (f"Retur {common}.eml", "chef@exempel.se", (f"{common}.xlsx",)),
    ]
    assert (
        len(mailing.mailing.without_address) == 1
    )  # several units' own form of one goal is nobody's
    first = parsed(mailing.drafts[0][1].path.read_bytes())
    assert first["Subject"] == "Att komplettera: Hemtjänst, T1 2024, Social verksamhet"
    back = (tmp_path / "ut/retur/Hemtjänst.xlsx").read_bytes()
    assert attached(first) == [("Hemtjänst.xlsx", XLSX, back)]

    mended = round_with(tmp_path, dict.fromkeys(inbox, inbox["b.xlsx"]), plan)
    mailing = mail_returns(mended, write_returns(mended).hand_ins)
    assert "Retur Hemtjänst Örjan.eml" in mailing.removed
