"""Whether everyone can read a Word document: what is wrong with it for those who hear or enlarge it.

By WCAG 2.2 and what Word's own check asks for, as far as a file tells. It does not tell whether
something is said by colour alone, whether an alternative text is true, or what colours a chart has.
"""

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from excel_uppsikt.word.colors import READABLE, contrast
from excel_uppsikt.word.formatting import TextFormats, W, is_on
from excel_uppsikt.word.names import qn
from excel_uppsikt.word.pieces import Element
from excel_uppsikt.word.places import DRAWINGS, after, first_words, is_empty, needed, quoted, words

if TYPE_CHECKING:
    from docx.document import Document

_LEAST_LARGE = 3.0  # WCAG 2.2, 1.4.3
# Nobody begins a sentence with a bullet, but a dash begins a reply or a value that is missing.
_TYPED = re.compile(r"(?:([•·▪◦‣●])|([-–—*])|\d{1,3}[.)])\s")
_LEAST_TYPED = 3
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_VAGUE = {"här", "klicka här", "klicka", "länk", "denna länk", "läs mer", "läs mer här", "mer"}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SHAPES = "{urn:schemas-microsoft-com:vml}"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"


class Rule(StrEnum):
    """What a document has to keep."""

    LANGUAGE = "language"
    PROPERTIES = "properties"
    HEADINGS = "headings"
    LISTS = "lists"
    TABLE_HEADER = "table header"
    TABLE_IN_TABLE = "table in table"
    ALT_TEXT = "alt text"
    CONTRAST = "contrast"
    EMPTY = "empty paragraph"
    LINKS = "links"


@dataclass(frozen=True, slots=True)
class Fault:
    """A broken rule, and in Swedish what is wrong and where."""

    rule: Rule
    text: str

    @property
    def remedy(self) -> str:
        """What to do about it in Word, in Swedish."""
        return _REMEDIES[self.rule]


_REMEDIES = {
    Rule.LANGUAGE: "Markera all text i Word och välj Granska, Språk, Ange korrekturspråk, Svenska.",
    Rule.PROPERTIES: "Skriv den i Word under Arkiv, Info.",
    Rule.HEADINGS: "Välj i Word formatmallen för nivån under rubriken före.",
    Rule.LISTS: "Markera raderna i Word, välj Punktlista eller Numrerad lista och ta bort det skrivna "
    "tecknet.",
    Rule.TABLE_HEADER: "Markera raden i Word och välj Tabellayout, Upprepa rubrikrader.",
    Rule.TABLE_IN_TABLE: "Flytta ut den inre tabellen i Word så att den står för sig.",
    Rule.ALT_TEXT: "Högerklicka på den i Word och skriv vad den visar: Visa alternativtext för en bild, "
    "Tabellegenskaper och Alternativtext för en tabell.",
    Rule.CONTRAST: "Välj i Word en mörkare färg på texten eller en ljusare bakgrund.",
    Rule.EMPTY: "Ta bort stycket i Word, och ge i stället stycket före avstånd efter.",
    Rule.LINKS: "Högerklicka på länken i Word, välj Redigera hyperlänk och skriv vart den leder.",
}


@dataclass(frozen=True, slots=True)
class _Opened:
    """A document as the rules look at it: its body, and the headers and footers by what they are."""

    document: "Document"
    body: Element
    margins: Sequence[tuple[str, Element]]
    looks: TextFormats
    language: str


def faults(document: bytes, *, language: str = "sv") -> tuple[Fault, ...]:
    """Everything that is wrong with a Word document, rule by rule, in the order it stands in it.

    Raises what python-docx raises when it is not a Word document.
    """
    opened = _open(document, language)
    return tuple(fault for rule in _RULES for fault in rule(opened))


def _open(document: bytes, language: str) -> _Opened:
    import docx  # what is looked at before it goes out is seldom opened here

    opened = docx.Document(io.BytesIO(document))
    kinds = {"header": "sidhuvudet", "footer": "sidfoten"}
    margins = [
        (kinds[kind], relation.target_part._element)
        for relation in opened.part.rels.values()
        if (kind := relation.reltype.rpartition("/")[2]) in kinds
    ]
    body = opened.element.body
    for part in (body, *(margin for _, margin in margins)):
        # The same picture once more, for programs from before 2010.
        for older in list(part.iter(_FALLBACK)):
            older.getparent().remove(older)
    return _Opened(opened, body, margins, TextFormats(opened.styles.element), language)


def _language(opened: _Opened) -> Iterator[Fault]:
    defaults = opened.document.styles.element.find(f"{W}docDefaults")
    said = None if defaults is None else defaults.find(f"{W}rPrDefault/{W}rPr/{W}lang")
    of_text = "" if said is None else said.get(f"{W}val", "")
    of_file = opened.document.core_properties.language
    for name, found in (("Textens språk", of_text), ("Språket i dokumentets egenskaper", of_file)):
        if found.partition("-")[0].casefold() != opened.language:
            told = f"är {found}" if found else "är inte angivet"
            yield Fault(Rule.LANGUAGE, f"{name} {told}; det ska vara {opened.language}.")


def _properties(opened: _Opened) -> Iterator[Fault]:
    properties = opened.document.core_properties
    for name, found in (("titel", properties.title), ("författare", properties.author)):
        if not found.strip():
            yield Fault(Rule.PROPERTIES, f"Dokumentets egenskaper saknar {name}.")


def _headings(opened: _Opened) -> Iterator[Fault]:
    last = 0
    for paragraph in opened.body.iter(f"{W}p"):
        level = (opened.looks.paragraph(paragraph).outline or 0) + 1
        text = "" if level > 9 else words(paragraph).strip()
        if text and level > last + 1:
            before = f"rubriken före är på nivå {last}" if last else "den första ska vara på nivå 1"
            yield Fault(Rule.HEADINGS, f"Rubriken {quoted(text)} är på nivå {level}, men {before}.")
        last = level if text else last


def _lists(opened: _Opened) -> Iterator[Fault]:
    """A typed bullet, and three or more lines in a row that begin with the same dash or a number."""
    last, count, first, around = "", 0, "", None
    for paragraph in opened.body.iter(f"{W}p"):
        lines = words(paragraph).split("\n")
        typed = [_TYPED.match(line.lstrip()) for line in lines]
        if any(typed) and opened.looks.paragraph(paragraph).number != "0":
            typed = [None for _ in lines]
        for line, match in zip(lines, typed, strict=True):
            kind = (match[1] or match[2] or "1") if match else ""
            if kind != last or paragraph.getparent() is not around:
                last, count, first, around = kind, 0, line, paragraph.getparent()
            count += 1
            if match and count == (1 if match[1] else _LEAST_TYPED):
                yield Fault(Rule.LISTS, f"Listan är skriven för hand från {quoted(first)}.")


def _tables(opened: _Opened) -> Iterator[Fault]:
    """Tables in headers and footers are left alone: they only place things, and are not read out."""
    for table in opened.body.iter(f"{W}tbl"):
        told = [table.find(f"{W}tblPr/{W}{name}") for name in ("tblCaption", "tblDescription")]
        texts = [text.get(f"{W}val", "").strip() for text in told if text is not None]
        name = next((quoted(text) for text in texts if text), "") or first_words(table)
        name = name or after(table)
        if not any(texts):
            yield Fault(Rule.ALT_TEXT, f"Tabellen {name} saknar alternativtext.")
        first = next(table.iter(f"{W}tr"), None)
        properties = None if first is None else first.find(f"{W}trPr")
        if properties is None or not is_on(properties, "tblHeader"):
            yield Fault(Rule.TABLE_HEADER, f"Första raden i tabellen {name} är inte rubrikrad.")
        if next(table.iterancestors(f"{W}tbl"), None) is not None:
            yield Fault(Rule.TABLE_IN_TABLE, f"Tabellen {name} står inuti en annan tabell.")


def _pictures(opened: _Opened) -> Iterator[Fault]:
    for where, part in (("", opened.body), *opened.margins):
        for drawing in part.iter(*DRAWINGS):
            # A text box is read out by its text.
            text_box = next(drawing.iter(f"{W}txbxContent"), None) is not None
            if not text_box and not _described(drawing):
                place = f"i {where}" if where else after(drawing)
                yield Fault(
                    Rule.ALT_TEXT, f"En bild eller ett diagram saknar alternativtext, {place}."
                )


def _described(drawing: Element) -> bool:
    """Whether it has an alternative text, or is marked as mere decoration."""
    properties = drawing.find(qn("wp:docPr"))
    if properties is None:
        shapes = [part for part in drawing.iter() if str(part.tag).startswith(_SHAPES)]
        return any(shape.get("alt", "").strip() for shape in shapes)
    decorative = any(mark.get("val") in {"1", "true"} for mark in properties.iter(_DECORATIVE))
    return decorative or bool(properties.get("descr", "").strip())


def _contrasts(opened: _Opened) -> Iterator[Fault]:
    """Each pair of colours that is too faint, once, with the first text that has it."""
    told = set()
    for part in (opened.body, *(margin for _, margin in opened.margins)):
        for paragraph in part.iter(f"{W}p"):
            around = opened.looks.paragraph(paragraph)
            for run in paragraph.iter(f"{W}r"):
                if next(run.iterancestors(f"{W}p")) is not paragraph:
                    continue  # in a text box
                look, text = opened.looks.run(run, around), words(run)
                ink, paper = look.color or "", look.fill or ""
                if look.hidden or not text.strip() or (ink, paper, look.large) in told:
                    continue
                told.add((ink, paper, look.large))
                least, found = _LEAST_LARGE if look.large else READABLE, contrast(ink, paper)
                if found < least:
                    shown = f"{found:.1f}:1 i stället för minst {least:g}:1".replace(".", ",")
                    yield Fault(
                        Rule.CONTRAST,
                        f"{quoted(text)} i färgen {ink} på {paper} har kontrasten {shown}.",
                    )


def _empty(opened: _Opened) -> Iterator[Fault]:
    """Space is a style's matter: a paragraph without content is read out as blank."""
    for paragraph in opened.body.iter(f"{W}p"):
        before, following = paragraph.getprevious(), paragraph.getnext()
        if not is_empty(paragraph) or is_empty(before) or needed(before, following):
            continue
        what = "Flera tomma stycken i rad" if is_empty(following) else "Ett tomt stycke"
        yield Fault(Rule.EMPTY, f"{what}, {after(paragraph)}.")


def _links(opened: _Opened) -> Iterator[Fault]:
    for link in opened.body.iter(f"{W}hyperlink"):
        text = " ".join(words(link).split())
        if not text and next(link.iter(*DRAWINGS), None) is None:
            yield Fault(Rule.LINKS, f"En länk saknar text, {after(link)}.")
        elif _URL.fullmatch(text):
            yield Fault(Rule.LINKS, f"Länken {quoted(text)} visar sin adress i stället för ord.")
        elif text.casefold().rstrip(".:!») ") in _VAGUE:
            yield Fault(Rule.LINKS, f"Länken {quoted(text)} säger inte vart den leder.")


_RULES: tuple[Callable[[_Opened], Iterator[Fault]], ...] = (
    _language, _properties, _headings, _lists, _tables, _pictures, _contrasts, _empty, _links,
)  # fmt: skip
