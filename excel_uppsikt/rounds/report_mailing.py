"""Who is to get which report by mail, and which of them are not ready to go out."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from excel_uppsikt.compilation.decisions import standing
from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.model import Outcome, Plan, Recipient
from excel_uppsikt.plan import texts
from excel_uppsikt.plan.default_texts import HANDED_IN, MAIL_REPORTS
from excel_uppsikt.report.account import letter_name
from excel_uppsikt.round_paths import LETTERS, REPORTS, relative
from excel_uppsikt.rounds.addressed import RECIPIENTS, Owner
from excel_uppsikt.rounds.decided import report_path
from excel_uppsikt.rounds.lying_reports import LyingReports, decisions_of
from excel_uppsikt.rounds.messages import mailing_to
from excel_uppsikt.rounds.results import Held, Mailing, Readiness
from excel_uppsikt.rounds.whose import owner_of
from excel_uppsikt.word.left_over import LeftOver


def reports_mailing(
    folder: Path, plan: Plan, today: date, *, unfinished: bool = False, only: str | None = None
) -> Mailing:
    """Its department's report to each of the plan's recipients.

    Nothing is mailed to those of a department whose report is not ready to go out, or whose mail has
    something left to fill in, unless `unfinished`. Raises `CompilationError` where the compilation
    cannot be read.
    """
    owners, reports = list(_report_owners(folder, plan, today)), LyingReports(folder, plan)
    lying = {
        owner.files[0]: _looked_at(reports, plan, owner)
        for owner in owners
        if (folder / owner.files[0]).is_file()
    }
    kept = [Held(file, how) for file, how in lying.items() if not how.ready]
    held = {} if unfinished else {one.file: one for one in kept}
    old = [pdf for department in plan.departments for pdf in reports.old_pdf(department)]
    beside = {owner.words: _beside_report(folder, plan, owner, old) for owner in owners}
    out = [
        replace(owner, files=(*owner.files, *beside[owner.words][0]))
        for owner in owners
        if owner.files[0] not in held
    ]
    return replace(
        mailing_to(folder, plan, MailKind.REPORTS, out, only),
        held=tuple(held.values()),
        told=tuple(kept) if unfinished else (),
        old_pdfs=tuple(old),
        unnamed=tuple(file for owner in out for file in beside[owner.words][1]),
    )


def _beside_report(
    folder: Path, plan: Plan, owner: Owner, old: Sequence[Path]
) -> tuple[list[str], list[str]]:
    """What goes out with a report, its PDF and its letter, and which of it does not say whose it is.

    A PDF that says what the report said before stays at home.
    """
    (report,) = owner.files
    pdf = (folder / report).with_suffix(".pdf")
    paths = [] if pdf in old else [pdf]
    if plan.settings.with_letter and owner.department is not None:
        paths.append(folder / LETTERS / letter_name(plan, owner.department))
    there = [path for path in paths if path.is_file()]
    told = {path: bool(owner_of(plan, path.name, path.read_bytes())) for path in there}
    return (
        [relative(folder, path) for path in there if told[path]],
        [relative(folder, path) for path in there if not told[path]],
    )


def _report_owners(folder: Path, plan: Plan, today: date) -> Iterable[Owner]:
    decisions = decisions_of(folder, plan)
    for department in plan.departments:
        people = tuple(
            (recipient.name, recipient.email)
            for recipient in plan.recipients
            if recipient.department == department.name
        )
        file = f"{REPORTS}/{report_path(folder, plan, department, decisions).name}"
        ruling, day = standing(decisions, department.name), department.report_date
        to_board = ruling is not None and ruling.outcome is Outcome.TO_BOARD
        gone = day is not None and day < today
        yield Owner(
            department.name,
            department,
            people,
            (file,),
            untrue=(HANDED_IN,) if to_board or gone else (),
            why="får rapporten",
            sheet=RECIPIENTS,
        )


def _looked_at(reports: LyingReports, plan: Plan, owner: Owner) -> Readiness:
    """Why a department's report is not to be mailed, and what is left to fill in in the mails with it."""
    if owner.department is None:
        return Readiness()
    recipients = [Recipient(owner.words, *person) for person in owner.people]
    marks = [
        mark
        for recipient in recipients
        for mark in texts.unfilled_sections(
            plan,
            [MAIL_REPORTS],
            owner.department,
            owner=owner.words,
            recipient=recipient,
            untrue=owner.untrue,
        )
    ]
    where = f"i mejlet (planens blad Texter, avsnittet {MAIL_REPORTS})"
    in_mail = [LeftOver(mark, where) for mark in dict.fromkeys(marks)]
    lying = reports.look(owner.department)
    return replace(lying, left=(*in_mail, *lying.left))
