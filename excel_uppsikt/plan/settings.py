"""The plan's sheet Omgång: the round's settings, and what they must agree on."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from excel_uppsikt.findings.catalogue.plan import P102
from excel_uppsikt.findings.finding import find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.language.likeness import NEAR, alike
from excel_uppsikt.language.text import fold
from excel_uppsikt.model import Settings
from excel_uppsikt.plan import definition as plan_form
from excel_uppsikt.plan.cells import PlanCells, parse
from excel_uppsikt.plan.dates import unlikely_settings
from excel_uppsikt.plan.definition import ValueKind
from excel_uppsikt.plan.table import PlanRow
from excel_uppsikt.round_paths import PLAN_FILE


def read_settings(cells: PlanCells, folder: Path) -> Settings | None:
    """The round's settings, None without a year; `folder` is where the plan lies."""
    rows, misspelt = _setting_rows(cells)
    values: dict[str, object] = {}
    ordered = sorted(plan_form.SETTINGS, key=lambda setting: setting.kind is not ValueKind.YEAR)
    for setting in ordered:
        row = rows.get(fold(setting.name))
        value = cells.value(row, "Värde", setting.kind, setting.name) if row else None
        blank = row is None or not row.text("Värde")
        waits = row and cells.renewed(row, "Värde", setting.name, required=setting.required)
        if setting.required and blank and not waits and setting.name not in misspelt:
            place = row.place("Värde") if row else Place(PLAN_FILE, plan_form.ROUND.name)
            cells.missing(place, setting.name, setting.kind)
        if value is None and setting.default:
            value = parse(setting.default, setting.default, setting.kind, cells.year)
        if setting.kind is ValueKind.YEAR and isinstance(value, int):
            cells.year = value
        values[setting.field] = value
    if values["year"] is None:
        return None
    _previous_exists(cells, folder, rows, values)
    in_order = _date_order(cells, rows, values)
    settings = _as_settings(values, in_order)
    unlikely_settings(cells, rows, settings)
    return settings


def _setting_rows(cells: PlanCells) -> tuple[dict[str, PlanRow], set[str]]:
    """The rows by the folded name of their setting, and the settings whose names are misspelt."""
    known = {fold(setting.name): setting.name for setting in plan_form.SETTINGS}
    rows: dict[str, PlanRow] = {}
    misspelt: set[str] = set()
    seen: dict[str, str] = {}
    for row in cells.rows(plan_form.ROUND, "inställningarna"):
        name = cells.new(row, "Inställning", plan_form.ROUND.name, seen)
        if name is None:
            continue
        if fold(name) in known:
            rows[fold(name)] = row
            continue
        near = max(known, key=lambda key: alike(fold(name), key))
        if alike(fold(name), near) >= NEAR:
            misspelt.add(known[near])
        place = row.place("Inställning")
        if known[near] in misspelt:
            finding = find(P102.NEAR_SETTING, place, name, near=known[near])
        else:
            finding = find(P102.UNKNOWN_SETTING, place, name)
        cells.findings.append(finding)
    return rows, misspelt


def _date_order(
    cells: PlanCells, rows: Mapping[str, PlanRow], values: Mapping[str, object]
) -> bool:
    """Whether the allowed dates are in order, also where one of them is the year's own."""
    names = ("Sista tillåtna datum", "Första tillåtna datum")
    written = [rows[fold(n)] for n in names if fold(n) in rows and rows[fold(n)].text("Värde")]
    settings = _as_settings(values, dates_in_order=True)
    first, last = settings.first_date, settings.last_date
    readable = [values[field] for field in ("first_date", "last_date") if values[field]]
    if len(written) == len(readable) and last < first:
        place = written[0].place("Värde")
        other = f"första tillåtna datum ({first})"
        cells.findings.append(find(P102.DATE_ORDER, place, last, name=names[0], other=other))
        return False
    return True


def _previous_exists(
    cells: PlanCells, folder: Path, rows: Mapping[str, PlanRow], values: dict[str, object]
) -> None:
    previous = str(values["previous"] or "")
    if previous and not _is_file(folder / previous):
        place = rows[fold("Föregående sammanställning")].place("Värde")
        cells.findings.append(find(P102.NO_FILE, place, previous))
        values["previous"] = None


def _as_settings(values: Mapping[str, object], dates_in_order: bool) -> Settings:
    year = values["year"]
    assert isinstance(year, int)  # noqa: S101  the caller returned without a year
    known = {name: value for name, value in values.items() if value is not None}
    if not dates_in_order:
        known.pop("first_date", None), known.pop("last_date", None)
    defaults = Settings("", year, "", date(year, 1, 1), date(year, 12, 31))
    return replace(defaults, **known)  # type: ignore[arg-type]  # kinds are by the definition


def _is_file(path: Path) -> bool:
    """Whether there is such a file; no, too, for what cannot be the path of one."""
    try:
        return path.is_file()
    except OSError:
        return False
