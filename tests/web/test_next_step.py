"""The next step that the page tells, in rounds as people work in them."""

import os
from pathlib import Path

from excel_uppsikt.rounds.workbooks import write_completion_forms
from excel_uppsikt.web import words
from excel_uppsikt.web.progress import progress_of
from tests.cli.running import uppsikt
from tests.compilation.edited_rounds import put
from tests.rounds.completed_rounds import DAY, PLAN, decide, merge, start
from tests.small_rounds import CARE, HOMES, own_form, row

LONG_AGO = (1_000_000, 1_000_000)


def step(folder: Path) -> tuple[tuple[str, ...], str]:
    told = progress_of(folder).next_step
    return told.pages, told.told


def hand_in(folder: Path, title: str) -> None:
    """An answer that was copied into the inbox, and has the time at which its unit saved it."""
    path = folder / "inkorg/Boende.xlsx"
    path.write_bytes(own_form(PLAN, "Boende", {HOMES.number: [row(title)]}))
    os.utime(path, LONG_AGO)


def test_an_answer_is_to_be_merged_whenever_anything_was_saved(tmp_path: Path) -> None:
    """It keeps its time when it is copied, and the coordinator goes on in the compilation."""
    start(tmp_path)
    assert step(tmp_path) == words.DO_PUBLISH
    for title in ("Bo", "Bo kvar längre"):
        hand_in(tmp_path, title)
        assert step(tmp_path) == words.DO_MERGE_AGAIN
        put(tmp_path, "Scheman", {"Kommentar": f"Nytt: {title}."})
        assert step(tmp_path) == words.DO_MERGE_AGAIN
        merge(tmp_path)
        assert step(tmp_path) == words.DO_LOOK_AT_REPORT


def test_a_file_that_changes_nothing_is_not_to_be_merged_again(tmp_path: Path) -> None:
    start(tmp_path)
    (tmp_path / "inkorg/lapp.txt").write_text("Hej")
    assert step(tmp_path) == words.DO_MERGE_AGAIN
    merge(tmp_path)
    assert step(tmp_path) != words.DO_MERGE_AGAIN


def test_a_report_that_was_sent_back_is_to_be_completed(tmp_path: Path) -> None:
    start(tmp_path)
    uppsikt("publish", tmp_path, "--unfinished")
    assert step(tmp_path) == words.DO_NEXT_ROUND
    put(tmp_path, "Scheman", {"Komplettera": "Vad är klart?"})
    decide(tmp_path, {"Verksamhet": CARE, "Utfall": "återremiss", "Datum": DAY})
    merge(tmp_path)
    write_completion_forms(tmp_path)
    assert step(tmp_path) == words.DO_COMPLETE
    uppsikt("report", tmp_path)
    assert step(tmp_path) == words.DO_PUBLISH
