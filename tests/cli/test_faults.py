"""What a command does where something is in its way: it tells what it has found, and why it ended."""

import json
import sys
from pathlib import Path

import pytest

from tests.cli.running import uppsikt, uppsikt_alone
from tests.small_rounds import YOUTH, make_plan, make_round, own_form, row
from tests.written_workbooks import anew

PLAN = make_plan(units=("Hemtjänst",))
FILES = {
    "Hemtjänst å.xlsx": own_form(
        PLAN, "Hemtjänst", {YOUTH.number: [row("Fältarbete", end="31 februari")]}
    )
}
RETURN = "ut/retur/Hemtjänst.xlsx"
# Python kept from seeing to it that names and output can be Swedish.
ASCII_ONLY = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def files(folder: Path) -> dict[str, bytes]:
    """Everything in a folder and below, by name."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def hindered(folder: Path, how: str) -> str:
    """A round whose return cannot be written, and the words of why."""
    path = folder / RETURN
    path.parent.mkdir(parents=True)
    advice = "Flytta den och kör igen."
    match how:
        case "open":
            uppsikt("check", folder)
            path.write_bytes(b"old")
            path = path.with_stem("Hemtjänst (ny)")
            lock = path.with_name(f"~${path.name}")
            lock.write_bytes(b"")
            return (
                f"{path} är öppen i ett annat program. Stäng den och kör igen. "
                f"(Är den inte öppen: ta bort filen {lock.name}.)"
            )
        case "file for ut/retur":
            path.parent.rmdir()
            path.parent.write_bytes(b"")
            told = f"Det finns en fil där mappen {path.parent} ska ligga. {advice}"
            return f"{path} kan inte skrivas. {told}"
        case "file for ut":
            path.parent.rmdir()
            (folder / "ut").rmdir()
            (folder / "ut").write_bytes(b"")
            first = folder / "ut/.uppsikt/skrivna.json"
            told = f"Det finns en fil där mappen {folder / 'ut'} ska ligga. {advice}"
            return f"{first} kan inte skrivas. {told}"
    path.mkdir()
    told = "Det finns en mapp med det namnet. Byt namn på mappen och kör igen."
    return f"{path} kan inte skrivas. {told}"


@pytest.mark.parametrize("how", ["open", "file for ut/retur", "file for ut", "folder for a file"])
def test_check_tells_what_it_found_where_a_return_cannot_be_written(
    tmp_path: Path, how: str
) -> None:
    """On standard output as else, but for what was written; why in one line, and the status 2."""
    free = make_round(tmp_path / "fri", PLAN, FILES)
    json_wanted, text = (uppsikt("check", free, *more) for more in (["--format", "json"], []))
    folder = make_round(tmp_path / "omgång", PLAN, FILES)
    words = hindered(folder, how)
    done = uppsikt("check", folder, "--format", "json")
    assert (done.returncode, done.stderr) == (2, words + "\n")
    assert json.loads(done.stdout) == json.loads(json_wanted.stdout)
    assert json.loads(done.stdout)["summary"]["errors"] > 0
    done = uppsikt("check", folder)
    assert (done.returncode, done.stderr) == (2, words + "\n")
    # Then come the returns and how many findings there are, which a hindered run has not come to.
    told = text.stdout.partition("Skrev")[0]
    assert done.stdout == told
    assert "R302" in told


def test_a_plan_that_cannot_be_used_gives_no_json(tmp_path: Path) -> None:
    """There is nothing to tell of a round without one; the plan's findings are told as text."""
    (tmp_path / "plan.xlsx").write_bytes(b"PK")
    done = uppsikt("check", tmp_path, "--format", "json")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="names are letters there, whatever the locale")
@pytest.mark.parametrize(
    "command", [["check"], ["check", "--format", "json"], ["run"], ["mail", "returns"], ["status"]]
)
def test_a_computer_without_a_language_gets_the_same_files_and_words(
    tmp_path: Path, command: list[str]
) -> None:
    """The round's folder and its files have Swedish letters, and so has all that is told of them."""
    name, *options = command
    folder = make_round(tmp_path / "omgång å ä ö", PLAN, FILES)
    with anew():
        expected = uppsikt(name, folder, *options)
    made = files(folder)
    for path in (
        sorted((folder / "ut").rglob("*"), reverse=True) if (folder / "ut").exists() else []
    ):
        path.rmdir() if path.is_dir() else path.unlink()
    done = uppsikt_alone(name, folder, *options, environment=ASCII_ONLY)
    assert (done.returncode, done.stderr) == (expected.returncode, "")
    assert (done.stdout, files(folder)) == (expected.stdout, made)


@pytest.mark.skipif(sys.platform == "win32", reason="names are letters there, whatever the locale")
@pytest.mark.parametrize("arguments", [["rules", "R302"], ["--help"], ["--version"], ["mäil"], []])
def test_what_needs_no_round_is_told_there_too(arguments: list[str]) -> None:
    done, expected = uppsikt_alone(*arguments, environment=ASCII_ONLY), uppsikt(*arguments)
    assert (done.returncode, done.stdout, done.stderr) == (
        expected.returncode,
        expected.stdout,
        expected.stderr,
    )
