"""`gongkai compile`: compiles an organ's annual report from its registers, checks it, and writes its files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.config.commands import refusals
from gongkai.config.start import bring_up_to_date, refuse, start
from gongkai.law.refusal import Refused

if TYPE_CHECKING:
    from gongkai.reports.models import Report


class Operator:
    """Whoever runs the command: the keeper of the machine acts as the organ's clerk, and the entry book says so."""

    def __str__(self) -> str:
        return "gongkai compile(命令行)"

    def roles_on(self, day: date) -> Collection[str]:
        """Roles held on any day."""
        return frozenset({"clerk"})


def parser() -> argparse.ArgumentParser:
    """The options of `gongkai compile`."""
    made = argparse.ArgumentParser(
        prog="gongkai compile",
        description="由登记簿编制一个机关一个年度的报告:统计每个单元格,起草没有人写过的正文,逐条规则检查。",
        epilog="退出码:0 没有不通过的规则;1 有不通过的规则;2 被拒绝。",
    )
    made.add_argument("--organ", required=True, metavar="代码", help="机关代码")
    made.add_argument("--year", required=True, type=int, metavar="年度", help="报告年度,如 2012")
    made.add_argument("--form", metavar="格式", help="报表格式;不指定则用该地当年适用的格式")
    made.add_argument("--out", metavar="文件夹", type=Path, help="把 html、docx、pdf、xlsx、json 写到这里")
    made.add_argument("--json", action="store_true", help="输出数据包 JSON")
    return made


def run(argv: list[str]) -> int:
    """Exit code 0 when no rule fails, 1 when one does, 2 when the act is refused."""
    options = parser().parse_args(argv)
    try:
        start()
        bring_up_to_date()
        return compiled(options)
    except Refused as refused:
        return refuse(refused)


def compiled(options: argparse.Namespace) -> int:
    """The report made or made anew, shown, and its files written."""
    from django.utils import timezone

    from gongkai.config.commands.check import ORDER, tell_findings
    from gongkai.reports import actions, assembling, package

    report, at, by = report_of(options), timezone.now(), Operator()
    actions.compile(report, by=by, at=at)
    actions.draft_narrative(report, by=by, at=at)
    findings = actions.check(report, by=by, at=at)
    packed = package.write(assembling.package(report, findings))
    if options.out:
        write_files(options.out, report, packed)
    if options.json:
        sys.stdout.write(packed.decode())
    else:
        refusals.tell(f"{report}:格式 {report.form_id},{report.figures.count()} 个单元格已编制")
        tell_findings(findings, report.form, ORDER)
    return 1 if any(finding.verdict == "fail" for finding in findings) else 0


def report_of(options: argparse.Namespace) -> Report:
    """The report as it stands, or a new one; Refused when the organ is unknown."""
    from django.utils import timezone

    from gongkai.law.report_forms import in_force
    from gongkai.organs.models import Organ
    from gongkai.reports import actions
    from gongkai.reports.models import Report

    organ = Organ.objects.filter(code=options.organ).first()
    if organ is None:
        known = "、".join(Organ.objects.order_by("code").values_list("code", flat=True)[:10]) or "(还没有机关)"
        raise Refused("unknown_organ", f"没有机关代码“{options.organ}”;现有:{known}")
    form_id = options.form or in_force(options.year, organ.jurisdictions).id
    found = Report.objects.filter(organ=organ, year=options.year, form_id=form_id).first()
    return found or actions.create(organ, options.year, form_id, by=Operator(), at=timezone.now())


def write_files(folder: Path, report: Report, packed: bytes) -> None:
    """Every format of the report into a folder; Refused when it cannot be written."""
    from gongkai.reports import assembling, rendering

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in rendering.render(assembling.paper(report), packed):
            if file.format != rendering.FRAGMENT:
                (folder / file.name).write_bytes(file.content)
    except OSError as fault:
        raise Refused("cannot_write", f"写不进 {folder}:{fault.strerror};请换一个文件夹或清出空间") from None
