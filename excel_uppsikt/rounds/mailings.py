"""Who is to get what of a round by mail, worked out once for a step; nothing is written or sent."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from excel_uppsikt.compilation.completions import due
from excel_uppsikt.mail.message import MailKind
from excel_uppsikt.model import Plan
from excel_uppsikt.plan import texts
from excel_uppsikt.round_paths import COMPLETION_FORMS, TEMPLATES, relative
from excel_uppsikt.rounds import mail_facts
from excel_uppsikt.rounds.addressed import Owner, form_owners, with_forms
from excel_uppsikt.rounds.checking import Progress, check_round, load_plan, no_progress
from excel_uppsikt.rounds.messages import mailing_to
from excel_uppsikt.rounds.owing import Owing, owed
from excel_uppsikt.rounds.report_mailing import reports_mailing
from excel_uppsikt.rounds.results import CheckedRound, CompletionState, HandIn, Mailing, Returns
from excel_uppsikt.rounds.versions import clock_day


def mailing_of(
    folder: Path,
    kind: MailKind,
    *,
    unfinished: bool = False,
    only: str | None = None,
    today: date | None = None,
    progress: Progress = no_progress,
) -> Mailing:
    """Who is to have mail of a kind, or those who are asked for, and what is wrong in the plan.

    With `unfinished` a report is mailed that is not ready to go out; `today` is by the clock where no other
    day is given. Raises `CannotRunError` for somebody
    that the plan does not have.
    """
    plan, findings = load_plan(folder)
    match kind:
        case MailKind.TEMPLATES:
            mailing = forms_mailing(folder, plan, only=only)
        case MailKind.REPORTS:
            day = today or clock_day()
            mailing = reports_mailing(folder, plan, day, unfinished=unfinished, only=only)
        case MailKind.COMPLETIONS:
            mailing = completions_mailing(check_round(folder, progress=progress), only=only)
        case MailKind.RECEIPTS:
            mailing = receipts_mailing(check_round(folder, progress=progress), only=only)
        case MailKind.REMINDERS:
            checked = check_round(folder, progress=progress)
            returns = _written_returns(checked)
            mailing = reminders_mailing(checked, returns, only=only)
        case MailKind.RETURNS:
            checked = check_round(folder, progress=progress)
            returns = _written_returns(checked)
            mailing = replace(
                returns_mailing(checked, returns.hand_ins, only=only), withheld=returns.withheld
            )
    return replace(mailing, findings=findings, partly=only is not None)


def _written_returns(checked: CheckedRound) -> Returns:
    """What is to be put right, made anew."""
    from excel_uppsikt.rounds.workbooks import write_returns  # which other mail does without

    return write_returns(checked)


def forms_mailing(folder: Path, plan: Plan, *, only: str | None = None) -> Mailing:
    """Its form to each unit's contact, and to who answers for a department's own."""
    owners = [
        replace(owner, files=with_forms(folder, plan, owner), why="formuläret att fylla i")
        for owner in form_owners(plan)
    ]
    return mailing_to(folder, plan, MailKind.TEMPLATES, owners, only)


def reminders_mailing(
    checked: CheckedRound, returns: Returns | None = None, *, only: str | None = None
) -> Mailing:
    """To each that has handed in nothing the form once more, Gemensamt too; to each with errors left, which.

    Who has sent another round's form is told that. `returns` are the workbooks with the errors marked.
    """
    folder, plan, owing = checked.folder, checked.plan, _owing(checked)
    made = _by_owner(returns.hand_ins) if returns else {}
    withheld = {one.owner for one in returns.withheld} if returns else set()
    others = mail_facts.of_other_rounds(checked)
    owners: list[Owner] = []
    for owner in form_owners(plan):
        one = owing.get(owner.words)
        if one is None or owner.words in withheld:
            continue
        if one.status.came:
            if one.errors:
                owners.append(_with_errors(checked, owner, one, made.get(owner.words, ())))
            continue
        other = others.get(owner.words)
        told = (
            mail_facts.another_round_came(plan, other) if other else mail_facts.nothing_came(plan)
        )
        owners.append(
            replace(
                owner,
                files=with_forms(folder, plan, owner),
                facts={texts.STANDING: told},
                needed=(texts.STANDING,) if other else (),
                why="har lämnat in en annan omgångs formulär" if other else "har inte lämnat in",
            )
        )
    mailing = mailing_to(folder, plan, MailKind.REMINDERS, owners, only)
    unread = tuple(owner.name for owner in checked.owners() if owner.unread and not owner.files)
    states = checked.completions().items()
    awaited = tuple(name for name, state in states if state is CompletionState.ASKED)
    return replace(mailing, unread=unread, awaited=awaited)


def _with_errors(checked: CheckedRound, owner: Owner, one: Owing, made: Sequence[HandIn]) -> Owner:
    files = _return_files(checked.folder, made)
    return replace(
        owner,
        files=files,
        facts={texts.STANDING: mail_facts.errors_left(checked, one, attached=len(files))},
        needed=(texts.STANDING,),
        why=f"{len(one.errors)} fel kvar",
    )


def _owing(checked: CheckedRound) -> dict[str, Owing]:
    # How many days are left is told in no mail.
    return {one.status.name: one for one in owed(checked, date.min).owners}


def returns_mailing(
    checked: CheckedRound, hand_ins: Sequence[HandIn], *, only: str | None = None
) -> Mailing:
    """Each return to whom the form came from, with what is to be put right in words."""
    known, owing = {one.words: one for one in form_owners(checked.plan)}, _owing(checked)
    made_of, completed = _by_owner(hand_ins), _by_owner(h for h in hand_ins if h.completion)
    owners = [
        replace(
            # Nobody in particular for a form of one goal, which several units fill in.
            known.get(name, Owner(name)),
            files=_return_files(checked.folder, made),
            facts={texts.TO_MEND: mail_facts.to_mend(checked, owing[name])}
            if name in owing
            else {},
            why=f"{sum(one.left for one in made)} att rätta",
        )
        for name, made in made_of.items()
    ]
    plan = _with_day_to_complete(checked, completed)
    return mailing_to(checked.folder, plan, MailKind.RETURNS, owners, only)


def _by_owner(hand_ins: Iterable[HandIn]) -> dict[str, list[HandIn]]:
    """The returns that have been written: of a unit that completes something too there can be two."""
    made: dict[str, list[HandIn]] = {}
    for one in hand_ins:
        if one.written is not None:
            made.setdefault(one.owner, []).append(one)
    return made


def _return_files(folder: Path, made: Iterable[HandIn]) -> tuple[str, ...]:
    # One that the coordinator has edited goes out as it is, as a report does.
    written = (one.written for one in made if one.written is not None)
    return tuple(relative(folder, one.beside or one.path) for one in written)


def receipts_mailing(checked: CheckedRound, *, only: str | None = None) -> Mailing:
    """To each whose form is in use how its activities stand in the report, and how they were read."""
    owing = _owing(checked)
    completed = {one.owner for one in checked.collection.completions}
    owners = [
        replace(
            owner,
            files=(),
            facts={
                texts.IN_REPORT: mail_facts.in_report(checked, owner.words),
                texts.READ_AS: mail_facts.read_as(checked, owing[owner.words]),
            },
            why="har lämnat in",
        )
        for owner in form_owners(checked.plan)
        if owner.words in owing
        and (
            owing[owner.words].status.files
            or owing[owner.words].activities
            or owner.words in completed
        )
    ]
    return mailing_to(checked.folder, checked.plan, MailKind.RECEIPTS, owners, only)


def completions_mailing(checked: CheckedRound, *, only: str | None = None) -> Mailing:
    """The form for what was sent back to each who is to complete something."""
    plan, states = checked.plan, checked.completions()
    asked = [one for one, state in states.items() if state is CompletionState.ASKED]
    owners = [
        replace(
            owner,
            files=tuple(file.replace(TEMPLATES, COMPLETION_FORMS, 1) for file in owner.files),
            facts={texts.REST: mail_facts.rest_stays(checked, owner.words)},
            why="ska komplettera efter en återremiss",
        )
        for owner in form_owners(plan)
        if owner.words in asked
    ]
    plan = _with_day_to_complete(checked, asked)
    return mailing_to(checked.folder, plan, MailKind.COMPLETIONS, owners, only)


def _with_day_to_complete(checked: CheckedRound, owners: Iterable[str]) -> Plan:
    """The plan, without its last day where that was before the decision that an owner completes after."""
    plan, asked = checked.plan, checked.asked.by_owner
    if all(due(plan, asked[one].ruling) is not None for one in owners if one in asked):
        return plan
    # A day before the decision is nobody's last day; the mail shows that none is given.
    return replace(plan, settings=replace(plan.settings, deadline=None, corrections_due=None))
