"""The plan's column Tidigare namn: units renamed, joined or split, and what cannot be meant there."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from excel_uppsikt.findings.catalogue.plan import P103
from excel_uppsikt.findings.finding import Finding, find
from excel_uppsikt.findings.place import Place
from excel_uppsikt.language.text import fold
from excel_uppsikt.model import Unit

_SEPARATORS = re.compile(r"[;\n]")
_PART = re.compile(r"del\s+av\s+(\S.*)", re.IGNORECASE | re.DOTALL)
_QUOTES = " \t”“\"'«»"


@dataclass(frozen=True, slots=True)
class FormerName:
    """A former name as it stands at a unit, the unit being the whole of the former one or a part of it."""

    name: str
    unit: str
    part: bool
    place: Place

    @property
    def key(self) -> str:
        """The name as names are compared."""
        return fold(self.name)


def read_former_names(unit: str, written: str, place: Place) -> tuple[FormerName, ...]:
    """The former names in a unit's cell: separated by semicolons, `del av NAME` where it was split."""
    found: dict[str, FormerName] = {}
    for piece in filter(str.strip, _SEPARATORS.split(written)):
        part = _PART.fullmatch(piece.strip())
        name = (part[1] if part else piece).strip(_QUOTES)
        former = FormerName(name, unit, part is not None, place)
        if name:
            found.setdefault(former.key, former)
    return tuple(found.values())


def with_former_names(units: Sequence[Unit], names: Sequence[FormerName]) -> tuple[Unit, ...]:
    """The units with their former names. One that several claim was split, however it is written."""
    claims = _claims(names)

    def split(former: FormerName) -> bool:
        return former.part or len(claims[former.key]) > 1

    return tuple(
        replace(
            unit,
            earlier_names=tuple(n.name for n in names if n.unit == unit.name and not split(n)),
            part_of=tuple(n.name for n in names if n.unit == unit.name and split(n)),
        )
        for unit in units
    )


def impossible_names(units: Mapping[str, str], names: Sequence[FormerName]) -> Iterator[Finding]:
    """P103 for a former name that is a present unit's, and for one that two units have as a whole.

    `units` are the cells of the present names by folded name. Of a unit that goes on and has lost a part,
    the part is `del av` it.
    """
    claims = _claims(names)
    for former in names:
        first = claims[former.key][0]
        if former.key in units and not former.part:
            yield find(
                P103.FORMER_PRESENT,
                former.place,
                former.name,
                cell=units[former.key],
                unit=former.unit,
            )
        elif former is not first and not (former.part and first.part):
            cell = first.place.cell
            yield find(P103.FORMER_TWICE, former.place, former.name, other=first.unit, cell=cell)


def unknown_names(names: Sequence[FormerName], before: frozenset[str]) -> Iterator[Finding]:
    """P103 for former names that no unit had in the previous round, `before` being its units' folded names.

    A unit that was called as now then already may keep names from before that.
    """
    for former in names:
        if former.key not in before and (former.part or fold(former.unit) not in before):
            yield find(P103.FORMER_UNKNOWN, former.place, former.name, unit=former.unit)


def _claims(names: Sequence[FormerName]) -> dict[str, list[FormerName]]:
    claims: dict[str, list[FormerName]] = {}
    for former in names:
        claims.setdefault(former.key, []).append(former)
    return claims
