"""A whole round that is sent back, completed and handed out again; what was handed out stays as it was."""

import json
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from excel_uppsikt.cli import commands
from excel_uppsikt.mail.drafts import MailKind
from excel_uppsikt.plan.writing import as_workbook
from excel_uppsikt.rounds.mailings import mail
from excel_uppsikt.rounds.reports import publish
from excel_uppsikt.rounds.results import CheckedRound
from excel_uppsikt.rounds.workbooks import write_completion_forms
from tests.compilation.edited_rounds import hand_in, line, put, table
from tests.rounds.completed_rounds import (
    DAY,
    PLAN,
    about,
    beslut,
    decide,
    filled,
    form,
    marks,
    merge,
    paragraphs,
    report,
    rows_of,
    start,
    write,
)
from tests.small_rounds import CARE, own_form, places, row, saved

YOUTH_SHEET = "2 Kommunens ungdomar ska känna"
HOMES_SHEET = "3 Ånge ska ha ett positivt"
FIRST_REPORT = "Uppsiktsrapport Social verksamhet 2024 T1.docx"
COMPLETED = "Kompletterad uppsiktsrapport Social verksamhet 2024 T1.docx"
LETTER = "Tjänsteskrivelse Social verksamhet 2024 T1.docx"
SENT_BACK = {"Verksamhet": CARE, "Utfall": "återremiss", "Datum": DAY, "Paragraf": "§ 45"}
VERSIONS = "ut/versioner"


def send_back(folder: Path) -> None:
    """Two rows are to be completed, and one unit is asked about no row in particular."""
    put(folder, "Lovaktiviteter", {"Komplettera": "Ange hur många barn som deltog."})
    put(folder, "Scheman", {"Komplettera": "Vad är klart?"})
    decide(
        folder,
        {**SENT_BACK, "Skäl": "Underlaget räcker inte."},
        {**SENT_BACK, "Skäl": "Varför saknas redovisning?", "Enhet": "Boende"},
    )


def sent_back(folder: Path) -> None:
    """The round handed out, sent back and merged, with the forms for what was sent back made."""
    start(folder)
    mail(folder, MailKind.REPORTS, unfinished=True, today=date(2024, 5, 20))
    send_back(folder)
    merge(folder)
    write_completion_forms(folder)


def completed(book: Workbook) -> None:
    """The asked row completed, another written in, and a new one added."""
    sheet = book[YOUTH_SHEET]
    write(sheet, 5, {"Kommentar": "Femtio barn deltog.", "Slutdatum": date(2024, 10, 31)})
    other = {"Startdatum": date(2024, 1, 15), "Slutdatum": date(2024, 9, 30)}
    write(
        sheet,
        6,
        {
            "Aktivitet": "Simhallen",
            **other,
            "Status": "Avslutad med avvikelse",
            "Kommentar": "Ändrat utan att någon frågade.",
        },
    )
    write(sheet, 7, {"Aktivitet": "Kvällsöppet", **other, "Status": "Pågående enligt plan"})


def found(checked: CheckedRound) -> list[tuple[str, str, str, str]]:
    return places(checked.findings, but="U")


def state(folder: Path) -> dict[object, tuple[object, object, object]]:
    """Status, end and comment of each activity by title."""
    return {
        one["Aktivitet"]: (one["Status"], str(one["Slutdatum"])[:10], one["Kommentar"])
        for one in table(folder)
    }


UNTOUCHED = ("Pågående enligt plan", "2024-09-30", "Arbetet pågår.")
AFTER = {
    "Kvällsöppet": ("Pågående enligt plan", "2024-09-30", None),
    "Lovaktiviteter": ("Pågående enligt plan", "2024-10-31", "Femtio barn deltog."),
    "Scheman": UNTOUCHED,
    "Simhallen": UNTOUCHED,
    "Lokaler": UNTOUCHED,
}
TOLD = [
    ("M610", "Komplettering.xlsx", YOUTH_SHEET, "A6"),
    ("M611", "Komplettering.xlsx", YOUTH_SHEET, "A7"),
]


def test_a_round_from_first_report_to_completed_one(tmp_path: Path) -> None:
    sent_back(tmp_path)
    first = marks(tmp_path / VERSIONS)
    assert sorted(first) == sorted(
        f"Social verksamhet 1/{name}"
        for name in (FIRST_REPORT, LETTER, "sammanstallning.xlsx", "version.json")
    )
    assert about(tmp_path, "Social verksamhet 1") == {
        "verksamhet": CARE,
        "version": 1,
        "datum": "2024-05-20",
        "filer": {
            name.partition("/")[2]: mark
            for name, mark in first.items()
            if "version.json" not in name
        },
        "beslut": None,
    }
    decided = beslut(tmp_path)
    made = sorted(path.name for path in (tmp_path / "mallar/komplettering").iterdir())
    assert made == ["Bemanning.xlsx", "Boende.xlsx", "Hemtjänst.xlsx"]
    hand_in(tmp_path, "Komplettering.xlsx", filled(form(tmp_path, "Hemtjänst.xlsx"), completed))
    hand_in(tmp_path, "Boende.xlsx", own_form(PLAN, "Boende", {3: [row("Sen aktivitet")]}))
    for _ in range(3):
        assert found(merge(tmp_path)) == TOLD
        assert state(tmp_path) == AFTER | {"Sen aktivitet": UNTOUCHED}
        assert beslut(tmp_path) == decided
    report(tmp_path)
    published = publish(tmp_path, unfinished=True, today=date(2024, 6, 20))
    assert published.ok
    last = marks(tmp_path / VERSIONS)
    assert {name: mark for name, mark in last.items() if " 1/" in name} == first
    assert sorted(name for name in last if " 2/" in name) == sorted(
        f"Social verksamhet 2/{name}"
        for name in (COMPLETED, LETTER, "sammanstallning.xlsx", "version.json")
    )
    assert about(tmp_path, "Social verksamhet 2")["datum"] == "2024-06-20"


def test_the_completed_report_tells_what_was_asked_and_done_and_marks_it(tmp_path: Path) -> None:
    sent_back(tmp_path)
    hand_in(tmp_path, "Komplettering.xlsx", filled(form(tmp_path, "Hemtjänst.xlsx"), completed))
    hand_in(tmp_path, "Boende.xlsx", own_form(PLAN, "Boende", {3: [row("Sen aktivitet")]}))
    merge(tmp_path)
    report(tmp_path)
    texts = paragraphs(tmp_path / "ut/rapporter" / COMPLETED)
    at = len(texts) - texts[::-1].index("Komplettering efter återremiss") - 1
    end = len(texts) - texts[::-1].index("Sammanfattning") - 1
    assert texts[at:end] == [
        "Komplettering efter återremiss",
        "Utskottet återremitterade uppsiktsrapporten den 4 juni 2024 (§ 45) för komplettering.",
        "Skäl",
        "Underlaget räcker inte.",
        "Vad som begärdes, och vad som har gjorts",
        "Tre kompletteringar begärdes. Om en av dem har inget kommit in ännu.",
        "Lovaktiviteter (Hemtjänst)",
        "Begärt: Ange hur många barn som deltog.",
        "Gjort:",
        "Slutdatum: 2024-09-30 blev 2024-10-31.",
        "Kommentar: Femtio barn deltog.",
        "Scheman (Bemanning)",
        "Begärt: Vad är klart?",
        "Gjort: Inget har kommit in ännu.",
        "Boende",
        "Begärt: Varför saknas redovisning?",
        "Gjort:",
        "Ny aktivitet: ”Sen aktivitet”.",
    ]
    marked = [
        (texts[n - 1], text) for n, text in enumerate(texts) if text.endswith("efter återremissen")
    ]
    assert marked == [
        ("Lovaktiviteter", "Kompletterad efter återremissen"),
        ("Sen aktivitet", "Ny efter återremissen"),
    ]
    assert "Förvaltningen föreslår att utskottet godkänner den kompletterade rapporten." in texts
    letter = paragraphs(tmp_path / "ut/tjansteskrivelser" / LETTER)
    assert "Förvaltningen föreslår att utskottet godkänner den kompletterade rapporten." in letter
    assert "Tre kompletteringar begärdes. Om en av dem har inget kommit in ännu." in letter
    assert COMPLETED.removesuffix(".docx") in letter


def test_the_forms_hold_only_what_is_asked_with_the_reason_on_the_row_and_on_las_mig(
    tmp_path: Path,
) -> None:
    sent_back(tmp_path)
    book = openpyxl.load_workbook(form(tmp_path, "Hemtjänst.xlsx"))
    assert book.sheetnames == ["Läs mig", YOUTH_SHEET, "_listor", "_uppsikt"]
    (only,) = rows_of(book[YOUTH_SHEET])
    # What is to be completed is printed too.
    assert book[YOUTH_SHEET].print_area.split("$")[3] == "I"
    assert book[YOUTH_SHEET]["I4"].value == "Att komplettera"
    assert (only["Aktivitet"], only["Kommentar"], only["Att komplettera"]) == (
        "Lovaktiviteter",
        "Arbetet pågår.",
        "Ange hur många barn som deltog.",
    )
    assert only["Id"] == line(tmp_path, "Lovaktiviteter")["Id"]
    readme = [[cell.value for cell in cells if cell.value] for cells in book["Läs mig"].iter_rows()]
    assert [
        "Utskottet återremitterade uppsiktsrapporten den 4 juni 2024 (§ 45) för komplettering."
    ] in readme
    assert readme[-1] == ["Lovaktiviteter", "Ange hur många barn som deltog."]
    known = {cells[0].value: cells[1].value for cells in book["_uppsikt"].iter_rows()}
    assert (known["Slag"], known["Enhet"]) == ("komplettering", "Hemtjänst")
    # The question to Boende concerns no row: it may be answered under any goal.
    asked = openpyxl.load_workbook(form(tmp_path, "Boende.xlsx"))
    assert asked.sheetnames == ["Läs mig", YOUTH_SHEET, HOMES_SHEET, "_listor", "_uppsikt"]
    assert rows_of(asked[YOUTH_SHEET]) == rows_of(asked[HOMES_SHEET]) == []
    said = [[cell.value for cell in cells if cell.value] for cells in asked["Läs mig"].iter_rows()]
    assert said[-1] == ["Boende", "Varför saknas redovisning?"]


def test_no_form_says_that_what_is_asked_for_is_done(tmp_path: Path) -> None:
    sent_back(tmp_path)
    for path in (tmp_path / "mallar/komplettering").iterdir():
        book = openpyxl.load_workbook(path, data_only=True)
        shown = [c.value for sheet in book for cells in sheet.iter_rows() for c in cells]
        assert not any("✔" in str(value) for value in shown), path


def test_a_form_handed_in_as_it_was_sent_out_changes_nothing_and_is_no_hand_in(
    tmp_path: Path,
) -> None:
    """Nothing on it is taken for the unit's own words, and Boende has still handed in nothing (U503)."""
    sent_back(tmp_path)
    before = state(tmp_path)
    for name in ("Hemtjänst", "Bemanning", "Boende"):
        data = filled(form(tmp_path, f"{name}.xlsx"), lambda _: None)
        hand_in(tmp_path, f"svar {name}.xlsx", data)
    checked = merge(tmp_path)
    assert places(checked.findings) == [("U503", "", "", "")]
    assert state(tmp_path) == before
    used = {one.file: (one.used, one.completion) for one in checked.collection.submissions}
    assert used == {
        "inkorg/Bemanning.xlsx": (True, False),
        "inkorg/Hemtjänst.xlsx": (True, False),
        **{f"inkorg/svar {n}.xlsx": (True, True) for n in ("Hemtjänst", "Bemanning", "Boende")},
    }
    report(tmp_path)
    texts = paragraphs(tmp_path / "ut/rapporter" / COMPLETED)
    assert "Hemtjänst har svarat utan att ändra raden." in texts
    assert "Boende har svarat utan att ändra något." in texts


@pytest.mark.parametrize("lost", ["own form away", "own form again", "own form later"])
def test_a_completion_holds_when_the_units_own_form_is_away_or_comes_again(
    tmp_path: Path, lost: str
) -> None:
    sent_back(tmp_path)
    hand_in(tmp_path, "Komplettering.xlsx", filled(form(tmp_path, "Hemtjänst.xlsx"), completed))
    merge(tmp_path)
    own = tmp_path / "inkorg/Hemtjänst.xlsx"
    if lost == "own form away":
        own.unlink()
    else:
        rows = {2: [row("Lovaktiviteter", comment="Något annat."), row("Simhallen")]}
        again = own_form(PLAN, "Hemtjänst", {**rows, 3: [row("Lokaler")]})
        moment = "2024-07-01T10:00" if lost == "own form later" else "2024-05-01T10:00"
        hand_in(tmp_path, "Hemtjänst igen.xlsx", saved(again, moment))
        own.unlink()
    for _ in range(3):
        merge(tmp_path)
        assert state(tmp_path)["Lovaktiviteter"] == AFTER["Lovaktiviteter"]
        assert line(tmp_path, "Lovaktiviteter")["Ta med"] == "ja"
        assert state(tmp_path)["Kvällsöppet"] == AFTER["Kvällsöppet"]
        assert state(tmp_path).get("Simhallen", UNTOUCHED) == UNTOUCHED


def test_what_the_coordinator_writes_after_the_completion_stands(tmp_path: Path) -> None:
    """Also where it is taken back to what it was before."""
    sent_back(tmp_path)
    hand_in(tmp_path, "Komplettering.xlsx", filled(form(tmp_path, "Hemtjänst.xlsx"), completed))
    merge(tmp_path)
    put(tmp_path, "Lovaktiviteter", {"Kommentar": "Arbetet pågår."})
    for _ in range(3):
        checked = merge(tmp_path)
        assert found(checked) == TOLD
        assert line(tmp_path, "Lovaktiviteter")["Kommentar"] == "Arbetet pågår."


def test_a_language_edit_before_the_form_went_out_yields_to_what_the_unit_made_of_it(
    tmp_path: Path,
) -> None:
    start(tmp_path)
    put(tmp_path, "Lovaktiviteter", {"Kommentar": "Arbetet fortgår.", "Komplettera": "Hur många?"})
    decide(tmp_path, SENT_BACK)
    merge(tmp_path)
    write_completion_forms(tmp_path)

    def change(book: Workbook) -> None:
        write(book[YOUTH_SHEET], 5, {"Kommentar": "Arbetet fortgår. Femtio barn."})

    hand_in(tmp_path, "svar.xlsx", filled(form(tmp_path, "Hemtjänst.xlsx"), change))
    for _ in range(2):
        assert found(merge(tmp_path)) == []
        assert line(tmp_path, "Lovaktiviteter")["Kommentar"] == "Arbetet fortgår. Femtio barn."
    hand_in(
        tmp_path,
        "svar igen.xlsx",
        filled(
            form(tmp_path, "Hemtjänst.xlsx"),
            lambda book: write(book[YOUTH_SHEET], 5, {"Kommentar": "Sextio barn."}),
            "2024-06-12T10:00",
        ),
    )
    for _ in range(2):
        assert found(merge(tmp_path)) == []
        assert line(tmp_path, "Lovaktiviteter")["Kommentar"] == "Sextio barn."


def test_a_new_title_in_a_completion_holds_and_the_row_stays_one(tmp_path: Path) -> None:
    sent_back(tmp_path)
    hand_in(
        tmp_path,
        "svar.xlsx",
        filled(
            form(tmp_path, "Hemtjänst.xlsx"),
            lambda book: write(book[YOUTH_SHEET], 5, {"Aktivitet": "Sommarläger för femtio barn"}),
        ),
    )
    before = line(tmp_path, "Lovaktiviteter")["Id"]
    for _ in range(3):
        merge(tmp_path)
        assert line(tmp_path, "Sommarläger för femtio barn")["Id"] == before
        assert "Lovaktiviteter" not in state(tmp_path)


def test_what_two_units_have_written_in_a_shared_row_is_kept_of_both(tmp_path: Path) -> None:
    """Texts after one another; of two dates the last saved, and both are told."""
    start(tmp_path)
    put(tmp_path, "Scheman", {"Enheter": "Hemtjänst; Bemanning; Boende", "Komplettera": "Läget?"})
    decide(tmp_path, SENT_BACK)
    merge(tmp_path)
    write_completion_forms(tmp_path)
    for name, moment, cells in (
        (
            "Hemtjänst",
            "2024-06-10T10:00",
            {"Kommentar": "Klart hos oss.", "Slutdatum": date(2024, 6, 1)},
        ),
        (
            "Bemanning",
            "2024-06-11T10:00",
            {"Kommentar": "Försenat.", "Slutdatum": date(2024, 7, 1)},
        ),
        ("Boende", "2024-06-12T10:00", {}),
    ):
        data = filled(
            form(tmp_path, f"{name}.xlsx"),
            lambda book, cells=cells: write(book[YOUTH_SHEET], 5, cells),  # type: ignore[misc]
            moment,
        )
        hand_in(tmp_path, f"svar {name}.xlsx", data)
    for _ in range(3):
        assert found(merge(tmp_path)) == [
            ("M602", "svar Hemtjänst.xlsx", YOUTH_SHEET, "D5"),
            ("M602", "svar Hemtjänst.xlsx", YOUTH_SHEET, "G5"),
        ]
        assert state(tmp_path)["Scheman"] == (
            "Pågående enligt plan",
            "2024-07-01",
            "Klart hos oss.\nFörsenat.",
        )
        assert line(tmp_path, "Scheman")["Enheter"] == "Hemtjänst; Bemanning; Boende"


def test_a_form_whose_hidden_sheet_is_gone_is_still_known_by_its_column(tmp_path: Path) -> None:
    sent_back(tmp_path)

    def change(book: Workbook) -> None:
        completed(book)
        del book["_uppsikt"], book["Läs mig"]
        properties = getattr(book, "custom_doc_props")  # noqa: B009  openpyxl's types lack it
        for name in list(properties.names):
            del properties[name]

    data = filled(form(tmp_path, "Hemtjänst.xlsx"), change)
    hand_in(tmp_path, "Hemtjänst komplettering.xlsx", data)
    checked = merge(tmp_path)
    assert state(tmp_path) == AFTER
    assert [one.used for one in checked.collection.submissions] == [True, True, True]


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
    assert said() == [
        first,
        "  Har kompletterat: Bemanning.",
        '  Alla formulär för komplettering har kommit. Gör den kompletterade rapporten: uppsikt report "R"',
    ]
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
            f"Att komplettera efter återremiss: {name}, T1 2024",
            (f"{name}.xlsx",),
        )
        for name in ("Hemtjänst", "Bemanning", "Boende")
    ]
    message = message_from_bytes(mailing.drafts[1][0].data, policy=policy.default)
    body = message.get_body()
    assert body is not None
    assert body.get_content().splitlines() == [
        "Hej Osa!",
        "",
        "Utskottet har behandlat rapporten för Social verksamhet och vill ha några uppgifter kompletterade. "
        "I den bifogade filen står bara det som gäller Bemanning, och på bladet Läs mig vad som saknas.",
        "",
        "Fyll i, spara och skicka filen som svar på mejlet senast 20 juni 2024. Resten av det ni har "
        "lämnat in står kvar och behöver inte skickas igen.",
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
