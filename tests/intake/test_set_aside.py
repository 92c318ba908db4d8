"""What is said of a hand-in that was set aside: whose it is, and why the other was used."""

from pathlib import Path

import pytest

from excel_uppsikt.form.values import FormRow
from tests.changed_forms import TWO_UNITS
from tests.excel.small_workbooks import repacked
from tests.small_rounds import CARE, check, own_form, row, saved, shared_form

ONE, TWO = {2: [row("Läxhjälp")]}, {2: [row("Läxhjälp"), row("Fältarbete")]}


def told(folder: Path, inbox: dict[str, bytes]) -> tuple[str, str]:
    """The owner that F205 is about, and its message."""
    findings = check(folder, TWO_UNITS, inbox).findings
    (finding,) = [f for f in findings if f.code == "F205"]
    return finding.value or "", finding.message


def test_a_unit_that_has_handed_in_twice_is_named(tmp_path: Path) -> None:
    """And Gemensamt with its department, where that has."""
    own = {
        "a.xlsx": saved(own_form(TWO_UNITS, "Hemtjänst", ONE), "2024-05-02"),
        "b.xlsx": saved(own_form(TWO_UNITS, "Hemtjänst", TWO), "2024-05-03"),
    }
    owner, message = told(tmp_path / "1", own)
    assert owner == "Hemtjänst"
    assert message.startswith("Hemtjänst har lämnat in mer än en gång.")
    common = {
        "a.xlsx": saved(shared_form(TWO_UNITS, ONE), "2024-05-02"),
        "b.xlsx": saved(shared_form(TWO_UNITS, TWO), "2024-05-03"),
    }
    owner, message = told(tmp_path / "2", common)
    assert owner == f"Gemensamt {CARE}"
    assert message.startswith(f"Gemensamt {CARE} har lämnat in mer än en gång.")


@pytest.mark.parametrize(
    ("first", "second", "rows", "reason"),
    [
        (
            "2024-05-02T10:00",
            "2024-05-03T08:00",
            (TWO, ONE),
            "den sparades senast (2024-05-03 08:00)",
        ),
        ("2024-05-02T10:00", "2024-05-02T10:00", (ONE, TWO), "den har fler aktiviteter"),
        ("2024-05-02T10:00", "2024-05-02T10:00", (ONE, ONE), "den kommer först i namnordning"),
        (None, None, (ONE, TWO), "den har fler aktiviteter"),
        (None, None, (ONE, ONE), "den kommer först i namnordning"),
        (None, "2024-05-03T08:00", (TWO, ONE), "den sparades senast (2024-05-03 08:00)"),
    ],
)
def test_why_the_other_was_used_is_true(
    first: str | None,
    second: str | None,
    rows: tuple[dict[int, list[FormRow]], dict[int, list[FormRow]]],
    reason: str,
    tmp_path: Path,
) -> None:
    """Nothing is said to be saved last where both were saved at once, or neither says when."""
    forms = [own_form(TWO_UNITS, "Hemtjänst", made) for made in rows]
    inbox = {
        f"{name}.xlsx": repacked(data, {"docProps/core.xml": None})
        if moment is None
        else saved(data, moment)
        for name, data, moment in zip("ab", forms, (first, second), strict=True)
    }
    assert f"eftersom {reason}." in told(tmp_path, inbox)[1]
