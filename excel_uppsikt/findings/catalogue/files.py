"""Received files and versions handed out: codes F201 to F205, F208 and F210."""

from excel_uppsikt.findings.code import Code, Severity

_ASIDE = (
    "{unit} har lämnat in mer än en gång. {used} användes ({used_count}), eftersom {reason}. "
    "Den här filen ({count}) lades åt sidan. "
)
# Of a file with a unit's name in its own, which cannot be read, where another from the unit is used.
_BESIDE = (
    "{unit} har lämnat in en annan fil, {used}, som går att läsa och används. Har den här något nyare: be "
    "avsändaren skicka det i en fil som går att läsa. Annars behövs inget."
)


class F201(
    Code,
    severity=Severity.ERROR,
    when="En fil eller mapp i inkorgen går inte att läsa: skadad, stängd, inte en arbetsbok, farlig eller "
    "för stor.",
    example="Ett Word-dokument har lagts i inkorgen.",
    remedy="Be avsändaren spara om formuläret som .xlsx och skicka det igen, om det inte redan har kommit. "
    "Hör filen inte hit, som en bild: lägg undan den på sidan Inkorg.",
    units=False,
):
    DAMAGED = (
        "Filen kan inte läsas; den är skadad eller inte helt överförd. "
        "Be avsändaren spara den på nytt som Excel-arbetsbok (.xlsx) och skicka den igen."
    )
    PARTLY = (
        "Filen är sparad på ett sätt (.xlsb) där bara en del av cellerna går att läsa, så den lästes inte. "
        "Be avsändaren spara den som Excel-arbetsbok (.xlsx) och skicka den igen."
    )
    OTHER_FORMAT = (
        "Filen är {kind}, som inte kan läsas här. "
        "Be avsändaren spara den som Excel-arbetsbok (.xlsx) och skicka den igen."
    )
    NOT_WORKBOOK = (
        "Filen är inte en arbetsbok utan {kind}. Be avsändaren skicka det ifyllda Excel-formuläret."
    )
    MAIL = (
        "Filen är {kind} utan någon arbetsbok. Ligger formuläret bakom en länk i det: hämta det "
        "och spara det i inkorgen. Be annars avsändaren skicka det ifyllda Excel-formuläret."
    )
    ZIP = "Filen är {kind} utan någon arbetsbok. Be avsändaren skicka det ifyllda Excel-formuläret."
    NESTED = (
        "Filen är {kind} inuti en annan fil och öppnades inte. "
        "Spara den för sig i inkorgen om den innehåller ett formulär."
    )
    TOO_MANY = (
        "Filen innehåller {detail} och öppnades inte. "
        "Spara formulären ur den för sig i inkorgen, och ta bort den därifrån."
    )
    TOGETHER = (
        "Filen lästes inte, eftersom den och filerna som den kom med tillsammans {detail}. "
        "Spara den för sig i inkorgen och kör igen."
    )
    OVERFULL = (
        "Filen har {detail} och lästes inte. Be avsändaren dela upp den på ett formulär för varje "
        "enhet, och ta bort det som inte hör till formuläret."
    )
    TOO_SLOW = (
        "Filen tog för lång tid att läsa ({detail}). Kör igen. Hjälper inte det: be avsändaren "
        "spara den som Excel-arbetsbok (.xlsx) och skicka den igen."
    )
    FAR = (
        "Filen lästes inte, eftersom {detail} ligger långt utanför formuläret och inte är tom. "
        "Be avsändaren tömma den, eller fylla i ett nytt formulär och klistra in enbart texterna."
    )
    TOO_LARGE = (
        "Filen är för stor ({detail}) och lästes inte. "
        "Be avsändaren fylla i ett nytt formulär och klistra in enbart texterna."
    )
    HOSTILE = (
        "Filen innehåller sådant som aldrig finns i ett formulär ({detail}) och lästes inte. "
        "Öppna den inte. Kontakta avsändaren."
    )
    HIDDEN = (
        "Filens namn börjar med {detail}, som program ger sina tillfälliga och dolda filer, så den lästes "
        "inte. Den ser ändå ut att vara en arbetsbok. Är den ett formulär: ta bort {detail} ur namnet "
        "och kör igen."
    )
    CLOSED = (
        "Mappen kan inte läsas, så det som ligger i den är inte med. Skaffa behörighet till den, eller "
        "lägg filerna ur den direkt i inkorgen, och kör igen."
    )
    ELSEWHERE = (
        "Mappen är en länk. Länkar följs bara till mappar inuti omgången, så det som ligger i den här är "
        "inte med. "
        "Lägg själva filerna i inkorgen och kör igen."
    )
    DANGLING = (
        "Länken leder till något som inte finns eller inte går att nå. "
        "Lägg själva filen eller mappen i inkorgen och kör igen."
    )
    BUSY = "Filen kan inte öppnas just nu. Stäng den i andra program och kör igen."
    DAMAGED_BESIDE = "Filen kan inte läsas; den är skadad eller inte helt överförd. " + _BESIDE
    PARTLY_BESIDE = (
        "Filen är sparad på ett sätt (.xlsb) där bara en del av cellerna går att läsa, så den lästes inte. "
        + _BESIDE
    )
    NOT_WORKBOOK_BESIDE = "Filen är inte en arbetsbok utan {kind}. " + _BESIDE
    OVERFULL_BESIDE = "Filen har {detail} och lästes inte. " + _BESIDE
    TOO_SLOW_BESIDE = "Filen tog för lång tid att läsa ({detail}). " + _BESIDE
    FAR_BESIDE = (
        "Filen lästes inte, eftersom {detail} ligger långt utanför formuläret och inte är tom. "
        + _BESIDE
    )
    TOO_LARGE_BESIDE = "Filen är för stor ({detail}) och lästes inte. " + _BESIDE
    HOSTILE_BESIDE = (
        "Filen innehåller sådant som aldrig finns i ett formulär ({detail}) och lästes inte. Öppna den "
        "inte. " + _BESIDE
    )


class F202(
    Code,
    severity=Severity.ERROR,
    when="En fil i inkorgen är skyddad med lösenord.",
    example="Formuläret har krypterats före utskicket.",
    remedy="Be avsändaren om filen utan lösenord, eller spara en kopia utan det i inkorgen.",
    units=False,
):
    WORKBOOK = (
        "Filen är skyddad med lösenord. Be avsändaren skicka den utan. Har du lösenordet: öppna filen, ta "
        "bort skyddet (Arkiv, Info, Skydda arbetsbok) och spara den i inkorgen."
    )
    ZIP = (
        "Zip-filen är skyddad med lösenord. Be avsändaren skicka formulären utan. Har du lösenordet: packa "
        "upp filen och spara formulären i inkorgen."
    )
    WORKBOOK_BESIDE = "Filen är skyddad med lösenord. " + _BESIDE


class F203(
    Code,
    severity=Severity.ERROR,
    when="En fil i inkorgen är inte ett formulär för den här omgången.",
    example="Förra årets formulär har skickats in.",
    remedy="Skicka ut rätt formulär på nytt (mappen mallar).",
    units=False,
):
    OTHER_ROUND = (
        "Formuläret hör till en annan omgång ({other}). "
        "Be avsändaren fylla i den här omgångens formulär."
    )
    NO_FORM = (
        "Filen är en arbetsbok men inte ett formulär för den här omgången: inget blad har "
        "kolumnerna {headers}. Be avsändaren använda formuläret som skickades ut."
    )
    NO_GOAL = (
        "Inget av filens blad hör till något av planens mål. "
        "Be avsändaren använda formuläret som skickades ut."
    )
    GOALS_GONE = (
        "Filen hör till mål som fanns när formuläret skickades ut men inte finns i planen nu: {goals}. "
        "Den är därför inte med. Lägg tillbaka i planen det som behövs, eller för in i sammanställningen "
        "det som ska vara med."
    )


class F204(
    Code,
    severity=Severity.ERROR,
    when="Formulärets enhet är okänd eller går inte att avgöra.",
    example="Filen heter Kopia (2).xlsx och säger inte vems den är.",
    remedy="Döp om filen till enhetens namn.",
    units=False,
):
    NOTHING_TELLS = (
        "Det går inte att avgöra vilken enhet formuläret kommer från. Döp om filen så att "
        "enhetens namn ingår, till exempel ”{example}.xlsx”."
    )
    UNKNOWN = (
        "Formuläret säger att det kommer från {value}, som inte finns i planen. Lägg till "
        "enheten i planen, eller skriv namnet där under Tidigare namn."
    )
    COMMON = (
        "Formuläret är Gemensamt för {value}, som inte finns på planens blad Verksamheter. Har verksamheten "
        "bytt namn: gör och skicka ut Gemensamt igen, eller skriv det gamla namnet i planen."
    )
    SPLIT = (
        "Formuläret säger att det kommer från {value}, som har delats i {parts}. Be var och en av dem lämna "
        "in sitt eget formulär, eller flytta raderna till det som de hör till."
    )


class F205(
    Code,
    severity=Severity.WARNING,
    when="Samma enhet (eller Gemensamt) har lämnat in mer än en gång, eller en fil används inte eftersom det "
    "står så i sammanställningen.",
    example="En rättad version kom en vecka senare under ett annat filnamn.",
    remedy="Stämmer valet inte: ändra Använd på bladet Inlämningar i sammanställningen.",
    units=False,
):
    DIFFERS = (
        _ASIDE + "Bara i den står: {rows}. Ska något av det vara med: be enheten om "
        "en samlad fil. Ska hela filen användas i stället: skriv ja vid Använd för den på bladet "
        "Inlämningar i sammanställningen, och nej för den andra, och gör sammanställningen igen."
    )
    SAME = _ASIDE + "Alla dess rader finns likadana i den som användes, så inget behövs."
    EMPTY = _ASIDE + "Den innehåller inga aktiviteter, så inget behövs."
    NONE_USED = (
        "{unit} har lämnat in den här filen ({count}), men inget formulär från {unit} används: det står nej "
        "vid Använd på bladet Inlämningar i sammanställningen. Ska den användas: skriv ja där och gör "
        "sammanställningen igen. Annars behövs inget."
    )
    PER_GOAL = (
        "Filen ({count}) används inte: det står nej vid Använd för den på bladet Inlämningar i "
        "sammanställningen. Ska den användas: skriv ja där och gör sammanställningen igen. Annars "
        "behövs inget."
    )


class F208(
    Code,
    severity=Severity.WARNING,
    when="Formuläret, filnamnet eller raderna säger olika enheter.",
    example="Hemtjänst.xlsx visar sig vara Bemannings formulär.",
    remedy="Kontrollera vems formuläret är och be om rätt fil vid behov.",
    units=False,
):
    FILE_NAME = (
        "Formuläret hör till {unit}, men filen heter {value}. Det lästes som formuläret från {unit}. "
        "Har fel formulär fyllts i: be enheten skicka sitt eget."
    )
    ROWS = (
        "Formuläret hör till {unit}, men alla dess rader nämner {value}. Det lästes som formuläret från "
        "{unit}. Har fel formulär fyllts i: be enheten skicka sitt eget."
    )


class F210(
    Code,
    severity=Severity.WARNING,
    when="En version av det som lämnats ut är inte längre som den var.",
    example="Någon har öppnat och sparat rapporten i mappen ut/versioner.",
    remedy="Hämta tillbaka filen ur en säkerhetskopia, eller behåll mappen som den är.",
    units=False,
):
    CHANGED = (
        "Mappen är vad som lämnades ut och ska inte ändras, men {names} är inte som då. "
        "Mappen lämnades som den är. Hämta filen ur en säkerhetskopia om du kan."
    )
    UNREADABLE = (
        "Mappen saknar en version.json som går att läsa, så det går inte att se vad som lämnades ut. "
        "Mappen lämnades som den är. Har du lagt den där själv: flytta den."
    )
