"""Titles that look alike are reported and not merged."""

import pytest

from excel_uppsikt.compilation import look_alikes
from excel_uppsikt.compilation.merging import merge_entries
from excel_uppsikt.findings.code import Severity
from excel_uppsikt.form.definition import sheet_name
from tests.compilation.reported_rows import PLAN, entry, titles, told
from tests.small_rounds import HOMES, YOUTH


def test_near_titles_are_reported_and_not_merged() -> None:
    """M601 stands at the second title and names the first with its place."""
    merged = merge_entries(
        PLAN,
        [
            entry("Införa hälsosamma scheman"),
            entry("Införande av hälsosamma scheman", unit="Bemanning", at=9),
        ],
    )
    assert titles(merged) == ["Införa hälsosamma scheman", "Införande av hälsosamma scheman"]
    name, title = sheet_name(YOUTH), "Införande av hälsosamma scheman"
    assert told(merged) == [("M601", "Bemanning.xlsx", name, "A9", title)]
    (finding,) = merged.findings
    assert finding.severity is Severity.WARNING
    assert "”Införa hälsosamma scheman”" in finding.message
    assert "inkorg/Hemtjänst.xlsx" in finding.message
    assert "rad 5" in finding.message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Minst 3 medarbetare studerar", "Minst 2 medarbetare studerar"),
        ("Hälsosamtal 2023", "Hälsosamtal 2024"),
        ("Utbildning etapp 1", "Utbildning etapp"),
        ("Ordna lovaktiviteter", "Renovera simhallen"),
    ],
)
def test_titles_that_differ_in_a_number_or_in_most_are_not_alike(one: str, other: str) -> None:
    merged = merge_entries(PLAN, [entry(one), entry(other, at=6)])
    assert titles(merged) == sorted([one, other])
    assert merged.findings == ()


def test_each_of_several_near_titles_is_told_once() -> None:
    """With the first one that it is like, not with every one."""
    merged = merge_entries(
        PLAN, [entry(f"Hälsosamma scheman {end}", at=at) for at, end in enumerate("abcd", 5)]
    )
    name = sheet_name(YOUTH)
    assert told(merged) == [
        ("M601", "Hemtjänst.xlsx", name, f"A{at}", f"Hälsosamma scheman {end}")
        for at, end in enumerate("bcd", 6)
    ]
    assert all("”Hälsosamma scheman a”" in finding.message for finding in merged.findings)


def test_titles_are_compared_as_far_as_a_title_goes() -> None:
    long = "Samverkan med skolan. " * 30
    merged = merge_entries(PLAN, [entry(f"{long}a"), entry(f"{long}{'b' * 400}", at=6)])
    assert [finding.code for finding in merged.findings] == ["M601"]


def test_near_titles_of_different_goals_are_not_reported() -> None:
    merged = merge_entries(
        PLAN, [entry("Hälsosamma scheman"), entry("Hälsosam schema", goal=HOMES)]
    )
    assert merged.findings == ()


def test_of_very_many_titles_the_nearest_in_order_are_compared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(look_alikes, "_LONGEST_COMPARING", 0)
    monkeypatch.setattr(look_alikes, "_NEAREST", 1)
    titles = ("Införa hälsosamma scheman", "Införande av hälsosamma scheman", "Övrigt")
    far = ("Införa hälsosamma scheman", "Införande", "Införande av hälsosamma scheman")
    told = [
        [f.value for f in merge_entries(PLAN, map(entry, each)).findings if f.code == "M601"]
        for each in (titles, far)
    ]
    assert told == [["Införande av hälsosamma scheman"], []]
