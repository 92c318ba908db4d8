"""What is told of forms, files received, returns and the compilation, in Swedish."""

from collections.abc import Sequence

from excel_uppsikt.language.text import counted, listed
from excel_uppsikt.rounds.receiving import Received, Reception

# What came of making things.
MAKING_FORMS, FORMS_MADE, NO_FORMS = (
    "Gör formulären",
    "Formulären är gjorda",
    "Inga formulär gjordes",
)
FORMS_MADE_BUT = "Formulären är gjorda, men något behöver rättas först"
MEND_FIRST = (
    "Rätta det och gör formulären igen innan de skickas ut: det som har fel kan saknas i dem."
)
NOTHING_TO_COMPLETE = (
    "Skriv beslutet på bladet Beslut i sammanställningen (Utfall: återremiss) och vad som ska kompletteras: "
    "i kolumnen Komplettera på bladet Aktiviteter, eller vid Enhet på bladet Beslut. Spara och försök igen."
)
WITHOUT_DAY = (
    "Planen har ingen sista dag efter beslutet, så formulären har ingen. Fyll i Sista dag för rättningar på "
    "planens blad Omgång och gör dem igen."
)
STARTED_OVER = (
    "Sammanställningen sparades under tiden. Den lästes en gång till, så att inget av det som du skrev går "
    "förlorat."
)
MERGE_FIRST = (
    "Ska rapporten följa inkorgen som den är nu: gör sammanställningen igen, och sedan rapporten."
)


def files_in(count: int, place: str) -> str:
    """How many files were written, and where."""
    return f"{counted(count, 'fil', 'filer')} i mappen {place}."


def carried_into_forms(count: int, previous: str) -> str:
    """How many activities the forms have from the previous round."""
    return f"{counted(count, 'aktivitet', 'aktiviteter')} från {previous} följde med."


def left_out(title: str) -> str:
    """An activity that stands in no form, since its goal or unit is gone."""
    return (
        f"Följde inte med: ”{title}”. Målet eller enheten finns inte längre i planen. Har enheten bytt namn: "
        "skriv det gamla under Tidigare namn på bladet Enheter och gör formulären igen."
    )


def kept_out(title: str) -> str:
    """An activity that stands in no form, since the coordinator kept it out of the report."""
    return f"Följde inte med: ”{title}”. Ta med är nej i förra sammanställningen."


def undecided(name: str) -> str:
    """A department with something to complete though nothing was sent back."""
    return (
        f"Komplettera är ifyllt för {name}, men på bladet Beslut står inget om återremiss. "
        "Skriv beslutet där."
    )


def homeless(title: str) -> str:
    """An activity with something to complete that belongs to nobody."""
    return f"”{title}” har Komplettera men hör inte till någon verksamhet. Fyll i Enheter på raden."


def lies_beside(name: str, edited: str) -> str:
    """A file that was written beside one that somebody has edited."""
    return (
        f"{edited} har ändrats för hand och lämnades som den är. Den nya är {name}: jämför de två och behåll "
        "den du vill ha."
    )


def wrote(name: str) -> str:
    """A file that was written."""
    return f"Skrev {name}."


def your_version(name: str) -> str:
    """Where the edited compilation lies as it was."""
    return f"Din version före körningen finns i {name}."


def returns_written(owners: Sequence[str]) -> str:
    """To whom there is a return."""
    if not owners:
        return "Ingen har något att rätta, så inga returer gjordes."
    count = counted(len(owners), "retur", "returer")
    return f"{count} med det som ska rättas markerat: {listed(tuple(owners))}."


def withheld(owner: str, files: Sequence[str]) -> str:
    """Who gets no return since a later file is set aside."""
    return (
        f"{owner} får ingen retur, eftersom {listed(tuple(files))} inte används: Använd är nej på bladet "
        "Inlämningar. Ska enheten rätta något: skriv ja där och gör sammanställningen igen först."
    )


def use_changed(files: Sequence[str]) -> str:
    """Files whose Använd has been changed since the compilation was made."""
    return (
        f"Använd är ändrat för {listed(tuple(files))} sedan sammanställningen gjordes, men rapporten görs av "
        "texterna som de står. Ska ändringen med: gör sammanställningen igen först."
    )


RECEIVED, NO_FILES = "Filer togs emot", "Inga filer valdes. Välj filer först."
_RECEPTIONS = {
    Reception.TAKEN: "Ligger i inkorgen",
    Reception.KNOWN: "Låg redan i inkorgen",
    Reception.TOO_LARGE: "Togs inte emot: filen är större än 50 MB",
    Reception.NO_WORKBOOK: "Togs inte emot: det är en låsfil från Excel, inte formuläret",
}


def received(one: Received) -> str:
    """What has become of a file that was sent."""
    told = _RECEPTIONS[one.reception]
    return f"{told} som {one.name}." if one.lies_there and one.name != one.sent_as else f"{told}."


def taken(count: int, sent: int) -> str:
    """How many of the files that were sent lie in the inbox."""
    if count == sent:
        return f"{counted(count, 'fil', 'filer')} ligger i inkorgen"
    return f"{count} av {counted(sent, 'fil', 'filer')} togs emot"


LAYING_ASIDE, PUTTING_BACK = "Lägger undan filen", "Tar med filen igen"
LAID, BACK = "Filen är undanlagd", "Filen är tillbaka"
NOT_TO_LAY_ASIDE = "{name} läggs inte undan: det är eller kan vara ett formulär. Ladda om sidan."


def is_aside(name: str) -> str:
    """That a file does not count any more."""
    return f"{name} ligger kvar i inkorgen men räknas inte. Du kan ångra det längst ned på sidan Inkorg."


def is_back(name: str) -> str:
    """That a file counts again."""
    return f"{name} läses som de andra igen."


MAKING_RETURNS, RETURNS_MADE = "Gör returerna", "Returerna är gjorda"
CHOOSING, CHOSEN = "Skriver ditt val i sammanställningen", "Ditt val står i sammanställningen"
MERGING, MERGED = "Gör sammanställningen", "Sammanställningen är gjord"
NO_STATUS = "Status saknas"
FACT_REPORTED, FACT_CARRIED = (
    "Aktiviteter som redovisas",
    "Kvar från förra omgången, inte redovisade",
)
FACT_KEPT_OUT, FACT_OWN = "Rader som inte är med i rapporten", "Rader som du har lagt till"


def waiting_for_completions(names: str) -> str:
    """Who has not completed yet."""
    return f"Kompletteringen har inte kommit från {names}."
