"""The plan and the files of the inbox: codes P and F."""

from excel_uppsikt.findings.code import NOT_FOR_UNITS, Code, Severity

_ASIDE = (
    "{unit} har lämnat in mer än en gång. {used} användes ({used_count}), eftersom {reason}. "
    "Den här filen ({count}) lades åt sidan. "
)
# Of a file with a unit's name in its own, which cannot be read, where another from the unit is used.
_BESIDE = (
    "{unit} har lämnat in en annan fil, {used}, som går att läsa och används. Har den här något nyare: be "
    "avsändaren skicka det i en fil som går att läsa. Annars behövs inget."
)


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
