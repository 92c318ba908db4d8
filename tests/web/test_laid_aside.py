"""Files in the inbox that are no forms: laid aside by a button, told in every run, put back by another."""

import html
import re
from pathlib import Path

import pytest

from excel_uppsikt.cli import commands
from excel_uppsikt.findings.catalogue.files import F201
from excel_uppsikt.round_paths import LAID_ASIDE
from excel_uppsikt.rounds.checking import check_round
from excel_uppsikt.rounds.laying_aside import laid_aside, lay_aside, put_back
from excel_uppsikt.rounds.results import Unmerged
from excel_uppsikt.rounds.unmerged import unmerged
from tests.small_rounds import make_plan, make_round, own_form, row
from tests.web.running import Browser, site_of

PLAN = make_plan(units=("Hemtjänst",), minimum=1)
FORM = own_form(PLAN, "Hemtjänst", {2: [row("Fältarbete")], 1: [row("Friskvård")]})
PHOTO = b"\xff\xd8\xff\xe0bild"
BROKEN = b"PK\x03\x04trasig"
INBOX = {"a.xlsx": FORM, "bild på å.jpg": PHOTO, "Hemtjänst.xlsx": BROKEN}


def buttons(page: str, where: str) -> list[str]:
    """The files that have a button for being laid aside, or put back."""
    found = re.findall(rf'/inkorg/{where}">.*?name="namn" value="([^"]+)"', page, re.DOTALL)
    return [html.unescape(name) for name in found]


def lying(folder: Path) -> dict[str, bytes]:
    """All files of the inbox as they are."""
    paths = (folder / "inkorg").rglob("*")
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in paths if one.is_file()}


def test_a_photo_is_laid_aside_and_put_back_by_a_click(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only what can be no form has the button; the decision stays, and every run tells it."""
    folder = make_round(tmp_path / "t1", PLAN, INBOX)
    before = lying(folder)
    told = "1 fil är undanlagd i inkorgen och räknas inte: bild på å.jpg."
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        inbox = f"{browser.round()}/inkorg"
        page = browser.follow(browser.get(inbox)).text
        assert (buttons(page, "undan"), buttons(page, "tillbaka")) == (["bild på å.jpg"], [])
        name = {"namn": "bild på å.jpg"}
        page = browser.follow(browser.post(f"{inbox}/undan", name)).text
        assert "bild på å.jpg ligger kvar i inkorgen men räknas inte." in page
        assert (buttons(page, "undan"), buttons(page, "tillbaka")) == ([], ["bild på å.jpg"])
        assert told in page
        assert lying(folder) == before
        for _ in range(2):
            capsys.readouterr()
            commands.check(folder, as_json=False)
            out = capsys.readouterr().out
            assert told in out
            assert "Filen är inte en arbetsbok" not in out
            commands.status(folder)
            assert told in capsys.readouterr().out
        page = browser.follow(browser.post(f"{inbox}/tillbaka", name)).text
        assert "bild på å.jpg läses som de andra igen." in page
        assert (buttons(page, "undan"), buttons(page, "tillbaka")) == (["bild på å.jpg"], [])
    assert lying(folder) == before


@pytest.mark.parametrize(
    "name", ["", "a.xlsx", "Hemtjänst.xlsx", "finns inte.jpg", "../plan.xlsx", "/etc/passwd"]
)
def test_nothing_else_is_laid_aside(tmp_path: Path, name: str) -> None:
    """A form, one that is damaged, one that is not there, and what lies elsewhere."""
    folder = make_round(tmp_path / "t1", PLAN, INBOX)
    before = lying(folder)
    with site_of(tmp_path) as site:
        browser = Browser.at(site.address())
        inbox = f"{browser.round()}/inkorg"
        page = browser.follow(browser.post(f"{inbox}/undan", {"namn": name})).text
        assert "läggs inte undan" in page
        page = browser.follow(browser.post(f"{inbox}/tillbaka", {"namn": name})).text
        assert ("finns inte i inkorgen" in page) == (name not in INBOX)
        assert "undanlagd" not in page
    assert lying(folder) == before


def test_what_comes_under_the_same_name_is_read(tmp_path: Path) -> None:
    folder = make_round(tmp_path, PLAN, {"mejl/bild.jpg": PHOTO, "bild.jpg": PHOTO})
    lay_aside(folder, "mejl/bild.jpg")
    assert (laid_aside(folder), told(folder)) == (("mejl/bild.jpg",), ["inkorg/bild.jpg"])
    (folder / "inkorg/mejl/bild.jpg").write_bytes(b"\xff\xd8\xffannan")
    assert (laid_aside(folder), told(folder)) == ((), ["inkorg/bild.jpg", "inkorg/mejl/bild.jpg"])


def told(folder: Path) -> list[str]:
    """The files that are told to be no workbooks."""
    found = check_round(folder).findings
    return sorted(one.file or "" for one in found if one.variant is F201.NOT_WORKBOOK)


def test_a_file_laid_aside_is_not_missed_in_the_compilation(tmp_path: Path) -> None:
    """It was no answer, and one that counts again is none either."""
    folder = make_round(tmp_path, PLAN, INBOX)
    commands.merge(folder)
    lay_aside(folder, "bild på å.jpg")
    assert (unmerged(folder), told(folder)) == (Unmerged(), [])
    put_back(folder, "bild på å.jpg")
    assert (unmerged(folder), told(folder)) == (Unmerged(), ["inkorg/bild på å.jpg"])
    (folder / "inkorg/protokoll.docx").write_bytes(b"nytt")
    assert unmerged(folder) == Unmerged(come=("protokoll.docx",))
    lay_aside(folder, "protokoll.docx")
    assert unmerged(folder) == Unmerged()


def test_where_what_is_remembered_is_lost_the_file_is_told_again(tmp_path: Path) -> None:
    folder = make_round(tmp_path, PLAN, INBOX)
    lay_aside(folder, "bild på å.jpg")
    for written in ("", "[]", '{"files": 3}', '{"files": [1, null]}'):
        (folder / LAID_ASIDE).write_text(written, "utf-8")
        assert (laid_aside(folder), told(folder)) == ((), ["inkorg/bild på å.jpg"])
