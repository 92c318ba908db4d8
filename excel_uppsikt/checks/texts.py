"""What a row's texts say that they should not, or promise and do not keep (R308, C405, C406)."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from operator import attrgetter

from excel_uppsikt.findings.catalogue.rows import C405, C406, R308
from excel_uppsikt.findings.code import Code
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.form import definition as form
from excel_uppsikt.model import Field, Plan, Row, Values

_TEXT_FIELDS = tuple(column.field for column in form.COLUMNS if column.kind is form.ColumnKind.TEXT)
_texts_of: Callable[[Values], tuple[str, ...]] = attrgetter(*(of.value for of in _TEXT_FIELDS))

_PLACEHOLDER = re.compile(
    r"(?<!\w)(?:x{3,}|todo|fixme|tbd|lorem ipsum|fyll i(?: här)?(?=\s*(?:$|[.!)\]]))|"
    r"text (?:här|kommer))(?!\w)|\?{3,}|_{3,}|\.{6,}|<[a-zåäö ]{3,30}>|\[(?:\.{3}|…|text|namn|datum|antal)\]",
    re.IGNORECASE,
)

# The patterns are slow, and most texts hold nothing for them. So each has a quick look, the functions
# `may_…`, which is true at least where the pattern finds something.
#
# What `_PLACEHOLDER` finds holds one of these in lower case, with a letter that is soon looked for. They
# are without i, k and s, for which the pattern takes odd capitals too.
_PLACEHOLDER_PARTS = (
    *(("x", "xxx"), ("x", "xme"), ("x", "text "), ("b", "tbd"), ("y", "fyll ")),
    *(("o", "todo"), ("o", "lorem "), ("?", "???"), ("_", "___"), (".", "......")),
    *(("<", "<"), ("[", "[")),
)

_WORDS = (
    "noll",
    "en",
    "två",
    "tre",
    "fyra",
    "fem",
    "sex",
    "sju",
    "åtta",
    "nio",
    "tio",
    "elva",
    "tolv",
)
# "En" and "ett" are mostly articles.
_COUNTED = tuple(word for word in _WORDS if word != "en")
_NUMBERS = {word: at for at, word in enumerate(_WORDS)} | {"ett": 1}
_TURKISH = str.maketrans("ı", "i", "\u0307")
_DIGITS = r"\d{1,3}(?: \d{3}){0,3}(?![\d%]| \d)"
_NUMBER = rf"(?P<number>{_DIGITS}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
# Numbers of these are amounts, times and ages, not counts of what was promised.
_MEASURE = (
    r"%|procent|år(?:en|s)?\b|åring|månad|veck|dag|timm|minut|gång|ggr|kr\b|kronor|tkr|mkr|milj|"
    r"jan(?:uari)?\b|feb(?:ruari)?\b|mars?\b|apr(?:il)?\b|maj\b|juni?\b|juli?\b|aug(?:usti)?\b|"
    r"sept?(?:ember)?\b|okt(?:ober)?\b|nov(?:ember)?\b|dec(?:ember)?\b"
)
_PROMISE = re.compile(
    rf"\bminst\s+{_NUMBER}(?:\s*(?:st|stycken)\b\.?)?\s+(?!\s|{_MEASURE})", re.IGNORECASE
)
# A number after one of these is a name or a time, such as "klass 2" or "kl. 2".
_NAMES_BEFORE = (
    *("kl", r"kl\.", "klockan", "v", r"v\.", "vecka", "klass", "årskurs", "åk", "fas", "steg"),
    *("etapp", "del", "mål", "nivå", "nr", r"nr\.", "punkt", "sida"),
)
_NOT_AFTER = "".join(rf"(?<!\b{word} )" for word in _NAMES_BEFORE)
# A count in a comment: a number with a noun after it.
_COUNT = re.compile(
    # Seldom does a number begin here, and to look at all that may not stand before it takes long.
    rf"(?<![\w\-–.,:/])(?=[\d{''.join({word[0] for word in _COUNTED})}])(?=\d|{'|'.join(_COUNTED)})"
    rf"{_NOT_AFTER}"
    rf"(?P<number>{_DIGITS}|{'|'.join(_COUNTED)})"
    rf"(?:\s*(?:st|stycken)\b\.?)?\s+(?!{_MEASURE})(?P<noun>[a-zåäö][\wåäö-]{{2,}})",
    re.IGNORECASE,
)
_IDENTITY_NUMBER = re.compile(r"(?<!\d)(?:19|20)?(\d{2})(\d{2})(\d{2})[-+ ]?(\d{4})(?!\d)")
_NAME = r"[A-ZÅÄÖ][a-zåäöé]++"
_TWO_NAMES = re.compile(rf"{_NAME}\s+{_NAME}")
_FIRST_OF_TWO = re.compile(rf"{_NAME}(?=\s++[A-ZÅÄÖ])")
_TITLES = (
    *("fru", "herr", "brukaren", "patienten", "eleven", "klienten", "docent", "doktor"),
    *("professor", "chefen", "medarbetaren"),
)
_TITLE_LAST = re.compile(rf"\b(?:{'|'.join(_TITLES)})\Z", re.IGNORECASE)
# With the character before, which tells whether the word begins here.
_LONGEST_TITLE = max(map(len, _TITLES)) + 1
# What few other words end with, which is told faster than that it is a title.
_TITLE_ENDS = frozenset(title[-2:] for title in _TITLES)
# So far before a name a title may begin.
_TITLE_WITHIN = 100
# First words of places and organisations, whose last may end like a surname.
_PLACE = (
    r"(?i:norra|södra|östra|västra|stora|lilla|gamla|nya|övre|nedre|hotell|galleri|region|"
    r"\w*(?:skolan|hallen|gården|hemmet|boendet|huset|centralen|parken|förbundet|föreningen|"
    r"stiftelsen))\b"
)
_SURNAMED = re.compile(
    rf"\b(?!{_PLACE}){_NAME}\s+[A-ZÅÄÖ][a-zåäöé]+(?:sson|qvist|kvist|berg|ström|lund|gren|man)\b"
)
# With so many it is known what the text is; a pasted list could hold thousands.
_MOST_NUMBERS = 3
# Six digits of any script in a row, when each byte of UTF-8 that a digit begins with is made a zero and
# those that continue a character are left out. Other scripts' letters begin so too; å, ä, ö, dashes and
# quotation marks do not.
_SIX_DIGITS = b"000000"
_BEGIN_NO_DIGIT = {*range(0xC0), 0xC3, 0xE2} - set(b"0123456789")
_DIGITS_ALIKE = bytes(ord("." if byte in _BEGIN_NO_DIGIT else "0") for byte in range(256))
_CONTINUE = bytes(range(0x80, 0xC0))


def no_placeholder(plan: Plan, row: Row) -> Iterator[Finding]:
    """R308 for each text with something left to fill in, quoting what stands there."""
    del plan
    if not may_hold_placeholder(_all_text(row)):
        return
    for of, text in _texts(row):
        match = _PLACEHOLDER.search(text) if may_hold_placeholder(text) else None
        if match is not None:
            yield find(R308.PLAIN, row.place(of), match[0], header=form.header(of))


def _texts(row: Row) -> Iterator[tuple[Field, str]]:
    return zip(_TEXT_FIELDS, _texts_of(row.values), strict=True)


def _all_text(row: Row) -> str:
    return "\n".join(_texts_of(row.values))


def may_hold_placeholder(text: str) -> bool:
    """Whether it is worth looking for something left to fill in."""
    # Small letters of ASCII are all that matters, and are made of bytes in half the time.
    lower = text.encode(errors="surrogatepass").lower().decode("latin-1")
    for letter, part in _PLACEHOLDER_PARTS:  # noqa: SIM110  any() takes half as long again
        if letter in lower and part in lower:
            return True
    return False


def promise_kept(plan: Plan, row: Row) -> Iterator[Finding]:
    """C405 where a title says at least so many and the comment's largest count is smaller."""
    del plan
    if not row.values.comment or not may_promise(row.values.title):
        return
    promise = _PROMISE.search(f"{row.values.title} ")
    if promise is None:
        return
    promised = _as_number(promise["number"])
    counts = {_as_number(m["number"]): m[0] for m in _COUNT.finditer(row.values.comment)}
    if counts and max(counts) < promised:
        value = counts[max(counts)]
        yield find(C405.PLAIN, row.place(Field.COMMENT), value, promised=promised)


def may_promise(title: str) -> bool:
    """Whether it is worth looking for a promise: a part of `minst`, casefolded for the pattern's odd s."""
    return "nst" in title.casefold()


def _as_number(written: str) -> int:
    digits = written.replace(" ", "")
    # Without regard to case the patterns take a Turkish i too.
    if digits in _NUMBERS:
        return _NUMBERS[digits]
    return int(digits) if digits.isdigit() else _NUMBERS[digits.casefold().translate(_TURKISH)]


def no_personal_data(plan: Plan, row: Row) -> Iterator[Finding]:
    """C406 for what looks like a personal identity number or a named person."""
    del plan
    everything = _all_text(row)
    if not may_hold_number(everything) and not _FIRST_OF_TWO.search(everything):
        return
    for of, text in _texts(row):
        for variant, value in _personal(text):
            header = form.header(of)
            yield find(variant, row.place(of), value, header=header)


def _personal(text: str) -> Iterator[tuple[Code, str]]:
    """The first identity numbers in a text, and the first person named."""
    if may_hold_number(text):
        numbers = filter(_is_identity_number, _IDENTITY_NUMBER.finditer(text))
        for match in islice(numbers, _MOST_NUMBERS):
            yield C406.NUMBER, match[0]
    name = first_named(text)
    if name:
        yield C406.NAME, name


def may_hold_number(text: str) -> bool:
    """Whether a text has as many digits in a row as an identity number begins with."""
    return _SIX_DIGITS in text.encode(errors="surrogatepass").translate(_DIGITS_ALIKE, _CONTINUE)


def first_named(text: str) -> str:
    """The first person named in a text, '' for none: two names after a title, or with a surname's end."""
    for first in _FIRST_OF_TWO.finditer(text):
        at = first.start()
        # No more than may matter, with some spaces: all before each name would take very long.
        near = text[max(0, at - _TITLE_WITHIN) : at]
        before = near.rstrip()
        titled = (
            len(before) < len(near)
            and before[-2:].lower() in _TITLE_ENDS
            and _TITLE_LAST.search(before[-_LONGEST_TITLE:])
        )
        named = (titled and _TWO_NAMES.match(text, at)) or _SURNAMED.match(text, at)
        if named:
            return named[0]
    return ""


def _is_identity_number(match: re.Match[str]) -> bool:
    """A real date (60 added to the day in a coordination number), and a dash or a right check digit.

    With its dash nothing else is written so, and a mistyped number is as much a person's; without one,
    ten digits are more often something else (Luhn's algorithm tells).
    """
    year, month, day, last = match.groups()
    try:
        date(2000 + int(year), int(month), int(day) - 60 if int(day) > 60 else int(day))
    except ValueError:
        return False
    if match[0][-5] in "-+":
        return True
    doubled = (int(digit) * (2 - at % 2) for at, digit in enumerate(f"{year}{month}{day}{last}"))
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0
