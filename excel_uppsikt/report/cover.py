"""The report's cover, where the template has no front page of its own: arms, title and facts."""

from collections.abc import Iterator
from pathlib import Path

from excel_uppsikt.report import styles
from excel_uppsikt.report.account import REPORT_TITLE, Account
from excel_uppsikt.report.manuscript import Manuscript, day_in_words
from excel_uppsikt.report.sent_back import on_cover
from excel_uppsikt.report.template import TemplateError
from excel_uppsikt.word.picture import picture
from excel_uppsikt.word.pieces import Xml

# In a round's folder, the first of them that is there.
ARMS_FILES = ("vapen.png", "vapen.jpg", "vapen.jpeg")
_HEIGHT, _WIDEST = 1_500, 4_500  # twentieths of a point


def arms_of(folder: Path) -> bytes | None:
    """The picture of the municipality's arms in a round's folder, None where there is none."""
    paths = [folder / name for name in ARMS_FILES]
    return next((path.read_bytes() for path in paths if path.is_file()), None)


def cover(script: Manuscript, arms: bytes | None, account: Account) -> Iterator[Xml]:
    """Arms, those of the template where none are given, municipality, title, department and facts.

    Raises `TemplateError` when the arms given are no picture.
    """
    settings, department = script.plan.settings, script.department
    yield from _arms(script, arms)
    yield script.paragraph(styles.MUNICIPALITY, settings.municipality)
    yield script.paragraph(styles.TITLE, settings.report_title or REPORT_TITLE)
    period = f"{settings.year} {settings.period}".strip()
    yield script.paragraph(styles.SUBTITLE, f"{department.name}, {period}")
    yield from script.facts(
        (
            ("Utskott", department.committee),
            ("Rapportdatum", day_in_words(department.report_date)),
            ("Läget per", day_in_words(settings.cutoff) if account.reported else ""),
            ("Ansvarig", department.responsible),
            ("Diarienummer", settings.reference),
            *on_cover(script, account),
        )
    )


def _arms(script: Manuscript, arms: bytes | None) -> Iterator[Xml]:
    image = arms or script.own_picture
    if image is None:
        return
    told = f"Vapen: {script.plan.settings.municipality or 'kommunen'}"
    try:
        made = picture(script.document, image, told, height=_HEIGHT, widest=_WIDEST)
    except ValueError as error:
        # What a template has may be in a format that only Word knows; the report does without.
        if arms is None:
            return
        raise TemplateError(
            "Bilden med kommunens vapen (vapen.png eller vapen.jpg) kan inte läsas. Spara den som PNG "
            "eller JPG och kör igen, eller ta bort filen."
        ) from error
    yield script.paragraph(styles.MUNICIPALITY, made)
