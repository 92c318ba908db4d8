"""Warnings that mail servers put above a mail from outside, which nobody has written: known and left out.

Only those of a list are known, where nothing else stands in their paragraphs, above all else in a mail or in
what it quotes. Rather is one told too much than a word of the sender's lost.
"""

import re
from collections.abc import Iterator, Sequence

from excel_uppsikt.language.text import fold

# Longer ones are not looked at.
_LONGEST = 600
_SENTENCES = re.compile(r"(?<=[.!?:\]])\s+|\s*[|\t]\s*")
_AROUND = re.compile(r"^[\W_]+|[\W_]+$")
_LINK = re.compile(r"[<\[(]?\bhttps?://[^\s>\])]*[>\])]?", re.IGNORECASE)

_MAIL = (
    r"(?:mejlet|mejl|mailet|mail|meddelandet|meddelande|e-postmeddelandet|e-postmeddelande|e-posten|e-post|"
    r"brevet|e-brevet|e-mailet|e-mail)"
)
_PLACE = (
    r"(?:(?:vår |er |din |den egna )?(?:organisationen|organisation|kommunen|verksamheten|myndigheten|"
    r"regionen|koncernen|företaget)|(?:[^\s.]+ ){1,3}(?:kommun|region|stad|kommunkoncern)|"
    r"region [^\s.]+)"
)
_OUTSIDE_SV = (
    r"(?:(?:en |någon )?(?:extern (?:avsändare|adress|e-postadress|källa)|"
    rf"(?:avsändare )?utanför {_PLACE}))"
)
_EMAIL = r"(?:e-?mail|message|mail)"
_PLACE_EN = (
    r"(?:(?:the |your |our |this )?(?:organi[sz]ation|company|network|municipality|university|council|"
    r"business|tenant)|(?:the )?(?:[^\s.]+ ){1,3}(?:kommun|region|municipality|city|council|university)|"
    r"(?:the )?university of [^\s.]+)"
)
_OUTSIDE_EN = (
    r"(?:an? external (?:sender|source|address|e-?mail address)|"
    rf"(?:a sender )?outside (?:of )?{_PLACE_EN})"
)
# What says by itself that a mail comes from outside.
_TELLS = re.compile(
    "|".join(
        (
            rf"(?:det här|detta) {_MAIL} (?:kommer|kom|härrör|är skickat|har skickats|skickades|är) "
            rf"(?:från|ifrån) {_OUTSIDE_SV}",
            rf"(?:det här|detta) är (?:ett externt|extern) {_MAIL}",
            rf"(?:externt|extern) {_MAIL}|extern avsändare|externt innehåll",
            rf"avsändaren (?:är extern|finns utanför {_PLACE})",
            r"du får inte (?:ofta )?e-post(?:meddelanden)? (?:ofta )?från [^\s,]+@[^\s,]+",
            rf"this {_EMAIL} (?:has )?(?:originated|originates|came|comes|was sent|is sent|is) from "
            rf"{_OUTSIDE_EN}",
            rf"this is an external {_EMAIL}(?: originating outside {_PLACE_EN})?",
            rf"external (?:{_EMAIL}|sender)",
            r"you don['’]?t often get e-?mail from [^\s,]+@[^\s,]+",
        )
    )
)
# What stands with it, and is a banner only then.
_WITH_IT = re.compile(
    "|".join(
        (
            r"varning|obs|observera|viktigt|säkerhetsvarning|extern|externt",
            r"caution|warning|attention|notice|external|important|security (?:notice|warning)",
            r"(?:klicka|tryck) (?:därför )?(?:aldrig|inte) på (?:några )?länkar(?:na)?"
            r"(?: (?:eller|och) öppna (?:inte )?(?:några )?(?:bilagor(?:na)?|bifogade filer|filer))?"
            r"(?: (?:om|såvida|förrän|utan att)(?: \S+){1,20})?",
            r"öppna (?:därför )?(?:aldrig|inte) (?:några )?(?:länkar|bilagor|bifogade filer)"
            r"(?: (?:eller|och) (?:klicka (?:inte )?på )?(?:länkar|bilagor|bifogade filer))?"
            r"(?: (?:om|såvida|förrän|utan att)(?: \S+){1,20})?",
            r"var (?:extra )?(?:försiktig|uppmärksam|vaksam)(?: (?:med|på|när du|innan du)(?: \S+){1,12})?",
            r"tänk (?:efter|på) innan du klickar(?: på länkar)?"
            r"(?: (?:eller|och) öppnar (?:bilagor|bifogade filer))?",
            r"läs (?:mer )?om varför det(?:ta| här)? är viktigt",
            r"(?:please )?(?:do not|don['’]?t|never) (?:click|open|follow)(?: on)?(?: any)? "
            r"(?:links?|attachments?)(?:,? (?:or|and)(?: (?:open|click(?: on)?|follow))?(?: any)? "
            r"(?:links?|attachments?))?"
            r"(?: (?:unless|if|until)(?: \S+){1,20})?",
            r"(?:please )?(?:be (?:cautious|careful)|(?:take|use|exercise) (?:extra |extreme )?"
            r"(?:care|caution))(?: (?:when|with|before)(?: \S+){1,12})?",
            r"(?:please )?think before you click",
            r"learn why this is important",
        )
    )
)


def without_banner(lines: Sequence[str]) -> Sequence[str]:
    """The lines without a server's warning above all else, which may be several paragraphs."""
    start, told = 0, False
    for first, end in _paragraphs(lines):
        sentences = list(_sentences(lines[first:end]))
        if not sentences or not all(_is_of_banner(one) for one in sentences):
            break
        tells = any(_TELLS.fullmatch(one) for one in sentences)
        if not (tells or told or _only_heading(sentences)):
            break
        told |= tells
        start = end
    return lines[start:] if told else lines


def _only_heading(sentences: Sequence[str]) -> bool:
    """Whether a paragraph is a word that a banner begins with, as VARNING on a line of its own."""
    return len(sentences) == 1 and len(sentences[0].split()) <= 2


def _is_of_banner(sentence: str) -> bool:
    return bool(_TELLS.fullmatch(sentence) or _WITH_IT.fullmatch(sentence))


def _paragraphs(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where each paragraph begins and ends, the empty lines and drawn ones after it with it."""
    first = 0
    while first < len(lines):
        at = first
        while at < len(lines) and not _has_words(lines[at]):
            at += 1
        while at < len(lines) and _has_words(lines[at]):
            at += 1
        while at < len(lines) and not _has_words(lines[at]):
            at += 1
        yield first, at
        first = at


def _has_words(line: str) -> bool:
    return any(letter.isalnum() for letter in line)


def _sentences(lines: Sequence[str]) -> Iterator[str]:
    text = " ".join(" ".join(lines).split())
    if len(text) > _LONGEST:
        yield text
        return
    for sentence in _SENTENCES.split(_LINK.sub(" ", text)):
        if words := _AROUND.sub("", fold(sentence)):
            yield words
