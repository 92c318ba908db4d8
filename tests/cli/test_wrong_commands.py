"""What cannot be run, in one Swedish line, and help in Swedish throughout."""

import re
from pathlib import Path

import pytest

from tests.cli.running import uppsikt, uppsikt_alone

HELP = "Skriv uppsikt{} --help för att se hur kommandot används."


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("run", "x"), "Det finns ingen plan.xlsx i x. Skapa en omgång med: uppsikt init <mapp>"),
        ((), "Skriv ett kommando efter uppsikt. " + HELP.format("")),
        (("run",), "OMGÅNG saknas. " + HELP.format(" run")),
        (
            ("kör",),
            "Kommandot finns inte eller är fel skrivet; namn med mellanslag behöver citattecken. "
            + HELP.format(""),
        ),
        (("run", "x", "--fort"), "Valet --fort finns inte. " + HELP.format(" run")),
        (
            ("templates", "x", "--per", "år"),
            "Värdet för --per kan inte användas. Välj unit eller goal. "
            + HELP.format(" templates"),
        ),
        (("rules", "Z999"), "Koden Z999 finns inte. Skriv uppsikt rules för att se alla."),
    ],
)
def test_what_cannot_be_run_ends_with_2_and_one_swedish_line(
    arguments: tuple[str, ...], line: str, tmp_path: Path
) -> None:
    """Nothing else is printed, and no traceback."""
    done = uppsikt(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{line}\n")


def test_so_it_is_in_a_process_of_its_own(tmp_path: Path) -> None:
    done = uppsikt_alone("run", "x", cwd=tmp_path)
    line = "Det finns ingen plan.xlsx i x. Skapa en omgång med: uppsikt init <mapp>"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{line}\n")


@pytest.mark.parametrize("command", ["", "templates", "report", "mail", "rules", "demo"])
def test_help_is_in_swedish_throughout(command: str) -> None:
    """Typer's own words too, and no line of the list of commands is cut."""
    done = uppsikt(*command.split(), "--help")
    assert done.returncode == 0
    assert done.stdout.startswith("Så här: uppsikt")
    english = r"\b(Usage|Options|Arguments|Commands|Show|default|required|path|text)\b|\.\.\.$"
    found = re.findall(
        english, done.stdout.partition("Val:")[2].replace("text eller json", ""), re.MULTILINE
    )
    assert found == []
