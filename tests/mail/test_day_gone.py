"""Mail that asks for answers by a day that has passed: told before it goes, with where to write another."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.running import uppsikt
from tests.mail.mailed_rounds import plan_with_people
from tests.small_rounds import make_round, own_form, row
from tests.web.running import Browser, site_of
from tests.web.test_mail import looked, words

DAY = date(2024, 5, 24)
GONE = (
    "Mejlen ber om svar senast 2024-05-24, och den dagen har passerat. Skriv en ny vid Sista dag för "
    "rättningar på planens blad Omgång innan de går ut."
)
PLAN = plan_with_people(minimum=1, corrections_due=DAY)
UNIT = PLAN.units[0].name


def sent_back(folder: Path) -> Path:
    """A round with something to send back."""
    form = own_form(PLAN, UNIT, {2: [row("Friskvård", start=None)]})
    return make_round(folder, PLAN, {"a.xlsx": form})


@pytest.mark.parametrize(("later", "told"), [(0, 0), (1, 1)])
def test_it_is_told_from_the_day_after(tmp_path: Path, later: int, told: int) -> None:
    folder = sent_back(tmp_path)
    done = uppsikt("mail", folder, "returns", "--today", DAY + timedelta(later))
    assert done.stdout.splitlines().count(GONE) == told


def test_nothing_is_told_of_mail_that_does_not_name_it(tmp_path: Path) -> None:
    """Receipts ask for no answer."""
    folder = sent_back(tmp_path)
    done = uppsikt("mail", folder, "receipts", "--today", DAY + timedelta(1))
    assert "har passerat. Skriv en ny" not in done.stdout


def test_the_page_says_the_same(tmp_path: Path) -> None:
    folder = sent_back(tmp_path / "rond")
    with site_of(folder.parent) as site:
        browser = Browser.at(site.address())
        page, _ = looked(browser, f"{browser.round()}/mejl", "returns")
    assert GONE in words(page)
