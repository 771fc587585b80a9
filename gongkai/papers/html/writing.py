"""A Paper as accessible HTML: real headings and tables, figures as links; no style attribute and no script (CSP)."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from gongkai.papers import charts, layout
from gongkai.papers.paper import (
    AttachmentTitle,
    Block,
    Box,
    ChartBlock,
    Heading,
    Notice,
    Paper,
    Paragraph,
    Run,
    Signature,
    TableBlock,
)

Link = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Flag:
    """A mark behind a figure. kind: its class, `paper-flag-<kind>`; text: shown; said: its name, for listeners."""

    kind: str
    text: str
    address: str
    said: str


Flags = Callable[[str], Sequence[Flag]]
STYLES = (pathlib.Path(__file__).parent / "paper.css").read_text(encoding="utf-8")

_PAGE = 'body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.75; font-family: system-ui, \
"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }\nh1 { text-align: center; }\n'


def write(paper: Paper, link: Link | None = None, flags: Flags | None = None) -> str:
    """The blocks of a paper as an HTML fragment; headings begin at h2, the page gives the title as its h1.

    link: gives the address behind a figure (`table.row.column`) or None; flags: what a table marks it with. Every
    figure carries `data-figure`, in a table also `id="f-<ref>"`. Styles for the `paper-…` classes are in STYLES.
    """
    return _Writer(link or (lambda ref: None), flags or (lambda ref: ())).blocks(paper.blocks)


def document(paper: Paper) -> str:
    """The same as a whole page that can be saved and opened without a network."""
    title, lang = _text(paper.title), escape(paper.lang)
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>\n{_PAGE}{STYLES}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{write(paper)}\n</main>\n</body>\n</html>\n"
    )


def _text(text: str) -> str:
    return escape(layout.clean(text))


class _Writer:
    def __init__(self, link: Link, flags: Flags) -> None:
        self.link, self.flags = link, flags
        self.headings = 0
        self.named: set[str] = set()

    def blocks(self, blocks: tuple[Block, ...]) -> str:
        return "\n".join(self.block(block) for block in blocks)

    def block(self, block: Block) -> str:
        match block:
            case Heading():
                return self.heading(block.text, block.level)
            case Paragraph():
                return self.paragraph(block)
            case TableBlock():
                return self.table(block)
            case ChartBlock():
                return self.chart(block)
            case Signature():
                return f'<p class="paper-signature">{_text(block.organ)}<br>{_text(block.date)}</p>'
            case AttachmentTitle():
                return f'<p class="paper-attachment">{_text(block.label)}</p>\n' + self.heading(block.title, 1)
            case Notice():
                return f'<p class="paper-notice" role="note">{_text(block.text)}</p>'

    def heading(self, text: str, level: int) -> str:
        self.headings += 1
        tag = f"h{level + 1}"
        return f'<{tag} id="section-{self.headings}">{_text(text)}</{tag}>'

    def paragraph(self, paragraph: Paragraph) -> str:
        classes = ["paper-indent"] if paragraph.indent else []
        if paragraph.align != "left":
            classes.append(f"paper-{paragraph.align}")
        mark = f' class="{" ".join(classes)}"' if classes else ""
        return f"<p{mark}>{''.join(self.run(run) for run in paragraph.runs)}</p>"

    def run(self, run: Run) -> str:
        text = _text(run.text)
        if run.ref:
            url = self.link(run.ref)
            figure = f'data-figure="{escape(run.ref)}"'
            text = f'<a href="{escape(url)}" {figure}>{text}</a>' if url else f"<span {figure}>{text}</span>"
        return f"<strong>{text}</strong>" if run.bold else text

    def table(self, table: TableBlock) -> str:
        name = escape(table.id)
        small = ' class="paper-dense"' if len(table.widths) > 6 else ""
        head = "".join(self.row(row) for row in table.head)
        body = "".join(self.row(row) for row in table.rows)
        note = f'\n<p class="paper-table-note">{_text(table.note)}</p>' if table.note else ""
        return (
            f'<div class="paper-scroll" role="region" tabindex="0" aria-labelledby="{name}-caption">\n'
            f'<table id="{name}"{small}>\n<caption id="{name}-caption">{_text(table.caption)}</caption>\n'
            f"<thead>\n{head}</thead>\n<tbody>\n{body}</tbody>\n</table>\n</div>{note}"
        )

    def row(self, row: tuple[Box, ...]) -> str:
        return f"<tr>{''.join(self.cell(box) for box in row)}</tr>\n"

    def cell(self, box: Box) -> str:
        tag = "th" if box.head else "td"
        marks = [*_scope(box), *_spans(box), *_classes(box)]
        text = _text(box.text).replace("\n", "<br>")
        if box.ref:
            marks.append(f'data-figure="{escape(box.ref)}"')
            if box.ref not in self.named:
                self.named.add(box.ref)
                marks.append(f'id="f-{escape(box.ref)}"')
            url = self.link(box.ref)
            text = f'<a href="{escape(url)}">{text}</a>' if url and text else text
            text += "".join(_flag(flag) for flag in self.flags(box.ref))
        return f"<{' '.join([tag, *marks])}>{text}</{tag}>"

    def chart(self, chart: ChartBlock) -> str:
        rows = "".join(f'<tr><th scope="row">{_text(n)}</th><td>{_text(t)}</td></tr>\n' for n, _, t in chart.bars)
        title, unit = _text(chart.title), _text(chart.unit)
        return (
            f'<div class="paper-chart">\n{charts.svg(chart)}\n</div>\n'
            f'<details class="paper-chart-data"><summary>{title}数据表</summary>\n'
            f'<table id="{escape(chart.id)}-data">\n<caption>{title}</caption>\n'
            f'<thead>\n<tr><th scope="col">项目</th><th scope="col">数量（{unit}）</th></tr>\n</thead>\n'
            f"<tbody>\n{rows}</tbody>\n</table>\n</details>"
        )


def _flag(flag: Flag) -> str:
    kind, address, said = escape(flag.kind), escape(flag.address), escape(flag.said)
    return f' <a class="paper-flag paper-flag-{kind}" href="{address}" aria-label="{said}">{_text(flag.text)}</a>'


def _scope(box: Box) -> list[str]:
    if not box.head:
        return []
    span = box.colspan if box.head == "col" else box.rowspan
    return [f'scope="{box.head}{"group" if span > 1 else ""}"']


def _spans(box: Box) -> list[str]:
    spans = (("rowspan", box.rowspan), ("colspan", box.colspan))
    return [f'{name}="{span}"' for name, span in spans if span > 1]


def _classes(box: Box) -> list[str]:
    names = [f"paper-{box.align}"] if box.align != "center" else []
    names += [f"paper-depth-{min(box.indent, 4)}"] if box.indent else []
    return [f'class="{" ".join(names)}"'] if names else []
