"""Every finding code with its Swedish texts: the one place where a message is worded.

A rule has one text per variant (most have only the plain one, under the empty name). Texts say what
was written and what to do; `findings.py` puts the sheet and cell before them. `{value}` arrives
quoted. `uppsikt rules` prints this catalogue.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A finding code: when it is given, its texts by variant, an example and the remedy."""

    code: str
    severity: str
    when: str
    texts: Mapping[str, str]
    example: str
    remedy: str


def _rule(
    code: str, severity: str, when: str, *, example: str, remedy: str, text: str = "", **more: str
) -> Rule:
    texts = {"": text, **more} if text else dict(more)
    return Rule(code, severity, when, texts, example, remedy)


_ASIDE = (
    "{unit} har lämnat in mer än en gång. {used} användes ({used_count}), eftersom {reason}. "
    "Den här filen ({count}) lades åt sidan. "
)

_RULES = (
    _rule(
        "P101",
        "error",
        "Ett blad eller en kolumn saknas i planen.",
        missing_sheet="Bladet ”{name}” saknas i planen. Lägg till det med rubrikerna {headers}.",
        missing_column="Kolumnen ”{name}” saknas. Lägg till den på rubrikraden.",
        example="Bladet Statusar har raderats ur plan.xlsx.",
        remedy="Skapa en ny omgång i en annan mapp med uppsikt init. Kopiera därifrån det som saknas.",
    ),
    _rule(
        "P102",
        "error",
        "Ett värde i planen saknas, går inte att läsa eller är inte tillåtet.",
        text="{name} är {value}, som inte kan användas. Skriv {allowed}.",
        missing="{name} saknas. Fyll i cellen med {allowed}.",
        missing_text="{name} saknas. Fyll i cellen.",
        missing_setting="Inställningen ”{name}” saknas. Lägg till en rad med namnet i den första "
        "kolumnen och {allowed} i den andra.",
        unknown_setting="Inställningen {value} är okänd. Rätta namnet, eller ta bort raden.",
        near_setting="Inställningen {value} är okänd. Menas ”{near}”? Skriv namnet så.",
        no_file="Filen {value} finns inte. Skriv sökvägen till förra omgångens sammanstallning.xlsx, "
        "räknad från mappen där den här planen ligger, eller lämna cellen tom.",
        empty_sheet="Bladet har inga rader. Skriv {allowed}.",
        date_order="{name} ({value}) ligger före {other}. Rätta något av datumen.",
        placeholder="Texten innehåller {value}, som inte är en känd utfyllnad. "
        "Skriv någon av {allowed}, eller ta bort klammern.",
        example="Avstämningsdatum är ”april” i stället för 2024-04-30.",
        remedy="Rätta cellen som anges. På bladet Omgång säger kolumnen Förklaring vad som kan stå där.",
    ),
    _rule(
        "P103",
        "error",
        "Ett namn i planen förekommer två gånger eller finns inte.",
        text="{name} {value} står redan i {other}. Varje rad ska ha sitt eget: ändra här, eller ta bort "
        "raden.",
        unknown="{name} {value} finns inte på bladet {other}, där det står {known}. Skriv namnet som "
        "det står där, eller lägg till en rad där.",
        example="En enhet hör till en verksamhet som inte står på bladet Verksamheter.",
        remedy="Finns namnet inte: skriv det på samma sätt på båda bladen. Finns det två gånger: ta bort den "
        "ena raden.",
    ),
    _rule(
        "P104",
        "warning",
        "Rapportdatum ligger före omgångens avstämningsdatum eller sista svarsdag.",
        text="Rapportdatum {value} ligger före {name} {other}. Rätta något av datumen.",
        example="Rapporten är daterad 2024-04-04, men läget i den gäller 2024-04-30.",
        remedy="Rätta Rapportdatum på bladet Verksamheter, eller datumet på bladet Omgång.",
    ),
    _rule(
        "F201",
        "error",
        "En fil i inkorgen går inte att läsa: skadad, inte en arbetsbok, farlig eller för stor.",
        damaged="Filen kan inte läsas; den är skadad eller inte helt överförd. "
        "Be avsändaren spara den på nytt som Excel-arbetsbok (.xlsx) och skicka den igen.",
        not_workbook="Filen är inte en arbetsbok utan {kind}. "
        "Be avsändaren skicka det ifyllda Excel-formuläret.",
        mail="Filen är {kind} utan någon arbetsbok. Ligger formuläret bakom en länk i det: hämta det "
        "och spara det i inkorgen. Be annars avsändaren skicka det ifyllda Excel-formuläret.",
        zip="Filen är {kind} utan någon arbetsbok. Be avsändaren skicka det ifyllda Excel-formuläret.",
        outlook="Filen är {kind}. Öppna det i Outlook och spara det bifogade formuläret i inkorgen.",
        nested="Filen är {kind} inuti en annan fil och öppnades inte. "
        "Spara den för sig i inkorgen om den innehåller ett formulär.",
        too_many="Filen innehåller {detail} och öppnades inte. "
        "Spara formulären ur den för sig i inkorgen.",
        too_large="Filen är orimligt stor ({detail}) och lästes inte. "
        "Be avsändaren fylla i ett nytt formulär och klistra in enbart texterna.",
        hostile="Filen innehåller sådant som aldrig finns i ett formulär ({detail}) och lästes inte. "
        "Öppna den inte. Kontakta avsändaren.",
        busy="Filen kan inte öppnas just nu. Stäng den i andra program och kör igen.",
        example="Ett Word-dokument har lagts i inkorgen.",
        remedy="Be avsändaren spara om formuläret som .xlsx och skicka det igen.",
    ),
    _rule(
        "F202",
        "error",
        "En fil i inkorgen är skyddad med lösenord.",
        text="Filen är skyddad med lösenord. Öppna den med lösenordet, ta bort skyddet "
        "(Arkiv, Info, Skydda arbetsbok) och spara den i inkorgen.",
        zip="Zip-filen är skyddad med lösenord. Packa upp den med lösenordet "
        "och spara formulären i inkorgen.",
        example="Formuläret har krypterats före utskicket.",
        remedy="Spara en kopia utan lösenord i inkorgen.",
    ),
    _rule(
        "F203",
        "error",
        "En fil i inkorgen är inte ett formulär för den här omgången.",
        other_round="Formuläret hör till en annan omgång ({other}). "
        "Be avsändaren fylla i den här omgångens formulär.",
        no_form="Filen är en arbetsbok men inte ett formulär för den här omgången: inget blad har "
        "kolumnerna {headers}. Be avsändaren använda formuläret som skickades ut.",
        no_goal="Inget av filens blad hör till något av planens mål. "
        "Be avsändaren använda formuläret som skickades ut.",
        example="Förra årets formulär har skickats in.",
        remedy="Skicka ut rätt formulär på nytt (mappen mallar).",
    ),
    _rule(
        "F204",
        "error",
        "Formulärets enhet är okänd eller går inte att avgöra.",
        text="Det går inte att avgöra vilken enhet formuläret kommer från. Döp om filen så att "
        "enhetens namn ingår, till exempel ”{example}.xlsx”.",
        unknown="Formuläret säger att det kommer från {value}, som inte finns i planen. Lägg till "
        "enheten i planen, eller skriv namnet där under Tidigare namn.",
        example="Filen heter Kopia (2).xlsx och säger inte vems den är.",
        remedy="Döp om filen till enhetens namn.",
    ),
    _rule(
        "F205",
        "warning",
        "Samma enhet (eller Gemensamt) har lämnat in mer än en gång.",
        differs=_ASIDE + "Så står det i den men inte i den som användes: {rows}. Ska "
        "något av det vara med: be enheten om en samlad fil, eller ändra Använd på bladet Inlämningar "
        "i sammanställningen.",
        same=_ASIDE + "Alla dess rader finns likadana i den som användes, så inget behövs.",
        empty=_ASIDE + "Den innehåller inga aktiviteter, så inget behövs.",
        example="En rättad version kom en vecka senare under ett annat filnamn.",
        remedy="Stämmer valet inte: ändra Använd på bladet Inlämningar i sammanställningen.",
    ),
    _rule(
        "F206",
        "warning",
        "Formuläret lagades vid läsningen.",
        sheet="Bladet hör inte till formuläret som det skickades ut; "
        "det lästes som målet ”{goal}”, eftersom {reason}.",
        copied="Målet ”{goal}” finns på mer än ett blad. Raderna här lades till målet.",
        column="Rubriken {value} lästes som ”{header}”.",
        moved="Kolumnerna står i en annan ordning än i formuläret: {value}. "
        "De lästes efter rubrikerna.",
        duplicate_column="Rubriken {value} finns två gånger. Den första kolumnen med rubriken lästes.",
        missing_column="Kolumnen ”{header}” saknas på bladet. Det som skulle ha stått där är tomt.",
        metadata="Formulärets dolda uppgifter har gått förlorade. Enheten lästes ur {reason}. "
        "Kontrollera att det är rätt enhet.",
        example="En kolumn har flyttats eller fått en ny rubrik.",
        remedy="Kontrollera att raderna blev rätt lästa. Annars behövs inget.",
    ),
    _rule(
        "F207",
        "warning",
        "Innehåll utanför formulärets fält.",
        cell="{value}{column} står utanför formulärets kolumner och tas inte med i rapporten. "
        "Flytta texten till rätt kolumn om den ska vara med.",
        sheet="Bladet hör inte till något mål och tas inte med i rapporten. Här står: {value}. "
        "Flytta innehållet till rätt måls blad om det ska vara med.",
        note="Cellen har en anteckning: {value}. Anteckningar tas inte med i rapporten. "
        "Skriv texten i kolumnen Kommentar om den ska vara med.",
        readme="{value} är inte formulärets egen text och tas inte med i rapporten. "
        "Skriv texten på rätt måls blad om den ska vara med.",
        readme_many="Bladet har {count} som inte är formulärets egna och inte tas med i rapporten: "
        "{value}. Skriv på rätt måls blad det som ska vara med.",
        compilation="{value} är eget innehåll i sammanställningen, som inte följer med till nästa. "
        "Din version före körningen finns kvar i mappen ut/tidigare.",
        example="En egen kolumn ”Ansvarig” till höger om formuläret.",
        remedy="Flytta innehållet till ett av formulärets fält om det ska med i rapporten.",
    ),
    _rule(
        "F208",
        "warning",
        "Formuläret, filnamnet eller raderna säger olika enheter.",
        file_name="Formuläret är {unit}s men filen heter {value}. Det lästes som {unit}s. "
        "Har fel formulär fyllts i: be enheten skicka sitt eget.",
        rows="Formuläret är {unit}s men alla dess rader nämner {value}. Det lästes "
        "som {unit}s. Har fel formulär fyllts i: be enheten skicka sitt eget.",
        example="Hemtjänst.xlsx visar sig vara Bemannings formulär.",
        remedy="Kontrollera vems formuläret är och be om rätt fil vid behov.",
    ),
    _rule(
        "R301",
        "error",
        "En obligatorisk uppgift saknas på raden.",
        text="{header} saknas. Fyll i uppgiften, eller töm raden om den inte ska vara med.",
        example="Raden har titel och datum men ingen status.",
        remedy="Fyll i cellen, eller töm hela raden om den inte ska vara med.",
    ),
    _rule(
        "R302",
        "error",
        "Ett datum går inte att läsa eller finns inte.",
        text="{header} {value} går inte att läsa som ett datum. "
        "Skriv datumet som år-månad-dag, till exempel {example}.",
        not_real="{header} {value} finns inte i kalendern. Skriv ett datum som finns.",
        ambiguous="{header} {value} kan läsas på två sätt: {first} eller {second}. "
        "Skriv datumet som år-månad-dag.",
        example="31 februari, eller 03/04/2024.",
        remedy="Skriv datumet som år-månad-dag, till exempel 2024-03-01.",
    ),
    _rule(
        "R303",
        "error",
        "Slutdatum ligger före startdatum.",
        text="Slutdatum ({end}) ligger före startdatum ({start}). Rätta något av datumen.",
        example="Start 2024-05-01, slut 2024-04-30.",
        remedy="Rätta något av datumen.",
    ),
    _rule(
        "R304",
        "warning",
        "Ett datum ligger utanför omgångens tillåtna datum.",
        text="{header} {value} ligger utanför omgångens datum ({first} till {last}). "
        "Kontrollera året och rätta vid behov.",
        example="Slutdatum 2042-04-30 i en omgång för 2024.",
        remedy="Kontrollera året. Stämmer datumet behövs inget.",
    ),
    _rule(
        "R305",
        "error",
        "Statusen är okänd.",
        text="Statusen {value} finns inte. Välj någon av {allowed}.",
        near="Statusen {value} finns inte. Menar du {near}? Välj i listan.",
        example="”På gång”, som inte är någon av planens statusar.",
        remedy="Välj en status i cellens lista.",
    ),
    _rule(
        "R306",
        "error",
        "En enhet på raden är okänd.",
        text="Enheten {value} finns inte i planen. Skriv {allowed}, med semikolon mellan flera.",
        near="Enheten {value} finns inte i planen. Menar du {near}? Skriv namnet som i listan.",
        other_department="Enheten {value} hör till {other}. Skriv en av verksamhetens egna enheter; "
        "den andra verksamheten redovisar aktiviteten i sitt formulär.",
        which_department="{value} säger inte vilken verksamhet som menas. Skriv till exempel "
        "”{example}”.",
        example="”Hemvården”, när enheten heter Hemtjänst i planen.",
        remedy="Skriv enhetens namn som det står i cellens lista. Har enheten bytt namn: skriv det gamla "
        "under Tidigare namn på planens blad Enheter.",
    ),
    _rule(
        "R307",
        "warning",
        "Statusen kräver en kommentar.",
        text="Kommentar saknas, och statusen ”{status}” kräver en. "
        "Skriv kort vad som har hänt och vad ni gör åt det.",
        example="Avslutad med avvikelse utan kommentar.",
        remedy="Skriv en mening eller två i Kommentar.",
    ),
    _rule(
        "R308",
        "warning",
        "En platshållare har blivit kvar i en text.",
        text="I {header} står {value} kvar. Skriv färdigt texten eller ta bort det.",
        example="”… jämfört med föregående år. XXX”",
        remedy="Skriv färdigt texten.",
    ),
    _rule(
        "R309",
        "warning",
        "En text har kortats eller rensats.",
        cleaned="{header} innehöll tecken som inte kan skrivas ut. De togs bort. "
        "Läs igenom texten i rapporten.",
        cut="{header} är längre än de {limit} tecken som får plats i en cell. Slutet kom inte med: "
        "{value}. Korta texten.",
        example="Text inklistrad från ett annat program med osynliga styrtecken.",
        remedy="Läs igenom texten.",
    ),
    _rule(
        "R310",
        "error",
        "Cellen innehåller ett formelfel eller en formel utan sparat värde.",
        text="{header} visar felet {value} i stället för ett värde. Skriv in värdet för hand.",
        formula="{header} är en formel vars värde inte har sparats. Skriv in värdet för hand.",
        example="#REF! efter att ett blad raderats.",
        remedy="Skriv in värdet för hand.",
    ),
    _rule(
        "R311",
        "warning",
        "En felstavad status eller enhet lästes som den som ligger närmast.",
        text="{value} lästes som ”{read}”. Rätta om det är fel.",
        example="”Pågåene enligt plan” lästes som ”Pågående enligt plan”.",
        remedy="Behövs bara om det lästes fel.",
    ),
    _rule(
        "R312",
        "warning",
        "Ett ungefärligt datum lästes som en dag.",
        text="{header} {value} lästes som {read}. Skriv hela datumet om det är fel.",
        example="”mars 2024” som slutdatum lästes som 2024-03-31.",
        remedy="Behövs bara om det lästes fel.",
    ),
    _rule(
        "C401",
        "warning",
        "Ej påbörjad, fast startdatum har passerat vid avstämningen.",
        text="Statusen är ”{status}”, men startdatum {date} hade passerat vid avstämningen {cutoff}. "
        "Ändra status eller startdatum, eller välj en status med avvikelse.",
        example="Ej påbörjad med start 2024-02-01 vid avstämning 2024-04-30.",
        remedy="Ändra status om arbetet har börjat, annars startdatum eller till en status med avvikelse.",
    ),
    _rule(
        "C402",
        "warning",
        "Pågående enligt plan, fast slutdatum har passerat vid avstämningen.",
        text="Statusen är ”{status}”, men slutdatum {date} hade passerat vid avstämningen {cutoff}. "
        "Avsluta aktiviteten, flytta slutdatum eller välj en status med avvikelse.",
        example="Pågående enligt plan med slut 2024-03-31 vid avstämning 2024-04-30.",
        remedy="Avsluta aktiviteten, flytta slutdatum eller välj en status med avvikelse.",
    ),
    _rule(
        "C403",
        "warning",
        "Avslutad enligt plan, fast slutdatum ligger efter avstämningen.",
        text="Statusen är ”{status}”, men slutdatum {date} ligger efter avstämningen {cutoff}. "
        "Är den klar i förtid: ändra slutdatum till dagen då den blev klar. Välj annars en status för "
        "pågående.",
        example="Avslutad enligt plan med slut 2024-05-31 vid avstämning 2024-04-30.",
        remedy="Klar i förtid: ändra slutdatum till dagen då den blev klar. Annars: välj pågående.",
    ),
    _rule(
        "C404",
        "hint",
        "Pågående, fast startdatum ligger efter avstämningen.",
        text="Statusen är ”{status}”, men startdatum {date} ligger efter avstämningen {cutoff}. "
        "Stämmer det, eller har arbetet börjat tidigare?",
        example="Pågående med start 2024-09-01 vid avstämning 2024-04-30.",
        remedy="Tidigarelägg startdatum eller ändra status.",
    ),
    _rule(
        "C405",
        "hint",
        "Kommentaren redovisar färre än titeln lovar.",
        text="Titeln lovar minst {promised}, men kommentaren nämner {value}. "
        "Stämmer det att målet är nått?",
        example="”Minst 3 medarbetare …” med kommentaren ”2 medarbetare studerar”.",
        remedy="Skriv ut antalet, eller förklara skillnaden i kommentaren.",
    ),
    _rule(
        "C406",
        "hint",
        "Texten kan innehålla personuppgifter.",
        number="I {header} står {value}, som liknar ett personnummer. Ta bort det: "
        "rapporten blir en allmän handling.",
        name="I {header} nämns {value}, som kan vara en namngiven person. "
        "Skriv hellre personens roll.",
        example="Ett personnummer i en kommentar.",
        remedy="Ta bort uppgiften eller skriv personens roll.",
    ),
    _rule(
        "U501",
        "error",
        "En enhet har färre aktiviteter än regeln kräver.",
        text="{unit} har {count}, men regeln är minst {minimum}{excluding}. {missing} saknas.",
        example="En enhet har en aktivitet utöver sjukfrånvaron.",
        remedy="Be enheten planera fler aktiviteter.",
    ),
    _rule(
        "U502",
        "error",
        "En enhet saknar aktivitet för ett obligatoriskt mål.",
        text="{unit} har ingen aktivitet för målet ”{goal}”. Minst {minimum} krävs.",
        few="{unit} har {count} för målet ”{goal}”. Minst {minimum} krävs.",
        example="En enhet har ingen aktivitet för minskad sjukfrånvaro.",
        remedy="Be enheten planera en aktivitet för målet.",
    ),
    _rule(
        "U503",
        "warning",
        "En enhet har inte lämnat in något.",
        text="{unit} har inte lämnat in något formulär. Påminn enheten.",
        example="Ingen fil från enheten finns i inkorgen.",
        remedy="Påminn enheten. Har den lämnat in under annat namn: se F204 och F208.",
    ),
    _rule(
        "M601",
        "warning",
        "Två aktiviteter liknar varandra men slogs inte ihop.",
        text="{value} liknar ”{other}” ({where}). De slogs inte ihop. "
        "Är det samma aktivitet: ge dem samma titel.",
        example="”Införa hälsosamma scheman” och ”Införande av hälsosamma scheman”.",
        remedy="Ge aktiviteterna samma titel om de är samma.",
    ),
    _rule(
        "M602",
        "warning",
        "Enheter har skrivit olika om en gemensam aktivitet.",
        text="{header} för ”{title}” är {value} här men {kept} i {where}. {kept} behölls. "
        "Kom överens om en lydelse.",
        joined="{header} för ”{title}” skiljer sig från {where}. Båda texterna behölls, efter varandra. "
        "Kom överens om en lydelse.",
        example="Två enheter har olika slutdatum för samma aktivitet.",
        remedy="Rätta i formulären eller i sammanställningen.",
    ),
    _rule(
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
    _rule(
        "M604",
        "hint",
        "Exakt samma rad finns två gånger i en arbetsbok.",
        text="Raden är likadan som rad {row} på bladet ”{sheet}”. De lästes som en.",
        example="En rad har kopierats av misstag.",
        remedy="Ta bort den ena raden.",
    ),
    _rule(
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
    _rule(
        "M606",
        "warning",
        "Ett val i sammanställningen går inte att läsa.",
        text="{header} är {value}, som inte går att läsa. Skriv ja eller nej. Raden togs med.",
        example="Ta med är ”kanske”.",
        remedy="Skriv ja eller nej.",
    ),
    _rule(
        "E701",
        "warning",
        "En aktivitet från förra omgången finns inte kvar.",
        text="”{title}” ({unit}) fanns i förra omgången men finns inte nu. "
        "Fråga enheten om den är avslutad eller borttagen.",
        example="En aktivitet har fallit bort ur formuläret.",
        remedy="Fråga enheten om den är avslutad, borttagen eller har fallit bort av misstag.",
    ),
    _rule(
        "E702",
        "warning",
        "En status har gått bakåt sedan förra omgången.",
        text="”{title}” var ”{before}” i förra omgången men är nu {value}. "
        "Fråga enheten om det stämmer; kommentaren bör då säga varför.",
        example="Avslutad blev Pågående.",
        remedy="Fråga enheten. Stämmer det bör kommentaren säga varför; annars rättar enheten statusen.",
    ),
    _rule(
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

CATALOGUE: Mapping[str, Rule] = {rule.code: rule for rule in _RULES}
