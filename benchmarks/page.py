"""The coordinator's page: from start to first page, and sixty workbooks put into its inbox and read.

`python -m benchmarks.page` prints each time beside that of the command: `uppsikt --version`, and
`uppsikt check` of the same inbox. Of the workbooks it is told when each has a row that says what it holds,
and when the inbox is shown with all of them laid beside each other. Each process is begun anew, several
times, and its fastest run counts.
"""

import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.forms import RUNS
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


def fastest_of(measure: Callable[[Path], float]) -> float:
    """The fastest of several runs, each in a folder of its own."""
    times: list[float] = []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as place:
            make_round(Path(place) / "sida/t1", PLAN, {})
            times.append(measure(Path(place)))
    return min(times)


def main() -> None:
    """Prints the times."""
    forms = {2: [row("Fältarbete")], 1: [row("Friskvård")]}
    inbox = {f"{unit}.xlsx": own_form(PLAN, unit, forms) for unit in UNITS}
    print(f"uppsikt --version           {min(command('--version') for _ in range(RUNS)):6.2f} s")
    print(f"page: start to first page   {fastest_of(first_page):6.2f} s")
    with tempfile.TemporaryDirectory() as place:
        folder = make_round(Path(place), PLAN, inbox)
        checked = min(command("check", folder) for _ in range(RUNS))
    print(f"uppsikt check, 60 workbooks {checked:6.2f} s")
    print(f"page: a row for each of 60  {fastest_of(sixty_told):6.2f} s")
    print(f"page: 60 sent and read      {fastest_of(sixty_rows):6.2f} s")


if __name__ == "__main__":
    main()
