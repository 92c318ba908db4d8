"""What was handed in merged with what the coordinator has decided: the order of the merge's own steps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from excel_uppsikt.checks.hand_ins import answered, heard
from excel_uppsikt.compilation.after_completion import told_marks
from excel_uppsikt.compilation.answers import sort_answers
from excel_uppsikt.compilation.carrying import carry
from excel_uppsikt.compilation.completing import complete, with_completed
from excel_uppsikt.compilation.edits import join_answered
from excel_uppsikt.compilation.ids import keep_ids
from excel_uppsikt.compilation.merging import merge_entries
from excel_uppsikt.compilation.same import Decided, decided, merge_joined
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.model import Activity, Collection, Compilation, Entry, Plan


@dataclass(frozen=True, slots=True)
class MergedRound:
    """The activities as handed in and completed, the new compilation, and what was found in merging."""

    activities: tuple[Activity, ...]
    compilation: Compilation
    findings: tuple[Finding, ...]


def merge_round(
    plan: Plan, collection: Collection, before: Compilation, earlier: Compilation
) -> MergedRound:
    """Hand-ins, completions and what is carried on from the round `before`, with the edits of `earlier`.

    Rows of the same activity become one with the Id it had; then what came in completion forms changes
    what was asked for, who has not answered is carried on, and last the coordinator's edits are kept.
    """
    known, said = _titles(before, earlier), decided(before, earlier)
    handed_in, found = _activities(plan, collection.entries, known, said, earlier)
    asked = {made for one in collection.completions for made in one.sent}
    met = join_answered(plan, handed_in, earlier, said.apart, asked)
    earlier = met.compilation
    answers = sort_answers(collection.completions, handed_in, earlier)
    activities = handed_in
    if answers.new:
        entries = (*collection.entries, *answers.new)
        activities, found = _activities(plan, entries, known, said, earlier)
    completed = complete(activities, answers, earlier, collection.submissions)
    activities = completed.activities
    came = answered(plan, collection)
    carried = carry(plan, before, activities, completed.earlier, came, said.apart)
    edited = merge_joined(plan, (*activities, *carried), completed.earlier, said)
    told = told_marks(
        plan, edited.compilation, collection.entries, completed.findings, earlier.heard
    )
    heard_from = heard(plan, collection) | told
    compilation = replace(
        edited.compilation,
        heard=heard_from | answers.marks,
        decisions=earlier.decisions,
        year=plan.settings.year,
        period=plan.settings.period,
    )
    if answers.unasked:
        # As the next merge tells and remembers it: of the rows that the compilation has now.
        answers = sort_answers(collection.completions, handed_in, compilation)
        compilation = replace(compilation, heard=heard_from | answers.marks)
    return MergedRound(
        activities,
        with_completed(compilation, completed),
        (*found, *answers.findings, *met.findings, *completed.findings, *edited.findings),
    )


def _activities(
    plan: Plan,
    entries: Iterable[Entry],
    known: Mapping[str, str],
    said: Decided,
    earlier: Compilation,
) -> tuple[tuple[Activity, ...], tuple[Finding, ...]]:
    """Rows of the same activity as one, with the Id that it had, and what was found in merging them."""
    merged = merge_entries(plan, entries, known, said.apart, said.together)
    return keep_ids(merged.activities, earlier, said.apart, said.parted), merged.findings


def _titles(before: Compilation, earlier: Compilation) -> Mapping[str, str]:
    """Each Id's title as its unit wrote it: the coordinator may have reworded it since.

    A unit's own form still has the old one where a completion has given another.
    """
    lines = (*before.lines, *earlier.lines)
    titles = {
        (line.collected or line.activity).id: (line.collected or line.activity).values.title
        for line in lines
    }
    return titles | {
        line.activity.id: line.choice.own_title for line in earlier.lines if line.choice.own_title
    }
