"""Named places in a Word template filled in: content controls, bookmarks, and words in braces."""

import re
from collections.abc import Iterable, Iterator, Mapping

from excel_uppsikt.language.braces import MARK, words_in_braces
from excel_uppsikt.language.text import clean, fold
from excel_uppsikt.word.names import qn
from excel_uppsikt.word.pieces import Element, as_elements, run

# A control that shows its prompt, or is tied to a property of the file, would not keep what it is given.
_TIED = frozenset({"showingPlcHdr", "dataBinding", "temporary"})


def fill_fields(root: Element, values: Mapping[str, str]) -> bool:
    """Fills every place under an element that bears one of the names; whether there was any.

    Names are compared without case, spaces and underscores, so that the bookmark `Rapport_datum`
    and the tag `rapportdatum` are the same. What is filled in is not looked through again.
    """
    known = {_name(name): clean(value) for name, value in values.items()}
    found = [_fill_marks(paragraph, known) for paragraph in root.iter(qn("w:p"))]
    found += [_fill_control(control, known) for control in list(root.iter(qn("w:sdt")))]
    found += [_fill_bookmark(mark, known) for mark in list(root.iter(qn("w:bookmarkStart")))]
    return any(found)


def unknown_marks(root: Element, names: Iterable[str]) -> tuple[str, ...]:
    """The words in braces under an element that are none of the names, as `{verksamet}`."""
    texts = (
        "".join(text.text or "" for text in _own_words(paragraph))
        for paragraph in root.iter(qn("w:p"))
    )
    return unknown((mark for text in texts for mark in words_in_braces(text)), names)


def unknown(marks: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    """Those of some words in braces that are none of the names, each once."""
    known = set(map(_name, names))
    return tuple(dict.fromkeys(mark for mark in marks if _name(mark[1:-1]) not in known))


def _name(text: str) -> str:
    return re.sub(r"[\s_\-]", "", fold(text))


def _fill_control(control: Element, known: Mapping[str, str]) -> bool:
    properties = control.find(qn("w:sdtPr"))
    content = control.find(qn("w:sdtContent"))
    if properties is None or content is None:
        return False
    names = [
        _name(found.get(qn("w:val"), ""))
        for found in (properties.find(qn("w:tag")), properties.find(qn("w:alias")))
        if found is not None
    ]
    name = next((name for name in names if name in known), None)
    if name is None:
        return False
    for child in list(properties):
        if child.tag.rpartition("}")[2] in _TIED:
            properties.remove(child)
    for style in [
        s for s in content.iter(qn("w:rStyle")) if "laceholder" in s.get(qn("w:val"), "")
    ]:
        style.getparent().remove(style)
    words = list(content.iter(qn("w:t")))
    if words:
        _put(words, known[name])
    else:
        inner = next(content.iter(qn("w:p")), content)
        inner.extend(as_elements(run(known[name])))
    return True


def _fill_bookmark(mark: Element, known: Mapping[str, str]) -> bool:
    name = _name(mark.get(qn("w:name"), ""))
    if name not in known or mark.getparent().tag != qn("w:p"):
        return False
    words = [text for part in _until_end(mark) for text in part.iter(qn("w:t"))]
    if words:
        _put(words, known[name])
    else:
        mark.addnext(as_elements(run(known[name]))[0])
    return True


def _until_end(mark: Element) -> Iterator[Element]:
    """What stands between a bookmark's start and its end, or the end of its paragraph."""
    for part in mark.itersiblings():
        if part.tag == qn("w:bookmarkEnd") and part.get(qn("w:id")) == mark.get(qn("w:id")):
            return
        yield part


def _fill_marks(paragraph: Element, known: Mapping[str, str]) -> bool:
    """Fills the marks of a paragraph's own text, wherever Word has divided it among runs."""
    words = _own_words(paragraph)
    whole = "".join(text.text or "" for text in words)
    marks = [match for match in MARK.finditer(whole) if _name(match[1]) in known]
    # From the last to the first, so that the places of those before stay true.
    for mark in reversed(marks):
        _replace_between(words, mark.start(), mark.end(), known[_name(mark[1])])
    return bool(marks)


def _own_words(paragraph: Element) -> list[Element]:
    """The texts of a paragraph, without those of paragraphs inside it, as in a text box."""
    return [
        text
        for text in paragraph.iter(qn("w:t"))
        if next(text.iterancestors(qn("w:p"))) is paragraph
    ]


def _replace_between(words: list[Element], start: int, end: int, value: str) -> None:
    """Puts the value where the mark begins, and takes the rest of it out of the texts it runs through."""
    at = 0
    for text in words:
        own = text.text or ""
        first, last = max(start - at, 0), min(end - at, len(own))
        if first < last:
            text.text = own[:first] + (value if start >= at else "") + own[last:]
            text.set(qn("xml:space"), "preserve")
        at += len(own)


def _put(words: list[Element], value: str) -> None:
    """Puts the value into the first of some texts and empties the rest."""
    words[0].text = value
    words[0].set(qn("xml:space"), "preserve")
    for other in words[1:]:
        other.text = ""
