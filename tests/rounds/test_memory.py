"""Whatever stands in ut/.uppsikt/, each command does what it would without; nothing there is needed."""

import json
import shutil
from pathlib import Path

import pytest

from excel_uppsikt.rounds import steps
from excel_uppsikt.rounds.memory import remember, remembered
from excel_uppsikt.rounds.results import Returns
from tests.small_rounds import YOUTH, make_plan, make_round, own_form, row

PLAN = make_plan(units=("Hemtjänst",))
NESTED = b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
UNIT, RETURN, FILE = "Hemtjänst", "ut/retur/Hemtjänst.xlsx", "ut/sammanstallning.xlsx"


def known(value: object) -> bytes:
    """A memory that says this of all that a memory is asked for here."""
    return json.dumps({UNIT: value, RETURN: value, FILE: value}).encode()


JUNK = [
    b"", b"{", b"[]", b"[1, 2]", b"null", b"7", b'"text"', b"\xff\xfe\x00", b"\xef\xbb\xbf{}", NESTED,
    b'{"a": NaN}', b'{"\\ud800": "\\udfff"}', b'{"a": ' + b"9" * 10_000 + b"}",
    known(None), known(1), known(True), known([]), known([None]), known([[["a"]]]), known({}),
    known("\0"), known({"content": 1, "now": [], "before": None}),
    known({"content": "x", "now": None, "before": None}),
    known({"content": "x", "now": [1, {}], "before": ["a"]}),
    known({"content": "x", "now": {"a": 1}, "before": None}),
    known({"content": "x", "now": [], "before": 3.5}),
    known({"content": ["x"], "now": ["a"], "before": [None]}),
]  # fmt: skip


def files(folder: Path) -> dict[str, bytes]:
    """Everything in a folder and below, by name."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def ran(folder: Path) -> tuple[dict[str, bytes], Returns]:
    """What check and merge write, and what is told of the returns."""
    (returns,) = (one for one in steps.check(folder) if isinstance(one, Returns))
    list(steps.merge(folder))
    return files(folder / "ut"), returns


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes], Returns]:
    """A round's folder, and what was written and told of it when nothing was remembered."""
    data = own_form(PLAN, UNIT, {YOUTH.number: [row("Fältarbete", end="31 februari")]})
    folder = tmp_path_factory.mktemp("omgång")
    return folder, *ran(make_round(folder, PLAN, {"Hemtjänst.xlsx": data}))


@pytest.mark.parametrize("junk", JUNK)
def test_a_memory_that_makes_no_sense_is_a_lost_one(
    first_run: tuple[Path, dict[str, bytes], Returns], junk: bytes
) -> None:
    """The very files and words of a round that has never been run, and the memory is mended."""
    folder, made, returns = first_run
    shutil.rmtree(folder / "ut")
    for name, data in made.items():
        path = folder / "ut" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    memories = sorted((folder / "ut/.uppsikt").iterdir())
    assert {"skrivna.json", "retur.json"} <= {path.name for path in memories}
    for path in memories:
        path.write_bytes(junk)
    assert ran(folder) == (made, returns)


def test_one_entry_that_makes_no_sense_loses_no_other(tmp_path: Path) -> None:
    data = own_form(PLAN, UNIT, {YOUTH.number: [row("Fältarbete", end="31 februari")]})
    folder = make_round(tmp_path / "omgång", PLAN, {"Hemtjänst.xlsx": data})
    ran(folder)
    for path in (folder / "ut/.uppsikt").iterdir():
        remember(path, {**remembered(path), "annan": [{"a": None}, 1]})
    better = own_form(PLAN, UNIT, {YOUTH.number: [row("Fältarbete")]})
    (folder / "inkorg/Hemtjänst.xlsx").write_bytes(better)
    made, returns = ran(folder)
    ((hand_in),) = returns.hand_ins
    assert (hand_in.corrected, hand_in.owner) == (1, UNIT)
    assert not [name for name in made if "(ny)" in name]


def test_a_folder_in_a_memorys_place_is_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "skrivna.json"
    path.mkdir()
    assert remembered(path) == {}
    with pytest.raises(Exception, match=r"^.*skrivna\.json kan inte skrivas\. Det finns en mapp"):
        remember(path, {"a": "b"})
