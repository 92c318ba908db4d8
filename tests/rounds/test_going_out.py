"""Nothing stale goes out in silence: reports older than what they tell, open in Word, or with an old PDF."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest

from excel_uppsikt.cli import commands
from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.model import Department, Recipient
from excel_uppsikt.plan.writing import as_workbook
from excel_uppsikt.report.account import report_name
from excel_uppsikt.round_paths import COMPILATION_FILE, MAILINGS, PUBLISHED, REPORTS
from excel_uppsikt.rounds import publishing
from excel_uppsikt.rounds import reports as of_reports
from excel_uppsikt.version import __version__
from samples.build import FAULTY_ROUND, HERE, REAL_ROUND
from tests.compilation.edited_rounds import put, saved_by_hand
from tests.made_rounds import made_once
from tests.small_rounds import CARE, HOMES, YOUTH, make_plan, make_round, own_form, row

SCHOOL = Department("Skola", "utbildningsutskottet", date(2024, 6, 4))
PLAN = make_plan(
    minimum=0,
    goals=(YOUTH, HOMES),
    units=("Hemtjänst",),
    recipients=(Recipient(CARE, "Åsa", "asa@exempel.se"),),
)
NAME = report_name(PLAN, PLAN.departments[0])
COMPILATION_NEWER = "Den är äldre än sammanställningen: det som den berättar har ändrats"
PLAN_NEWER = "Planen, rapportmallen eller vapnet har ändrats sedan den gjordes."
PERHAPS = "Den kan vara äldre än sammanställningen"
OLD_PDF = "är äldre än rapporten i Word och säger vad den sade då."


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No LibreOffice: what is told is the same, and there are no PDF files but those put there."""
    for module in (of_reports, publishing):
        monkeypatch.setattr(module, "with_page_numbers", lambda data: (data, True))
        monkeypatch.setattr(module, "libreoffice", lambda: None)
        monkeypatch.setattr(module, "as_pdf", lambda _: None)


def form(*titles: str) -> bytes:
    """Hemtjänst's form with these rows."""
    return own_form(PLAN, "Hemtjänst", {2: [row(title) for title in titles]})


def made(folder: Path) -> Path:
    """A round whose report has been made."""
    run_once(folder / "omgång")
    return folder / "omgång"


@made_once
def run_once(folder: Path) -> None:
    commands.run(make_round(folder, PLAN, {"a.xlsx": form("Läxhjälp", "Café")}))


def mailed(folder: Path, *, unfinished: bool = False) -> int:
    """Mails the reports."""
    return commands.mail(folder, kind=MailKind.REPORTS, unfinished=unfinished)


def published(folder: Path, *, unfinished: bool = False) -> int:
    """Publishes the reports."""
    return commands.publish(folder, department=None, unfinished=unfinished)


def gone_out(folder: Path) -> list[str]:
    """What has been mailed and published."""
    found = [*(folder / MAILINGS).glob("*"), *(folder / PUBLISHED).glob("*")]
    return sorted(path.name for path in found)


def edited_in_word(folder: Path, name: str = NAME) -> None:
    """Adds a paragraph to a report, as a person would."""
    path = folder / REPORTS / name
    document = docx.Document(str(path))
    document.add_paragraph("Tillagt för hand.")
    document.save(str(path))


both = pytest.mark.parametrize("command", [mailed, published])
Command = Callable[..., int]
Capture = pytest.CaptureFixture[str]


# --- Older than what it tells ---------------------------------------------------------------------


def an_edit(folder: Path) -> None:
    """The coordinator writes another comment."""
    put(folder, "Läxhjälp", {"Kommentar": "Försenat."})


def a_nej(folder: Path) -> None:
    """The coordinator keeps a row out."""
    put(folder, "Café", {"Ta med": "nej"})


def a_hand_in(folder: Path) -> None:
    """A new hand-in is merged."""
    (folder / "inkorg/a.xlsx").write_bytes(form("Läxhjälp", "Café", "Teater"))
    commands.merge(folder)


@both
@pytest.mark.parametrize("change", [an_edit, a_nej, a_hand_in])
def test_a_report_older_than_the_compilation_is_held(
    tmp_path: Path, capsys: Capture, command: Command, change: Callable[[Path], None]
) -> None:
    """It says which report and what to run; once the report has been made again it goes."""
    folder = made(tmp_path)
    assert command(folder) == 0
    before = gone_out(folder)
    change(folder)
    capsys.readouterr()
    assert command(folder) == 1
    out = capsys.readouterr().out
    assert (
        f"{folder / REPORTS / NAME}\n  {COMPILATION_NEWER} sedan den gjordes. Gör den igen: " in out
    )
    assert f'uppsikt report "{folder}"' in out
    assert "Ska den gå ut ändå: lägg till --unfinished." in out
    if command is published:
        assert "Det som publicerades förut ligger kvar" in out
    else:
        assert gone_out(folder) == []
    assert command(folder, unfinished=True) == 0
    assert COMPILATION_NEWER in capsys.readouterr().out
    commands.report(folder, department=None, pdf=False, sources=False)
    capsys.readouterr()
    assert command(folder) == 0
    assert COMPILATION_NEWER not in capsys.readouterr().out
    assert gone_out(folder) == before


@both
def test_a_compilation_that_says_the_same_makes_no_report_old(
    tmp_path: Path, capsys: Capture, command: Command
) -> None:
    """Saved again, noted in, merged, with the address of a unit changed: what is told is the same."""
    folder = made(tmp_path)
    saved_by_hand(folder, lambda _: None)
    put(folder, "Café", {"Anteckning": "Fråga Eva."})
    (folder / "inkorg/a.xlsx").rename(folder / "inkorg/b.xlsx")
    commands.merge(folder)
    unit = replace(PLAN.units[0], contact="Örjan", email="orjan@exempel.se")
    (folder / "plan.xlsx").write_bytes(as_workbook(replace(PLAN, units=(unit,))))
    os.utime(folder / COMPILATION_FILE, (4e9, 4e9))
    capsys.readouterr()
    assert command(folder) == 0
    assert "äldre" not in capsys.readouterr().out


@both
def test_a_plan_that_says_something_else_makes_it_old(
    tmp_path: Path, capsys: Capture, command: Command
) -> None:
    folder = made(tmp_path)
    other = replace(PLAN.departments[0], committee="nämnden")
    (folder / "plan.xlsx").write_bytes(as_workbook(replace(PLAN, departments=(other,))))
    capsys.readouterr()
    assert command(folder) == 1
    assert PLAN_NEWER in capsys.readouterr().out


@both
def test_only_the_department_whose_report_is_older_is_held(
    tmp_path: Path, capsys: Capture, command: Command
) -> None:
    plan = replace(
        PLAN,
        departments=(*PLAN.departments, SCHOOL),
        units=(*PLAN.units, replace(PLAN.units[0], name="Grundskolan", department="Skola")),
        recipients=(*PLAN.recipients, Recipient("Skola", "Rut", "rut@exempel.se")),
    )
    inbox = {
        "a.xlsx": own_form(plan, "Hemtjänst", {2: [row("Läxhjälp")]}),
        "b.xlsx": own_form(plan, "Grundskolan", {2: [row("Fältarbete")]}),
    }
    folder = make_round(tmp_path, plan, inbox)
    commands.run(folder)
    put(folder, "Fältarbete", {"Kommentar": "Försenat."})
    capsys.readouterr()
    assert command(folder) == 1
    out = capsys.readouterr().out
    assert out.count(COMPILATION_NEWER) == 1
    assert "Skola" in out[: out.index(COMPILATION_NEWER)].splitlines()[-2]
    (name,) = gone_out(folder)
    assert CARE in name


@both
def test_one_edited_by_hand_goes_once_it_has_been_compared_with_a_new_one(
    tmp_path: Path, capsys: Capture, command: Command
) -> None:
    """The new one lies beside it, and is told as long as it does; then the edited one is the one wanted."""
    folder = made(tmp_path)
    edited_in_word(folder)
    an_edit(folder)
    assert command(folder) == 1
    commands.report(folder, department=None, pdf=False, sources=False)
    beside = folder / REPORTS / NAME.replace(".docx", " (ny).docx")
    capsys.readouterr()
    assert command(folder) == 0
    assert "(ny)" in capsys.readouterr().out
    beside.unlink()
    assert command(folder) == 0
    assert "(ny)" not in capsys.readouterr().out
    an_edit_more = {"Kommentar": "Ännu senare."}
    put(folder, "Café", an_edit_more)
    assert command(folder) == 1


@both
@pytest.mark.parametrize("memory", [b"", b"{", b"[]", json.dumps({NAME: {"account": 1}}).encode()])
def test_without_a_memory_the_times_of_the_files_are_told_as_no_more_than_that(
    tmp_path: Path, capsys: Capture, command: Command, memory: bytes
) -> None:
    """Also what another version of the program remembers."""
    folder = made(tmp_path)
    path = folder / "ut/.uppsikt/gjorda-rapporter.json"
    assert json.loads(path.read_text("utf-8"))[NAME]["version"] == __version__
    path.write_bytes(memory)
    os.utime(folder / COMPILATION_FILE, (1e9, 1e9))
    assert command(folder) == 0
    os.utime(folder / COMPILATION_FILE, (4e9, 4e9))
    capsys.readouterr()
    assert command(folder) == 1
    assert PERHAPS in capsys.readouterr().out


@pytest.mark.parametrize("sample", [REAL_ROUND, FAULTY_ROUND])
@pytest.mark.parametrize("step", ["run", "merge and report"])
def test_what_a_run_has_just_made_is_never_old(
    tmp_path: Path, capsys: Capture, step: str, sample: str
) -> None:
    """A large and odd round: what was told and what is read back from the compilation are the same."""
    folder = tmp_path / sample
    shutil.copytree(HERE / sample, folder)
    if step == "run":
        commands.run(folder)
    else:
        commands.merge(folder)
        commands.report(folder, department=None, pdf=False, sources=False)
    capsys.readouterr()
    published(folder, unfinished=True)
    assert gone_out(folder)
    assert "äldre" not in capsys.readouterr().out


def test_what_a_run_has_just_made_is_not_old_for_what_has_changed_since_the_last_round(
    tmp_path: Path, capsys: Capture
) -> None:
    """Until the last round's compilation says something else."""
    first = made(tmp_path)
    plan = replace(
        PLAN, settings=replace(PLAN.settings, previous="../omgång/ut/sammanstallning.xlsx")
    )
    rows = [row("Läxhjälp", end="2024-10-01"), row("Teater", comment="Ett\n\nTvå  \u00a0tre ")]
    folder = make_round(
        tmp_path / "nästa", plan, {"a.xlsx": own_form(plan, "Hemtjänst", {2: rows})}
    )
    commands.run(folder)
    assert published(folder) == 0
    put(first, "Läxhjälp", {"Slutdatum": "2024-10-01"})
    capsys.readouterr()
    assert published(folder) == 1
    assert COMPILATION_NEWER in capsys.readouterr().out


# --- Open in Word ---------------------------------------------------------------------------------


@both
@pytest.mark.parametrize("lock", [f"~${NAME[2:]}", f"~${NAME}", f".~lock.{NAME}#"])
def test_a_report_that_is_open_is_held(
    tmp_path: Path, capsys: Capture, command: Command, lock: str
) -> None:
    """What stands on the screen may be another than what is in the file."""
    folder = made(tmp_path)
    (folder / REPORTS / lock).write_bytes(b"Eva")
    capsys.readouterr()
    assert (command(folder), gone_out(folder)) == (1, [])
    out = capsys.readouterr().out
    assert "Den är öppen i ett annat program, så det som inte är sparat är inte med." in out
    assert f"ta bort filen {lock}.)" in out
    (folder / REPORTS / lock).unlink()
    assert command(folder) == 0


@both
def test_one_that_cannot_be_read_is_held(tmp_path: Path, capsys: Capture, command: Command) -> None:
    """One with a password cannot be looked through, so nobody knows what is left in it."""
    folder = made(tmp_path)
    (folder / REPORTS / NAME).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000))
    capsys.readouterr()
    assert (command(folder), gone_out(folder)) == (1, [])
    assert "  Den kan inte läsas." in capsys.readouterr().out


@both
def test_one_that_another_program_holds_is_held(
    tmp_path: Path, capsys: Capture, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows refuses to read it."""
    folder = made(tmp_path)
    read = Path.read_bytes

    def refused(path: Path) -> bytes:
        if path.name == NAME:
            raise PermissionError(13, "nekad")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refused)
    capsys.readouterr()
    assert (command(folder), gone_out(folder)) == (1, [])
    assert "  Den kan inte läsas. Stäng den om den är öppen" in capsys.readouterr().out


# --- A PDF that says what the report said before --------------------------------------------------


def with_pdf(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A round whose report has a PDF that the program has made."""
    monkeypatch.setattr(of_reports, "as_pdf", lambda data: b"%PDF" + data[:8])
    monkeypatch.setattr(of_reports, "pdf_faults", lambda _: ())
    commands.report(folder, department=None, pdf=True, sources=False)
    monkeypatch.setattr(of_reports, "as_pdf", lambda _: None)
    return (folder / REPORTS / NAME).with_suffix(".pdf")


@both
def test_a_pdf_of_the_report_before_it_was_edited_is_told(
    tmp_path: Path, capsys: Capture, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the files' times say; not where the PDF is of the report, nor where it has been removed."""
    folder = made(tmp_path)
    pdf = with_pdf(folder, monkeypatch)
    capsys.readouterr()
    assert command(folder) == 0
    assert OLD_PDF not in capsys.readouterr().out
    edited_in_word(folder)
    os.utime(pdf, (4e9, 4e9))
    assert command(folder) == 0
    assert f"  {pdf} {OLD_PDF}" in capsys.readouterr().out
    # One that is saved from Word afterwards is the report's.
    pdf.write_bytes(b"%PDF ur Word")
    assert command(folder) == 0
    assert OLD_PDF not in capsys.readouterr().out
    edited_in_word(folder)
    os.utime(pdf, (1e9, 1e9))
    assert command(folder) == 0
    assert OLD_PDF in capsys.readouterr().out
    pdf.unlink()
    assert command(folder) == 0
    assert OLD_PDF not in capsys.readouterr().out


def test_report_tells_of_the_pdf_beside_one_edited_by_hand(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new report lies beside it, and the PDF is of neither."""
    folder = made(tmp_path)
    pdf = with_pdf(folder, monkeypatch)
    edited_in_word(folder)
    an_edit(folder)
    capsys.readouterr()
    commands.report(folder, department=None, pdf=False, sources=False)
    assert f"  {pdf} är äldre än rapporten." in capsys.readouterr().out


def test_a_published_pdf_of_an_earlier_report_is_told(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Published again on a computer that makes no PDF."""
    folder = made(tmp_path)
    monkeypatch.setattr(publishing, "libreoffice", lambda: "soffice")
    monkeypatch.setattr(publishing, "as_pdf", lambda data: b"%PDF" + data[:8])
    monkeypatch.setattr(publishing, "pdf_faults", lambda _: ())
    assert published(folder) == 0
    pdf = (folder / PUBLISHED / NAME).with_suffix(".pdf")
    monkeypatch.setattr(publishing, "libreoffice", lambda: None)
    capsys.readouterr()
    assert published(folder) == 0
    assert OLD_PDF not in capsys.readouterr().out
    edited_in_word(folder)
    assert published(folder) == 0
    assert f"  {pdf} {OLD_PDF}" in capsys.readouterr().out
