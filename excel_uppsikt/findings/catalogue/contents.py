"""What stands in forms and the compilation beside their own text or was mended: codes F206, F207 and F209."""

from excel_uppsikt.findings.code import NOT_FOR_UNITS, Code, Severity


class F206(
    Code,
    severity=Severity.WARNING,
    when="Formuläret lagades vid läsningen.",
    example="En kolumn har flyttats eller fått en ny rubrik.",
    remedy="Kontrollera att raderna blev rätt lästa. Annars behövs inget.",
):
    SHEET = (
        (
            "Bladet hör inte till formuläret som det skickades ut; "
            "det lästes som målet ”{goal}”, eftersom {reason}."
        ),
        NOT_FOR_UNITS,
    )
    COPIED = (
        "Målet ”{goal}” finns på mer än ett blad. Raderna här lades till målet.",
        NOT_FOR_UNITS,
    )
    COLUMN = (
        "Rubriken {value} lästes som ”{header}”.",
        NOT_FOR_UNITS,
    )
    MOVED = (
        "Kolumnerna står i en annan ordning än i formuläret: {value}. De lästes efter rubrikerna.",
        NOT_FOR_UNITS,
    )
    DUPLICATE_COLUMN = (
        "Rubriken {value} finns två gånger. Den första kolumnen med rubriken lästes.",
        "Rubriken {value} fanns två gånger, och bara den första kolumnen lästes. Se efter att rätt uppgifter "
        "står här.",
    )
    MISSING_COLUMN = (
        "Kolumnen ”{header}” saknas på bladet. Det som skulle ha stått där är tomt.",
        "Kolumnen ”{header}” saknades på bladet. Fyll i det som ska stå i den.",
    )
    METADATA = (
        (
            "Formulärets dolda uppgifter har gått förlorade. Enheten lästes ur {reason}. "
            "Kontrollera att det är rätt enhet."
        ),
        NOT_FOR_UNITS,
    )


class F207(
    Code,
    severity=Severity.WARNING,
    when="Innehåll utanför formulärets fält.",
    example="En egen kolumn ”Ansvarig” till höger om formuläret.",
    remedy="Flytta innehållet dit det hör, i formuläret eller i sammanställningen, om det ska med i "
    "rapporten.",
):
    CELL = (
        "{value}{column} står utanför formulärets kolumner och tas inte med i rapporten. "
        "Flytta texten till rätt kolumn om den ska vara med."
    )
    OWN_COLUMN = (
        "{value} står i {column}, som formuläret fyller i självt, och tas inte med i rapporten. "
        "Flytta texten till rätt kolumn om den ska vara med."
    )
    UNKNOWN_ID = (
        "{value} står i den dolda kolumnen ”Id”, som formuläret fyller i självt, men är inget Id som "
        "programmet har gett en aktivitet. Det tas inte med i rapporten. "
        "Flytta texten till rätt kolumn om den ska vara med."
    )
    UNKNOWN_IDS = (
        "Här börjar {count} i den dolda kolumnen ”Id” som programmet inte har gett någon aktivitet: {value}. "
        "De används inte, så raderna räknas som nya aktiviteter. Kommer de från förra omgången: kontrollera "
        "Föregående sammanställning i planen.",
        NOT_FOR_UNITS,
    )
    ROW = (
        "Här börjar {count} utanför formulärets kolumner. De tas inte med i rapporten: {value}. "
        "Flytta texten till rätt kolumn om den ska vara med."
    )
    SHEET = (
        "Bladet hör inte till något mål och tas inte med i rapporten. Här står: {value}. "
        "Flytta innehållet till rätt måls blad om det ska vara med."
    )
    GOAL_GONE = (
        "Bladet gäller målet ”{goal}”, som fanns när formuläret skickades ut men inte finns i planen nu. "
        "{count} där är inte med: {value}. Lägg tillbaka målet i planen, eller för in i sammanställningen "
        "det som ska vara med.",
        NOT_FOR_UNITS,
    )
    NOTE = (
        "Cellen har en anteckning: {value}. Anteckningar tas inte med i rapporten. "
        "Skriv texten i kolumnen Kommentar om den ska vara med."
    )
    README = (
        "{value} är inte formulärets egen text och tas inte med i rapporten. "
        "Skriv texten på rätt måls blad om den ska vara med."
    )
    README_MANY = (
        "Bladet har {count} som inte är formulärets egna och inte tas med i rapporten: "
        "{value}. Skriv på rätt måls blad det som ska vara med."
    )
    MAIL = (
        "I mejlet{sender} står {value}, som inte tas med i rapporten. Läs det, och för in i "
        "sammanställningen det som ska vara med.",
        NOT_FOR_UNITS,
    )
    UNREAD_MAIL = (
        "Mejlet{sender} har en text som programmet inte kan läsa. Öppna det i Outlook, och för in i "
        "sammanställningen det som ska vara med.",
        NOT_FOR_UNITS,
    )
    COMPILATION = (
        (
            "{value} är eget innehåll i sammanställningen, som inte följer med när den görs om. "
            "Din version läggs då i mappen ut/tidigare."
        ),
        NOT_FOR_UNITS,
    )
    OWN_SHEET = (
        "Bladet följer med när sammanställningen görs om, men inte {what}. "
        "Din version läggs då i mappen ut/tidigare; kopiera därifrån det som behövs.",
        NOT_FOR_UNITS,
    )
    CHART_SHEET = (
        "Bladet är ett diagramblad, eller ett annat blad utan celler, och följer inte med när "
        "sammanställningen görs om. Din version läggs då i mappen ut/tidigare; kopiera därifrån det som "
        "behövs.",
        NOT_FOR_UNITS,
    )
    OWN_FORMULA = (
        "Formeln {value} kan inte följa med när sammanställningen görs om ({count}): den hämtar något "
        "utanför arbetsboken, eller är av ett slag som programmet inte kan skriva. Det den senast visade "
        "står kvar, eller formeln som text. Din version läggs i mappen ut/tidigare.",
        NOT_FOR_UNITS,
    )
    FORMULA = (
        "Formeln {value} följer inte med när sammanställningen görs om ({count}), bara det som den "
        "visade. Din version läggs i mappen ut/tidigare. Formler hör hemma i egna kolumner och på egna "
        "blad, där de står kvar.",
        NOT_FOR_UNITS,
    )
    USE_FORMULA = (
        "Formeln {value} i Använd för {name} följer inte med när sammanställningen görs om, bara det som "
        "den visade. Din version läggs i mappen ut/tidigare. Skriv ja eller nej i cellen.",
        NOT_FOR_UNITS,
    )
    OWN_REFERENCE = (
        "Formeln {value} pekar på rader som inte finns kvar eller inte längre står tillsammans ({count}). "
        "Där de stod i formeln står nu #REF!. Skriv om den; din version läggs i mappen ut/tidigare.",
        NOT_FOR_UNITS,
    )
    OWN_AWAY = (
        "{value} står i en egen kolumn på {count} som inte finns i sammanställningen nu. "
        "Det är sparat och kommer tillbaka när raden gör det.",
        NOT_FOR_UNITS,
    )
    OWN_COLUMN_GONE = (
        "{value} var sparat för rader som inte finns nu, i den egna kolumnen ”{column}”. Kolumnen är "
        "borttagen, så det följer inte med längre. Skriv rubriken igen i din version i mappen ut/tidigare "
        "om det ska vara kvar.",
        NOT_FOR_UNITS,
    )
    DEPARTMENT = (
        "{value} står i kolumnen Verksamhet, som fylls i efter Enheter och därför får tillbaka sitt värde. "
        "Ändra Enheter om raden ska höra till en annan verksamhet.",
        NOT_FOR_UNITS,
    )
    OWN_NAME = (
        "{value} är ett namn som inte kan användas en gång till, så det egna heter nu ”{name}”.",
        NOT_FOR_UNITS,
    )


class F209(
    Code,
    severity=Severity.WARNING,
    when="Ett uppföljningsformulär har lämnats in som det skickades ut.",
    example="Ingen rad har fått ny status eller kommentar.",
    remedy="Be enheten gå igenom raderna: ny kommentar, ny status, eller oförändrat i Kommentar.",
):
    PLAIN = (
        (
            "Formuläret är likadant som när det skickades ut: ingen rad har gåtts igenom. Be avsändaren "
            "skriva en ny kommentar, ändra status eller skriva oförändrat på varje rad."
        ),
        "Formuläret är likadant som när det skickades ut: ingen rad har gåtts igenom. Skriv en ny "
        "kommentar, ändra status eller skriv oförändrat på varje rad.",
    )
