"""Every finding code with its Swedish texts: the one place where a message is worded.

A rule has one text per variant (most have only the plain one, under the empty name). Texts say what
was written and what to do; `findings.py` puts the sheet and cell before them. `{value}` arrives
quoted. `uppsikt rules` prints this catalogue.
"""

from collections.abc import Mapping

from excel_uppsikt.findings.catalogue.files import FILE_RULES
from excel_uppsikt.findings.catalogue.merging import MERGING_RULES
from excel_uppsikt.findings.catalogue.rows import ROW_RULES
from excel_uppsikt.findings.catalogue.rule import Rule

__all__ = ["CATALOGUE", "Rule"]

CATALOGUE: Mapping[str, Rule] = {
    rule.code: rule for rule in (*FILE_RULES, *ROW_RULES, *MERGING_RULES)
}
