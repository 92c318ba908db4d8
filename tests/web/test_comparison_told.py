"""The comparison's figures as pictures: how long each bar is, what cannot be said, and what is left out."""

from collections.abc import Sequence

import pandas as pd

from excel_uppsikt.history.comparing import Chart, ChartKind, Page
from excel_uppsikt.web.charts import Measure, Part, Whole
from excel_uppsikt.web.comparison_told import Group, PartOfTable, Picture, shown


def page(rows: Sequence[tuple[object, ...]], chart: Chart, *names: str) -> Page:
    return Page("Blad", "Ingress.", pd.DataFrame(rows, columns=list(names)), (chart,))


def test_groups_over_time_have_one_scale_and_a_share_is_of_the_whole() -> None:
    """A column that says the same in each row names no group; what cannot be said has no bar."""
    names = ("Kommun", "Målområde", "År", "Period", "Aktiviteter")
    chart = Chart(ChartKind.BARS, "Antal", names[:4], ("Aktiviteter",))
    made = shown(page([("Å", "A", 2024, "T1", 4), ("Å", "B", 2024, "T1", 1)], chart, *names))
    assert made.pictures == (
        Picture(
            "Antal",
            (
                Group("A", (Measure("2024 T1", "4", 1000),)),
                Group("B", (Measure("2024 T1", "1", 250),)),
            ),
        ),
    )
    lines = Chart(ChartKind.LINES, "Andelar", ("År", "Period"), ("Andel som lämnat in",))
    rows = [(2023, "T1", None), (2024, "T1", 0.5)]
    made = shown(page(rows, lines, "År", "Period", "Andel som lämnat in"))
    half = Measure("2024 T1", "50\N{NO-BREAK SPACE}%", 500)
    assert made.pictures[0].groups == (
        Group("Andel som lämnat in", (Measure("2023 T1", "–", 0), half)),
    )
    assert made.rows == (("2023", "T1", ""), ("2024", "T1", "50\N{NO-BREAK SPACE}%"))


def test_parts_fill_the_whole_and_nothing_has_none() -> None:
    chart = Chart(ChartKind.SHARES, "Läge", ("År",), ("Ej", "På", "Av"))
    made = shown(page([(2024, 1, 0, 2), (2025, 0, 0, 0)], chart, "År", "Ej", "På", "Av"))
    (picture,) = made.pictures
    assert picture.legend == ("Ej", "På", "Av")
    assert picture.wholes == (
        Whole("2024", 3, (Part(0, 0, 333), Part(2, 333, 667))),
        Whole("2025", 0, ()),
    )


def test_a_long_table_is_shown_in_parts_and_its_picture_says_what_it_leaves_out() -> None:
    names = ("Enhet", "År", "Inlämnade rader")
    chart = Chart(ChartKind.BARS, "Rader", names[:2], names[2:])
    made = shown(page([(f"Enhet {n}", 2024, n) for n in range(450)], chart, *names))
    parts = [made.part(first) for first in (0, 400, 449, 450, -1, 3)]
    assert [(p.first, p.end, p.before, p.after, len(p.rows)) for p in parts] == [
        (0, 400, None, 400, 400),
        (400, 450, 0, None, 50),
        (400, 450, 0, None, 50),
        *[(0, 400, None, 400, 400)] * 3,
    ]
    assert [row[0] for part in parts[:2] for row in part.rows] == [f"Enhet {n}" for n in range(450)]
    assert (len(made.pictures[0].groups), made.pictures[0].left) == (40, 410)


def test_an_empty_page_has_neither_pictures_nor_rows() -> None:
    chart = Chart(ChartKind.BARS, "Rader", ("Enhet", "År"), ("Inlämnade rader",))
    made = shown(page([], chart, "Enhet", "År", "Inlämnade rader"))
    assert (made.pictures, made.rows, made.part(0)) == (
        (),
        (),
        PartOfTable((), 0, 0, None, None),
    )
