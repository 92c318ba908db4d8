"""Where the sample rounds, ready-made workbooks and handbook are: in the wheel, or beside the package."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def bundled(name: str) -> Path:
    """The folder `samples`, `workbook_templates` or `docs`. Raises `FileNotFoundError` when it is gone."""
    for folder in (_PACKAGE / "bundled" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(name)
