"""What a mail tells its recipient alone: how things stand, what to put right, and how it will be reported."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from excel_uppsikt import figures
from excel_uppsikt.compilation.completions import due
from excel_uppsikt.findings.catalogue.files import F203
from excel_uppsikt.findings.finding import Finding
from excel_uppsikt.form.definition import COMMON, TO_CORRECT_SHEET
from excel_uppsikt.form.to_correct import TO_CORRECT
from excel_uppsikt.intake.identity import from_file_name
from excel_uppsikt.intake.names import UnitNames
from excel_uppsikt.language.numbers import swedish_date
from excel_uppsikt.language.text import counted, listed
from excel_uppsikt.model import Activity, FormKind, Plan
from excel_uppsikt.plan import texts
from excel_uppsikt.report.activities import in_words
from excel_uppsikt.rounds.owing import Owing
from excel_uppsikt.rounds.results import CheckedRound

# As many as anybody reads in a mail; all of them stand in the workbook.
_MOST_TOLD = 20


def of_other_rounds(checked: CheckedRound) -> dict[str, str]:
    """Who has sent a form of another round, by the file's name, and which round that is."""
    plan, names = checked.plan, UnitNames.of(checked.plan)
    told: dict[str, str] = {}
    for finding in checked.findings:
        if finding.variant is not F203.OTHER_ROUND or finding.file is None:
            continue
        found = from_file_name(plan, names, finding.file)
        if found is not None and found.kind is not FormKind.GOAL:
            owner = f"{COMMON} {found.department}" if found.kind is FormKind.COMMON else found.unit
            told[owner or ""] = str(finding.value)
    return told


def nothing_came(plan: Plan) -> str:
    """How things stand with who has handed in nothing."""
    settings = plan.settings
    return (
        f"Jag har ännu inte fått det ifyllda formuläret för {settings.period} {settings.year}. Skicka det så "
        f"snart ni kan{_by(settings.deadline)}. Formuläret är bifogat igen."
    )


def another_round_came(plan: Plan, other: str) -> str:
    """How things stand with who has sent a form of another round."""
    settings = plan.settings
    return (
        f"Jag har fått ett formulär, men det hör till en annan omgång ({other}). Fyll i det bifogade "
        f"formuläret, som gäller {settings.period} {settings.year}, och skicka det så snart ni "
        f"kan{_by(settings.deadline)}."
    )


def errors_left(checked: CheckedRound, one: Owing, *, attached: int) -> str:
    """How things stand with whose form has errors left, and which; `attached` counts the returns with it."""
    asked = checked.asked.by_owner.get(one.status.name)
    plan = checked.plan
    day = due(plan, asked.ruling) if asked else plan.settings.last_day_of_corrections
    files = "den bifogade filen" if attached == 1 else "de bifogade filerna"
    where = f". Det som ska rättas står på bladet {TO_CORRECT_SHEET} i {files}"
    count = counted(len(one.errors), "fel", "fel")
    return (
        f"Formuläret har kommit, men {count} behöver rättas{_by(day)}{where if attached else ''}:\n\n"
        f"{_list(checked, one.errors)}"
    )


def rest_stays(checked: CheckedRound, owner: str) -> str:
    """That what else an owner has handed in stays, where anything of theirs is in use."""
    in_use = owner in (checked.compilation.heard or ())
    return texts.REST_STAYS if in_use else texts.ONLY_ASKED


def _by(day: date | None) -> str:
    return f" (sista dag: {swedish_date(day)})" if day else ""


def to_mend(checked: CheckedRound, one: Owing) -> str:
    """What is to be put right, a line each."""
    return _list(checked, [f for f in one.left if f.severity in TO_CORRECT])


def read_as(checked: CheckedRound, one: Owing) -> str:
    """What was read of a hand-in, and how what was not plain was read."""
    files = [file.rpartition("/")[2] for file in one.status.files]
    saved = f", senast sparat {one.saved:%Y-%m-%d}" if one.saved and files else ""
    what = f" ur {listed(files)}{saved}" if files else " ur formulär som flera enheter fyllt i"
    told = [f"{counted(one.activities, 'aktivitet', 'aktiviteter')}{what}"]
    completions = [c for c in checked.collection.completions if c.owner == one.status.name]
    if completions:
        names = listed([c.file.rpartition("/")[2] for c in completions])
        # What stands between commas ends with one.
        ended = [f"{told[0]}{',' if saved else ''}"] if files or one.activities else []
        told = [*ended, f"kompletteringen i {names}"]
    read = f"Jag har läst {listed(told)}."
    if not one.left:
        return read
    return f"{read} Det här lästes på ett särskilt sätt eller behöver ses över:\n\n{_list(checked, one.left)}"


def in_report(checked: CheckedRound, owner: str) -> str:
    """How a unit's or a Gemensamt's activities stand in the report, in the report's own words.

    Its own are those that are reported as its, and those in its form, whoever they are reported as.
    """
    mine = [a for a in checked.compilation.in_reports if _is_of(checked, a, owner)]
    parts: list[str] = []
    for goal in checked.plan.goals_by_number:
        for at, activity in enumerate(one for one in mine if one.goal.number == goal.number):
            heading = [f"Mål: {goal.text}"] if at == 0 else []
            parts.append("\n".join((*heading, *in_words(activity))))
    parts += ["Ingen aktivitet."] if not parts else []
    out = [activity.values.title for activity in _left_out(checked, owner)]
    if out:
        parts.append(f"Tas inte med i rapporten: {listed([f'”{title}”' for title in out])}.")
    return "\n\n".join(parts)


def _left_out(checked: CheckedRound, owner: str) -> Iterable[Activity]:
    """What was handed in and is not in the report, by itself or as a part of something else."""
    lines = [line for line in checked.compilation.lines if not line.choice.chosen]
    gone = [line.collected for line in lines if line.collected is not None]
    return (one for one in (*gone, *checked.compilation.deleted) if _is_of(checked, one, owner))


def _is_of(checked: CheckedRound, activity: Activity, owner: str) -> bool:
    if owner in figures.reporters(activity):
        return True
    files = {one.file for one in checked.collection.submissions if one.used and one.owner == owner}
    return any(place.file in files for place in activity.sources)


def _list(checked: CheckedRound, findings: Sequence[Finding]) -> str:
    titles = _titles(checked)
    alike: dict[str, list[Finding]] = {}
    for finding in findings:
        alike.setdefault(_line(finding, titles), []).append(finding)
    told = list(alike.items())
    lines = [f"{line}{_of_rows(same)}" for line, same in told[:_MOST_TOLD]]
    more = sum(len(same) for _, same in told[_MOST_TOLD:])
    return "\n".join([*lines, *([f"- … och {more} till"] if more else ())])


def _of_rows(alike: Sequence[Finding]) -> str:
    """How many rows a line is told of, where they are more than one."""
    rows = {(one.place.file, one.place.sheet, one.place.row) for one in alike if one.place.row}
    return f" (gäller {len(rows)} rader)" if len(rows) > 1 else ""


def _line(finding: Finding, titles: Mapping[tuple[str | None, str | None, int | None], str]) -> str:
    """What a unit is told of a finding, and of which activity it is; its cell is another in a return."""
    place = finding.place
    title = titles.get((place.file, place.sheet, place.row))
    words = " ".join(finding.unit_words.split())
    # Some findings name the activity themselves.
    if title and title != dict(finding.fields).get("title"):
        return f"- ”{title}” (bladet {place.sheet}): {words}"
    return f"- Bladet {place.sheet}: {words}" if place.sheet else f"- {words}"


def _titles(checked: CheckedRound) -> dict[tuple[str | None, str | None, int | None], str]:
    return {
        (entry.file, entry.sheet, entry.row): entry.values.title
        for submission in checked.collection.submissions
        for entry in submission.entries
        if entry.values.title
    }
