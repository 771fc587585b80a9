"""Begin a report; enter figures, opening balances and text by hand."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from gongkai.law.refusal import Misprint, Refused
from gongkai.law.report_forms import in_force, load
from gongkai.law.values import NOT_REPORTED, Value, plain
from gongkai.organs.models import Organ
from gongkai.records import entries
from gongkai.reports.actions.checking import refresh_findings
from gongkai.reports.actions.permission import opened, require_role, require_said, require_seen
from gongkai.reports.drawing import PREAMBLE
from gongkai.reports.models import Figure, OpeningBalance, Report, Section
from gongkai.reports.narrative import require_grounds
from gongkai.reports.periods import YEAR, Period
from gongkai.reports.references import refs_in

DECIMALS = 6


@transaction.atomic
def create(
    organ: Organ, year: int, form_id: str | None = None, *, by: Any, at: datetime, provenance: str | None = None,
    period_code: str = YEAR,
) -> Report:  # fmt: skip
    """A draft report for an organ and year, with its empty sections; or the tables of a part of the year, without text.

    form_id: None takes the form in force there that year. provenance: None takes the organ's own. period_code: as in
    reports.periods. Refused when no form is in force, the form or the period is unknown, or the report exists.
    """
    require_role(organ, by, at, "新建报告")
    form, period = load(form_id) if form_id else in_force(year, organ.jurisdictions), Period(year, period_code)
    own = {"organ": organ, "year": year, "period_code": period.code, "form_id": form.id}
    if Report.objects.filter(**own).exists():
        kind = "报告" if period.is_year else "统计表"
        raise Refused("report_exists", f"{organ} {period.title}“{form.title}”的{kind}已经建立,请打开它继续编制")
    report = Report.objects.create(**own, provenance=provenance or organ.provenance)
    if period.is_year:
        parts = [(PREAMBLE, ""), *((section.no, section.title) for section in form.sections)]
        Section.objects.bulk_create([Section(report=report, no=no, title=title) for no, title in parts])
    after = {"year": year, "form_id": form.id, "state": report.state, "provenance": report.provenance}
    if not period.is_year:
        after["period_code"] = period.code
    entries.write(organ_code=organ.code, by=by, at=at, act="create", subject=report, after=after)
    return report


@transaction.atomic
def enter_figure(
    report: Report, ref: str, value: Value, reason: str, *, source: str, by: Any, at: datetime, seen: int | None = None
) -> Figure:
    """Print `value` instead of what is counted; the counted value stays beside it.

    ref: `table.row.column`. source: where the value was taken from. seen: the revision that the editor had before them.
    Refused without a reason or source, before the first compilation, for cells that the form reserves for others or
    gives no meaning, and when the figure has changed since it was seen.
    """
    report = opened(report)
    require_role(report.organ, by, at, "填报数字")
    said = require_said(reason, "no_reason", "人工填报的数字须写明理由,例如为何登记簿统计不到")
    taken = require_said(source, "no_source", "人工填报的数字须写明出处,例如哪份文件、哪个系统、何人提供")
    figure = _figure(report, ref)
    require_seen(figure.revision, seen, report.form.name_of(ref))
    if value.number is not None and -value.number.as_tuple().exponent > DECIMALS:  # type: ignore[operator]  # finite
        raise Refused("too_many_decimals", f"“{plain(value.number)}”的小数超过 {DECIMALS} 位,请先四舍五入")
    return _print(figure, value, Figure.Origin.ENTERED, (said, taken), by, at, "enter_figure")


@transaction.atomic
def restore_counted(report: Report, ref: str, *, by: Any, at: datetime) -> Figure:
    """Take back an entered figure: what the registers count is printed again. Refused when none was entered."""
    report = opened(report)
    require_role(report.organ, by, at, "恢复统计值")
    figure = _figure(report, ref)
    if figure.origin != Figure.Origin.ENTERED:
        raise Refused("not_entered", f"{ref} 本来就是系统统计的数字,不需要恢复")
    counted = figure.counted.kind != "blank"
    origin = Figure.Origin.COUNTED if counted else Figure.Origin.FORM
    if counted and "期初余额" in figure.basis:
        origin = Figure.Origin.CARRIED
    return _print(figure, figure.counted, origin, ("", ""), by, at, "restore_counted")


def _figure(report: Report, ref: str) -> Figure:
    try:
        cell = report.form.cell(ref)
    except Misprint:
        raise Refused("unknown_figure", f"“{report.form.title}”没有 {ref} 这个数字,请写全 表.行.栏") from None
    if not cell.applies:
        raise Refused("not_applicable", f"{ref} 是时点数,没有累计数,不能填报", report.form.cite)
    if not report.form.may_fill(cell, report.organ.kind):
        raise Refused("reserved_cell", f"{ref} {report.form.star_note}", report.form.cite)
    figure = report.figures.filter(table=cell.table, row=cell.row, column=cell.column).first()
    if figure is None:
        raise Refused("not_compiled", f"{report} 还没有编制,请先编制再填报数字")
    return figure


PRINTED = ("kind", "value", "origin", "reason", "source")


def _print(figure: Figure, value: Value, origin: str, why: tuple[str, str], by: Any, at: datetime, act: str) -> Figure:
    """why: reason and source."""
    before = {name: getattr(figure, name) for name in PRINTED}
    after = dict(zip(PRINTED, (value.kind, value.number, origin, *why), strict=True))
    for name, changed in after.items():
        setattr(figure, name, changed)
    figure.revision += 1
    figure.save(update_fields=[*PRINTED, "revision"])
    report = figure.report
    refresh_findings(report, at)
    entries.write(
        organ_code=report.organ.code, by=by, at=at, act=act, subject=report, before=before,
        after={"ref": figure.ref, **after},
    )  # fmt: skip
    return figure


@transaction.atomic
def set_opening_balance(
    organ: Organ, *, form_id: str, table: str, row: str, value: Decimal, as_of: date, source: str,
    by: Any, at: datetime, provenance: str | None = None,
) -> OpeningBalance:  # fmt: skip
    """The cumulative figure of a row up to and including `as_of`, from before the registers began.

    Replaces what was set for that day. source: where it was taken from, e.g. last year's published report. Refused when
    the row has no cumulative column.
    """
    require_role(organ, by, at, "登记期初余额")
    form = load(form_id)
    cells = [cell for cell in form.cells if (cell.table, cell.row) == (table, row) and cell.period == "cumulative"]
    if not any(cell.applies for cell in cells):
        raise Refused("no_cumulative", f"“{form.title}”的 {table}.{row} 没有累计数,不能登记期初余额")
    if not source.strip():
        raise Refused("no_source", "期初余额须写明出处,例如“2011年度报告附表第5项”")
    place: dict[str, Any] = {"organ": organ, "form_id": form_id, "table": table, "row": row, "as_of": as_of}
    old = OpeningBalance.objects.select_for_update().filter(**place).first()
    balance, _ = OpeningBalance.objects.update_or_create(
        **place, defaults={"value": value, "source": source.strip(), "provenance": provenance or organ.provenance}
    )
    entries.write(
        organ_code=organ.code, by=by, at=at, act="set_opening_balance",
        subject=("reports.openingbalance", f"{form_id}/{table}.{row}/{as_of:%Y-%m-%d}"),
        before={"value": old.value, "source": old.source} if old else {},
        after={"value": value, "source": source.strip()},
    )  # fmt: skip
    return balance


@transaction.atomic
def write_section(report: Report, no: str, text: str, *, by: Any, at: datetime, seen: int | None = None) -> Section:
    """Set the text of a section; figures are written as references `{table.row.column}` or `{share:a/b}`.

    seen: the revision that the writer had before them. Refused when the form has no such section or figure, when a
    figure is not this reporter's to quote, when a sentence claims a cause without quoting a figure, or when somebody
    has changed the text since it was seen.
    """
    report = opened(report)
    require_role(report.organ, by, at, "撰写正文")
    section = report.sections.filter(no=no).first()
    if section is None:
        known = "、".join(report.sections.order_by("pk").values_list("no", flat=True))
        raise Refused("unknown_section", f"报告没有“{no}”这一部分;现有:{known}")
    require_seen(section.revision, seen, str(section) if section.title else no)
    require_writable(report, text)
    before, after = section.text, text.strip()
    section.drafted = section.drafted and after == before
    section.text, section.revision = after, section.revision + 1
    section.save(update_fields=["text", "drafted", "revision"])
    refresh_findings(report, at)
    entries.write(
        organ_code=report.organ.code, by=by, at=at, act="write_section", subject=report,
        before={"no": no, "text": before}, after={"no": no, "text": after},
    )  # fmt: skip
    return section


def require_writable(report: Report, text: str) -> None:
    """Refused when the text of a section quotes what it may not, or claims a cause without quoting a figure."""
    require_grounds(text)
    form = report.form
    for ref in refs_in(form, text):
        if not form.may_fill(form.cell(ref), report.organ.kind):
            raise Refused("reserved_cell", f"正文引用了 {{{ref}}}:{form.star_note}", form.cite)
    kinds = {figure.ref: figure.kind for figure in report.figures.all()}
    absent = next((ref for ref in refs_in(form, text) if kinds.get(ref) == NOT_REPORTED.kind), None)
    if absent:
        raise Refused("not_reported", f"正文引用了 {{{absent}}},而表中该数不予统计;请删去,或先填报该数")
