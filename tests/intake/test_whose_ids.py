"""Whose the Id on a row is: an activity's that the row's form may have gone out with, once."""

from dataclasses import replace

import pytest

from excel_uppsikt.intake.given_ids import GivenIds
from excel_uppsikt.model import Compilation, Entry, FormKind, Line, Submission, Values
from tests.report.test_document import activity
from tests.small_rounds import CARE, HOMES, YOUTH

SCHOOL, OLD, NEW = "Skola", "Ordna lovaktiviteter", "Något helt annat"
HOME, STAFF = ("Hemtjänst",), ("Bemanning",)


def entry(title: str = NEW, at: int = 5, **values: object) -> Entry:
    """A row that bears the Id."""
    return Entry(
        file="a.xlsx",
        sheet="Blad",
        row=at,
        goal=YOUTH,
        department=CARE,
        id="2-abcde",
        values=Values(title=title, **values),  # type: ignore[arg-type]
    )


def borne(kind: FormKind, *rows: Entry, **given: object) -> list[str | None]:
    """The Ids that rows of a form keep of an activity that was given this one."""
    known = activity(OLD, id="2-abcde", **given)  # type: ignore[arg-type]
    unit = "Hemtjänst" if kind is FormKind.UNIT else None
    department = None if kind is FormKind.GOAL else CARE
    form = Submission("a.xlsx", kind, unit, department, None, rows)
    of_line = GivenIds.of(Compilation((Line(known, None),)))
    of_deleted = GivenIds.of(Compilation(), Compilation(deleted=(known,)))
    kept = [[e.id for e in ids.settled(form).entries] for ids in (of_line, of_deleted)]
    assert kept[0] == kept[1]
    return kept[0]


@pytest.mark.parametrize(
    ("kind", "row", "given", "kept"),
    [
        (FormKind.UNIT, entry(units=HOME), {"units": HOME}, True),
        (FormKind.UNIT, entry(), {"units": (*STAFF, *HOME)}, True),
        (FormKind.UNIT, entry(units=STAFF), {"units": STAFF}, True),
        (FormKind.UNIT, entry(units=HOME), {"units": STAFF}, False),
        (FormKind.UNIT, entry(units=HOME), {"units": (), "whole": True}, False),
        (FormKind.COMMON, entry(whole=True), {"units": (), "whole": True}, True),
        (FormKind.COMMON, entry(), {"units": HOME, "whole": True}, True),
        (FormKind.COMMON, entry(), {"units": ()}, True),
        (FormKind.COMMON, entry(whole=True), {"units": HOME}, False),
        (FormKind.COMMON, entry(), {"units": (), "whole": True, "department": SCHOOL}, False),
        (FormKind.GOAL, entry(units=HOME), {"units": HOME}, True),
        (FormKind.GOAL, entry(units=HOME), {"units": STAFF}, False),
        (FormKind.GOAL, entry(whole=True), {"units": (), "whole": True}, True),
        (FormKind.GOAL, entry(whole=True), {"units": (), "department": SCHOOL}, False),
        # What has the activity's title is the activity, in whichever form.
        (FormKind.UNIT, entry(OLD.upper(), units=HOME), {"units": STAFF}, True),
        (FormKind.COMMON, entry(OLD, whole=True), {"units": STAFF}, True),
        (FormKind.GOAL, entry(OLD, units=HOME), {"units": STAFF}, True),
    ],
)
def test_a_row_keeps_an_id_that_its_form_may_have_gone_out_with(
    kind: FormKind, row: Entry, given: dict[str, object], kept: bool
) -> None:
    assert borne(kind, row, **given) == ["2-abcde" if kept else None]


@pytest.mark.parametrize(
    ("titles", "keeper"),
    [
        ((NEW, OLD), 1),
        ((f"{OLD} nu", OLD.upper()), 1),
        ((NEW, f"{OLD} nu", f"{OLD} nu i sommar"), 1),
        (("", NEW), 1),
    ],
)
def test_of_several_rows_the_one_most_like_the_activity_keeps_the_id(
    titles: tuple[str, ...], keeper: int
) -> None:
    """In whichever order they stand."""
    rows = [entry(title, at, units=HOME) for at, title in enumerate(titles, 5)]
    expected = ["2-abcde" if at == keeper else None for at in range(len(rows))]
    assert borne(FormKind.UNIT, *rows, units=HOME) == expected
    assert borne(FormKind.UNIT, *rows[::-1], units=HOME) == expected[::-1]


def test_one_row_in_two_departments_and_one_written_twice_keep_the_id_together() -> None:
    """Another goal's row, or one without a title, is not the same because it looks so."""
    first = entry(OLD, units=HOME)
    split = replace(first, department=SCHOOL)
    again, elsewhere = entry(OLD.upper(), 9, units=HOME), replace(entry(OLD, 9), goal=HOMES)
    assert borne(FormKind.UNIT, first, split, units=HOME) == ["2-abcde"] * 2
    assert borne(FormKind.UNIT, first, again, units=HOME) == ["2-abcde"] * 2
    assert borne(FormKind.UNIT, first, elsewhere, units=HOME) == ["2-abcde", None]
    untitled = [entry("", at, units=HOME) for at in (5, 6)]
    assert borne(FormKind.UNIT, *untitled, units=HOME) == ["2-abcde", None]
