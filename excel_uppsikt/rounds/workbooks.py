"""What a round's steps write: forms, compilation and returns."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from excel_uppsikt.compilation.writing import Account, compilation_workbook
from excel_uppsikt.folder import COMPILATION_FILE, INBOX, PLAN_FILE, RETURNS, TEMPLATES
from excel_uppsikt.form.returns import TO_MEND, returns
from excel_uppsikt.form.templates import Per, form_files
from excel_uppsikt.model import Activity, Plan
from excel_uppsikt.plan.writing import blank_plan
from excel_uppsikt.rounds.checking import Checked
from excel_uppsikt.rounds.files import Outputs, Written, write_whole
from excel_uppsikt.rounds.progress import follow_up


@dataclass(frozen=True, slots=True)
class Back:
    """What has become of a hand-in: the return as written, if any, what was mended and what is left."""

    owner: str
    written: Written | None
    mended: int
    left: int


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
