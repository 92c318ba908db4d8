"""Tidigare namn in the plan: units renamed, joined and split, and what cannot be meant."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from excel_uppsikt.model import Unit
from tests.plan.changed_plans import faulty, places, put, read
from tests.small_rounds import CARE, make_plan

Names = tuple[tuple[str, ...], tuple[str, ...]]
# What stands at Hemtjänst (F4) and Bemanning (F5); what each is the whole of and a part of; what is found.
CASES: dict[str, tuple[tuple[str | None, str | None], tuple[Names, Names], Sequence[str]]] = {
    "renamed": (("Hemvård", None), ((("Hemvård",), ()), ((), ())), []),
    "joined": (("Hemvård; Service\nTvätt ;", None), ((("Hemvård", "Service", "Tvätt"), ()), ((), ())), []),
    "split": (
        ("del av Vården", "DEL  AV vården"),
        (((), ("Vården",)), ((), ("vården",))),
        [],
    ),
    "in quotation marks": (("del av ”Vården”; ”Service”", None),
                           ((("Service",), ("Vården",)), ((), ())), []),
    "the same name twice at one unit": (("Hemvård; HEMVÅRD", None), ((("Hemvård",), ()), ((), ())), []),
    "a part of a unit that goes on": ((None, "del av Hemtjänst"), (((), ()), ((), ("Hemtjänst",))), []),
    "a unit's present name as another's former": (
        (None, "hemtjänst"),
        (((), ()), (("hemtjänst",), ())),
        ["F5"],
    ),
    "names exchanged": (
        ("Bemanning", "Hemtjänst"),
        ((("Bemanning",), ()), (("Hemtjänst",), ())),
        ["F4", "F5"],
    ),
    "one name of two units": (
        ("Vården", "vården"),
        (((), ("Vården",)), ((), ("vården",))),
        ["F5"],
    ),
    "the whole of one and a part of another": (
        ("Vården", "del av Vården"),
        (((), ("Vården",)), ((), ("Vården",))),
        ["F5"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_former_names_are_read_and_what_cannot_be_is_told(tmp_path: Path, case: str) -> None:
    (first, second), names, cells = CASES[case]
    reading = faulty(tmp_path, put("Enheter", F4=first, F5=second))
    assert reading.plan is not None
    assert tuple((u.earlier_names, u.part_of) for u in reading.plan.units) == names
    assert places(reading.findings) == [("P103", "Enheter", cell) for cell in cells]


def test_what_is_told_of_a_former_name_says_where_the_other_is(tmp_path: Path) -> None:
    reading = faulty(tmp_path, put("Enheter", F4="Vården", F5="Hemtjänst; Vården"))
    assert [finding.message for finding in reading.findings] == [
        "Blad ”Enheter”, cell F5: Tidigare namn ”Hemtjänst” är också namnet på en enhet i planen (cell A4). "
        "Ta bort det här. Har en del av den enheten blivit ”Bemanning”: skriv del av framför.",
        "Blad ”Enheter”, cell F5: Tidigare namn ”Vården” står redan för ”Hemtjänst” (cell F4). Delades "
        "enheten: skriv del av framför på båda ställena. Ta annars bort ett av dem.",
    ]


def test_a_plan_with_split_units_reads_back_equal(tmp_path: Path) -> None:
    plan = make_plan(
        units=(
            Unit("Norr", CARE, earlier_names=("Nordan",), part_of=("Hemtjänst",)),
            Unit("Söder", CARE, part_of=("Hemtjänst", "Natt")),
        )
    )
    reading = read(tmp_path, plan)
    assert (reading.plan, reading.findings) == (plan, ())
