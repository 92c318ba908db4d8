"""An unchanged file of the inbox is not read again, and nobody can tell by the result."""

import json
import os
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from excel_uppsikt.excel.guard.refusal import Reason, UnreadableError
from excel_uppsikt.intake import opening
from excel_uppsikt.intake.containers import contents_of
from excel_uppsikt.intake.given_ids import Given, GivenIds
from excel_uppsikt.intake.inbox import Inbox, collect
from excel_uppsikt.intake.known_files import KnownFiles
from excel_uppsikt.intake.outcome_back import read_outcomes
from excel_uppsikt.intake.outcome_json import outcomes_text
from excel_uppsikt.model import Plan
from excel_uppsikt.plan.reading import read_plan
from excel_uppsikt.round_paths import INBOX, READ_FILES
from excel_uppsikt.rounds import checking, own_secret
from excel_uppsikt.rounds.checking import check, check_round
from excel_uppsikt.rounds.read_before import keep_read, read_before
from excel_uppsikt.rounds.tables import read_round
from tests.corpus.gallery import PLAN, UNITS, companion, good
from tests.endurance import tries
from tests.small_rounds import YOUTH, make_plan, make_round, own_form, row

SAMPLES = Path(__file__).parent.parent.parent / "samples"


def everything(inbox: Inbox) -> tuple[object, ...]:
    """All that an inbox says, to the very types: 1, 1.0 and True are not the same."""
    frame = inbox.cells
    cells = [repr(values) for values in frame.itertuples()]
    said = (inbox.collection, inbox.findings, dict(inbox.use))
    return (*said, repr(said), list(frame.columns), cells)


def anew(folder: Path, plan: Plan, given: GivenIds | None = None) -> tuple[object, ...]:
    return everything(collect(folder, plan, given=given))


def again(folder: Path, plan: Plan, given: GivenIds | None = None) -> tuple[object, ...]:
    """What is said with what is known from the last reading, which is kept for the next."""
    files = read_before(folder, plan)
    inbox = collect(folder, plan, given=given, files=files)
    keep_read(folder, files)
    return everything(inbox)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of the files that are read as it goes."""
    sizes: list[int] = []

    def noted(data: bytes) -> object:
        sizes.append(len(data))
        return contents_of(data)

    monkeypatch.setattr(opening, "contents_of", noted)
    return sizes


# --- Only once ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("sample", ["ange-2024", "ange-2024-t2"])
def test_an_unchanged_inbox_is_not_read_again(tmp_path: Path, sample: str, read: list[int]) -> None:
    folder = tmp_path / "omgång"
    shutil.copytree(SAMPLES / sample, folder)
    plan = read_plan(folder / "plan.xlsx").plan
    assert plan is not None
    first = again(folder, plan)
    assert len(read) == len(list((folder / INBOX).iterdir()))
    kept = (folder / READ_FILES).read_bytes()
    read.clear()
    assert again(folder, plan) == first
    assert (read, (folder / READ_FILES).read_bytes()) == ([], kept)


def test_only_what_has_changed_or_been_renamed_is_read(tmp_path: Path, read: list[int]) -> None:
    forms = {f"{unit}.xlsx": own_form(PLAN, unit, {2: [row(unit)]}) for unit in UNITS}
    folder = make_round(tmp_path, PLAN, forms)
    again(folder, PLAN)
    other = own_form(PLAN, UNITS[0], {2: [row("Läger"), row("Café")]})
    (folder / INBOX / f"{UNITS[0]}.xlsx").write_bytes(other)
    (folder / INBOX / f"{UNITS[1]}.xlsx").rename(folder / INBOX / "annat namn.xlsx")
    read.clear()
    said = again(folder, PLAN)
    assert sorted(read) == sorted([len(other), len(forms[f"{UNITS[1]}.xlsx"])])
    assert said == anew(folder, PLAN)


@pytest.mark.parametrize(
    "change",
    [
        {"units": ("Hemtjänst",)},
        {"municipality": "Ånge"},
        {"year": 2025},
    ],
)
def test_another_plan_reads_all_anew(
    tmp_path: Path, read: list[int], change: dict[str, object]
) -> None:
    plan = make_plan()
    folder = make_round(tmp_path, plan, {"a.xlsx": own_form(plan, "Hemtjänst", {2: [row()]})})
    again(folder, plan)
    other = make_plan(**change)  # type: ignore[arg-type]  # settings and units
    read.clear()
    assert again(folder, other) == anew(folder, other)
    assert len(read) == 2


def test_another_program_reads_all_anew(
    tmp_path: Path, read: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_round(tmp_path, PLAN, {"a.xlsx": good()})
    again(folder, PLAN)
    read.clear()
    monkeypatch.setattr("excel_uppsikt.intake.known_files._program", lambda: "en annan")
    again(folder, PLAN)
    assert len(read) == 1


def test_a_file_is_read_anew_when_its_ids_have_come_to_be_others(
    tmp_path: Path, read: list[int]
) -> None:
    """An Id that a row bears counts by what is known of it; another's Id changes nothing."""
    data = own_form(PLAN, "Hemtjänst", {2: [row("Läger", id="2-abcde")]})
    folder = make_round(tmp_path, PLAN, {"a.xlsx": data})
    mine = Given("Läger", ("Hemtjänst",), False, None)
    known = GivenIds({"2-abcde": [mine]})
    with_another = GivenIds({"2-abcde": [mine], "2-fghij": [mine]})
    changed = GivenIds({"2-abcde": [replace_title(mine, "Kafé")], "2-fghij": [mine]})
    times = []
    for ids in (GivenIds(), known, known, with_another, changed, GivenIds()):
        read.clear()
        said = again(folder, PLAN, ids)
        times.append(len(read))
        assert said == anew(folder, PLAN, ids)
    assert times == [1, 1, 0, 0, 1, 1]


def replace_title(given: Given, title: str) -> Given:
    return given._replace(title=title)


def test_what_could_not_be_read_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have been for want of time or memory."""
    folder = make_round(tmp_path, PLAN, {"a.xlsx": good(), "b.xlsx": companion()})
    with monkeypatch.context() as patch:
        patch.setattr(opening, "open_form", refuse)
        again(folder, PLAN)
    assert again(folder, PLAN) == anew(folder, PLAN)
    assert len(check(folder, PLAN).collection.submissions) == 2


def refuse(*_: object) -> None:
    raise UnreadableError(Reason.TOO_SLOW, "mer än 8 sekunder")


# --- The same, whatever lies there ----------------------------------------------------------------------

FORMS = st.sampled_from(
    [
        good(),
        companion(),
        *(own_form(PLAN, unit, {2: [row(unit, end="31 februari")]}) for unit in UNITS),
        *(path.read_bytes() for path in sorted((SAMPLES / "fel-i-varje-fil/inkorg").iterdir())),
    ]
)
NAMES = st.sampled_from(["a.xlsx", "Hemtjänst.xlsx", "under/Bemanning (1).xlsx", "~$b.xlsx"])
PLANS = st.sampled_from([PLAN, replace(PLAN, settings=replace(PLAN.settings, year=2023))])
IDS = st.sampled_from(
    [GivenIds(), GivenIds({"2-abcde": [Given("Läger", ("Hemtjänst",), False, None)]})]
)


def damaged(kept: bytes, at: int, kind: str) -> bytes:
    """What another, or a failing disk, may have made of the file."""
    match kind:
        case "cut":
            return kept[: at % (len(kept) + 1)]
        case "turned" if kept:
            place = at % len(kept)
            return kept[:place] + bytes([kept[place] ^ 1 + at % 255]) + kept[place + 1 :]
        case "junk":
            return os.urandom(at % 200)
        case "forged":
            return forged(kept)
    return b""


def forged(kept: bytes) -> bytes:
    """A file in good order that says something else, by one who has not the user's secret."""
    try:
        said = zlib.decompress(kept[32:]).decode("utf-8")
    except (zlib.error, ValueError):
        return kept
    other = zlib.compress(said.replace("a", "o").replace("Hemt", "Bemt").encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(own_secret, "_key", lambda: b"x" * 32)
        return own_secret.sealed(other) or b""


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("file"), NAMES, FORMS),
        st.tuples(st.just("gone"), NAMES, st.none()),
        st.tuples(st.just("renamed"), NAMES, NAMES),
        st.tuples(st.just("kept"), st.integers(0, 100_000), st.sampled_from(
            ["cut", "turned", "junk", "forged", "lost"])),
        st.tuples(st.just("nothing"), st.none(), st.none()),
    ),
    min_size=1,
    max_size=6,
)  # fmt: skip


def act(folder: Path, kind: str, one: object, other: object) -> None:
    """One thing that happens to a round between two readings."""
    kept, path = folder / READ_FILES, folder / INBOX / str(one)
    if kind == "file" and isinstance(other, bytes):
        make_round(folder, PLAN, {str(one): other})
    elif kind == "gone":
        path.unlink(missing_ok=True)
    elif kind == "renamed" and path.is_file():
        (folder / INBOX / str(other)).parent.mkdir(exist_ok=True)
        path.replace(folder / INBOX / str(other))
    elif kind == "kept" and isinstance(one, int) and kept.is_file():
        kept.write_bytes(damaged(kept.read_bytes(), one, str(other)))


@settings(max_examples=tries(15, 600))
@given(STEPS, PLANS, IDS)
def test_what_is_kept_changes_no_result(
    steps: list[tuple[str, object, object]], plan: Plan, ids: GivenIds
) -> None:
    """Files come, go, change and are renamed; the file is lost, damaged or forged."""
    with tempfile.TemporaryDirectory() as place:
        folder = make_round(Path(place), PLAN, {"a.xlsx": good()})
        again(folder, PLAN)
        for step in steps:
            act(folder, *step)
            expected = anew(folder, plan, ids)
            assert again(folder, plan, ids) == expected
            assert again(folder, plan, ids) == expected


def test_a_whole_round_is_the_same_with_and_without(tmp_path: Path) -> None:
    """All that is checked and merged, on the sample with a fault in every file."""
    folder = tmp_path / "omgång"
    shutil.copytree(SAMPLES / "fel-i-varje-fil", folder)
    first, second = check_round(folder), check_round(folder)
    (folder / READ_FILES).unlink()
    third = check_round(folder, keep=False)
    assert not (folder / READ_FILES).exists()
    assert first == second == third
    assert repr(replace(first, inbox=None)) == repr(replace(second, inbox=None))


# --- Its file -------------------------------------------------------------------------------------------


def test_what_makes_no_sense_is_refused() -> None:
    """Every value in what was written for a form, put as something else, is refused or a right record."""
    files = KnownFiles(PLAN)
    with tempfile.TemporaryDirectory() as place:
        folder = make_round(Path(place), PLAN, {"a.xlsx": good()})
        collect(folder, PLAN, files=files)
    _, _, said, _ = files.as_written().split(b"\n")
    refused = 0
    for other in variations(json.loads(said)):
        try:
            found = read_outcomes(PLAN, json.dumps(other).encode())
        except ValueError:
            refused += 1
        else:
            assert json.loads(outcomes_text(*found)) == other
    assert refused > 100
    for junk in (b"", b"[]", b"null", b"{", b"[" * 100_000, b"[[[1,2,3,4]],[]]"):
        with pytest.raises(ValueError):  # noqa: PT011  whatever json says
            read_outcomes(PLAN, junk)


def variations(said: object) -> Iterator[object]:
    """The JSON with one of its parts in place of each by something of another type."""
    odd: list[object] = [None, {"x": []}, [[]], 1.5]
    if isinstance(said, list):
        yield from odd
        for at, part in enumerate(said):
            yield from ([*said[:at], new, *said[at + 1 :]] for new in variations(part))
    else:
        yield from (new for new in odd if type(new) is not type(said))


def test_it_holds_the_inbox_of_the_last_reading_and_no_more(tmp_path: Path) -> None:
    forms = {f"{unit}.xlsx": own_form(PLAN, unit, {2: [row(unit)]}) for unit in UNITS}
    folder = make_round(tmp_path, PLAN, forms)
    again(folder, PLAN)
    size = (folder / READ_FILES).stat().st_size
    for unit in UNITS[1:]:
        (folder / INBOX / f"{unit}.xlsx").unlink()
    again(folder, PLAN)
    assert (folder / READ_FILES).stat().st_size < size
    (folder / INBOX / f"{UNITS[0]}.xlsx").unlink()
    again(folder, PLAN)
    assert not (folder / READ_FILES).exists()


def test_it_has_a_largest_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forms = {f"{unit}.xlsx": own_form(PLAN, unit, {2: [row(unit)]}) for unit in UNITS}
    folder = make_round(tmp_path, PLAN, forms)
    files = KnownFiles(PLAN)
    collect(folder, PLAN, files=files)
    whole = len(files.as_written())
    monkeypatch.setattr("excel_uppsikt.intake.known_files.LARGEST", whole // 2)
    assert 0 < len(files.as_written()) <= whole // 2 + 100


def no_secret(patch: pytest.MonkeyPatch, folder: Path) -> None:
    patch.setattr(own_secret, "_place", lambda: folder / "plan.xlsx" / "hemlighet")


def no_room(_: pytest.MonkeyPatch, folder: Path) -> None:
    (folder / "ut").write_bytes(b"")


@pytest.mark.parametrize("hinder", [no_secret, no_room])
def test_what_cannot_be_kept_is_no_fault(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    hinder: Callable[[pytest.MonkeyPatch, Path], None],
) -> None:
    folder = make_round(tmp_path, PLAN, {"a.xlsx": good()})
    hinder(monkeypatch, folder)
    assert again(folder, PLAN) == again(folder, PLAN) == anew(folder, PLAN)
    assert not (folder / READ_FILES).exists()


def test_the_secret_is_the_users_own_and_made_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    path = tmp_path / "uppsikt/hemlighet"
    data = own_secret.sealed(b"sagt")
    assert data is not None
    assert (len(path.read_bytes()), own_secret.unsealed(data)) == (32, b"sagt")
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600
    # Half of one, as of a run that was killed, is made anew; what it sealed is then nobody's.
    path.write_bytes(b"x")
    assert own_secret.unsealed(data) is None
    assert len(path.read_bytes()) == 32


def test_who_reads_a_round_as_tables_writes_nothing_but_uses_it(
    tmp_path: Path, read: list[int]
) -> None:
    plan = make_plan()
    form = own_form(plan, "Hemtjänst", {YOUTH.number: [row("Läger")]})
    folder = make_round(tmp_path, plan, {"a.xlsx": form})
    cells = read_round(folder).cells()
    assert not (folder / READ_FILES).exists()
    checking.check_round(folder)
    read.clear()
    assert read_round(folder).cells().equals(cells)
    assert read == []
