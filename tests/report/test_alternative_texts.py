"""What a report tells somebody who hears its pictures and tables instead of seeing them."""

import io

import docx
from docx.oxml.ns import qn

from excel_uppsikt.model import Change, ChangeKind, RuleTerm
from excel_uppsikt.report.account import Account
from excel_uppsikt.report.document import make_report
from tests.report.test_document import TEMPLATE, activity
from tests.small_rounds import SICKNESS, YOUTH, make_plan


def test_every_table_and_the_chart_say_what_they_are_and_hold() -> None:
    one, other = activity("A"), activity("B", SICKNESS, id="1-b", status=None)
    rule = [RuleTerm("Hemtjänst", None, 2, 2, 2)]
    plan = make_plan()
    account = Account([one, other], [Change(ChangeKind.NEW, one)], rule)
    made = make_report(plan, plan.departments[0], account, template=TEMPLATE, sources=True)
    body = docx.Document(io.BytesIO(made.data)).element.body
    tables = [
        tuple(
            table.find(f"{qn('w:tblPr')}/{qn(f'w:{name}')}").get(qn("w:val"))
            for name in ("tblCaption", "tblDescription")
        )
        for table in body.iter(qn("w:tbl"))
    ]
    of_goal = (
        "För varje aktivitet: titel, enheter och datum på första raden, därunder beskrivning, "
        "status och kommentar."
    )
    assert tables == [
        (
            "Aktiviteter per mål",
            "Antal aktiviteter för varje mål: totalt, ej påbörjade, pågående och avslutade, och hur "
            "många av alla som har avvikelse.",
        ),
        *((f"Aktiviteter för målet {goal.text}", of_goal) for goal in (SICKNESS, YOUTH)),
        (
            "Kravet på aktiviteter per enhet",
            "För varje enhet och del av kravet: antal egna och gemensamma aktiviteter och om kravet "
            "är uppfyllt.",
        ),
        (
            "Ändrat sedan förra omgången",
            "Varje ändring: aktivitet, vad som har ändrats, före och nu.",
        ),
        ("Källor", "Var varje aktivitet står i de inlämnade arbetsböckerna."),
    ]
    pictures = [(one.get("name"), one.get("descr")) for one in body.iter(qn("wp:docPr"))]
    assert pictures == [
        (
            "Aktiviteter per status",
            "Stapeldiagram över antal aktiviteter per status: Ej påbörjad 0, Pågående enligt plan 1, "
            "Pågående med avvikelse 0, Avslutad enligt plan 0, Avslutad med avvikelse 0, "
            "Utan status 1.",
        )
    ]
