"""Installed from its folder alone: put in whole or not at all, and what was there before stays until then."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.endurance import ENDURANCE
from tests.windows.wheels import wheel
from windows import installera

HERE = Path(__file__).parents[2] / "windows"
PINS = f"krav-{sys.version_info.major}.{sys.version_info.minor}.txt"
SCRIPTS = "Scripts" if sys.platform == "win32" else "bin"
NAME = "excel_uppsikt"


def unpacked(folder: Path, version: str, *, lacking: bool = False) -> Path:
    """What the zip of a version leaves when it is unpacked; a small program stands in for the real one."""
    folder.mkdir()
    shutil.copytree(HERE / "texter", folder / "texter")
    shutil.copy(HERE / "avinstallera.cmd", folder)
    program = {
        f"{NAME}/__init__.py": "",
        f"{NAME}/__main__.py": f"import alfa\nprint('uppsikt {version}')\n",
    }
    wheel(folder / "wheels", NAME, version, ("alfa",), files=program)
    pins = wheel(folder / "wheels", "alfa", "1", files={"alfa.py": ""})
    (folder / PINS).write_text(pins, "utf-8")
    if lacking:
        next(folder.glob("wheels/alfa-*")).unlink()
    return folder


def answers(place: Path) -> str:
    python = place / "program" / SCRIPTS / "python"
    done = subprocess.run(  # noqa: S603  what was installed
        [python, "-I", "-m", NAME], capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout.strip()


# Three environments with pip take ten seconds of the processor.
@pytest.mark.skipif(not ENDURANCE, reason="körs av make endurance")
def test_a_version_is_put_in_and_stays_where_the_next_cannot_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The municipality's own settings for pip count for nothing; a name with å and a space does no harm."""
    monkeypatch.setenv("PIP_NO_BINARY", ":all:")
    place = tmp_path / "Åsa Ö" / "uppsikt"
    assert installera.main(unpacked(tmp_path / "ett", "1.0"), place) == 0
    assert "Version 1.0 är installerad." in capsys.readouterr().out
    assert answers(place) == "uppsikt 1.0"
    assert {each.name for each in place.iterdir()} == {"program", "texter", "avinstallera.cmd"}

    assert installera.main(unpacked(tmp_path / "två", "2.0", lacking=True), place) == 1
    told = capsys.readouterr().out
    assert "Det gick inte. Version 1.0 är kvar som den var." in told
    assert "alfa==1" in told
    assert answers(place) == "uppsikt 1.0"
    assert {each.name for each in place.iterdir()} == {"program", "texter", "avinstallera.cmd"}

    # Cut off half-way, as by a computer turned off: the version before is found again and replaced.
    (place / "program").rename(place / "program-gammal")
    (place / "program").mkdir()
    assert installera.main(unpacked(tmp_path / "tre", "3.0"), place) == 0
    assert "Version 1.0 är ersatt av 3.0." in capsys.readouterr().out
    assert answers(place) == "uppsikt 3.0"


def test_a_version_that_is_running_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows does not rename a folder whose program runs; here that is made to happen."""

    def held(self: Path, _: Path) -> Path:
        raise PermissionError(13, "Access is denied", str(self))

    place = tmp_path / "uppsikt"
    (place / "program").mkdir(parents=True)
    (place / "program" / "fil").touch()
    monkeypatch.setattr(Path, "rename", held)
    assert installera.main(unpacked(tmp_path / "ett", "1.0"), place) == 1
    assert "uppsikt är igång. Tryck Avsluta på sidan" in capsys.readouterr().out
    assert [each.name for each in place.rglob("*")] == ["program", "fil"]
