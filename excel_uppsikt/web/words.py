"""The page's own Swedish: what is told of requests, work and rounds, the pages' names and next steps."""

from pathlib import Path

from excel_uppsikt.language.text import counted
from excel_uppsikt.web.jobs import Job, State

# Told by the guard, to whoever is not let in.
OTHER_HOST = "Sidan svarar bara på den adress som programmet visade."
OTHER_ORIGIN = "Det där kom inte från sidan själv. Inget ändrades."
OTHER_METHOD = "Så kan sidan inte användas."
ADDRESS_USED = (
    "Adressen har redan använts, eller gäller inte längre. Starta uppsikt web igen: "
    "då öppnas sidan med en ny adress."
)
NOT_LET_IN = (
    "Den här webbläsaren är inte insläppt. Starta uppsikt web igen: "
    "då öppnas sidan med en ny adress."
)
FORGED = (
    "Formuläret är för gammalt, eller kom inte från sidan själv. Ladda om sidan och försök igen."
)
TOO_LARGE = "Det är för mycket på en gång. Lägg filerna i omgångens mapp inkorg i stället."
TOO_MANY_FILES = "Det är för många filer på en gång. Högst 1 000 kan lämnas åt gången."
TOO_SLOW = "Filerna kom för långsamt. Försök igen med färre i taget."
QUITTING = "Programmet avslutas. Starta uppsikt web igen."
# What became of something.
READING = "Läser omgången"
CANNOT = "Det gick inte"
FAULT = "Något gick fel i programmet"
STOPPED = "Arbetet stoppades"
NOTHING_CHANGED = "Inget ändrades."
NOT_FOUND = "Sidan eller filen finns inte"
NOT_UNDERSTOOD = "Det gick inte att förstå vad som skickades"
# The pages of a round: the end of the address, the name, and what the page is for.
STEPS: tuple[tuple[str, str, str], ...] = (
    ("", "Översikt", "Var omgången är och vad som är nästa steg"),
    ("/plan", "Plan", "Mål, verksamheter, enheter och inställningar"),
    ("/formular", "Formulär", "Formulären som enheterna fyller i"),
    ("/inkorg", "Inkorg", "Formulären som har kommit tillbaka"),
    ("/enheter", "Enheter", "Vilka som har lämnat in och vad som saknas"),
    ("/anmarkningar", "Anmärkningar", "Vad som ska rättas, och var"),
    ("/sammanstallning", "Sammanställning", "Alla aktiviteter i en arbetsbok"),
    ("/tackning", "Täckning", "Vilka mål som enheterna arbetar med"),
    ("/rapport", "Rapport", "Rapporten till utskottet"),
    ("/beslut", "Beslut", "Vad utskotten har beslutat, och vad som ska kompletteras"),
    ("/mejl", "Mejl", "Vem som får vad, utkast och det som är skickat"),
)


def file_error(error: OSError) -> str:
    """Why a file could not be read or written, and what to do."""
    return (
        f"{error.filename or 'En fil'} kan inte läsas eller skrivas. Stäng den om den är öppen, se efter "
        "att du får läsa och skriva där och försök igen."
    )


def fault(error: Exception | None) -> str:
    """What is told of a fault of the program's own."""
    return (
        f"Felet heter {type(error).__name__}. Det som var gjort är kvar, och inga mottagna filer ändras "
        "någonsin. Försök igen, och hör av dig till den som sköter programmet om det händer flera gånger."
    )


def at_work(job: Job) -> str:
    """How far some work is."""
    if job.stop_asked:
        return "Stoppar"
    if job.state is State.WAITING:
        return "Väntar på att annat arbete blir klart"
    if job.writing:
        return f"{job.title}: {job.said or 'skriver filer'}"
    return f"{job.title}: {job.at} (fil {job.count})" if job.at else f"{job.title} …"


# How the name begins of a report that has been completed after it was sent back.
COMPLETED_REPORT = "kompletterad"
# Where a round is, by its files.
HAS_REPORT = "Rapporten är gjord"
HAS_COMPILATION = "Sammanställningen är gjord"
HAS_ANSWERS = "Svar har kommit till inkorgen"
HAS_FORMS = "Formulären är gjorda"
HAS_PLAN = "Planen finns"
NEW_ROUND = "Ny omgång"
NO_NAME = "Omgången behöver ett namn. Skriv till exempel ange-2027-t1."
FOLDER_IS_ROUND = (
    "Mappen är själv en omgång. Starta uppsikt web med mappen ovanför för att göra en ny bredvid."
)
ROUND_MADE = "Omgången är gjord"
FILL_IN_PLAN = "Öppna planen i Excel och fyll i omgång, mål, verksamheter, enheter och mottagare."
LEFT = "Inget arbete pågår."
LEFT_AT_WORK = "Det som pågår görs färdigt först; inget avbryts."
# The next step: the pages where it is taken, in that order, and what to do there.
DO_FORMS = (("/plan", "/formular"), "Gå igenom planen och gör sedan formulären.")
DO_COLLECT = (
    ("/mejl", "/inkorg"),
    "Skicka formulären till enheterna. Lägg svaren i inkorgen efter hand som de kommer.",
)
DO_MERGE = (
    ("/anmarkningar", "/sammanstallning"),
    "Gå igenom anmärkningarna, och gör sedan sammanställningen.",
)
DO_MERGE_AGAIN = (
    ("/sammanstallning",),
    "Svar har kommit sedan sammanställningen gjordes. Gör den igen; dina ändringar behålls.",
)
DO_REPORT = (
    ("/sammanstallning", "/rapport"),
    "Gå igenom raderna på sidan Sammanställning eller i Excel, och gör sedan rapporten.",
)
DO_LOOK_AT_REPORT = (
    ("/rapport",),
    "Sammanställningen har sparats efter rapporten. Se på sidan Rapport om den behöver göras om.",
)
DO_PUBLISH = (
    ("/rapport", "/mejl"),
    "Läs igenom rapporten. Mejla den sedan till utskottet, och gör den rena kopian att publicera.",
)
DO_COMPLETE = (
    ("/mejl", "/inkorg"),
    "Skicka formulären för komplettering. Lägg svaren i inkorgen efter hand som de kommer, och gör sedan "
    "sammanställningen och den kompletterade rapporten.",
)
DO_NEXT_ROUND = (
    ("/mejl", "/beslut", "/rapport"),
    "Mejla rapporten till utskottet om det inte är gjort. Skriv beslutet på sidan Beslut när det har kommit. "
    "Sidan Rapport säger om rapporten har blivit äldre än sammanställningen.",
)
STEP_NOT_KNOWN = "Omgången läses. Nästa steg visas när den är läst."
# The next step after a decision.
DO_ASK = (
    ("/beslut",),
    "En rapport är återremitterad. Skriv på sidan Beslut vad som ska kompletteras, och gör formulären för "
    "komplettering.",
)
DO_COMPLETED_REPORT = (
    ("/rapport",),
    "Alla kompletteringar har kommit. Gör den kompletterade rapporten.",
)
DO_END = (
    ("/jamforelse", "/rapport"),
    "Alla rapporter är godkända. Spara historiken på sidan Jämförelse, och gör nästa omgång från den här på "
    "sidan Omgångar. Ska rapporterna publiceras gör du de rena kopiorna på sidan Rapport.",
)


def files_told(count: int, one: str = "fil", many: str = "filer") -> str:
    """How many files there are, or that there is none."""
    return counted(count, one, many) if count else f"inga {many}"


# What files and whose they are.
PLAN_NAME, COMPILATION_NAME = "Planen", "Sammanställningen"
PER_GOAL, COMPLETION = "formulär per mål", "komplettering"
USED, SET_ASIDE, NOT_READ = "används", "används inte", "lästes inte som formulär"
# A mail or a zip file: the forms in it have rows of their own.
OPENED = "innehållet lästes"


def not_forms(count: int) -> str:
    """How many of the inbox's files count for nothing; '' for none."""
    told = counted(count, "fil lästes inte som formulär", "filer lästes inte som formulär")
    return f"{told}, och räknas inte." if count else ""


OPENING = "Filen öppnas"


def opening(path: Path) -> str:
    """A file that the computer has been asked to open."""
    return (
        f"Datorn ombads öppna {path.name}. Det kan ta en stund. Syns den inte: se efter bakom webbläsaren. "
        f"Filen är {path}."
    )


def cannot_open(path: Path) -> str:
    """A file that the computer does not open, most often since it has no program for it."""
    return (
        f"Datorn öppnade inte {path.name}. Kanske saknas ett program för sådana filer. Ladda ned den, eller "
        f"öppna den själv. Filen är {path}."
    )


# The pages of all rounds: their addresses, and their names.
OF_ALL = {"/": "Omgångar", "/jamforelse": "Jämförelse"}


def step_name(page: str) -> str:
    """The name of a page that a step is taken on."""
    return OF_ALL.get(page) or next(name for end, name, _ in STEPS if end == page)


def step_address(round_address: str, page: str) -> str:
    """The address of a page that a step is taken on, in a round."""
    return page if page in OF_ALL else f"{round_address}{page}"


def way_back(name: str) -> str:
    """A link to the page that the handbook was reached from."""
    return f"Tillbaka till {name}" if name else "Tillbaka till sidan du kom från"


# What the help tells: each step, what the coordinator does in it, and the command that does the same.
HELP_STEPS: tuple[tuple[str, str, str], ...] = (
    ("Omgångar", "Gör en ny omgång, tom eller från förra.", "uppsikt init"),
    ("Plan", "Fyll i planen i Excel och se vad som behöver rättas.", "uppsikt check"),
    ("Formulär", "Gör formulären och skicka dem till enheterna.", "uppsikt templates"),
    ("Inkorg", "Lägg svaren i inkorgen efter hand som de kommer.", "uppsikt check"),
    ("Enheter", "Se vem som har lämnat in, och gör returer.", "uppsikt status, uppsikt check"),
    ("Anmärkningar", "Gå igenom det som ska rättas.", "uppsikt check"),
    (
        "Sammanställning",
        "Gör sammanställningen och ändra raderna, här eller i Excel.",
        "uppsikt merge",
    ),
    ("Täckning", "Se vilka mål som enheterna arbetar med.", "uppsikt merge"),
    ("Rapport", "Gör rapporten, läs igenom den och publicera.", "uppsikt report, uppsikt publish"),
    (
        "Beslut",
        "Skriv utskottets beslut, och vad som ska kompletteras.",
        "uppsikt merge, uppsikt templates",
    ),
    ("Mejl", "Se vem som får vad, och gör utkast eller skicka.", "uppsikt mail"),
    ("Jämförelse", "Jämför omgångarna i mappen.", "uppsikt history, uppsikt compare"),
)
# Where the handbook tells of each page, by the page's name.
HANDBOOK = {
    "Översikt": "en-omgång",
    "Plan": "1-gör-omgången",
    "Formulär": "2-gör-formulären",
    "Inkorg": "4-samla-in",
    "Enheter": "5-se-vilka-som-är-kvar",
    "Anmärkningar": "6-kontrollera",
    "Sammanställning": "7-sammanställ",
    "Täckning": "7-sammanställ",
    "Rapport": "8-gör-rapporten",
    "Beslut": "ett-år",
    "Mejl": "e-post",
}
HELP_NOTES: tuple[str, ...] = (
    "Allt ligger i omgångens mapp. Sidan visar det som ligger där, vem som än har gjort det.",
    "Mottagna filer ändras aldrig. En fil som du har ändrat skrivs aldrig över; den nya läggs bredvid.",
    "Stäng filer i Excel och Word innan de görs om. Annars säger sidan vilken som är öppen.",
    "Två kan inte skriva i samma omgång samtidigt. Den som kommer sist får veta vem som har den.",
    "Sidan nås bara från den här datorn, och bara av den webbläsare som programmet öppnade.",
    "Programmet avslutas med knappen Avsluta, och av sig självt en stund efter att sista fliken har stängts.",
)
