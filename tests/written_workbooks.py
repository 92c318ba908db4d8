"""The program's writing of plans, forms and compilations: packed quickly, and remembered.

Many tests make the same forms, and run a round again that says the same. What it says is told by `repr`,
which 1, 1.0 and True have each of its own. The tests of writing itself write everything `anew`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec
from zipfile import ZipFile, ZipInfo

import pytest

from excel_uppsikt.compilation import writing as compilation_writing
from excel_uppsikt.form import completion, returns, templates
from excel_uppsikt.form import writing as form_writing
from excel_uppsikt.plan import writing as plan_writing
from excel_uppsikt.rounds import workbooks

P = ParamSpec("P")

_XLSXWRITER = "xlsxwriter.workbook.ZipFile"
# More would only take memory.
_MOST_KEPT = 500
_anew = False


class Quick(ZipFile):
    """Packs in half the time, also what XlsxWriter hands over with properties of its own."""

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401  what `ZipFile` takes
        super().__init__(*given, **{**named, "compresslevel": 1})

    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: Any,  # noqa: ANN401  what `ZipFile` takes
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        del compresslevel
        super().writestr(zinfo_or_arcname, data, compress_type, 1)


def _remembering(make: Callable[P, bytes]) -> Callable[P, bytes]:
    kept: dict[str, bytes] = {}

    @wraps(make)
    def made(*given: P.args, **named: P.kwargs) -> bytes:
        key = repr((given, named))
        # What has no words of its own is told by its place, which something else may have later.
        if _anew or " at 0x" in key:
            return make(*given, **named)
        if key not in kept:
            if len(kept) >= _MOST_KEPT:
                del kept[next(iter(kept))]
            kept[key] = make(*given, **named)
        return kept[key]

    return made


as_workbook = _remembering(plan_writing.as_workbook)
form_workbook = _remembering(form_writing.form_workbook)
_compilation_workbook = _remembering(compilation_writing.compilation_workbook)


@contextmanager
def remembered() -> Iterator[None]:
    """What says the same is written once."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (completion, returns, templates):
            patch.setattr(module, "form_workbook", form_workbook)
        patch.setattr(workbooks, "compilation_workbook", _compilation_workbook)
        patch.setattr(_XLSXWRITER, Quick)
        yield


@contextmanager
def anew() -> Iterator[None]:
    """Everything is written, and packed as for users."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_XLSXWRITER, ZipFile)
        patch.setattr(f"{__name__}._anew", True)
        yield
