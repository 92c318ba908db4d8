"""The cells of a row read by themselves: what each may say, and what is told of it."""

from datetime import date, datetime

import pytest

from excel_uppsikt.findings.place import Place
from excel_uppsikt.form.cells import CellError, Reading, RowReader
from excel_uppsikt.form.scope import Scope
from excel_uppsikt.model import Department, Field, Unit
from tests.small_rounds import CARE, STATUSES, make_plan

SCHOOL = "Skola"
PLAN = make_plan(
    units=("Hemtjänst", "Bemanning", Unit("Åsens skola", SCHOOL)),
    departments=(Department(CARE), Department(SCHOOL)),
)
COLUMNS: dict[str, int] = {of: at for at, of in enumerate(Field, 3)}
NAMES = [status.name for status in STATUSES]


def read(of: Field, value: object, department: str | None = CARE, **how: bool) -> Reading:
    """A row with this cell alone."""
    place = Place("a.xlsx", "Blad", 9)
    return RowReader(Scope.of(PLAN, department)).read(place, {of: value}, COLUMNS, **how)


def told(reading: Reading) -> list[tuple[str, str | None, str | None, dict[str, object]]]:
    """The findings as code, cell, what was written and the text's fields."""
    return [(f.code, f.cell, f.value, dict(f.fields)) for f in reading.findings]


@pytest.mark.parametrize(
    ("of", "cell", "header", "example"),
    [
        (Field.START, "E9", "Startdatum", date(2024, 1, 1)),
        (Field.END, "F9", "Slutdatum", date(2024, 12, 31)),
    ],
)
def test_a_date_that_cannot_be_read_gets_an_example_that_would_do_there(
    of: Field, cell: str, header: str, example: date
) -> None:
    reading = read(of, "snart")
    assert told(reading) == [("R302", cell, "snart", {"header": header, "example": example})]
    assert reading.values.value(of) is None
    assert reading.unread == {of}


@pytest.mark.parametrize(
    ("value", "since_1904", "day"),
    [
        (date(2024, 3, 1), False, date(2024, 3, 1)),
        (datetime(2024, 3, 1, 12, 30), False, date(2024, 3, 1)),  # noqa: DTZ001  a cell's date has no zone
        # 240301 typed into a cell for dates, which shows it as a day far off.
        (date(2557, 12, 1), False, date(2024, 3, 1)),
        (date(2557, 12, 1), True, date(2557, 12, 1)),
    ],
)
def test_a_cell_for_dates_is_its_day(value: date, since_1904: bool, day: date) -> None:
    reading = read(Field.START, value, since_1904=since_1904)
    assert (reading.values.start, reading.findings, reading.unread) == (day, (), frozenset())


@pytest.mark.parametrize(
    ("written", "status", "found"),
    [
        ("Pågående enligt plan", 1, []),
        ("  PÅGÅENDE  enligt plan ", 1, []),
        ("Pågåene enligt plan", 1, [("R311", {"read": NAMES[1]})]),
        ("Avslutad", None, [("R305", {"near": f"”{NAMES[3]}” eller ”{NAMES[4]}”"})]),
        ("Vilande", None, [("R305", {
            "allowed": f"{', '.join(f'”{name}”' for name in NAMES[:4])} eller ”{NAMES[4]}”"})]),
        ("", None, []),
    ],
)  # fmt: skip
def test_a_status_is_read_by_what_it_says(
    written: str, status: int | None, found: list[tuple[str, dict[str, object]]]
) -> None:
    reading = read(Field.STATUS, written)
    assert reading.values.status == (None if status is None else STATUSES[status])
    assert [(code, fields) for code, _, _, fields in told(reading)] == found
    assert (Field.STATUS in reading.unread) is (bool(written) and status is None)


@pytest.mark.parametrize(
    ("department", "written", "units", "wholes", "found"),
    [
        (CARE, "Bemanning; Hemtjänst", ("Hemtjänst", "Bemanning"), (), []),
        (CARE, "Hemtjenst", ("Hemtjänst",), (), [("R311", "Hemtjenst", {"read": "Hemtjänst"})]),
        (CARE, "Hela verksamheten", (), (CARE,), []),
        (CARE, "Åsens skola; Bemanning", ("Bemanning",), (),
         [("R306", "Åsens skola", {"other": SCHOOL})]),
        (None, "Åsens skola; Bemanning", ("Bemanning", "Åsens skola"), (), []),
        (None, f"Hela verksamheten {SCHOOL}", (), (SCHOOL,), []),
        (None, "Hela verksamheten", (), (),
         [("R306", "Hela verksamheten", {"example": f"Hela verksamheten {CARE}"})]),
    ],
)  # fmt: skip
def test_units_are_those_that_the_form_may_name(
    department: str | None,
    written: str,
    units: tuple[str, ...],
    wholes: tuple[str, ...],
    found: list[tuple[str, str, dict[str, object]]],
) -> None:
    """A department's form names its own; the compilation those of all."""
    reading = read(Field.UNITS, written, department)
    assert (reading.values.units, reading.wholes, reading.values.whole) == (
        units,
        wholes,
        bool(wholes),
    )
    assert [(code, value, fields) for code, _, value, fields in told(reading)] == found
    unread = {Field.UNITS} if any(code == "R306" for code, _, _ in found) else set()
    assert reading.unread == unread


@pytest.mark.parametrize("text", ["-", "–", "...", " — ", "…", "_"])
def test_dashes_and_dots_say_nothing_but_may_stand_in_a_description(text: str) -> None:
    for of in (Field.TITLE, Field.COMMENT, Field.DESCRIPTION):
        expected = text.strip() if of is Field.DESCRIPTION else ""
        assert (read(of, text).values.value(of), read(of, text).findings) == (expected, ())
    assert read(Field.TITLE, f"{text} a").values.title == f"{text} a".strip()


@pytest.mark.parametrize("of", Field)
def test_an_error_is_told_in_every_field_and_nothing_more_is_said_of_it(of: Field) -> None:
    column = "CDEFGHI"[list(Field).index(of)]
    for word in ("#REF!", "="):
        reading = read(of, CellError(word))
        assert [(code, cell, value) for code, cell, value, _ in told(reading)] == [
            ("R310", f"{column}9", word)
        ]
        assert reading.unread == {of}
        assert reading.values == read(of, "").values
        assert reading.raw == {of: word}


def test_a_unit_that_was_split_means_its_parts_where_none_of_them_is_named() -> None:
    """In rows of the round before; in this round's it is a unit that is not known."""
    plan = make_plan(
        units=(
            Unit("Norr", CARE, part_of=("Hemtjänst",)),
            Unit("Söder", CARE, part_of=("Hemtjänst",)),
            "Bemanning",
        )
    )
    before = Scope.of(plan, None, before=True)
    assert before.parts_meant(["Hemtjänst", "Bemanning"]) == (
        ("Norr", "Hemtjänst"),
        ("Söder", "Hemtjänst"),
    )
    assert before.parts_meant(["Bemanning"]) == ()
    assert before.parts_meant(["Hemtjänst", "Norr"]) == ()
    assert before.parts_meant(["Söder", "Bemanning", "Hemtjänst"]) == ()
    place = Place("a.xlsx", "Blad", 9)
    for scope, units, undecided, codes in [
        (before, ("Norr", "Söder"), (("Norr", "Hemtjänst"), ("Söder", "Hemtjänst")), []),
        (Scope.of(plan, None), (), (), ["R306"]),
    ]:
        reading = RowReader(scope).read(place, {Field.UNITS: "Hemtjänst"}, COLUMNS)
        assert (reading.values.units, reading.undecided) == (units, undecided)
        assert [finding.code for finding in reading.findings] == codes


def test_of_several_units_that_may_be_meant_all_are_asked_about() -> None:
    """The nearest first."""
    plan = make_plan(units=("Hemtjänst norr", "Hemtjänst syd", "Bemanning"))
    place = Place("a.xlsx", "Blad", 9)
    for written, value, fields in [
        ("Hemtjänst; Bemanning", "Hemtjänst", {"near": "”Hemtjänst syd” eller ”Hemtjänst norr”"}),
        ("Okänd", "Okänd", {"allowed": "”Hemtjänst norr”, ”Hemtjänst syd” eller ”Bemanning”"}),
    ]:
        reading = RowReader(Scope.of(plan, CARE)).read(place, {Field.UNITS: written}, COLUMNS)
        assert told(reading) == [("R306", "D9", value, fields)]
