"""Forms are the same whoever writes them, to the byte."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from excel_uppsikt.form.round_forms import Per
from excel_uppsikt.form.templates import WORTH_WRITING, form_files
from excel_uppsikt.rounds.workers import cores, processes
from tests.form.test_templates import LATER, previous, two_rounds
from tests.written_workbooks import anew


@pytest.mark.parametrize("per", Per)
def test_threads_write_the_same_forms(per: Per, tmp_path: Path) -> None:
    two_rounds(tmp_path)
    before = previous(tmp_path)
    with anew(), ThreadPoolExecutor(3) as threads:
        written = list(form_files(LATER, per, before, lambda _: threads))
        assert written == list(form_files(LATER, per, before))


@pytest.mark.skipif(cores() == 1, reason="only one core")
def test_processes_write_the_same_forms(tmp_path: Path) -> None:
    """Filled in with the previous round's activities."""
    two_rounds(tmp_path)
    before = previous(tmp_path)
    with anew(), processes(worth=1) as executor_for:
        written = list(form_files(LATER, Per.UNIT, before, executor_for))
        assert written == list(form_files(LATER, Per.UNIT, before))


def test_few_forms_are_written_by_the_program_itself() -> None:
    with processes(WORTH_WRITING) as executor_for:
        assert executor_for(WORTH_WRITING - 1) is None
