"""What each command imports, and how long that takes: the least time in which it can answer.

The modules that a command has loaded when it is done are imported by themselves in a new process.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

# Each on what the ones before it have made; `fetch` and `web` wait for others.
COMMANDS: dict[str, tuple[str, ...]] = {
    "rules": ("R302",),
    "init": ("{new}",),
    "templates": ("{round}",),
    "check": ("{round}",),
    "merge": ("{round}",),
    "report": ("{round}",),
    "publish": ("{round}",),
    "run": ("{round}",),
    "status": ("{round}",),
    "mail": ("{round}", "templates"),
    "export": ("{round}",),
}
LIBRARIES = "libraries imported"
UNITS = 6
_LOADED = """
import json, sys
from excel_uppsikt.__main__ import main
sys.argv[0] = "uppsikt"
try:
    main()
except SystemExit:
    print()
    print(json.dumps(list(sys.modules)))
"""
# A program that imports the modules named in a file and prints how long that took.
IMPORTING = """
import contextlib, importlib, json, pathlib, sys, time
names = json.loads(pathlib.Path(sys.argv[1]).read_text("utf-8"))
start = time.process_time()
for name in names:
    with contextlib.suppress(ImportError):
        importlib.import_module(name)
print(time.process_time() - start)
"""
# What a program loads before it imports anything.
_OWN = frozenset(sys.builtin_module_names) | {"__main__"}
# What `run` needs of others' work, to read, merge and write.
_OF_RUN = (
    *("typer", "pydantic", "rich.console", "pandas", "python_calamine", "rapidfuzz", "xlsxwriter"),
    *("docx", "lxml", "pypdf", "email_validator"),
)


def names_file(folder: Path, program: str) -> Path:
    """The file with the names of the modules that a program loads."""
    return folder / "imports" / f"{program}.json"


def write_loaded(folder: Path) -> None:
    """Writes which modules each command loads, run one after the other on a small round."""
    from benchmarks.rounds import write_round  # who only measures stays small

    made = names_file(folder, "pandas").parent
    if made.exists():
        return
    write_round(made / "round", UNITS)
    places = {"round": str(made / "round"), "new": str(made / "new")}
    for command, arguments in COMMANDS.items():
        filled = [argument.format(**places) for argument in arguments]
        told = subprocess.run(  # noqa: S603  our own program
            [sys.executable, "-c", _LOADED, command, *filled],
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=True,
            env=without_libreoffice(made),
        )
        names = [name for name in json.loads(told.stdout.splitlines()[-1]) if name not in _OWN]
        names_file(folder, f"uppsikt {command}").write_text(json.dumps(names), encoding="utf-8")
    for program, libraries in (("pandas", ("pandas",)), (LIBRARIES, _OF_RUN)):
        names_file(folder, program).write_text(json.dumps(libraries), encoding="utf-8")


def without_libreoffice(folder: Path) -> dict[str, str]:
    """The environment of a program that is to find no other program."""
    return {**os.environ, "PATH": str(folder)}


def copy_of(folder: Path) -> Path:
    """A round's folder copied beside it, as it was before anything was run in it."""
    copy = folder.with_name(f"{folder.name} copy")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    return copy
