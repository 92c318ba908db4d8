"""Every call that finds something names a variant that exists and gives what its text needs."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from excel_uppsikt.findings.catalogue import CATALOGUE
from excel_uppsikt.findings.catalogue.rows import R302, R311
from excel_uppsikt.findings.code import Code, Severity
from excel_uppsikt.findings.finding import Finding, find, in_order
from excel_uppsikt.findings.place import Place

PACKAGE = Path(__file__).parents[2] / "excel_uppsikt"


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Each call of `find` in the package, with where it stands."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id == "find":
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node


def named(node: ast.expr) -> list[Code]:
    """The variants that an expression such as `R302.NOT_REAL` names, or a choice between such."""
    match node:
        case ast.Attribute(value=ast.Name(id=code), attr=variant):
            return [CATALOGUE[code][variant]]
        case ast.IfExp(body=body, orelse=other):
            return [*named(body), *named(other)]
    return []


def test_each_call_gives_its_text_what_it_needs() -> None:
    """Where the variant stands at the call, mypy knows that it exists; here are its fields."""
    wrong: list[str] = []
    seen: set[Code] = set()
    for place, call in calls():
        given = {keyword.arg for keyword in call.keywords}
        for variant in named(call.args[0]):
            seen.add(variant)
            if given != variant.fields:
                wrong.append(f"{place} gives {variant} {given}, not {set(variant.fields)}")
    assert wrong == []
    assert len(seen) > 50


def test_calls_that_choose_among_variants_choose_among_alike_ones() -> None:
    """Where a variable holds the variant, each that its module names in a table takes the same fields."""
    chosen = {place.rpartition(":")[0] for place, call in calls() if not named(call.args[0])}
    assert chosen == {"checks/dates.py", "checks/texts.py", "form/cells.py", "intake/refusals.py",
                      "intake/readme.py"}  # fmt: skip


@pytest.mark.parametrize("code", CATALOGUE.values())
def test_each_code_has_texts_of_its_own_and_says_when_and_what_to_do(code: type[Code]) -> None:
    assert len(code) == len(code.__members__) > 0
    assert isinstance(code.severity, Severity)
    assert all((code.when, code.example, code.remedy))


def test_a_finding_is_worded_when_it_is_shown() -> None:
    finding = find(R311.PLAIN, Place("inkorg/a.xlsx", "2 Mål", 7, 4), "Pågåene", read="Pågående")
    assert finding.words == "”Pågåene” lästes som ”Pågående”. Rätta om det är fel."
    assert finding.message == f"Blad ”2 Mål”, cell D7: {finding.words}"
    assert finding.as_json() == {
        "code": "R311",
        "severity": "warning",
        "message": finding.message,
        "file": "inkorg/a.xlsx",
        "sheet": "2 Mål",
        "cell": "D7",
        "value": "Pågåene",
    }


def test_a_field_too_few_or_too_many_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match=r"R302\.NOT_REAL takes"):
        find(R302.NOT_REAL)
    with pytest.raises(ValueError, match=r"not \['header', 'near'\]"):
        find(R302.NOT_REAL, header="Slutdatum", near="")


def test_findings_stand_in_the_order_a_sheet_is_read() -> None:
    """The plan's first, then by file, sheet number, row and column; those of no file last."""
    places = [
        Place("plan.xlsx", "Mål", 2, 1),
        Place("inkorg/a.xlsx"),
        Place("inkorg/a.xlsx", "2 Mål", 2, 1),
        Place("inkorg/a.xlsx", "2 Mål", 2, 2),
        Place("inkorg/a.xlsx", "2 Mål", 10, 1),
        Place("inkorg/a.xlsx", "2 Mål", 10, 27),
        Place("inkorg/a.xlsx", "10 Mål", 1, 1),
        Place(),
    ]
    findings = [Finding(R311.PLAIN, place, "x", (("read", "y"),)) for place in places]
    assert [f.place for f in in_order([*findings[::-1], *findings])] == places
    assert [place.cell for place in places] == [
        "A2", None, "A2", "B2", "A10", "AA10", "A1", None,
    ]  # fmt: skip
