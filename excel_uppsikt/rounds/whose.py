"""Whose a file is, as it says itself, and whose files somebody is to have: looked at before it is mailed."""

import io
import logging
import re

from excel_uppsikt.excel.reading import UnreadableError, read_workbook_bytes
from excel_uppsikt.form.definition import COMMON
from excel_uppsikt.intake.identity import identify, read_marks
from excel_uppsikt.intake.names import UnitNames
from excel_uppsikt.language.text import clean, fold
from excel_uppsikt.mail.addresses import addresses, same_person, usable
from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.model import FormKind, Plan
from excel_uppsikt.word.properties import keywords_and_title

# A form of one goal holds nothing of anybody's until it has been filled in.
EVERYBODY = "alla"


def owner_of(plan: Plan, name: str, data: bytes) -> str:
    """Whose a file is by what it says inside, whatever it is called; '' where it does not tell.

    A unit by its name, a department's own form as `Gemensamt NAME`, a report by its department.
    """
    ending = name[name.rfind(".") :].lower()
    if ending == ".docx":
        return _department(plan, keywords_and_title(data))
    if ending == ".pdf":
        return _department(plan, _pdf_properties(data))
    return _of_workbook(plan, data)


def theirs(plan: Plan, kind: MailKind, email: str) -> frozenset[str]:
    """Whose files the plan says that an address is to have."""
    if kind is MailKind.REPORTS:
        told = [(one.department, one.email) for one in plan.recipients]
    else:
        told = [(unit.name, unit.email) for unit in plan.units]
        told += [(f"{COMMON} {one.name}", one.email) for one in plan.departments]
    person = same_person(email)
    return frozenset(
        owner
        for owner, written in told
        if any(usable(one) and same_person(one) == person for one in addresses(written))
    )


def _of_workbook(plan: Plan, data: bytes) -> str:
    try:
        marks = read_marks(read_workbook_bytes(data))
    except UnreadableError:
        return ""
    # Neither its name nor its rows: only what the program itself wrote into it.
    found = identify(plan, UnitNames.of(plan), "", marks, frozenset)
    if found is None:
        return ""
    if found.kind is FormKind.GOAL:
        return EVERYBODY
    if found.kind is FormKind.COMMON:
        return f"{COMMON} {found.department or found.said}"
    return found.unit or found.said


def _department(plan: Plan, said: tuple[str, str]) -> str:
    """The department of a document by its keywords, or else by the end of its title."""
    keywords, title = said
    names = {_words(clean(one.name)[:255]): one.name for one in plan.departments}
    if keywords:
        return names.get(_words(keywords), keywords)
    settings = plan.settings
    ends = {
        fold(f": {one.name} {settings.year} {settings.period}"): one.name
        for one in plan.departments
    }
    return next((name for end, name in ends.items() if fold(title).endswith(end)), "")


def _words(keywords: str) -> str:
    """Keywords as they are compared: LibreOffice puts commas between all words of them in a PDF."""
    return fold(re.sub("[,;]", " ", keywords))


def _pdf_properties(data: bytes) -> tuple[str, str]:
    import pypdf  # few mail a PDF
    from pypdf.errors import PyPdfError

    # What it thinks of the file is not for the user's screen.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        told = pypdf.PdfReader(io.BytesIO(data)).metadata
    except (PyPdfError, ValueError, OSError):
        return "", ""
    return (str(told.get("/Keywords", "")), told.title or "") if told else ("", "")
