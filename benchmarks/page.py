"""The coordinator's page: from start to first page, and sixty workbooks put into its inbox and read.

`python -m benchmarks page "page 60"` tells each time beside that of the command: `uppsikt --version`, and
`uppsikt check` of the same inbox. Of the workbooks it is told when each has a row that says what it holds,
and when the inbox is shown with all of them laid beside each other. Times are those of the clock, and each
process is begun anew.
"""

import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.small_rounds import make_plan, make_round, own_form, row
from tests.web.running import Browser, program

UNITS = tuple(f"Enhet {number}" for number in range(60))
PLAN = make_plan(units=UNITS, minimum=1)


def command(*arguments: object) -> float:
    """How long a command takes, in seconds."""
    begun = time.perf_counter()
    subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-m", "excel_uppsikt", *map(str, arguments)],
        capture_output=True,
        check=False,
    )
    return time.perf_counter() - begun


def first_page(folder: Path) -> float:
    """From the start of the program to its first page."""
    begun = time.perf_counter()
    with program(folder / "sida", folder / "hem") as (_, address):
        Browser.at(address)
        return time.perf_counter() - begun


def sixty_told(folder: Path) -> float:
    """From the first of sixty workbooks sent to what the last of them holds, as the script sends them."""
    return _sixty(folder)[0]


def sixty_rows(folder: Path) -> float:
    """The same, and the inbox shown with a row for each."""
    return _sixty(folder)[1]


def _sixty(folder: Path) -> tuple[float, float]:
    with program(folder / "sida", folder / "hem") as (_, address):
        browser = Browser.at(address)
        here = browser.round()
        browser.follow(browser.get(f"{here}/inkorg"))
        forms = {2: [row("Fältarbete")], 1: [row("Friskvård")]}
        sent = [(f"{unit}.xlsx", own_form(PLAN, unit, forms)) for unit in UNITS]
        begun = time.perf_counter()
        for name, data in sent:
            answer = browser.post(f"{here}/inkorg", {"rader": "1"}, [(name, data)])
            assert len(json.loads(answer.text)["rows"]) == 1
        told = time.perf_counter() - begun
        page = browser.follow(browser.get(f"{here}/inkorg")).text
        taken = time.perf_counter() - begun
    assert len(re.findall(r'<th scope="row">', page)) == len(UNITS)
    return told, taken


def _in_folder(measure: Callable[[Path], float]) -> float:
    with tempfile.TemporaryDirectory() as place:
        make_round(Path(place) / "sida/t1", PLAN, {})
        return measure(Path(place))


def check() -> float:
    """A check of the sixty workbooks by the command."""
    forms = {2: [row("Fältarbete")], 1: [row("Friskvård")]}
    inbox = {f"{unit}.xlsx": own_form(PLAN, unit, forms) for unit in UNITS}
    with tempfile.TemporaryDirectory() as place:
        return command("check", make_round(Path(place), PLAN, inbox))


# By part and program, as `benchmarks/__main__.py` names them.
PROGRAMS: dict[tuple[str, str], Callable[[], float]] = {
    ("page", "uppsikt --version"): lambda: command("--version"),
    ("page", "to the first page"): lambda: _in_folder(first_page),
    ("page 60", "uppsikt check"): check,
    ("page 60", "a row for each"): lambda: _in_folder(sixty_told),
    ("page 60", "sent and read"): lambda: _in_folder(sixty_rows),
}
