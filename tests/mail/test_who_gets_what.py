"""Who gets what by mail, and in which words: reminders, returns, receipts and reports."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest

from excel_uppsikt.mail.message import MailKind, Message
from excel_uppsikt.model import Department, Recipient, Unit
from excel_uppsikt.plan.default_texts import DEFAULT_TEXTS
from excel_uppsikt.plan.reading import read_plan
from excel_uppsikt.plan.writing import as_workbook
from excel_uppsikt.rounds import steps
from excel_uppsikt.rounds.mailings import mailing_of
from excel_uppsikt.rounds.results import Extras, Mailing, Misplaced
from excel_uppsikt.rounds.workbooks import write_forms
from tests.cli.running import uppsikt, uppsikt_alone
from tests.compilation.edited_rounds import put
from tests.libreoffice import needs_libreoffice
from tests.small_rounds import (
    CARE,
    YOUTH,
    make_plan,
    make_round,
    own_form,
    per_goal_form,
    row,
    saved,
    shared_form,
)

HOME = Unit("Hemtjänst", CARE, "Örjan", "orjan@exempel.se")
STAFF = Unit("Bemanning", CARE, "Åsa", "asa@exempel.se")
LIVING = Unit("Boende", CARE, "Åsa", "asa@exempel.se")
PLAN = make_plan(
    units=(HOME, STAFF, LIVING),
    departments=(Department(CARE, "utskottet", date(2024, 6, 4), "Chefen", "chef@exempel.se"),),
    recipients=(Recipient(CARE, "Nämnden", "namnd@exempel.se"),),
    corrections_due=date(2024, 5, 20),
)
RULE = {1: [row("Friskvård")], 2: [row("Läxhjälp"), row("Teater")]}
FAULTY = {
    **RULE,
    3: [row("Flytt", end="31 februari"), row("Bo", comment="", status="Pågående med avvikelse")],
}


def mailing(folder: Path, kind: MailKind, **inbox: bytes) -> Mailing:
    """The mails of a round with its forms made and these handed in, by the file's stem."""
    make_round(folder, PLAN, {f"{stem}.xlsx": data for stem, data in inbox.items()})
    write_forms(folder)
    return mailing_of(folder, kind)


def told(message: Message) -> list[str]:
    """The lines of a message between its greeting and its end."""
    return message.text.splitlines()[2:-3]


# --- Reminders ------------------------------------------------------------------------------------


def test_a_reminder_says_how_things_stand_with_each(tmp_path: Path) -> None:
    """Nothing has come, errors are left and which, or another round's form has come; two units, one mail."""
    last_year = replace(PLAN, settings=replace(PLAN.settings, year=2023))
    made = mailing(
        tmp_path,
        MailKind.REMINDERS,
        Hemtjänst=own_form(PLAN, "Hemtjänst", FAULTY),
        Boende=own_form(last_year, "Boende", RULE),
        Gemensamt=shared_form(PLAN, {}),
    )
    assert [(m.to, m.why, m.attached) for m in made.messages] == [
        ("orjan@exempel.se", "1 fel kvar", ("Hemtjänst.xlsx",)),
        (
            "asa@exempel.se",
            "har inte lämnat in; har lämnat in en annan omgångs formulär",
            ("Bemanning.xlsx", "Boende.xlsx"),
        ),
    ]
    errors, nothing = made.messages
    assert errors.attachments[0].data == (tmp_path / "ut/retur/Hemtjänst.xlsx").read_bytes()
    assert nothing.attachments[0].data == (tmp_path / "mallar/Bemanning.xlsx").read_bytes()
    after = ["", "Har svaret redan kommit i väg kan du bortse från det här mejlet."]
    assert told(errors) == [
        "Det gäller Hemtjänst.",
        "",
        "Formuläret har kommit, men 1 fel behöver rättas (sista dag: 20 maj 2024). Det som ska "
        "rättas står på bladet Att åtgärda i den bifogade filen:",
        "",
        "- ”Flytt” (bladet 3 Ånge ska ha ett positivt): Slutdatum ”31 februari” finns inte i kalendern. "
        "Skriv ett datum som finns.",
        *after,
    ]
    assert told(nothing) == [
        "Det gäller Bemanning och Boende.",
        "",
        "Bemanning",
        "Jag har ännu inte fått det ifyllda formuläret för T1 2024. Skicka det så snart ni kan (sista dag: "
        "10 maj 2024). Formuläret är bifogat igen.",
        "",
        "Boende",
        "Jag har fått ett formulär, men det hör till en annan omgång (Ånge kommun 2023 T1). Fyll i det "
        "bifogade formuläret, som gäller T1 2024, och skicka det så snart ni kan (sista dag: 10 maj 2024).",
        *after,
    ]


def test_a_plans_own_words_that_would_be_untrue_are_not_used(tmp_path: Path) -> None:
    """`Jag har inget fått` is sent to who has sent nothing, and to nobody else."""
    own = [text for text in DEFAULT_TEXTS if text[0] != "Mejl påminnelser"]
    own.append(("Mejl påminnelser", "Påminnelse {enhet}", "Jag har inget fått."))
    plan = replace(PLAN, texts=make_plan(texts=own).texts)
    make_round(tmp_path, plan, {"Hemtjänst.xlsx": own_form(plan, "Hemtjänst", FAULTY)})
    write_forms(tmp_path)
    errors, nothing, _ = mailing_of(tmp_path, MailKind.REMINDERS).messages
    assert "Formuläret har kommit, men 1 fel behöver rättas" in errors.text
    assert nothing.text == "Jag har inget fått."


# --- Returns --------------------------------------------------------------------------------------


def test_a_return_says_in_words_what_to_put_right_and_by_its_own_day(tmp_path: Path) -> None:
    made = mailing(tmp_path, MailKind.RETURNS, Hemtjänst=own_form(PLAN, "Hemtjänst", FAULTY))
    (message,) = made.messages
    assert (message.why, message.attached) == ("2 att rätta", ("Hemtjänst.xlsx",))
    lines = told(message)
    assert [line for line in lines if line.startswith("- ")] == [
        "- ”Flytt” (bladet 3 Ånge ska ha ett positivt): Slutdatum ”31 februari” finns inte i kalendern. "
        "Skriv ett datum som finns.",
        "- ”Bo” (bladet 3 Ånge ska ha ett positivt): Kommentar saknas, och statusen ”Pågående med avvikelse” "
        "kräver en. Skriv kort vad som har hänt och vad ni gör åt det.",
    ]
    assert lines[-1] == "Skicka tillbaka filen som svar på mejlet senast 20 maj 2024."


# --- Receipts -------------------------------------------------------------------------------------


def test_a_receipt_shows_the_activities_in_the_reports_own_words(tmp_path: Path) -> None:
    """Every paragraph stands so in the report, in the same order; and what was read how is told."""
    own = {
        1: [row("Friskvård", description="Vi:\n- går\n- springer", comment="Bra\ngång")],
        2: [
            row("Läxhjälp", status="Pågånde enligt plan"),
            row("Teater", units="Hemtjänst, Bemanning"),
        ],
    }
    inbox = {
        "Hemtjänst": saved(own_form(PLAN, "Hemtjänst", own), "2024-05-02T08:00:00"),
        "Bemanning": own_form(PLAN, "Bemanning", {2: [row("Kör")]}),
    }
    make_round(tmp_path, PLAN, {f"{stem}.xlsx": data for stem, data in inbox.items()})
    list(steps.run(tmp_path))
    made = mailing_of(tmp_path, MailKind.RECEIPTS)
    assert [(m.to, m.attached, m.why) for m in made.messages] == [
        ("orjan@exempel.se", (), "har lämnat in"),
        ("asa@exempel.se", (), "har lämnat in"),
    ]
    lines = told(made.messages[0])
    assert lines[:6] == [
        "Tack, formuläret har kommit. Det gäller Hemtjänst.",
        "",
        "Jag har läst 3 aktiviteter ur Hemtjänst.xlsx, senast sparat 2024-05-02. Det här lästes på ett "
        "särskilt sätt eller behöver ses över:",
        "",
        "- ”Läxhjälp” (bladet 2 Kommunens ungdomar ska känna): ”Pågånde enligt plan” lästes som ”Pågående "
        "enligt plan”. Rätta om det är fel.",
        "",
    ]
    at = lines.index("Så här blir det i rapporten, som det ser ut nu:")
    shown = [line for line in lines[at + 1 : -2] if line]
    assert shown == [
        "Mål: Sjukfrånvaron ska minska.",
        "Friskvård",
        "- Hemtjänst",
        "Startdatum 2024-01-15, Slutdatum 2024-09-30",
        "Vi:",
        "- går",
        "- springer",
        "► Pågående enligt plan",
        "Bra",
        "gång",
        "Mål: Kommunens ungdomar ska känna ökad trygghet.",
        "Läxhjälp",
        "- Hemtjänst",
        "Startdatum 2024-01-15, Slutdatum 2024-09-30",
        "Ger bättre kvalitet.",
        "► Pågående enligt plan",
        "Arbetet pågår.",
        "Teater",
        "- Hemtjänst",
        "- Bemanning",
        "Startdatum 2024-01-15, Slutdatum 2024-09-30",
        "Ger bättre kvalitet.",
        "► Pågående enligt plan",
        "Arbetet pågår.",
    ]
    assert in_order(shown, report_lines(tmp_path)) == []


def report_lines(folder: Path) -> list[str]:
    """The paragraphs of the report's tables, in order."""
    (path,) = (folder / "ut/rapporter").glob("*.docx")
    tables = docx.Document(io.BytesIO(path.read_bytes())).tables
    seen = dict.fromkeys(cell._tc for table in tables for one in table.rows for cell in one.cells)
    return [
        paragraph.text
        for cell in seen
        for paragraph in docx.table._Cell(cell, tables[0]).paragraphs
    ]


def in_order(shown: list[str], lines: list[str]) -> list[str]:
    """The lines shown that do not stand in the report, each after the one before."""
    lacking: list[str] = []
    for line in shown:
        words = line.removeprefix("- ")
        if words.startswith(("Mål: ", "Startdatum ")):
            continue
        if words in lines:
            lines = lines[lines.index(words) + 1 :]
        else:
            lacking.append(line)
    return lacking


def test_a_receipt_tells_what_is_not_in_the_report_and_what_was_edited(tmp_path: Path) -> None:
    """As the coordinator has it: a row kept out is told as such, an edited one in its new words."""
    inbox = {"Hemtjänst.xlsx": own_form(PLAN, "Hemtjänst", RULE)}
    make_round(tmp_path, PLAN, inbox)
    list(steps.run(tmp_path))
    put(tmp_path, "Läxhjälp", {"Ta med": "nej"})
    put(tmp_path, "Teater", {"Kommentar": "Spelas i höst."})
    (message,) = mailing_of(tmp_path, MailKind.RECEIPTS).messages
    assert "Tas inte med i rapporten: ”Läxhjälp”." in message.text
    assert "\nSpelas i höst.\n" in message.text
    assert "\nLäxhjälp\n" not in message.text


def test_nobody_who_has_handed_in_nothing_gets_a_receipt(tmp_path: Path) -> None:
    made = mailing(tmp_path, MailKind.RECEIPTS)
    assert (made.messages, made.nobody, made.ok) == ((), True, True)
    made = mailing(
        tmp_path, MailKind.RECEIPTS, Mål=per_goal_form(PLAN, YOUTH, [row("Kör", units="Boende")])
    )
    (message,) = made.messages
    assert message.owners == ("Boende",)
    assert "Jag har läst 1 aktivitet ur formulär som flera enheter fyllt i." in message.text


# --- Reports --------------------------------------------------------------------------------------


@needs_libreoffice
def test_a_report_goes_out_with_its_pdf_and_its_letter(tmp_path: Path) -> None:
    """Each says itself whose it is; a PDF that says what the report said before stays at home."""
    make_round(tmp_path, PLAN, {"Hemtjänst.xlsx": own_form(PLAN, "Hemtjänst", RULE)})
    list(steps.run(tmp_path))
    list(steps.report(tmp_path, extras=Extras(pdf=True)))
    (message,) = mailing_of(tmp_path, MailKind.REPORTS, unfinished=True).messages
    names = [f"{title} {CARE} 2024 T1" for title in ("Uppsiktsrapport", "Tjänsteskrivelse")]
    assert message.attached == (f"{names[0]}.docx", f"{names[0]}.pdf", f"{names[1]}.docx")
    assert [attachment.owner for attachment in message.attachments] == [CARE] * 3
    (report,) = (tmp_path / "ut/rapporter").glob("*.docx")
    document = docx.Document(str(report))
    document.add_paragraph("Tillagt.")
    document.save(str(report))
    (message,) = mailing_of(tmp_path, MailKind.REPORTS, unfinished=True).messages
    assert message.attached == (f"{names[0]}.docx", f"{names[1]}.docx")


def test_what_does_not_say_whose_it_is_stays_at_home_and_the_report_goes(tmp_path: Path) -> None:
    """As a PDF that was printed; it is told, and a report itself is not mailed so."""
    make_round(tmp_path, PLAN, {"Hemtjänst.xlsx": own_form(PLAN, "Hemtjänst", RULE)})
    list(steps.run(tmp_path))
    report = f"ut/rapporter/Uppsiktsrapport {CARE} 2024 T1.docx"
    pdf = Path(report).with_suffix(".pdf").as_posix()
    (tmp_path / pdf).write_bytes(b"%PDF-1.7 utskriven")
    made = mailing_of(tmp_path, MailKind.REPORTS, unfinished=True)
    (message,) = made.messages
    assert (message.attached[0], len(message.attached)) == (Path(report).name, 2)
    assert (made.unnamed, made.misplaced, made.ok) == ((pdf,), (), True)
    done = uppsikt_alone("mail", tmp_path, "reports", "--unfinished")
    assert (done.returncode, done.stderr) == (0, "")
    assert "säger inte själv vems den är och bifogas inte" in done.stdout
    document = docx.Document(str(tmp_path / report))
    document.core_properties.keywords = document.core_properties.title = ""
    document.save(str(tmp_path / report))
    made = mailing_of(tmp_path, MailKind.REPORTS, unfinished=True)
    assert made.messages == ()
    assert made.misplaced == (Misplaced(report, "namnd@exempel.se", ""),)


# --- Nobody gets what is another's ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "owner"),
    [
        (own_form(PLAN, "Bemanning", RULE), "Bemanning"),
        (shared_form(PLAN, {}), f"Gemensamt {CARE}"),
        (b"PK inget formul\xc3\xa4r", ""),
    ],
)
def test_a_file_that_says_it_is_anothers_is_never_mailed(
    tmp_path: Path, data: bytes, owner: str
) -> None:
    """Whatever it is called; the others get theirs, and the command ends with 1."""
    make_round(tmp_path, PLAN, {})
    write_forms(tmp_path)
    (tmp_path / "mallar/Hemtjänst.xlsx").write_bytes(data)
    made = mailing_of(tmp_path, MailKind.TEMPLATES)
    assert made.misplaced == (Misplaced("mallar/Hemtjänst.xlsx", "orjan@exempel.se", owner),)
    assert [message.to for message in made.messages] == ["asa@exempel.se", "chef@exempel.se"]
    assert not made.ok


def test_a_report_of_another_department_is_never_mailed(tmp_path: Path) -> None:
    """A copy under the wrong name."""
    departments = (*PLAN.departments, Department("Skola", "utskottet", date(2024, 6, 4)))
    people = (*PLAN.recipients, Recipient("Skola", "Rut", "rut@exempel.se"))
    plan = replace(PLAN, departments=departments, recipients=people)
    make_round(tmp_path, plan, {"Hemtjänst.xlsx": own_form(plan, "Hemtjänst", RULE)})
    list(steps.run(tmp_path))
    folder = tmp_path / "ut/rapporter"
    mine, wrong = (f"Uppsiktsrapport {name} 2024 T1.docx" for name in (CARE, "Skola"))
    (folder / wrong).write_bytes((folder / mine).read_bytes())
    made = mailing_of(tmp_path, MailKind.REPORTS, unfinished=True)
    assert made.misplaced == (Misplaced(f"ut/rapporter/{wrong}", "rut@exempel.se", CARE),)
    assert [message.to for message in made.messages] == ["namnd@exempel.se"]


def test_who_has_several_departments_gets_one_mail_with_both_reports(tmp_path: Path) -> None:
    """With each committee and day in the order of the reports."""
    departments = (*PLAN.departments, Department("Skola", "bildningsutskottet", date(2024, 6, 5)))
    people = tuple(Recipient(name, "Rut", "rut@exempel.se") for name in (CARE, "Skola"))
    plan = replace(PLAN, departments=departments, recipients=people)
    make_round(tmp_path, plan, {"Hemtjänst.xlsx": own_form(plan, "Hemtjänst", RULE)})
    list(steps.run(tmp_path))
    (message,) = mailing_of(
        tmp_path, MailKind.REPORTS, unfinished=True, today=date(2024, 6, 4)
    ).messages
    assert message.owners == (CARE, "Skola")
    assert len(message.attachments) == 4
    assert message.subject == f"{plan.settings.report_title}: {CARE} och Skola, T1 2024"
    assert (
        f"rapporten för {CARE} och Skola, T1 2024. Den lämnas till utskottet respektive bildningsutskottet "
        "den 4 juni 2024 respektive 5 juni 2024."
    ) in message.text


# --- The plan's texts -----------------------------------------------------------------------------


def test_a_mails_placeholders_are_checked_when_the_plan_is_read(tmp_path: Path) -> None:
    """A new plan has sections for receipts and completions; an unknown placeholder is a fault in its cell."""
    path = tmp_path / "plan.xlsx"
    path.write_bytes(as_workbook(PLAN))
    assert read_plan(path).findings == ()
    book = openpyxl.load_workbook(path)
    cells = {cells[0].value: cells[2] for cells in book["Texter"].iter_rows(max_col=3)}
    assert "{i rapporten}" in str(cells["Mejl kvitton"].value)
    assert "Mejl kompletteringar" in cells
    cells["Mejl kvitton"].value = "Hej {mottagare}! {i raporten}"
    book.save(path)
    (finding,) = read_plan(path).findings
    assert (finding.code, finding.sheet, finding.cell) == (
        "P102",
        "Texter",
        cells["Mejl kvitton"].coordinate,
    )
    assert finding.value == "{i raporten}"


def test_nothing_is_said_of_those_who_were_not_asked_for(tmp_path: Path) -> None:
    """`--only` one who has handed in says nothing of the others."""
    folder = make_round(tmp_path, PLAN, {"Hemtjänst.xlsx": own_form(PLAN, "Hemtjänst", RULE)})
    write_forms(folder)
    done = uppsikt("mail", folder, "reminders", "--only", "Hemtjänst")
    assert (done.returncode, done.stdout) == (
        0,
        "Ingen av dem som valdes med --only ska ha det här mejlet.\n",
    )
