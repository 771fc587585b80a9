"""One neutral Paper: what a report, letter or list says, before it becomes HTML, Word, PDF, xlsx or text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text. `ref` names the figure it prints (`table.row.column`), so that it can become a link."""

    text: str
    ref: str | None = None
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """level 1: 一、(黑体); level 2: (一)(楷体); level 3: 1.(仿宋)."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `indent` is the two characters at its beginning."""

    runs: tuple[Run, ...]
    indent: bool = True
    align: Align = "left"

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Box:
    """A table cell. head: "col" and "row" become <th scope>; a spanned place is absent from its row, as in HTML."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    head: Literal["", "col", "row"] = ""
    ref: str | None = None
    align: Align = "center"
    indent: int = 0  # depth of 其中, in characters


@dataclass(frozen=True, slots=True)
class TableBlock:
    """rows: body; head: rows repeated on every page. widths: relative column widths, one per grid column."""

    id: str
    caption: str
    head: tuple[tuple[Box, ...], ...]
    rows: tuple[tuple[Box, ...], ...]
    widths: tuple[float, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A bar chart with its data table beside it; each value also as the text to print."""

    id: str
    title: str
    unit: str
    bars: tuple[tuple[str, float, str], ...]  # label, value, printed value
    description: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """署名 and 成文日期 (GB/T 9704-2012, 7.3.5); no seal is ever drawn."""

    organ: str
    date: str


@dataclass(frozen=True, slots=True)
class AttachmentTitle:
    """附件: begins a new page, label in 黑体 at the upper left, title centred on the third line (7.3.7)."""

    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A label that must not be lost, e.g. that the data are reconstructed for demonstration."""

    text: str


Block = Heading | Paragraph | TableBlock | ChartBlock | Signature | AttachmentTitle | Notice


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document. lang: BCP 47. date: ISO; put into file metadata, so that bytes are reproducible."""

    title: str
    blocks: tuple[Block, ...]
    organ: str = ""
    date: str = ""
    lang: str = "zh-CN"
    keywords: tuple[str, ...] = field(default=())
