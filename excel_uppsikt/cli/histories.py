"""`uppsikt history` and `uppsikt compare`: what was kept and compared, and what could not be."""

from pathlib import Path

from excel_uppsikt.cli import print_round
from excel_uppsikt.cli.print_files import print_written
from excel_uppsikt.history.keeping import FOLDER, UNITS
from excel_uppsikt.language.text import counted, listed
from excel_uppsikt.rounds.comparison import compare as compare_rounds
from excel_uppsikt.rounds.history import RoundKept, keep_rounds, without_folder


def history(folder: Path) -> int:
    """Keeps every round's tables, and tells each in a line; 1 where one could not be read."""
    out = print_round.console()
    kept: list[RoundKept] = []
    for one in keep_rounds(folder):
        kept.append(one)
        out.print(_kept(one))
    failed = [one for one in kept if one.told]
    done = counted(len(kept) - len(failed), "omgång", "omgångar")
    out.print(f"{done} av {len(kept)} sparades i {folder / FOLDER}")
    if gone := without_folder(folder):
        out.print(
            f"Kvar i historiken, fast mappen inte finns längre: {listed(gone)}. Ska de inte räknas: ta bort "
            f"deras filer i {FOLDER}."
        )
    out.print(f'Jämför dem: uppsikt compare "{folder}"')
    return int(bool(failed))


def _kept(one: RoundKept) -> str:
    if not one.told:
        return (
            f"{one.folder}: {counted(one.activities, 'aktivitet', 'aktiviteter')}, "
            f"{counted(one.rows[UNITS], 'enhet', 'enheter')}."
        )
    still = " Det som sparades förra gången står kvar." if one.still else ""
    return f"{one.folder}: {one.told}{still}"


def compare(folder: Path) -> int:
    """Writes the comparison, and tells what is not in it."""
    out = print_round.console()
    made = compare_rounds(folder)
    print_written(out, folder, made.written)
    rounds = counted(made.rounds, "omgång", "omgångar")
    out.print(f"{rounds} i {counted(made.municipalities, 'kommun', 'kommuner')} jämförs.")
    for note in made.notes:
        out.print(note)
    return 0
