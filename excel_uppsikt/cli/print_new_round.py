"""What is told of a new round: what it has of the last one, and what to do with it."""

from rich.console import Console

from excel_uppsikt.cli.print_round import print_findings
from excel_uppsikt.language.text import listed
from excel_uppsikt.round_paths import COMPILATION_FILE, PLAN_FILE
from excel_uppsikt.rounds import result_words
from excel_uppsikt.rounds.results import Carried, NewRound


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
