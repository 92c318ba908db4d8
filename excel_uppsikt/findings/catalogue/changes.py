"""What has changed since the previous round: codes E."""

from excel_uppsikt.findings.code import NOT_FOR_UNITS, Code, Severity


class E701(
    Code,
    severity=Severity.WARNING,
    when="En aktivitet från förra omgången finns inte kvar.",
    example="En aktivitet har fallit bort ur formuläret.",
    remedy="Fråga enheten om den är avslutad, borttagen eller har fallit bort av misstag.",
    units=False,
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
        (
            "”{title}” var ”{before}” i förra omgången men är nu {value}. "
            "Fråga enheten om det stämmer; kommentaren bör då säga varför."
        ),
        "”{title}” var ”{before}” i förra omgången men är nu {value}. "
        "Stämmer det: skriv varför i Kommentar. Rätta annars statusen.",
    )
    HERE = (
        "”{title}” var ”{before}” i förra omgången men är {value} här i sammanställningen. "
        "Stämmer det bör kommentaren säga varför; rätta annars statusen.",
        NOT_FOR_UNITS,
    )


class E703(
    Code,
    severity=Severity.HINT,
    when="Slutdatum har flyttats, eller texten är oförändrad, sedan förra omgången.",
    example="Slutdatum flyttat från april till september utan att kommentaren nämner det.",
    remedy="Be enheten skriva i kommentaren varför datumet har flyttats, eller vad som har hänt.",
):
    MOVED = (
        (
            "Slutdatum för ”{title}” har flyttats från ”{before}” till {value} sedan förra omgången. "
            "Nämner kommentaren inte varför: be enheten skriva det."
        ),
        "Slutdatum för ”{title}” har flyttats från ”{before}” till {value} sedan förra omgången. "
        "Skriv varför i Kommentar, om det inte står där.",
    )
    MOVED_HERE = (
        "Slutdatum för ”{title}” var ”{before}” i förra omgången men är {value} här i sammanställningen. "
        "Nämner kommentaren inte varför: skriv det på raden.",
        NOT_FOR_UNITS,
    )
    UNCHANGED = (
        (
            "Kommentaren till ”{title}” är ordagrant densamma som i förra omgången. "
            "Fråga enheten om något har hänt sedan dess."
        ),
        "Kommentaren till ”{title}” är ordagrant densamma som i förra omgången. "
        "Skriv vad som har hänt sedan dess, eller oförändrat om inget har hänt.",
    )
    UNCHANGED_HERE = (
        "Kommentaren till ”{title}” är här i sammanställningen ordagrant densamma som i förra omgången. "
        "Har något hänt sedan dess: skriv det på raden.",
        NOT_FOR_UNITS,
    )
