"""Units, merging and what has changed since the previous round: codes U, M and E."""

from excel_uppsikt.findings.catalogue.rule import rule

MERGING_RULES = (
    rule(
        "U501",
        "error",
        "En enhet har färre aktiviteter än regeln kräver.",
        text="{unit} har {count}, men regeln är minst {minimum}{excluding}. {missing} saknas.",
        example="En enhet har en aktivitet utöver sjukfrånvaron.",
        remedy="Be enheten planera fler aktiviteter.",
    ),
    rule(
        "U502",
        "error",
        "En enhet saknar aktivitet för ett obligatoriskt mål.",
        text="{unit} har ingen aktivitet för målet ”{goal}”. Minst {minimum} krävs.",
        few="{unit} har {count} för målet ”{goal}”. Minst {minimum} krävs.",
        example="En enhet har ingen aktivitet för minskad sjukfrånvaro.",
        remedy="Be enheten planera en aktivitet för målet.",
    ),
    rule(
        "U503",
        "warning",
        "En enhet har inte lämnat in något.",
        text="{unit} har inte lämnat in något formulär. Påminn enheten.",
        example="Ingen fil från enheten finns i inkorgen.",
        remedy="Påminn enheten. Har den lämnat in under annat namn: se F204 och F208.",
    ),
    rule(
        "M601",
        "warning",
        "Två aktiviteter liknar varandra men slogs inte ihop.",
        text="{value} liknar {other} ({where}). De slogs inte ihop. "
        "Om det är samma aktivitet: ge dem samma titel. Annars behöver inget göras.",
        example="”Införa hälsosamma scheman” och ”Införande av hälsosamma scheman”.",
        remedy="Ge aktiviteterna samma titel om de är samma.",
    ),
    rule(
        "M602",
        "warning",
        "Enheter har skrivit olika om en gemensam aktivitet.",
        text="{header} för {title} är {value} här men {kept} i {where}. {kept} behölls. "
        "Kom överens, och skriv samma på båda ställena.",
        joined="{header} för {title} är en annan här än i {where}. Båda texterna behölls, efter varandra. "
        "Kom överens, och skriv samma på båda ställena.",
        example="Två enheter har olika slutdatum för samma aktivitet.",
        remedy="Rätta i formulären eller i sammanställningen.",
    ),
    rule(
        "M603",
        "warning",
        "Både samordnaren och enheten har ändrat samma uppgift.",
        text="{header} för ”{title}” har ändrats både i sammanställningen och av enheten. "
        "Texten i sammanställningen behölls; enhetens nya är {value} och står i Anteckning. "
        "Välj lydelse och töm sedan anteckningen.",
        gone="”{title}” har redigerats i sammanställningen men finns inte längre i inlämningarna. "
        "Raden behölls med Ta med = nej.",
        example="En sen inlämning ändrar en text som samordnaren har redigerat.",
        remedy="Välj lydelse i sammanställningen.",
    ),
    rule(
        "M604",
        "hint",
        "Exakt samma rad finns två gånger i en arbetsbok.",
        text="Raden är likadan som rad {row} på bladet ”{sheet}”. De lästes som en.",
        example="En rad har kopierats av misstag.",
        remedy="Ta bort den ena raden.",
    ),
    rule(
        "M605",
        "warning",
        "En rad i sammanställningen hör inte till något mål.",
        goal="Målet {value} finns inte i planen. Skriv målet som det står på planens blad Mål och "
        "sätt Ta med till ja, annars kommer raden inte med i rapporten.",
        no_goal="Målet saknas på raden. Skriv målet som det står på planens blad Mål och sätt "
        "Ta med till ja, annars kommer raden inte med i rapporten.",
        example="Samordnaren har lagt till en rad utan mål.",
        remedy="Skriv målets text i kolumnen Mål och sätt Ta med till ja.",
    ),
    rule(
        "M606",
        "warning",
        "Ett val i sammanställningen går inte att läsa.",
        text="{header} är {value}, som inte går att läsa. Skriv ja eller nej. Raden togs med.",
        example="Ta med är ”kanske”.",
        remedy="Skriv ja eller nej.",
    ),
    rule(
        "E701",
        "warning",
        "En aktivitet från förra omgången finns inte kvar.",
        text="”{title}” ({unit}) fanns i förra omgången men finns inte nu. "
        "Fråga enheten om den är avslutad eller borttagen.",
        example="En aktivitet har fallit bort ur formuläret.",
        remedy="Fråga enheten om den är avslutad, borttagen eller har fallit bort av misstag.",
    ),
    rule(
        "E702",
        "warning",
        "En status har gått bakåt sedan förra omgången.",
        text="”{title}” var ”{before}” i förra omgången men är nu {value}. "
        "Fråga enheten om det stämmer; kommentaren bör då säga varför.",
        example="Avslutad blev Pågående.",
        remedy="Fråga enheten. Stämmer det bör kommentaren säga varför; annars rättar enheten statusen.",
    ),
    rule(
        "E703",
        "hint",
        "Slutdatum har flyttats, eller texten är oförändrad, sedan förra omgången.",
        moved="Slutdatum för ”{title}” har flyttats från {before} till {value} sedan förra omgången. "
        "Nämner kommentaren inte varför: be enheten skriva det.",
        unchanged="Kommentaren till ”{title}” är ordagrant densamma som i förra omgången. "
        "Fråga enheten om något har hänt sedan dess.",
        example="Slutdatum flyttat från april till september utan att kommentaren nämner det.",
        remedy="Be enheten skriva i kommentaren varför datumet har flyttats, eller vad som har hänt.",
    ),
)
