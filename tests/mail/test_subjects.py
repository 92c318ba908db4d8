"""A mail's subject names what it is filed by: department, period and reference, each once."""

import pytest

from excel_uppsikt.mail.message import Letter, MailKind
from excel_uppsikt.mail.wording import worded
from excel_uppsikt.model import Department
from excel_uppsikt.plan.default_texts import MAIL_TEMPLATES
from tests.small_rounds import make_plan


@pytest.mark.parametrize(
    ("heading", "departments", "expected"),
    [
        pytest.param("Formulär T1", ["Barn"], "Formulär T1, Barn (dnr KS 24/1)", id="not there"),
        pytest.param("Barn: formulär T1", ["Barn"], "Barn: formulär T1 (dnr KS 24/1)", id="there"),
        pytest.param("BARN, T1", ["Barn"], "BARN, T1 (dnr KS 24/1)", id="in capitals"),
        pytest.param("Barnomsorg T1", ["Barn"], "Barnomsorg T1, Barn (dnr KS 24/1)", id="in another word"),
        pytest.param("Skolbarn T1", ["Barn"], "Skolbarn T1, Barn (dnr KS 24/1)", id="ending one"),
        pytest.param(
            "Barn- och ungdomsskolan T1", ["Barn"],
            "Barn- och ungdomsskolan T1, Barn (dnr KS 24/1)", id="in one cut off",
        ),
        pytest.param("T1 för Barn-Norr", ["Barn"], "T1 för Barn-Norr (dnr KS 24/1)", id="with a dash"),
        pytest.param(
            "Barnomsorg T1", ["Barn", "Omsorg"], "Barnomsorg T1, Barn och Omsorg (dnr KS 24/1)", id="two"
        ),
        pytest.param(
            "Omsorg T1", ["Barn", "Omsorg"], "Omsorg T1, Barn (dnr KS 24/1)", id="one of two"
        ),
        pytest.param("Barn T12", ["Barn"], "Barn T12, T1 2024 (dnr KS 24/1)", id="another period"),
        pytest.param("Barn T1 KS 24/17", ["Barn"], "Barn T1 KS 24/17 (dnr KS 24/1)", id="another reference"),
        pytest.param("Barn T1, KS 24/1", ["Barn"], "Barn T1, KS 24/1", id="the reference"),
    ],
)  # fmt: skip
def test_a_subject_names_each_once_by_whole_words(
    heading: str, departments: list[str], expected: str
) -> None:
    plan = make_plan(texts=((MAIL_TEMPLATES, heading, "Hej!"),), reference="KS 24/1")
    letter = Letter(
        MailKind.TEMPLATES, "Örjan", "o@exempel.se", ("Enheten",), (),
        tuple(Department(name, "utskottet") for name in departments),
    )  # fmt: skip
    assert worded(plan, letter).subject == expected
