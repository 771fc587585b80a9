"""What an xlsx workbook says: one Grid for each visible sheet, merged ranges kept."""

from __future__ import annotations

from datetime import date

from gongkai.papers import grid, tidy
from gongkai.papers.reading import Grid, GridCell, Reading
from gongkai.papers.sheets import Native, SheetRows, Span, sheets_of

_MERGED_PLACES = 200_000


def read(data: bytes) -> Reading:
    """A sheet with a single column is read as paragraphs, any other as a Grid captioned by its name. Raises Unreadable.

    Numbers come back without trailing zeros (12.50 as 12.5): a workbook keeps the value and not the print.
    """
    reading, room = Reading(format="xlsx"), grid.Room()
    for sheet in sheets_of(data):
        found = _grid(sheet, room)
        if found.rows and len(found.rows[0]) == 1:
            reading.parts.extend(text for (text,) in found.texts() if text)
        elif found.rows:
            reading.parts.append(found)
    reading.title = next((part for part in reading.parts if isinstance(part, str)), "")
    return reading


def printed(value: Native) -> str:
    """A cell's value as text: 579 and not 579.0, dates as 2012-03-02, 是 and 否."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return value.isoformat() if isinstance(value, date) else tidy.joined(value.split("\n"))


def _grid(sheet: SheetRows, room: grid.Room) -> Grid:
    lines = dict(sheet.rows)
    height, width = max(lines, default=0), max((_last(values) for values in lines.values()), default=0)
    inside = [span for span in sheet.merged if span[0] < height and span[1] < width]
    if sum(span[2] * span[3] for span in inside) <= _MERGED_PLACES:
        # A merged cell at the end covers places that hold nothing themselves.
        height = max([height, *(top + rows for top, _, rows, _ in inside)])
        width = max([width, *(left + columns for _, left, _, columns in inside)])
    room.take(height * width)
    rows: list[list[GridCell | None]] = []
    for row in range(height):
        values = lines.get(row + 1, [])
        texts = [printed(values[column]) if column < len(values) else "" for column in range(width)]
        rows.append([GridCell(text, row, column) for column, text in enumerate(texts)])
    _merge(rows, sheet.merged)
    return Grid(rows, sheet.title)


def _last(values: list[Native]) -> int:
    return max((column + 1 for column, value in enumerate(values) if value is not None), default=0)


def _merge(rows: list[list[GridCell | None]], spans: list[Span]) -> None:
    places = 0
    for top, left, height, width in spans:
        if not rows or top >= len(rows) or left >= len(rows[0]):
            continue
        height, width = min(height, len(rows) - top), min(width, len(rows[0]) - left)
        places += height * width
        if places > _MERGED_PLACES:
            return
        first = rows[top][left]
        cell = GridCell(first.text if first else "", top, left, height, width)
        for row in range(top, top + height):
            rows[row][left : left + width] = [cell] * width
