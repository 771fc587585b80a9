"""Plain text: write(paper) and read(data). A table is written as lines of `| cell | cell |`."""

from __future__ import annotations

from gongkai.containers import limits
from gongkai.papers import grid, layout, tidy
from gongkai.papers.html.reading import decode
from gongkai.papers.paper import AttachmentTitle, Block, Box, ChartBlock, Heading, Notice, Paper, Paragraph, Signature
from gongkai.papers.reading import Grid, Reading
from gongkai.papers.unreadable import Unreadable


def write(paper: Paper) -> str:
    """The paper as text, one block after another; a merged cell stands once, the places it covers are blank."""
    blocks = [_block(block) for block in paper.blocks]
    return "\n\n".join([layout.clean(paper.title), *blocks]) + "\n"


def read(data: bytes) -> Reading:
    """Every line that is not blank is a paragraph; lines of `| cell | cell |` make a Grid. Raises Unreadable."""
    limits.check_size(data)
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("wrong_kind", "这不是纯文本文件。请确认文件类型，再重新上传。")
    reading, room = Reading(format="text"), grid.Room()
    rows: list[list[Box]] = []
    source = decode(data)
    room.hold(source.count("|"))
    for raw in [*source.splitlines(), ""]:
        line = tidy.line(raw)
        cells = _cells(line)
        if cells:
            rows.append(cells)
            continue
        if rows:
            reading.parts.append(grid.grid(rows, room=room))
            rows = []
        if line:
            reading.parts.append(line)
    reading.title = next((part for part in reading.parts if isinstance(part, str)), "")
    return reading


def _cells(line: str) -> list[Box]:
    """The cells of a table line; none where the line is no table line (a single `|` ends a line of some old texts)."""
    if len(line) < 3 or not (line.startswith("|") and line.endswith("|")) or line.count("|") < 3:
        return []
    return [Box(cell.strip()) for cell in line[1:-1].split("|")]


def _block(block: Block) -> str:
    match block:
        case Heading():
            text = block.text
        case Paragraph():
            text = ("　　" if block.indent else "") + block.text
        case Notice():
            text = f"【{block.text}】"
        case Signature():
            text = f"{block.organ}\n{block.date}"
        case AttachmentTitle():
            text = f"{block.label}\n{block.title}"
        case ChartBlock():
            bars = (f"{label}:{printed}{block.unit}" for label, _, printed in block.bars)
            text = "\n".join([block.title, *bars])
        case _:
            return _table(grid.of_table(block), block.note)
    return layout.clean(text)


def _table(table: Grid, note: str) -> str:
    lines = [layout.clean(table.caption)]
    for row, cells in enumerate(table.rows):
        texts = [
            cell.text if cell is not None and (cell.row, cell.column) == (row, column) else ""
            for column, cell in enumerate(cells)
        ]
        lines.append("| " + " | ".join(tidy.line(layout.clean(text)).replace("|", "｜") for text in texts) + " |")
    return "\n".join([*lines, *([layout.clean(note)] if note else [])])
