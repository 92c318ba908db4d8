"""What a round's steps write: forms, compilation, reports and mail drafts."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from excel_uppsikt.collect import INBOX
from excel_uppsikt.compilation import Account, compilation_workbook
from excel_uppsikt.edits import COMPILATION_FILE
from excel_uppsikt.form import PLAN_FILE, common_form, file_name, goal_form, unit_form
from excel_uppsikt.mail import Attachment, Draft, Letter, MailKind, addresses, drafts, usable
from excel_uppsikt.mended import follow_up
from excel_uppsikt.model import Activity, Department, Plan
from excel_uppsikt.outputs import Outputs, Written, write_whole
from excel_uppsikt.pipeline import Checked
from excel_uppsikt.pipeline_reports import REPORTS
from excel_uppsikt.plan_writing import blank_plan
from excel_uppsikt.report import report_name
from excel_uppsikt.returns import TO_MEND, returns
from excel_uppsikt.templates import Per, form_files

TEMPLATES = "mallar"
RETURNS = "ut/retur"
MAILINGS = "ut/utskick"


@dataclass(frozen=True, slots=True)
class Back:
    """What has become of a hand-in: the return as written, if any, what was mended and what is left."""

    owner: str
    written: Written | None
    mended: int
    left: int


@dataclass(frozen=True, slots=True)
class Mailing:
    """The drafts as written, whom there is no address for, and the files that are missing.

    `newer` are reports that lie beside the attached ones, made after those were edited by hand.
    """

    drafts: tuple[tuple[Draft, Written], ...]
    without_address: tuple[str, ...]
    missing: tuple[str, ...]
    newer: tuple[Path, ...] = ()


def new_round(folder: Path) -> Path:
    """Makes a round's folder with a blank plan. The caller has seen that there is none."""
    plan = folder / PLAN_FILE
    write_whole(plan, blank_plan())
    (folder / INBOX).mkdir(parents=True, exist_ok=True)
    return plan


def write_templates(
    folder: Path, plan: Plan, per: Per, previous: tuple[Activity, ...] = ()
) -> Iterator[Written]:
    """Writes the round's forms one by one, going on from the `previous` round's activities."""
    outputs = Outputs(folder)
    for name, _, data in form_files(plan, per, previous):
        yield outputs.write(f"{TEMPLATES}/{name}", data)


def write_compilation(checked: Checked) -> Written:
    """Writes ut/sammanstallning.xlsx, with every edit of the earlier one in it.

    A copy of an edited one is kept as it was; `beside` says where.
    """
    account = Account(
        plan=checked.plan,
        compilation=checked.compilation,
        collection=checked.collection,
        findings=checked.findings,
        changes=checked.changes,
        rule=checked.rule,
        handed_in=checked.handed_in,
    )
    path = checked.folder / COMPILATION_FILE
    outputs = Outputs(checked.folder)
    data = compilation_workbook(account)
    same = path.is_file() and path.read_bytes() == data
    kept = None if same else outputs.keep_edited(path)
    outputs.replace(path, data)
    return Written(path, kept)


def write_returns(checked: Checked) -> tuple[Back, ...]:
    """Writes a return for each submission with something to mend, and takes away those not needed.

    Answers each with what has been mended since the last time something was handed in.
    """
    outputs = Outputs(checked.folder)
    made = returns(checked.plan, checked.collection.submissions, checked.findings)
    outputs.clear(RETURNS, [back.file for back in made])
    written = {back.file: outputs.write(f"{RETURNS}/{back.file}", back.data) for back in made}
    progress = follow_up(checked.folder, checked.collection.submissions, checked.findings)
    by_owner = {back.owner: back for back in made}
    return tuple(
        Back(
            owner,
            written[by_owner[owner].file] if owner in by_owner else None,
            progress[owner].mended if owner in progress else 0,
            sum(f.severity in TO_MEND for f in by_owner[owner].findings)
            if owner in by_owner
            else 0,
        )
        for owner in dict.fromkeys([*by_owner, *progress])
    )


def write_mailing(folder: Path, plan: Plan, kind: MailKind) -> Mailing:
    """Writes a draft for each recipient of the round's forms or reports, as they lie in the folder."""
    owners = list(_report_owners(plan) if kind is MailKind.REPORTS else _form_owners(plan))
    letters: list[Letter] = []
    without: list[str] = []
    missing: list[str] = []
    # With one form a goal there is none of each unit's own: everyone gets them all.
    goal_forms = [folder / TEMPLATES / file_name(goal_form(goal)) for goal in plan.goals_by_number]
    goal_forms = [path for path in goal_forms if path.is_file()]
    for owner in owners:
        paths = [folder / owner.file]
        if not paths[0].is_file() and goal_forms and kind is MailKind.TEMPLATES:
            paths = goal_forms
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
    written = tuple(
        (draft, outputs.write(f"{MAILINGS}/{draft.file}", draft.data))
        for draft in drafts(plan, letters)
    )
    beside = [(folder / owner.file).with_stem(f"{Path(owner.file).stem} (ny)") for owner in owners]
    newer = tuple(path for path in beside if path.is_file())
    return Mailing(written, tuple(without), tuple(missing), newer)


@dataclass(frozen=True, slots=True)
class _Owner:
    """A file to mail: whose it is, in words, and the people who get it with their addresses."""

    file: str
    words: str
    department: Department
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


def _report_owners(plan: Plan) -> Iterator[_Owner]:
    for department in plan.departments:
        people = tuple(
            (recipient.name, recipient.email)
            for recipient in plan.recipients
            if recipient.department == department.name
        )
        yield _Owner(
            f"{REPORTS}/{report_name(plan, department)}", department.name, department, people
        )
