"""Makes the samples and the ready-made workbooks: `python samples/build.py`.

Everything it writes is committed; a test says when something is out of date. The samples' content
stands in the TOML files beside it.
"""

import io
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl

from excel_uppsikt.excel.saving import saved_at
from excel_uppsikt.form import definition as form
from excel_uppsikt.form.definition import Form, common_form, unit_form
from excel_uppsikt.form.round_forms import Per
from excel_uppsikt.form.templates import form_files
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.form.writing import form_workbook
from excel_uppsikt.model import (
    Department,
    Field,
    Goal,
    Plan,
    Recipient,
    Settings,
    Status,
    Text,
    Unit,
)
from excel_uppsikt.plan.default_texts import DEFAULT_TEXTS
from excel_uppsikt.plan.definition import DEFAULT_STATUSES, YES
from excel_uppsikt.plan.writing import as_workbook, blank_plan
from excel_uppsikt.report.template import make_template
from excel_uppsikt.round_paths import PLAN_FILE
from samples.year import SECOND, second_inbox, second_plan

HERE = Path(__file__).resolve().parent
REAL_ROUND, FAULTY_ROUND = "ange-2024", "fel-i-varje-fil"
_SAVED = datetime(2024, 5, 8, 15, 0)  # noqa: DTZ001  a document property without a zone

_README = """# En omgång med ett slags fel i varje fil

Här prövas vad programmet säger om det som brukar gå snett. Kör `uppsikt run` på en kopia av mappen:
den avslutas med 1 och visar precis de här anmärkningarna. `uppsikt rules KOD` förklarar en kod.

| Fil | Vad som är fel | Kod | Blad | Cell |
|---|---|---|---|---|
"""


def everything() -> Iterator[tuple[Path, bytes]]:
    """Each file to be committed, by its path from the project's folder, with its content."""
    plan = sample_plan(REAL_ROUND)
    samples = Path("samples")
    yield samples / REAL_ROUND / PLAN_FILE, as_workbook(plan)
    for name, data in _real_inbox(plan):
        yield samples / REAL_ROUND / "inkorg" / name, data
    story = read_toml(SECOND)
    second = second_plan(plan, story)
    yield samples / SECOND / PLAN_FILE, as_workbook(second)
    for name, data, saved in second_inbox(HERE / REAL_ROUND, second, story):
        yield samples / SECOND / "inkorg" / name, saved_at(data, saved)
    faulty = sample_plan(FAULTY_ROUND)
    yield samples / FAULTY_ROUND / PLAN_FILE, as_workbook(faulty)
    for name, data in _faulty_inbox(faulty):
        yield samples / FAULTY_ROUND / "inkorg" / name, data
    yield samples / FAULTY_ROUND / "README.md", _faulty_readme(faulty).encode()
    ready = Path("workbook_templates")
    yield ready / PLAN_FILE, blank_plan()
    yield ready / "rapportmall.docx", make_template()
    for name, _, data in form_files(plan, Per.GOAL):
        yield ready / name, data


def read_toml(name: str) -> dict[str, Any]:
    """A TOML file beside this one, by its name without ending."""
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))


def sample_plan(name: str) -> Plan:
    """A sample's plan, as its TOML files have it."""
    written = read_toml(f"{name}-plan")
    departments = tuple(Department(**department) for department in written["department"])
    only = departments[0].name
    units = written.get("unit") or [{"name": name} for name in _faulty_units()]
    return Plan(
        settings=Settings(**written["settings"]),
        goals=tuple(
            Goal(number, text, area["name"], *minimum)
            for area in written["area"]
            for number, text, *minimum in area["goals"]
        ),
        departments=departments,
        units=tuple(Unit(department=only, **unit) for unit in units),
        statuses=tuple(
            Status(status, stage, deviation == YES, comment == YES, symbol, color)
            for status, stage, deviation, comment, symbol, color in DEFAULT_STATUSES
        ),
        texts=tuple(Text(*text) for text in DEFAULT_TEXTS),
        recipients=tuple(Recipient(only, **person) for person in written.get("recipient", ())),
    )


def _real_inbox(plan: Plan) -> Iterator[tuple[str, bytes]]:
    """Each unit's workbook with the activities that name it, and Gemensamt with the rest."""
    written = read_toml(f"{REAL_ROUND}-aktiviteter")
    activities = written["activity"]
    for unit in plan.units:
        own = [activity for activity in activities if unit.name in activity["units"]]
        name, data = _filled(plan, unit_form(plan, unit), own)
        yield name, saved_at(data, written["saved"][unit.name])
    common = [activity for activity in activities if not activity["units"]]
    name, data = _filled(plan, common_form(plan, plan.departments[0]), common)
    yield name, saved_at(data, written["saved"][form.COMMON])


def _filled(plan: Plan, owner: Form, activities: list[dict[str, Any]]) -> tuple[str, bytes]:
    rows: dict[int, list[FormRow]] = {}
    for activity in activities:
        units = activity["units"] if activity["units"] != [owner.unit] else []
        row = FormRow(
            cells={
                Field.TITLE: activity["title"],
                Field.UNITS: "; ".join(units),
                Field.START: activity["start"],
                Field.END: activity["end"],
                Field.DESCRIPTION: activity["description"].strip(),
                Field.STATUS: activity["status"],
                Field.COMMENT: activity["comment"].strip(),
            }
        )
        rows.setdefault(activity["goal"], []).append(row)
    return form.file_name(owner), form_workbook(plan, owner, rows)


def _faulty_workbooks() -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = read_toml(f"{FAULTY_ROUND}-filer")["workbook"]
    return listed


def _faulty_units() -> list[str]:
    known = [w["unit"] for w in _faulty_workbooks() if not w.get("unknown")]
    missing = [w["unit"] for w in read_toml(f"{FAULTY_ROUND}-filer")["missing"]]
    return sorted({*known, *missing})


def _faulty_inbox(plan: Plan) -> Iterator[tuple[str, bytes]]:
    for workbook in _faulty_workbooks():
        unit = Unit(workbook["unit"], plan.departments[0].name)
        of = replace(plan, units=(*plan.units, unit)) if workbook.get("unknown") else plan
        if "round" in workbook:
            _, year, period = workbook["round"].split()
            of = replace(of, settings=replace(of.settings, year=int(year), period=period))
        data = form_workbook(of, unit_form(of, unit), _good_rows(workbook))
        data = _edited(data, of, workbook.get("put", ()))
        data = saved_at(data, workbook.get("saved", _SAVED))
        yield _faulty_name(workbook), data[: int(len(data) * workbook.get("cut", 1))]


def _faulty_name(workbook: Mapping[str, Any]) -> str:
    name: str = workbook.get("file") or f"{workbook['unit']}.xlsx"
    return name


def _row(*cells: object) -> FormRow:
    """A row of a form by its cells, in the order of the columns."""
    return FormRow(cells=dict(zip(Field, cells, strict=True)))


def _good_rows(workbook: Mapping[str, Any]) -> dict[int, list[FormRow]]:
    """Three rows with nothing wrong in them; the first is an activity that all units share."""
    first, second = workbook["titles"]
    year = datetime.fromisoformat("2024-01-01").date()
    shared = workbook.get("own") or "Ha hälsosamtal med varje medarbetare"
    rows = {
        1: _row(shared, "", year, year.replace(month=6, day=30),
                   "Tidiga samtal väntas ge färre långa sjukskrivningar.",
                   "Pågående enligt plan", "Ungefär hälften av samtalen är klara."),
        2: _row(first, "", year, year.replace(month=9, day=30),
                   "Fler ska hitta till verksamheten.", "Pågående enligt plan",
                   "Arbetet går som det var tänkt."),
        3: _row(second, "", year.replace(month=3), year.replace(month=11, day=30),
                   "Lokalerna står tomma delar av dagen.", "Pågående enligt plan",
                   "Planeringen är klar."),
    }  # fmt: skip
    rows.pop(workbook.get("empty", 0), None)
    times = {workbook.get("repeat", 0): 2}
    return {goal: [row] * times.get(goal, 1) for goal, row in rows.items()}


def _edited(data: bytes, plan: Plan, changes: list[tuple[int, str, Any]]) -> bytes:
    """The workbook with cells changed and saved by another program, as people's files are."""
    if not changes:
        return data
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheets = {goal.number: form.sheet_name(goal) for goal in plan.goals}
    for goal, cell, value in changes:
        book[sheets[goal]][cell].value = None if value == "" else value
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def expected_findings(plan: Plan) -> list[tuple[str, str, str, str, str]]:
    """What the second sample should give: file or unit, what is wrong, code, sheet, cell."""
    sheets = {goal.number: form.sheet_name(goal) for goal in plan.goals} | {0: ""}
    rows: list[tuple[str, str, str, str, str]] = []
    for workbook in (*_faulty_workbooks(), *read_toml(f"{FAULTY_ROUND}-filer")["missing"]):
        for code, goal, cell in workbook["found"]:
            of_unit = code.startswith("U")
            file = workbook["unit"] if of_unit else f"inkorg/{_faulty_name(workbook)}"
            rows.append((file, workbook["fault"], code, sheets[goal], cell))
    return rows


def _faulty_readme(plan: Plan) -> str:
    rows = expected_findings(plan)
    return _README + "".join(f"| {' | '.join(cell or '–' for cell in row)} |\n" for row in rows)


def main() -> None:
    """Writes everything, and tells how much."""
    count = 0
    for path, data in everything():
        target = HERE.parent / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        count += 1
    print(f"{count} filer skrivna.")


if __name__ == "__main__":
    main()
