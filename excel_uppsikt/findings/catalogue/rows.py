"""What stands in a row, and whether it agrees with itself: codes R and C."""

from excel_uppsikt.findings.catalogue.rule import rule

ROW_RULES = (
    rule(
        "R301",
        "error",
        "En obligatorisk uppgift saknas på raden.",
        text="{header} saknas. Fyll i uppgiften, eller töm raden om den inte ska vara med.",
        example="Raden har titel och datum men ingen status.",
        remedy="Fyll i cellen, eller töm hela raden om den inte ska vara med.",
    ),
    rule(
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
    rule(
        "R303",
        "error",
        "Slutdatum ligger före startdatum.",
        text="Slutdatum ({end}) ligger före startdatum ({start}). Rätta något av datumen.",
        example="Start 2024-05-01, slut 2024-04-30.",
        remedy="Rätta något av datumen.",
    ),
    rule(
        "R304",
        "warning",
        "Ett datum ligger utanför omgångens tillåtna datum.",
        text="{header} {value} ligger utanför omgångens datum ({first} till {last}). "
        "Kontrollera året och rätta vid behov.",
        example="Slutdatum 2042-04-30 i en omgång för 2024.",
        remedy="Kontrollera året. Stämmer datumet behövs inget.",
    ),
    rule(
        "R305",
        "error",
        "Statusen är okänd.",
        text="Statusen {value} finns inte. Välj någon av {allowed}.",
        near="Statusen {value} finns inte. Menar du {near}? Välj i listan.",
        example="”På gång”, som inte är någon av planens statusar.",
        remedy="Välj en status i cellens lista.",
    ),
    rule(
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
    rule(
        "R307",
        "warning",
        "Statusen kräver en kommentar.",
        text="Kommentar saknas, och statusen ”{status}” kräver en. "
        "Skriv kort vad som har hänt och vad ni gör åt det.",
        example="Avslutad med avvikelse utan kommentar.",
        remedy="Skriv en mening eller två i Kommentar.",
    ),
    rule(
        "R308",
        "warning",
        "En platshållare har blivit kvar i en text.",
        text="I {header} står {value} kvar. Skriv färdigt texten eller ta bort det.",
        example="”… jämfört med föregående år. XXX”",
        remedy="Skriv färdigt texten.",
    ),
    rule(
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
    rule(
        "R310",
        "error",
        "Cellen innehåller ett formelfel eller en formel utan sparat värde.",
        text="{header} visar felet {value} i stället för ett värde. Skriv in värdet för hand.",
        formula="{header} är en formel vars värde inte har sparats. Skriv in värdet för hand.",
        example="#REF! efter att ett blad raderats.",
        remedy="Skriv in värdet för hand.",
    ),
    rule(
        "R311",
        "warning",
        "En felstavad status eller enhet lästes som den som ligger närmast.",
        text="{value} lästes som ”{read}”. Rätta om det är fel.",
        example="”Pågåene enligt plan” lästes som ”Pågående enligt plan”.",
        remedy="Behövs bara om det lästes fel.",
    ),
    rule(
        "R312",
        "warning",
        "Ett ungefärligt datum lästes som en dag.",
        text="{header} {value} lästes som {read}. Skriv hela datumet om det är fel.",
        example="”mars 2024” som slutdatum lästes som 2024-03-31.",
        remedy="Behövs bara om det lästes fel.",
    ),
    rule(
        "C401",
        "warning",
        "Ej påbörjad, fast startdatum har passerat vid avstämningen.",
        text="Statusen är ”{status}”, men startdatum {date} hade passerat vid avstämningen {cutoff}. "
        "Ändra status eller startdatum, eller välj en status med avvikelse.",
        example="Ej påbörjad med start 2024-02-01 vid avstämning 2024-04-30.",
        remedy="Ändra status om arbetet har börjat, annars startdatum eller till en status med avvikelse.",
    ),
    rule(
        "C402",
        "warning",
        "Pågående enligt plan, fast slutdatum har passerat vid avstämningen.",
        text="Statusen är ”{status}”, men slutdatum {date} hade passerat vid avstämningen {cutoff}. "
        "Avsluta aktiviteten, flytta slutdatum eller välj en status med avvikelse.",
        example="Pågående enligt plan med slut 2024-03-31 vid avstämning 2024-04-30.",
        remedy="Avsluta aktiviteten, flytta slutdatum eller välj en status med avvikelse.",
    ),
    rule(
        "C403",
        "warning",
        "Avslutad enligt plan, fast slutdatum ligger efter avstämningen.",
        text="Statusen är ”{status}”, men slutdatum {date} ligger efter avstämningen {cutoff}. "
        "Är den klar i förtid: ändra slutdatum till dagen då den blev klar. Välj annars en status för "
        "pågående.",
        example="Avslutad enligt plan med slut 2024-05-31 vid avstämning 2024-04-30.",
        remedy="Klar i förtid: ändra slutdatum till dagen då den blev klar. Annars: välj pågående.",
    ),
    rule(
        "C404",
        "hint",
        "Pågående, fast startdatum ligger efter avstämningen.",
        text="Statusen är ”{status}”, men startdatum {date} ligger efter avstämningen {cutoff}. "
        "Stämmer det, eller har arbetet börjat tidigare?",
        example="Pågående med start 2024-09-01 vid avstämning 2024-04-30.",
        remedy="Tidigarelägg startdatum eller ändra status.",
    ),
    rule(
        "C405",
        "hint",
        "Kommentaren redovisar färre än titeln lovar.",
        text="Titeln lovar minst {promised}, men kommentaren nämner {value}. "
        "Stämmer det att målet är nått?",
        example="”Minst 3 medarbetare …” med kommentaren ”2 medarbetare studerar”.",
        remedy="Skriv ut antalet, eller förklara skillnaden i kommentaren.",
    ),
    rule(
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
)
