"""The parts of a zipped workbook that are read as trees: relations, properties, notes, and its sheets' names.

The check of the parts has refused what they declare. A tree takes far more memory than what it is made
of, so the trees of a workbook are counted together.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from xml.etree import ElementTree

from excel_uppsikt.excel.guard.limits import MAX_TREE, MAX_TREE_TAGS
from excel_uppsikt.excel.guard.refusal import Reason, UnreadableError

# The tree has the whole name of its namespace in the name of each element.
_LONG_NAMESPACE = re.compile(rb"""xmlns(?::[^\s=:<>]*+)?\s*+=\s*+(?:"[^"<]{200}|'[^'<]{200})""")
_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
# The parts that `Trees.sheet_parts` needs.
SHEET_NAMES = frozenset((_BOOK, _RELATIONS))
_LARGEST_REMEMBERED = 50_000
_TARGET = re.compile(
    rb"""(\sTarget\s*=\s*)(["'])(\.{1,2}/[^"'<>&]*+|[^"'<>&]*?/\.{1,2}/[^"'<>&]*+)\2"""
)


class Trees:
    """The XML parts of a workbook, by lower-case name."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = parts
        # The bytes and tags of each part that has been read.
        self._read: dict[str, tuple[int, int]] = {}

    def elements(self, part: str) -> list[ElementTree.Element]:
        """Every element of a part, none where there is no such part."""
        return _elements(self._counted(part))

    def outermost(self, part: str, name: str) -> Iterator[ElementTree.Element]:
        """The elements of this name in a part, in order, without those inside another of them.

        What each holds is then read once, however deep they lie in one another.
        """
        content = self._counted(part)
        waiting = [_tree(content)] if content else []
        while waiting:
            element = waiting.pop()
            if local_name(element.tag) == name:
                yield element
            else:
                waiting.extend(reversed(element))

    def _counted(self, part: str) -> bytes:
        """A part's bytes, b'' where there is none. Refuses more than workbooks have of this kind."""
        content = self._parts.get(part, b"")
        self._read[part] = len(content), content.count(b"<")
        size, tags = map(sum, zip(*self._read.values(), strict=True))
        if size > MAX_TREE or tags > MAX_TREE_TAGS:
            detail = f"mer än {MAX_TREE // 1_000_000} MB utöver bladen"
            raise UnreadableError(Reason.TOO_LARGE, detail)
        return content

    def sheet_parts(self) -> Mapping[str, str]:
        """The part of each sheet of an .xlsx workbook by the sheet's name.

        Raises UnreadableError where two sheets share a name or a part, as no program lets them: a small
        file could be read hundreds of times over, or one of the two be lost.
        """
        book, relations = self._counted(_BOOK), self._counted(_RELATIONS)
        small = len(book) + len(relations) <= _LARGEST_REMEMBERED
        return _remembered_sheets(book, relations) if small else _sheets(book, relations)

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part points at: the last word of the kind, and the other part, by the relation's id."""
        folder, _, name = part.rpartition("/")
        found: dict[str, tuple[str, str]] = {}
        for element in self.elements(f"{folder}/_rels/{name}.rels"):
            kind = element.get("Type", "").rpartition("/")[2]
            target = element.get("Target", "").replace("\\", "/").lower()
            path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
            found[element.get("Id", "")] = kind, posixpath.normpath(path)
        return found


def plain_targets(relations: bytes) -> bytes:
    """The relations of a workbook with the places of its parts as the reader looks for them, without `./`."""

    def plain(found: re.Match[bytes]) -> bytes:
        target = found[3].decode("utf-8", "replace")
        if ":" in target:
            return found[0]
        path = posixpath.normpath(posixpath.join("/xl", target)).removeprefix("/xl/")
        return b"".join((found[1], found[2], path.encode(), found[2]))

    return _TARGET.sub(plain, relations) if b"./" in relations else relations


def local_name(tag: str) -> str:
    """An element's name without its namespace."""
    return tag.rpartition("}")[2]


def _elements(content: bytes) -> list[ElementTree.Element]:
    return list(_tree(content).iter()) if content else []


def _tree(content: bytes) -> ElementTree.Element:
    # In UTF-16 a long namespace would not be seen.
    if b"\0" in content or _LONG_NAMESPACE.search(content):
        raise UnreadableError(Reason.DAMAGED)
    try:
        return ElementTree.fromstring(content)  # noqa: S314  the check refused entities
    except ElementTree.ParseError as error:
        # The check before does not look at namespaces.
        raise UnreadableError(Reason.DAMAGED) from error


def _sheets(book: bytes, relations: bytes) -> Mapping[str, str]:
    targets: dict[str, str] = {}
    for element in _elements(plain_targets(relations)):
        target = element.get("Target", "").lower()
        # The same rule as the reader's.
        targets[element.get("Id", "")] = (
            target.lstrip("/") if target.startswith(("/xl/", "xl/")) else f"xl/{target}"
        )
    found: dict[str, str] = {}
    used: set[str] = set()
    for element in _elements(book):
        if local_name(element.tag) == "sheet":
            link = next((value for key, value in element.items() if key.endswith("}id")), "")
            name, part = element.get("name", ""), targets.get(link, "")
            path = posixpath.normpath(part.replace("\\", "/"))
            if name in found or (part and path in used):
                raise UnreadableError(Reason.DAMAGED)
            found[name] = part
            used.add(path)
    return found


# Both parts are the same in most forms of a round: to remember them takes 3 % off the time a form takes.
_remembered_sheets = lru_cache(maxsize=20)(_sheets)
