"""A chart as a native Word chart, so that the office can restyle it; its numbers are kept inside the chart part."""

from __future__ import annotations

from gongkai.papers import charts
from gongkai.papers.docx.marks import FONTS, attribute, text, twips
from gongkai.papers.layout import TEXT_MM
from gongkai.papers.paper import ChartBlock

_EMU = 635  # in a twip
_URI = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def inline(chart: ChartBlock, number: int) -> str:
    """The run that places chart `number` (from 1) in the text; the relation is `chart<number>`."""
    width, height = twips(TEXT_MM) * _EMU, twips(24 + 9 * len(chart.bars)) * _EMU
    return (
        "<w:r><w:drawing>"
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name="{attribute(chart.title)}" descr="{attribute(charts.describe(chart))}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_URI}">'
        f'<c:chart r:id="chart{number}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def part(chart: ChartBlock) -> str:
    """word/charts/chart<n>.xml: horizontal bars from top to bottom, values printed at their ends."""
    labels = _points([label for label, _, _ in chart.bars])
    values = _points([repr(value) for _, value, _ in chart.bars])
    heading = f"{chart.title}（单位：{chart.unit}）" if chart.unit else chart.title
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<c:chartSpace xmlns:c="{_URI}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<c:roundedCorners val="0"/>'
        f"<c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p>{_font(1400)}<a:r>{_face(1400)}"
        f'<a:t>{text(heading)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
        '<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>'
        '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        '<c:ser><c:idx val="0"/><c:order val="0"/>'
        f'<c:spPr><a:solidFill><a:srgbClr val="{charts.BAR[1:].upper()}"/></a:solidFill></c:spPr>'
        '<c:invertIfNegative val="0"/><c:dLbls><c:spPr><a:noFill/></c:spPr>'
        f"<c:txPr><a:bodyPr/><a:p>{_font(1050)}</a:p></c:txPr>"
        '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        f"<c:cat><c:strLit>{labels}</c:strLit></c:cat><c:val><c:numLit>{values}</c:numLit></c:val></c:ser>"
        '<c:gapWidth val="60"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        f'<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="l"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'<c:txPr><a:bodyPr/><a:p>{_font(1050)}</a:p></c:txPr><c:crossAx val="2"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
        '<c:delete val="1"/><c:axPos val="t"/><c:crossAx val="1"/></c:valAx></c:plotArea>'
        '<c:plotVisOnly val="1"/></c:chart></c:chartSpace>'
    )


def _points(values: list[str]) -> str:
    points = "".join(f'<c:pt idx="{number}"><c:v>{text(value)}</c:v></c:pt>' for number, value in enumerate(values))
    return f'<c:ptCount val="{len(values)}"/>{points}'


def _font(size: int) -> str:
    return f'<a:pPr><a:defRPr sz="{size}" b="0">{_faces()}</a:defRPr></a:pPr>'


def _face(size: int) -> str:
    return f'<a:rPr lang="zh-CN" sz="{size}" b="0">{_faces()}</a:rPr>'


def _faces() -> str:
    return f'<a:latin typeface="{FONTS["仿宋"]}"/><a:ea typeface="{FONTS["仿宋"]}"/>'
