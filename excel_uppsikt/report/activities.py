"""A goal's activities in the report: as rows of a table, or each under a heading of its own."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from excel_uppsikt.form.definition import WHOLE_DEPARTMENT, header
from excel_uppsikt.form.words import last_reported
from excel_uppsikt.language.text import clean, short_hash
from excel_uppsikt.model import Activity, Field, Goal, Layout, Status
from excel_uppsikt.report import styles
from excel_uppsikt.report.manuscript import NOTHING, Manuscript
from excel_uppsikt.word.colors import strong_on_white
from excel_uppsikt.word.pieces import Cell, Xml, row, run, table

# Texts of fewer letters, some five lines, are not divided between pages.
SHORT = 500
_BULLET, _DASH = re.compile(r"[•·▪◦‣●]\s+"), re.compile(r"[-–—*]\s+")
# The styles outside tables, where another is meant.
_OUTSIDE = {styles.TABLE_TEXT: styles.BODY, styles.TABLE_BULLET: styles.BULLET}
# As the program makes them: the goal's number and some letters.
_ID = re.compile(r"[0-9]{1,6}-[a-z0-9]{1,12}")
_NO_UNIT = "Enhet saknas"
_TABLE_HEADING = "Verksamhetens aktiviteter"
_DATE_WIDTH = 1_430  # twentieths of a point; an ISO date in the table's letters


def anchor(activity: Activity) -> str:
    """The name of the bookmark at an activity: its Id in the compilation, in letters Word allows."""
    letters = re.sub("[^a-z0-9]", "_", activity.id)
    # An Id of the coordinator's own may differ from another only in what is left out here.
    own = "" if _ID.fullmatch(activity.id) else f"_{short_hash(activity.id)}"
    return f"aktivitet_{letters[:20]}{own}"


def activities_of_goal(
    script: Manuscript,
    goal: Goal,
    activities: Sequence[Activity],
    marks: Mapping[str, str] | None = None,
) -> Iterator[Xml]:
    """The activities in their order, in the layout that the plan asks for.

    `marks` are words to set at activities that have been completed, by their Ids.
    """
    marks = marks or {}
    if script.plan.settings.layout is Layout.HEADINGS:
        for activity in activities:
            yield from _under_heading(script, activity, marks.get(activity.id, ""))
        return
    date_width = _DATE_WIDTH * script.look.wide // 100
    widths = (script.width - 2 * date_width, date_width, date_width)
    heads = (_TABLE_HEADING, header(Field.START), header(Field.END))
    yield table(
        script.look.ids[styles.TABLE],
        widths,
        [Cell([script.paragraph(styles.TABLE_HEAD, head)]) for head in heads],
        (
            made
            for activity in activities
            for made in _rows(script, widths, activity, marks.get(activity.id, ""))
        ),
        title=f"Aktiviteter för målet {goal.text}",
        description="För varje aktivitet: titel, enheter och datum på första raden, därunder "
        "beskrivning, status och kommentar.",
    )


def in_words(activity: Activity) -> tuple[str, ...]:
    """An activity's paragraphs as they stand in the report, in their order, for where there is no table."""
    values = activity.values
    dates = [f"{header(of)} {_date(values.value(of))}" for of in (Field.START, Field.END)]
    lines = [
        *_lines(values.description),
        ("", _status_words(values.status)),
        *_lines(values.comment),
    ]
    return (
        values.title or NOTHING,
        *([last_reported(activity.last_reported)] if activity.last_reported else ()),
        *(f"- {name}" for name in concerned_units(activity)),
        ", ".join(dates),
        *(f"- {line}" if style == styles.TABLE_BULLET else line for style, line in lines),
    )


def _rows(
    script: Manuscript, widths: Sequence[int], activity: Activity, completed: str
) -> Iterator[Xml]:
    words, mark = activity.values.title or NOTHING, anchor(activity)
    title = [
        script.paragraph(styles.TABLE_TITLE, words, keep_next=True, anchor=mark),
        *_mark(script, styles.TABLE_TEXT, activity),
        *(
            [script.paragraph(styles.TABLE_STATUS, run(completed, bold=True), keep_next=True)]
            if completed
            else ()
        ),
        *(
            script.paragraph(styles.TABLE_BULLET, name, keep_next=True)
            for name in concerned_units(activity)
        ),
    ]
    dates = [
        Cell([script.paragraph(styles.TABLE_TITLE, _date(day), keep_next=True)])
        for day in (activity.values.start, activity.values.end)
    ]
    yield row(widths, [Cell(title), *dates], shade=script.look.pale)
    for content, following in _parts(activity):
        made = [script.paragraph(name, part, keep_next=following) for name, part in content]
        short = sum(len(part) for _, part in content) < SHORT
        yield row(widths, [Cell(made, span=len(widths))], whole=short)


def _mark(script: Manuscript, style: str, activity: Activity) -> Iterator[Xml]:
    """When it was last reported, where that was not in this round."""
    if activity.last_reported:
        words = run(last_reported(activity.last_reported), italic=True)
        yield script.paragraph(style, words, keep_next=True)


def _parts(activity: Activity) -> Iterator[tuple[list[tuple[str, str]], bool]]:
    """Description, status and comment: paragraphs with their styles, and whether to keep with the next."""
    description, comment = _lines(activity.values.description), _lines(activity.values.comment)
    if description:
        # A page may end here: to keep all of an activity together leaves pages half empty.
        yield description, False
    yield [(styles.TABLE_STATUS, _status(activity))], bool(comment)
    if comment:
        yield comment, False


def _status(activity: Activity) -> Xml:
    status = activity.values.status
    if status is None:
        return run(_status_words(status))
    return run(_status_words(status), bold=True, color=strong_on_white(status.color))


def _status_words(status: Status | None) -> str:
    return f"{status.symbol} {status.name}".strip() if status else f"Status: {NOTHING}"


def _under_heading(script: Manuscript, activity: Activity, completed: str) -> Iterator[Xml]:
    """An activity under a heading of its own, without any table."""
    yield script.paragraph(
        styles.ACTIVITY, activity.values.title or NOTHING, anchor=anchor(activity)
    )
    yield from _mark(script, styles.BODY, activity)
    if completed:
        yield script.paragraph(styles.BODY, run(completed, bold=True), keep_next=True)
    yield script.paragraph(
        styles.BODY,
        run("Tid: ", bold=True),
        _span(activity.values.start, activity.values.end),
        keep_next=True,
    )
    units = concerned_units(activity)
    if units:
        yield script.paragraph(styles.BODY, run("Enheter:", bold=True), keep_next=True)
        for name in units:
            yield script.paragraph(styles.BULLET, name, keep_next=True)
    for content, following in _parts(activity):
        for name, part in content:
            yield script.paragraph(_OUTSIDE.get(name, name), part, keep_next=following)


def concerned_units(activity: Activity) -> tuple[str, ...]:
    """The units as the report lists them; one that concerns only the whole department lists none.

    One that is nobody's by its units, and not the whole department's either, says that.
    """
    if not activity.values.whole and not activity.values.units:
        return (_NO_UNIT,)
    if activity.values.whole and activity.values.units:
        return (WHOLE_DEPARTMENT, *activity.values.units)
    return activity.values.units


def _lines(text: str) -> list[tuple[str, str]]:
    """A text's paragraphs with their styles; none for a text of nothing but what cannot be seen.

    A line with a typed bullet becomes a real one, and so do lines in a row that begin with a dash: a
    single dash may be part of what is said.
    """
    lines = [line for line in map(str.strip, clean(text).split("\n")) if line]
    bullets = [_BULLET.match(line) for line in lines]
    dashes = [_DASH.match(line) is not None for line in lines]
    result: list[tuple[str, str]] = []
    for at, (line, bullet) in enumerate(zip(lines, bullets, strict=True)):
        beside = dashes[max(at - 1, 0) : at] + dashes[at + 1 : at + 2]
        match = bullet or (_DASH.match(line) if dashes[at] and any(beside) else None)
        if match and line[match.end() :]:
            result.append((styles.TABLE_BULLET, line[match.end() :]))
        else:
            result.append((styles.TABLE_TEXT, line))
    return result


def _date(day: object) -> str:
    return day.isoformat() if isinstance(day, date) else NOTHING


def _span(start: date | None, end: date | None) -> str:
    """The time from start to end in words, whichever of them is known."""
    if start and end:
        return f"{start} till {end}"
    if start:
        return f"från {start}"
    return f"till {end}" if end else NOTHING
