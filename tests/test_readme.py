"""README tells the truth about the program's commands, files, codes and modules."""

import re
from pathlib import Path

from typer.main import get_group

from excel_uppsikt.cli.app import app
from excel_uppsikt.excel.guard import limits
from excel_uppsikt.findings.catalogue import CATALOGUE

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def command_names() -> set[str]:
    """The commands that the program has; each is named by its function."""
    return {getattr(command.callback, "__name__", "") for command in app.registered_commands}


def test_every_command_is_in_readme_and_every_command_in_readme_is_there() -> None:
    """`uppsikt NAME` in README, against the program's own list."""
    told = set(re.findall(r"`(?:\.venv\\Scripts\\)?uppsikt ([a-z]+)", README))
    assert told == command_names()


def test_every_option_in_readme_is_the_programs() -> None:
    """Each is taken by a command, and README leaves none out but those of the program as a whole."""
    taken = {
        option
        for command in get_group(app).commands.values()
        for parameter in command.params
        for option in parameter.opts
    }
    told = set(re.findall(r"(?<![\w-])(--[a-z][a-z-]*)", README))
    assert told <= taken
    assert told == {
        "--again",
        "--channel",
        "--completion",
        "--dask",
        "--department",
        "--format",
        "--from",
        "--no-browser",
        "--only",
        "--pdf",
        "--per",
        "--port",
        "--send",
        "--sources",
        "--test-to",
        "--today",
        "--unfinished",
        "--year",
        "--yes",
    }


def test_every_command_has_swedish_help() -> None:
    """Each command and argument is explained."""
    for command in app.registered_commands:
        assert command.help, command
        assert command.help.endswith("."), command.help


def test_the_codes_in_readme_exist() -> None:
    """No code is mentioned that the program does not know."""
    told = set(re.findall(r"\b[PFRCUME]\d{3}\b", README))
    assert told <= set(CATALOGUE)


def test_files_and_pictures_that_readme_shows_are_there() -> None:
    """Links and make targets lead somewhere."""
    for path in re.findall(r"\]\(([^)#]+)\)|src=\"([^\"]+)\"", README):
        assert (ROOT / "".join(path)).is_file(), path
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"(?:^|`)make ([a-z-]+)", README, re.MULTILINE):
        assert f"\n{target}:" in makefile, target


def test_how_large_a_form_may_be_is_what_the_reader_goes_by() -> None:
    (told,) = (line for line in README.splitlines() if "Filen är för stor" in line)
    assert [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", told)] == [
        limits.MAX_ROWS,
        limits.RECEIVED.values,
        limits.RECEIVED.text // 1_000_000,
        limits.MAX_FILE // 1_000_000,
    ]
