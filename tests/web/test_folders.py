"""The rounds under the folder that the page was started for, and nothing else."""

import zipfile
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

from excel_uppsikt.web.folders import Kind, Rounds, Single, rounds_in
from tests.cli.running import ROOT
from tests.small_rounds import make_plan, make_round
from tests.web.running import Browser, site_of


def test_rounds_lie_in_the_folder_or_a_year_of_it(tmp_path: Path) -> None:
    """Not deeper, not in hidden folders, not in a round, and not where links lead out."""
    folder = tmp_path / "mapp"
    for name in ("t1", "2024/t1", "2024/social/t1", "a/b/c/d", ".dold/t1", "t1/inkorg/t2", "Ö & ö"):
        make_round(folder / name, make_plan(), {})
    make_round(tmp_path / "ute", make_plan(), {})
    (folder / "lank").symlink_to(tmp_path / "ute")
    found = rounds_in(folder)
    assert {one.name for one in found} == {"t1", "2024/t1", "2024/social/t1", "Ö & ö"}
    assert len({one.id for one in found}) == len(found)
    assert all(one.id.replace("-", "").isalnum() and one.id.isascii() for one in found)


def test_a_round_is_known_while_it_lies_there(tmp_path: Path) -> None:
    """One that comes is found when it is asked for, one that goes is not."""
    rounds = Rounds(tmp_path)
    make_round(tmp_path / "t1", make_plan(), {})
    (one,) = rounds.all()
    make_round(tmp_path / "t2", make_plan(), {})
    assert rounds.called(one.id) == one
    (other,) = [found for found in rounds_in(tmp_path) if found != one]
    assert rounds.called(other.id) == other
    assert rounds.called("../t1") is None
    (tmp_path / "t1/plan.xlsx").unlink()
    assert rounds.called(one.id) is None


def test_only_files_of_the_round_can_be_had(tmp_path: Path) -> None:
    """By their names in their folders, without those of programs' own."""
    (one,) = rounds_in(make_round(tmp_path / "t1", make_plan(), {}).parent)
    forms = one.path / "mallar"
    (forms / "komplettering").mkdir(parents=True)
    for name in ("a.xlsx", "~$a.xlsx", ".b.xlsx", "komplettering/c.xlsx"):
        (forms / name).write_bytes(b"x")
    (forms / "d.xlsx").symlink_to("/etc/passwd")
    assert [path.name for path in one.files(Kind.FORMS)] == ["a.xlsx"]
    assert [path.name for path in one.files(Kind.COMPLETIONS)] == ["c.xlsx"]
    assert one.file(Kind.FORMS, "../plan.xlsx") is None
    assert one.single(Single.COMPILATION) is None
    assert one.single(Single.PLAN) == one.path / "plan.xlsx"


def test_a_folder_that_is_a_round_gets_no_other_in_it(tmp_path: Path) -> None:
    make_round(tmp_path / "t1", make_plan(), {})
    with site_of(tmp_path / "t1") as site:
        browser = Browser.at(site.address())
        page = browser.get("/").text
        assert "Mappen är själv en omgång." in page
        assert 'action="/ny"' not in page
        assert browser.post("/ny", {"namn": "t2"}).status == 409
        assert browser.get(browser.round()).status == 200
    assert not (tmp_path / "t1/t2").exists()


def test_the_wheel_has_what_the_pages_are_made_of(tmp_path: Path) -> None:
    """Templates, style, script and icon travel with the program."""
    wheel = next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"]))
    inside = set(zipfile.ZipFile(wheel).namelist())
    web = ROOT / "excel_uppsikt/web"
    own = [path for folder in ("templates", "static") for path in (web / folder).iterdir()]
    assert len(own) > 10
    assert {path.relative_to(ROOT).as_posix() for path in own} <= inside
