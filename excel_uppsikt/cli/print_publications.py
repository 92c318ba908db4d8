"""What is told of clean copies, and why a report is not to go out as it lies."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from excel_uppsikt.cli.print_files import print_kept, print_written, shown
from excel_uppsikt.cli.print_round import print_findings
from excel_uppsikt.language.text import listed
from excel_uppsikt.rounds import result_words
from excel_uppsikt.rounds.results import Outdated, Publications, Readiness
from excel_uppsikt.rounds.words import marks_left

if TYPE_CHECKING:
    from excel_uppsikt.word.left_over import LeftOver
    from excel_uppsikt.word.publishing import Unfinished


def print_publications(out: Console, result: Publications) -> None:
    """The clean copies, and what to do about the reports that cannot be published yet."""
    folder, publications = result.folder, result.publications
    print_findings(out, result.findings)
    for publication in publications:
        for written in publication.written:
            print_written(out, folder, written)
        if publication.newer:
            out.print(
                "  Bredvid rapporten ligger en nyare, (ny).docx, som inte är den som publiceras."
            )
        lying = publication.lying
        if not publication.written:
            out.print(f"Inte klar att publicera: {shown(folder, publication.report)}")
            only_told = publication.unfinished is None and not lying.unreadable
            anyway = SEND_ANYWAY if only_told else ()
            for line in (*_why(publication.unfinished), *why_not(folder, lying), *anyway):
                out.print(f"  {line}")
        else:
            for line in why_not(folder, replace(lying, left=())):
                out.print(f"  {line}")
        if publication.earlier:
            out.print(
                "  Det som publicerades förut ligger kvar: "
                f"{listed([path.name for path in publication.earlier])}."
            )
        print_old_pdfs(out, folder, publication.old_pdfs)
    print_kept(out, result.kept)
    if not publications:
        out.print(
            f'Det finns ingen rapport att publicera. Gör den först: uppsikt report "{folder}"'
        )
    elif all(publication.written for publication in publications):
        out.print("Inget i filerna visar vem som har skrivit. Läs igenom dem innan de publiceras.")


def _why(unfinished: "Unfinished | None") -> list[str]:
    """Why a report cannot be published yet, and what to do, a line for each kind of reason."""
    if unfinished is None:
        return []
    left = marks_left(unfinished)
    told = [
        f"Den har {left}. Öppna den i Word, godkänn eller avvisa ändringarna på fliken "
        "Granska, ta bort kommentarer och inbäddade filer och kör igen."
    ]
    pdf = ["PDF-filen kan inte läsas av alla.", *unfinished.pdf, "Spara, och kör igen."]
    return [*(told if left else ()), *(pdf if unfinished.pdf else ())]


def why_not(folder: Path, lying: Readiness) -> list[str]:
    """Why a report is not to go out as it lies, and what to do, a line for each kind of reason."""
    lines: list[str] = []
    if lying.lock is not None:
        lines.append(
            "Den är öppen i ett annat program, så det som inte är sparat är inte med. Spara och stäng den, "
            f"och kör igen. (Är den inte öppen: ta bort filen {lying.lock}.)"
        )
    if lying.unreadable:
        lines.append(
            "Den kan inte läsas. Stäng den om den är öppen, ta bort lösenordet om den har ett, "
            "spara den som Word-dokument (.docx) och kör igen."
        )
    if lying.outdated is not None:
        lines.append(
            f'{_OUTDATED[lying.outdated]} Gör den igen: uppsikt report "{folder}". Är den ändrad i Word '
            "läggs den nya bredvid: jämför dem, och ta bort den du inte vill ha."
        )
    return [*_left_over(lying.left), *lines]


_OUTDATED = {
    Outdated.COMPILATION: (
        "Den är äldre än sammanställningen: det som den berättar har ändrats sedan den gjordes."
    ),
    Outdated.PLAN: "Planen, rapportmallen eller vapnet har ändrats sedan den gjordes.",
    Outdated.PERHAPS: (
        "Den kan vara äldre än sammanställningen, som har sparats efter den. Vad den gjordes av är inte känt."
    ),
}
SEND_ANYWAY = ("Ska den gå ut ändå: lägg till --unfinished.",)


def print_old_pdfs(out: Console, folder: Path, paths: Sequence[Path]) -> None:
    """PDF files that say what a report said before it was changed."""
    for path in paths:
        out.print(
            f"  {shown(folder, path)} är äldre än rapporten i Word och säger vad den sade då. Skicka den "
            "inte. Ta bort den, eller spara rapporten som PDF i Word."
        )


def _left_over(left: Sequence["LeftOver"]) -> list[str]:
    """What is left to fill in, where each of it stands, and what to do."""
    if not left:
        return []
    return [
        *(result_words.left_there(one.text, one.where) for one in left),
        "Fyll i uppgiften i planen, eller rätta texten där den står (planens blad Texter, "
        "rapportmall.docx eller sammanställningen), gör rapporten igen och kör sedan det här "
        "kommandot igen. Du kan också rätta rapporten i Word.",
    ]
