"""A file as it comes into a round: whose it is and what is wrong in it, before it is read with the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from excel_uppsikt.checks import check_all
from excel_uppsikt.checks.gone_through import with_carried_comments
from excel_uppsikt.compilation.reading import read_compilation
from excel_uppsikt.findings.finding import Finding, in_order
from excel_uppsikt.intake.given_ids import GivenIds
from excel_uppsikt.intake.inbox import read_arrival
from excel_uppsikt.model import Activity, Plan, Submission
from excel_uppsikt.round_paths import COMPILATION_FILE, INBOX
from excel_uppsikt.rounds.checking import load_plan, previous_compilation


@dataclass(frozen=True, slots=True)
class Expecting:
    """What is known before a file comes: the plan, the Ids given, and the last round's activities."""

    plan: Plan
    given: GivenIds
    before: Sequence[Activity]


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a file holds, by itself: the forms in it, and what was found in these."""

    submissions: tuple[Submission, ...]
    findings: tuple[Finding, ...]


def expecting(folder: Path) -> Expecting:
    """What is known in a round. Raises `CannotRunError` where its plan or a compilation cannot be used."""
    plan, _ = load_plan(folder)
    before = previous_compilation(folder, plan).compilation
    earlier = read_compilation(folder / COMPILATION_FILE, plan).compilation
    return Expecting(plan, GivenIds.of(before, earlier), before.in_reports)


def arrived(known: Expecting, name: str, data: bytes) -> Arrival:
    """What the file says that lies in the inbox under a name.

    What is found only when it is laid beside others, as that two came from the same unit, is not in it.
    """
    inbox = read_arrival(known.plan, f"{INBOX}/{name}", data, known.given)
    collection = with_carried_comments(inbox.collection, known.before)
    found = (*inbox.findings, *check_all(known.plan, collection, (), (), known.before))
    own = (finding for finding in found if finding.file)
    return Arrival(collection.submissions, tuple(in_order(own)))
