"""Every finding code with its Swedish texts: the one place where a message is worded.

A code is an enum of its variants. Texts say what was written and what to do; a finding puts the sheet
and cell before them. `uppsikt rules` prints this catalogue.
"""

from collections.abc import Mapping

from excel_uppsikt.findings.catalogue import (
    changes,
    choices,
    contents,
    files,
    merging,
    plan,
    rows,
    units,
)
from excel_uppsikt.findings.code import Code

_CODES = {
    name: code
    for module in (plan, files, contents, rows, units, merging, choices, changes)
    for name, code in vars(module).items()
    if isinstance(code, type) and issubclass(code, Code) and code is not Code
}
# The numbers go on from one letter to the next.
CATALOGUE: Mapping[str, type[Code]] = {
    name: _CODES[name] for name in sorted(_CODES, key=lambda name: name[1:])
}
