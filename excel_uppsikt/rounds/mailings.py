"""Who is to get what of a round by mail, worked out once for a step; nothing is written or sent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from excel_uppsikt.compilation.completions import due
from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.mail.wording import worded
from excel_uppsikt.model import Plan, Recipient
from excel_uppsikt.plan import texts
from excel_uppsikt.plan.default_texts import MAIL_REPORTS
from excel_uppsikt.round_paths import COMPLETION_FORMS, REPORTS, TEMPLATES, relative
from excel_uppsikt.rounds.addressed import Owner, address, chosen, form_owners, with_forms
from excel_uppsikt.rounds.checking import Progress, check_round, load_plan, no_progress
from excel_uppsikt.rounds.reports import LyingReports, decisions_of, report_path
from excel_uppsikt.rounds.results import (
    CheckedRound,
    CompletionState,
    HandIn,
    Held,
    Mailing,
    Readiness,
)
from excel_uppsikt.rounds.workbooks import write_returns
from excel_uppsikt.word.left_over import LeftOver


def mailing_of(
    folder: Path,
    kind: MailKind,
    *,
    unfinished: bool = False,
    only: str | None = None,
    progress: Progress = no_progress,
) -> Mailing:
    """Who is to have mail of a kind, or those who are asked for, and what is wrong in the plan.

    With `unfinished` a report is mailed that is not ready to go out. Raises `CannotRunError` for somebody
    that the plan does not have.
    """
    plan, findings = load_plan(folder)
    match kind:
        case MailKind.TEMPLATES:
            mailing = forms_mailing(folder, plan, only=only)
        case MailKind.REPORTS:
            mailing = reports_mailing(folder, plan, unfinished=unfinished, only=only)
        case MailKind.COMPLETIONS:
            mailing = completions_mailing(check_round(folder, progress=progress), only=only)
        case MailKind.REMINDERS:
            mailing = reminders_mailing(check_round(folder, progress=progress), only=only)
        case MailKind.RETURNS | MailKind.RECEIPTS:
            checked = check_round(folder, progress=progress)
            returns = write_returns(checked)
            mailing = replace(
                returns_mailing(checked, returns.hand_ins, only=only), withheld=returns.withheld
            )
    return replace(mailing, findings=findings, partly=only is not None)


def forms_mailing(folder: Path, plan: Plan, *, only: str | None = None) -> Mailing:
    """Its form to each unit's contact, and to who answers for a department's own."""
    owners = [
        replace(owner, files=with_forms(folder, plan, owner), why="formuläret att fylla i")
        for owner in form_owners(plan)
    ]
    return _mailing(folder, plan, MailKind.TEMPLATES, owners, only)


def reminders_mailing(checked: CheckedRound, *, only: str | None = None) -> Mailing:
    """The form once more to each that has handed in nothing, Gemensamt too."""
    folder, plan = checked.folder, checked.plan
    late = {owner.name for owner in checked.owners() if not owner.came}
    owners = [
        replace(owner, files=with_forms(folder, plan, owner), why="har inte lämnat in")
        for owner in form_owners(plan)
        if owner.words in late
    ]
    mailing = _mailing(folder, plan, MailKind.REMINDERS, owners, only)
    unread = tuple(owner.name for owner in checked.owners() if owner.unread and not owner.files)
    return replace(mailing, unread=unread)


def returns_mailing(
    checked: CheckedRound, hand_ins: Iterable[HandIn], *, only: str | None = None
) -> Mailing:
    """Each return to whom the form came from."""
    known = {owner.words: owner for owner in form_owners(checked.plan)}
    owners = [_returned(checked.folder, one, known) for one in hand_ins if one.written is not None]
    return _mailing(checked.folder, checked.plan, MailKind.RETURNS, owners, only)


def _returned(folder: Path, one: HandIn, known: Mapping[str, Owner]) -> Owner:
    """A return's owner; nobody in particular for a form of one goal, which several units fill in."""
    owner = known.get(one.owner, Owner(one.owner))
    # One that the coordinator has edited goes out as it is, as a report does.
    files = (relative(folder, one.written.beside or one.written.path),) if one.written else ()
    return replace(owner, files=files, why="har något att rätta")


def completions_mailing(checked: CheckedRound, *, only: str | None = None) -> Mailing:
    """The form for what was sent back to each who is to complete something."""
    plan, states = checked.plan, checked.completions()
    asked = [one for one, state in states.items() if state is CompletionState.ASKED]
    owners = [
        replace(
            owner,
            files=tuple(file.replace(TEMPLATES, COMPLETION_FORMS, 1) for file in owner.files),
            why="ska komplettera efter en återremiss",
        )
        for owner in form_owners(plan)
        if owner.words in asked
    ]
    if any(due(plan, checked.asked.by_owner[one].ruling) is None for one in asked):
        # A day before the decision is nobody's last day; the mail shows that none is given.
        settings = replace(plan.settings, deadline=None, corrections_due=None)
        plan = replace(plan, settings=settings)
    return _mailing(checked.folder, plan, MailKind.COMPLETIONS, owners, only)


def reports_mailing(
    folder: Path, plan: Plan, *, unfinished: bool = False, only: str | None = None
) -> Mailing:
    """Its department's report to each of the plan's recipients.

    Nothing is mailed to those of a department whose report is not ready to go out, or whose mail has
    something left to fill in, unless `unfinished`. Raises `CompilationError` where the compilation
    cannot be read.
    """
    owners, reports = list(_report_owners(folder, plan)), LyingReports(folder, plan)
    lying = {
        owner.files[0]: _looked_at(reports, plan, owner)
        for owner in owners
        if (folder / owner.files[0]).is_file()
    }
    kept = [Held(file, how) for file, how in lying.items() if not how.ready]
    held = {} if unfinished else {one.file: one for one in kept}
    out = [owner for owner in owners if owner.files[0] not in held]
    old = (pdf for department in plan.departments for pdf in reports.old_pdf(department))
    return replace(
        _mailing(folder, plan, MailKind.REPORTS, out, only),
        held=tuple(held.values()),
        told=tuple(kept) if unfinished else (),
        old_pdfs=tuple(old),
    )


def _report_owners(folder: Path, plan: Plan) -> Iterable[Owner]:
    decisions = decisions_of(folder, plan)
    for department in plan.departments:
        people = tuple(
            (recipient.name, recipient.email)
            for recipient in plan.recipients
            if recipient.department == department.name
        )
        file = f"{REPORTS}/{report_path(folder, plan, department, decisions).name}"
        yield Owner(department.name, department, people, (file,), why="får rapporten")


def _looked_at(reports: LyingReports, plan: Plan, owner: Owner) -> Readiness:
    """Why a department's report is not to be mailed, and what is left to fill in in the mails with it."""
    if owner.department is None:
        return Readiness()
    recipients = [Recipient(owner.words, *person) for person in owner.people]
    marks = [
        mark
        for recipient in recipients
        for mark in texts.unfilled_sections(
            plan, [MAIL_REPORTS], owner.department, owner=owner.words, recipient=recipient
        )
    ]
    where = f"i mejlet (planens blad Texter, avsnittet {MAIL_REPORTS})"
    in_mail = [LeftOver(mark, where) for mark in dict.fromkeys(marks)]
    lying = reports.look(owner.department)
    return replace(lying, left=(*in_mail, *lying.left))


def _mailing(
    folder: Path, plan: Plan, kind: MailKind, owners: Sequence[Owner], only: str | None
) -> Mailing:
    """A message to each person, with the owners' files as they lie in the folder."""
    addressed = address(folder, plan, kind, owners)
    files = [folder / file for owner in owners for file in owner.files]
    beside = [path.with_stem(f"{path.stem} (ny)") for path in dict.fromkeys(files)]
    return Mailing(
        folder,
        plan,
        kind,
        messages=tuple(worded(plan, one) for one in chosen(plan, addressed.letters, only)),
        without_address=addressed.without_address,
        missing=addressed.missing,
        misplaced=addressed.misplaced,
        newer=tuple(path for path in beside if path.is_file()),
    )
