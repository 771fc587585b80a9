"""Invented reports as pages of websites and as text pulled out of a PDF, with the quirks that these have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from random import Random

from gongkai.law.report_forms import Row, Table
from gongkai.law.typesetting import typeset
from gongkai.papers import html
from gongkai.reports.drawing import Facts, draw
from gongkai.reports.tests.foreign.invention import Invented
from gongkai.reports.tests.foreign.shapes import SHAPES, written
from gongkai.reports.tests.foreign.shapes import draw as as_text

_CELL = re.compile(r"(<(t[dh])\b[^>]*?)>(.*?)(</\2>)", re.DOTALL)
_MARKS = re.compile(r' (?:data-figure|id|scope|class)="[^"]*"')
_NAVIGATION = (
    '<div class="nav"><a href="/">首页</a><a href="/zwgk">政务公开</a><a href="/nb">政府信息公开年报</a></div>'
    "<table><tr><td>索 引 号</td><td>XX00000-3000-20{0}-00012</td><td>发布日期</td><td>20{0}-01-20</td></tr></table>"
)
_BELOW = "<div>【打印】【关闭窗口】 分享到: 微信 微博</div><div>主办单位:某某 版权所有 网站地图 ICP备12345678号</div>"


# ── Pages ──


def saved_page(report: Invented, seed: int) -> bytes:
    """A page as office programs and editors of websites write it, with what stands around it; UTF-8 or GB18030."""
    chance = Random(seed)
    paper = draw(
        report.form, report.figures, report.prose, Facts(report.organ, report.year, date(report.year + 1, 1, 20))
    )
    style = chance.choice((_plain_cell, _office_cell, _broken_cell))
    page = _CELL.sub(
        lambda cell: _MARKS.sub("", cell[1]) + ">" + style(cell[3], chance) + cell[4], html.document(paper)
    )
    page = re.sub(r"<th(?=[ >])", "<td", page).replace("</th>", "</td>")
    page = re.sub(r"<(body|main)[^>]*>", lambda tag: tag[0] + _NAVIGATION.format(report.year % 100 + 1), page, count=1)
    page = page.replace("</body>", _BELOW + "</body>")
    if chance.random() < 0.5:
        return page.replace("utf-8", "gb18030").encode("gb18030")
    return page.encode()


def _plain_cell(text: str, chance: Random) -> str:
    return (
        chance.choice((text, f"&nbsp;{text}", f"{text} ", f"<p>{text}</p>")) if text else chance.choice(("", "&nbsp;"))
    )


def _office_cell(text: str, chance: Random) -> str:
    if not text:
        return chance.choice(("<p><o:p>&nbsp;</o:p></p>", "<p></p>", "<p>&nbsp;</p>", "<p><span></span></p>"))
    inner = f'<span style="font-size:9pt"><font face="宋体">{text}</font></span><span></span><o:p></o:p>'
    return chance.choice((f"<p>{inner}</p>", f"<p>　&nbsp;&nbsp;{inner}</p>", f"<p>{inner}</p><p>&nbsp;</p>"))


def _broken_cell(text: str, chance: Random) -> str:
    """Labels letter by letter, broken by <br> or into paragraphs; figures stay whole."""
    if not re.search(r"[\u4e00-\u9fff]{4}", text) or "<" in text or "&" in text:
        return text
    at = chance.randint(2, len(text) - 1)
    return chance.choice(
        (
            "".join(f"<span>{letter}</span>" for letter in text),
            f"{text[:at]}<br>{text[at:]}",
            f"<p>{text[:at]}</p><p>{text[at:]}</p>",
        )
    )


# ── Text of a PDF ──


def laid_out(report: Invented, seed: int) -> bytes:
    """Lines as they stand on the page: long labels broken around their figures, vertical heads between the rows."""
    return Layout(report, seed, streamed=False).text().encode()


def streamed(report: Invented, seed: int) -> bytes:
    """Cells in the order in which the file keeps them, each on its line or with the row's figures on one."""
    return Layout(report, seed, streamed=True).text().encode()


class Layout:
    """One report being written as text of a PDF."""

    def __init__(self, report: Invented, seed: int, *, streamed: bool) -> None:
        self.report, self.chance, self.streamed = report, Random(seed), streamed
        self.width = self.chance.choice((10, 12, 16, 22))
        self.blank_lines = self.chance.random() < 0.5
        self.own_lines = streamed and self.chance.random() < 0.5

    def text(self) -> str:
        form, year = self.report.form, self.report.year
        lines = [
            self.report.organ,
            f"{year} 年政府信息公开工作年度报告",
            f"本报告期限自{year}年1月1日起至{year}年12月31日止。",
        ]
        for section in form.sections:
            lines += [f"{section.no}、{typeset(section.title)}", *self._prose(section.no)]
            for table in form.tables:
                if table.part == section.no or (not table.part and section is form.sections[-1]):
                    lines += self._table(table)
        return "\n".join([*lines, self.report.organ, f"{year + 1}年1月20日"])

    def _prose(self, no: str) -> list[str]:
        return [self.report.prose.get(no, "各项工作按要求开展。"), ""] if self.chance.random() < 0.7 else []

    def _table(self, table: Table) -> Iterator[str]:
        if table.print == "disputes":
            yield from self._matrix(table)
            return
        if table.print == "items":
            yield typeset(table.title)
        yield from self._head(table)
        vertical = list("三、本年度办理结果") if table.print == "applications" and not self.streamed else []
        for number, row in enumerate(table.rows):
            if row.role == "header":
                yield from self._broken(typeset(row.label)) if self.streamed and row.id != "h_results" else ()
                continue
            for at, line in enumerate(self._row(table, row)):
                yield f"{vertical.pop(0)}    {line}" if vertical and number > 2 and at != 1 else line
            yield from ("",) if self.blank_lines else ()
            if number and number % 14 == 0:
                yield from ("", f"— {self.chance.randint(2, 9)} —", "", *self._head(table))

    def _head(self, table: Table) -> list[str]:
        labels = [typeset(column.label).replace("本年度", f"{self.report.year}年度") for column in table.columns]
        if table.print != "applications":
            return (
                ["信息内容    " + "    ".join(labels)]
                if table.print == "items"
                else ["指标名称   单位   " + "   ".join(labels)]
            )
        note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） 申请人情况"
        return [
            note,
            "",
            "      法人或其他组织",
            "  自然人            总计",
            "   商业   科研   社会公益 法律服务 其他",
            "   企业   机构   组织   机构",
        ]

    def _row(self, table: Table, row: Row) -> Iterator[str]:
        refs = (f"{table.id}.{row.id}.{column.id}" for column in table.columns)
        figures = [written(self.report.figures[ref]) for ref in refs if ref in self.report.figures]
        unit = [row.unit] if table.print == "list" and row.unit else []
        labels = self._broken(typeset(row.label))
        if self.streamed:
            yield from labels
            yield from (["  ".join(unit + figures)] if not self.own_lines else unit + figures)
        elif len(labels) == 2 and self.chance.random() < 0.5:
            yield f"    {labels[0]}"
            yield f"    {labels[1]}      {'   '.join(unit + figures)}"
        elif len(labels) > 1:
            middle = len(labels) // 2
            yield from (f"    {label}" for label in labels[:middle])
            yield " " * 20 + "   ".join(unit + figures)
            yield from (f"    {label}" for label in labels[middle:])
        else:
            yield f"    {labels[0]}      {'   '.join(unit + figures)}"

    def _broken(self, label: str) -> list[str]:
        return [label[at : at + self.width] for at in range(0, len(label), self.width)]

    def _matrix(self, table: Table) -> Iterator[str]:
        results = "    ".join(typeset(column.label) for column in table.columns)
        yield from (
            "行政复议            行政诉讼",
            "        未经复议直接起诉            复议后起诉",
            "    ".join([results] * 3),
        )
        refs = (f"{table.id}.{row.id}.{column.id}" for row in table.rows for column in table.columns)
        yield "   ".join(written(self.report.figures[ref]) for ref in refs)


PRINTINGS: Mapping[str, tuple[str, Callable[[Invented, int], bytes]]] = {
    "page": ("page.html", saved_page),
    "layout": ("report.txt", laid_out),
    "stream": ("report.txt", streamed),
    **{
        name: ("report.txt", lambda report, seed, shape=shape: as_text(report, shape, seed).encode())  # type: ignore[misc]
        for name, shape in SHAPES.items()
    },
}
