"""The form in other programs: computed by LibreOffice as the program would, and read back from any format."""

import io
import random
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from excel_uppsikt.checks.units import unit_terms
from excel_uppsikt.excel.reading import read_workbook, read_workbook_bytes
from excel_uppsikt.form.definition import README_SHEET, header
from excel_uppsikt.form.values import FormRow
from excel_uppsikt.form.words import (
    DONE,
    END_BEFORE_START,
    END_PASSED,
    ENDS_LATER,
    GO_THROUGH,
    MISSING,
    NEEDS_COMMENT,
    START_PASSED,
    UNKNOWN_STATUS,
    UNKNOWN_UNIT,
    UNREADABLE_DATE,
    outside,
)
from excel_uppsikt.language.cells import cell_name
from excel_uppsikt.model import Field, Plan
from excel_uppsikt.rounds.checking import check as check_round
from excel_uppsikt.rounds.results import CheckedRound
from tests import hyperformula
from tests.endurance import tries
from tests.hyperformula import needs_hyperformula
from tests.libreoffice import COMPUTED, converted, needs_libreoffice
from tests.small_rounds import (
    CARE,
    check,
    make_plan,
    make_round,
    own_form,
    places,
    row,
    shared_form,
)

# In the gate one for each way that a plan's switches can stand, and a few with as many rows as a sheet has.
FILLINGS, FULL_FILLINGS = tries(12, 200), tries(2, 20)
HYPERFORMULA_FILLINGS = tries(2, 60)
PLAN = make_plan()
ENDS_LATER_TOLD = ENDS_LATER.format(cutoff=PLAN.settings.cutoff)


# Computed by LibreOffice as by the program


def random_row(pick: random.Random, number: int) -> FormRow:
    """A row as people fill it in: complete, half-filled, with wrong dates or without its comment."""
    start = date(2024, 1, 1) + timedelta(days=pick.randrange(300))
    end = start + timedelta(days=pick.randrange(60))
    good = row(f"Aktivitet nummer {number} {'abcdefghij'[number % 10] * 9}", start=start, end=end)
    changes: list[dict[str, object]] = [
        {},
        {},
        {},
        {"title": pick.choice(["", "–", " - . ", "\u00a0", "\u200b\u2060", "…"])},
        {"start": None},
        {"end": None},
        {"status": pick.choice(["", " "])},
        {"status": pick.choice(["Färdig", "Vilande"])},
        {"status": pick.choice(["Avslutad enligt plan", "Ej påbörjad"])},
        {"status": pick.choice(["Pågående enligt plan.", "(Ej påbörjad)", "avslutad enligt plan"])},
        {"status": pick.choice(["Pågående med avvikelse", "AVSLUTAD MED AVVIKELSE"])},
        {"status": "Avslutad med avvikelse", "comment": pick.choice(["", "...", "\n"])},
        {"end": start - timedelta(days=1 + pick.randrange(20))},
        {"end": date(2042, 12, 31)},
        {"start": date(2023, 12, 31)},
        {"start": pick.choice(["våren", "31 februari 2024", "2024-02-30"])},
        {"start": start.isoformat(), "end": f" {end.isoformat()} "},
        {"start": f"{start:%Y%m%d}", "end": int(f"{end:%Y%m%d}")},
        {"start": int(f"{start:%y%m%d}"), "end": f"{end:%y%m%d}"},
        {"start": int(f"{end:%Y%m%d}"), "end": f"{start:%y%m%d}"},
        {"end": pick.choice([20240231, "240431", "1 mars", "mars 2024", "03/04/2024"])},
        {"units": pick.choice(["Hemtjänst", "Bemanning", "Bemanning; Hemtjänst"])},
        {"units": pick.choice(["bemanning och HEMTJÄNST.", "Hemtjänst,Bemanning", "Hemtjänst\n"])},
        {"units": pick.choice(["Hemvården", "Hemvården; Bemanning", "Köket"])},
        {"units": "Hela verksamheten"},
        {"description": "", "comment": ""},
        {"title": "", "start": None, "end": None, "status": "", "comment": "", "description": "?"},
        {"title": " ", "start": None, "end": None, "status": "", "comment": "", "description": ""},
    ]
    change = changes[pick.randrange(len(changes))]
    if pick.random() < 0.2:
        change = {**changes[pick.randrange(len(changes))], **change}
    return replace(good, cells={**good.cells, **{Field(name): v for name, v in change.items()}})


def random_round(number: int, least: int, most: int) -> tuple[Plan, dict[int, list[FormRow]]]:
    """A plan, every twelfth with the same switches, and a filling with so many rows for each goal."""
    pick = random.Random(number)  # noqa: S311  the same fillings in every run
    plan = make_plan(
        mandatory_counts=number % 2 == 0,
        common_counts=number // 2 % 2 == 0,
        minimum=1 + number // 4 % 3,
    )
    rows = {
        goal.number: [
            random_row(pick, goal.number * 100 + at) for at in range(pick.randint(least, most))
        ]
        for goal in plan.goals
    }
    return plan, rows


def without_values(data: bytes) -> bytes:
    """The workbook without the values beside its formulas, so that they have to be computed."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/"):
                content = re.sub(rb"(</f>|<f [^<]*/>)<v>[^<]*</v>", rb"\1<v></v>", content)
            target.writestr(name, content)
    return result.getvalue()


def kontroll_by_findings(checked: CheckedRound, plan: Plan, sheet: str, number: int) -> str:
    """What Kontroll should say of a row, going by what the program found in it."""
    found = {
        (f.code, (f.cell or "")[0]) for f in checked.findings
        if f.sheet == sheet and (f.cell or "")[1:] == str(number)
    }  # fmt: skip
    codes = {code for code, _ in found}
    missing = [
        header(of) for of, column in zip(Field, "ABCDEFG", strict=True) if ("R301", column) in found
    ]
    if missing:
        return MISSING + ", ".join(missing)
    # A period that is read as a day, and a name that is near another, are to be written out.
    texts = {
        "R302": UNREADABLE_DATE,
        "R312": UNREADABLE_DATE,
        "R303": END_BEFORE_START,
        "R304": outside(plan),
        "R305": UNKNOWN_STATUS,
    }
    told = next((text for code, text in texts.items() if code in codes), None)
    if told or ("R311", "F") in found:
        return told or UNKNOWN_STATUS
    if codes & {"R306", "R311"}:
        return UNKNOWN_UNIT
    texts = {"R313": GO_THROUGH, "R307": NEEDS_COMMENT, "C401": START_PASSED, "C402": END_PASSED}
    texts["C403"] = ENDS_LATER.format(cutoff=plan.settings.cutoff)
    return ". ".join(text for code, text in texts.items() if code in codes) or DONE


Computed = Mapping[tuple[str, int, int], object]


def agreed(form: bytes, plan: Plan, computed: Computed, folder: Path) -> tuple[set[str], set[str]]:
    """Holds every cell that a program has computed of a form against what the check says.

    Answers what Kontroll says somewhere, and how the unit stands to the rule.
    """
    checked = check(folder, plan, {"a.xlsx": form})
    active = {(e.sheet, e.row) for s in checked.collection.submissions for e in s.entries}
    texts: set[str] = set()
    for sheet in (name for name in {place[0] for place in computed} if name[0].isdigit()):
        for number in range(5, 46):
            # Rows where nothing stands are not read.
            told = str(computed.get((sheet, number, 8)) or "")
            place = (sheet, number)
            expected = kontroll_by_findings(checked, plan, *place) if place in active else ""
            assert told == expected, place
            texts.add(MISSING if told.startswith(MISSING) else told)
    terms = unit_terms(plan, checked.activities, plan.units[0])
    lines = rule_lines(form)
    shown = [(computed[README_SHEET, at, 2], str(computed[README_SHEET, at, 4])[0]) for at in lines]
    assert shown == [(t.have, "✔" if t.holds else "✘") for t in terms]
    return texts, {state for _, state in shown}


def rule_lines(form: bytes) -> list[int]:
    """The rows of the unit rule's terms on Läs mig."""
    sheet = next(s for s in read_workbook_bytes(form).sheets if s.name == README_SHEET)
    first = next(at for at, c in enumerate(sheet.rows, 1) if c[0] == "Regeln för varje enhet") + 1
    return [at for at, c in enumerate(sheet.rows, 1) if at >= first and c[1] != ""]


@needs_libreoffice
def test_kontroll_and_the_rule_say_what_the_check_says(tmp_path: Path) -> None:
    """For every row and unit of all fillings, computed by LibreOffice."""
    rounds = [random_round(number, 0, 4) for number in range(FILLINGS)]
    rounds += [random_round(number, 36, 40) for number in range(FULL_FILLINGS)]
    names = [f"{number:03}.xlsx" for number in range(len(rounds))]
    forms = [own_form(plan, "Hemtjänst", rows) for plan, rows in rounds]
    for name, form in zip(names, forms, strict=True):
        (tmp_path / name).write_bytes(without_values(form))
    target = converted(tmp_path, names, COMPUTED)
    texts, states = set[str](), set[str]()
    for name, form, (plan, _) in zip(names, forms, rounds, strict=True):
        computed = {
            (sheet.name, number, at): cell
            for sheet in read_workbook(target / name).sheets
            for number, line in enumerate(sheet.rows, 1)
            for at, cell in enumerate(line, 1)
        }
        told, stand = agreed(form, plan, computed, tmp_path / "omgang")
        texts, states = texts | told, states | stand
    assert texts == {
        *("", DONE, MISSING, UNREADABLE_DATE, END_BEFORE_START, UNKNOWN_STATUS, NEEDS_COMMENT),
        *(outside(PLAN), UNKNOWN_UNIT, START_PASSED, END_PASSED, ENDS_LATER_TOLD),
    }
    assert states == {"✔", "✘"}


@needs_hyperformula
def test_kontroll_and_the_rule_say_what_the_check_says_in_hyperformula(tmp_path: Path) -> None:
    """A program that reckons otherwise than LibreOffice gets the same; `make endurance` tries more."""
    rounds = [random_round(number, 1, 4) for number in range(HYPERFORMULA_FILLINGS)]
    rounds.append(random_round(1, 36, 40))
    forms = [own_form(plan, "Hemtjänst", rows) for plan, rows in rounds]
    texts: set[str] = set()
    for form, (plan, _), computed in zip(forms, rounds, hyperformula.computed(forms), strict=True):
        texts |= agreed(form, plan, computed, tmp_path / "omgang")[0]
    assert {DONE, MISSING, UNREADABLE_DATE, UNKNOWN_UNIT, END_PASSED} <= texts


# Read back from any format

FILLED = {
    1: [row("Hälsosamtal", units="Hemtjänst; Bemanning")],
    2: [
        row(
            "Fältarbete\npå kvällar",
            description="Rad ett\nRad två  med mellanslag",
            comment="å ä ö é",
        ),
        row("Läxhjälp", status="Pågående med avvikelse", comment="=1+1 är två"),
    ],
    3: [
        row(
            "1/3 av flyttarna",
            start=date(2024, 12, 31),
            end=date(2024, 12, 31),
            status="Ej påbörjad",
        )
    ],
}
Shown = list[tuple[object, ...]]


def activities(checked: CheckedRound) -> Shown:
    """What the activities say."""
    return [
        (
            a.id,
            a.goal.number,
            a.values.title,
            a.values.units,
            a.values.start,
            a.values.end,
            a.values.description,
            a.values.status,
            a.values.comment,
        )
        for a in checked.activities
    ]


def handed_in(folder: Path, path: Path, name: str) -> CheckedRound:
    """A round whose inbox holds this file under this name."""
    make_round(folder, PLAN, {name: path.read_bytes()})
    return check_round(folder, PLAN)


@needs_libreoffice
@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_a_form_saved_by_libreoffice_gives_the_same_activities(kind: str, tmp_path: Path) -> None:
    """Also under another name; the unit, the round and the goals are told by the form."""
    data = own_form(PLAN, "Hemtjänst", FILLED)
    expected = activities(check(tmp_path / "a", PLAN, {"Hemtjänst.xlsx": data}))
    (tmp_path / "form.xlsx").write_bytes(data)
    saved = converted(tmp_path, ["form.xlsx"], kind) / f"form.{kind}"
    checked = handed_in(tmp_path / "b", saved, f"Kopia (2).{kind}")
    assert activities(checked) == expected
    assert places(checked.findings, but="U") == []
    assert [s.unit for s in checked.collection.submissions] == ["Hemtjänst"]


@needs_libreoffice
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_a_common_form_saved_in_another_format_is_still_common(kind: str, tmp_path: Path) -> None:
    """It concerns the whole department, whatever its file is called."""
    (tmp_path / "form.xlsx").write_bytes(shared_form(PLAN, {1: [row("Hälsosamtal")]}))
    saved = converted(tmp_path, ["form.xlsx"], kind) / f"form.{kind}"
    checked = handed_in(tmp_path / "b", saved, f"Bemanning.{kind}")
    (only,) = checked.activities
    assert (only.values.title, only.values.units, only.values.whole, only.department) == (
        "Hälsosamtal",
        (),
        True,
        CARE,
    )


def test_a_copy_of_the_values_alone_is_told_by_the_form_id_that_can_be_seen(tmp_path: Path) -> None:
    """Pasted into a new workbook without hidden sheets, properties, formats or formulas."""
    data = own_form(PLAN, "Hemtjänst", FILLED)
    expected = activities(check(tmp_path / "a", PLAN, {"Hemtjänst.xlsx": data}))
    source = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    copy = openpyxl.Workbook()
    copy.remove(copy.worksheets[0])
    for sheet in source.worksheets:
        if sheet.sheet_state == "visible":
            page = copy.create_sheet(sheet.title)
            for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
                for at, value in enumerate(values, 1):
                    target = page[cell_name(number, at)]
                    target.value = value
                    if isinstance(value, str):
                        target.data_type = "s"
    copy.save(tmp_path / "copy.xlsx")
    checked = handed_in(tmp_path / "b", tmp_path / "copy.xlsx", "Bok1.xlsx")
    assert activities(checked) == expected
    assert places(checked.findings, but="U") == [("F206", "Bok1.xlsx", "", "")]
