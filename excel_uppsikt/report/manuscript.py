"""A Word document being written in the report's styles: paragraphs, headings, tables, fixed texts.

What the parts of the report share. What they say stands in the modules beside.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from excel_uppsikt.language.numbers import swedish_date
from excel_uppsikt.language.text import clean
from excel_uppsikt.model import Department, Plan, Text
from excel_uppsikt.plan import texts
from excel_uppsikt.report import styles
from excel_uppsikt.report.template import Front, fill_template, open_template, text_width
from excel_uppsikt.word.names import qn
from excel_uppsikt.word.picture import unseen_picture
from excel_uppsikt.word.pieces import (
    BEGINS,
    CONTENTS_MARK,
    GOES_ON,
    Bookmark,
    Cell,
    Xml,
    check_box,
    field,
    field_mark,
    link,
    paragraph,
    room_to_write,
    row,
    run,
    tab,
    table,
)

if TYPE_CHECKING:
    from docx.document import Document

NOTHING = "–"
# What a template's own places are called.
TEMPLATE_FIELDS = (
    *("rapporttitel", "kommun", "verksamhet", "utskott", "rapportdatum", "avstämningsdatum"),
    *("ansvarig", "diarienummer", "år", "period"),
)
# The same, and names that Word's own fields have.
FIELD_NAMES = (*TEMPLATE_FIELDS, "rubrik", "titel", "title", "datum")
_BULLET = re.compile(r"[-•*–]\s+")
_BEFORE_HEADING = 480  # twentieths of a point
_BOX = re.compile(r"\[\s?\]\s*")
# What the room for reasons says until somebody has written there.
REASONS_PROMPT = "Skriv skälen här."
# For who writes by hand.
_LINES_FOR_REASONS = 4
# So many items do not look well on two pages.
_SHORT_LIST = 4


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the contents: its number as Word will count it, '' for none; whether a chapter."""

    number: str
    text: str
    chapter: bool
    anchor: str


class Manuscript:
    """The document, the look it is written in, and the headings and bookmarks so far."""

    def __init__(self, plan: Plan, department: Department, template: bytes) -> None:
        """Raises `TemplateError` when the template is not a Word document."""
        self.plan, self.department = plan, department
        self.document: Document
        self.document, self.look = open_template(template)
        self.own_picture = unseen_picture(self.document)
        self.width = text_width(self.document)
        self.headings: list[Heading] = []
        self._chapter = self._section = 0
        # A template's own bookmarks have numbers too.
        own = self.document.element.body.iter(qn("w:bookmarkStart"))
        numbers = [int(n) for mark in own if (n := mark.get(qn("w:id"), "")).isdecimal()]
        self._marks = max(numbers, default=0)
        self._anchors: set[str] = set()

    def fill_template(self, title: str, *, front: bool = True) -> Front:
        """Fills in the template's own places; `front` is whether its text may be a front page."""
        settings, department = self.plan.settings, self.department
        report_date = day_in_words(department.report_date)
        facts = (
            *(title, settings.municipality, department.name, department.committee, report_date),
            *(day_in_words(settings.cutoff), department.responsible, settings.reference),
            *(str(settings.year), settings.period),
        )
        values = dict(zip(FIELD_NAMES, (*facts, title, title, title, report_date), strict=True))
        return fill_template(self.document, values, front=front)

    def fill(self, text: str) -> str:
        """Fixed text with its placeholders filled in for this department."""
        return texts.fill(self.plan, text, department=self.department)

    def fixed(self, name: str) -> Text:
        """A section's fixed text, filled in."""
        text = texts.section(self.plan, name)
        return Text(name, self.fill(text.heading) or name, self.fill(text.text))

    def paragraph(self, name: str, *content: str, keep_next: bool = False, anchor: str = "") -> Xml:
        """A paragraph in one of the report's styles, by the style's name; `anchor` is a bookmark."""
        # The same bookmark twice is against the schema; the first is where links lead.
        bookmark = self._bookmark(anchor) if anchor and anchor not in self._anchors else None
        return paragraph(self.look.ids[name], *content, keep_next=keep_next, bookmark=bookmark)

    def chapter(self, text: str, *, new_page: bool = True) -> Xml:
        """A numbered chapter's heading."""
        self._chapter, self._section = self._chapter + 1, 0
        return self._heading(styles.CHAPTER, text, str(self._chapter), new_page=new_page)

    def section(self, text: str) -> Xml:
        """A numbered section's heading."""
        self._section += 1
        return self._heading(styles.SECTION, text, f"{self._chapter}.{self._section}")

    def unnumbered(self, text: str, *, new_page: bool = True) -> Xml:
        """A heading of a chapter's rank without a number."""
        return self._heading(styles.CHAPTER, text, "", new_page=new_page)

    def plain_heading(self, text: str) -> Xml:
        """A heading of a chapter's rank with no number or page of its own, nor a place in contents."""
        return paragraph(
            self.look.ids[styles.CHAPTER],
            " ".join(clean(text).split()),
            on_list=self.look.unnumbered,
            space_before=_BEFORE_HEADING,
        )

    def _heading(self, name: str, text: str, number: str, *, new_page: bool = False) -> Xml:
        # A heading is no sentence, though goals are written as such.
        words = re.sub(r"(?<!\.)\.$", "", " ".join(clean(text).split()))
        chapter = name == styles.CHAPTER
        anchor = f"{CONTENTS_MARK}{len(self.headings) + 1}"
        self.headings.append(Heading(number, words, chapter, anchor))
        return paragraph(
            self.look.ids[name],
            words,
            new_page=new_page,
            space_before=_BEFORE_HEADING if chapter and not new_page else 0,
            on_list=0 if number else self.look.unnumbered,
            bookmark=self._bookmark(anchor),
        )

    def _bookmark(self, name: str) -> Bookmark:
        self._marks += 1
        self._anchors.add(name)
        return Bookmark(name, self._marks)

    def prose(
        self, text: str, *, room: int = _LINES_FOR_REASONS, lead: bool = False
    ) -> Iterator[Xml]:
        """Fixed text: paragraphs, bullets (`- `), boxes to tick (`[ ]`) and so many lines for reasons.

        With `lead` its last line stays with what comes after it.
        """
        lines = list(filter(None, map(str.strip, text.split("\n"))))
        together = _short_list(lines) | ({len(lines) - 1} if lead else set())
        for at, line in enumerate(lines):
            bullet, box = _BULLET.match(line), _BOX.match(line)
            if line == texts.ROOM_FOR_REASONS:
                empty = run("\n" * room)
                yield self.paragraph(styles.ROOM, room_to_write("Skäl", REASONS_PROMPT), empty)
            elif box:
                words = line[box.end() :]
                reasons = words.endswith(":")
                content = (check_box(words), tab(), words)
                yield self.paragraph(styles.CHOICE, *content, keep_next=reasons)
            elif bullet:
                words = line[bullet.end() :]
                yield self.paragraph(styles.BULLET, words, keep_next=at in together)
            else:
                yield self.paragraph(styles.BODY, line, keep_next=at in together)

    def facts(self, facts: Iterable[tuple[str, str]]) -> Iterator[Xml]:
        """Lines of a name and its value; those without a value are left out."""
        for name, value in facts:
            if value:
                yield self.paragraph(styles.FACT, run(name, bold=True), tab(), value)

    def plain_table(
        self,
        heads: Sequence[str],
        shares: Sequence[float],
        rows: Iterable[Sequence[str]],
        *,
        title: str,
        description: str,
        numbers: Collection[int] = (),
        grouped: bool = False,
    ) -> Xml:
        """A table of short texts over the text's width.

        `shares` are the columns' parts of the width; `title` and `description` the alternative text;
        `numbers` the columns of figures. With `grouped` the first cell of rows in a row that begin alike
        is one for them all, and they stay on one page.
        """
        widths = _widths(self.width, shares)
        kept = list(rows)
        firsts = [cells[0] for cells in kept] if grouped else []
        made = (
            self._plain_row(widths, cells, numbers, *_in_group(firsts, at))
            for at, cells in enumerate(kept)
        )
        heads_in = [
            styles.NUMBER_HEAD if at in numbers else styles.CELL_HEAD for at in range(len(heads))
        ]
        return table(
            self.look.ids[styles.TABLE],
            widths,
            [Cell([self.paragraph(s, head)]) for s, head in zip(heads_in, heads, strict=True)],
            made,
            title=title,
            description=description,
        )

    def _plain_row(
        self,
        widths: Sequence[int],
        cells: Sequence[str],
        numbers: Collection[int],
        merge: str,
        keep: bool,
    ) -> Xml:
        """A row of short texts. `merge` is how its first cell is one with those around; see `Cell`."""
        made = [
            Cell(
                [
                    self.paragraph(
                        styles.NUMBER if at in numbers else styles.CELL,
                        "" if at == 0 and merge == GOES_ON else cell,
                        keep_next=keep,
                    )
                ],
                merge=merge if at == 0 else "",
            )
            for at, cell in enumerate(cells)
        ]
        return row(widths, made)

    def set_properties(self, title: str, subject: str) -> None:
        """The file's own title, author and language; its times are the report's day, no clock's."""
        settings = self.plan.settings
        day = self.department.report_date or settings.cutoff or date(settings.year, 1, 1)
        properties = self.document.core_properties
        properties.title = clean(title).strip()[:255]
        properties.author = properties.last_modified_by = clean(settings.municipality)[:255]
        properties.subject, properties.language = subject, "sv-SE"
        # Whose it is, also in a PDF of it: looked at before it is mailed to anybody.
        properties.keywords = clean(self.department.name)[:255]
        properties.comments = properties.category = ""
        made = datetime(day.year, day.month, day.day, tzinfo=UTC)
        properties.created = properties.modified = made


def _short_list(lines: Sequence[str]) -> set[int]:
    """The lines to keep with the next one: of a short list all but the last, and what leads up to it."""
    kept: set[int] = set()
    bullets = [at for at, line in enumerate(lines) if _BULLET.match(line)]
    for first in (at for at in bullets if at - 1 not in bullets):
        last = next(at for at in bullets if at >= first and at + 1 not in bullets)
        if last - first < _SHORT_LIST:
            leading = {first - 1} if first and lines[first - 1].endswith(":") else set()
            kept |= leading | set(range(first, last))
    return kept


def _widths(width: int, shares: Sequence[float]) -> list[int]:
    """Columns in these proportions that fill the width, to the last twentieth of a point."""
    edges = [round(width * sum(shares[:at]) / sum(shares)) for at in range(len(shares) + 1)]
    return [after - before for before, after in pairwise(edges)]


def _in_group(firsts: Sequence[str], at: int) -> tuple[str, bool]:
    """How a row's first cell is merged with those of its group, and whether to keep it with the next."""
    above = 0 < at < len(firsts) and firsts[at] == firsts[at - 1]
    below = at + 1 < len(firsts) and firsts[at] == firsts[at + 1]
    if above:
        return GOES_ON, below
    return BEGINS if below else "", below


def day_in_words(day: date | None) -> str:
    """A date in words, '' for none."""
    return swedish_date(day) if day else ""


# What stands for a page number until it has been measured; as wide as most are.
UNMEASURED = "00"


def contents(script: Manuscript) -> Iterator[Xml]:
    """The contents on a page of their own, one linked entry for each heading written so far.

    The field has its result written in it and is never marked as dirty: a document that asks its
    reader to update fields on opening looks broken to who gets it by mail.
    """
    yield paragraph(script.look.ids[styles.CONTENTS], "Innehåll", new_page=True)
    last = len(script.headings) - 1
    for at, heading in enumerate(script.headings):
        number = [run(heading.number), tab()] if heading.number else []
        page = field(f"PAGEREF {heading.anchor} \\h", UNMEASURED)
        entry = link(heading.anchor, *number, run(heading.text), tab(), *page)
        style = styles.CONTENTS_1 if heading.chapter else styles.CONTENTS_2
        begun = field('TOC \\o "1-2" \\h \\z') if at == 0 else []
        ended = [field_mark("end")] if at == last else []
        yield script.paragraph(style, *begun, entry, *ended)
