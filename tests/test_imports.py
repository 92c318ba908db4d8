"""Imports go one way, and help and version load nothing heavy."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "excel_uppsikt"

# Each layer may use the ones above it and its own. A module's layer is that of its longest prefix.
LAYERS = (
    ("catalogue", "findings", "__init__", "py"),
    ("office",),
    ("model",),
    ("form", "plan_texts", "bundled"),
    ("form_check", "plan_form", "texts"),
    ("form_filling", "plan_table", "table_sheet"),
    ("form_readme", "plan_cells"),
    ("form_writing", "plan_settings", "plan_writing"),
    ("plan",),
    ("templates", "identity"),
    ("readme_sheet", "cell_findings", "headers"),
    ("goal_sheets",),
    ("entries",),
    ("submission", "differing"),
    ("collect",),
    ("checks", "merge", "edits", "figures"),
    (
        "compilation_form",
        "compilation_base",
        "compilation_rows",
        "compilation_reading",
        "compilation_tables",
        "compilation_overview",
    ),
    ("final_check",),
    ("report_styles",),
    ("report_template",),
    ("manuscript",),
    ("report_contents", "report_activities", "report_rule"),
    ("report_summary",),
    ("report_appendices",),
    ("compilation", "returns", "report", "mail", "outputs"),
    ("letter",),
    ("mended",),
    ("pipeline",),
    ("pipeline_reports",),
    ("pipeline_outputs",),
    ("pipeline_mail",),
    ("folding",),
    (
        "printing",
        "printing_outputs",
    ),
    ("commands",),
    ("cli", "swedish_help"),
    ("__main__",),
)
LAYER = {name: at for at, names in enumerate(LAYERS) for name in names}


def imports(path: Path) -> set[str]:
    """The modules of the package that a file imports, as `office.text` or `plan`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("excel_uppsikt"):
            module = (node.module or "").removeprefix("excel_uppsikt").lstrip(".")
            found |= {module} if module else {alias.name for alias in node.names}
    return found - {"__version__"}


def modules() -> dict[str, set[str]]:
    """Every module's imports by its name."""
    return {
        ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(
            ".__init__"
        ): imports(path)
        for path in PACKAGE.rglob("*.py")
    }


def layer(module: str) -> int:
    """A module's place in the order; a package's modules share their package's."""
    return LAYER[module.partition(".")[0]]


def test_imports_go_one_way() -> None:
    """No module imports one of a later layer."""
    wrong = [
        f"{module} imports {wanted}"
        for module, needed in modules().items()
        for wanted in needed
        if layer(wanted) > layer(module)
    ]
    assert wrong == []


def test_no_module_waits_for_itself() -> None:
    """There is no cycle among modules, in the same layer either."""
    waiting = modules()
    while waiting:
        free = [name for name, needed in waiting.items() if not needed & (waiting.keys() - {name})]
        assert free, f"a cycle among {sorted(waiting)}"
        waiting = {name: needed for name, needed in waiting.items() if name not in free}


def test_outputs_know_neither_each_other_nor_the_reading_and_checking() -> None:
    """The four outputs import none of one another, nor the inbox or the checks."""
    outputs = ("compilation", "returns", "report", "mail")
    for module, needed in modules().items():
        for output in outputs:
            if module == output or module.startswith(f"{output}_"):
                others = {o for o in outputs if o != output} | {"collect", "checks"}
                assert not {w for w in needed if w.partition("_")[0] in others}, module


def test_office_knows_no_domain() -> None:
    """The adapters import nothing of the package but one another."""
    for module, needed in modules().items():
        if module.startswith("office"):
            assert all(wanted.startswith("office") for wanted in needed), module


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_help_and_version_load_no_heavy_library(argument: str) -> None:
    """pandas, python-docx, XlsxWriter and openpyxl are not imported to answer these."""
    program = (
        "import sys\n"
        "from excel_uppsikt.cli import main\n"
        f"sys.argv = ['uppsikt', {argument!r}]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "heavy = {'pandas', 'docx', 'xlsxwriter', 'openpyxl', 'python_calamine'} & set(sys.modules)\n"
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
