"""Rows and forms that are put together: codes M601 to M604, M607, M610 and M611."""

from excel_uppsikt.findings.code import NOT_FOR_UNITS, Code, Severity


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
