"""Units, merging and what has changed since the previous round: codes U, M and E."""

from excel_uppsikt.findings.code import Code, Severity


class U501(
    Code,
    severity=Severity.ERROR,
    when="En enhet har färre aktiviteter än regeln kräver.",
    example="En enhet har en aktivitet utöver sjukfrånvaron.",
    remedy="Be enheten planera fler aktiviteter.",
):
    PLAIN = "{unit} har {count}, men regeln är minst {minimum}{excluding}. {missing} saknas."


class U502(
    Code,
    severity=Severity.ERROR,
    when="En enhet saknar aktivitet för ett obligatoriskt mål.",
    example="En enhet har ingen aktivitet för minskad sjukfrånvaro.",
    remedy="Be enheten planera en aktivitet för målet.",
):
    NONE = "{unit} har ingen aktivitet för målet ”{goal}”. Minst {minimum} krävs."
    FEW = "{unit} har {count} för målet ”{goal}”. Minst {minimum} krävs."


class U503(
    Code,
    severity=Severity.WARNING,
    when="En enhet har inte lämnat in något.",
    example="Ingen fil från enheten finns i inkorgen.",
    remedy="Påminn enheten. Har den lämnat in under annat namn: se F204 och F208.",
):
    PLAIN = "{unit} har inte lämnat in något formulär. Påminn enheten."


class M601(
    Code,
    severity=Severity.WARNING,
    when="Två aktiviteter liknar varandra men slogs inte ihop.",
    example="”Införa hälsosamma scheman” och ”Införande av hälsosamma scheman”.",
    remedy="Ge aktiviteterna samma titel om de är samma.",
):
    PLAIN = (
        "{value} liknar {other} ({where}). De slogs inte ihop. "
        "Om det är samma aktivitet: ge dem samma titel. Annars behöver inget göras."
    )


class M602(
    Code,
    severity=Severity.WARNING,
    when="Enheter har skrivit olika om en gemensam aktivitet.",
    example="Två enheter har olika slutdatum för samma aktivitet.",
    remedy="Rätta i formulären eller i sammanställningen.",
):
    FIRST_KEPT = (
        "{header} för {title} är {value} här men {kept} i {where}. {kept} behölls. "
        "Kom överens, och skriv samma på båda ställena."
    )
    JOINED = (
        "{header} för {title} är en annan här än i {where}. Båda texterna behölls, efter varandra. "
        "Kom överens, och skriv samma på båda ställena."
    )


class M603(
    Code,
    severity=Severity.WARNING,
    when="Både samordnaren och enheten har ändrat samma uppgift.",
    example="En sen inlämning ändrar en text som samordnaren har redigerat.",
    remedy="Välj lydelse i sammanställningen.",
):
    BOTH_CHANGED = (
        "{header} för ”{title}” har ändrats både i sammanställningen och av enheten. "
        "Texten i sammanställningen behölls; enhetens nya är {value} och står i Anteckning. "
        "Välj lydelse och töm sedan anteckningen."
    )
    GONE = (
        "”{title}” har redigerats i sammanställningen men finns inte längre i inlämningarna. "
        "Raden behölls med Ta med = nej."
    )


class M604(
    Code,
    severity=Severity.HINT,
    when="Exakt samma rad finns två gånger i en arbetsbok.",
    example="En rad har kopierats av misstag.",
    remedy="Ta bort den ena raden.",
):
    PLAIN = "Raden är likadan som rad {row} på bladet ”{sheet}”. De lästes som en."


class M605(
    Code,
    severity=Severity.WARNING,
    when="En rad i sammanställningen hör inte till något mål.",
    example="Samordnaren har lagt till en rad utan mål.",
    remedy="Skriv målets text i kolumnen Mål och sätt Ta med till ja.",
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
    remedy="Skriv ja eller nej.",
):
    PLAIN = "{header} är {value}, som inte går att läsa. Skriv ja eller nej. Raden togs med."


class E701(
    Code,
    severity=Severity.WARNING,
    when="En aktivitet från förra omgången finns inte kvar.",
    example="En aktivitet har fallit bort ur formuläret.",
    remedy="Fråga enheten om den är avslutad, borttagen eller har fallit bort av misstag.",
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
        "”{title}” var ”{before}” i förra omgången men är nu {value}. "
        "Fråga enheten om det stämmer; kommentaren bör då säga varför."
    )


class E703(
    Code,
    severity=Severity.HINT,
    when="Slutdatum har flyttats, eller texten är oförändrad, sedan förra omgången.",
    example="Slutdatum flyttat från april till september utan att kommentaren nämner det.",
    remedy="Be enheten skriva i kommentaren varför datumet har flyttats, eller vad som har hänt.",
):
    MOVED = (
        "Slutdatum för ”{title}” har flyttats från {before} till {value} sedan förra omgången. "
        "Nämner kommentaren inte varför: be enheten skriva det."
    )
    UNCHANGED = (
        "Kommentaren till ”{title}” är ordagrant densamma som i förra omgången. "
        "Fråga enheten om något har hänt sedan dess."
    )
