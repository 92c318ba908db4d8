"""What is told of the files that were written, and what remains to do with them."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from excel_uppsikt.cli.print_round import (
    print_findings,
    print_outcome,
    print_review,
)
from excel_uppsikt.language.text import counted, listed
from excel_uppsikt.round_paths import COMPILATION_FILE, PLAN_FILE
from excel_uppsikt.rounds import result_words
from excel_uppsikt.rounds.outputs import Written
from excel_uppsikt.rounds.results import (
    Carried,
    CheckedRound,
    CompilationWritten,
    Forms,
    NewRound,
    Outdated,
    Publications,
    Readiness,
    Report,
    Reports,
    Returns,
    Review,
    StartedOver,
    Tables,
    Withheld,
)
from excel_uppsikt.rounds.versions import KeptVersions
from excel_uppsikt.rounds.words import marks_left, tally

if TYPE_CHECKING:
    from excel_uppsikt.rounds.sample_year import YearStep
    from excel_uppsikt.rounds.steps import Result
    from excel_uppsikt.word.left_over import LeftOver
    from excel_uppsikt.word.publishing import Unfinished


def print_written(out: Console, folder: Path, written: Written) -> None:
    """A file that was written, and whether it lies beside an edited one."""
    out.print(f"Skrev {shown(folder, written.path)}")
    if written.beside is not None:
        out.print(
            f"  {written.beside.name} har ändrats för hand och lämnades som den är. "
            "Jämför de två filerna och behåll den du vill ha."
        )


def print_kept(out: Console, kept: KeptVersions | None) -> None:
    """What was kept as it was handed out, and which of it somebody has changed since."""
    if kept is None:
        return
    for path in kept.made:
        out.print(f"Sparade en version av rapporten som den är: {shown(kept.folder, path)}")
    print_findings(out, kept.findings)


def shown(folder: Path, path: Path) -> str:
    """A path as the user sees it: under the round's folder as it was given."""
    return str(path if path.is_relative_to(folder) else folder / path)


def print_result(out: Console, result: "Result") -> None:
    """The result of a step that takes several others, as it comes."""
    match result:
        case CheckedRound():
            print_outcome(out, result)
        case Returns():
            print_returns(out, result)
        case KeptVersions():
            print_kept(out, result)
        case CompilationWritten():
            print_compilation(out, result)
        case Review():
            print_review(out, result)
        case Reports():
            print_reports(out, result)
        case StartedOver():
            out.print(
                "Sammanställningen sparades under tiden. Den läses en gång till, så att inget av det som du "
                "skrev går förlorat."
            )


def print_new_round(out: Console, made: NewRound) -> None:
    """Where the new round is, what it has of the last one, and what to do with it."""
    out.print(f"Skrev {made.plan}")
    first = "Fyll i planen i Excel: omgång, mål, verksamheter, enheter och mottagare."
    if made.carried is not None:
        _print_carried(out, made, made.carried)
        first = (
            "Fyll i de gula cellerna i planen i Excel. Gå igenom resten: År, mål, enheter och mottagare "
            "står som förra omgången."
        )
    out.print("Gör så här nu:")
    out.print(f"  1. {first}")
    out.print(f'  2. Gör formulären: uppsikt templates "{made.folder}"')
    out.print(f"  3. Lägg de ifyllda formulären i {made.inbox}")
    out.print(f'  4. Gör sammanställning och rapport: uppsikt run "{made.folder}"')


def _print_carried(out: Console, made: NewRound, carried: Carried) -> None:
    """What went on from the last round's plan, what did not, and the cells that wait."""
    out.print(f"Den är gjord av {carried.last / PLAN_FILE}, som inte ändrades.")
    if carried.previous:
        out.print(f"Föregående sammanställning är {carried.previous}, räknat från {made.folder}.")
    else:
        out.print(
            f"{carried.last} har ingen sammanställning ({COMPILATION_FILE}), så planen anger ingen "
            "föregående: formulären blir tomma, och inga ändringar visas."
        )
    if carried.with_template:
        out.print(result_words.TEMPLATE_COPIED)
    if carried.own:
        out.print(
            f"Det egna följde med, som värden utan formler och färger: {listed(carried.own)}."
        )
    for unit, names in carried.former:
        out.print(
            f"Tidigare namn följde inte med: {unit} hette {names}, men kallas {unit} redan i förra "
            "omgången."
        )
    for place, text in carried.left:
        out.print(result_words.left_behind(text, place))
    for name in carried.missing:
        out.print(f"Bladet {name} saknades i förra planen. Det finns i den nya, som i en tom plan.")
    if carried.faults:
        out.print("Det här behöver rättas i den nya planen:")
        print_findings(out, carried.faults)
    if carried.to_fill_in:
        out.print("Det här ska fyllas i för den nya omgången:")
        print_findings(out, carried.to_fill_in)


def print_forms(out: Console, forms: Forms) -> None:
    """The forms that were written, what went into them from the previous round, and what did not."""
    for written in forms.written:
        print_written(out, forms.folder, written)
    print_findings(out, forms.findings)
    previous = forms.plan.settings.previous
    if forms.carried:
        out.print(f"{counted(forms.carried, 'aktivitet', 'aktiviteter')} från {previous}.")
    for activity in forms.left_out:
        out.print(
            f"Följde inte med: ”{activity.values.title}”. Målet eller enheten finns inte längre i planen. "
            "Har enheten bytt namn: skriv det gamla under Tidigare namn på bladet Enheter och kör igen."
        )
    for activity in forms.excluded:
        out.print(f"Följde inte med: ”{activity.values.title}”. Ta med är nej i {previous}.")
    count = f"{len(forms.written)} formulär."
    if forms.ok:
        out.print(f'{count} Gör mejl till enheterna: uppsikt mail "{forms.folder}" templates')
    else:
        out.print(f"{count} Rätta planen och gör om formulären innan de skickas.")


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


def print_compilation(out: Console, result: CompilationWritten) -> None:
    """The compilation that was written, and where an edited one is kept."""
    written = result.written
    out.print(f"Skrev {written.path}")
    if written.beside is not None:
        out.print(f"  Din version före körningen finns i {written.beside}")


def print_returns(out: Console, result: Returns) -> None:
    """The returns that were written, and what has been put right since the last hand-in."""
    folder, written = result.folder, result.written
    for one in written:
        if one.beside is not None:
            print_written(out, folder, one)
    if written:
        count = counted(len(written), "retur", "returer")
        names = "; ".join(one.words for one in result.hand_ins if one.written is not None)
        place = shown(folder, written[0].path.parent)
        out.print(f"Skrev {count} i {place}, med det som ska rättas markerat, till: {names}.")
        out.print(f'  Gör mejl med dem: uppsikt mail "{folder}" returns')
    print_withheld(out, result.withheld)
    for hand_in in result.hand_ins:
        if hand_in.corrected:
            told = result_words.put_right(hand_in.words, hand_in.corrected, hand_in.left)
            out.print(f"  {told}")


def print_withheld(out: Console, withheld: Sequence[Withheld]) -> None:
    """Who gets no return since the coordinator has set a later file aside."""
    for one in withheld:
        out.print(
            f"{one.owner} får ingen retur, eftersom {listed(one.set_aside)} inte används: Använd är nej på "
            "bladet Inlämningar. Ska enheten rätta något: skriv ja vid Använd för den filen, kör uppsikt "
            "merge och sedan det här kommandot igen."
        )


def print_tables(out: Console, tables: Tables) -> None:
    """The tables that were written, and where what is wrong is told."""
    for written in tables.written:
        print_written(out, tables.folder, written)
    if tables.findings:
        told = tally(tables.findings).capitalize()
        out.print(f'{told}. Se anmarkningar, eller: uppsikt check "{tables.folder}"')


def left_in(what: str, placeholders: Sequence[str]) -> str:
    """What is left to fill in there, since the plan gives nothing for it."""
    return (
        f"I {what} står {listed(list(placeholders))} kvar, eftersom uppgiften saknas i planen. "
        "Fyll i planen, eller rätta texten på dess blad Texter, och kör igen."
    )


def print_year(out: Console, step: "YearStep") -> None:
    """A step of the sample year, and where to look at what came of it."""
    out.print(step.told)
    for path in step.look:
        out.print(f"  {path}")
