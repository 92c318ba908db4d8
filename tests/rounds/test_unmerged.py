"""What has happened in the inbox since the compilation was made: told where the next report is decided on."""

import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from excel_uppsikt.round_paths import MERGED_FILES
from excel_uppsikt.rounds import steps
from excel_uppsikt.rounds.checking import as_merged, check_round
from excel_uppsikt.rounds.results import CompilationWritten, Review, Unmerged
from excel_uppsikt.rounds.unmerged import unmerged
from excel_uppsikt.rounds.workbooks import write_compilation
from tests.cli.running import uppsikt
from tests.compilation.edited_rounds import FIRST, PLAN, home_form, put, start
from tests.small_rounds import YOUTH, own_form, row, saved

pytestmark = pytest.mark.usefixtures("unmeasured")

LONG_AGO = (1_000_000, 1_000_000)
NOTHING = Unmerged()


def answer(title: str = "Läsa mer") -> bytes:
    return own_form(PLAN, "Bemanning", {YOUTH.number: [row(title)]})


def come(inbox: Path) -> None:
    (inbox / "Bemanning.xlsx").write_bytes(answer())
    os.utime(inbox / "Bemanning.xlsx", LONG_AGO)


def change(inbox: Path) -> None:
    (inbox / "Hemtjänst.xlsx").write_bytes(home_form(row(FIRST, comment="Nytt.")))
    os.utime(inbox / "Hemtjänst.xlsx", LONG_AGO)


def rename(inbox: Path) -> None:
    (inbox / "Hemtjänst.xlsx").rename(inbox / "Svar från Hemtjänst.xlsx")


def save_unchanged(inbox: Path) -> None:
    (inbox / "Hemtjänst.xlsx").write_bytes((inbox / "Hemtjänst.xlsx").read_bytes())


def copy(inbox: Path) -> None:
    shutil.copy(inbox / "Hemtjänst.xlsx", inbox / "Kopia.xlsx")


def damaged(inbox: Path) -> None:
    (inbox / "Bemanning.xlsx").write_bytes(b"ingen arbetsbok")


def lock(inbox: Path) -> None:
    (inbox / "~$Hemtjänst.xlsx").write_bytes(b"Asa")
    (inbox / "Thumbs.db").write_bytes(b"")


def in_folder(inbox: Path) -> None:
    (inbox / "mejl").mkdir()
    (inbox / "mejl/1.eml").write_bytes(b"Subject: Hej\n\nHej")


@pytest.mark.parametrize(
    ("happens", "told"),
    [
        (lambda _: None, NOTHING),
        (come, Unmerged(come=("Bemanning.xlsx",))),
        (damaged, Unmerged(come=("Bemanning.xlsx",))),
        (in_folder, Unmerged(come=("mejl/1.eml",))),
        (change, Unmerged(changed=("Hemtjänst.xlsx",))),
        (lambda inbox: (inbox / "Hemtjänst.xlsx").unlink(), Unmerged(gone=("Hemtjänst.xlsx",))),
        (rename, NOTHING),
        (save_unchanged, NOTHING),
        (copy, NOTHING),
        (lock, NOTHING),
    ],
)
def test_what_has_happened_is_known_by_what_files_hold(
    tmp_path: Path, happens: Callable[[Path], object], told: Unmerged
) -> None:
    """Neither their times nor that the coordinator has saved the compilation changes it."""
    start(tmp_path)
    assert unmerged(tmp_path) == NOTHING
    happens(tmp_path / "inkorg")
    put(tmp_path, FIRST, {"Kommentar": "Samordnarens ord."})
    assert unmerged(tmp_path) == told
    *_, written = steps.merge(tmp_path)
    assert isinstance(written, CompilationWritten)
    assert unmerged(tmp_path) == NOTHING


def test_a_file_that_comes_while_the_round_is_read_is_not_merged(tmp_path: Path) -> None:
    """Nor is one that is saved again: nobody knows which of the two was read."""
    start(tmp_path)
    checked = as_merged(check_round(tmp_path))
    come(tmp_path / "inkorg")
    change(tmp_path / "inkorg")
    write_compilation(checked)
    expected = Unmerged(come=("Bemanning.xlsx",), changed=("Hemtjänst.xlsx",))
    assert unmerged(tmp_path) == expected


@pytest.mark.parametrize("memory", [None, "{}", '{"inkorg/Hemtjänst.xlsx": 17}', "[", "[[]]"])
def test_without_a_memory_only_times_are_left(tmp_path: Path, memory: str | None) -> None:
    start(tmp_path)
    if memory is None:
        (tmp_path / MERGED_FILES).unlink()
    else:
        (tmp_path / MERGED_FILES).write_text(memory, "utf-8")
    assert unmerged(tmp_path) == NOTHING
    (tmp_path / "inkorg/Bemanning.xlsx").write_bytes(answer())
    later = datetime.now().timestamp() + 60  # noqa: DTZ005  a file's time, on this computer's clock
    os.utime(tmp_path / "inkorg/Bemanning.xlsx", (later, later))
    assert unmerged(tmp_path) == Unmerged(newer=("Bemanning.xlsx",))


def test_there_is_nothing_to_be_older_than_before_the_first_merge(tmp_path: Path) -> None:
    start(tmp_path)
    shutil.rmtree(tmp_path / "ut")
    assert unmerged(tmp_path) == NOTHING


def lines(printed: str) -> list[str]:
    return [line for line in printed.splitlines() if "nkorgen" in line]


def test_report_and_status_tell_it_with_what_to_do(tmp_path: Path) -> None:
    """The report is made all the same, of the compilation as it stands."""
    start(tmp_path, {"Hemtjänst.xlsx": home_form(), "lapp.txt": b"Hej"})
    assert [lines(uppsikt(step, tmp_path).stdout) for step in ("report", "status")] == [[], []]
    come(tmp_path / "inkorg")
    change(tmp_path / "inkorg")
    (tmp_path / "inkorg/lapp.txt").unlink()
    told = [
        "Har kommit till inkorgen sedan sammanställningen gjordes: Bemanning.xlsx. "
        "Det är inte med i sammanställningen, och därför inte i rapporten.",
        "Har ändrats i inkorgen sedan sammanställningen gjordes: Hemtjänst.xlsx. "
        "Ändringarna är inte med i sammanställningen, och därför inte i rapporten.",
        "Har tagits bort ur inkorgen sedan sammanställningen gjordes: lapp.txt. "
        "Sammanställningen, och därför rapporten, är som innan.",
        f'Ska rapporten följa inkorgen som den är nu: uppsikt merge "{tmp_path}" och sedan '
        f'uppsikt report "{tmp_path}"',
    ]
    assert [lines(uppsikt(step, tmp_path).stdout) for step in ("report", "status")] == [told, told]
    uppsikt("merge", tmp_path)
    assert [lines(uppsikt(step, tmp_path).stdout) for step in ("report", "status")] == [[], []]
    reviewed = next(r for r in steps.report(tmp_path) if isinstance(r, Review))
    assert reviewed.unmerged == NOTHING


def test_a_form_saved_anew_is_told_as_changed(tmp_path: Path) -> None:
    """The same rows are other bytes then: whether they say the same is for the merge to tell."""
    start(tmp_path)
    path = tmp_path / "inkorg/Hemtjänst.xlsx"
    path.write_bytes(saved(home_form(), "2024-05-09T08:00"))
    assert unmerged(tmp_path) == Unmerged(changed=("Hemtjänst.xlsx",))
