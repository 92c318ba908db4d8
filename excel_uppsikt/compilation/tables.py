"""The compilation's plain tables: rule outcome, submissions and findings, with links to the cells."""

import re
from collections.abc import Container, Sequence

from xlsxwriter.format import Format

from excel_uppsikt.compilation import definition
from excel_uppsikt.excel import writing
from excel_uppsikt.excel.fitted_sheets import FittedSheet
from excel_uppsikt.excel.tables import HEADER_ROW, body, header
from excel_uppsikt.excel.writing import Book, write
from excel_uppsikt.findings.catalogue.contents import F207
from excel_uppsikt.findings.catalogue.files import F201, F202, F203, F204, F205, F208
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.findings.place import Place
from excel_uppsikt.form.definition import COMPLETION
from excel_uppsikt.form.severities import SEVERITY_COLORS, SEVERITY_WORDS
from excel_uppsikt.model import Collection, Plan, RuleTerm

# What is told of a file as a whole and bears on whether it is used.
_OF_FILES = (F201, F202, F203, F204, F205, F208)
_UNUSED = "ja, men används inte"
_UNREAD = "ja, men filen kan inte läsas"
_NO_FORM = "kunde inte användas"
_CONTAINER = re.compile(r"(.+?\.(?:eml|msg|zip))/", re.IGNORECASE)
# A sheet holds 65,530 links; the findings beyond stand without.
_MOST_LINKS = 65_000


def write_rules(
    book: Book,
    sheet: FittedSheet,
    plan: Plan,
    rule: Sequence[RuleTerm],
    answered: frozenset[str],
    heard: frozenset[str] | None = None,
    unread: Container[str] = (),
) -> None:
    """The unit rule, a row for each unit and term: own, common, required, and whether it holds.

    `heard` are those whose forms are in use, None where all are; `unread` those of whom nothing has come
    that could be read.
    """
    columns = [
        (definition.UNIT, 34), (definition.DEMAND, 56), ("Egna", 10), ("Gemensamma", 14), ("Minst", 10),
        ("Utfall", 16), ("Inlämnat", 12), ("Enligt inlämningarna", 24),
    ]  # fmt: skip
    counts = (
        "räknas för varje enhet"
        if plan.settings.common_counts
        else "räknas inte för den enskilda enheten"
    )
    intro = (
        "Utfallet är det som rapporten visar. Aktiviteter som gäller hela verksamheten "
        f"{counts}, enligt planen. Enligt inlämningarna är tom där de ger samma antal som rapporten."
    )
    first = header(book, sheet, definition.RULES, intro, columns)
    beyond = "" if plan.settings.mandatory_counts else " utöver de obligatoriska målens"
    plain = body(book)
    for at, term in enumerate(rule, first):
        words = f"Aktiviteter{beyond if plan.mandatory_goals else ''}"
        words = term.goal.text if term.goal else words
        color = writing.GREEN if term.holds else writing.RED
        outcome = "✔ Uppfyllt" if term.holds else f"✘ Saknas {term.minimum - term.have}"
        row = (term.unit, words, term.own, term.common, term.minimum)
        for place, value in enumerate(row):
            write(sheet, at, place, value, plain)
        write(sheet, at, 5, outcome, body(book, font_color=color))
        came = term.unit in answered
        unused = came and heard is not None and term.unit not in heard
        why = _UNREAD if term.unit in unread else _UNUSED
        write(sheet, at, 6, why if unused else came, plain)
        write(sheet, at, 7, _beside(term), plain)


def _beside(term: RuleTerm) -> str:
    """What was handed in, where the coordinator's own rows or Ta med make the report another."""
    if term.handed is None:
        return ""
    return f"{term.handed} av {term.minimum} {'✔' if term.held else '✘'}"


def write_submissions(
    book: Book, sheet: FittedSheet, collection: Collection, findings: Sequence[Finding]
) -> None:
    """The received forms, then the files that could not be used as one, with what is wrong with each.

    The coordinator may change Använd of the forms.
    """
    widths = (46, 12, 30, 26, 17, 12, 10, 60)
    forms = [submission.file for submission in collection.submissions]
    told = _told(forms, findings)
    unused = listed_files(collection, findings)[len(forms) :]
    intro = (
        "Använd: nej lägger en fil åt sidan, ja använder den, och en tom cell låter programmet välja. Har en "
        "enhet flera filer gäller det var och en."
    )
    if unused:
        intro += " Längst ned står filer som inte kunde användas."
    columns = list(zip(definition.SUBMISSION_HEADERS, widths, strict=True))
    first = header(book, sheet, definition.SUBMISSIONS, intro, columns)
    plain = body(book)
    link = body(book, font_color=writing.ACCENT, underline=1)
    for at, submission in enumerate(collection.submissions, first):
        saved = f"{submission.saved:%Y-%m-%d %H:%M}" if submission.saved else ""
        kind = COMPLETION if submission.completion else submission.kind.value
        row = (
            kind, submission.unit, submission.department, saved,
            submission.activities, submission.used, "\n".join(told.get(submission.file, ())),
        )  # fmt: skip
        _write_row(sheet, at, submission.file, row, link=link, plain=plain)
    for at, file in enumerate(unused, first + len(forms)):
        lacking = (_NO_FORM, "", "", "", "", "", "\n".join(told[file]))
        _write_row(sheet, at, file, lacking, link=link, plain=plain)
    last = first + max(0, len(forms) - 1)
    place = definition.SUBMISSION_HEADERS.index(definition.USE)
    options = {"validate": "list", "source": ["ja", "nej"], "error_message": "Skriv ja eller nej."}
    writing.validate(sheet, (first, place, last, place), options)


def listed_files(collection: Collection, findings: Sequence[Finding]) -> list[str]:
    """The files in the order in which they stand on the sheet."""
    forms = [submission.file for submission in collection.submissions]
    return [*forms, *sorted(_told(forms, findings).keys() - set(forms))]


def _told(forms: Sequence[str], findings: Sequence[Finding]) -> dict[str, list[str]]:
    """What is told of each file as a whole; what is written in a mail, at each file that came with it."""
    told: dict[str, list[str]] = {}
    for finding in findings:
        if finding.file and finding.sheet is None and finding.of(*_OF_FILES):
            told.setdefault(finding.file, []).append(f"{finding.code} {finding.message}")
    files = [*forms, *told.keys() - set(forms)]
    for finding in findings:
        if finding.variant is F207.MAIL and finding.file:
            mail = finding.file
            came_with_it = [file for file in files if file.startswith(f"{mail}/")]
            words = F207.MAIL.text.format(value=f"”{finding.value}”", **dict(finding.fields))
            for file in came_with_it or [mail]:
                told.setdefault(file, []).append(f"{finding.code} {words}")
    return told


def _write_row(
    sheet: FittedSheet, at: int, file: str, row: Sequence[object], *, link: Format, plain: Format
) -> None:
    """A row that begins with a link to its file."""
    _write_file(sheet, at, 0, Place(file), link=link, plain=plain)
    for place, value in enumerate(row, 1):
        write(sheet, at, place, value, plain)


def write_findings(book: Book, sheet: FittedSheet, findings: Sequence[Finding]) -> None:
    """Every finding, with a link to its file and cell."""
    columns = [
        ("Kod", 8), ("Grad", 10), ("Meddelande", 84), ("Fil", 36), ("Blad", 30), ("Cell", 8),
        ("Skrivet", 30),
    ]  # fmt: skip
    intro = "Klicka på filen för att öppna den på rätt ställe. Koderna förklaras av: uppsikt rules."
    first = header(book, sheet, definition.FINDINGS, intro, columns)
    plain = body(book)
    link = body(book, font_color=writing.ACCENT, underline=1)
    for at, finding in enumerate(findings, first):
        severity = body(book, bold=True, font_color=SEVERITY_COLORS[finding.severity])
        write(sheet, at, 0, finding.code, plain)
        write(sheet, at, 1, SEVERITY_WORDS[finding.severity], severity)
        write(sheet, at, 2, finding.message, plain)
        _write_file(sheet, at, 3, finding.place, link=link, plain=plain)
        for place, value in enumerate((finding.sheet, finding.cell, finding.value), 4):
            write(sheet, at, place, value, plain)
    if findings:
        last = first + len(findings) - 1
        writing.done(sheet.autofilter(HEADER_ROW, 0, last, len(columns) - 1))


def _write_file(
    sheet: FittedSheet, row: int, column: int, source: Place, *, link: Format, plain: Format
) -> None:
    """A link from ut/ to a received file's cell; plain words where no link can be made."""
    file, name = source.file or "", source.sheet or ""
    # What lies in a mail or a zip file cannot be opened by a link; the mail itself can.
    outer = _CONTAINER.match(file)
    address = f"external:../{outer[1] if outer else file}"
    if name and source.cell and not outer:
        address += f"#'{name.replace(chr(39), chr(39) * 2)}'!{source.cell}"
    odd = "#" in name or any(mark in file for mark in '#%?*"<>|\\\ufffd')
    # Excel refuses longer names; the place still stands in the row's other cells.
    if row > _MOST_LINKS or not file or odd or len(file) > 200:
        write(sheet, row, column, file, plain)
    else:
        writing.done(sheet.write_url(row, column, address, link, file))
        sheet.make_room(row, column, file)
