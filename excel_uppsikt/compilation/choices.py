"""Which files the coordinator uses: Använd on the sheet Inlämningar, beside what was written there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from excel_uppsikt.compilation import definition
from excel_uppsikt.compilation.table import YES_NO, read_table
from excel_uppsikt.excel.workbook import CellValue, Sheet
from excel_uppsikt.findings.catalogue.choices import M606
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.intake.renamed import content_of
from excel_uppsikt.language.cells import as_text
from excel_uppsikt.language.text import fold
from excel_uppsikt.model import Collection, FormKind, Submission

_NOBODY = "–"


@dataclass(frozen=True, slots=True)
class FileChoices:
    """The choices by file, the files whose choice has been changed since, and what cannot be followed.

    `contents` are the marks of what the files said, as they were written.
    """

    use: Mapping[str, bool]
    changed: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    contents: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Known:
    """What was written of a file: its Använd, the choice that was made before, whose it is, what it said.

    `owner` is `_NOBODY` for one that cannot be used.
    """

    used: str
    chosen: str
    owner: str
    content: str = ""


@dataclass(frozen=True, slots=True)
class _Cell:
    """What stands at Använd for a file, and where."""

    name: str
    written: str
    place: Place

    @property
    def choice(self) -> bool | None:
        return YES_NO.get(fold(self.written))


def read_choices(file: str, sheet: Sheet | None, base: Sheet | None) -> FileChoices:
    """The coordinator's choice of files, by what stands on the sheet and on the hidden one beside it.

    A choice stays until the cell is changed or emptied. Once one cell of a unit's is changed, what stands
    at the unit's other files is chosen as well: it is all that there is to see.
    """
    known = _known(base)
    use = {name: one.chosen == "ja" for name, one in known.items() if one.chosen}
    before = dict(use)
    findings: list[Finding] = []
    stands: dict[str, bool] = {}
    owners: set[str] = set()
    for cell in _cells(file, sheet):
        one = known.get(cell.name, _Known("", "", _NOBODY))
        if one.owner == _NOBODY:
            findings += _not_followed(cell, usable=False)
        elif cell.written and cell.choice is None:
            findings += _not_followed(cell, usable=True)
        elif cell.choice is None:
            use.pop(cell.name, None)
        else:
            stands[cell.name] = cell.choice
            owners |= {one.owner} if fold(cell.written) != one.used else set()
    use |= {name: choice for name, choice in stands.items() if known[name].owner in owners}
    changed = [name for name in stands if fold("ja" if stands[name] else "nej") != known[name].used]
    changed += [name for name in before if name not in use]
    contents = {name: one.content for name, one in known.items()}
    return FileChoices(use, tuple(changed), tuple(findings), contents)


def _cells(file: str, sheet: Sheet | None) -> Iterator[_Cell]:
    table = read_table(sheet, (definition.FILE, definition.USE))
    for number, row in table.rows if table else ():
        name, written = _text(row, definition.FILE), _text(row, definition.USE)
        column = table.columns.get(definition.USE, 0) + 1 if table else 1
        # A cell that shows an error is not empty: nobody has asked the program to choose.
        written = written or (table.problems.get((number, column), "") if table else "")
        if name:
            yield _Cell(name, written, Place(file, definition.SUBMISSIONS, number, column))


def _text(row: Mapping[str, CellValue], header: str) -> str:
    return as_text(row.get(header, ""))


def _not_followed(cell: _Cell, *, usable: bool) -> Iterator[Finding]:
    """M606 where it cannot be read, or where it says that a file is used which cannot be."""
    if cell.written and cell.choice is None:
        yield find(
            M606.USE if usable else M606.USE_OF_UNUSABLE,
            cell.place, cell.written, header=definition.USE, name=cell.name,
        )  # fmt: skip
    elif cell.choice:
        yield find(M606.UNUSABLE, cell.place, cell.written, header=definition.USE, name=cell.name)


def _known(base: Sheet | None) -> dict[str, _Known]:
    known: dict[str, _Known] = {}
    for cells in base.rows if base else ():
        texts = [*map(as_text, cells), *[""] * 5]
        name, proposed, used, chosen, owner, content = texts[:6]
        # A compilation from before owners and choices stood here: what differs from the proposal was chosen.
        chosen = chosen or (used if not owner and used != proposed else "")
        owner = owner or (name if proposed else _NOBODY)
        known[name] = _Known(used, chosen, owner, content)
    return known


def kept_choices(
    collection: Collection, use: Mapping[str, bool], contents: Mapping[str, str]
) -> Iterator[tuple[object, ...]]:
    """The rows of the hidden sheet: each file's name, what was proposed, used and chosen, its owner and mark.

    The choice of a file that is away is kept till it is back; `contents` are the marks that were known.
    """
    for one in collection.submissions:
        yield one.file, one.proposed, one.used, use.get(one.file), _owner(one), content_of(one)
    there = {submission.file for submission in collection.submissions}
    for file in sorted(use.keys() - there):
        yield file, None, None, use[file], None, contents.get(file)


def _owner(submission: Submission) -> str:
    """Whose a form is: those of the same owner are chosen among."""
    if submission.kind is FormKind.GOAL:
        return submission.file
    owner = submission.unit or submission.department
    return f"{submission.kind} {owner}" if owner else _NOBODY
