"""What the compilation keeps: decisions where they stood, and on hidden sheets what the next run needs."""

import json
from dataclasses import replace
from datetime import date, datetime, time

from excel_uppsikt.compilation.collected import as_json
from excel_uppsikt.model import (
    Choice,
    Collection,
    Compilation,
    DecisionRow,
    Decisions,
    FormKind,
    Line,
    Outcome,
    Submission,
)
from tests.compilation.test_written_words import made, rows
from tests.report.test_document import activity
from tests.small_rounds import CARE, HOMES, SICKNESS, YOUTH

IN, OUT = activity("Inne"), activity("Ute", id="2-b")
GONE = activity("Borta", id="2-c")
DAY, LATER = date(2024, 6, 4), date(2024, 6, 5)
SAVED = datetime.fromisoformat("2024-05-02 09:05")


def test_decisions_stand_where_they_stood_with_the_coordinators_own_columns_after() -> None:
    cells = {0: CARE, 1: "godkänd", 2: DAY, 3: "§ 4", 7: LATER, 8: 3.5}
    odd = {0: CARE, 2: "i juni", 7: True, 8: datetime.fromisoformat("2024-06-04 12:30")}
    decisions = Decisions(
        (DecisionRow(0, cells, CARE, Outcome.APPROVED, DAY), DecisionRow(2, odd, CARE)),
        {7: "Skickat", 8: "Timmar"},
    )
    book = made(compilation=Compilation(decisions=decisions))
    sheet = book["Beslut"]
    day, later = (datetime.combine(one, time()) for one in (DAY, LATER))
    heads = ("Verksamhet", "Utfall", "Datum", "Paragraf", "Skäl", "Enhet")
    assert rows(book, "Beslut", 3)[:4] == [
        (*heads, None, "Skickat", "Timmar"),
        (CARE, "godkänd", day, "§ 4", None, None, None, later, 3.5),
        (),
        (CARE, None, "i juni", None, None, None, None, "SANT", "2024-06-04 12:30"),
    ]
    # Of columns as wide the first bears the width of all.
    assert (sheet.column_dimensions["G"].min, sheet.column_dimensions["G"].max) == (7, 9)
    assert round(sheet.column_dimensions["G"].width, 2) == 24.71
    # Days as days, all else as text; with room for twenty more.
    assert [sheet[f"{letter}4"].number_format for letter in "ACHI"] == [
        "@", "yyyy-mm-dd", "yyyy-mm-dd", "@",
    ]  # fmt: skip
    assert sheet["C26"].number_format == "yyyy-mm-dd"
    assert sheet.max_row == 26
    assert made()["Beslut"].max_row == 23


def test_the_hidden_sheets_keep_what_the_next_run_needs() -> None:
    """Each row as last collected, also those taken away; the files; who was heard; parts; the round."""
    lines = (
        Line(IN, IN, Choice(asked=("Vad?",))),
        Line(replace(OUT, id="2-x"), None),
        Line(OUT, OUT, Choice(joined=True)),
    )
    compilation = Compilation(
        lines,
        use={"b.xlsx": True, "borta.xlsx": False},
        deleted=(GONE,),
        heard=frozenset({"Hemtjänst", "Bemanning"}),
        contents={"borta.xlsx": "märke"},
    )
    forms = (
        Submission("a.xlsx", FormKind.UNIT, "Hemtjänst", CARE, SAVED, ()),
        Submission("b.xlsx", FormKind.GOAL, None, None, SAVED, (), proposed=False),
    )
    book = made(compilation=compilation, collection=Collection(forms))
    assert rows(book, "_bas") == [
        (as_json(IN, Choice(asked=("Vad?",))),), (as_json(OUT),), (as_json(GONE),),
    ]  # fmt: skip
    assert [row[:5] for row in rows(book, "_bas_filer")] == [
        ("a.xlsx", "ja", "ja", None, "enhet Hemtjänst"),
        ("b.xlsx", "nej", "ja", "ja", "b.xlsx"),
        ("borta.xlsx", None, None, "nej", None),
    ]
    marks = [row[5] for row in rows(book, "_bas_filer")]
    assert marks[2] == "märke"
    assert all(marks)
    assert rows(book, "_bas_svar") == [("Bemanning",), ("Hemtjänst",)]
    assert rows(book, "_bas_omgang") == [(2024, "T1")]
    assert rows(book, "_bas_samma") == [("2-b",)]
    assert [json.loads(str(row[0]))[0] for row in rows(book, "_bas_blad")] == [
        "Översikt", "Täckning", "Regelkontroll", "Inlämningar", "Anmärkningar", "Ändringar",
    ]  # fmt: skip
    assert rows(book, "_listor") == [
        (SICKNESS.text, "Ej påbörjad", "Hemtjänst", CARE),
        (YOUTH.text, "Pågående enligt plan", "Bemanning"),
        (HOMES.text, "Pågående med avvikelse", "Hela verksamheten"),
        (None, "Avslutad enligt plan"),
        (None, "Avslutad med avvikelse"),
    ]
