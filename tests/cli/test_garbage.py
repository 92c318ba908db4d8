"""A command spends next to no time on looking for garbage in what it uses until it ends."""

import json
import subprocess
import sys
from pathlib import Path

from tests.small_rounds import YOUTH, make_plan, make_round, own_form, row

# What Python has looked through of its own accord, and what it is kept from at the end.
_PROGRAM = """
import gc, json, sys
from excel_uppsikt.__main__ import main
before = sum(one["collections"] for one in gc.get_stats())
try:
    main()
except SystemExit as end:
    looked = sum(one["collections"] for one in gc.get_stats()) - before
    print(json.dumps([end.code, looked, gc.get_count()[0] < gc.get_freeze_count()]))
"""


def test_a_run_seldom_looks_for_garbage_and_not_at_all_as_it_ends(tmp_path: Path) -> None:
    plan = make_plan()
    form = own_form(plan, "Hemtjänst", {YOUTH.number: [row("Läger")]})
    folder = make_round(tmp_path, plan, {"a.xlsx": form})
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-c", _PROGRAM, "merge", str(folder)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    status, looked, kept = json.loads(done.stdout.splitlines()[-1])
    assert (status, kept) == (1, True)
    # Some hundreds if nothing is said to Python.
    assert looked < 20
