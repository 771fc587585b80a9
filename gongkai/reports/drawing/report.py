"""The whole report put together: preamble, sections with their tables and charts, signature, annex."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from gongkai.law.report_forms import ReportForm, Section, Table
from gongkai.law.typesetting import typeset
from gongkai.law.values import plain
from gongkai.papers.paper import (
    AttachmentTitle,
    Block,
    ChartBlock,
    Heading,
    Notice,
    Paper,
    Paragraph,
    Run,
    Signature,
    TableBlock,
)
from gongkai.reports.drawing import lists, matrices
from gongkai.reports.drawing.facts import Facts
from gongkai.reports.periods import Period
from gongkai.reports.references import Figures, runs
from gongkai.reports.typesetting import typeset_block
from gongkai.reports.wording import Chart, charts

PREAMBLE = "前言"  # the number under which the text before section one is kept
LEVEL_TWO = re.compile(r"^\([一二三四五六七八九十]+\)[^。;]{1,28}$")
LEVEL_THREE = re.compile(r"^\d+[.、][^。;]{1,28}$")

Draw = Callable[[ReportForm, Table, Figures, Period], TableBlock]
DRAWN: Mapping[str, Draw] = {
    "annex": lists.annex,
    "list": lists.statistics,
    "applications": matrices.applications,
    "disputes": matrices.disputes,
}


def draw(form: ReportForm, figures: Figures, sections: Mapping[str, str], facts: Facts) -> Paper:
    """The report as a Paper.

    figures: by ref `table.row.column`. sections: text by section number ("一" …, PREAMBLE for what comes before), in
    which figures stand as references. Refused when a text refers to a figure that the form does not have.
    """
    blocks: list[Block] = [Notice(notice) for notice in facts.notices]
    blocks += _whole(form, figures, sections, facts) if facts.period.is_year else _tables_alone(form, figures, facts)
    date = facts.published_on.isoformat() if facts.published_on else ""
    kind = "年度报告" if facts.period.is_year else "统计表"
    blocks = [typeset_block(block) for block in blocks]
    return Paper(facts.title, tuple(blocks), facts.organ, date, keywords=("政府信息公开", kind, str(facts.year)))


def _whole(form: ReportForm, figures: Figures, sections: Mapping[str, str], facts: Facts) -> Iterator[Block]:
    yield from _text(form, sections.get(PREAMBLE, ""), figures)
    for section in form.sections:
        yield from _section(form, section, figures, sections.get(section.no, ""), facts.period)
    annexes = _annexes(form)
    if annexes:
        yield Paragraph((Run(f"附件:{_annex_title(annexes[0], facts)}"),))
    yield Signature(facts.organ, facts.day)
    for position, table in enumerate(annexes, start=1):
        label = "附件" if len(annexes) == 1 else f"附件{position}"
        yield AttachmentTitle(label, _annex_title(table, facts))
        yield from _captioned(table_blocks(form, [table], figures, facts.period), _annex_title(table, facts))
        yield from _note(form, table, facts.period)


def _tables_alone(form: ReportForm, figures: Figures, facts: Facts) -> Iterator[Block]:
    """Part of a year has figures only: every table of the form under its own head."""
    titles = {section.no: section.title for section in form.sections}
    for part, some in groupby(form.tables, key=lambda table: table.part if table.part in titles else table.id):
        tables = list(some)
        heading = titles.get(part) or tables[0].title.removeprefix("年度报告")
        yield Heading(heading, 1)
        yield from _captioned(table_blocks(form, tables, figures, facts.period), heading)
        for table in tables:
            yield from _note(form, table, facts.period)
    yield Signature(facts.organ, facts.day)


def table_blocks(form: ReportForm, tables: Sequence[Table], figures: Figures, period: Period) -> list[TableBlock]:
    """The tables as they are printed; neighbouring article-20 tables become one."""
    drawn: list[TableBlock] = []
    for kind, some in groupby(tables, key=lambda table: table.print):
        if kind == "items":
            drawn.append(lists.items(form, list(some), figures, period))
        else:
            drawn += [DRAWN[kind](form, table, figures, period) for table in some]
    return drawn


def _captioned(tables: Sequence[TableBlock], heading: str) -> list[TableBlock]:
    """A table alone under its heading bears that name: it is then printed once and still names the table."""
    return [replace(table, caption=heading) for table in tables] if len(tables) == 1 else list(tables)


def _annexes(form: ReportForm) -> list[Table]:
    """Tables that stand in no numbered part: they follow the signature."""
    inside = {section.no for section in form.sections if section.kind == "table"}
    return [table for table in form.tables if table.part not in inside]


def _annex_title(table: Table, facts: Facts) -> str:
    subject = "政府信息公开工作" if table.title.startswith("年度报告") else ""
    return f"{facts.organ}{facts.period.title}{subject}{table.title}"


def _section(form: ReportForm, section: Section, figures: Figures, text: str, period: Period) -> Iterator[Block]:
    yield Heading(f"{section.no}、{section.title}", 1)
    yield from _text(form, text, figures)
    if section.kind == "table":
        tables = table_blocks(form, [table for table in form.tables if table.part == section.no], figures, period)
        yield from _captioned(tables, f"{section.no}、{section.title}")
    for chart in charts(form.id):
        if chart.section == section.no:
            yield from _chart(chart, figures)


def _text(form: ReportForm, text: str, figures: Figures) -> Iterator[Block]:
    for line in text.splitlines():
        line = line.strip()
        if not line:
            continue
        if LEVEL_TWO.match(line) and "{" not in line:
            yield Heading(line, 2)
        elif LEVEL_THREE.match(line) and "{" not in line:
            yield Heading(line, 3)
        else:
            yield Paragraph(runs(form, typeset(line), figures))


def _chart(chart: Chart, figures: Figures) -> Iterator[ChartBlock]:
    """A chart of the bars above zero (the table has the rest); none at all where no two can be compared."""
    bars = []
    for ref, label in chart.bars:
        value = figures.get(ref)
        if value is not None and value.number:
            bars.append((label, float(value.number), plain(value.number)))
    if len(bars) > 1:
        said = ";".join(f"{label} {shown}{chart.unit}" for label, _, shown in bars)
        yield ChartBlock(chart.id, chart.title, chart.unit, tuple(bars), f"{chart.title}:{said}。")


def _note(form: ReportForm, table: Table, period: Period) -> Iterator[Paragraph]:
    """What the starred rows and the two columns mean, under the table."""
    said = f"{form.star_mark}栏{form.star_note}。" if form.star_note else ""
    if any(column.period == "cumulative" for column in table.columns):
        said += (
            f"“累计数”是指截至{period.year}年{period.last.month}月{period.last.day}日累计发生的数量;"
            f"“{period.title}发生数”是指{period.year}年{period.first.month}月1日至"
            f"{period.last.month}月{period.last.day}日期间发生的数量。"
        )
    if said:
        yield Paragraph((Run(f"说明:{said}"),))
