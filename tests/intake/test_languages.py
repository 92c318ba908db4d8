"""The inbox read on a computer that has no language set: names are what they are, with å, ä and ö."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.changed_forms import PLAN, good_form
from tests.small_rounds import make_round, on_linux

_SCRIPT = """
import json, sys
from pathlib import Path
from excel_uppsikt.intake.inbox import collect
from excel_uppsikt.plan.reading import read_plan
folder = Path(sys.argv[1])
inbox = collect(folder, read_plan(folder / "plan.xlsx").plan)
print(json.dumps({
    "forms": [(s.file, s.unit) for s in inbox.collection.submissions],
    "told": [(f.code, f.file, f.message) for f in inbox.findings],
    "passed over": inbox.collection.passed_over,
}))
"""


@on_linux
@pytest.mark.parametrize("locale", ["C", "POSIX"])
def test_an_inbox_is_read_where_names_are_taken_for_ascii(locale: str, tmp_path: Path) -> None:
    """Files, folders, members and links are told by their true names."""
    inbox = {
        "från maj/Hemtjänst.xlsx": good_form(),
        "Örnäs.pdf": b"%PDF-1.7",
        "~$Hemtjänst.xlsx": b"\x05Berit",
    }
    folder = make_round(tmp_path, PLAN, inbox)
    (folder / "inkorg/Åre.xlsx").symlink_to("finns inte å")
    environment = {**os.environ, "LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(  # noqa: S603  this very Python, with a text of our own
        [sys.executable, "-c", _SCRIPT, folder], env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    read = json.loads(done.stdout)
    assert read["forms"] == [["inkorg/från maj/Hemtjänst.xlsx", "Hemtjänst"]]
    assert [told[:2] for told in read["told"]] == [
        ["F201", "inkorg/Åre.xlsx"],
        ["F201", "inkorg/Örnäs.pdf"],
    ]
    assert read["passed over"] == ["inkorg/~$Hemtjänst.xlsx"]
