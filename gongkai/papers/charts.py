"""A bar chart as inline SVG: presentation attributes only, named and described for people who do not see it."""

from __future__ import annotations

from html import escape

from gongkai.papers import layout
from gongkai.papers.paper import Box, ChartBlock, TableBlock

WIDTH = 720
LABEL = 220
ROW = 34
TOP = 44
BAR = "#1f4e79"


def shares(chart: ChartBlock) -> list[float]:
    """Length of each bar as a share of the longest; a value below zero has no bar, its number is still printed."""
    longest = max((value for _, value, _ in chart.bars), default=0.0)
    return [max(value, 0.0) / longest if longest > 0 else 0.0 for _, value, _ in chart.bars]


def svg(chart: ChartBlock) -> str:
    """The chart as one <svg role="img"> with <title> and <desc>. It grows with the number of bars."""
    name = escape(layout.clean(chart.id))
    height = TOP + ROW * len(chart.bars) + 10
    bars = "".join(_bar(number, chart, share) for number, share in enumerate(shares(chart)))
    heading = _text(f"{chart.title}（单位：{chart.unit}）" if chart.unit else chart.title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{name}-title {name}-desc" '
        f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}">'
        f'<title id="{name}-title">{_text(chart.title)}</title><desc id="{name}-desc">{_text(describe(chart))}</desc>'
        f'<text x="{WIDTH // 2}" y="24" text-anchor="middle" font-size="18" fill="currentColor">{heading}</text>'
        f'<line x1="{LABEL}" y1="{TOP - 6}" x2="{LABEL}" y2="{height - 6}" stroke="currentColor"/>{bars}</svg>'
    )


def describe(chart: ChartBlock) -> str:
    """The chart in words: its own description, or every bar with its value."""
    listed = ";".join(f"{label} {printed}{chart.unit}" for label, _, printed in chart.bars)
    return chart.description or f"条形图。{listed}。"


def table(chart: ChartBlock) -> TableBlock:
    """The numbers of a chart as a table, for those who cannot see the bars and for checking."""
    head = (Box("项目", head="col"), Box(f"数量（{chart.unit}）" if chart.unit else "数量", head="col"))
    rows = tuple((Box(label, head="row", align="left"), Box(printed)) for label, _, printed in chart.bars)
    return TableBlock(f"{chart.id}-data", f"{chart.title}数据表", (head,), rows, (110, 46))


def _bar(number: int, chart: ChartBlock, share: float) -> str:
    label, _, printed = chart.bars[number]
    y, length = TOP + ROW * number, round(share * (WIDTH - LABEL - 90), 1)
    name = _text(_short(label))
    return (
        f'<text x="{LABEL - 10}" y="{y + 19}" text-anchor="end" font-size="15" fill="currentColor">{name}</text>'
        f'<rect x="{LABEL}" y="{y + 3}" width="{length}" height="22" fill="{BAR}"/>'
        f'<text x="{LABEL + length + 8:.1f}" y="{y + 19}" font-size="15" fill="currentColor">{_text(printed)}</text>'
    )


def _short(label: str) -> str:
    """A label cut to the room beside the bars; the whole of it stands in the description and in the data table."""
    return label if layout.em(label) <= 13 else label[:12] + "…"


def _text(text: str) -> str:
    return escape(layout.clean(text))
