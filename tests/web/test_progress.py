"""The next step that every page tells, by what lies in the round's folder and nothing else."""

import os
from pathlib import Path

import pytest

from excel_uppsikt.web import words
from excel_uppsikt.web.progress import NextStep, progress_of

PLAN, FORM, ANSWER = "plan.xlsx", "mallar/a.xlsx", "inkorg/mejl/a.eml"
MERGED, REPORT = "ut/sammanstallning.xlsx", "ut/rapporter/Uppsiktsrapport A.docx"
CLEAN = "ut/publicering/Uppsiktsrapport A.docx"
COMPLETED = "ut/rapporter/Kompletterad uppsiktsrapport A.docx"
CLEAN_COMPLETED = "ut/publicering/Kompletterad uppsiktsrapport A.docx"


@pytest.mark.parametrize(
    ("files", "step"),
    [
        ([PLAN], words.DO_FORMS),
        ([PLAN, FORM], words.DO_COLLECT),
        ([PLAN, FORM, "inkorg/~$a.xlsx", "inkorg/.DS_Store"], words.DO_COLLECT),
        ([PLAN, FORM, ANSWER], words.DO_MERGE),
        ([PLAN, ANSWER, MERGED], words.DO_REPORT),
        ([PLAN, MERGED, ANSWER], words.DO_MERGE_AGAIN),
        ([PLAN, ANSWER, MERGED, REPORT], words.DO_PUBLISH),
        ([PLAN, ANSWER, REPORT, MERGED], words.DO_LOOK_AT_REPORT),
        ([PLAN, ANSWER, MERGED, REPORT, CLEAN], words.DO_NEXT_ROUND),
        ([PLAN, ANSWER, MERGED, CLEAN, REPORT], words.DO_PUBLISH),
        # A decision is written in it when the report has gone out.
        ([PLAN, ANSWER, REPORT, CLEAN, MERGED], words.DO_NEXT_ROUND),
        (
            [PLAN, ANSWER, MERGED, REPORT, CLEAN, "ut/rapporter/Uppsiktsrapport B.docx"],
            words.DO_PUBLISH,
        ),
        ([PLAN, ANSWER, MERGED, REPORT, COMPLETED], words.DO_PUBLISH),
        ([PLAN, ANSWER, MERGED, REPORT, COMPLETED, CLEAN_COMPLETED], words.DO_NEXT_ROUND),
        (
            [PLAN, ANSWER, MERGED, REPORT, CLEAN, "ut/rapporter/Uppsiktsrapport A (ny).docx"],
            words.DO_NEXT_ROUND,
        ),
    ],
)
def test_the_first_step_that_is_left_is_told(
    tmp_path: Path, files: list[str], step: tuple[tuple[str, ...], str]
) -> None:
    """Files are given in the order in which they were saved."""
    for at, name in enumerate(files):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
        os.utime(path, (at, at))
    assert progress_of(tmp_path).next_step == NextStep(*step)
