"""Units, merging and what has changed since the previous round: codes U, M and E."""

from excel_uppsikt.findings.code import NOT_FOR_UNITS, Code, Severity


class U501(
    Code,
    severity=Severity.ERROR,
    when="En enhet har färre aktiviteter än regeln kräver.",
    example="En enhet har en aktivitet utöver sjukfrånvaron.",
    remedy="Be enheten planera fler aktiviteter.",
):
    PLAIN = "{unit} har {count}{excluding}, men regeln är minst {minimum}. {missing} saknas."
    KEPT_OUT = (
        (
            "{unit} har {count}{excluding} i rapporten, men regeln är minst {minimum}. Inlämnat är {handed}, "
            "men alla är inte med enligt sammanställningen. Se Ta med på bladet Aktiviteter."
        ),
        NOT_FOR_UNITS,
    )
    OTHERWISE = (
        "{unit} har lämnat in {handed}{excluding}, men regeln är minst {minimum}. "
        "I rapporten står {count}."
    )
    SET_ASIDE = (
        "{unit} har lämnat in {files}, som inte används: Använd är nej på bladet Inlämningar i "
        "sammanställningen. Skriv ja där för det som ska användas. I rapporten har enheten "
        "{count}{excluding}, men regeln är minst {minimum}.",
        NOT_FOR_UNITS,
    )


class U502(
    Code,
    severity=Severity.ERROR,
    when="En enhet saknar aktivitet för ett obligatoriskt mål.",
    example="En enhet har ingen aktivitet för minskad sjukfrånvaro.",
    remedy="Be enheten planera en aktivitet för målet.",
):
    NONE = "{unit} har ingen aktivitet för målet ”{goal}”. Minst {minimum} krävs."
    FEW = "{unit} har {count} för målet ”{goal}”. Minst {minimum} krävs."
    KEPT_OUT = (
        (
            "{unit} har {count} för målet ”{goal}” i rapporten. Minst {minimum} krävs. Inlämnat är {handed}, "
            "men alla är inte med enligt sammanställningen. Se Ta med på bladet Aktiviteter."
        ),
        NOT_FOR_UNITS,
    )
    OTHERWISE = (
        "{unit} har lämnat in {handed} för målet ”{goal}”. Minst {minimum} krävs. I rapporten står "
        "{count}."
    )
    SET_ASIDE = (
        "{unit} har lämnat in {files}, som inte används: Använd är nej på bladet Inlämningar i "
        "sammanställningen. Skriv ja där för det som ska användas. I rapporten har enheten {count} för "
        "målet ”{goal}”. Minst {minimum} krävs.",
        NOT_FOR_UNITS,
    )


class U503(
    Code,
    severity=Severity.WARNING,
    when="En enhet har inte lämnat in något.",
    example="Ingen fil från enheten finns i inkorgen.",
    remedy="Påminn enheten. Har den lämnat in under annat namn: se F204 och F208.",
    units=False,
):
    PLAIN = "{unit} har inte lämnat in något formulär. Påminn enheten."


class U504(
    Code,
    severity=Severity.WARNING,
    when="En verksamhets Gemensamt har inte lämnats in.",
    example="Förra omgången hade Gemensamt aktiviteter, men den här gången har inget kommit.",
    remedy="Påminn den som ansvarar för verksamheten. Har den lämnat in under annat namn: se F204.",
    units=False,
):
    PLAIN = (
        "Gemensamt för {department} har inte lämnats in. Påminn den som ansvarar för verksamheten."
    )


class M601(
    Code,
    severity=Severity.WARNING,
    when="Två aktiviteter liknar varandra men slogs inte ihop.",
    example="”Införa hälsosamma scheman” och ”Införande av hälsosamma scheman”.",
    remedy="Ge aktiviteterna samma titel om de är samma.",
):
    PLAIN = (
        (
            "{value} liknar {other} ({where}). De slogs inte ihop. "
            "Om det är samma aktivitet: ge dem samma titel. Annars behöver inget göras."
        ),
        "{value} liknar {other}, som också har lämnats in. De slogs inte ihop. Om det är samma aktivitet: "
        "ge dem samma titel. Annars behöver inget göras.",
    )
    OWN = (
        "{value}, en egen rad i sammanställningen, liknar {other} ({where}). De slogs inte ihop. "
        "Om det är samma aktivitet: ta bort den egna raden, eller skriv nej vid Ta med för en av dem. "
        "Annars behöver inget göras.",
        NOT_FOR_UNITS,
    )


class M602(
    Code,
    severity=Severity.WARNING,
    when="Enheter har skrivit olika om en gemensam aktivitet.",
    example="Två enheter har olika slutdatum för samma aktivitet.",
    remedy="Rätta i formulären eller i sammanställningen.",
):
    FIRST_KEPT = (
        (
            "{header} för {title} är {value} här men {kept} i {where}. {kept} behölls. "
            "Kom överens, och skriv samma på båda ställena."
        ),
        "{header} för {title} är {value} här men {kept} i raden från {whose}. "
        "Kom överens, och skriv samma på båda ställena.",
    )
    JOINED = (
        (
            "{header} för {title} är en annan här än i {where}. Båda texterna behölls, efter varandra. "
            "Kom överens, och skriv samma på båda ställena."
        ),
        "{header} för {title} är en annan här än i raden från {whose}. "
        "Kom överens, och skriv samma på båda ställena.",
    )
    AFTER_COMPLETION = (
        (
            "{header} för {title} är {value} här, i ett formulär som sparades efter kompletteringen i "
            "{where}. Det som står i kompletteringen behölls. Ska det som står här gälla: skriv in det i "
            "sammanställningen."
        ),
        "{header} för {title} är {value} här men en annan i kompletteringen från {whose}, som behölls. "
        "Skriv samma på båda ställena.",
    )


class M603(
    Code,
    severity=Severity.WARNING,
    when="Både samordnaren och enheten har ändrat samma uppgift.",
    example="En sen inlämning ändrar en text som samordnaren har redigerat.",
    remedy="Välj lydelse i sammanställningen.",
    units=False,
):
    BOTH_CHANGED = (
        "{header} för ”{title}” har ändrats både i sammanställningen och av enheten. "
        "Texten i sammanställningen behölls; enhetens nya är {value} och står i Anteckning. "
        "Välj lydelse och töm sedan anteckningen."
    )


class M604(
    Code,
    severity=Severity.HINT,
    when="Exakt samma rad finns två gånger i en arbetsbok.",
    example="En rad har kopierats av misstag.",
    remedy="Ta bort den ena raden.",
):
    PLAIN = (
        "Raden är likadan som rad {row} på bladet ”{sheet}”. De lästes som en.",
        "Raden stod två gånger i formuläret och lästes som en. Ta bort den ena.",
    )


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


class M607(
    Code,
    severity=Severity.WARNING,
    when="Samordnarens egen rad och en enhets sena rad är samma aktivitet.",
    example="Samordnaren skrev in aktiviteten för hand, och en vecka senare kom enhetens formulär.",
    remedy="Läs igenom raden och enhetens uppgifter i Anteckning, och töm sedan anteckningen.",
    units=False,
):
    PLAIN = (
        "”{title}” står både på en egen rad i sammanställningen och i en enhets inlämning. De slogs ihop: "
        "det du har skrivit står kvar, och enhetens uppgifter står i Anteckning där de skiljer sig."
    )
    ALONE = (
        "”{title}” står på din egen rad, men inte längre i någon fil som används. Det du har skrivit är med "
        "i rapporten, och inte det som bara stod i filen. Ska raden inte vara med: skriv nej vid Ta med."
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
        "”{title}” är inte med i rapporten, eftersom raden inte finns i någon fil som används nu. Det du har "
        "ändrat är kvar, och raden kommer med igen när den finns där. Ska den vara med ändå: skriv ja vid "
        "Ta med."
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
    OWNER = (
        "Enheten {value} finns inte i {department}. Skriv den som på planens blad Enheter, annars får "
        "ingen frågan."
    )
    CELL = "{header} visar {value} i stället för ett värde. Skriv det du menar i cellen."


class M610(
    Code,
    severity=Severity.WARNING,
    when="En rad i en komplettering ändrar något som inte skulle kompletteras.",
    example="Enheten har skrivit om en aktivitet som utskottet inte har frågat om.",
    remedy="Ska ändringen vara med: skriv in den i sammanställningen.",
    units=False,
):
    PLAIN = (
        "”{title}” ingick inte i det som skulle kompletteras, så raden ändrades inte. Här står {rows}. "
        "Ska det vara med: skriv in det på raden i sammanställningen."
    )
    GONE = (
        "”{title}” ingick inte i det som skulle kompletteras, och ingen rad i sammanställningen heter så nu. "
        "Här står {rows}. Ska det vara med: skriv in det i sammanställningen."
    )


class M611(
    Code,
    severity=Severity.WARNING,
    when="En komplettering har en ny aktivitet.",
    example="Utskottet saknade en åtgärd, och enheten har lagt till en rad.",
    remedy="Läs igenom raden. Ska den inte vara med: skriv nej vid Ta med.",
    units=False,
):
    PLAIN = (
        "”{title}” är ny i kompletteringen från {owner} och lades till i rapporten. "
        "Ska den inte vara med: skriv nej vid Ta med i sammanställningen."
    )


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


class E701(
    Code,
    severity=Severity.WARNING,
    when="En aktivitet från förra omgången finns inte kvar.",
    example="En aktivitet har fallit bort ur formuläret.",
    remedy="Fråga enheten om den är avslutad, borttagen eller har fallit bort av misstag.",
    units=False,
):
    PLAIN = (
        "”{title}” ({unit}) fanns i förra omgången men finns inte nu. "
        "Fråga enheten om den är avslutad eller borttagen."
    )


class E702(
    Code,
    severity=Severity.WARNING,
    when="En status har gått bakåt sedan förra omgången.",
    example="Avslutad blev Pågående.",
    remedy="Fråga enheten. Stämmer det bör kommentaren säga varför; annars rättar enheten statusen.",
):
    PLAIN = (
        (
            "”{title}” var ”{before}” i förra omgången men är nu {value}. "
            "Fråga enheten om det stämmer; kommentaren bör då säga varför."
        ),
        "”{title}” var ”{before}” i förra omgången men är nu {value}. "
        "Stämmer det: skriv varför i Kommentar. Rätta annars statusen.",
    )
    HERE = (
        "”{title}” var ”{before}” i förra omgången men är {value} här i sammanställningen. "
        "Stämmer det bör kommentaren säga varför; rätta annars statusen.",
        NOT_FOR_UNITS,
    )


class E703(
    Code,
    severity=Severity.HINT,
    when="Slutdatum har flyttats, eller texten är oförändrad, sedan förra omgången.",
    example="Slutdatum flyttat från april till september utan att kommentaren nämner det.",
    remedy="Be enheten skriva i kommentaren varför datumet har flyttats, eller vad som har hänt.",
):
    MOVED = (
        (
            "Slutdatum för ”{title}” har flyttats från ”{before}” till {value} sedan förra omgången. "
            "Nämner kommentaren inte varför: be enheten skriva det."
        ),
        "Slutdatum för ”{title}” har flyttats från ”{before}” till {value} sedan förra omgången. "
        "Skriv varför i Kommentar, om det inte står där.",
    )
    MOVED_HERE = (
        "Slutdatum för ”{title}” var ”{before}” i förra omgången men är {value} här i sammanställningen. "
        "Nämner kommentaren inte varför: skriv det på raden.",
        NOT_FOR_UNITS,
    )
    UNCHANGED = (
        (
            "Kommentaren till ”{title}” är ordagrant densamma som i förra omgången. "
            "Fråga enheten om något har hänt sedan dess."
        ),
        "Kommentaren till ”{title}” är ordagrant densamma som i förra omgången. "
        "Skriv vad som har hänt sedan dess, eller oförändrat om inget har hänt.",
    )
    UNCHANGED_HERE = (
        "Kommentaren till ”{title}” är här i sammanställningen ordagrant densamma som i förra omgången. "
        "Har något hänt sedan dess: skriv det på raden.",
        NOT_FOR_UNITS,
    )
