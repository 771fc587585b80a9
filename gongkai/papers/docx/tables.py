"""A table of a Paper as WordprocessingML: fixed widths, thin rules, header rows that repeat, merged cells."""

from __future__ import annotations

from itertools import pairwise

from gongkai.papers import grid, layout
from gongkai.papers.docx.marks import paragraph, run, twips
from gongkai.papers.grid import Slot
from gongkai.papers.paper import Box, TableBlock

_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def table(block: TableBlock) -> str:
    """<w:tbl>. The grid is walked once; python-docx's table.cell() would search it again for every cell."""
    widths = _widths(block)
    size = layout.table_pt(block)
    margin = 60 if len(widths) <= 6 else 28
    rows = "".join(
        _row(places, number, number < len(block.head), widths, size)
        for number, places in enumerate(grid.lay_out([*block.head, *block.rows]))
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_EDGES}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:left w:w="{margin}" w:type="dxa"/><w:right w:w="{margin}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _widths(block: TableBlock) -> list[int]:
    """Whole twips that add up to the text width exactly."""
    edges, sum_mm = [0], 0.0
    for width in layout.column_mm(block):
        sum_mm += width
        edges.append(twips(sum_mm))
    return [right - left for left, right in pairwise(edges)]


def _row(places: list[Slot[Box] | None], row: int, head: bool, widths: list[int], size: float) -> str:
    cells, column = [], 0
    while column < len(widths):
        slot = places[column] if column < len(places) else None
        span = slot.colspan if slot else 1
        cells.append(_cell(slot, row, sum(widths[column : column + span]), size))
        column += span
    marks = f'<w:cantSplit/><w:trHeight w:val="{round(size * 36)}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr>{marks}{'<w:tblHeader/>' if head else ''}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(slot: Slot[Box] | None, row: int, width: int, size: float) -> str:
    marks = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if slot and slot.colspan > 1:
        marks += f'<w:gridSpan w:val="{slot.colspan}"/>'
    if slot and slot.rowspan > 1:
        marks += '<w:vMerge w:val="restart"/>' if slot.row == row else "<w:vMerge/>"
    content = _content(slot.cell if slot and slot.row == row else Box(""), size)
    return f'<w:tc><w:tcPr>{marks}<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'


def _content(box: Box, size: float) -> str:
    indent = f'<w:ind w:left="{round(box.indent * size * 20)}"/>' if box.indent else ""
    spacing = f'<w:spacing w:before="20" w:after="20" w:line="{round(size * 25)}" w:lineRule="exact"/>'
    face: layout.Face = "黑体" if box.head == "col" else "仿宋"
    content = run(box.text, face, size) if box.text else ""
    return paragraph(content, f'{spacing}{indent}<w:jc w:val="{box.align}"/>')
