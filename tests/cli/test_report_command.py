"""Reports as the command makes them: what it reads, what it writes beside them, and what it tells."""

import shutil
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl

from excel_uppsikt.word.pages import libreoffice
from tests.cli.good_round import GOOD, PLAN, good
from tests.cli.running import uppsikt
from tests.small_rounds import make_plan, make_round, own_form, row

__all__ = ["good"]


def test_report_merges_first_and_reads_what_was_approved(good: Path) -> None:
    """Without a compilation one is made; with one, only that is read."""
    done = uppsikt("report", good)
    assert done.returncode == 0
    assert (good / "ut/sammanstallning.xlsx").is_file()
    shutil.rmtree(good / "inkorg")
    (report,) = (good / "ut/rapporter").iterdir()
    before = report.read_bytes()
    report.unlink()
    assert uppsikt("report", good).returncode == 0
    assert report.read_bytes() == before


def test_report_tells_what_a_reader_would_stumble_on(tmp_path: Path) -> None:
    """At its cell of the compilation, as the coordinator has left it; an error is also the exit status."""
    rows = {**GOOD, 3: [row("Nya hus", comment="Antal: XXX hus.")]}
    folder = make_round(tmp_path, PLAN, {"Hemtjänst.xlsx": own_form(PLAN, "Hemtjänst", rows)})
    uppsikt("merge", folder)
    done = uppsikt("report", folder)
    assert done.returncode == 0
    assert done.stdout.splitlines()[1:4] == [
        "ut/sammanstallning.xlsx",
        "  varning R308 Blad ”Aktiviteter”, cell I7: I Kommentar står ”XXX” kvar. Skriv färdigt texten "
        "eller ta bort det.",
        "1 varning.",
    ]
    path = folder / "ut/sammanstallning.xlsx"
    book = openpyxl.load_workbook(path)
    book["Aktiviteter"]["I7"], book["Aktiviteter"]["F7"] = "Klart.", "2024-01-01"
    book.save(path)
    done = uppsikt("report", folder)
    assert done.returncode == 1
    assert "R303 Blad ”Aktiviteter”, cell F7" in done.stdout


def test_report_makes_a_pdf_and_the_coordinators_copy_when_asked(good: Path) -> None:
    """--pdf beside the report, or a word on why not; --sources in a folder of its own."""
    done = uppsikt("report", good, "--pdf", "--sources")
    assert (done.returncode, done.stderr) == (0, "")
    suffixes = sorted(path.suffix for path in (good / "ut/rapporter").iterdir())
    copies = [path.name for path in (good / "ut/kallor").iterdir()]
    assert copies == ["Uppsiktsrapport Social verksamhet 2024 T1 med källor.docx"]
    if libreoffice() is None:
        assert suffixes == [".docx"]
        assert "Ingen PDF gjordes, eftersom LibreOffice inte är installerat." in done.stdout
    else:
        assert suffixes == [".docx", ".pdf"]


def test_what_the_template_cannot_fill_in_and_a_letter_from_before_are_told(good: Path) -> None:
    folder = good
    uppsikt("run", folder)
    (letter,) = (folder / "ut/tjansteskrivelser").iterdir()
    template = docx.Document()
    template.sections[0].header.paragraphs[0].text = "{verksamet}"
    template.save(str(folder / "rapportmall.docx"))
    make_round(folder, replace(PLAN, settings=replace(PLAN.settings, with_letter=False)), {})
    done = uppsikt("report", folder)
    assert done.returncode == 0
    told = " ".join(done.stdout.split())
    assert "I rapportmall.docx står {verksamet}, som inte går att fylla i" in told
    assert f"{letter} är äldre än rapporten. Planen säger nu nej till tjänsteskrivelse" in told
    assert letter.is_file()


def test_a_pdf_from_before_does_not_lie_beside_a_newer_report_in_silence(good: Path) -> None:
    """It is made anew where LibreOffice is installed; else it is told to be older."""
    uppsikt("report", good)
    (report,) = (good / "ut/rapporter").iterdir()
    pdf = report.with_suffix(".pdf")
    pdf.write_bytes(b"%PDF-1.4 gammal")
    told = uppsikt("report", good).stdout
    if libreoffice() is None:
        assert f"{pdf} är äldre än rapporten. Ta bort den, eller gör en ny i Word." in told
    else:
        # A person may have put it there, so it stays, and the new one lies beside it.
        names = sorted(path.name for path in report.parent.iterdir() if path.suffix == ".pdf")
        assert names == [f"{pdf.stem} (ny).pdf", pdf.name]


def test_report_of_one_department(tmp_path: Path) -> None:
    """--department takes the name in any case, and names the choices when it is unknown."""
    one, other = make_plan().departments[0], make_plan().departments[0]
    plan = make_plan(departments=(one, type(other)("Kultur och fritid")))
    folder = make_round(tmp_path, plan, {})
    uppsikt("report", folder, "--department", "kultur och fritid")
    assert [path.name for path in (folder / "ut/rapporter").iterdir()] == [
        "Uppsiktsrapport Kultur och fritid 2024 T1.docx"
    ]
    done = uppsikt("report", folder, "--department", "Teknik")
    assert (done.returncode, done.stderr) == (
        2,
        "Verksamheten Teknik finns inte i planen. Välj bland: Social verksamhet, Kultur och fritid.\n",
    )
