"""The tjänsteskrivelse: the short letter with which a report goes to its committee."""

from collections.abc import Iterator

from excel_uppsikt.model import Department, Plan
from excel_uppsikt.plan import texts
from excel_uppsikt.plan.default_texts import BOARD_LETTER, LETTER
from excel_uppsikt.report import styles
from excel_uppsikt.report.account import LETTER_TITLE, Account, report_name
from excel_uppsikt.report.document import proposal as proposed
from excel_uppsikt.report.manuscript import Manuscript, day_in_words
from excel_uppsikt.report.sent_back import answered, board_facts, decided
from excel_uppsikt.report.summary import overview
from excel_uppsikt.report.unit_rule import rule_sentence
from excel_uppsikt.word.names import qn
from excel_uppsikt.word.pieces import Xml, as_bytes

_KEPT_TOGETHER = 8
_LINES_FOR_REASONS = 1


def make_letter(plan: Plan, department: Department, account: Account, *, template: bytes) -> bytes:
    """The letter: to whom, the same proposal as in the report, the matter, and who gets the decision.

    Same input, same bytes. Raises `TemplateError` when the template cannot be used.
    """
    script = Manuscript(plan, department, template)
    script.fill_template(LETTER_TITLE, front=False)
    # The letter begins where a report has its cover, so its first page bears the ordinary head.
    section = script.document.element.body.find(qn("w:sectPr"))
    for first in section.findall(qn("w:titlePg")):
        section.remove(first)
    text = script.fixed(_section(account))
    script.set_properties(text.heading, LETTER_TITLE)
    return as_bytes(script.document, _parts(script, account))


def unfilled_in_letter(
    plan: Plan, department: Department, account: Account | None = None
) -> tuple[str, ...]:
    """The placeholders in the letter's fixed texts that the plan gives nothing for."""
    told = account or Account(())
    return texts.unfilled_sections(plan, (_section(told), proposed(told)), department)


def _section(account: Account) -> str:
    return BOARD_LETTER if account.to_board else LETTER


def _parts(script: Manuscript, account: Account) -> Iterator[Xml]:
    plan, department = script.plan, script.department
    settings, text = plan.settings, script.fixed(_section(account))
    proposal = script.fixed(proposed(account))
    yield script.paragraph(styles.MUNICIPALITY, settings.municipality)
    yield from script.facts(
        (
            *(board_facts(script, account) or [("Till", department.committee)]),
            ("Datum", day_in_words(department.report_date)),
            ("Diarienummer", settings.reference),
            ("Handläggare", settings.sender),
        )
    )
    yield script.plain_heading(text.heading)
    yield script.paragraph(styles.SUBHEAD, proposal.heading)
    # Reasons have their room in the report; here a letter of one page is worth more.
    yield from script.prose(proposal.text, room=_LINES_FOR_REASONS)
    yield script.paragraph(styles.SUBHEAD, "Ärendet")
    yield from script.prose(text.text)
    if account.sent_back is not None:
        said = f"{decided(department, account.sent_back.ruling)} {answered(account.sent_back)}"
        yield script.paragraph(styles.BODY, said)
    yield script.paragraph(styles.BODY, overview(script, account))
    if account.rule:
        yield script.paragraph(styles.BODY, rule_sentence(plan, account.rule))
    yield script.paragraph(styles.SUBHEAD, "Beslutsunderlag")
    report = report_name(plan, department, completed=account.sent_back is not None)
    report = report.removesuffix(".docx")
    yield script.paragraph(styles.BULLET, report)
    yield script.paragraph(styles.SUBHEAD, "Beslutet skickas till")
    people = [r.name or r.email for r in plan.recipients if r.department == department.name]
    names = list(dict.fromkeys((*people, department.name)))
    for at, name in enumerate(names, 1):
        # The end of a short list alone on a page looks like something forgotten.
        yield script.paragraph(styles.BULLET, name, keep_next=at < min(len(names), _KEPT_TOGETHER))
