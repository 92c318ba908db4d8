"""docs/architecture.md and CONTRIBUTING.md tell the truth: picture, walk, map and names, against the code."""

import ast
import os
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from types import FrameType

import pytest

from excel_uppsikt.rounds import steps
from excel_uppsikt.word import pages
from tests.small_rounds import make_plan, make_round, own_form, row
from tests.test_imports import FLOORS, PACKAGE

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/architecture.md").read_text("utf-8")
# Packages whose `__init__.py` holds nothing but its docstring have nothing to be named for.
MODULES = {
    path.relative_to(PACKAGE).as_posix()
    for path in PACKAGE.rglob("*.py")
    if path.name != "__init__.py" or len(ast.parse(path.read_text("utf-8")).body) > 1
}
# `rounds/outputs.py:Outputs.write`, or the module alone.
NAME = re.compile(r"`([\w/]+\.py)(?::([\w.]+))?`")


def part(heading: str, page: str = PAGE) -> str:
    """What stands under a heading, up to the next of its rank or a higher one."""
    rank = heading.partition(" ")[0]
    (after,) = re.split(rf"^{re.escape(heading)}$", page, flags=re.MULTILINE)[1:]
    return re.split(rf"^#{{1,{len(rank)}}} ", after, maxsplit=1, flags=re.MULTILINE)[0]


def table(text: str) -> list[list[str]]:
    """The cells of a table's rows, its head left out."""
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("|")]
    return rows[2:]


def defined(module: str) -> set[str]:
    """The functions and classes of a module, and the methods by class and name."""
    tree = ast.parse((PACKAGE / module).read_text("utf-8"))
    names: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        if isinstance(node, ast.ClassDef):
            names |= {f"{node.name}.{n.name}" for n in node.body if isinstance(n, ast.FunctionDef)}
    return names


def test_the_picture_has_the_floors_in_their_order() -> None:
    """One box for each floor of `tests/test_imports.py`, with its wings, and arrows from each to the next."""
    (picture,) = re.findall(r"```mermaid\n(.*?)```", PAGE, re.DOTALL)
    boxes = re.findall(r'^    (\w+)\["(.+?)<br/>', picture, re.MULTILINE)
    assert tuple(tuple(wings.split(" · ")) for _, wings in boxes) == FLOORS
    arrows = [
        pair
        for line in picture.splitlines()
        if " --> " in line
        for pair in pairwise(line.strip().split(" --> "))
    ]
    assert arrows == list(pairwise(name for name, _ in boxes))


def test_the_map_names_every_module_once_under_its_wing() -> None:
    """No module is left out, no other is named, and the wings come in the order of the floors."""
    sections = re.split(r"^### ", part("## Module map"), flags=re.MULTILINE)[1:]
    of_wing = {
        section.partition("\n")[0]: [cells[0].strip("`") for cells in table(section)]
        for section in sections
    }
    named = [module for modules in of_wing.values() for module in modules]
    assert sorted(named) == sorted(MODULES)
    own = of_wing.pop("The package itself")
    assert all("/" not in module for module in own)
    assert list(of_wing) == [
        wing for floor in FLOORS for wing in floor if (PACKAGE / wing).is_dir()
    ]
    for wing, modules in of_wing.items():
        assert {module.partition("/")[0] for module in modules} == {wing}
    assert all(cells[1].strip() for section in sections for cells in table(section))


def test_every_name_on_the_page_is_there() -> None:
    """Each module, and each function, class or method in it."""
    wrong = [
        f"{module}:{name}"
        for module, name in NAME.findall(PAGE)
        if not (ROOT if module.startswith(("tests/", "samples/")) else PACKAGE)
        .joinpath(module)
        .is_file()
        or (name and name not in defined(module))
    ]
    assert wrong == []


def test_the_records_are_those_of_the_modules_named() -> None:
    for cells in table(part("## Records")):
        (module,) = [name for name, _ in NAME.findall(cells[0])] or ["model.py"]
        for record in re.findall(r"`([A-Z]\w+)`", cells[0]):
            assert record in defined(module), record


def test_links_and_folders_on_the_page_lead_somewhere() -> None:
    for path in re.findall(r"\]\(([^)#]+)\)", PAGE):
        assert (ROOT / "docs" / path).is_file(), path
    for folder in re.findall(r"`([a-z]\w*(?:/[a-z]\w*)*)/`", PAGE):
        places = (PACKAGE / folder, ROOT / folder)
        known = any(place.is_dir() for place in places) or folder.split("/")[0] in ("ut", "inkorg")
        assert known, folder


def test_the_commands_in_contributing_are_there() -> None:
    """Make's targets, the modules that are run, and the files that links lead to."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"`make ([a-z-]+)", text):
        assert f"\n{target}:" in makefile, target
    for module in re.findall(r"-m ((?:benchmarks|tests)[\w.]+)", text):
        assert (ROOT / f"{module.replace('.', '/')}.py").is_file(), module
    for path in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
        assert (ROOT / path).is_file(), path


def test_the_modules_that_remember_values_are_those_named() -> None:
    named = {module for module, _ in NAME.findall(part("## Remembered values"))}
    texts = {module: (PACKAGE / module).read_text("utf-8") for module in MODULES}
    having = {of for of, text in texts.items() if "lru_cache(" in text or "by_content(" in text}
    assert named == having


WALKS = ("### From the inbox to the compilation", "### From the compilation to the page")


def walk(heading: str) -> list[tuple[str, str]]:
    """The wing and the function of each step."""
    return [(cells[0], cells[1].strip("`")) for cells in table(part(heading))]


@pytest.mark.parametrize("heading", WALKS)
def test_each_step_is_in_the_wing_it_is_said_to_be_in(heading: str) -> None:
    for wing, function in walk(heading):
        assert function.partition("/")[0] == wing, function


def test_the_value_goes_the_way_that_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A round with the very cell of the walk, merged and reported: its functions are called in that order."""
    # It would take most of the time, and is a program of its own.
    monkeypatch.setattr(pages, "libreoffice", lambda: None)
    plan = make_plan(minimum=0)
    activity = row("Fältarbete", end="30 juni")
    folder = make_round(tmp_path, plan, {"a.xlsx": own_form(plan, "Hemtjänst", {2: [activity]})})
    for heading, step in zip(WALKS, (steps.merge, steps.report), strict=True):
        calls = Calls()
        results = list(calls.during(step(folder)))
        assert results
        told = [function for _, function in walk(heading)]
        assert in_order(told, calls.made) == told, heading


_INSIDE = f"{PACKAGE}{os.sep}"


class Calls:
    """The package's own functions as they are called, by module and name."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def during(self, results: Iterable[object]) -> Iterator[object]:
        """The results, with every call on the way to each of them kept."""
        before = sys.getprofile()
        sys.setprofile(self._see)
        try:
            yield from results
        finally:
            sys.setprofile(before)

    def _see(self, frame: FrameType, event: str, _: object) -> None:
        # Called for millions of calls and returns, and so without a path made for each.
        if event == "call" and frame.f_code.co_filename.startswith(_INSIDE):
            code = frame.f_code
            inside = Path(code.co_filename).relative_to(PACKAGE)
            self.made.append(f"{inside.as_posix()}:{code.co_qualname}")


def in_order(told: Iterable[str], made: Iterable[str]) -> list[str]:
    """As many of the first functions told as were called in that order."""
    calls = iter(made)
    found: list[str] = []
    for function in told:
        if function not in calls:
            break
        found.append(function)
    return found
