"""The uppsiktsrapport of one department, in the order of its parts, as a Word document.

Cover, contents, 1 the account with a section for each goal that has activities and the two closing
sections, 2 all goals by area. How it looks stands in `report_styles.py` and the template.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import groupby

from docx.document import Document
from docx.oxml.ns import qn

from excel_uppsikt import report_styles as styles
from excel_uppsikt import texts
from excel_uppsikt.form import WHOLE_DEPARTMENT, header, safe_file_name
from excel_uppsikt.model import Activity, Department, Field, Goal, Layout, Plan, Text
from excel_uppsikt.office.text import clean
from excel_uppsikt.office.word import (
    Cell,
    Element,
    as_bytes,
    bookmarked,
    page_break_before,
    paragraph,
    row,
    run,
    tab,
    table,
)
from excel_uppsikt.plan_texts import ALL_GOALS, DELIMITATION, INTRODUCTION, REPORTING
from excel_uppsikt.report_contents import Heading, contents

_NOTHING = "–"
# Texts up to this many letters, some eight lines, are not divided between pages.
_SHORT = 800
_TABLE_HEADING = "Verksamhetens aktiviteter"
_DATE_WIDTH = 1_430  # twentieths of a point; an ISO date in the table's letters


def report_name(plan: Plan, department: Department) -> str:
    """The report's file name, such as `Uppsiktsrapport Social verksamhet 2024 T1.docx`."""
    settings = plan.settings
    name = f"Uppsiktsrapport {department.name} {settings.year} {settings.period}"
    return f"{safe_file_name(name)}.docx"


def report_bytes(
    plan: Plan, department: Department, activities: Sequence[Activity], *, template: bytes
) -> bytes:
    """The report of a department's activities, in the order they come within each goal.

    The contents have no page numbers yet. Same input, same bytes. Raises `TemplateError` when the
    template is not a Word document.
    """
    return _Report(plan, department, activities, template).made()


def unfilled_texts(plan: Plan, department: Department) -> tuple[str, ...]:
    """The placeholders in the report's fixed texts that the plan gives nothing for."""
    sections = [plan.text(name) for name in (INTRODUCTION, REPORTING, DELIMITATION, ALL_GOALS)]
    written = "\n".join(f"{section.heading}\n{section.text}" for section in sections)
    return texts.unfilled(texts.fill(plan, written, department=department))


class _Report:
    def __init__(
        self, plan: Plan, department: Department, activities: Sequence[Activity], template: bytes
    ) -> None:
        self.plan, self.department, self.activities = plan, department, activities
        self.document: Document = styles.open_template(template)
        self.ids = styles.add_missing(self.document)
        styles.add_page_numbers(self.document, self.ids)
        self.headings: list[Heading] = []

    def made(self) -> bytes:
        body = self.document.element.body
        section = body.find(qn("w:sectPr"))
        for child in list(body):
            if child is not section:
                body.remove(child)
        # The contents come before the chapters but are made of their headings.
        chapters = [*self._account(), *self._all_goals()]
        for part in (*self._cover(), *contents(self.ids, self.headings), *chapters):
            section.addprevious(part)
        self._fill_running_heads()
        self._set_properties()
        return as_bytes(self.document)

    def _fill(self, text: str) -> str:
        return texts.fill(self.plan, text, department=self.department)

    def _paragraph(self, name: str, *content: Element | str, keep_next: bool = False) -> Element:
        return paragraph(self.ids[name], *content, keep_next=keep_next)

    def _heading(self, name: str, text: str, number: str) -> Element:
        heading = Heading(number, " ".join(clean(text).split()), name == styles.CHAPTER)
        self.headings.append(heading)
        made = self._paragraph(name, heading.text)
        if heading.chapter:
            page_break_before(made)
        return bookmarked(made, heading.anchor, len(self.headings))

    def _cover(self) -> Iterator[Element]:
        settings, department = self.plan.settings, self.department
        yield self._paragraph(styles.MUNICIPALITY, settings.municipality)
        yield self._paragraph(styles.TITLE, settings.report_title or "Uppsiktsrapport")
        period = f"{settings.year} {settings.period}".strip()
        yield self._paragraph(styles.SUBTITLE, f"{department.name}, {period}")
        facts = (
            ("Utskott", department.committee),
            ("Rapportdatum", _day(department.report_date)),
            ("Läget per", _day(settings.cutoff)),
            ("Ansvarig", department.responsible),
            ("Diarienummer", settings.reference),
        )
        for name, value in facts:
            if value:
                yield self._paragraph(styles.FACT, run(name, bold=True), tab(), value)

    def _account(self) -> Iterator[Element]:
        yield from self._section(styles.CHAPTER, self.plan.text(INTRODUCTION), "1")
        number = 0
        for goal in self.plan.goals_by_number:
            activities = [a for a in self.activities if a.goal.number == goal.number]
            if activities:
                number += 1
                yield self._heading(styles.SECTION, goal.text, f"1.{number}")
                yield from self._activities(goal, activities)
        if not number:
            yield self._paragraph(styles.BODY, "Inga aktiviteter har redovisats.")
        for section in (REPORTING, DELIMITATION):
            number += 1
            yield from self._section(styles.SECTION, self.plan.text(section), f"1.{number}")

    def _section(self, name: str, text: Text, number: str) -> Iterator[Element]:
        """A heading and its text; lines that begin with a hyphen are bullets."""
        yield self._heading(name, self._fill(text.heading) or text.section, number)
        for line in filter(None, map(str.strip, self._fill(text.text).split("\n"))):
            bullet = re.match(r"[-•*–]\s+", line)
            if bullet:
                yield self._paragraph(styles.BULLET, line[bullet.end() :])
            else:
                yield self._paragraph(styles.BODY, line)

    def _activities(self, goal: Goal, activities: Sequence[Activity]) -> Iterator[Element]:
        if self.plan.settings.layout is Layout.HEADINGS:
            for activity in activities:
                yield from self._under_heading(activity)
            return
        section = self.document.sections[0]
        width = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
        title_width = max(width // 635 - 2 * _DATE_WIDTH, 2_000)
        widths = (title_width, _DATE_WIDTH, _DATE_WIDTH)
        heads = (_TABLE_HEADING, header(Field.START), header(Field.END))
        yield table(
            self.ids[styles.TABLE],
            widths,
            [Cell([self._paragraph(styles.TABLE_HEAD, head)]) for head in heads],
            (made for activity in activities for made in self._rows(widths, activity)),
            title=f"Aktiviteter för målet {goal.text}",
            description="För varje aktivitet: titel, enheter och datum på första raden, därunder "
            "beskrivning, status och kommentar.",
        )

    def _rows(self, widths: Sequence[int], activity: Activity) -> Iterator[Element]:
        title = [
            self._paragraph(styles.TABLE_TITLE, activity.title or _NOTHING, keep_next=True),
            *(
                self._paragraph(styles.TABLE_BULLET, name, keep_next=True)
                for name in _units(activity)
            ),
        ]
        dates = [
            Cell([self._paragraph(styles.TABLE_TITLE, _date(day), keep_next=True)])
            for day in (activity.start, activity.end)
        ]
        yield row(widths, [Cell(title), *dates], shade=styles.PALE)
        for name, content, following in self._parts(activity):
            made = [self._paragraph(name, part, keep_next=following) for part in content]
            short = sum(len(part) for part in content if isinstance(part, str)) < _SHORT
            yield row(widths, [Cell(made, span=len(widths))], whole=short)

    def _parts(self, activity: Activity) -> Iterator[tuple[str, list[Element | str], bool]]:
        """Description, status and comment: style, paragraphs, and whether to keep with the next."""
        if activity.description:
            short = len(activity.description) < _SHORT
            yield styles.TABLE_TEXT, [*_lines(activity.description)], short
        yield styles.TABLE_STATUS, [self._status(activity)], bool(activity.comment)
        if activity.comment:
            yield styles.TABLE_TEXT, [*_lines(activity.comment)], False

    def _status(self, activity: Activity) -> Element:
        status = activity.status
        if status is None:
            return run(f"Status: {_NOTHING}")
        return run(f"{status.symbol} {status.name}".strip(), bold=True, color=status.color)

    def _under_heading(self, activity: Activity) -> Iterator[Element]:
        """An activity under a heading of its own, without any table."""
        yield self._paragraph(styles.ACTIVITY, activity.title or _NOTHING)
        dates = f"{_date(activity.start)} till {_date(activity.end)}"
        yield self._paragraph(styles.BODY, run("Tid: ", bold=True), dates, keep_next=True)
        units = _units(activity)
        if units:
            yield self._paragraph(styles.BODY, run("Enheter:", bold=True), keep_next=True)
            for name in units:
                yield self._paragraph(styles.BULLET, name, keep_next=True)
        for name, content, following in self._parts(activity):
            for part in content:
                style = styles.BODY if name == styles.TABLE_TEXT else name
                yield self._paragraph(style, part, keep_next=following)

    def _all_goals(self) -> Iterator[Element]:
        yield from self._section(styles.CHAPTER, self.plan.text(ALL_GOALS), "2")
        for area, goals in groupby(self.plan.goals, key=lambda goal: goal.area):
            if area:
                words = area if "mål" in area.casefold() else f"Mål inom målområde {area}"
                yield self._paragraph(styles.AREA, words)
            for goal in goals:
                yield self._paragraph(styles.BULLET, goal.text)

    def _fill_running_heads(self) -> None:
        """Puts title and department where the template's headers and footers ask for them."""
        settings = self.plan.settings
        marks = {
            styles.TITLE_MARK: settings.report_title or "Uppsiktsrapport",
            styles.DEPARTMENT_MARK: self.department.name,
        }
        section = self.document.sections[0]
        for part in (section.header, section.footer, section.first_page_header):
            for words in part._element.iter(qn("w:t")):
                for mark, value in marks.items():
                    words.text = (words.text or "").replace(mark, clean(value))

    def _set_properties(self) -> None:
        settings = self.plan.settings
        day = self.department.report_date or settings.cutoff or date(settings.year, 1, 1)
        properties = self.document.core_properties
        title = f"{settings.report_title or 'Uppsiktsrapport'}: {self.department.name}"
        properties.title = clean(f"{title} {settings.year} {settings.period}").strip()[:255]
        properties.author = properties.last_modified_by = clean(settings.municipality)[:255]
        properties.subject, properties.language = "Uppsiktsrapport", "sv-SE"
        made = datetime(day.year, day.month, day.day, tzinfo=UTC)
        properties.created = properties.modified = made


def _units(activity: Activity) -> tuple[str, ...]:
    """The units as the report lists them; one that concerns only the whole department lists none."""
    if activity.whole and activity.units:
        return (WHOLE_DEPARTMENT, *activity.units)
    return activity.units


def _lines(text: str) -> Iterator[str]:
    return filter(None, map(str.strip, clean(text).split("\n")))


def _date(day: date | None) -> str:
    return day.isoformat() if day else _NOTHING


def _day(day: date | None) -> str:
    return texts.swedish_date(day) if day else ""
