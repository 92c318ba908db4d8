"""A new round begun from the last one: its plan carried on, and what is left to fill in."""

import os
from pathlib import Path

from excel_uppsikt.findings.catalogue.plan import P102
from excel_uppsikt.findings.finding import CannotRunError, in_order
from excel_uppsikt.plan.carrying import carry_plan
from excel_uppsikt.plan.reading import open_plan, read_plan
from excel_uppsikt.round_paths import COMPILATION_FILE, INBOX, PLAN_FILE, REPORT_TEMPLATE
from excel_uppsikt.rounds.disk import content, refuse_if_open, write_whole
from excel_uppsikt.rounds.results import Carried, NewRound
from excel_uppsikt.rounds.workbooks import refuse_if_round


def next_round(folder: Path, last: Path) -> NewRound:
    """Makes the round that comes after the one in `last`, whose plan and report template go on.

    Raises `CannotRunError`, with nothing made, where there is no such round, its plan is open or cannot
    be read, or `folder` has a round already.
    """
    _refuse_no_round(folder, last)
    refuse_if_round(folder)
    refuse_if_open(last / PLAN_FILE)
    workbook = open_plan(last / PLAN_FILE)
    template = last / REPORT_TEMPLATE
    design = content(template) if template.is_file() else None
    previous = _path_to(last / COMPILATION_FILE, folder)
    carried = carry_plan(workbook, previous)
    plan, inbox = folder / PLAN_FILE, folder / INBOX
    write_whole(plan, carried.data)
    inbox.mkdir(parents=True, exist_ok=True)
    if design is not None:
        write_whole(folder / REPORT_TEMPLATE, design)
    found = in_order(read_plan(plan).findings)
    waiting = (P102.ANEW, P102.ANEW_OR_NONE)
    return NewRound(
        folder,
        plan,
        inbox,
        Carried(
            last=last,
            previous=previous,
            to_fill_in=tuple(f for f in found if f.variant in waiting),
            faults=tuple(f for f in found if f.variant not in waiting),
            missing=carried.missing,
            own=carried.own,
            former=carried.former,
            left=carried.left,
            with_template=design is not None,
        ),
    )


def _refuse_no_round(folder: Path, last: Path) -> None:
    if not last.exists():
        raise CannotRunError(f"Mappen {last} finns inte. Skriv förra omgångens mapp efter --from.")
    if not last.is_dir():
        raise CannotRunError(f"{last} är ingen mapp. Skriv förra omgångens mapp efter --from.")
    if folder.resolve() == last.resolve():
        raise CannotRunError(
            f"{last} är både den nya omgången och förra. Välj en annan mapp för den nya. Inget ändrades."
        )
    if not (last / PLAN_FILE).is_file():
        raise CannotRunError(
            f"{last} är ingen omgång: där finns ingen {PLAN_FILE}. Skriv förra omgångens mapp efter --from."
        )


def _path_to(file: Path, folder: Path) -> str:
    """The path from a round's folder to a file, so that both can be moved together; '' for no file.

    On another drive of Windows there is no such path, and the whole one is given.
    """
    if not file.is_file():
        return ""
    there = file.resolve()
    try:
        return Path(os.path.relpath(there, folder.resolve())).as_posix()
    except ValueError:
        return there.as_posix()
