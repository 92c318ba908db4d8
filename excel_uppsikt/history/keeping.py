"""What is kept of rounds as Parquet files, one of each table and round, and how it is read back."""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

from excel_uppsikt.findings.finding import CannotRunError
from excel_uppsikt.language.text import swedish_order

FOLDER = "historik"
ACTIVITIES, ENTRIES, FINDINGS = "aktiviteter", "rader", "anmarkningar"
COVERAGE, UNITS, CHANGES = "tackning", "enheter", "andringar"
TABLES = (ACTIVITIES, ENTRIES, FINDINGS, COVERAGE, UNITS, CHANGES)
# What every table begins with: whose round it is, which one, and the folder it was read from.
KEYS = {"municipality": "string", "year": "Int64", "period": "string", "round": "string"}
# The program's own folder is no round's; a round may lie in the folder itself.
_ITSELF = "."


@dataclass(frozen=True, slots=True)
class Kept:
    """What has been read back: each table whole, and the files that could not be read."""

    tables: Mapping[str, pd.DataFrame]
    damaged: tuple[Path, ...]


def check_installed(command: str) -> None:
    """Raises `CannotRunError` where what reads and writes Parquet is not installed."""
    if find_spec("pyarrow") is None:
        raise CannotRunError(
            f"Kommandot {command} kräver ett tillägg. Installera det med: "
            'pip install "excel-uppsikt[history]"'
        )


def round_name(folder: Path, of: Path) -> str:
    """A round's folder as it is told and kept: below the folder of them all, with `/`."""
    return of.relative_to(folder).as_posix()


def kept_file(folder: Path, table: str, name: str) -> Path:
    """Where a round's table is kept, by the round's name."""
    return folder / FOLDER / table / f"{name if name != _ITSELF else 'omgang'}.parquet"


def names_kept(folder: Path) -> tuple[str, ...]:
    """The rounds of which anything is kept, by name."""
    own = folder / FOLDER / UNITS
    found = (path.relative_to(own).with_suffix("") for path in own.rglob("*.parquet"))
    return tuple(sorted(path.as_posix() for path in found))


def with_keys(table: pd.DataFrame, keys: Mapping[str, object]) -> pd.DataFrame:
    """A table of a round with what tells the round before its own columns."""
    own = pd.DataFrame({name: [keys[name]] * len(table) for name in KEYS}, index=table.index)
    return pd.concat([own.astype(KEYS), table], axis="columns")


def as_parquet(table: pd.DataFrame) -> bytes:
    """A table as a file: the same bytes for the same table."""
    stream = io.BytesIO()
    table.to_parquet(stream, engine="pyarrow", index=False)
    return stream.getvalue()


def read_kept(
    folder: Path,
    wanted: Mapping[str, Sequence[str]],
    progress: Callable[[str], None] = lambda _: None,
) -> Kept:
    """The wanted columns of each table, of all rounds. Texts that recur are categories.

    `progress` is called with each file's name before it is read. Raises `CannotRunError` where nothing is
    kept.
    """
    damaged: list[Path] = []

    def files(name: str) -> Iterator[Path]:
        for path in sorted((folder / FOLDER / name).rglob("*.parquet")):
            progress(path.relative_to(folder).as_posix())
            yield path

    tables = {name: _read_table(files(name), columns, damaged) for name, columns in wanted.items()}
    if not len(tables[UNITS]):
        raise CannotRunError(
            f"Det finns ingen historik i {folder}. Gör den först: uppsikt history {folder}"
        )
    return Kept(tables, tuple(damaged))


def _read_table(files: Iterable[Path], columns: Sequence[str], damaged: list[Path]) -> pd.DataFrame:
    import pyarrow as pa

    parts = list(_parts(files, columns, damaged))
    if not parts:
        return pd.DataFrame(columns=list(columns))
    whole = pa.concat_tables(parts, promote_options="permissive")
    for at, field in enumerate(whole.schema):
        if pa.types.is_string(field.type) or pa.types.is_large_string(field.type):
            whole = whole.set_column(at, field.name, whole.column(at).dictionary_encode())
    frame: pd.DataFrame = whole.unify_dictionaries().to_pandas(ignore_metadata=True)
    for name in frame.select_dtypes("category"):
        names = frame[name].cat
        frame[name] = names.reorder_categories(sorted(names.categories, key=swedish_order))
    return frame


def _parts(
    files: Iterable[Path], columns: Sequence[str], damaged: list[Path]
) -> "Iterator[object]":
    import pyarrow as pa
    from pyarrow import parquet

    for path in files:
        try:
            yield parquet.ParquetFile(path).read(columns=list(columns))
        except (pa.ArrowException, OSError):
            damaged.append(path)
