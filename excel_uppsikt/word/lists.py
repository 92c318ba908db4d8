"""Lists in a Word document: chapters and sections counted as one, bullets, and what is outside the count."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from excel_uppsikt.word.names import nsdecls, qn
from excel_uppsikt.word.pieces import Element, element, escaped

if TYPE_CHECKING:
    from docx.document import Document

# A list that shows no number, for headings that stand outside the count.
UNNUMBERED = (
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="none"/><w:suff w:val="nothing"/>'
    '<w:lvlText w:val=""/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr>'
    "</w:lvl>"
)


def lineage(document: "Document", style_id: str) -> Iterator[Element]:
    """A style and those it is based on, nearest first."""
    styles = {s.get(qn("w:styleId")): s for s in document.styles.element.findall(qn("w:style"))}
    seen: set[str] = set()
    while style_id in styles and style_id not in seen:
        seen.add(style_id)
        yield styles[style_id]
        based = styles[style_id].find(qn("w:basedOn"))
        style_id = "" if based is None else based.get(qn("w:val"))


def number_headings(
    document: "Document", levels: Sequence[str], *, contents: str, bullet: str
) -> None:
    """Numbers chapters and sections as one list, and gives bullets to the bullet style.

    `levels` are the ids of the styles of chapters and sections, `contents` and `bullet` those of the
    contents' heading and of bullets. A template's own numbering and bullets stand.
    """
    styles = {style: paragraph_properties(document, style) for style in (*levels, bullet)}
    numbered = {style for style, found in styles.items() if found.find(qn("w:numPr")) is not None}
    if not numbered & set(levels):
        number = add_list(
            document,
            [
                f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
                f'<w:pStyle w:val="{escaped(style)}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
                f'<w:pPr><w:ind w:left="{indent}" w:hanging="{indent}"/></w:pPr></w:lvl>'
                for at, (style, text, indent) in enumerate(
                    zip(levels, ("%1", "%1.%2"), (567, 737), strict=True)
                )
            ],
        )
        for at, style in enumerate(levels):
            set_number(styles[style], number, at)
        # Word's own heading of the contents is based on heading 1 and would be numbered with it.
        layout = paragraph_properties(document, contents)
        if layout.find(qn("w:numPr")) is None:
            set_number(layout, 0, 0)
    if bullet not in numbered:
        level = (
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
            f'<w:pStyle w:val="{escaped(bullet)}"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
            '<w:pPr><w:ind w:left="397" w:hanging="284"/></w:pPr></w:lvl>'
        )
        set_number(styles[bullet], add_list(document, [level]), 0)


def paragraph_properties(document: "Document", style_id: str) -> Element:
    """A style's paragraph properties, made where it has none."""
    style = next(lineage(document, style_id))
    found = style.find(qn("w:pPr"))
    if found is None:
        found = element("pPr")
        letters = style.find(qn("w:rPr"))
        if letters is None:
            style.append(found)
        else:
            letters.addprevious(found)
    return found


def add_list(document: "Document", levels: list[str]) -> int:
    """Adds a list definition of these levels; answers its number."""
    from docx.oxml import parse_xml

    root = document.part.numbering_part.element
    used = [int(a.get(qn("w:abstractNumId"))) for a in root.findall(qn("w:abstractNum"))]
    abstract = max(used, default=0) + 1
    numbers = root.findall(qn("w:num"))
    number = max((int(n.get(qn("w:numId"))) for n in numbers), default=0) + 1
    definition = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract}">'
        f'<w:multiLevelType w:val="multilevel"/>{"".join(levels)}</w:abstractNum>'
    )
    # Word takes the file for damaged when a definition stands after the first use of one.
    if numbers:
        numbers[0].addprevious(definition)
    else:
        root.append(definition)
    used_by = element("num", numId=number)
    used_by.append(element("abstractNumId", val=abstract))
    if numbers:
        numbers[-1].addnext(used_by)
    else:
        root.append(used_by)
    return number


def set_number(properties: Element, number: int, level: int) -> None:
    """Puts paragraph properties on a level of a list; number 0 takes them off every list."""
    made = element("numPr")
    if level:
        made.append(element("ilvl", val=level))
    made.append(element("numId", val=number))
    # In the schema numPr follows the keep and page-break properties and comes before the rest.
    names = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
    early = {qn(f"w:{name}") for name in names}
    at = sum(1 for child in properties if child.tag in early)
    properties.insert(at, made)
