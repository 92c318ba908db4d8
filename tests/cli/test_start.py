"""A command starts without the libraries that it does not need."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from excel_uppsikt.cli import commands
from excel_uppsikt.round_paths import STANDING_FILE
from excel_uppsikt.version import __version__
from tests.small_rounds import YOUTH, make_plan, make_round, own_form, row

HEAVY = {"pandas", "docx", "xlsxwriter", "openpyxl", "python_calamine", "pypdf"}
# It runs one command after another, and tells after each what has been loaded so far.
_PROGRAM = """
import json, sys
from excel_uppsikt.__main__ import main
for command in json.loads(sys.argv[1]):
    sys.argv = ["uppsikt", *command]
    status = None
    try:
        main()
    except SystemExit as end:
        status = end.code
    names = sorted(name for name in sys.modules if "." not in name)
    print("\\n" + json.dumps(["loaded", status, names]))
"""
Command = tuple[str, ...]


def loaded(*commands: Command) -> list[tuple[int | None, set[str]]]:
    """Each command's exit status, and which heavy libraries it or those before it have imported.

    They run one after another in a process of their own: what one may not load, those before it may not.
    """
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-c", _PROGRAM, json.dumps(commands)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    told = [json.loads(line) for line in done.stdout.splitlines() if line[:10] == '["loaded",']
    assert len(told) == len(commands)
    return [(status, HEAVY & set(names)) for _, status, names in told]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    plan = make_plan()
    form = own_form(plan, "Hemtjänst", {YOUTH.number: [row("Läger")]})
    return make_round(tmp_path, plan, {"a.xlsx": form})


def test_the_version_is_told_without_typer() -> None:
    program = (
        "import sys; from excel_uppsikt.__main__ import main; sys.argv[1:] = ['--version']; main()"
    )
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-X", "importtime", "-c", program],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout == f"uppsikt {__version__}\n"
    assert "typer" not in done.stderr


def test_rules_are_told_without_libraries_that_make_documents() -> None:
    ((status, names),) = loaded(("rules", "R302"))
    assert (status, names & {"pandas", "docx", "xlsxwriter", "pypdf"}) == (0, set())


def test_status_needs_only_what_reads_workbooks(folder: Path) -> None:
    """And the inbox's table the first time, whose rows it reads; also of a round that has been merged."""
    status = ("status", str(folder))
    needed = {"python_calamine"}
    assert loaded(status) == [(1, {*needed, "pandas"})]
    (folder / STANDING_FILE).unlink()
    assert loaded(status) == [(1, needed)]
    assert commands.merge(folder) in (0, 1)
    assert loaded(status) == [(1, needed)]


def test_what_counts_nothing_does_without_pandas(folder: Path) -> None:
    """It takes longer to start than all the rest together. The files have been read before."""
    commands.status(folder)
    place = str(folder)
    told = loaded(("check", place), ("templates", place), ("mail", place, "templates"))
    for status, names in told:
        assert status in (0, 1)
        assert "pandas" not in names


WRITERS = {"docx", "pypdf", "xlsxwriter"}
# Once the files have been read: commands that run in one process, each with what it does not load. None
# that may load a library stands before one that may not.
NEVER: tuple[tuple[tuple[Command, set[str]], ...], ...] = (
    (
        (("merge", "{round}"), {"docx", "pypdf"}),
        (("report", "{round}"), {"pypdf"}),
    ),
    (
        (("rules",), {*WRITERS, "pandas"}),
        (("status", "{round}"), {*WRITERS, "pandas"}),
        (("publish", "{round}"), {*WRITERS, "pandas"}),
        (("publish", "{round}", "--unfinished"), {*WRITERS, "pandas"}),
        (("mail", "{round}", "templates"), {*WRITERS, "pandas"}),
        (("mail", "{round}", "receipts"), {*WRITERS, "pandas"}),
        (("mail", "{round}", "reports", "--unfinished"), {*WRITERS, "pandas"}),
        # What is to be put right is made anew.
        (("mail", "{round}", "reminders"), {"docx", "pypdf", "pandas"}),
        (("mail", "{round}", "returns"), {"docx", "pypdf", "pandas"}),
        (("templates", "{round}"), {"docx", "pypdf", "pandas"}),
        (("check", "{round}"), {"docx", "pypdf", "pandas"}),
    ),
    ((("export", "{round}"), WRITERS),),
)


def test_no_command_loads_what_it_has_no_use_for(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does any load openpyxl, as nobody has added anything to a workbook."""
    # Without LibreOffice, which takes longer than all the rest.
    monkeypatch.setenv("PATH", str(tmp_path))
    commands.status(folder)
    for together in NEVER:
        told = loaded(*(tuple(w.format(round=folder) for w in command) for command, _ in together))
        for (command, never), (status, names) in zip(together, told, strict=True):
            assert status in (0, 1), command
            assert names & {*never, "openpyxl"} == set(), command
