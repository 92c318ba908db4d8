"""Names in Word's XML are those of python-docx, without its being loaded."""

import pytest
from docx.oxml import ns

from excel_uppsikt.word.names import nsdecls, qn


@pytest.mark.parametrize("prefix", ["a", "m", "pic", "r", "w", "wp", "xml"])
def test_a_name_and_a_declaration_are_those_of_python_docx(prefix: str) -> None:
    name = f"{prefix}:id"
    assert (qn(name), nsdecls(prefix, "w")) == (
        f"{{{ns.nsmap[prefix]}}}id" if prefix in ns.nsmap else None,
        ns.nsdecls(prefix, "w"),
    )


def test_a_prefix_that_nobody_has_is_an_error() -> None:
    with pytest.raises(KeyError):
        qn("x:id")
