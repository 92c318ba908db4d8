"""Every finding code with its Swedish texts: the one place where a message is worded.

A code is an enum of its variants. Texts say what was written and what to do; a finding puts the sheet
and cell before them. `uppsikt rules` prints this catalogue.
"""

from collections.abc import Mapping

from excel_uppsikt.findings.catalogue import files, merging, rows
from excel_uppsikt.findings.code import Code

CATALOGUE: Mapping[str, type[Code]] = {
    name: code
    for module in (files, rows, merging)
    for name, code in vars(module).items()
    if isinstance(code, type) and issubclass(code, Code) and code is not Code
}
