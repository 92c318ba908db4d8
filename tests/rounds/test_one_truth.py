"""The findings and the activities are the same in every way they are put out, over a messy round."""

import csv
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from excel_uppsikt.cli import commands
from excel_uppsikt.findings.code import Severity
from excel_uppsikt.form.severities import SEVERITY_WORDS
from excel_uppsikt.round_paths import COMPILATION_FILE, PLAN_FILE, TABLES
from excel_uppsikt.rounds.tables import read_round
from excel_uppsikt.rounds.words import WORDS
from samples.build import FAULTY_ROUND, HERE
from tests.compilation.edited_rounds import add, put, remove, table

Found = tuple[str, str, str, str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The round with something wrong in each file, with edits, rows kept out, added and removed."""
    folder = tmp_path_factory.mktemp("omgång") / FAULTY_ROUND
    shutil.copytree(HERE / FAULTY_ROUND, folder)
    commands.merge(folder)
    rows = [cells for cells in table(folder) if cells["Aktivitet"]]
    names = [str(cells["Aktivitet"]) for cells in rows]
    alone = [name for name in names if names.count(name) == 1]
    put(folder, alone[0], {"Slutdatum": "2024-12-24", "Kommentar": "Rättat av samordnaren."})
    put(folder, alone[1], {"Status": "På gång"})
    put(folder, alone[2], {"Ta med": "nej"})
    remove(folder, alone[3])
    add(
        folder, {"Mål": rows[0]["Mål"], "Aktivitet": "Egen rad", "Status": "Avslutad med avvikelse"}
    )
    add(folder, {"Mål": "Ett okänt mål", "Aktivitet": "Utan mål"})
    # What could not be read in a cell is told once, and stands in the note from then on.
    commands.merge(folder)
    commands.merge(folder)
    return folder


def on_screen(text: str) -> Iterator[Found]:
    """The findings of a printed list; what several files say alike of an activity is one line."""
    grades = {word: severity.value for severity, word in WORDS.items()}
    file = ""
    for line in text.splitlines():
        word, _, rest = line.strip().partition(" ")
        if line.startswith("  ") and word in grades:
            code, _, message = rest.partition(" ")
            first, _, others = message.partition(" Detsamma gäller ")
            yield code, grades[word], file, first
            for other in others.rstrip(".").replace(" och ", ", ").split(", ") if others else ():
                yield code, grades[word], other.partition(" (cell ")[0], ""
        elif line and not line.startswith(" "):
            file = {"Enheterna": "", f"Planen ({PLAN_FILE})": PLAN_FILE}.get(line, line)


def in_sheet(folder: Path) -> list[Found]:
    """The findings of the compilation's sheet."""
    words = {SEVERITY_WORDS[severity]: severity.value for severity in Severity}
    rows = openpyxl.load_workbook(folder / COMPILATION_FILE)["Anmärkningar"].iter_rows(min_row=4)
    cells = [[str(cell.value or "") for cell in row] for row in rows]
    return [(code, words[grade], file, text) for code, grade, text, file, *_ in cells if code]


def in_table(folder: Path) -> list[Found]:
    """The findings of the exported table."""
    text = (folder / TABLES / "anmarkningar.csv").read_text("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text), delimiter=";")
    return [(r["code"], r["severity"], r["file"], r["message"]) for r in rows]


def test_every_output_has_the_same_findings_and_values(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On screen, as JSON, on the sheet, in the exported table and as DataFrames."""
    capsys.readouterr()
    commands.check(folder, as_json=True)
    told = json.loads(capsys.readouterr().out)
    findings = [(f["code"], f["severity"], f["file"] or "", f["message"]) for f in told["findings"]]
    assert len(findings) > 30
    assert in_sheet(folder) == findings
    commands.export(folder, kind="csv")
    assert in_table(folder) == findings
    read = read_round(folder)
    assert list(read.findings()["message"]) == [message for *_, message in findings]
    capsys.readouterr()
    commands.check(folder, as_json=False)
    out = capsys.readouterr().out
    screen = sorted(on_screen(out.partition("\n\n")[0]))
    assert [found[:3] for found in screen] == sorted(found[:3] for found in findings)
    assert {found for found in screen if found[3]} <= set(findings)
    counts = [told["summary"][f"{severity.value}s"] for severity in Severity]
    assert counts == [sum(f[1] == severity.value for f in findings) for severity in Severity]

    def shown(value: object) -> str:
        return str(value or "")[:10] if str(value)[:2] == "20" else str(value or "")

    activities = [
        (a["title"], shown(a["end"]), a["status"], a["comment"], a["included"])
        for a in told["activities"]
    ]
    sheet = [
        (r["Aktivitet"], shown(r["Slutdatum"]), r["Status"], r["Kommentar"], r["Ta med"] == "ja")
        for r in table(folder)
    ]
    assert activities == sheet
    frame = read.activities()
    assert list(frame["title"].fillna("")) == [title or "" for title, *_ in activities]
    assert list(frame["included"]) == [included for *_, included in activities]
    assert ("Rättat av samordnaren.", True) in {found[3:] for found in activities}
    assert "Egen rad" in {found[0] for found in activities}
