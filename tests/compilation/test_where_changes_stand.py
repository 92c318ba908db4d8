"""What has changed since last time is told at the cell that says so, and what an edit brings at that."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from excel_uppsikt.compilation.settled import unit_places
from excel_uppsikt.findings.place import Place
from excel_uppsikt.model import Activity, Entry, Field
from excel_uppsikt.round_paths import COMPILATION_FILE
from excel_uppsikt.rounds.checking import as_merged
from excel_uppsikt.rounds.reports import review_round
from tests.compilation.edited_rounds import SHEET, put, run
from tests.compilation.test_advice import CAMP, NEXT, next_round, told
from tests.report.test_document import activity
from tests.small_rounds import YOUTH, places, row, with_changes

ONGOING, DEVIATING = "Pågående enligt plan", "Pågående med avvikelse"
FINISHED, NOT_STARTED = "Avslutad enligt plan", "Ej påbörjad"
COLUMNS = {of.value: at for at, of in enumerate(Field, 1)}


def said(at: int, file: str = "inkorg/a.xlsx", **changes: object) -> Entry:
    """A unit's row, with changes in what `activity` says."""
    one = activity("A")
    made = Entry(
        file=file,
        sheet="Blad",
        row=at,
        goal=YOUTH,
        department=one.department,
        values=one.values,
        columns=COLUMNS,
    )
    return with_changes(made, changes)


def of(*rows: Entry, **changes: object) -> Activity:
    """The activity made of these rows, with changes."""
    sources = tuple(Place(entry.file, entry.sheet, entry.row) for entry in rows)
    return with_changes(activity("A"), {"sources": sources, **changes})


def test_a_value_stands_in_the_first_row_that_says_it() -> None:
    """One that none says as it is, such as texts put together, in the first that says anything."""
    first = said(5, comment="", status=None, end=date(2024, 5, 1))
    second = said(9, "inkorg/b.xlsx", comment="Två.", end=date(2024, 5, 1))
    made = of(first, second, comment="Två.\nTre.")
    stands = unit_places([made], [second, first, said(7, comment="En annan aktivitets.")])
    assert {field: (place.file, place.cell) for (_, field), place in stands.items()} == {
        Field.TITLE: ("inkorg/a.xlsx", "A5"),
        Field.UNITS: ("inkorg/a.xlsx", "B5"),
        Field.START: ("inkorg/a.xlsx", "C5"),
        Field.END: ("inkorg/a.xlsx", "D5"),
        Field.DESCRIPTION: ("inkorg/a.xlsx", "E5"),
        Field.STATUS: ("inkorg/b.xlsx", "F9"),
        Field.COMMENT: ("inkorg/b.xlsx", "G9"),
    }
    assert {made_id for made_id, _ in stands} == {made.id}
    later = unit_places([of(first, second, end=date(2024, 9, 30))], [first, said(9, second.file)])
    assert later[made.id, Field.END] == Place("inkorg/b.xlsx", "Blad", 9, 4)


def test_what_stands_in_no_row_that_is_there_has_no_place() -> None:
    """Its file is away, the form has no such column, or nobody has said it."""
    gone, bare = said(5), replace(said(6), columns={})
    assert unit_places([of(gone, bare)], [bare]) == {}
    assert unit_places([], [gone]) == {}
    assert (of(gone).id, Field.COMMENT) not in unit_places([of(gone)], [said(5, comment="")])


@pytest.mark.parametrize(
    ("now", "code", "cell"),
    [
        ({"end": date(2024, 12, 1), "comment": "I maj."}, "E703", "D5"),
        ({"comment": "Arbetet pågår."}, "E703", "G5"),
        ({"status": NOT_STARTED, "start": date(2024, 9, 1), "comment": "Nytt."}, "E702", "F5"),
    ],
)
def test_a_units_own_value_is_told_at_its_cell(
    tmp_path: Path, now: dict[str, object], code: str, cell: str
) -> None:
    checked = next_round(tmp_path, row(CAMP), row(CAMP, **now))
    ((found, file, _, at),) = places(told(checked))
    assert (found, file, at) == (code, "a.xlsx", cell)


@pytest.mark.parametrize(
    ("now", "edit", "expected"),
    [
        # Ongoing, and moved to a day that has passed: why it was moved is not what to ask.
        ({}, {"Slutdatum": date(2024, 8, 30)}, [("C402", "H4")]),
        ({}, {"Slutdatum": date(2024, 8, 31)}, [("E703", "F4")]),
        ({"status": DEVIATING}, {"Slutdatum": date(2024, 8, 30)}, [("E703", "F4")]),
        ({}, {"Status": FINISHED}, [("C403", "H4")]),
        ({}, {"Status": FINISHED, "Slutdatum": date(2024, 12, 1)}, [("C403", "H4")]),
        ({}, {"Status": NOT_STARTED}, [("C401", "H4"), ("E702", "H4")]),
        ({}, {"Startdatum": date(2024, 9, 1)}, [("C404", "H4")]),
    ],
)  # fmt: skip
def test_a_status_that_an_edit_makes_disagree_is_told_at_the_edit(
    tmp_path: Path, now: dict[str, object], edit: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    """In every run, and once more as the report is made of it."""
    checked = next_round(tmp_path, row(CAMP, **now), row(CAMP, comment="Nytt.", **now))
    assert told(checked) == []
    put(tmp_path / "t2", CAMP, edit)
    for _ in range(2):
        checked = run(tmp_path / "t2", NEXT)
        assert [(f.code, f.cell) for f in told(as_merged(checked))] == expected
        assert {(f.file, f.sheet) for f in told(checked)} == {(COMPILATION_FILE, SHEET)}
    reviewed = review_round(tmp_path / "t2")
    assert [(f.code, f.cell) for f in reviewed.findings if f.code[0] == "C"] == [
        found for found in expected if found[0][0] == "C"
    ]


def test_of_what_the_unit_has_said_itself_the_coordinator_is_asked_nothing(tmp_path: Path) -> None:
    """Its status and start disagree, also where its end, which the coordinator has put right, hid that."""
    start = date(2024, 9, 1)
    ended = row(CAMP, comment="Nytt.", start=start, end=date(2024, 8, 1))
    checked = next_round(tmp_path, row(CAMP, start=start, end=date(2024, 12, 1)), ended)
    assert {f.code for f in told(checked)} == {"R303", "E703"}
    put(tmp_path / "t2", CAMP, {"Slutdatum": date(2024, 12, 1)})
    assert told(run(tmp_path / "t2", NEXT)) == []


def test_what_the_unit_has_been_asked_is_not_asked_of_the_coordinator_too(tmp_path: Path) -> None:
    """Its row still says so; and of a row that is kept out nobody is asked."""
    passed = row(CAMP, comment="Nytt.", end=date(2024, 8, 30))
    checked = next_round(tmp_path, row(CAMP, end=date(2024, 8, 30)), passed)
    assert [(f.code, f.file) for f in told(checked)] == [("C402", "inkorg/a.xlsx")]
    put(tmp_path / "t2", CAMP, {"Slutdatum": date(2024, 8, 29)})
    found = [(f.code, f.file) for f in told(run(tmp_path / "t2", NEXT)) if f.code[0] == "C"]
    assert found == [("C402", "inkorg/a.xlsx")]
    put(tmp_path / "t2", CAMP, {"Ta med": "nej", "Status": NOT_STARTED})
    assert [f.code for f in told(run(tmp_path / "t2", NEXT)) if f.code[0] == "C"] == []
