"""From the bytes of a file to the report in it, whatever the format; also our own data packages."""

from __future__ import annotations

from gongkai.law.refusal import Refused
from gongkai.reports import package as packages
from gongkai.reports.foreign.reading import read_report
from gongkai.reports.foreign.report import Previous, ReadCell, ReadReport, Where
from gongkai.reports.foreign.wording import column_label, row_label

LEAST = 40  # characters; a page with less holds its report as a picture or an attachment


def open_report(name: str, data: bytes, form_id: str | None = None, previous: Previous | None = None) -> ReadReport:
    """The report in a file. Refused with the name of the file when it cannot be read or is none."""
    if name.lower().endswith(".json") and packages.is_one(data):
        return _packaged(name, data, form_id)
    try:
        report = read_report(data, name, form_id=form_id, previous=previous)
    except Refused as fault:
        raise Refused(fault.code, f"{name}:{fault.reason}", fault.cite) from None
    if report.form is None and not report.year and not report.headings:
        raise Refused("not_a_report", f"{name}:{_nothing(report)}")
    return report


def _nothing(report: ReadReport) -> str:
    if len(report.text.strip()) < LEAST:
        return "文件里几乎没有文字,报告可能是图片或附件。请提供带文字的文件,扫描件须先作文字识别。"
    return "没有在文件中认出年度报告:没有标题和年度,没有编号的部分,也没有已知格式的表格。"


def _packaged(name: str, data: bytes, form_id: str | None) -> ReadReport:
    """A data package as a report: every figure settled, in the order of the form."""
    try:
        package = packages.parse(data)
    except Refused as fault:
        raise Refused(fault.code, f"{name}:{fault.reason}", fault.cite) from None
    form = package.form
    if form_id and form_id != form.id:
        raise Refused("wrong_form", f"{name}:数据包用的是格式 {form.id},不是 {form_id}")
    report = ReadReport(name, "json", "", form=form, year=package.year, organ=package.organ)
    report.sections = dict(package.sections)
    for no, said in report.sections.items():
        report.offsets[no] = len(report.text)
        report.text += said + "\n"
    report.body = (0, len(report.text))
    for place, cell in enumerate(form.cells):
        if (figure := package.figures.get(cell.ref)) is not None:
            report.cells.append(
                ReadCell(
                    cell.ref, figure.value, str(figure.value), Where(row=place + 1), "printed",
                    row_label(form, cell.table, cell.row), column_label(form, cell.table, cell.column, package.year),
                )
            )  # fmt: skip
    return report
