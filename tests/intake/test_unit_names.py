"""A unit's name found in a file's name: the same answer as by looking for each name in turn, in less time."""

import re
import time
from pathlib import PurePosixPath

from hypothesis import example, given
from hypothesis import strategies as st

from excel_uppsikt.form.definition import unit_names
from excel_uppsikt.intake.names import UnitNames, plain
from excel_uppsikt.language.likeness import NEAR, alike
from excel_uppsikt.model import Plan, Unit
from tests.small_rounds import CARE, make_plan

_WORDS = st.sampled_from(
    ["norra", "norr", "skolan", "skola", "vård", "vårdhem", "hem", "Åre", "are", "1", "2", "(gamla)", "_",
     "–", "kopia", "av", "ny", "&", "IFO"]
)  # fmt: skip
_SEPARATORS = st.sampled_from([" ", "_", "-", ".", "", "  "])


@st.composite
def names(draw: st.DrawFn) -> str:
    """A name of some words, run together in one way or another."""
    words = draw(st.lists(_WORDS, min_size=1, max_size=4))
    return "".join(word + draw(_SEPARATORS) for word in words).strip() or "x"


def one_by_one(plan: Plan, file: str) -> str | None:
    """The unit in a file's name, each name looked for in turn from the longest on."""
    stem = plain(PurePosixPath(file).stem)
    spellings = {plain(spelling): name for spelling, name in unit_names(plan.units).items()}
    found: set[str] = set()
    for spelling in sorted(spellings, key=len, reverse=True):
        if re.search(rf"(?<!\w){re.escape(spelling)}(?!\w)", stem):
            found.add(spellings[spelling])
            stem = stem.replace(spelling, " ")
    if not found:
        bare = " ".join(
            re.sub(r"\b(kopia|av|copy|of|ny|slutlig|version)\b|[\d()]+", " ", stem).split()
        )
        found = {name for spelling, name in spellings.items() if alike(bare, spelling) >= NEAR}
    return next(iter(found)) if len(found) == 1 else None


@given(st.lists(names(), min_size=1, max_size=8, unique=True), names(), names())
@example(["vård", "hem"], "vård vårdhem", "x")
@example(["–", "skolan"], "(skolan)", "x")
def test_the_answer_is_that_of_looking_for_each_in_turn(
    units: list[str], written: str, earlier: str
) -> None:
    """Whatever the names have in common, also where what is left of a word is another name."""
    made = [Unit(name, CARE) for name in units]
    made[0] = Unit(units[0], CARE, earlier_names=(earlier,))
    plan = make_plan(units=made)
    known = UnitNames.of(plan)
    for file in (
        written,
        f"inkorg/{written}.xlsx",
        f"Svar {units[-1]} (2).xlsx",
        f"{written}_{units[0]}.ods",
    ):
        assert known.unit_in(file) == one_by_one(plan, file)


def test_hundreds_of_units_are_looked_for_in_hundreds_of_names_in_no_time() -> None:
    """Names that all begin alike too; an expression made for each took a minute."""
    units = [
        Unit(f"Förskolan {kind} {number}", CARE)
        for number in range(300)
        for kind in ("Norr", "Syd")
    ]
    known = UnitNames.of(make_plan(units=units))
    begun = time.process_time()
    told = [known.unit_in(f"inkorg/forskolan_{unit.name[10:]} (2).xlsx") for unit in units]
    assert time.process_time() - begun < 3
    assert told == [unit.name for unit in units]
