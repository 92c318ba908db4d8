"""What the coordinator has written in the plan: codes P."""

from excel_uppsikt.findings.code import Code, Severity


class P101(
    Code,
    severity=Severity.ERROR,
    when="Ett blad eller en kolumn saknas i planen.",
    example="Bladet Statusar har raderats ur plan.xlsx.",
    remedy="Skapa en ny omgång i en annan mapp med uppsikt init. Kopiera därifrån det som saknas.",
    units=False,
):
    MISSING_SHEET = "Bladet ”{name}” saknas i planen. Lägg till det med rubrikerna {headers}."
    MISSING_COLUMN = "Kolumnen ”{name}” saknas. Lägg till den på rubrikraden."


class P102(
    Code,
    severity=Severity.ERROR,
    when="Ett värde i planen saknas, går inte att läsa eller är inte tillåtet.",
    example="Avstämningsdatum är ”april” i stället för 2024-04-30.",
    remedy="Rätta cellen eller bladet som anges. På bladet Omgång säger kolumnen Förklaring vad som kan stå "
    "där.",
    units=False,
):
    NOT_ALLOWED = "{name} är {value}, som inte kan användas. Skriv {allowed}."
    MISSING = "{name} saknas. Fyll i cellen med {allowed}."
    MISSING_TEXT = "{name} saknas. Fyll i cellen."
    ANEW = "{name} saknas för den nya omgången. Förra omgången: {before}. Fyll i cellen."
    ANEW_OR_NONE = (
        "{name} saknas för den nya omgången. Förra omgången: {before}. Fyll i cellen. Ska den vara tom: "
        "töm också cell {beside}."
    )
    MISSING_SETTING = (
        "Inställningen ”{name}” saknas. Lägg till en rad med namnet i den första "
        "kolumnen och {allowed} i den andra."
    )
    UNKNOWN_SETTING = "Inställningen {value} är okänd. Rätta namnet, eller ta bort raden."
    NEAR_SETTING = "Inställningen {value} är okänd. Menas ”{near}”? Skriv namnet så."
    NO_FILE = (
        "Filen {value} finns inte. Skriv sökvägen till förra omgångens sammanstallning.xlsx, "
        "räknad från mappen där den här planen ligger, eller lämna cellen tom."
    )
    EMPTY_SHEET = "Bladet har inga rader. Skriv {allowed}."
    DATE_ORDER = "{name} ({value}) ligger före {other}. Rätta något av datumen."
    PLACEHOLDER = (
        "Texten innehåller {value}, som inte är en känd utfyllnad. "
        "Skriv någon av {allowed}, eller ta bort klammern."
    )


class P103(
    Code,
    severity=Severity.ERROR,
    when="Ett namn i planen förekommer två gånger eller finns inte.",
    example="En enhet hör till en verksamhet som inte står på bladet Verksamheter.",
    remedy="Finns namnet inte: skriv det på samma sätt på båda bladen. Finns det två gånger: ta bort den "
    "ena raden.",
    units=False,
):
    DUPLICATE = (
        "{name} {value} står redan i {other}. Varje rad ska ha sitt eget: ändra här, eller ta bort "
        "raden."
    )
    UNKNOWN = (
        "{name} {value} finns inte på bladet {other}, där det står {known}. Skriv namnet som "
        "det står där, eller lägg till en rad där."
    )
    FORMER_PRESENT = (
        "Tidigare namn {value} är också namnet på en enhet i planen (cell {cell}). Ta bort det här. Har en "
        "del av den enheten blivit ”{unit}”: skriv del av framför."
    )
    FORMER_TWICE = (
        "Tidigare namn {value} står redan för ”{other}” (cell {cell}). Delades enheten: skriv del av framför "
        "på båda ställena. Ta annars bort ett av dem."
    )
    FORMER_UNKNOWN = (
        "Tidigare namn {value} för ”{unit}” finns inte bland enheterna i föregående sammanställning. Skriv "
        "namnet som det står där, eller ta bort det."
    )


class P104(
    Code,
    severity=Severity.WARNING,
    when="Ett datum i planen kan knappast stämma: det hör till ett annat år, eller datumen kommer i fel "
    "ordning.",
    example="Rapporten är daterad 2024-04-04, men läget i den gäller 2024-04-30.",
    remedy="Rätta datumet i cellen som anges, eller det som det jämförs med på bladet Omgång.",
    units=False,
):
    PLAIN = (
        "Rapportdatum {value} ligger före {name} {other}. Rätta det här datumet, eller "
        "{name} på bladet Omgång."
    )
    CORRECTIONS = (
        "Rapportdatum {value} för {department} ligger före sista dag för rättningar {other}. Rätta det här "
        "datumet, eller sista dag för rättningar på bladet Omgång."
    )
    CUTOFF = "Avstämningsdatum {value} ligger inte i omgångens år {year}. Rätta det här datumet, eller År."
    ALLOWED = (
        "{name} {value}: de tillåtna datumen ligger helt utanför omgångens år {year}. Rätta det här "
        "datumet, eller År."
    )
    EARLIER_YEAR = (
        "{name} {value} ligger före omgångens år {year}. Står ett tidigare års datum kvar? Rätta det här "
        "datumet, eller År på bladet Omgång."
    )
    LONG_AFTER = (
        "{name} {value} ligger mer än ett år efter avstämningsdatum {cutoff}. Rätta det här datumet, eller "
        "avstämningsdatum på bladet Omgång."
    )
    DEADLINES = "Sista dag för rättningar {value} ligger före sista svarsdag {other}. Rätta något av datumen."
