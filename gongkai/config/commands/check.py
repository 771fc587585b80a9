"""`gongkai check`: reads annual report files and names what is wrong in them. Needs no database."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from gongkai.config.commands import refusals
from gongkai.law.refusal import Misprint, Refused

if TYPE_CHECKING:
    from gongkai.law.findings import Finding
    from gongkai.reports.check_file import Checked

# Shown first what must be mended; passes are only counted.
ORDER = ("fail", "ask", "not_assessable")
SAID = {"fail": "不通过", "ask": "请说明", "not_assessable": "无法核对", "pass": "通过"}
SEVERITY = {"error": "错误", "warning": "警告", "info": "提示"}


def parser() -> argparse.ArgumentParser:
    """The options of `gongkai check`."""
    made = argparse.ArgumentParser(
        prog="gongkai check",
        description="读取年度报告文件(json、html、docx、pdf、xlsx、txt),认出报表格式,逐条规则核对表格与正文。",
        epilog="退出码:0 没有不通过的规则;1 有不通过的规则;2 文件不可用。",
    )
    made.add_argument("files", nargs="+", metavar="文件", help="年度报告文件")
    made.add_argument("--form", help="指定报表格式,如 jilin_city_2012;不指定则按表格内容识别")
    made.add_argument("--previous", metavar="文件", help="上一年度的报告文件,用于跨年核对")
    made.add_argument("--reporter", default="department", help="报告单位类别,默认 department(政府部门)")
    made.add_argument("--json", action="store_true", help="输出 JSON(每个文件一个数据包)")
    return made


def run(argv: list[str]) -> int:
    """Exit code 0 when no rule fails, 1 when one does, 2 when a file is unusable."""
    options = parser().parse_args(argv)
    from gongkai.law import vocabulary
    from gongkai.reports import package
    from gongkai.reports.check_file import check_file

    worst = 0
    packages: list[dict[str, object]] = []
    for path in options.files:
        try:
            vocabulary.term("reporter_kinds", options.reporter)
            checked = check_file(path, options.form, options.previous, options.reporter)
        except (Refused, Misprint) as refused:
            print(str(refused), file=sys.stderr)
            worst = 2
            continue
        worst = max(worst, 1 if checked.failing else 0)
        if options.json:
            packages.append({"file": path, "not_understood": list(checked.not_understood),
                             "missing": list(checked.missing), **package.as_json(checked.package)})  # fmt: skip
        else:
            tell(path, checked)
    if options.json:
        shown = packages[0] if len(options.files) == 1 and packages else packages
        print(json.dumps(shown, ensure_ascii=False, indent=1))
    return worst


def tell(path: str, checked: Checked) -> None:
    """One report in words: what it was taken for, then the findings, the worst first."""
    package = checked.package
    organ, year = package.organ or "(未认出机关)", package.year or "(未认出年度)"
    refusals.tell(f"{path}:{organ} {year} 年度,格式 {package.form.id},读到 {len(package.figures)} 个单元格")
    if package.year and not package.form.covers(package.year):
        refusals.tell(f"  注意:格式 {package.form.id} 不适用于 {package.year} 年度,请核对所用表格")
    for line in checked.not_understood:
        refusals.tell(f"  看不懂:{line}")
    if checked.missing:
        more = "…" if len(checked.missing) > 5 else ""
        refusals.tell(f"  缺少 {len(checked.missing)} 个单元格:{'、'.join(checked.missing[:5])}{more}")
    tell_findings(package.findings)


def tell_findings(findings: Sequence[Finding]) -> None:
    """The findings that do not pass, by verdict, and one line of totals."""
    by_verdict = {verdict: [finding for finding in findings if finding.verdict == verdict] for verdict in SAID}
    for verdict in ORDER:
        for finding in by_verdict[verdict]:
            refusals.tell(f"  [{SAID[verdict]}·{SEVERITY[finding.severity]}] {finding.rule} {finding.title}:{finding.message}")
    counts = {verdict: len(found) for verdict, found in by_verdict.items()}
    refusals.tell("  合计:" + ",".join(f"{SAID[verdict]} {count}" for verdict, count in counts.items()))
