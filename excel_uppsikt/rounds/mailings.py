"""The mail drafts of a round: forms, reminders and returns to the units, reports to their recipients."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from excel_uppsikt.compilation.completions import due
from excel_uppsikt.form.definition import common_form, file_name, goal_form, unit_form
from excel_uppsikt.mail.drafts import (
    Attachment,
    Letter,
    MailKind,
    addresses,
    beginning,
    drafts,
    usable,
)
from excel_uppsikt.model import Department, Plan, Recipient
from excel_uppsikt.plan import texts
from excel_uppsikt.plan.default_texts import MAIL_REPORTS
from excel_uppsikt.round_paths import COMPLETION_FORMS, MAILINGS, REPORTS, TEMPLATES, relative
from excel_uppsikt.rounds.checking import Progress, check_round, load_plan, no_progress
from excel_uppsikt.rounds.decided import report_path
from excel_uppsikt.rounds.outputs import Outputs, Written
from excel_uppsikt.rounds.reports import LyingReports, decisions_of
from excel_uppsikt.rounds.results import (
    CheckedRound,
    CompletionState,
    HandIn,
    Held,
    Mailing,
    Readiness,
)
from excel_uppsikt.rounds.versions import clock_day, keep_handed_out
from excel_uppsikt.rounds.workbooks import write_returns
from excel_uppsikt.word.left_over import LeftOver


def mail(
    folder: Path,
    kind: MailKind,
    *,
    unfinished: bool = False,
    today: date | None = None,
    progress: Progress = no_progress,
) -> Mailing:
    """Writes a draft for each who is to have mail of a kind, and says what is wrong in the plan.

    With `unfinished` a report is mailed that is not ready to go out.
    """
    plan, findings = load_plan(folder)
    match kind:
        case MailKind.TEMPLATES:
            mailing = mail_forms(folder, plan)
        case MailKind.REPORTS:
            mailing = mail_reports(folder, plan, unfinished=unfinished, today=today)
        case MailKind.COMPLETIONS:
            mailing = mail_completions(check_round(folder, progress=progress))
        case MailKind.REMINDERS:
            mailing = mail_reminders(check_round(folder, progress=progress))
        case MailKind.RETURNS:
            checked = check_round(folder, progress=progress)
            returns = write_returns(checked)
            mailing = replace(mail_returns(checked, returns.hand_ins), withheld=returns.withheld)
    return replace(mailing, findings=findings)


def mail_forms(folder: Path, plan: Plan) -> Mailing:
    """Writes a draft with its form to each unit's contact, and to who answers for a department's own."""
    return _mail(folder, plan, MailKind.TEMPLATES, list(_form_owners(plan)))


def mail_reminders(checked: CheckedRound) -> Mailing:
    """Writes a draft, with the form once more, to each that has handed in nothing, Gemensamt too."""
    late = {owner.name for owner in checked.owners() if not owner.came}
    owners = [owner for owner in _form_owners(checked.plan) if owner.words in late]
    mailing = _mail(checked.folder, checked.plan, MailKind.REMINDERS, owners)
    unread = tuple(owner.name for owner in checked.owners() if owner.unread and not owner.files)
    return replace(mailing, unread=unread)


def mail_returns(checked: CheckedRound, hand_ins: Iterable[HandIn]) -> Mailing:
    """Writes a draft with each return to whom the form came from."""
    known = {owner.words: owner for owner in _form_owners(checked.plan)}
    owners = [
        _returned(checked.folder, one.owner, one.written, known)
        for one in hand_ins
        if one.written is not None
    ]
    return _mail(checked.folder, checked.plan, MailKind.RETURNS, owners)


def mail_completions(checked: CheckedRound) -> Mailing:
    """Writes a draft, with the form for what was sent back, to each who is to complete something."""
    plan, states = checked.plan, checked.completions()
    asked = [one for one, state in states.items() if state is CompletionState.ASKED]
    owners = [
        replace(owner, file=owner.file.replace(TEMPLATES, COMPLETION_FORMS, 1))
        for owner in _form_owners(plan)
        if owner.words in asked
    ]
    if any(due(plan, checked.asked.by_owner[one].ruling) is None for one in asked):
        # A day before the decision is nobody's last day; the mail shows that none is given.
        settings = replace(plan.settings, deadline=None, corrections_due=None)
        plan = replace(plan, settings=settings)
    return _mail(checked.folder, plan, MailKind.COMPLETIONS, owners)


def mail_reports(
    folder: Path, plan: Plan, *, unfinished: bool = False, today: date | None = None
) -> Mailing:
    """Writes a draft with its department's report to each of the plan's recipients.

    Nothing is mailed to those of a department whose report is not ready to go out, or whose mail has
    something left to fill in, unless `unfinished`. Raises `CompilationError` where the compilation
    cannot be read.
    """
    owners, reports = list(_report_owners(folder, plan)), LyingReports(folder, plan)
    lying = {
        owner.file: _looked_at(reports, plan, owner)
        for owner in owners
        if (folder / owner.file).is_file()
    }
    kept = [Held(file, how) for file, how in lying.items() if not how.ready]
    held = {} if unfinished else {one.file: one for one in kept}
    mailing = _mail(folder, plan, MailKind.REPORTS, [o for o in owners if o.file not in held])
    old = (pdf for department in plan.departments for pdf in reports.old_pdf(department))
    out = {draft.department for draft, _ in mailing.drafts}
    departments = [one for one in plan.departments if one.name in out]
    return replace(
        mailing,
        held=tuple(held.values()),
        told=tuple(kept) if unfinished else (),
        old_pdfs=tuple(old),
        kept=keep_handed_out(folder, plan, departments, today or clock_day()),
    )


def _looked_at(reports: LyingReports, plan: Plan, owner: "_Owner") -> Readiness:
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


def _mail(folder: Path, plan: Plan, kind: MailKind, owners: Sequence["_Owner"]) -> Mailing:
    """Writes a draft to each person, with the owner's file as it lies in the folder."""
    letters: list[Letter] = []
    without: list[str] = []
    missing: list[str] = []
    # With one form a goal there is none of each unit's own: everyone gets them all.
    goal_forms = [folder / TEMPLATES / file_name(goal_form(goal)) for goal in plan.goals_by_number]
    goal_forms = [path for path in goal_forms if path.is_file()]
    for owner in owners:
        paths = [folder / owner.file]
        if not paths[0].is_file() and kind in (MailKind.TEMPLATES, MailKind.REMINDERS):
            paths = goal_forms or paths
        if not paths[0].is_file():
            missing.append(owner.file)
            continue
        attachments = tuple(Attachment(path.name, path.read_bytes()) for path in paths)
        people, unreached = _reached(owner)
        without += unreached
        letters += [
            Letter(kind, name, email, owner.words, attachments, owner.department)
            for name, email in people
        ]
    outputs = Outputs(folder)
    made = drafts(plan, letters)
    removed = outputs.clear(MAILINGS, [draft.file for draft in made], beginning=beginning(kind))
    written = tuple(
        (draft, outputs.write(f"{MAILINGS}/{draft.file}", draft.data)) for draft in made
    )
    beside = [(folder / owner.file).with_stem(f"{Path(owner.file).stem} (ny)") for owner in owners]
    newer = tuple(path for path in beside if path.is_file())
    return Mailing(folder, kind, written, tuple(without), tuple(missing), newer, removed)


def _returned(
    folder: Path, words: str, written: Written, known: Mapping[str, "_Owner"]
) -> "_Owner":
    """A return's owner; nobody in particular for a form of one goal, which several units fill in."""
    owner = known.get(words, _Owner("", words, None, ()))
    # One that the coordinator has edited goes out as it is, as a report does.
    return replace(owner, file=relative(folder, written.beside or written.path))


@dataclass(frozen=True, slots=True)
class _Owner:
    """A file to mail: whose it is, in words, and the people who get it with their addresses."""

    file: str
    words: str
    department: Department | None
    people: tuple[tuple[str, str], ...]


def _reached(owner: _Owner) -> tuple[list[tuple[str, str]], list[str]]:
    """The people with an address each, and in words whom there is none for, or none that works."""
    people: list[tuple[str, str]] = []
    unreached: list[str] = []
    for name, written in owner.people:
        whom = f"{owner.words} ({name})" if name and len(owner.people) > 1 else owner.words
        emails = addresses(written)
        people += [(name, email) for email in emails if usable(email)]
        unreached += [
            f"{whom} (”{email}” går inte att använda)" for email in emails if not usable(email)
        ]
        if not emails:
            unreached.append(whom)
    return people, unreached if owner.people else [owner.words]


def _form_owners(plan: Plan) -> Iterator[_Owner]:
    for unit in plan.units:
        form, people = unit_form(plan, unit), ((unit.contact, unit.email),)
        file = f"{TEMPLATES}/{file_name(form)}"
        yield _Owner(file, form.owner, plan.department(unit.department), people)
    for department in plan.departments:
        form = common_form(plan, department)
        people = ((department.responsible, department.email),)
        yield _Owner(f"{TEMPLATES}/{file_name(form)}", form.owner, department, people)


def _report_owners(folder: Path, plan: Plan) -> Iterator[_Owner]:
    decisions = decisions_of(folder, plan)
    for department in plan.departments:
        people = tuple(
            (recipient.name, recipient.email)
            for recipient in plan.recipients
            if recipient.department == department.name
        )
        file = f"{REPORTS}/{report_path(folder, plan, department, decisions).name}"
        yield _Owner(file, department.name, department, people)
