"""Reports as they lie in a round's folder, edited by hand or not, looked at before they go out."""

from pathlib import Path

from excel_uppsikt import figures
from excel_uppsikt.compilation.reading import read_compilation
from excel_uppsikt.model import Decisions, Department, Plan
from excel_uppsikt.report.account import Account
from excel_uppsikt.report.cover import arms_of
from excel_uppsikt.report.unfinished import left_in_report
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds.accounts import account_of, template_of
from excel_uppsikt.rounds.checking import previous_compilation
from excel_uppsikt.rounds.decided import report_path
from excel_uppsikt.rounds.disk import lock_file
from excel_uppsikt.rounds.memory import made_of, remembered_report
from excel_uppsikt.rounds.outputs import Outputs
from excel_uppsikt.rounds.report_pdfs import is_old_pdf
from excel_uppsikt.rounds.results import Outdated, Readiness, Review
from excel_uppsikt.word.left_over import is_readable


def decisions_of(folder: Path, plan: Plan) -> Decisions:
    """What has been decided, by the compilation. Raises `CompilationError` where it cannot be read."""
    return read_compilation(folder / COMPILATION_FILE, plan).compilation.decisions


class LyingReports:
    """The reports as they lie in a round's folder, looked at before they go out.

    Raises `CompilationError` where the compilation cannot be read.
    """

    def __init__(self, folder: Path, plan: Plan) -> None:
        self._outputs, self._plan = Outputs(folder), plan
        compilation = read_compilation(folder / COMPILATION_FILE, plan).compilation
        self._read = Review(folder, plan, compilation, ())
        before = previous_compilation(folder, plan).compilation
        self._before = before
        self._changes = (
            figures.round_changes(before, compilation) if plan.settings.previous else None
        )

    def look(self, department: Department) -> Readiness:
        """Why a department's report is not to go out as it lies, if anything."""
        path = self._path(department)
        lock = lock_file(path)
        try:
            report = path.read_bytes()
        except OSError:
            return Readiness(lock=lock, unreadable=True)
        if not is_readable(report):
            return Readiness(lock=lock, unreadable=True)
        template = template_of(self._read.folder)
        account = account_of(self._read, department, self._changes, self._before)
        left = left_in_report(
            report,
            self._plan,
            department,
            self._read.compilation,
            template=template,
            account=account,
        )
        return Readiness(left, self._older_than(department, account), lock)

    def old_pdf(self, department: Department) -> tuple[Path, ...]:
        """The PDF file beside a department's report, where it says what the report said before."""
        path = self._path(department)
        return (path.with_suffix(".pdf"),) if is_old_pdf(self._outputs, path) else ()

    def _path(self, department: Department) -> Path:
        decisions = self._read.compilation.decisions
        return report_path(self._read.folder, self._plan, department, decisions)

    def _older_than(self, department: Department, account: Account) -> Outdated | None:
        """What has been changed since a report was made, by what it was made of.

        A politician would decide on what the municipality no longer says. Files' times tell nothing where
        what they hold is known: a compilation that is saved unchanged changes no report.
        """
        folder, path = self._read.folder, self._path(department)
        compilation = folder / COMPILATION_FILE
        if not compilation.is_file():
            return None
        known = remembered_report(folder, path.name)
        if known is None:
            later = compilation.stat().st_mtime > path.stat().st_mtime
            return Outdated.PERHAPS if later else None
        now = made_of(self._plan, department, account, (template_of(folder), arms_of(folder)))
        if known.account != now.account:
            return Outdated.COMPILATION
        return None if known.frame == now.frame else Outdated.PLAN
