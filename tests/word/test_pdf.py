"""The PDF can be read by all: charts are told in words, the Tab key follows the text, and it is the same."""

import io
import time
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from docx.shared import Cm
from pypdf.generic import NameObject

from excel_uppsikt.cli import commands
from excel_uppsikt.model import Layout
from excel_uppsikt.report.account import report_name
from excel_uppsikt.round_paths import PUBLISHED, REPORTS
from excel_uppsikt.word.pages import as_pdf
from excel_uppsikt.word.pdf import made_readable, pdf_faults
from tests.libreoffice import needs_libreoffice, started_anew
from tests.report.test_document import activity, report
from tests.small_rounds import make_plan, make_round, own_form, row

PICTURE = Path(__file__).parents[2] / "docs" / "formular.png"
TOLD = (
    "Stapeldiagram över antal aktiviteter per status: Ej påbörjad 0, Pågående enligt plan 1, "
    "Pågående med avvikelse 0, Avslutad enligt plan 0, Avslutad med avvikelse 0."
)
PLAN = make_plan()


def made(document: bytes) -> bytes:
    """The PDF of a document."""
    pdf = as_pdf(document)
    assert pdf is not None
    return pdf


def alternative_texts(pdf: bytes) -> list[str]:
    """Those of the PDF's figures, in the order of the structure tree; '' for none."""
    found: list[str] = []

    def look(at: Any) -> None:  # noqa: ANN401  pypdf's objects
        at = at.get_object()
        if isinstance(at, list):
            for inner in at:
                look(inner)
        elif isinstance(at, dict):
            if at.get("/S") == "/Figure":
                found.append(str(at.get("/Alt", "")))
            elif "/K" in at:
                look(at["/K"])

    look(pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"])  # type: ignore[index]
    return found


def with_pictures(*alternatives: str) -> bytes:
    """The report with a picture before and after its chart."""
    document = docx.Document(io.BytesIO(report(PLAN, [activity("A")])))
    body = document.element.body
    for place, text in zip((0, -1), alternatives, strict=False):
        paragraph = document.add_paragraph()
        paragraph.add_run().add_picture(str(PICTURE), width=Cm(3))
        next(paragraph._p.iter(qn("wp:docPr"))).set("descr", text)
        body.insert(place if place == 0 else len(body) - 2, paragraph._p)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@needs_libreoffice
@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (report(PLAN, [activity("A")]), [TOLD]),
        (with_pictures("Ett vapen"), ["Ett vapen", TOLD]),
        (with_pictures("Ett vapen", "En karta"), ["Ett vapen", TOLD, "En karta"]),
    ],
    ids=["chart", "a picture before", "pictures around"],
)
def test_every_figure_has_the_documents_alternative_text(
    document: bytes, expected: list[str]
) -> None:
    """The chart's is put back where it belongs; pictures keep theirs."""
    pdf = made(document)
    assert alternative_texts(pdf) == expected
    assert pdf_faults(pdf) == ()


@needs_libreoffice
def test_a_picture_without_alternative_text_is_told_with_what_to_do() -> None:
    """And is given no other's; the chart keeps its own."""
    pdf = made(with_pictures(""))
    assert alternative_texts(pdf) == ["", TOLD]
    assert pdf_faults(pdf) == (
        "Bilder och diagram utan alternativtext: 1. Skriv en i Word: högerklicka på bilden och välj "
        "Visa alternativtext.",
    )


@needs_libreoffice
def test_each_fault_is_found() -> None:
    """Else nothing found would mean nothing: everything is taken from a good PDF."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(made(report(PLAN, [activity("A")]))))
    for name in ("/Lang", "/MarkInfo", "/ViewerPreferences"):
        del writer.root_object[name]
    del writer.pages[1][NameObject("/Tabs")]
    stream = io.BytesIO()
    writer.write(stream)
    assert [text.partition(".")[0] for text in pdf_faults(stream.getvalue())] == [
        "Den saknar taggar",
        "Den säger inte vilket språk den är på",
        "Den visar ingen titel",
        "Sidor där tabbtangenten inte följer texten: 1",
    ]


@needs_libreoffice
def test_the_same_document_gives_the_same_pdf() -> None:
    """Made at another second; its date is the report's, and its identity its content's."""
    document = report(PLAN, [activity("A")])
    with started_anew():
        first = made(document)
        time.sleep(1.1)
        assert made(document) == first
    read = pypdf.PdfReader(io.BytesIO(first))
    assert read.metadata is not None
    assert str(read.metadata.creation_date) == "2024-06-04 00:00:00+00:00"
    assert b"2024-06-04T00:00:00Z" in read.trailer["/Root"]["/Metadata"].get_data()  # type: ignore[index]
    other = pypdf.PdfReader(io.BytesIO(made(report(PLAN, [activity("B")]))))
    assert read.trailer["/ID"] != other.trailer["/ID"]


@needs_libreoffice
@pytest.mark.parametrize("layout", Layout)
def test_another_checker_finds_nothing(tmp_path: Path, layout: Layout) -> None:
    """By 16 of the 106 rules of the Matterhorn protocol, which is what pdfua knows.

    It cannot look at content streams, fonts, colours or the order of reading, and its rule on empty
    headings, UA-14-001, stumbles on what LibreOffice writes, so that one is left out.
    """
    pdfua = pytest.importorskip("pdfua")
    path = tmp_path / "rapport.pdf"
    path.write_bytes(made(report(make_plan(layout=layout), [activity("A"), activity("B")])))
    outcome = pdfua.validate(str(path))
    assert [f"{f.rule_id} {f.message}" for f in outcome.findings] == []
    skipped = {one.rule_id for one in outcome.outcomes if one.skipped_reason}
    assert skipped <= {"UA-14-001"}


@needs_libreoffice
def test_the_other_checker_misses_what_was_put_back(tmp_path: Path) -> None:
    """It finds the chart without words in the PDF as it was, so its silence says something."""
    pdfua = pytest.importorskip("pdfua")
    document = docx.Document(io.BytesIO(report(PLAN, [activity("A")])))
    next(document.element.body.iter(qn("wp:docPr"))).set("descr", "")
    stream = io.BytesIO()
    document.save(stream)
    path = tmp_path / "rapport.pdf"
    path.write_bytes(made(stream.getvalue()))
    assert {f.rule_id for f in pdfua.validate(str(path)).findings} == {"UA-13-004"}


@needs_libreoffice
def test_publish_refuses_what_not_everyone_can_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A picture put in by hand without alternative text: told, exit 1, and nothing is published."""
    inbox = {f"{u.name}.xlsx": own_form(PLAN, u.name, {1: [row("A")]}) for u in PLAN.units}
    folder = make_round(tmp_path / "omgång", PLAN, inbox)
    commands.run(folder)
    path = folder / REPORTS / report_name(PLAN, PLAN.departments[0])
    good = path.read_bytes()
    document = docx.Document(io.BytesIO(good))
    document.add_paragraph().add_run().add_picture(str(PICTURE), width=Cm(3))
    document.save(str(path))
    capsys.readouterr()
    assert commands.publish(folder, department=None) == 1
    assert not (folder / PUBLISHED).exists()
    told = capsys.readouterr().out
    assert "  PDF-filen kan inte läsas av alla.\n" in told
    assert "  Bilder och diagram utan alternativtext: 1. Skriv en i Word" in told
    path.write_bytes(good)
    assert commands.publish(folder, department=None) == 0
    assert len(list((folder / PUBLISHED).iterdir())) == 2


def test_a_pdf_without_structure_is_only_dated() -> None:
    """One that came another way loses nothing."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    stream = io.BytesIO()
    writer.write(stream)
    pdf = made_readable(stream.getvalue(), report(PLAN, [activity("A")]))
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 1
    assert [text.partition(".")[0] for text in pdf_faults(pdf)] == [
        "Den saknar taggar",
        "Den säger inte vilket språk den är på",
        "Den visar ingen titel",
    ]
