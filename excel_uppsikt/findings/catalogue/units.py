"""What the units have handed in, against the rules of the round: codes U."""

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
            "men allt är inte med enligt sammanställningen. Se Ta med på bladet Aktiviteter."
        ),
        NOT_FOR_UNITS,
    )
    OTHERWISE = (
        "Inlämnat för {unit} är {handed}{excluding}, men regeln är minst {minimum}. "
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
            "men allt är inte med enligt sammanställningen. Se Ta med på bladet Aktiviteter."
        ),
        NOT_FOR_UNITS,
    )
    OTHERWISE = (
        "Inlämnat för {unit} är {handed} för målet ”{goal}”. Minst {minimum} krävs. I rapporten står "
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
