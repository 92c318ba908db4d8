"""The coordinator's choices in the compilation: codes M605, M606, M608, M609 and M612."""

from excel_uppsikt.findings.code import Code, Severity


class M605(
    Code,
    severity=Severity.WARNING,
    when="En rad i sammanställningen hör inte till något mål.",
    example="Samordnaren har lagt till en rad utan mål.",
    remedy="Skriv målets text i kolumnen Mål och sätt Ta med till ja.",
    units=False,
):
    GOAL = (
        "Målet {value} finns inte i planen. Skriv målet som det står på planens blad Mål och "
        "sätt Ta med till ja, annars kommer raden inte med i rapporten."
    )
    NO_GOAL = (
        "Målet saknas på raden. Skriv målet som det står på planens blad Mål och sätt "
        "Ta med till ja, annars kommer raden inte med i rapporten."
    )


class M606(
    Code,
    severity=Severity.WARNING,
    when="Ett val i sammanställningen går inte att läsa.",
    example="Ta med är ”kanske”.",
    remedy="Skriv ja eller nej, eller ett tal vid Ordning.",
    units=False,
):
    PLAIN = "{header} är {value}, som inte går att läsa. Skriv ja eller nej. Så länge gäller det som ja."
    KEPT_OUT = (
        "{header} är {value}, som inte går att läsa. Skriv ja eller nej. Så länge gäller nej."
    )
    ORDER = (
        "{header} är {value}, som inte är ett tal. Skriv ett tal, eller töm cellen. Raden står så länge "
        "bland dem utan ordning."
    )
    USE = (
        "{header} för {name} är {value}, som inte går att läsa. Skriv ja eller nej. Så länge väljs filen "
        "som förut."
    )
    UNUSABLE = (
        "{header} är {value} för {name}, men filen kan inte användas. Varför står i Anmärkning på samma "
        "rad. Den används inte."
    )
    USE_OF_UNUSABLE = (
        "{header} för {name} är {value}, som inte går att läsa. Filen kan inte användas; varför står i "
        "Anmärkning på samma rad."
    )


class M608(
    Code,
    severity=Severity.WARNING,
    when="En rad i sammanställningen är inte med i rapporten.",
    example="Enhetens fil är skadad, så att en redigerad rad inte längre har någon inlämning.",
    remedy="Skriv ja vid Ta med om raden ska vara med i rapporten ändå.",
    units=False,
):
    AWAY = (
        "”{title}” är inte med i rapporten, eftersom raden inte finns i någon fil som används nu. Det som "
        "står på raden är kvar, och den kommer med igen när den finns där. Ska den vara med ändå: skriv ja "
        "vid Ta med."
    )
    DELETED_AND_AWAY = (
        "”{title}” är inte med i rapporten: du har tagit bort raden ur sammanställningen. Den finns inte "
        "i någon fil som används nu; ditt beslut gäller också när den kommer tillbaka."
    )
    EXCLUDED_AND_AWAY = (
        "”{title}” är inte med i rapporten: du har skrivit nej vid Ta med. Raden finns inte i någon "
        "fil som används nu; ditt nej gäller också när den kommer tillbaka."
    )


class M609(
    Code,
    severity=Severity.WARNING,
    when="Ett beslut på bladet Beslut i sammanställningen går inte att läsa.",
    example="Utfall är ”kanske”, eller verksamheten finns inte i planen.",
    remedy="Rätta cellen. Det som står där är kvar tills du ändrar det.",
    units=False,
):
    DEPARTMENT = (
        "Verksamheten {value} finns inte i planen. Skriv namnet som på planens blad Verksamheter, annars "
        "räknas inte raden."
    )
    NO_DEPARTMENT = "Verksamhet saknas. Välj den i listan, annars räknas inte raden."
    OUTCOME = (
        "Utfall är {value}, som inte går att läsa. Välj godkänd, återremiss eller till KS, annars räknas "
        "inte raden."
    )
    NO_OUTCOME = "Utfall saknas. Välj godkänd, återremiss eller till KS, annars räknas inte raden."
    DAY = (
        "Datum är {value}, som inte går att läsa som en dag. Skriv det som år-månad-dag. Tills dess räknas "
        "beslutet utan datum, efter raderna ovanför."
    )
    NO_DAY = (
        "Datum saknas. Skriv beslutets dag som år-månad-dag. Tills dess räknas beslutet utan datum, efter "
        "raderna ovanför."
    )
    DAY_ALONE = "Datum är {value}, som inte går att läsa som en dag. Skriv det som år-månad-dag."
    NO_DAY_ALONE = "Datum saknas. Skriv beslutets dag som år-månad-dag."
    OWNER = (
        "Enheten {value} finns inte i {department}. Skriv den som på planens blad Enheter, annars får "
        "ingen frågan."
    )
    CELL = "{header} visar {value} i stället för ett värde. Skriv det du menar i cellen."


class M612(
    Code,
    severity=Severity.WARNING,
    when="Det som står vid Samma som går inte att följa.",
    example="Raden pekar på ett Id som inte finns i sammanställningen.",
    remedy="Skriv Id för den rad som är samma aktivitet, eller töm cellen.",
    units=False,
):
    UNKNOWN = (
        "{value} vid Samma som för ”{title}” är inget Id i sammanställningen. Raden står för sig tills "
        "vidare. Skriv Id från den rad som är samma aktivitet, eller töm cellen."
    )
    ELSEWHERE = (
        "”{title}” och {value} vid Samma som hör till olika mål eller verksamheter. De slogs inte ihop. "
        "Rätta Id, eller ge raderna samma mål och verksamhet."
    )
    OWN = (
        "”{title}” slogs inte ihop med {value}, som är din egen rad. Gör tvärtom: skriv den här radens Id "
        "vid Samma som på din egen rad."
    )
    DIFFERS = (
        "{header} är {value} för ”{title}” men {kept} för ”{other}”, som raden är samma som. I rapporten "
        "står {kept}. Skriv samma på båda raderna, eller ändra på raden för ”{other}”."
    )
    NOT_YET = (
        "Samma som är ändrat för ”{title}” sedan sammanställningen gjordes, men rapporten görs av raderna "
        "som de står. Ska ändringen med: slå ihop igen (uppsikt merge)."
    )
    CIRCLE = (
        "”{title}” leder genom {value} vid Samma som tillbaka till sig själv eller runt bland andra rader. "
        "Raden står för sig tills vidare. Töm Samma som på den rad som ska vara kvar."
    )
