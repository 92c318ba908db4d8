"""What is told of the reports that were made, and what to look after before they are sent."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from excel_uppsikt.cli.print_files import print_written, shown
from excel_uppsikt.language.text import listed
from excel_uppsikt.rounds import result_words
from excel_uppsikt.rounds.results import Report, Reports


def print_reports(out: Console, result: Reports) -> None:
    """The reports that were written, and what to look after before they are sent."""
    folder, reports = result.folder, result.reports
    for report in reports:
        _print_report(out, folder, report)
    _print_template(out, reports)
    if reports and not any(report.faults for report in reports):
        out.print("Tillgängligheten är kontrollerad, utan anmärkning.")
    if reports and not all(report.numbered for report in reports):
        out.print(result_words.no_page_numbers(can_print=result.can_print))
    if result.homeless:
        out.print(result_words.in_no_report(result.homeless))
    if result.extras.pdf and reports and not result.can_print:
        out.print(result_words.NO_PDF)
    if reports:
        out.print(f'Läs igenom och gör sedan mejl: uppsikt mail "{folder}" reports')


def _print_report(out: Console, folder: Path, report: Report) -> None:
    for written in report.written:
        print_written(out, folder, written)
    if report.unfilled:
        out.print(f"  {left_in('rapporten', report.unfilled)}")
    if report.unfilled_in_letter:
        out.print(f"  {left_in('tjänsteskrivelsen', report.unfilled_in_letter)}")
    for path in report.older:
        what_to_do = (
            "Ta bort den, eller gör en ny i Word."
            if path.suffix == ".pdf"
            else "Planen säger nu nej till tjänsteskrivelse. Ta bort filen, eller ändra till ja i planen "
            "och kör igen."
        )
        out.print(f"  {shown(folder, path)} är äldre än rapporten. {what_to_do}")
    for fault in report.faults:
        out.print(f"  {result_words.not_accessible(fault)}")


def _print_template(out: Console, reports: Sequence[Report]) -> None:
    """What became of the text in the municipality's own template, where it was not as meant."""
    unknown = list(dict.fromkeys(mark for report in reports for mark in report.front.unknown))
    if unknown:
        from excel_uppsikt.report.manuscript import TEMPLATE_FIELDS  # with python-docx

        known = ", ".join(f"{{{name}}}" for name in TEMPLATE_FIELDS)
        out.print(
            f"I rapportmall.docx står {listed(unknown)}, som inte går att fylla i och nu står så i "
            f"rapporten. Rätta mallen och kör igen. De här orden fylls i: {known}."
        )
    if any(report.front.unpaged and report.numbered for report in reports):
        out.print(
            "Sidfoten i rapportmall.docx har inga sidnummer, men innehållsförteckningen hänvisar till "
            "sidor. Lägg till sidnummer i mallens sidfot i Word (Infoga, Sidnummer) och kör igen."
        )
    if any(report.front.left_out for report in reports):
        out.print(
            "Texten i rapportmall.docx togs inte med, eftersom den inte har något ord inom klammer att "
            "fylla i. Ska den vara rapportens framsida: skriv till exempel {rapporttitel} och "
            "{verksamhet} i mallen och kör igen."
        )


def left_in(what: str, placeholders: Sequence[str]) -> str:
    """What is left to fill in there, since the plan gives nothing for it."""
    return (
        f"I {what} står {listed(list(placeholders))} kvar, eftersom uppgiften saknas i planen. "
        "Fyll i planen, eller rätta texten på dess blad Texter, och kör igen."
    )
