"""`gongkai check`: names what is wrong in annual reports, one or a folder of them. Needs no database."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.config.commands import refusals
from gongkai.law.refusal import Misprint, Refused
from gongkai.law.typesetting import typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.law.findings import Finding
    from gongkai.law.report_forms import ReportForm
    from gongkai.reports.checking.folder import Batch
    from gongkai.reports.checking.output import Checked

# Shown first what must be mended; passes are only counted.
ORDER = ("fail", "ask", "not_assessable")
SHOWN = 5
STATE = ".gongkai-check.state"


def parser() -> argparse.ArgumentParser:
    """The options of `gongkai check`."""
    made = argparse.ArgumentParser(
        prog="gongkai check",
        description="读取年度报告(html、docx、doc、pdf、txt、md、xlsx,或本系统的 json),认出报表格式,核对表格与正文。"
        "给出文件夹时,按机关和年度归并,上下年度、上下级和文字雷同一并比较。",
        epilog="退出码:0 没有不通过的规则;1 有不通过的规则;2 有文件不可用。",
    )
    made.add_argument("files", nargs="+", metavar="文件或文件夹", help="年度报告文件,或装有报告的文件夹")
    made.add_argument("--form", help="指定报表格式,如 jilin_city_2012;不指定则按表格内容识别")
    made.add_argument("--previous", metavar="文件", help="上一年度的报告文件,用于跨年核对")
    made.add_argument("--reporter", help="报告单位类别,如 department;不指定则按机关名称判断")
    made.add_argument("--json", action="store_true", help="输出 JSON(每个文件一个对象,格式 gongkai.check/1)")
    made.add_argument("--xlsx", metavar="输出", help="把结果写成工作簿")
    made.add_argument("--html", metavar="输出", help="把结果写成网页")
    made.add_argument("--certificate", metavar="输出", help="检查证明(.json 或 .pdf),只用于单个文件")
    made.add_argument("--organs", metavar="文件", help="机构文件(CSV:机关名称,上级机关名称);不指定则按名称判断上下级")
    made.add_argument("--state", metavar="文件", help=f"断点文件,默认为文件夹中的 {STATE};写 - 则不留")
    made.add_argument("--processes", type=int, default=0, help="文件夹方式同时检查的进程数,默认为处理器个数")
    return made


def run(argv: list[str]) -> int:
    """Exit code 0 when no rule fails, 1 when one does, 2 when a file is unusable."""
    options = parser().parse_args(argv)
    try:
        _sound(options)
        batch = _folder(options) if any(Path(path).is_dir() for path in options.files) else None
        files = batch.files if batch else _files(options)
        _write(options, files, batch)
    except (Refused, Misprint) as no:
        return refusals.say(no, options.json)
    return _told(options, files, whole=batch is None)


def _sound(options: argparse.Namespace) -> None:
    """Options that contradict each other or name what does not exist; Refused."""
    from gongkai.law import vocabulary
    from gongkai.law.report_forms import load

    if options.form:
        load(options.form)
    if options.reporter:
        vocabulary.term("reporter_kinds", options.reporter)
    many = len(options.files) > 1 or Path(options.files[0]).is_dir()
    if many and (options.previous or options.certificate):
        raise Refused("one_file", "--previous 和 --certificate 只用于单个文件;文件夹会自动对照其中的上年度报告")
    if options.certificate and not options.certificate.endswith((".json", ".pdf")):
        raise Refused("unknown_file_kind", "检查证明写成 .json 或 .pdf")


def _files(options: argparse.Namespace) -> list[Checked]:
    from gongkai.reports.checking import guard, one

    previous = Path(options.previous) if options.previous else None
    with guard.worker() as worker:
        return [
            one.check_path(worker, Path(path), form_id=options.form, previous=previous, kind=options.reporter)
            for path in options.files
        ]


def _folder(options: argparse.Namespace) -> Batch:
    from gongkai.reports.checking import folder, organs

    paths = folder.files_in(map(Path, options.files))
    if not paths:
        raise Refused("empty_folder", f"{'、'.join(options.files)} 中没有可以检查的文件")
    structure = organs.read_structure(_text(options.organs)) if options.organs else None
    state = _state(options)
    try:
        settings = folder.Options(options.form, structure, options.reporter, options.processes)
        return folder.run(paths, settings, state, _progress)
    finally:
        state.close()
        print(file=sys.stderr)


def _text(path: str) -> str:
    from gongkai.papers.html.reading import decode

    try:
        return decode(Path(path).read_bytes())
    except OSError as fault:
        raise Refused("unreadable_file", f"打不开文件 {path}:{fault.strerror}") from None


def _state(options: argparse.Namespace):  # type: ignore[no-untyped-def]
    from gongkai.reports.checking.state import State

    if options.state == "-":
        return State(None)
    first = next(Path(path) for path in options.files if Path(path).is_dir())
    path = Path(options.state) if options.state else first / STATE
    try:
        return State(path)
    except OSError as fault:
        print(f"断点文件 {path} 写不了({fault.strerror}),中断后须重新开始", file=sys.stderr)
        return State(None)


def _progress(step: str, done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{step} {done}/{total}   ", end="", file=sys.stderr, flush=True)
    elif done == total or done % max(total // 10, 1) == 0:
        print(f"{step} {done}/{total}", file=sys.stderr)


def _write(options: argparse.Namespace, files: Sequence[Checked], batch: Batch | None) -> None:
    """The files that were asked for."""
    if options.xlsx or options.html:
        from gongkai.papers import xlsx
        from gongkai.reports.checking.overview import page, paper

        made = paper(files, batch)
        if options.xlsx:
            _save(options.xlsx, xlsx.write(made))
        if options.html:
            _save(options.html, page(made).encode())
    if options.certificate and files[0].report:
        from gongkai.papers import pdf
        from gongkai.reports.checking import certificate

        as_pdf = options.certificate.endswith(".pdf")
        _save(
            options.certificate, pdf.write(certificate.as_paper(files[0])) if as_pdf else certificate.as_json(files[0])
        )


def _save(path: str, data: bytes) -> None:
    try:
        Path(path).write_bytes(data)
    except OSError as fault:
        raise Refused("unwritable_file", f"写不了文件 {path}:{fault.strerror}") from None


def _told(options: argparse.Namespace, files: Sequence[Checked], *, whole: bool) -> int:
    """Say what was found, in words or JSON, and give the exit code."""
    for one in files:
        if one.refused:
            print(typeset(str(one.refused)), file=sys.stderr)
        elif not options.json:
            tell(one, whole=whole)
    if options.json:
        from gongkai.reports.checking import output

        made = [output.as_json(one) for one in files]
        print(json.dumps(made[0] if whole and len(made) == 1 else made, ensure_ascii=False, indent=1))
    if any(one.refused for one in files):
        return refusals.REFUSED
    return int(any(one.failing for one in files))


def tell(one: Checked, *, whole: bool = True) -> None:
    """One report in words: what it was taken for, what is undecided, then the findings, the worst first.

    whole: also what could not be assessed; a folder's reports are told without it.
    """
    from gongkai.reports.checking.output import missing
    from gongkai.reports.checking.wording import undecided

    report = one.report
    if report is None:
        return
    organ, year = report.organ or "(未认出机关)", report.year or "(未认出年度)"
    form = report.form.id if report.form else "没有表格"
    refusals.tell(f"{one.name}:{organ} {year} 年度,格式 {form},读到 {len(report.cells)} 个单元格")
    if report.year and report.form and not report.form.covers(report.year):
        refusals.tell(f"  注意:格式 {form} 不适用于 {report.year} 年度,请核对所用表格")
    for line in report.not_understood:
        refusals.tell(f"  看不懂:{line}")
    for open_ in report.undecided:
        cells, ways = undecided(report.form, open_)
        refusals.tell(f"  不能确定:{cells}(原文“{open_.raw}”):{ways}")
    if absent := missing(report):
        more = "…" if len(absent) > SHOWN else ""
        refusals.tell(f"  缺少 {len(absent)} 个单元格:{'、'.join(absent[:SHOWN])}{more}")
    on = one.report.form if one.report else None
    tell_findings(one.findings, on, ORDER if whole else ORDER[:2])


def tell_findings(findings: Sequence[Finding], form: ReportForm | None, verdicts: Sequence[str]) -> None:
    """The findings that do not pass, by verdict, and one line of totals."""
    from gongkai.reports.checking.wording import SAID, SEVERITY, repairs

    by_verdict = {verdict: [finding for finding in findings if finding.verdict == verdict] for verdict in SAID}
    for verdict in verdicts:
        for finding in by_verdict[verdict]:
            said = f"{finding.rule} {finding.title}:{finding.message}"
            refusals.tell(f"  [{SAID[verdict]}·{SEVERITY[finding.severity]}] {said}")
            for repair in repairs(form, finding):
                refusals.tell(f"      可能的改法:{repair}")
    counts = {verdict: len(found) for verdict, found in by_verdict.items()}
    refusals.tell("  合计:" + ",".join(f"{SAID[verdict]} {count}" for verdict, count in counts.items()))
