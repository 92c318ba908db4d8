"""A change in the summary leads to its activity in the report; one that is gone leads nowhere."""

import io

import docx
from docx.oxml.ns import qn

from excel_uppsikt.model import Change, ChangeKind
from excel_uppsikt.report.account import Account
from excel_uppsikt.report.activities import anchor
from excel_uppsikt.report.document import make_report
from tests.report.test_document import TEMPLATE, activity
from tests.small_rounds import make_plan


def test_what_is_there_is_linked_and_what_is_gone_is_not() -> None:
    plan = make_plan()
    there, gone = activity("Läxhjälp", id="2-aaaaa"), activity("Gammal", id="2-bbbbb")
    silent = activity("Tyst", id="2-ccccc")
    changes = [
        Change(ChangeKind.GONE, gone),
        Change(ChangeKind.UNREPORTED, silent),
        Change(ChangeKind.BACKWARDS, there, "Pågående enligt plan", "Ej påbörjad"),
    ]
    account = Account((there,), changes)
    data = make_report(plan, plan.departments[0], account, template=TEMPLATE).data
    body = docx.Document(io.BytesIO(data)).element.body
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    links = [
        (link.get(qn("w:anchor")), "".join(t.text or "" for t in link.iter(qn("w:t"))))
        for link in body.iter(qn("w:hyperlink"))
    ]
    assert {mark for mark, _ in links if mark} <= marks
    assert (anchor(there), "Läxhjälp.") in links
    assert not [text for _, text in links if text.startswith(("Gammal", "Tyst"))]
    told = [t.text or "" for t in body.iter(qn("w:t"))]
    assert {"Gammal.", "Läxhjälp."} <= set(told)
