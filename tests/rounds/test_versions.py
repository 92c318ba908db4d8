"""ut/versioner/: what was handed out is kept whole, once, and never touched again."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from excel_uppsikt.leftovers import BEGINNING
from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.model import Department, Plan, Unit
from excel_uppsikt.rounds import versions
from excel_uppsikt.rounds.checking import load_plan
from excel_uppsikt.rounds.disk import OutputError, write_whole
from excel_uppsikt.rounds.outbox import mail
from excel_uppsikt.rounds.outputs import Outputs
from excel_uppsikt.rounds.publishing import publish
from excel_uppsikt.rounds.versions import KeptVersions, keep_version
from tests.compilation.edited_rounds import put
from tests.rounds.completed_rounds import (
    DAY,
    about,
    decide,
    marks,
    merge,
    paragraphs,
    report,
    start,
)
from tests.small_rounds import CARE, make_plan, make_round, own_form, row

TODAY = date(2024, 5, 20)
FIRST = "Social verksamhet 1"
REPORT = "Uppsiktsrapport Social verksamhet 2024 T1.docx"
LETTER = "Tjänsteskrivelse Social verksamhet 2024 T1.docx"
FILES = [LETTER, REPORT, "sammanstallning.xlsx", "version.json"]
Step = Callable[[Path], object]


def there(folder: Path) -> list[str]:
    """The versions' folders."""
    return sorted(path.name for path in (folder / "ut/versioner").glob("*"))


def mail_reports(folder: Path) -> KeptVersions | None:
    return mail(folder, MailKind.REPORTS, unfinished=True, today=TODAY).kept


def publish_reports(folder: Path) -> KeptVersions | None:
    return publish(folder, unfinished=True, today=TODAY).kept


@pytest.mark.parametrize("first", [mail_reports, publish_reports])
def test_what_is_handed_out_is_kept_byte_for_byte_and_once(tmp_path: Path, first: Step) -> None:
    start(tmp_path)
    assert there(tmp_path) == []
    first(tmp_path)
    kept = tmp_path / "ut/versioner" / FIRST
    assert sorted(path.name for path in kept.iterdir()) == FILES
    assert (kept / REPORT).read_bytes() == (tmp_path / "ut/rapporter" / REPORT).read_bytes()
    assert (kept / LETTER).read_bytes() == (tmp_path / "ut/tjansteskrivelser" / LETTER).read_bytes()
    lies = (tmp_path / "ut/sammanstallning.xlsx").read_bytes()
    assert (kept / "sammanstallning.xlsx").read_bytes() == lies
    before = marks(kept)
    for step in (mail_reports, publish_reports, merge, report, mail_reports):
        step(tmp_path)
    assert there(tmp_path) == [FIRST]
    assert marks(kept) == before


def test_a_changed_report_or_letter_makes_a_new_version_another_compilation_does_not(
    tmp_path: Path,
) -> None:
    start(tmp_path)
    mail_reports(tmp_path)
    put(tmp_path, "Scheman", {"Anteckning": "Fråga chefen."})
    merge(tmp_path)
    report(tmp_path)
    mail_reports(tmp_path)
    assert there(tmp_path) == [FIRST]
    put(tmp_path, "Scheman", {"Kommentar": "Snart klart."})
    report(tmp_path)
    mail_reports(tmp_path)
    assert there(tmp_path) == [FIRST, "Social verksamhet 2"]
    assert about(tmp_path, "Social verksamhet 2")["version"] == 2


@pytest.mark.parametrize("step", [merge, report])
def test_what_is_decided_without_having_been_handed_out_is_kept_before_anything_is_made_anew(
    tmp_path: Path, step: Step
) -> None:
    start(tmp_path)
    lies = (tmp_path / "ut/rapporter" / REPORT).read_bytes()
    put(tmp_path, "Scheman", {"Kommentar": "Ändrat efter sammanträdet."})
    decide(
        tmp_path,
        {
            "Verksamhet": CARE,
            "Utfall": "återremiss",
            "Datum": DAY,
            "Paragraf": 45,
            "Skäl": "För kort.",
        },
    )
    decided = (tmp_path / "ut/sammanstallning.xlsx").read_bytes()
    step(tmp_path)
    kept = tmp_path / "ut/versioner" / FIRST
    assert (kept / REPORT).read_bytes() == lies
    assert (kept / "sammanstallning.xlsx").read_bytes() == decided
    assert about(tmp_path, FIRST)["beslut"] == {
        "utfall": "återremiss",
        "datum": "2024-06-04",
        "paragraf": "45",
        "skal": "För kort.",
    }
    before = marks(kept)
    for again in (merge, report, merge, report):
        again(tmp_path)
    assert there(tmp_path) == [FIRST]
    assert marks(kept) == before


def test_a_completed_report_that_is_decided_about_unsent_is_kept_as_the_second(
    tmp_path: Path,
) -> None:
    """The completed report is what changes are then told from, when it is sent back in its turn."""
    start(tmp_path)
    mail_reports(tmp_path)
    put(tmp_path, "Scheman", {"Komplettera": "Vad är klart?"})
    decide(tmp_path, {"Verksamhet": CARE, "Utfall": "återremiss", "Datum": DAY})
    report(tmp_path)
    put(tmp_path, "Scheman", {"Kommentar": "Hälften är klart."})
    report(tmp_path)
    later = date(2024, 9, 3)
    decide(tmp_path, {"Verksamhet": CARE, "Utfall": "återremiss", "Datum": later})
    report(tmp_path)
    assert there(tmp_path) == [FIRST, "Social verksamhet 2"]
    completed = f"Kompletterad u{REPORT[1:]}"
    kept = tmp_path / "ut/versioner/Social verksamhet 2" / completed
    assert "Kommentar: Hälften är klart." in paragraphs(kept)
    texts = paragraphs(tmp_path / "ut/rapporter" / completed)
    assert "Gjort: Inget har kommit in ännu." in texts
    assert (
        "Utskottet återremitterade uppsiktsrapporten den 3 september 2024 för komplettering."
        in texts
    )


@pytest.mark.parametrize("fails_at", range(4))
def test_a_crash_between_the_files_leaves_no_half_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    start(tmp_path)
    calls = iter(range(9))

    def crash(path: Path, data: bytes) -> None:
        if next(calls) == fails_at:
            raise KeyboardInterrupt
        write_whole(path, data)

    monkeypatch.setattr(versions, "write_whole", crash)
    with pytest.raises(KeyboardInterrupt):
        mail_reports(tmp_path)
    left = there(tmp_path)
    assert [name for name in left if not name.startswith(BEGINNING)] == []
    monkeypatch.undo()
    # What a killed run left is another process's; it is gone when that has ended.
    for name in left:
        of_another = tmp_path / "ut/versioner" / name.replace(f"-{_pid(name)}-", "-999999999-")
        (tmp_path / "ut/versioner" / name).rename(of_another)
    Outputs(tmp_path)
    mail_reports(tmp_path)
    assert there(tmp_path) == [FIRST]
    assert sorted(p.name for p in (tmp_path / "ut/versioner" / FIRST).iterdir()) == FILES


def _pid(name: str) -> str:
    return name.split("-")[2]


def test_a_version_that_cannot_be_made_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "rename", full)
    with pytest.raises(OutputError, match=r"Disken är full\. Gör plats och kör igen\."):
        mail_reports(tmp_path)
    monkeypatch.undo()
    mail_reports(tmp_path)
    assert [name for name in there(tmp_path) if not name.startswith(BEGINNING)] == [FIRST]


def test_a_version_that_a_person_has_changed_is_left_and_told(tmp_path: Path) -> None:
    start(tmp_path)
    mail_reports(tmp_path)
    folder = tmp_path / "ut/versioner"
    (folder / FIRST / REPORT).write_bytes(b"changed")
    (folder / FIRST / "egen.txt").write_text("min", "utf-8")
    (folder / FIRST / "~$lock.docx").write_text("", "utf-8")
    (folder / "Eget").mkdir()
    (folder / "Social verksamhet 2").mkdir()
    (folder / "Social verksamhet 2/version.json").write_text("[", "utf-8")
    before = marks(folder)
    put(tmp_path, "Scheman", {"Kommentar": "Snart klart."})
    report(tmp_path)
    kept = mail_reports(tmp_path)
    assert kept is not None
    assert [(f.code, f.variant.name, f.file, dict(f.fields)) for f in kept.findings] == [
        ("F210", "UNREADABLE", "ut/versioner/Eget", {}),
        ("F210", "CHANGED", f"ut/versioner/{FIRST}", {"names": f"{REPORT} och egen.txt"}),
        ("F210", "UNREADABLE", "ut/versioner/Social verksamhet 2", {}),
    ]
    after = marks(folder)
    assert {name: after[name] for name in before} == before
    assert "Social verksamhet 3" in there(tmp_path)


@pytest.mark.parametrize(
    "name", ["../../ute", "C:\\x", "Vård/Skola", "CON", "…", "a" * 200, "Å" * 90]
)
def test_no_name_of_a_department_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    plan = make_plan(
        departments=(Department(name, "utskottet"),), units=(Unit("Kök", name),), minimum=0
    )
    made = _versions_of(tmp_path / "r", plan)
    assert [path.parent for path in made] == [tmp_path / "r/ut/versioner"]
    assert about(tmp_path / "r", made[0].name)["verksamhet"] == name
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r"]


def test_departments_whose_names_become_the_same_have_versions_of_their_own(tmp_path: Path) -> None:
    departments = (Department("A/B"), Department("A B"))
    units = tuple(Unit(f"E{at}", one.name) for at, one in enumerate(departments))
    plan = make_plan(departments=departments, units=units, minimum=0)
    made = _versions_of(tmp_path, plan)
    told = [about(tmp_path, path.name)["verksamhet"] for path in made]
    assert told == ["A/B", "A B"]
    assert len({path.name.casefold() for path in made}) == 2


def _versions_of(folder: Path, plan: Plan) -> list[Path]:
    """The versions of a round of this plan, one of each department's report."""
    unit = plan.units[0].name
    make_round(folder, plan, {"a.xlsx": own_form(plan, unit, {2: [row()]})})
    read, _ = load_plan(folder)
    merge(folder)
    report(folder)
    kept = [keep_version(folder, read, one, TODAY) for one in read.departments]
    return [path for path in kept if path is not None]


def test_hostile_reasons_stand_in_the_version_as_they_were_written(tmp_path: Path) -> None:
    start(tmp_path)
    text = '"}, {"=1+1" <w:p> \\ \n{utskott} åäö'
    decide(
        tmp_path,
        {
            "Verksamhet": CARE,
            "Utfall": "återremiss",
            "Datum": DAY,
            "Paragraf": "../..",
            "Skäl": text,
        },
    )
    merge(tmp_path)
    decision = about(tmp_path, FIRST)["beslut"]
    assert decision == {
        "utfall": "återremiss",
        "datum": "2024-06-04",
        "paragraf": "../..",
        "skal": '"}, {"=1+1" <w:p> \\\n{utskott} åäö',
    }
    report(tmp_path)
    texts = paragraphs(tmp_path / "ut/rapporter" / f"Kompletterad u{REPORT[1:]}")
    assert '"}, {"=1+1" <w:p> \\' in texts
    assert "{utskott} åäö" in texts
