"""What the demonstration leaves in a folder: the report files of each year, the ledgers, and the findings in lines."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from gongkai.demonstration import people
from gongkai.demonstration.steps import report_of, years
from gongkai.law.findings import Finding
from gongkai.law.refusal import Refused
from gongkai.records import workbooks
from gongkai.reports import assembling
from gongkai.reports.models import RenderedFile
from gongkai.reports.rendering import CONTENT_TYPES
from gongkai.workbench.ledgers import LEDGERS

LEDGER_FOLDER = "登记簿"
VERDICTS = {"fail": "不通过", "ask": "需说明", "not_assessable": "无法核对", "pass": "通过"}


def write_reports(folder: Path) -> Iterator[Path]:
    """The published files of every year, oldest first, under folder/year/. Refused when it cannot be written."""
    kept = RenderedFile.objects.filter(report__organ__code=people.BUREAU, format__in=CONTENT_TYPES)
    for file in kept.select_related("report").order_by("report__year", "format"):
        yield _write(folder / str(file.report.year) / file.name, bytes(file.content))


def write_ledgers(folder: Path) -> Iterator[Path]:
    """Each register of the bureau that has rows, as a workbook that can be imported again."""
    organ = people.bureau()
    for ledger in LEDGERS:
        if ledger.model._default_manager.filter(organ=organ).exists():
            yield _write(folder / LEDGER_FOLDER / f"{ledger.title}.xlsx", workbooks.export(ledger, organ))


def _write(path: Path, content: bytes) -> Path:
    """Whole or not at all: written beside its place and moved there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(path.name + ".part")
        unfinished.write_bytes(content)
        os.replace(unfinished, path)
    except OSError as error:
        raise Refused(
            "output_unusable", f"{path} 写不进去({error.strerror});请清出空间或用 --out 换一个文件夹"
        ) from error
    return path


def findings() -> Iterator[str]:
    """The findings of every year: those that fail first, then those to be explained, a line each; then the counts."""
    for year in years():
        report = report_of(year)
        if report is None:
            continue
        found = assembling.stored_findings(report)
        counts = Counter[str](finding.verdict for finding in found)
        for verdict in ("fail", "ask"):
            yield from (_line(year, finding) for finding in found if finding.verdict == verdict)
        yield f"{year} 年度报告共检查 {len(found)} 条:" + "、".join(
            f"{VERDICTS[name]} {counts[name]}" for name in VERDICTS if counts[name]
        )


def _line(year: int, finding: Finding) -> str:
    return f"{year} {VERDICTS[finding.verdict]} [{finding.rule}] {finding.message}"
