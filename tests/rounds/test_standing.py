"""Where a round stands is not worked out again while nothing has changed, and no word tells of that."""

import contextlib
import io
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from excel_uppsikt.cli import commands
from excel_uppsikt.plan.writing import as_workbook
from excel_uppsikt.round_paths import (
    COMPILATION_FILE,
    INBOX,
    LAST_HAND_INS,
    PLAN_FILE,
    RETURNS,
    STANDING_FILE,
    TEMPLATES,
)
from excel_uppsikt.rounds import standing_before, standing_now
from excel_uppsikt.rounds.checking import check_round
from excel_uppsikt.rounds.workbooks import write_returns
from tests.compilation.edited_rounds import put
from tests.endurance import tries
from tests.rounds.completed_rounds import decide
from tests.rounds.test_read_before import damaged
from tests.small_rounds import CARE, SICKNESS, YOUTH, make_plan, make_round, own_form, row

DAY = date(2024, 5, 7)
PLAN = make_plan(units=("Hemtjänst", "Bemanning", "Förskola"))
FORMS = {
    "a.xlsx": own_form(PLAN, "Hemtjänst", {SICKNESS.number: [row("Hälsosamtal")]}),
    "b.xlsx": own_form(
        PLAN, "Bemanning", {YOUTH.number: [row("Läger", end=None), row("Café", comment="XXX")]}
    ),
}
OTHER = own_form(PLAN, "Förskola", {SICKNESS.number: [row("Friskvård")]})


def told(folder: Path, today: date = DAY) -> tuple[int, str, str]:
    """All that status says of a round: its exit status, its text and its JSON object."""
    said: list[str] = []
    for as_json in (False, True):
        with contextlib.redirect_stdout(io.StringIO()) as out:
            status = commands.status(folder, as_json=as_json, today=today)
        said.append(out.getvalue())
    return status, *said  # type: ignore[return-value]  # one of each


def anew(folder: Path, today: date = DAY) -> tuple[int, str, str]:
    """The same with nothing kept, before or after."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(standing_before, "standing_before", lambda _: None)
        patch.setattr(standing_now, "keep_standing", lambda *_: None)
        return told(folder, today)


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The rounds that are checked as it goes."""
    folders: list[Path] = []

    def noted(folder: Path, **how: object) -> object:
        folders.append(folder)
        return check_round(folder, **how)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(standing_now, "check_round", noted)
    return folders


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A round with two forms and a silent unit, merged, with the returns written."""
    folder = make_round(tmp_path / "t1", PLAN, FORMS)
    write_returns(check_round(folder))
    with contextlib.redirect_stdout(io.StringIO()):
        commands.merge(folder, today=DAY)
    return folder


def test_a_round_is_checked_once_as_long_as_nothing_changes(
    folder: Path, checked: list[Path]
) -> None:
    expected = anew(folder)
    checked.clear()
    assert [told(folder) for _ in range(3)] == [expected] * 3
    assert checked == [folder]
    # An XXX, an end that is missing and no activity for the sickness absence; Förskola is silent.
    assert "Väntar på Förskola." in expected[1]
    assert '"errors": 2' in expected[2]


def test_the_day_counts_though_nothing_is_read(folder: Path, checked: list[Path]) -> None:
    told(folder)
    checked.clear()
    for day, words in (
        (date(2024, 5, 9), "Sista svarsdag är 2024-05-10, om 1 dag."),
        (date(2024, 5, 10), "Sista svarsdag är i dag, 2024-05-10."),
        (date(2024, 5, 12), "Sista svarsdag var 2024-05-10, för 2 dagar sedan."),
    ):
        said = told(folder, day)
        assert words in said[1]
        assert f'"days_left": {(date(2024, 5, 10) - day).days}' in said[2]
    assert checked == []


def _write(name: str, data: bytes) -> Callable[[Path], None]:
    def written(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)

    return written


def _plan(**changes: object) -> bytes:
    return as_workbook(replace(PLAN, settings=replace(PLAN.settings, **changes)))  # type: ignore[arg-type]


CHANGES: dict[str, Callable[[Path], object]] = {
    "a form has come": _write(f"{INBOX}/c.xlsx", OTHER),
    "a form has come in a folder": _write(f"{INBOX}/under/c.xlsx", OTHER),
    "a form is hidden by its name": _write(f"{INBOX}/~$c.xlsx", OTHER),
    "a form is another": _write(f"{INBOX}/a.xlsx", OTHER),
    "a form is gone": lambda folder: (folder / INBOX / "a.xlsx").unlink(),
    "a form has another name": lambda folder: (folder / INBOX / "b.xlsx").rename(
        folder / INBOX / "d.xlsx"
    ),
    "the last day is another": _write(PLAN_FILE, _plan(deadline=date(2024, 5, 20))),
    "a unit is new": _write(
        PLAN_FILE, as_workbook(make_plan(units=("Hemtjänst", "Bemanning", "Förskola", "Boende")))
    ),
    "a row is kept out": lambda folder: put(folder, "Hälsosamtal", {"Ta med": "nej"}),
    "the compilation is gone": lambda folder: (folder / COMPILATION_FILE).unlink(),
    "a return is gone": lambda folder: next((folder / RETURNS).iterdir()).unlink(),
    "the hand-ins are forgotten": lambda folder: (folder / LAST_HAND_INS).unlink(),
    "a form of Gemensamt is out": _write(f"{TEMPLATES}/Gemensamt {CARE}.xlsx", b""),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_has_changed_is_told(folder: Path, checked: list[Path], change: str) -> None:
    told(folder)
    checked.clear()
    CHANGES[change](folder)
    said = told(folder)
    assert set(checked) == {folder}
    assert said == anew(folder)


def test_another_program_works_it_out_anew(
    folder: Path, checked: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    told(folder)
    checked.clear()
    monkeypatch.setattr(standing_before, "program_mark", lambda: "ett annat")
    told(folder)
    assert checked == [folder]


def test_the_previous_compilation_counts_and_that_it_has_come(tmp_path: Path) -> None:
    """Named before it is there, come, and changed; each time what stands there now is told."""
    before = make_round(tmp_path / "t0", PLAN, {"a.xlsx": FORMS["a.xlsx"], "c.xlsx": OTHER})
    plan = make_plan(
        units=("Hemtjänst", "Bemanning", "Förskola"),
        period="T2",
        previous="../t0/ut/sammanstallning.xlsx",
    )
    folder = make_round(tmp_path / "t1", plan, {})
    said = [told(folder), told(folder)]
    assert "1 fel" in said[0][1]
    with contextlib.redirect_stdout(io.StringIO()):
        commands.merge(before, today=DAY)
    said.append(told(folder))
    assert "1 fel" not in said[2][1]
    assert "Förskola 1" in said[2][1]
    put(before, "Friskvård", {"Ta med": "nej"})
    said.append(told(folder))
    assert said[3] == anew(folder)
    assert "Förskola 1" not in said[3][1]


def test_what_could_not_be_read_is_tried_again(folder: Path, checked: list[Path]) -> None:
    (folder / INBOX / "e.xlsx").write_bytes(b"PK\x03\x04 avbruten")
    told(folder)
    assert len(checked) == 2
    assert not (folder / STANDING_FILE).exists()


def test_a_round_with_a_decision_is_worked_out_each_time(folder: Path, checked: list[Path]) -> None:
    """What is to be done next is told by the day and by which forms and reports have been made."""
    told(folder)
    decide(folder, {"Verksamhet": CARE, "Utfall": "godkänd", "Datum": DAY, "Paragraf": "§ 4"})
    checked.clear()
    said = told(folder)
    assert f"{CARE}: godkänd" in said[1]
    assert told(folder) == said
    assert len(checked) == 4


def test_what_is_changed_while_it_is_read_is_not_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form comes after the inbox has been read; it is told the next time."""

    def late(place: Path, **how: object) -> object:
        of = check_round(place, **how)  # type: ignore[arg-type]  # as it was called
        (place / INBOX / "c.xlsx").write_bytes(OTHER)
        return of

    with monkeypatch.context() as patch:
        patch.setattr(standing_now, "check_round", late)
        with contextlib.redirect_stdout(io.StringIO()) as out:
            commands.status(folder, today=DAY)
    assert "Väntar på Förskola." in out.getvalue()
    assert not (folder / STANDING_FILE).exists()
    assert "Väntar på" not in told(folder)[1]


@pytest.mark.parametrize("kind", ["cut", "turned", "junk", "lost"])
@pytest.mark.parametrize("at", [0, 40, 1000])
def test_a_damaged_file_counts_as_none(folder: Path, kind: str, at: int) -> None:
    expected = told(folder)
    path = folder / STANDING_FILE
    path.write_bytes(damaged(path.read_bytes(), at, kind))
    assert told(folder) == expected


def test_it_is_not_kept_where_it_is_too_large(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing_before, "_LARGEST", 100)
    expected = told(folder)
    assert not (folder / STANDING_FILE).exists()
    assert told(folder) == expected == anew(folder)


def test_a_round_that_may_not_be_written_in_is_told(tmp_path: Path) -> None:
    folder = make_round(tmp_path, PLAN, FORMS)
    (folder / "ut").write_bytes(b"")
    assert told(folder) == anew(folder)


# --- The same, whatever happens -----------------------------------------------------------------------

NAMES = st.sampled_from(["a.xlsx", "b.xlsx", "under/c.xlsx", "~$c.xlsx"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("file"), NAMES, st.sampled_from([*FORMS.values(), OTHER, b"junk"])),
        st.tuples(st.just("gone"), NAMES, st.none()),
        st.tuples(st.just("plan"), st.integers(2, 4), st.none()),
        st.tuples(st.just("merge"), st.none(), st.none()),
        st.tuples(st.just("check"), st.none(), st.none()),
        st.tuples(st.just("kept"), st.integers(0, 100_000), st.sampled_from(
            ["cut", "turned", "junk", "lost"])),
        st.tuples(st.just("nothing"), st.none(), st.none()),
    ),
    min_size=1,
    max_size=5,
)  # fmt: skip
UNITS = ("Hemtjänst", "Bemanning", "Förskola", "Boende")


def act(folder: Path, kind: str, one: object, other: object) -> None:
    """One thing that happens to a round between two times that somebody asks where it stands."""
    if kind == "file" and isinstance(other, bytes):
        _write(f"{INBOX}/{one}", other)(folder)
    elif kind == "gone":
        (folder / INBOX / str(one)).unlink(missing_ok=True)
    elif kind == "plan" and isinstance(one, int):
        (folder / PLAN_FILE).write_bytes(as_workbook(make_plan(units=UNITS[:one])))
    elif kind in ("merge", "check"):
        with contextlib.redirect_stdout(io.StringIO()):
            if kind == "merge":
                commands.merge(folder, today=DAY)
            else:
                commands.check(folder, as_json=False)
    elif kind == "kept" and isinstance(one, int) and (folder / STANDING_FILE).is_file():
        path = folder / STANDING_FILE
        path.write_bytes(damaged(path.read_bytes(), one, str(other)))


@settings(max_examples=tries(8, 300))
@given(STEPS)
def test_what_is_kept_changes_no_word(steps: list[tuple[str, object, object]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = make_round(Path(place), PLAN, FORMS)
        told(folder)
        for step in steps:
            act(folder, *step)
            expected = anew(folder)
            assert told(folder) == expected
            assert told(folder) == expected
