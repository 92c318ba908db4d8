"""Each thing that shuts a reader out of a Word document is told, and a report has none of them.

Every broken document is a good report in which one thing has been changed in its XML.
"""

import io
import re
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from excel_uppsikt.model import Layout
from excel_uppsikt.report.document import make_report
from excel_uppsikt.report.letter import make_letter
from excel_uppsikt.word.accessibility import Fault, Rule, faults
from excel_uppsikt.word.colors import contrast
from tests.report import test_document as test_report
from tests.report.test_document import TEMPLATE, activity
from tests.report.test_valid import account
from tests.small_rounds import SICKNESS, STATUSES, make_plan

BODY, STYLES, CORE = "word/document.xml", "word/styles.xml", "docProps/core.xml"
DRAWING_SPACE = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
# The first paragraph of chapter 1, whose heading stands before it.
FIRST = r"(?=<w:p><w:pPr><w:pStyle w:val=\"BodyText\"/>)"
INTRODUCTION = "Redovisning av arbete för de politiska målen"
TABLE = "”Aktiviteter för målet Sjukfrånvaron ska minska.”"


def report(layout: Layout = Layout.TABLE, **choices: bool) -> bytes:
    """A report with an activity of each status, and one where all is missing."""
    settings: dict[str, Any] = {**test_report.BARE, **choices}
    plan = make_plan(layout=layout, **settings)
    bare = activity("", SICKNESS, units=(), start=None, end=None, status=None, comment="")
    each = [activity(f"Aktivitet {status.name}", SICKNESS, status=status) for status in STATUSES]
    return test_report.report(plan, [*each, bare, activity("B")])


def changed(document: bytes, part: str, pattern: str, instead: str, count: int = 1) -> bytes:
    """The document with the first places that match in one of its parts changed."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                text, times = re.subn(pattern, instead, data.decode(), count=count, flags=re.DOTALL)
                assert times, f"nothing in {part} matches {pattern}"
                data = text.encode()
            target.writestr(name, data)
    return result.getvalue()


def written(*texts: str, style: str = "BodyText", properties: str = "", letters: str = "") -> str:
    """Paragraphs as XML."""
    return "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>'
        f"<w:r><w:rPr>{letters}</w:rPr><w:t>{text}</w:t></w:r></w:p>"
        for text in texts
    )


def picture(attributes: str = "", inside: str = "") -> str:
    """A paragraph with a drawing as XML."""
    return (
        f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{DRAWING_SPACE}">'
        f'<wp:docPr id="90" name="Bild 1"{attributes}>{inside}</wp:docPr>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )


def table(rows: str = "", properties: str = '<w:tblCaption w:val="Tabell"/>') -> str:
    """A table of a marked heading and these rows as XML."""
    head = f"<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc>{written('Rubrik')}</w:tc></w:tr>"
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid/>{head}{rows}</w:tbl>"


def link(text: str) -> str:
    """A paragraph with a link as XML."""
    return f'<w:p><w:hyperlink w:anchor="x"><w:r><w:t>{text}</w:t></w:r></w:hyperlink></w:p>'


EMPTY = "<w:p/>"
EXCEPT_STYLE = r"((?:(?!</w:style>).)*?)"
DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:ext>'
    '<d:decorative xmlns:d="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)


@pytest.mark.parametrize("layout", Layout)
def test_a_report_and_its_letter_have_no_faults(layout: Layout) -> None:
    """In both layouts, with every part there is, and with the sources."""
    plan = make_plan(layout=layout)
    of_round = account(
        plan, [activity(f"Aktivitet {status.name}", status=status) for status in STATUSES]
    )
    department = plan.departments[0]
    documents = [
        make_report(plan, department, of_round, template=TEMPLATE).data,
        make_report(plan, department, of_round, template=TEMPLATE, sources=True).data,
        make_letter(plan, department, of_round, template=TEMPLATE),
        report(layout),
    ]
    assert [faults(document) for document in documents] == [()] * 4
    merged = [merged_cells(document) for document in documents]
    assert (merged == [0] * 4) is (layout is Layout.HEADINGS)


def merged_cells(document: bytes) -> int:
    """How many of a Word document's table cells are made of several."""
    return sum(map(_spans, docx.Document(io.BytesIO(document)).element.body.iter(qn("w:tc"))))


def _spans(cell: BaseOxmlElement) -> bool:
    across, down = (
        cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"),
        cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}"),
    )
    begins = down is not None and down.get(qn("w:val")) == "restart"
    return begins or (across is not None and int(across.get(qn("w:val"), "1")) > 1)


def test_the_layout_with_headings_merges_no_cells_and_the_other_does() -> None:
    """Three rows of each activity stand across the table; a bare one has two, a cell down counts."""
    assert merged_cells(report(Layout.HEADINGS)) == 0
    assert merged_cells(report()) == 3 * 6 + 2
    down = changed(report(Layout.HEADINGS), BODY, FIRST, table(
        f'<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{EMPTY}</w:tc></w:tr>'
        f"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{EMPTY}</w:tc></w:tr>"
    ))  # fmt: skip
    assert merged_cells(down) == 1


@pytest.mark.parametrize(
    ("part", "pattern", "instead", "fault"),
    [
        (STYLES, r'<w:lang [^>]*/>', "", (Rule.LANGUAGE, "Textens språk är inte angivet; det ska vara sv.")),
        (STYLES, 'w:lang w:val="sv-SE"', 'w:lang w:val="en-US"',
         (Rule.LANGUAGE, "Textens språk är en-US; det ska vara sv.")),
        (CORE, "<dc:language>.*?</dc:language>", "",
         (Rule.LANGUAGE, "Språket i dokumentets egenskaper är inte angivet; det ska vara sv.")),
        (CORE, "<dc:title>.*?</dc:title>", "", (Rule.PROPERTIES, "Dokumentets egenskaper saknar titel.")),
        (CORE, "<dc:creator>.*?<", "<dc:creator> <",
         (Rule.PROPERTIES, "Dokumentets egenskaper saknar författare.")),
        (STYLES, f'(w:styleId="Heading2">{EXCEPT_STYLE})<w:outlineLvl w:val="1"/>',
         r'\1<w:outlineLvl w:val="2"/>',
         (Rule.HEADINGS,
          "Rubriken ”Sjukfrånvaron ska minska” är på nivå 3, men rubriken före är på nivå 1.")),
        (BODY, FIRST, written("Djup", style="Heading3"),
         (Rule.HEADINGS, "Rubriken ”Djup” är på nivå 3, men rubriken före är på nivå 1.")),
        (BODY, "<w:body>", "<w:body>" + written("Omslag", properties='<w:outlineLvl w:val="1"/>'),
         (Rule.HEADINGS, "Rubriken ”Omslag” är på nivå 2, men den första ska vara på nivå 1.")),
        (BODY, FIRST, written("- ett", "- två", "- tre", "- fyra"),
         (Rule.LISTS, "Listan är skriven för hand från ”- ett”.")),
        (BODY, FIRST, written("1. ett", "2. två", "3) tre"),
         (Rule.LISTS, "Listan är skriven för hand från ”1. ett”.")),
        (BODY, FIRST, written("• ett", "• två"),
         (Rule.LISTS, "Listan är skriven för hand från ”• ett”.")),
        (BODY, FIRST, written("– ett</w:t><w:br/><w:t>– två</w:t><w:br/><w:t>– tre"),
         (Rule.LISTS, "Listan är skriven för hand från ”– ett”.")),
        (BODY, "<w:tblHeader/>", "",
         (Rule.TABLE_HEADER, f"Första raden i tabellen {TABLE} är inte rubrikrad.")),
        (BODY, "<w:tblHeader/>", '<w:tblHeader w:val="0"/>',
         (Rule.TABLE_HEADER, f"Första raden i tabellen {TABLE} är inte rubrikrad.")),
        (BODY, "<w:tblCaption [^>]*/><w:tblDescription [^>]*/>", "",
         (Rule.ALT_TEXT, "Tabellen ”Verksamhetens aktiviteter” saknar alternativtext.")),
        (BODY, FIRST, table(f"<w:tr><w:tc>{table()}{EMPTY}</w:tc></w:tr>"),
         (Rule.TABLE_IN_TABLE, "Tabellen ”Tabell” står inuti en annan tabell.")),
        (BODY, FIRST, picture(' descr=" "'),
         (Rule.ALT_TEXT, f"En bild eller ett diagram saknar alternativtext, efter ”{INTRODUCTION}”.")),
        (BODY, FIRST,
         '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"/></w:pict></w:r></w:p>',
         (Rule.ALT_TEXT, f"En bild eller ett diagram saknar alternativtext, efter ”{INTRODUCTION}”.")),
        ("word/header1.xml", "(?=<w:p>)", picture(),
         (Rule.ALT_TEXT, "En bild eller ett diagram saknar alternativtext, i sidhuvudet.")),
        (BODY, FIRST, written("Svag", letters='<w:color w:val="808080"/>'),
         (Rule.CONTRAST, "”Svag” i färgen 808080 på FFFFFF har kontrasten 3,9:1 i stället för minst 4,5:1.")),
        (BODY, FIRST, written("Stor", letters='<w:color w:val="999999"/><w:sz w:val="36"/>'),
         (Rule.CONTRAST, "”Stor” i färgen 999999 på FFFFFF har kontrasten 2,8:1 i stället för minst 3:1.")),
        (BODY, FIRST, written("Mörk", properties='<w:shd w:val="clear" w:color="auto" w:fill="1F4E5F"/>'),
         (Rule.CONTRAST, "”Mörk” i färgen 000000 på 1F4E5F har kontrasten 2,3:1 i stället för minst 4,5:1.")),
        (STYLES, '<w:shd w:val="clear" w:color="auto" w:fill="1F4E5F"/>', "",
         (Rule.CONTRAST, "”Verksamhetens aktiviteter” i färgen FFFFFF på FFFFFF "
          "har kontrasten 1,0:1 i stället för minst 4,5:1.")),
        (BODY, r"(<w:tcW [^>]*/>)(?=</w:tcPr>)", r'\1<w:shd w:val="clear" w:color="auto" w:fill="auto"/>',
         (Rule.CONTRAST, "”Verksamhetens aktiviteter” i färgen FFFFFF på FFFFFF "
          "har kontrasten 1,0:1 i stället för minst 4,5:1.")),
        (STYLES, f'(w:styleId="Header">{EXCEPT_STYLE})595959', r"\1BBBBBB",
         (Rule.CONTRAST, "”Uppsiktsrapport till kommunstyrelsen” i färgen BBBBBB på FFFFFF "
          "har kontrasten 1,9:1 i stället för minst 4,5:1.")),
        (BODY, FIRST, EMPTY, (Rule.EMPTY, f"Ett tomt stycke, efter ”{INTRODUCTION}”.")),
        (BODY, FIRST, written(" ", "") + EMPTY,
         (Rule.EMPTY, f"Flera tomma stycken i rad, efter ”{INTRODUCTION}”.")),
        (BODY, FIRST, table() + EMPTY + EMPTY + table(),
         (Rule.EMPTY, "Flera tomma stycken i rad, efter ”Rubrik”.")),
        (BODY, FIRST, table(f"<w:tr><w:tc>{EMPTY}{written('Text')}</w:tc></w:tr>"),
         (Rule.EMPTY, "Ett tomt stycke, efter ”Rubrik”.")),
        (BODY, FIRST, link(""), (Rule.LINKS, f"En länk saknar text, efter ”{INTRODUCTION}”.")),
        (BODY, FIRST, link("https://exempel.se/a"),
         (Rule.LINKS, "Länken ”https://exempel.se/a” visar sin adress i stället för ord.")),
        (BODY, FIRST, link("Läs mer här."),
         (Rule.LINKS, "Länken ”Läs mer här.” säger inte vart den leder.")),
    ],
    ids=lambda value: value[0].name if isinstance(value, tuple) else "",
)  # fmt: skip
def test_one_broken_thing_is_told_and_nothing_else(
    part: str, pattern: str, instead: str, fault: tuple[Rule, str]
) -> None:
    """What is wrong, and where."""
    assert faults(changed(report(), part, pattern, instead)) == (Fault(*fault),)


@pytest.mark.parametrize(
    "content",
    [
        written("- ett", "- två"),
        written("- ett", "– två", "1. tre", "- fyra"),
        written("- ett", "- två", "- tre", style="ListBullet"),
        written("–", "-5 grader", "*", "2024-01-01"),
        written("Text", style="Heading3", properties='<w:outlineLvl w:val="9"/>'),
        written("Ny nivå", style="Heading2") + written("Nästa", style="Heading3"),
        picture(' descr="Kommunens vapen"'),
        picture(inside=DECORATIVE),
        picture(inside=f"<w:txbxContent>{written('Text i en ruta')}</w:txbxContent>"),
        table() + EMPTY + table(f"<w:tr><w:tc>{EMPTY}</w:tc></w:tr>"),
        table(properties='<w:tblDescription w:val="Tabell"/>'),
        '<w:p><w:r><w:br w:type="page"/></w:r></w:p>',
        "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>",
        written("Dold", letters='<w:vanish/><w:color w:val="EEEEEE"/>'),
        written("Stor", letters='<w:color w:val="808080"/><w:sz w:val="36"/>'),
        written("Fet", letters='<w:b/><w:color w:val="808080"/><w:sz w:val="28"/>'),
        written("Vit", letters='<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F4E5F"/>'),
        written("Svart", letters='<w:color w:val="auto"/>'),
        link("Kommunens webbplats"),
        link("https://exempel.se, kommunens webbplats"),
    ],
)  # fmt: skip
def test_what_is_right_is_left_alone(content: str) -> None:
    """No false alarm beside each rule."""
    assert faults(changed(report(), BODY, FIRST, content)) == ()


def test_a_template_of_ones_own_is_judged_by_its_own_styles() -> None:
    """Faint letters that come with it are told; its headings are known by level."""
    stream = io.BytesIO()
    docx.Document().save(stream)
    plan = make_plan()
    document = test_report.report(plan, [activity("A")], stream.getvalue())
    assert [fault.rule for fault in faults(document)] == [Rule.CONTRAST]


def test_table_styles_shade_by_row_and_column() -> None:
    """First and last row and column and every second row, where the table shows them."""
    parts = {"firstRow": "100000", "lastRow": "200000", "firstCol": "300000", "band2Horz": "400000"}
    style = "".join(
        f'<w:tblStylePr w:type="{name}"><w:tcPr><w:shd w:val="clear" w:fill="{fill}"/></w:tcPr>'
        "</w:tblStylePr>"
        for name, fill in parts.items()
    )
    base = f'<w:style w:type="table" w:styleId="Grund"><w:name w:val="Grund"/>{style}</w:style>'
    own = base.replace("Grund", "Egen").replace(style, '<w:basedOn w:val="Grund"/>')
    rows = "".join(
        f"<w:tr><w:tc>{written(f'{row}a')}</w:tc><w:tc>{written(f'{row}b')}</w:tc></w:tr>"
        for row in range(4)
    )
    look = '<w:tblStyle w:val="Egen"/><w:tblLook w:val="00E0"/><w:tblCaption w:val="T"/>'
    document = changed(report(), STYLES, "</w:styles>", f"{base}{own}</w:styles>")
    found = faults(changed(document, BODY, FIRST, table(rows, look)))
    papers = [re.findall(r"”(.*)” i färgen 000000 på (\w+)", fault.text)[0] for fault in found]
    # The first row is the heading; 0a is in the first column, and 0b in no part that is shaded.
    assert papers == [("Rubrik", "300000"), ("1b", "400000"), ("3b", "200000")]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("000000", "FFFFFF", 21.0), ("777777", "FFFFFF", 4.48), ("1F4E5F", "1F4E5F", 1.0)],
)
def test_contrast_is_as_wcag_defines_it(one: str, other: str, expected: float) -> None:
    """Between 1 and 21, in either order."""
    assert round(contrast(one, other), 2) == round(contrast(other, one), 2) == expected
