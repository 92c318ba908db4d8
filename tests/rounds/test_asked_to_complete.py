"""Status and mail say who is asked to complete what, and by when."""

import json
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path

import openpyxl
import pytest

from excel_uppsikt.cli import commands
from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.plan.writing import as_workbook
from excel_uppsikt.rounds.outbox import mail
from excel_uppsikt.rounds.workbooks import write_completion_forms
from tests.compilation.edited_rounds import hand_in, put
from tests.rounds.completed_rounds import PLAN, decide, filled, form, merge, start
from tests.rounds.sent_back_rounds import SENT_BACK, send_back, sent_back
from tests.small_rounds import CARE


def test_status_says_what_to_do_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start(tmp_path)
    decide(tmp_path, {**SENT_BACK, "Skäl": "Underlaget räcker inte."})

    def said(today: date = date(2024, 6, 5)) -> list[str]:
        capsys.readouterr()
        commands.status(tmp_path, today=today)
        text = capsys.readouterr().out.replace(str(tmp_path), "R")
        return text[text.rindex("Social verksamhet:") :].splitlines()

    first = "Social verksamhet: återremitterad den 4 juni 2024 (§ 45)."
    assert said() == [
        first,
        "  Skriv vad som ska kompletteras i R/ut/sammanstallning.xlsx: på raden, i kolumnen Komplettera "
        "på bladet Aktiviteter, eller för en enhet på bladet Beslut. Gör sedan formulären: "
        'uppsikt templates "R" --completion',
    ]
    put(tmp_path, "Scheman", {"Komplettera": "Vad är klart?"})
    waiting = "  Formuläret för komplettering har inte kommit från Bemanning."
    # The committee has met on the day that the plan says.
    meets = (
        "  Rapportdatum i planen är 2024-06-04, men rapporten återremitterades 2024-06-04. Skriv dagen för "
        "nästa sammanträde på planens blad Verksamheter innan den kompletterade rapporten görs."
    )
    assert said() == [
        first,
        '  Gör formulär till Bemanning: uppsikt templates "R" --completion',
        waiting,
        meets,
    ]
    write_completion_forms(tmp_path)
    assert said() == [first, waiting, '  Mejla formulären: uppsikt mail "R" completions', meets]
    (department,) = PLAN.departments
    later = replace(department, report_date=date(2024, 6, 18))
    (tmp_path / "plan.xlsx").write_bytes(as_workbook(replace(PLAN, departments=(later,))))
    assert said() == [first, waiting, '  Mejla formulären: uppsikt mail "R" completions']
    hand_in(tmp_path, "svar.xlsx", filled(form(tmp_path, "Bemanning.xlsx"), lambda _: None))
    completed = "  Har kompletterat: Bemanning."
    all_came = "  Alla formulär för komplettering har kommit. Gör den kompletterade rapporten: "
    # The report is made of the compilation, which does not have the answer yet.
    assert said() == [first, completed, f'{all_came}uppsikt merge "R" och sedan uppsikt report "R"']
    merge(tmp_path)
    assert said() == [first, completed, f'{all_came}uppsikt report "R"']
    decide(tmp_path, {**SENT_BACK, "Utfall": "godkänd", "Datum": date(2024, 9, 3), "Paragraf": 70})
    assert said() == ["Social verksamhet: godkänd den 3 september 2024 (§ 70)."]


def test_status_as_json_says_who_is_asked_to_complete_and_who_has(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A completion is no hand-in: neither a file, a time nor activities of its unit's."""
    sent_back(tmp_path)
    hand_in(tmp_path, "svar.xlsx", filled(form(tmp_path, "Bemanning.xlsx"), lambda _: None))
    capsys.readouterr()
    commands.status(tmp_path, as_json=True, today=date(2024, 6, 5))
    units = json.loads(capsys.readouterr().out)["units"]
    assert [(u["unit"], u["file"], u["activities"], u["completion"]) for u in units] == [
        ("Hemtjänst", "inkorg/Hemtjänst.xlsx", 3, "asked"),
        ("Bemanning", "inkorg/Bemanning.xlsx", 1, "given"),
        ("Boende", None, 0, "asked"),
    ]


def test_each_who_is_asked_gets_a_mail_with_the_form_until_it_has_come(tmp_path: Path) -> None:
    """The last day is that of corrections, in the mail and on Läs mig; the text is the plan's."""
    start(tmp_path)
    units = tuple(
        replace(unit, contact="Osa", email=f"{unit.name.lower()[:5]}@exempel.se")
        for unit in PLAN.units
    )
    settings = replace(PLAN.settings, corrections_due=date(2024, 6, 20))
    plan = replace(PLAN, units=units, settings=settings)
    (tmp_path / "plan.xlsx").write_bytes(as_workbook(plan))
    send_back(tmp_path)
    merge(tmp_path)
    write_completion_forms(tmp_path)
    readme = openpyxl.load_workbook(form(tmp_path, "Bemanning.xlsx"))["Läs mig"]
    assert readme["A3"].value == "Lämna in senast 20 juni 2024"
    mailing = mail(tmp_path, MailKind.COMPLETIONS)
    assert [(d.to, d.subject, d.attached) for d, _ in mailing.drafts] == [
        (
            f"{name.lower()[:5]}@exempel.se",
            f"Att komplettera efter återremiss: {name}, T1 2024, {CARE}",
            (f"{name}.xlsx",),
        )
        for name in ("Hemtjänst", "Bemanning", "Boende")
    ]
    message = message_from_bytes(mailing.drafts[1][0].data, policy=policy.default)
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines() == [
        "Hej Osa!",
        "",
        "Utskottet har behandlat rapporten för Social verksamhet och vill att den kompletteras. "
        "I den bifogade filen står bara det som gäller Bemanning, och på bladet Läs mig vad som saknas.",
        "",
        "Fyll i, spara och skicka filen som svar på mejlet senast 20 juni 2024.",
        "",
        "Resten av det ni har lämnat in står kvar och behöver inte skickas igen.",
        "",
        "Vänliga hälsningar",
        "Samordnaren",
    ]
    (attached,) = message.iter_attachments()
    assert attached.get_content() == form(tmp_path, "Bemanning.xlsx").read_bytes()
    hand_in(tmp_path, "svar.xlsx", filled(form(tmp_path, "Bemanning.xlsx"), lambda _: None))
    again = mail(tmp_path, MailKind.COMPLETIONS)
    assert [d.to for d, _ in again.drafts] == ["hemtj@exempel.se", "boend@exempel.se"]
    assert again.removed == ("Komplettering Bemanning Osa.eml",)


def test_no_day_before_the_decision_is_told_as_the_last(tmp_path: Path) -> None:
    """The plan's only day is the tenth of May, and the decision of the fourth of June."""
    sent_back(tmp_path)
    readme = openpyxl.load_workbook(form(tmp_path, "Bemanning.xlsx"))["Läs mig"]
    texts = [str(cell.value) for cells in readme.iter_rows() for cell in cells if cell.value]
    assert [text for text in texts if text.startswith("Lämna in")] == []
