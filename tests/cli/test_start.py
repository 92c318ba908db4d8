"""A command starts without the libraries that it does not need."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from excel_uppsikt.round_paths import STANDING_FILE
from excel_uppsikt.version import __version__
from tests.small_rounds import YOUTH, make_plan, make_round, own_form, row

HEAVY = {"pandas", "docx", "xlsxwriter", "openpyxl", "python_calamine", "pypdf"}
_PROGRAM = """
import json, sys
from excel_uppsikt.__main__ import main
sys.argv = ["uppsikt", *sys.argv[1:]]
try:
    main()
except SystemExit as end:
    print()
    print(json.dumps([end.code, sorted(name for name in sys.modules if "." not in name)]))
"""


def loaded(*arguments: str) -> tuple[int | None, set[str]]:
    """A command's exit status, and which of the heavy libraries it has imported, in a process of its own."""
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-c", _PROGRAM, *arguments],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    status, names = json.loads(done.stdout.splitlines()[-1])
    return status, HEAVY & set(names)


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
    status, names = loaded("rules", "R302")
    assert (status, names & {"pandas", "docx", "xlsxwriter", "pypdf"}) == (0, set())


def test_status_needs_only_what_reads_workbooks(folder: Path) -> None:
    """And the inbox's table the first time, whose rows it reads; also of a round that has been merged."""
    needed = {"python_calamine"}
    assert loaded("status", str(folder)) == (1, {*needed, "pandas"})
    (folder / STANDING_FILE).unlink()
    assert loaded("status", str(folder)) == (1, needed)
    assert loaded("merge", str(folder))[0] in (0, 1)
    assert loaded("status", str(folder)) == (1, needed)


@pytest.mark.parametrize("command", [("check",), ("templates",), ("mail", "templates")])
def test_what_counts_nothing_does_without_pandas(folder: Path, command: tuple[str, ...]) -> None:
    """It takes longer to start than all the rest together. The files have been read before."""
    loaded("status", str(folder))
    status, names = loaded(*command[:1], str(folder), *command[1:])
    assert status in (0, 1)
    assert "pandas" not in names


WRITERS = {"docx", "pypdf", "xlsxwriter"}
# In the order of a round, each with what it does not load once the files have been read.
NEVER: tuple[tuple[tuple[str, ...], set[str]], ...] = (
    (("rules",), {*WRITERS, "pandas"}),
    (("templates", "{round}"), {"pandas"}),
    (("check", "{round}"), {"pandas"}),
    (("merge", "{round}"), set()),
    (("report", "{round}"), set()),
    (("publish", "{round}"), {"pandas"}),
    (("status", "{round}"), {*WRITERS, "pandas"}),
    (("mail", "{round}", "templates"), {"pandas"}),
    (("mail", "{round}", "reminders"), {"pandas"}),
    (("mail", "{round}", "receipts"), {"pandas"}),
    (("mail", "{round}", "reports"), {"pandas"}),
    (("export", "{round}"), WRITERS),
)


def test_no_command_loads_what_it_has_no_use_for(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does any load openpyxl, as nobody has added anything to a workbook."""
    # Without LibreOffice, which takes longer than all the rest.
    monkeypatch.setenv("PATH", str(tmp_path))
    loaded("status", str(folder))
    for command, never in NEVER:
        status, names = loaded(*(word.format(round=folder) for word in command))
        assert status in (0, 1), command
        assert names & {*never, "openpyxl"} == set(), command
