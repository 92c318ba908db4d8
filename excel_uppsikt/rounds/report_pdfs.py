"""PDF files of reports: what each was made of, and whether it says what the report said before."""

from pathlib import Path

from excel_uppsikt.round_paths import relative
from excel_uppsikt.rounds.memory import remember_pdf, remembered_pdf
from excel_uppsikt.rounds.outputs import Outputs, content_mark


def is_old_pdf(outputs: Outputs, report: Path, pdf: Path | None = None) -> bool:
    """Whether the PDF file of a report, beside it or published, says what the report said before."""
    pdf = pdf or report.with_suffix(".pdf")
    if not (pdf.is_file() and report.is_file()):
        return False
    known = remembered_pdf(outputs.folder, relative(outputs.folder, pdf))
    if known is not None and outputs.is_own(pdf):
        return known != content_mark(report)
    # One that Word has made, or that nothing is remembered of.
    return report.stat().st_mtime > pdf.stat().st_mtime


def remember_pdf_of(folder: Path, pdf: Path, report: Path) -> None:
    """Keeps which report a PDF file was made of, to know it by when the report has been changed."""
    remember_pdf(folder, relative(folder, pdf), content_mark(report))
