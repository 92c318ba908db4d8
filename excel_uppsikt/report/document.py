"""The uppsiktsrapport of one department, in the order of its parts, as a Word document.

Cover, contents, what was completed after it was sent back, summary, proposal for decision, 1 the account
with a section for each goal that has activities and the two closing sections, 2 all goals by area,
appendices. Each part stands in a module of its own, and how it looks in `styles.py` and the template.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from excel_uppsikt.model import ChangeKind, Department, Plan
from excel_uppsikt.plan import texts
from excel_uppsikt.plan.default_texts import (
    ALL_GOALS,
    BOARD_PROPOSAL,
    COMPLETED_PROPOSAL,
    DELIMITATION,
    IDLE_GOALS,
    INTRODUCTION,
    PROPOSAL,
    REPORTING,
    RULE,
    SUMMARY,
)
from excel_uppsikt.report import styles
from excel_uppsikt.report.account import COMPLETED_TITLE, REPORT_TITLE, Account
from excel_uppsikt.report.activities import activities_of_goal
from excel_uppsikt.report.appendices import (
    changes_appendix,
    idle_goals,
    idle_goals_appendix,
    sources_appendix,
)
from excel_uppsikt.report.cover import cover
from excel_uppsikt.report.manuscript import Manuscript, contents
from excel_uppsikt.report.sent_back import decided_before, sent_back
from excel_uppsikt.report.summary import summary
from excel_uppsikt.report.template import Front
from excel_uppsikt.report.unit_rule import rule_appendix
from excel_uppsikt.word.pieces import Xml, as_bytes


@dataclass(frozen=True, slots=True)
class MadeReport:
    """A report as made, and what became of the template's own text."""

    data: bytes
    front: Front


def make_report(
    plan: Plan,
    department: Department,
    account: Account,
    *,
    template: bytes,
    arms: bytes | None = None,
    sources: bool = False,
) -> MadeReport:
    """The report of a department's activities; with `sources` the coordinator's copy of it.

    `arms` is a picture of the municipality's for the cover, which the template may have too.

    The contents have no page numbers yet. Same input, same bytes. Raises `TemplateError` when the
    template or the arms cannot be used.
    """
    script = Manuscript(plan, department, template)
    front = script.fill_template(plan.settings.report_title or REPORT_TITLE)
    # The contents come before the chapters but are made of their headings.
    chapters = [
        *_front_matter(script, account),
        *_account(script, account),
        *_all_goals(script),
        *_appendices(script, account),
        *(sources_appendix(script, account.activities) if sources else ()),
    ]
    first = () if front.kept else cover(script, arms, account)
    settings = plan.settings
    title = f"{settings.report_title or REPORT_TITLE}: {department.name}"
    subject = REPORT_TITLE if account.sent_back is None else COMPLETED_TITLE
    script.set_properties(f"{title} {settings.year} {settings.period}", subject)
    body = (*first, *contents(script), *chapters)
    return MadeReport(as_bytes(script.document, body), front)


def proposal(account: Account) -> str:
    """The section of the plan's texts that has what is proposed: to the committee, or to the board."""
    if account.to_board:
        return BOARD_PROPOSAL
    return PROPOSAL if account.sent_back is None else COMPLETED_PROPOSAL


def unfilled_texts(plan: Plan, department: Department, account: Account) -> tuple[str, ...]:
    """The placeholders in the fixed texts of such a report that the plan gives nothing for."""
    settings = plan.settings
    names = [INTRODUCTION, REPORTING, DELIMITATION, ALL_GOALS]
    names += [SUMMARY] if settings.with_summary else []
    names += [proposal(account)] if settings.with_proposal else []
    names += [RULE] if settings.with_rule and account.rule else []
    names += [IDLE_GOALS] if settings.with_idle_goals and idle_goals(plan, account) else []
    return texts.unfilled_sections(plan, names, department)


def _front_matter(script: Manuscript, account: Account) -> Iterator[Xml]:
    settings = script.plan.settings
    if account.sent_back is not None:
        yield from sent_back(script, account.sent_back)
    if settings.with_summary:
        yield from summary(script, account)
    if settings.with_proposal:
        text = script.fixed(proposal(account))
        # With nothing to tell the summary is a few lines, which leave the page to the proposal.
        shared = settings.with_summary and not account.activities
        yield script.unnumbered(text.heading, new_page=not shared)
        yield from script.prose(text.text)


def _account(script: Manuscript, account: Account) -> Iterator[Xml]:
    activities = account.activities
    marks = account.sent_back.marks if account.sent_back is not None else {}
    text = script.fixed(INTRODUCTION)
    # The proposal is short, and a page of its own would be nearly empty.
    yield script.chapter(text.heading, new_page=not script.plan.settings.with_proposal)
    yield from script.prose(text.text)
    if account.before is not None:
        yield script.paragraph(styles.BODY, decided_before(account.before))
    for goal in script.plan.goals_by_number:
        toward = [a for a in activities if a.goal.number == goal.number]
        if toward:
            yield script.section(goal.text)
            yield from activities_of_goal(script, goal, toward, marks)
    if not activities:
        yield script.paragraph(styles.BODY, f"{script.department.name} redovisar inga aktiviteter.")
    for name in (REPORTING, DELIMITATION):
        text = script.fixed(name)
        yield script.section(text.heading)
        yield from script.prose(text.text)


def _all_goals(script: Manuscript) -> Iterator[Xml]:
    text = script.fixed(ALL_GOALS)
    # Where the account ends a page has often most of its room left.
    yield script.chapter(text.heading, new_page=False)
    yield from script.prose(text.text, lead=True)
    for area in dict.fromkeys(goal.area for goal in script.plan.goals):
        if area:
            words = area if "mål" in area.casefold() else f"Mål inom målområde {area}"
            yield script.paragraph(styles.SUBHEAD, words)
        for goal in script.plan.goals:
            if goal.area == area:
                yield script.paragraph(styles.BULLET, goal.text)


def _appendices(script: Manuscript, account: Account) -> Iterator[Xml]:
    """The appendices one after another: the first begins a page, the others where there is room."""
    settings = script.plan.settings
    begun = False
    if settings.with_rule and account.rule:
        yield from rule_appendix(script, account.rule)
        begun = True
    if settings.with_summary and account.changes:
        yield from changes_appendix(script, account.changes, new_page=not begun)
        begun = begun or any(c.kind is not ChangeKind.UNCHANGED for c in account.changes)
    if settings.with_idle_goals:
        yield from idle_goals_appendix(script, account, new_page=not begun)
