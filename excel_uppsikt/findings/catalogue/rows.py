"""What stands in a row, and whether it agrees with itself: codes R and C."""

from excel_uppsikt.findings.code import Code, Severity


class R301(
    Code,
    severity=Severity.ERROR,
    when="En obligatorisk uppgift saknas på raden.",
    example="Raden har titel och datum men ingen status.",
    remedy="Fyll i cellen, eller töm hela raden om den inte ska vara med.",
):
    PLAIN = "{header} saknas. Fyll i uppgiften, eller töm raden om den inte ska vara med."


class R302(
    Code,
    severity=Severity.ERROR,
    when="Ett datum går inte att läsa eller finns inte.",
    example="31 februari, eller 03/04/2024.",
    remedy="Skriv datumet som år-månad-dag, till exempel 2024-03-01.",
):
    UNREADABLE = (
        "{header} {value} går inte att läsa som ett datum. "
        "Skriv datumet som år-månad-dag, till exempel {example}."
    )
    NOT_REAL = "{header} {value} finns inte i kalendern. Skriv ett datum som finns."
    AMBIGUOUS = (
        "{header} {value} kan läsas på två sätt: {first} eller {second}. "
        "Skriv datumet som år-månad-dag."
    )


class R303(
    Code,
    severity=Severity.ERROR,
    when="Slutdatum ligger före startdatum.",
    example="Start 2024-05-01, slut 2024-04-30.",
    remedy="Rätta något av datumen.",
):
    PLAIN = "Slutdatum ({end}) ligger före startdatum ({start}). Rätta något av datumen."


class R304(
    Code,
    severity=Severity.WARNING,
    when="Ett datum ligger utanför omgångens tillåtna datum.",
    example="Slutdatum 2042-04-30 i en omgång för 2024.",
    remedy="Kontrollera året. Stämmer datumet behövs inget.",
):
    PLAIN = (
        "{header} {value} ligger utanför omgångens datum ({first} till {last}). "
        "Kontrollera året och rätta vid behov."
    )


class R305(
    Code,
    severity=Severity.ERROR,
    when="Statusen är okänd.",
    example="”På gång”, som inte är någon av planens statusar.",
    remedy="Välj en status i cellens lista.",
):
    UNKNOWN = "Statusen {value} finns inte. Välj någon av {allowed}."
    NEAR = "Statusen {value} finns inte. Menar du {near}? Välj i listan."
    OFFERED = (
        "Statusen {value} kunde väljas när formuläret skickades ut, men finns inte i planen nu. "
        "Välj någon av {allowed}."
    )


class R306(
    Code,
    severity=Severity.ERROR,
    when="En enhet på raden är okänd.",
    example="”Hemvården”, när enheten heter Hemtjänst i planen.",
    remedy="Skriv enhetens namn som det står i cellens lista. Har enheten bytt namn: skriv det gamla "
    "under Tidigare namn på planens blad Enheter.",
):
    UNKNOWN = "Enheten {value} finns inte i planen. Skriv {allowed}, med semikolon mellan flera."
    NEAR = "Enheten {value} finns inte i planen. Menar du {near}? Skriv namnet som i listan."
    OFFERED = (
        "{value} kunde väljas när formuläret skickades ut, men finns inte i planen nu. "
        "Skriv {allowed}, med semikolon mellan flera."
    )
    OTHER_DEPARTMENT = (
        "Enheten {value} hör till {other}. Skriv en av verksamhetens egna enheter; "
        "den andra verksamheten redovisar aktiviteten i sitt formulär."
    )
    WHICH_DEPARTMENT = (
        "{value} säger inte vilken verksamhet som menas. Skriv till exempel ”{example}”."
    )


class R307(
    Code,
    severity=Severity.WARNING,
    when="Statusen kräver en kommentar.",
    example="Avslutad med avvikelse utan kommentar.",
    remedy="Skriv en mening eller två i Kommentar.",
):
    PLAIN = (
        "Kommentar saknas, och statusen ”{status}” kräver en. "
        "Skriv kort vad som har hänt och vad ni gör åt det."
    )


class R308(
    Code,
    severity=Severity.WARNING,
    when="En platshållare har blivit kvar i en text.",
    example="”… jämfört med föregående år. XXX”",
    remedy="Skriv färdigt texten.",
):
    PLAIN = "I {header} står {value} kvar. Skriv färdigt texten eller ta bort det."


class R309(
    Code,
    severity=Severity.WARNING,
    when="En text har kortats eller rensats.",
    example="Text inklistrad från ett annat program med osynliga styrtecken.",
    remedy="Läs igenom texten.",
):
    CLEANED = (
        (
            "{header} innehöll tecken som inte kan skrivas ut. De togs bort. "
            "Läs igenom texten i rapporten."
        ),
        "{header} innehöll tecken som inte kan skrivas ut. De togs bort. Läs igenom texten.",
    )
    CUT = (
        "{header} är längre än de {limit} tecken som får plats i en cell. Slutet kom inte med: "
        "{value}. Korta texten."
    )


class R310(
    Code,
    severity=Severity.ERROR,
    when="Cellen innehåller ett formelfel eller en formel utan sparat värde.",
    example="#REF! efter att ett blad raderats.",
    remedy="Skriv in värdet för hand.",
):
    ERROR_VALUE = "{header} visar felet {value} i stället för ett värde. Skriv in värdet för hand."
    FORMULA = "{header} är en formel vars värde inte har sparats. Skriv in värdet för hand."


class R311(
    Code,
    severity=Severity.WARNING,
    when="En felstavad status eller enhet lästes som den som ligger närmast.",
    example="”Pågåene enligt plan” lästes som ”Pågående enligt plan”.",
    remedy="Välj rätt namn i cellens lista om det lästes fel. Annars behövs inget.",
):
    PLAIN = "{value} lästes som ”{read}”. Rätta om det är fel."


class R312(
    Code,
    severity=Severity.WARNING,
    when="Ett ungefärligt datum lästes som en dag.",
    example="”mars 2024” som slutdatum lästes som 2024-03-31.",
    remedy="Skriv hela datumet om det lästes fel. Annars behövs inget.",
):
    PLAIN = "{header} {value} lästes som {read}. Skriv hela datumet om det är fel."


class R313(
    Code,
    severity=Severity.WARNING,
    when="En rad från förra omgången har inte gåtts igenom.",
    example="Raden står kvar med samma status och utan ny kommentar.",
    remedy="Skriv en ny kommentar, ändra status, eller skriv oförändrat i Kommentar.",
):
    PLAIN = (
        "Raden står som när formuläret skickades ut. Skriv vad som har hänt, ändra status, eller skriv "
        "oförändrat i Kommentar om inget har hänt."
    )


class C401(
    Code,
    severity=Severity.WARNING,
    when="Ej påbörjad, fast startdatum har passerat vid avstämningen.",
    example="Ej påbörjad med start 2024-02-01 vid avstämning 2024-04-30.",
    remedy="Har arbetet börjat: välj en status för pågående. Annars: ändra startdatum, eller välj en "
    "status med avvikelse.",
):
    PLAIN = (
        "Statusen är ”{status}”, men startdatum {date} hade passerat vid avstämningen {cutoff}. "
        "Har arbetet börjat: välj en status för pågående. Börjar det senare: ändra startdatum, eller välj "
        "en status med avvikelse."
    )


class C402(
    Code,
    severity=Severity.WARNING,
    when="Pågående enligt plan, fast slutdatum har passerat vid avstämningen.",
    example="Pågående enligt plan med slut 2024-03-31 vid avstämning 2024-04-30.",
    remedy="Är den klar: välj en status för avslutad. Annars: välj en status med avvikelse, eller flytta "
    "slutdatum och skriv varför i Kommentar.",
):
    PLAIN = (
        "Statusen är ”{status}”, men slutdatum {date} hade passerat vid avstämningen {cutoff}. "
        "Är den klar: välj en status för avslutad. Annars: välj en status med avvikelse, eller flytta "
        "slutdatum och skriv varför i Kommentar."
    )


class C403(
    Code,
    severity=Severity.WARNING,
    when="Avslutad enligt plan, fast slutdatum ligger efter avstämningen.",
    example="Avslutad enligt plan med slut 2024-05-31 vid avstämning 2024-04-30.",
    remedy="Klar i förtid: ändra slutdatum till dagen då den blev klar. Annars: välj pågående.",
):
    PLAIN = (
        "Statusen är ”{status}”, men slutdatum {date} ligger efter avstämningen {cutoff}. "
        "Är den klar i förtid: ändra slutdatum till dagen då den blev klar. Välj annars en status för "
        "pågående."
    )


class C404(
    Code,
    severity=Severity.HINT,
    when="Pågående, fast startdatum ligger efter avstämningen.",
    example="Pågående med start 2024-09-01 vid avstämning 2024-04-30.",
    remedy="Tidigarelägg startdatum eller ändra status.",
):
    PLAIN = (
        "Statusen är ”{status}”, men startdatum {date} ligger efter avstämningen {cutoff}. "
        "Stämmer det, eller har arbetet börjat tidigare?"
    )


class C405(
    Code,
    severity=Severity.HINT,
    when="Kommentaren redovisar färre än titeln lovar.",
    example="”Minst 3 medarbetare …” med kommentaren ”2 medarbetare studerar”.",
    remedy="Skriv ut antalet, eller förklara skillnaden i kommentaren.",
):
    PLAIN = (
        "Titeln lovar minst {promised}, men kommentaren nämner {value}. "
        "Rätta antalet, eller skriv i Kommentar varför det är färre."
    )


class C406(
    Code,
    severity=Severity.HINT,
    when="Texten kan innehålla personuppgifter.",
    example="Ett personnummer i en kommentar.",
    remedy="Ta bort uppgiften eller skriv personens roll.",
):
    NUMBER = (
        "I {header} står {value}, som liknar ett personnummer. Ta bort det: "
        "rapporten blir en allmän handling."
    )
    NAME = (
        "I {header} nämns {value}, som kan vara en namngiven person. Skriv hellre personens roll."
    )
