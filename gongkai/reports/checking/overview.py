"""What a supervising office is given: one Paper over all checked files, drawn as a workbook or a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from gongkai.law.findings import Finding
from gongkai.law.typesetting import typeset
from gongkai.papers import html
from gongkai.papers.paper import Block, Box, Heading, Paper, Paragraph, Run, TableBlock
from gongkai.reports.checking.folder import Batch
from gongkai.reports.checking.output import Checked
from gongkai.reports.checking.wording import (
    SAID,
    SEVERITY,
    evidence,
    open_findings,
    question,
    repairs,
    seriousness,
    undecided,
)

ORDER = {"未读": 0, "严重": 1, "一般": 2, "待说明": 3, "无": 4}
ASKED = 3  # questions in the line of a report
_WIDE = """
body { margin: 1.5rem; line-height: 1.6; font-family: system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; }
td, th { vertical-align: top; min-width: 3.6em; max-width: 32em; overflow-wrap: anywhere; font-size: 0.93rem; }
"""
ACROSS = ("B-COPY", "B-SAME", "B-SUM", "B-PART", "B-TWICE")


def paper(files: Sequence[Checked], batch: Batch | None = None) -> Paper:
    """Who, what, how serious, what to ask; then every finding, what is undecided, what holds between reports."""
    organs: Mapping[str, str] = batch.groups.organ_of if batch else {}
    ordered = sorted(files, key=lambda one: (ORDER[seriousness(one)], organs.get(one.name, ""), one.name))
    blocks: list[Block] = [_lead(files), _files(ordered, organs)]
    blocks += _findings(ordered, organs)
    blocks += _undecided(ordered, organs)
    blocks += _across(ordered, organs)
    if batch:
        blocks += _gaps(batch)
    blocks += _unread(ordered)
    return Paper("政府信息公开工作年度报告检查结果", tuple(blocks))


def page(made: Paper) -> str:
    """The overview as a page that can be saved and opened without a network; wide, because its tables are."""
    title = escape(made.title)
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>\n{html.STYLES}{_WIDE}</style>\n'
        f"</head>\n<body>\n<main>\n<h1>{title}</h1>\n{html.write(made)}\n</main>\n</body>\n</html>\n"
    )


def _lead(files: Sequence[Checked]) -> Paragraph:
    counts = {word: sum(seriousness(one) == word for one in files) for word in ORDER}
    said = ",".join(f"{word} {count}" for word, count in counts.items() if count)
    explained = "严重:有不成立的勾稽或必备内容缺失;一般:有应更正的问题;待说明:有需要说明的数或未能确定的单元格。"
    return Paragraph((Run(typeset(f"共检查 {len(files)} 份文件:{said}。{explained}")),))


def _table(name: str, caption: str, heads: Sequence[tuple[str, float]], rows: Iterable[Sequence[str]]) -> TableBlock:
    head = (tuple(Box(title, head="col") for title, _ in heads),)
    body = tuple(tuple(Box(text, align="left") for text in row) for row in rows)
    return TableBlock(name, caption, head, body, tuple(width for _, width in heads))


def _who(one: Checked, organs: Mapping[str, str]) -> tuple[str, str]:
    organ = organs.get(one.name, "")
    return organ or (one.report.organ if one.report else ""), str(one.report.year or "") if one.report else ""


def _files(files: Sequence[Checked], organs: Mapping[str, str]) -> TableBlock:
    heads = (
        ("机关", 3), ("年度", 1), ("轻重", 1), ("不通过", 1), ("请说明", 1), ("待定", 1), ("要问什么", 8), ("格式", 2),
        ("文件", 4),
    )  # fmt: skip
    return _table("files", "各份报告", heads, (_file(one, organs) for one in files))


def _file(one: Checked, organs: Mapping[str, str]) -> list[str]:
    report = one.report
    if report is None:
        return ["", "", "未读", "", "", "", one.refused.reason if one.refused else "", "", one.name]
    live = list(open_findings(one.findings))
    asked = [question(report.form, finding) for finding in live[:ASKED]]
    if len(live) > ASKED:
        asked.append(f"……共{len(live)}项，见“问题”")
    form = report.form.id if report.form else "没有表格"
    counts = [str(one.tally["fail"]), str(one.tally["ask"]), str(sum(len(open_.refs) for open_ in report.undecided))]
    return [*_who(one, organs), seriousness(one), *counts, "\n".join(asked), form, one.name]


def _findings(files: Sequence[Checked], organs: Mapping[str, str]) -> list[Block]:
    rows = [
        _finding(one, finding, organs)
        for one in files
        for finding in open_findings(one.findings)
        if finding.rule not in ACROSS
    ]
    heads = (
        ("机关", 3), ("年度", 1), ("结论", 1.2), ("轻重", 1), ("规则", 1.5), ("问题", 7), ("原文和数", 5),
        ("可能的改法", 4), ("依据", 2), ("文件", 3),
    )  # fmt: skip
    return [Heading("问题", 1), _table("findings", "问题", heads, rows)] if rows else []


def _finding(one: Checked, finding: Finding, organs: Mapping[str, str]) -> list[str]:
    report = one.report
    if report is None:
        return []
    return [
        *_who(one, organs), SAID[finding.verdict], SEVERITY[finding.severity], finding.rule,
        typeset(f"{finding.title}:{finding.message}"), "\n".join(evidence(report, finding)),
        "\n".join(repairs(report.form, finding)), finding.basis, one.name,
    ]  # fmt: skip


def _undecided(files: Sequence[Checked], organs: Mapping[str, str]) -> list[Block]:
    rows = [
        [*_who(one, organs), *undecided(one.report.form, open_), open_.raw, typeset(open_.why), one.name]
        for one in files
        if one.report
        for open_ in one.report.undecided
    ]
    heads = (("机关", 3), ("年度", 1), ("单元格", 5), ("可能的数", 4), ("原文", 3), ("为什么", 4), ("文件", 3))
    return [Heading("不能确定的单元格", 1), _table("undecided", "不能确定的单元格", heads, rows)] if rows else []


def _across(files: Sequence[Checked], organs: Mapping[str, str]) -> list[Block]:
    rows = [
        [*_who(one, organs), SAID[finding.verdict], typeset(finding.title), typeset(finding.message),
         "\n".join(evidence(one.report, finding)), one.name]
        for one in files
        if one.report
        for finding in one.findings
        if finding.rule in ACROSS
    ]  # fmt: skip
    heads = (
        ("机关", 3),
        ("年度", 1),
        ("结论", 1),
        ("种类", 2),
        ("说明", 6),
        ("单元格", 3),
        ("原文和数", 5),
        ("文件", 3),
    )
    return [Heading("报告之间", 1), _table("across", "报告之间", heads, rows)] if rows else []


def _gaps(batch: Batch) -> list[Block]:
    if not batch.gaps:
        return []
    said = "、".join(f"{organ}{year}年度" for organ, year in batch.gaps)
    return [Heading("缺少的年度", 1), Paragraph((Run(f"前后年度都有、中间缺少的报告：{said}。"),))]


def _unread(files: Sequence[Checked]) -> list[Block]:
    """What was not understood in the files that were read."""
    rows = [[one.name, typeset(line)] for one in files if one.report for line in one.report.not_understood]
    return (
        [Heading("没有读懂的内容", 1), _table("unread", "没有读懂的内容", (("文件", 3), ("内容", 8)), rows)]
        if rows
        else []
    )
