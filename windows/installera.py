"""Installs the program from the folder that this file lies in, for this user alone and without a network.

`installera.cmd` runs it with whatever Python it found; it needs nothing but the standard library. The program
is put whole into a folder of its own or not at all: the version before stays until the new one has answered.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PROGRAM, FORMER = "program", "program-gammal"
_LINES_TOLD = 5
# Where the user's own Start menu and desktop are, also when the latter lies in OneDrive.
_MAKE_SHORTCUTS = """
$ErrorActionPreference = 'Stop'
$shell = New-Object -ComObject WScript.Shell
foreach ($place in 'Programs', 'Desktop') {
    $file = Join-Path ([Environment]::GetFolderPath($place)) 'Uppsikt.lnk'
    $link = $shell.CreateShortcut($file)
    $link.TargetPath = $env:UPPSIKT_START
    $link.WorkingDirectory = [Environment]::GetFolderPath('MyDocuments')
    $link.Description = 'Uppsiktsrapporter: formulär, sammanställning och rapport'
    $link.Save()
}
"""


class InUseError(Exception):
    """The version before is running, so that its folder cannot be moved aside."""


class FailedError(Exception):
    """The program could not be put in; the message is the last that was said about why."""


def main(here: Path, place: Path) -> int:
    """Installs from `here` into `place` and tells the person so; 1 where it could not be done."""
    print("\n Installerar uppsikt. Det tar en minut eller två.\n")
    tidy(place)
    before = _version(place / PROGRAM)
    try:
        install(here, place)
    except InUseError:
        print((here / "texter" / "igang.txt").read_text("utf-8"))
        return 1
    except (FailedError, OSError) as error:
        kept = f"Version {before} är kvar som den var." if before else "Inget har installerats."
        print(f" Det gick inte. {kept}\n\n {error}\n\n Visa detta för IT-avdelningen.")
        return 1
    shutil.copytree(here / "texter", place / "texter", dirs_exist_ok=True)
    shutil.copy(here / "avinstallera.cmd", place)
    start = _scripts(place / PROGRAM) / ("uppsikt-sidan" + _EXE)
    now = _version(place / PROGRAM)
    print(f" Version {before} är ersatt av {now}." if before else f" Version {now} är installerad.")
    print(
        " Starta med Uppsikt på skrivbordet eller i Start-menyn."
        if make_shortcuts(start)
        else f" Genvägar kunde inte göras på den här datorn. Starta med\n {start}"
    )
    print(f" Ta bort med {place / 'avinstallera.cmd'}")
    return 0


def tidy(place: Path) -> None:
    """Puts back the version before where an earlier try was cut off; one that is whole has done with it."""
    program, former = place / PROGRAM, place / FORMER
    if former.exists() and _version(program) is None:
        shutil.rmtree(program, ignore_errors=True)
        former.rename(program)
    shutil.rmtree(former, ignore_errors=True)


def install(here: Path, place: Path) -> None:
    """Puts the program of `here` in `place`, in the stead of one that is there.

    Raises `InUseError` and `FailedError`; then what was there is there still.
    """
    program, former = place / PROGRAM, place / FORMER
    place.mkdir(parents=True, exist_ok=True)
    if program.exists():
        try:
            program.rename(former)
        except OSError as error:
            raise InUseError from error
    try:
        _fill(program, here)
    except BaseException:
        shutil.rmtree(program, ignore_errors=True)
        if former.exists():
            former.rename(program)
        raise
    shutil.rmtree(former, ignore_errors=True)


def make_shortcuts(start: Path) -> bool:
    """Makes shortcuts in the Start menu and on the desktop; False where PowerShell may not."""
    powershell = shutil.which("powershell")
    if powershell is None:
        return False
    command = [powershell, "-NoProfile", "-NonInteractive", "-Command", _MAKE_SHORTCUTS]
    own = {**os.environ, "UPPSIKT_START": str(start)}
    return subprocess.run(command, capture_output=True, env=own, check=False).returncode == 0  # noqa: S603  Windows' own


def _fill(program: Path, here: Path) -> None:
    wheels = here / "wheels"
    (own,) = wheels.glob("excel_uppsikt-*.whl")
    needed = here / f"krav-{sys.version_info.major}.{sys.version_info.minor}.txt"
    _run(sys.executable, "-I", "-m", "venv", str(program))
    pip = [
        str(_scripts(program) / f"python{_EXE}"),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-index",
    ]
    pip += ["--find-links", str(wheels), "--no-warn-script-location"]
    _run(*pip, "--require-hashes", "--requirement", str(needed))
    _run(*pip, "--no-deps", str(own))
    if _version(program) is None:
        raise FailedError("Programmet startar inte.")


def _run(*command: str) -> None:
    # A municipality's own settings for pip name servers that are not asked here.
    own = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    done = subprocess.run(  # noqa: S603  this Python's own venv and pip
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env={**own, "PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        check=False,
    )
    if done.returncode:
        raise FailedError("\n ".join(done.stdout.strip().splitlines()[-_LINES_TOLD:]))


def _version(program: Path) -> str | None:
    """The version that answers from a folder, if any does."""
    try:
        done = subprocess.run(  # noqa: S603  our own program
            [_scripts(program) / f"python{_EXE}", "-I", "-m", "excel_uppsikt", "--version"],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError:
        return None
    return done.stdout.split()[-1] if done.returncode == 0 else None


_WINDOWS = sys.platform == "win32"
_EXE = ".exe" if _WINDOWS else ""


def _scripts(program: Path) -> Path:
    return program / ("Scripts" if _WINDOWS else "bin")


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent, Path(os.environ["LOCALAPPDATA"]) / "uppsikt"))
