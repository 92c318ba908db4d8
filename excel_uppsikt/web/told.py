"""What came of a step, as lines for the top of a page."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from excel_uppsikt.figures import carried_sentence
from excel_uppsikt.language.text import counted
from excel_uppsikt.round_paths import PLAN_FILE
from excel_uppsikt.rounds import result_words
from excel_uppsikt.rounds.outputs import Written
from excel_uppsikt.rounds.results import (
    Carried,
    CheckedRound,
    CompilationWritten,
    Readiness,
    Report,
    Reports,
    Returns,
    Review,
    StartedOver,
    Withheld,
)
from excel_uppsikt.rounds.steps import Result
from excel_uppsikt.rounds.versions import KeptVersions
from excel_uppsikt.rounds.words import marks_left, tally
from excel_uppsikt.web import report_words, step_words
from excel_uppsikt.word.publishing import Unfinished


def tone(ok: bool) -> str:
    """How a notice looks: good, or with something to look at."""
    return "good" if ok else "warn"


def files_written(folder: Path, written: Sequence[Written]) -> str:
    """How many files were written, and where."""
    place = written[0].path.parent.relative_to(folder).as_posix() if written else ""
    return step_words.files_in(len(written), place)


def beside(written: Iterable[Written]) -> list[str]:
    """The files that lie beside one that was edited by hand."""
    return [
        step_words.lies_beside(one.path.name, one.beside.name)
        for one in written
        if one.beside is not None
    ]


def of_results(results: Iterable[Result]) -> list[str]:
    """What came of a step that takes several others, line by line."""
    lines: list[str] = []
    for result in results:
        match result:
            case CheckedRound():
                lines += _checked(result)
            case Returns():
                lines += _returns(result)
            case KeptVersions():
                lines += [report_words.kept(path.name) for path in result.made]
                lines += [finding.message for finding in result.findings]
            case CompilationWritten():
                lines.append(step_words.wrote(_name(result.folder, result.written.path)))
                if result.written.beside is not None:
                    lines.append(
                        step_words.your_version(_name(result.folder, result.written.beside))
                    )
            case StartedOver():
                lines.append(step_words.STARTED_OVER)
            case Review():
                lines += _review(result)
            case Reports():
                lines += _reports(result)
    return lines


def _name(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name


def _checked(checked: CheckedRound) -> list[str]:
    lines = [*result_words.what_was_read(checked), result_words.closing(checked)]
    carried = carried_sentence(checked.plan, checked.compilation.carried)
    return [*lines, carried] if carried else lines


def _returns(returns: Returns) -> list[str]:
    lines = [step_words.returns_written([one.owner for one in returns.hand_ins if one.written])]
    lines += beside(returns.written)
    lines += withheld(returns.withheld)
    lines += [
        result_words.put_right(one.owner, one.corrected, one.left)
        for one in returns.hand_ins
        if one.corrected
    ]
    return lines


def withheld(those: Iterable[Withheld]) -> list[str]:
    """Who gets no return, and why."""
    return [step_words.withheld(one.owner, one.set_aside) for one in those]


def _review(review: Review) -> list[str]:
    lines = result_words.unmerged(review.unmerged)
    lines += [step_words.MERGE_FIRST] if lines else []
    if review.compilation.use_changed:
        lines.append(step_words.use_changed(review.compilation.use_changed))
    in_plan = [finding for finding in review.findings if finding.file == PLAN_FILE]
    others = [finding for finding in review.findings if finding.file != PLAN_FILE]
    for found, place in ((in_plan, "planen"), (others, "sammanställningen")):
        if found:
            lines.append(f"{tally(found).capitalize()} i {place}.")
            lines += [finding.message for finding in found]
    carried = carried_sentence(review.plan, review.compilation.carried)
    return [*lines, carried] if carried else lines


def _reports(result: Reports) -> list[str]:
    lines = [line for report in result.reports for line in _report(result.folder, report)]
    if result.reports and not all(report.numbered for report in result.reports):
        lines.append(result_words.no_page_numbers(can_print=result.can_print))
    if result.homeless:
        lines.append(result_words.in_no_report(result.homeless))
    if result.extras.pdf and result.reports and not result.can_print:
        lines.append(result_words.NO_PDF)
    return lines


def _report(folder: Path, report: Report) -> list[str]:
    lines = [step_words.wrote(_name(folder, one.path)) for one in report.written]
    lines += beside(report.written)
    if report.unfilled:
        lines.append(report_words.unfilled("rapporten", report.unfilled))
    if report.unfilled_in_letter:
        lines.append(report_words.unfilled("tjänsteskrivelsen", report.unfilled_in_letter))
    if report.front.unknown:
        lines.append(report_words.unknown_in_template(report.front.unknown))
    lines += [report_words.older(_name(folder, path)) for path in report.older]
    return [*lines, *(result_words.not_accessible(fault) for fault in report.faults)]


def why_unfinished(unfinished: Unfinished | None) -> list[str]:
    """Why there is no clean copy of a report."""
    if unfinished is None:
        return []
    left = marks_left(unfinished)
    return [*([report_words.has_marks(left)] if left else []), *unfinished.pdf]


def not_ready(lying: Readiness) -> list[str]:
    """Why a report is not to go out as it lies, if anything."""
    lines = [result_words.left_there(one.text, one.where) for one in lying.left]
    if lying.left:
        lines.append(report_words.FILL_IN_AND_MAKE)
    if lying.lock is not None:
        lines.append(report_words.open_elsewhere(lying.lock))
    if lying.unreadable:
        lines.append(report_words.UNREADABLE)
    if lying.outdated is not None:
        lines.append(report_words.OUTDATED[lying.outdated.value])
    return lines


def of_last_round(carried: Carried) -> tuple[str, ...]:
    """What went on from the last round's plan, what did not, and how much waits to be filled in."""
    last = carried.last.name
    lines = [f"Planen är gjord av den i {last}, som inte ändrades."]
    if not carried.previous:
        lines.append(
            f"{last} har ingen sammanställning, så formulären blir tomma och inga ändringar visas."
        )
    if carried.with_template:
        lines.append(result_words.TEMPLATE_COPIED)
    lines += [
        f"Tidigare namn följde inte med: {unit} hette {names}." for unit, names in carried.former
    ]
    lines += [result_words.left_behind(text, place) for place, text in carried.left]
    lines += [
        f"Bladet {name} saknades i förra planen och är som i en tom." for name in carried.missing
    ]
    if carried.to_fill_in:
        cells = counted(len(carried.to_fill_in), "gul cell", "gula celler")
        lines.append(f"Fyll i {cells} i planen, och gå igenom resten.")
    return tuple(lines)
