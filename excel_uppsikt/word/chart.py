"""A native bar chart in a Word document: edited in Word, its figures in a workbook inside the document."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from excel_uppsikt.word.names import qn
from excel_uppsikt.word.pieces import Xml, escaped

if TYPE_CHECKING:
    from docx.document import Document

_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHEET = "Diagram"
_EMU = 635  # to a twentieth of a point
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: what it stands for, how long it is, and its colour as six hexadecimal digits."""

    name: str
    value: int
    color: str


def bar_chart(
    document: "Document",
    bars: Sequence[Bar],
    *,
    series: str,
    title: str,
    description: str,
    font: str,
    width: int,
    height: int,
) -> Xml:
    """A run with a chart of lying bars, the first on top, that the document has been given parts for.

    `title` and `description` are its alternative text, `series` what is counted, `font` the name of
    its letters; width and height are in twentieths of a point.
    """
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package = document.part.package
    number = sum(1 for part in package.iter_parts() if part.content_type == _CHART_TYPE) + 1
    blob = _chart_xml(bars, series, font).encode("utf-8")
    chart = Part(PackURI(f"/word/charts/uppsikt{number}.xml"), _CHART_TYPE, blob, package)
    name = PackURI(f"/word/embeddings/uppsikt{number}.xlsx")
    workbook = Part(name, _SHEET_TYPE, _workbook(bars, series), package)
    # The first relation of a new part is rId1, which the chart's XML names.
    chart.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE)
    relation = document.part.relate_to(chart, RELATIONSHIP_TYPE.CHART)
    used = (int(mark.get("id", "0")) for mark in document.element.body.iter(qn("wp:docPr")))
    return Xml(
        f'<w:r xmlns:w="{_W}" xmlns:wp="{_WP}" xmlns:a="{_A}" xmlns:c="{_C}" xmlns:r="{_R}">'
        '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width * _EMU}" cy="{height * _EMU}"/>'
        f'<wp:docPr id="{max(used, default=0) + 1}" name="{escaped(title)}" '
        f'descr="{escaped(description)}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_C}"><c:chart r:id="{relation}"/></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )


def _workbook(bars: Sequence[Bar], series: str) -> bytes:
    from excel_uppsikt.excel.writing import (  # XlsxWriter, only where a chart is made
        new_book,
        write,
    )

    with new_book(title=series) as (book, result):
        sheet, plain = book.sheet(_SHEET), book.format()
        write(sheet, 0, 1, series, plain)
        sheet.set_column(0, 0, 30)
        for row, bar in enumerate(bars, 1):
            write(sheet, row, 0, bar.name, plain)
            write(sheet, row, 1, bar.value, plain)
    return result()


def _chart_xml(bars: Sequence[Bar], series: str, font: str) -> str:
    last = len(bars) + 1
    points = "".join(
        f'<c:dPt><c:idx val="{at}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
        f'<c:spPr><a:solidFill><a:srgbClr val="{bar.color}"/></a:solidFill></c:spPr></c:dPt>'
        for at, bar in enumerate(bars)
    )
    names = "".join(_point(at, bar.name) for at, bar in enumerate(bars))
    values = "".join(_point(at, str(bar.value)) for at, bar in enumerate(bars))
    count = f'<c:ptCount val="{len(bars)}"/>'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{_C}" xmlns:a="{_A}" xmlns:r="{_R}">'
        '<c:date1904 val="0"/><c:lang val="sv-SE"/><c:roundedCorners val="0"/><c:chart>'
        '<c:autoTitleDeleted val="1"/><c:plotArea><c:layout/><c:barChart>'
        '<c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        '<c:ser><c:idx val="0"/><c:order val="0"/>'
        f"<c:tx><c:strRef><c:f>{_SHEET}!$B$1</c:f><c:strCache>"
        f'<c:ptCount val="1"/>{_point(0, series)}</c:strCache></c:strRef></c:tx>'
        f'<c:invertIfNegative val="0"/>{points}'
        '<c:dLbls><c:numFmt formatCode="0" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>'
        f'{_letters(font, bold=True)}<c:dLblPos val="outEnd"/><c:showLegendKey val="0"/>'
        '<c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        f"<c:cat><c:strRef><c:f>{_SHEET}!$A$2:$A${last}</c:f><c:strCache>{count}{names}"
        "</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>{_SHEET}!$B$2:$B${last}</c:f><c:numCache>"
        f"<c:formatCode>General</c:formatCode>{count}{values}</c:numCache></c:numRef></c:val>"
        '</c:ser><c:gapWidth val="45"/><c:axId val="111111"/><c:axId val="222222"/></c:barChart>'
        '<c:catAx><c:axId val="111111"/><c:scaling><c:orientation val="maxMin"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f"{_line()}{_letters(font)}"
        '<c:crossAx val="222222"/><c:crosses val="autoZero"/><c:auto val="1"/>'
        '<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>'
        '<c:valAx><c:axId val="222222"/><c:scaling><c:orientation val="minMax"/>'
        '<c:min val="0"/></c:scaling><c:delete val="1"/><c:axPos val="t"/>'
        '<c:numFmt formatCode="0" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        '<c:crossAx val="111111"/><c:crosses val="autoZero"/>'
        '<c:crossBetween val="between"/></c:valAx>'
        "<c:spPr><a:noFill/></c:spPr></c:plotArea>"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _point(at: int, value: str) -> str:
    return f'<c:pt idx="{at}"><c:v>{escaped(value)}</c:v></c:pt>'


def _letters(font: str, *, bold: bool = False) -> str:
    """Text properties; without a font the theme's own is used."""
    face = f'<a:latin typeface="{escaped(font)}"/>' if font else ""
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1000" b="{int(bold)}">'
        f'<a:solidFill><a:srgbClr val="1B2A33"/></a:solidFill>{face}</a:defRPr></a:pPr>'
        '<a:endParaRPr lang="sv-SE"/></a:p></c:txPr>'
    )


def _line() -> str:
    return '<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="B8C7CC"/></a:solidFill></a:ln></c:spPr>'
