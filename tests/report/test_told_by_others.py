"""A unit of whom no form is in use is named beside the rule's outcome, wherever that is told."""

import io
from pathlib import Path

import docx
import pytest
from docx.document import Document

from excel_uppsikt.checks.units import round_terms, without_own_form
from excel_uppsikt.cli import commands
from excel_uppsikt.form.definition import COMPLETION_OF
from excel_uppsikt.model import Plan, RuleTerm
from excel_uppsikt.report.unit_rule import rule_sentence
from tests.compilation.edited_rounds import run
from tests.report.test_document import activity, lines
from tests.small_rounds import HOMES, YOUTH, make_plan, make_round, own_form, row, shared_form

pytestmark = pytest.mark.usefixtures("unmeasured")

PLAN = make_plan(goals=(YOUTH, HOMES), minimum=1, common_counts=True)
OWED = "uppfyller kravet på minst en aktivitet."
OTHERS = "det som räknas är redovisat av andra."


def term(unit: str, have: int, *, minimum: int = 1, heard: bool = True) -> RuleTerm:
    """What a unit has of the plain minimum."""
    return RuleTerm(unit, None, have, have, minimum, heard=heard)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (
            [term("A", 1), term("B", 1, heard=False)],
            f"Alla två enheter {OWED} Från B ingår inget eget formulär; {OTHERS}",
        ),
        (
            [term("A", 1, heard=False), term("B", 1, heard=False)],
            f"Alla två enheter {OWED} Från A och B ingår inget eget formulär; {OTHERS}",
        ),
        ([term("A", 1, heard=False)], f"Enheten {OWED} Från A ingår inget eget formulär; {OTHERS}"),
        # It owes nothing, and nobody tells of it.
        (
            [term("A", 1), term("B", 0, minimum=0, heard=False)],
            f"Alla två enheter {OWED[:-1]} (noll för B). Från B ingår inget eget formulär.",
        ),
        # Some of what it owes is told by others, or nothing at all, which is said once.
        (
            [term("A", 1), term("B", 1, minimum=2, heard=False), term("C", 0, heard=False)],
            f"En av de tre enheterna {OWED[:-1]} (två för B). Det saknas aktiviteter hos B (en till) "
            f"och C (ingen redovisning i rapporten). Från B ingår inget eget formulär; {OTHERS}",
        ),
        ([term("A", 1), term("B", 1)], f"Alla två enheter {OWED}"),
    ],
)
def test_the_sentence_names_who_is_told_of_by_others(rule: list[RuleTerm], sentence: str) -> None:
    assert rule_sentence(PLAN, rule) == sentence


def test_whose_form_is_in_use_is_known_by_those_who_have_been_heard() -> None:
    """A form for what was sent back is one's own too; where nothing is known nothing is said."""
    shared = [activity("A", whole=True, units=())]

    def told(heard: frozenset[str] | None) -> list[str]:
        return without_own_form(round_terms(PLAN, shared, shared, heard))

    assert told(frozenset({"Hemtjänst"})) == ["Bemanning"]
    assert told(frozenset({"Hemtjänst", f"{COMPLETION_OF} Bemanning"})) == []
    assert told(frozenset()) == ["Hemtjänst", "Bemanning"]
    assert told(None) == []


SENTENCE = f"Alla två enheter {OWED} Från Bemanning ingår inget eget formulär; {OTHERS}"


def documents(folder: Path) -> list[Document]:
    """The report and its letter."""
    return [
        docx.Document(io.BytesIO(path.read_bytes()))
        for path in sorted((folder / "ut").rglob("*.docx"))
    ]


def ways(plan: Plan) -> dict[str, dict[str, bytes]]:
    """Inboxes in which all that is told of Bemanning is from others: silent, unread, named by another."""
    own = own_form(plan, "Hemtjänst", {2: [row("Läger")]})
    common = shared_form(plan, {2: [row("Gemensam utbildning")]})
    both = own_form(plan, "Hemtjänst", {2: [row("Läger", units="Hemtjänst; Bemanning")]})
    return {
        "silent": {"a.xlsx": own, "g.xlsx": common},
        "unread": {"a.xlsx": own, "g.xlsx": common, "Bemanning.xlsx": b"PK\x03\x04 trasig"},
        "named": {"a.xlsx": both},
    }


@pytest.mark.parametrize("way", ["silent", "unread", "named"])
def test_every_screen_and_document_says_so(
    way: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_round(tmp_path, PLAN, ways(PLAN)[way])
    run(folder, PLAN)
    commands.status(folder, as_json=False)
    status = {
        line.split()[0]: line for line in capsys.readouterr().out.splitlines() if line.split()
    }
    assert "✔ uppfylld genom andras aktiviteter" in " ".join(status["Bemanning"].split())
    assert "andras" not in status["Hemtjänst"]
    commands.report(folder, department=None, pdf=False, sources=False)
    printed = capsys.readouterr().out
    assert "Rapporten säger att inget eget formulär ingår från Bemanning.\n" in printed
    told = [text for one in documents(folder) for _, text in lines(one) if "enheter upp" in text]
    assert len(told) == 3
    assert all(text.endswith(SENTENCE) for text in told)


def test_when_its_own_form_has_come_nothing_more_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inbox = ways(PLAN)["silent"] | {"b.xlsx": own_form(PLAN, "Bemanning", {2: [row("Scheman")]})}
    folder = make_round(tmp_path, PLAN, inbox)
    run(folder, PLAN)
    commands.report(folder, department=None, pdf=False, sources=False)
    assert "eget formulär" not in capsys.readouterr().out
    assert all("eget formulär" not in text for one in documents(folder) for _, text in lines(one))
