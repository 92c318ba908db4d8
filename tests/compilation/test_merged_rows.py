"""The rows of a compilation merged with what is newly collected, each by itself."""

from dataclasses import replace
from datetime import date

import pytest

from excel_uppsikt.compilation.away import DELETED_NOTE
from excel_uppsikt.compilation.definition import GOAL
from excel_uppsikt.compilation.edits import Edited, merge_edits
from excel_uppsikt.compilation.parts import shown, units_in_cell
from excel_uppsikt.model import Activity, Choice, Compilation, Department, Field, Line
from tests.report.test_document import activity
from tests.small_rounds import CARE, HOMES, STATUSES, YOUTH, make_plan, with_changes

PLAN = make_plan()
SCHOOL = "Skola"
UNITS = activity("A", id="2-a", units=("Hemtjänst",))
OWN = activity("a ", id="s-1", units=(), comment="Mitt.", description="", start=None, end=None,
               status=None)  # fmt: skip


def merged(collected: list[Activity], *lines: Line, **earlier: object) -> Edited:
    """What becomes of these rows."""
    return merge_edits(PLAN, collected, Compilation(lines, **earlier))  # type: ignore[arg-type]


def rows(of: Edited) -> list[tuple[str, bool]]:
    """The Ids in order, and whether each is in the report."""
    return [(line.activity.id, line.choice.reported) for line in of.compilation.lines]


def codes(of: Edited) -> list[str]:
    return [finding.code for finding in of.findings]


# --- A row of the coordinator's own ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "joined"),
    [
        ({}, True),
        ({"department": None}, True),
        ({"department": SCHOOL}, False),
        ({"goal": HOMES}, False),
        ({"title": "B"}, False),
        ({"title": ""}, False),
    ],
)
def test_an_own_row_is_joined_with_the_same_activity(
    changes: dict[str, object], joined: bool
) -> None:
    """Of its goal and department and with its title: else both stand, and nothing is said."""
    own = with_changes(OWN, changes)
    found = merged([UNITS], Line(own, None))
    assert sorted(rows(found)) == ([("2-a", True)] if joined else [("2-a", True), ("s-1", True)])
    assert codes(found) == (["M607"] if joined else [])
    if not joined:
        assert Line(own, None) in found.compilation.lines
        return
    (line,) = found.compilation.lines
    # What the own row says stands; what it does not say is the unit's; the unit's other word is noted.
    assert line.activity == with_changes(UNITS, {"comment": "Mitt."})
    assert line.collected == UNITS
    assert line.choice.note == "Enhetens uppgift om kommentar: Det går bra."
    assert line.choice.asked == (line.choice.note,)


def test_an_own_row_of_the_whole_department_keeps_the_units_of_the_row_it_is_joined_with() -> None:
    """As it is read the next time: so the unit rule counts it the same in both merges."""
    found = merged([UNITS], Line(with_changes(OWN, {"whole": True}), None))
    (line,) = found.compilation.lines
    assert (line.activity.values.whole, line.activity.values.units) == (True, ("Hemtjänst",))


def test_a_row_that_is_known_is_not_joined_with_an_own_one() -> None:
    own = Line(OWN, None)
    assert sorted(rows(merged([UNITS], Line(UNITS, UNITS), own))) == [("2-a", True), ("s-1", True)]
    found = merged([UNITS], own, deleted=(UNITS,))
    assert sorted(rows(found)) == [("2-a", False), ("s-1", True)]


def test_of_two_own_rows_alike_one_is_joined() -> None:
    found = merged([UNITS], Line(OWN, None), Line(replace(OWN, id="s-2"), None))
    assert sorted(rows(found)) == [("2-a", True), ("s-2", True)]


# --- A row whose activity is away ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "stays", "told"),
    [
        (Line(UNITS, UNITS), False, ""),
        (Line(with_changes(UNITS, {"comment": "Mitt."}), UNITS), True, "AWAY"),
        (Line(replace(UNITS, goal=HOMES), UNITS), True, "AWAY"),
        (Line(UNITS, UNITS, Choice(note="Fråga.")), True, "AWAY"),
        (Line(UNITS, UNITS, Choice(order=0)), True, "AWAY"),
        (Line(UNITS, UNITS, Choice(held=("comment",))), True, "AWAY"),
        (Line(UNITS, UNITS, Choice(kept=True)), True, ""),
        (Line(UNITS, UNITS, Choice(include=False)), True, "EXCLUDED_AND_AWAY"),
        (Line(UNITS, UNITS, Choice(note=DELETED_NOTE)), False, ""),
        (Line(UNITS, UNITS, Choice(include=False, note=DELETED_NOTE)), True, "DELETED_AND_AWAY"),
    ],
)
def test_a_row_about_which_something_was_decided_stays_out_of_the_report(
    line: Line, stays: bool, told: str
) -> None:
    """One kept by a ja stays in it; it comes back as it was."""
    found = merged([], line)
    assert rows(found) == ([("2-a", line.choice.kept)] if stays else [])
    assert [f.variant.name for f in found.findings] == ([told] if told else [])
    if stays:
        (away,) = found.compilation.lines
        assert away == replace(line, choice=replace(line.choice, away=True))
        (back,) = merged([UNITS], away).compilation.lines
        assert (back.activity, back.choice.include, back.choice.away) == (
            line.activity,
            line.choice.include,
            False,
        )


def test_a_removed_row_is_remembered_and_comes_back_left_out() -> None:
    assert merged([], deleted=(UNITS,)).compilation.deleted == (UNITS,)
    found = merged([UNITS], deleted=(UNITS,))
    assert found.compilation.deleted == ()
    (line,) = found.compilation.lines
    assert line == Line(UNITS, UNITS, Choice(include=False, note=DELETED_NOTE))


# --- Both have changed it ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edit", "new", "stands", "note"),
    [
        ({"comment": "Mitt."}, {}, {"comment": "Mitt."}, ""),
        ({}, {"comment": "Nytt."}, {"comment": "Nytt."}, ""),
        ({"comment": "Mitt."}, {"comment": "Mitt."}, {"comment": "Mitt."}, ""),
        ({"comment": "Mitt."}, {"comment": "Nytt."}, {"comment": "Mitt."},
         "Enhetens nya kommentar: Nytt."),
        ({"comment": "Mitt."}, {"comment": ""}, {"comment": "Mitt."},
         "Enhetens nya kommentar: (tom cell)"),
        ({"end": date(2024, 10, 1)}, {"end": date(2024, 11, 1)}, {"end": date(2024, 10, 1)},
         "Enhetens nya slutdatum: 2024-11-01"),
        ({"status": STATUSES[2]}, {"status": STATUSES[3]}, {"status": STATUSES[2]},
         "Enhetens nya status: Avslutad enligt plan"),
        ({"units": ("Bemanning",)}, {"units": ("Hemtjänst", "Bemanning")},
         {"units": ("Bemanning",)}, "Enhetens nya enheter: Hemtjänst; Bemanning"),
        ({"goal": HOMES}, {"title": "A2"}, {"goal": HOMES, "title": "A2"}, ""),
    ],
)  # fmt: skip
def test_of_a_field_that_both_have_changed_the_coordinators_stands(
    edit: dict[str, object], new: dict[str, object], stands: dict[str, object], note: str
) -> None:
    """The unit's new word is noted once, and told till the note is emptied."""
    line, now = Line(with_changes(UNITS, edit), UNITS), with_changes(UNITS, new)
    found = merged([now], line)
    for _ in range(2):
        (made,) = found.compilation.lines
        assert made.activity == with_changes(UNITS, stands)
        assert (made.collected, made.choice.note) == (now, note)
        assert codes(found) == (["M603"] if note else [])
        found = merged([now], made)
    settled = replace(made, choice=replace(made.choice, note=""))
    found = merged([now], settled)
    assert (codes(found), found.compilation.lines[0].choice.note) == ([], "")


# --- How a value is shown ------------------------------------------------------------------------


def test_values_are_shown_as_their_cells_show_them() -> None:
    several = make_plan(departments=(Department(CARE), Department(SCHOOL)))
    both = with_changes(UNITS, {"units": ("Hemtjänst", "Bemanning")})
    whole = with_changes(both, {"whole": True})
    assert units_in_cell(PLAN, both) == units_in_cell(several, both) == "Hemtjänst; Bemanning"
    assert units_in_cell(PLAN, whole) == "Hela verksamheten"
    assert units_in_cell(several, whole) == f"Hela verksamheten {CARE}"
    empty = with_changes(UNITS, {"start": None, "status": None, "units": ()})
    for of, given in [
        (GOAL, YOUTH.text),
        (Field.TITLE, "A"),
        (Field.UNITS, "Hemtjänst"),
        (Field.START, "2024-01-15"),
        (Field.STATUS, "Pågående enligt plan"),
    ]:
        assert shown(PLAN, UNITS, of) == given
        if of in (Field.UNITS, Field.START, Field.STATUS):
            assert shown(PLAN, empty, of) == ""
