"""A plain wheel works from anywhere: what it needs of samples and ready-made workbooks is in it."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parent.parent


def shown_on_the_page() -> set[str]:
    """The handbook's pages and the pictures in them, below docs."""
    pages = [*(ROOT / "docs/handbok").glob("*.md"), ROOT / "docs/for-it-avdelningen.md"]
    shown = {page.relative_to(ROOT / "docs").as_posix() for page in pages}
    for page in pages:
        for target in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", page.read_text("utf-8")):
            picture = (page.parent / target).resolve()
            shown.add(picture.relative_to(ROOT / "docs").as_posix())
    return shown


def test_the_wheel_runs_the_demo_far_from_the_source(tmp_path: Path) -> None:
    """Unpacked elsewhere and run there, it ends with 0 and writes the report."""
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(wheel) as parts:
        names = set(parts.namelist())
        parts.extractall(tmp_path / "installed")
    bundled = {name.removeprefix("excel_uppsikt/bundled/") for name in names if "/bundled/" in name}
    assert {"samples/ange-2024/plan.xlsx", "workbook_templates/rapportmall.docx"} <= bundled
    assert "excel_uppsikt/py.typed" in names
    assert {f"docs/{path}" for path in shown_on_the_page()} <= bundled
    assert not {name for name in names if name.startswith(("tests/", "samples/", "docs/"))}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "excel_uppsikt", "demo", "prov"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "installed")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(list((tmp_path / "prov/ut/rapporter").glob("*.docx"))) == 1
