"""The official-document layout (GB/T 9704-2012) in numbers, shared by the Word and PDF writers."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Literal

from gongkai.papers.paper import Paper, TableBlock

PAGE_MM = (210.0, 297.0)
TOP_MM, LEFT_MM, RIGHT_MM, BOTTOM_MM = 37.0, 28.0, 26.0, 35.0  # 5.2.1: the text area is 156 x 225 mm
TEXT_MM = 156.0
FOOTER_MM = 28.0  # 7.5: the dashes stand 7 mm under the text area
BODY_PT = 16.0  # 三号
PITCH_PT = 28.95  # 22 lines in 225 mm; 29 pt would lose two lines
TRACKING_PT = -0.25  # 28 characters in 156 mm
TITLE_PT = 22.0  # 二号
FOOTER_PT = 14.0  # 四号
NOTE_PT = 10.5  # 五号
CAPTION_PT = 14.0  # 四号
EPOCH = date(2000, 1, 1)

Face = Literal["仿宋", "楷体", "黑体", "小标宋", "宋体"]
HEADING_FACES: dict[int, Face] = {1: "黑体", 2: "楷体", 3: "仿宋"}  # 7.3.3

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\ufeff\u200b\u00ad]")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,13})(?:\.\d{1,6})?")


def clean(text: str) -> str:
    """Text without the control and invisible characters that XML forbids or that no font can print."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def number(text: str) -> float | None:
    """The value of a cell that prints a plain number (579, -18, 12.50); None for blank, `-`, codes such as 007."""
    return float(text) if _NUMBER.fullmatch(text) else None


def table_pt(table: TableBlock) -> float:
    """Size of table text: 五号 where it fits, 小五 from seven columns on."""
    return 10.5 if len(table.widths) <= 6 else 9.0


def column_mm(table: TableBlock) -> list[float]:
    """Widths of the columns in millimetres, filling the text area."""
    whole = sum(table.widths)
    return [width / whole * TEXT_MM for width in table.widths]


def day(paper: Paper) -> date:
    """The day of the paper for file metadata: from its ISO date or moment; 2000-01-01 where it has none."""
    return datetime.fromisoformat(paper.date).date() if paper.date else EPOCH


def em(text: str) -> float:
    """Width of a text in characters of the body face: letters and digits count half."""
    return sum(0.5 if ord(character) < 0x2E80 else 1.0 for character in text)


def signature_indents(organ: str, day_text: str) -> tuple[float, float]:
    """Left edges, in characters, of organ and date of an unsealed signature (7.3.5.2) in a line of 28 characters.

    The organ ends two characters from the right and the date begins two characters right of the organ; where the date
    would then reach further out, the date ends two characters from the right and the organ moves with it.
    """
    organ_left = 26.0 - em(organ)
    if organ_left + 2 + em(day_text) > 26:
        organ_left = 24.0 - em(day_text)
    return max(organ_left, 0.0), max(organ_left + 2, 0.0)


def title_lines(title: str, organ: str) -> list[str]:
    """A title too long for a line is broken behind the organ's name and before 年度报告, never in a word (7.3.1)."""
    room = TEXT_MM / 25.4 * 72 / TITLE_PT
    if em(title) <= room:
        return [title]
    rest = title.removeprefix(organ)
    name = title[: len(title) - len(rest)]
    before, report, after = rest.partition("年度报告")
    lines: list[str] = []
    for part in filter(None, (name, before, report + after)):
        if lines and em(lines[-1] + part) <= room:
            lines[-1] += part
        else:
            lines.append(part)
    return lines
