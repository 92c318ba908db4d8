"""What is said of a fault says what to do as well."""

import io
from pathlib import Path

import docx
import pytest

from excel_uppsikt.cli import commands
from excel_uppsikt.word.accessibility import Fault, Rule, faults
from tests.report.test_template import as_file
from tests.small_rounds import make_plan, make_round


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_has_its_remedy(rule: Rule) -> None:
    """A sentence that names what is done in Word."""
    remedy = Fault(rule, "").remedy
    assert "Word" in remedy
    assert remedy.endswith(".")
    assert len({Fault(each, "").remedy for each in Rule}) == len(Rule)


def test_the_line_on_the_screen_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A template's list that is written by hand: what, where and what to do."""
    own = docx.Document()
    own.add_paragraph("{rapporttitel}")
    own.add_paragraph("• typad punkt")
    folder = make_round(tmp_path / "omgång", make_plan(), {})
    (folder / "rapportmall.docx").write_bytes(as_file(own))
    commands.report(folder, department=None, pdf=False, sources=False)
    path = next((folder / "ut" / "rapporter").glob("*.docx"))
    (fault,) = [f for f in faults(path.read_bytes()) if f.rule is Rule.LISTS]
    assert docx.Document(io.BytesIO(path.read_bytes())).paragraphs[1].text == "• typad punkt"
    line = (
        "  Tillgänglighet: Listan är skriven för hand från ”• typad punkt”. Markera raderna i Word, "
        "välj Punktlista eller Numrerad lista och ta bort det skrivna tecknet.\n"
    )
    assert f"  Tillgänglighet: {fault.text} {fault.remedy}\n" == line
    assert line in capsys.readouterr().out
