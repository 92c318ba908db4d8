"""Imports go one way, a wing's inside is its own, and help and version load nothing heavy."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "excel_uppsikt"

# From the faces down to the ground. Each wing may import those of lower floors and itself; what stands
# on one floor knows nothing of its neighbours.
FLOORS = (
    ("__main__", "__init__"),
    ("cli",),
    ("web",),
    ("rounds",),
    ("report", "compilation", "mail", "history"),
    ("checks",),
    ("figures",),
    ("frames",),
    ("intake",),
    ("form",),
    ("plan",),
    ("word",),
    ("excel",),
    ("model", "bundled"),
    ("findings",),
    ("language",),
    ("round_paths", "version", "leftovers", "sharing"),
)
FLOOR = {wing: at for at, wings in enumerate(FLOORS) for wing in wings}
# The wings that could serve another program: they know nothing of plans, forms and findings.
WITHOUT_DOMAIN = ("word", "excel", "language", "leftovers", "sharing")


def name_of(path: Path) -> str:
    """A module's name below the package, such as `excel.reading`."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


MODULES = {name_of(path): path for path in PACKAGE.rglob("*.py")}


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """All that a file's text is made of: each file is parsed once for all tests of a worker."""
    return tuple(ast.walk(ast.parse(path.read_text("utf-8"))))


def imported(path: Path) -> Iterator[tuple[str, str]]:
    """What a file imports of the package: a module, and the name taken from it ('' for itself)."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
            yield from ((n.partition(".")[2], "") for n in names if n.startswith("excel_uppsikt."))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("excel_uppsikt"):
            module = (node.module or "").removeprefix("excel_uppsikt").lstrip(".")
            for alias in node.names:
                inner = f"{module}.{alias.name}".lstrip(".")
                yield (inner, "") if inner in MODULES else (module or "__init__", alias.name)


@cache
def needed_by() -> dict[str, set[str]]:
    """The package's modules that each of its modules imports."""
    return {name: {module for module, _ in imported(path)} for name, path in MODULES.items()}


def wing(module: str) -> str:
    """The wing that a module stands in."""
    return module.partition(".")[0]


def test_every_wing_has_its_floor() -> None:
    """No wing stands outside the order, and the order names none that is gone."""
    assert {wing(module) for module in MODULES} == set(FLOOR)


def test_imports_go_one_way() -> None:
    """No wing imports one of a higher floor, or a neighbour of its own."""
    wrong = [
        f"{module} imports {other}"
        for module, needed in needed_by().items()
        for other in needed
        if wing(other) != wing(module) and FLOOR[wing(other)] <= FLOOR[wing(module)]
    ]
    assert wrong == []


def test_no_module_waits_for_itself() -> None:
    """There is no cycle among modules, in the same wing either."""
    waiting = dict(needed_by())
    while waiting:
        free = [name for name, needed in waiting.items() if not needed & (waiting.keys() - {name})]
        assert free, f"a cycle among {sorted(waiting)}"
        waiting = {name: needed for name, needed in waiting.items() if name not in free}


def test_no_private_name_is_taken_from_elsewhere() -> None:
    """A name with a leading underscore is its module's own, in imports and as an attribute."""
    wrong: list[str] = []
    for module, path in MODULES.items():
        wrong += [f"{module}: {name}" for _, name in imported(path) if private(name)]
        known = {
            alias.asname or alias.name
            for node in nodes(path)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("excel_uppsikt")
            for alias in node.names
        }
        wrong += [
            f"{module}: {node.value.id}.{node.attr}"
            for node in nodes(path)
            if isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id in known
            and private(node.attr)
        ]
    assert wrong == []


def private(name: str) -> bool:
    """Whether a name is a module's own; those between double underscores are Python's."""
    return name.startswith("_") and not name.startswith("__")


def test_wings_without_domain_know_none() -> None:
    """Word, spreadsheets and language could serve another program."""
    for module, needed in needed_by().items():
        if wing(module) in WITHOUT_DOMAIN:
            assert {wing(other) for other in needed} <= {*WITHOUT_DOMAIN}, module


def test_only_a_face_prints_or_knows_a_terminal() -> None:
    """Below the faces nothing is printed, asked or coloured: a step's result says it all."""
    of_faces = {"rich", "typer", "click", "starlette", "uvicorn", "jinja2", "argparse"}
    wrong: list[str] = []
    for module, path in MODULES.items():
        if wing(module) in ("cli", "web", "__main__"):
            continue
        for node in nodes(path):
            match node:
                case ast.Import(names=names):
                    found = {alias.name.partition(".")[0] for alias in names} & of_faces
                case ast.ImportFrom(module=str(name)):
                    found = {name.partition(".")[0]} & of_faces
                case ast.Call(func=ast.Name(id="print" | "input" as name)):
                    found = {name}
                case ast.Attribute(value=ast.Name(id="sys"), attr="stdout" | "stderr" as name):
                    found = {name}
                case _:
                    continue
            wrong += [f"{module}: {name}" for name in found]
    assert wrong == []


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_help_and_version_load_no_heavy_library(argument: str) -> None:
    """pandas, python-docx, XlsxWriter and openpyxl are not imported to answer these."""
    program = (
        "import sys\n"
        "from excel_uppsikt.cli.app import main\n"
        f"sys.argv = ['uppsikt', {argument!r}]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "heavy = {'pandas', 'docx', 'xlsxwriter', 'openpyxl', 'python_calamine', 'starlette'}\n"
        "heavy &= set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
