"""What is told of the files that were written, and what remains to do with them."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from excel_uppsikt.cli.print_round import print_findings
from excel_uppsikt.language.text import counted, listed
from excel_uppsikt.rounds import result_words
from excel_uppsikt.rounds.outputs import Written
from excel_uppsikt.rounds.results import CompilationWritten, Forms, Returns, Tables, Withheld
from excel_uppsikt.rounds.versions import KeptVersions
from excel_uppsikt.rounds.words import tally

if TYPE_CHECKING:
    from excel_uppsikt.rounds.sample_year import YearStep


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


def print_year(out: Console, step: "YearStep") -> None:
    """A step of the sample year, and where to look at what came of it."""
    out.print(step.told)
    for path in step.look:
        out.print(f"  {path}")
