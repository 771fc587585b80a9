"""Importing registers: faults by place, all or nothing, repeatable, one entry; shown on the ledgers of channels."""

from __future__ import annotations

import io
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier
from typing import Any

import openpyxl
import pytest
from django.db import connection

from gongkai.channels.ledgers import LEDGERS
from gongkai.channels.models import Channel, Issue, Posting, PressConference
from gongkai.law.refusal import Refused
from gongkai.organs.models import Organ, Staff
from gongkai.records import entries
from gongkai.records.importing import ImportResult, import_workbook
from gongkai.records.models import Entry
from gongkai.records.workbooks import export, filled, template, template_all

AT = datetime(2013, 1, 10, 2, tzinfo=UTC)
SITE = {"number": "column", "name": "政府信息公开专栏", "kind": "disclosure_column"}
PAPER = {"number": "gazette", "name": "政府公报", "kind": "gazette"}


def posting(number: str, **fields: Any) -> dict[str, Any]:
    return {"number": number, "channel": "column", "title": "通知", "posted_on": date(2012, 3, 2), **fields}


def book(**rows: Sequence[dict[str, Any]]) -> bytes:
    return filled(LEDGERS, rows)


def typed(sheet: str, headers: Sequence[str], *rows: Sequence[Any]) -> bytes:
    """A workbook as people make it: one sheet, cells as they come."""
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    page.title = sheet
    for row in (headers, *rows):
        page.append(list(row))
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def take(data: bytes, organ: Organ, by: Staff, dry_run: bool = False) -> ImportResult:
    return import_workbook(data, organ=organ, ledgers=LEDGERS, by=by, at=AT, dry_run=dry_run)


def test_a_workbook_comes_in_with_links_to_its_own_earlier_sheets(organ: Organ, zhang: Staff) -> None:
    result = take(book(channels=[SITE], postings=[posting("1"), posting("2")]), organ, zhang)
    assert (result.added, result.changed, result.unchanged, result.sentences()) == (3, 0, 0, [])
    assert [row.channel.number for row in Posting.objects.order_by("number")] == ["column", "column"]
    assert Posting.objects.get(number="1").provenance == "real"


def test_one_import_leaves_one_entry_that_each_of_its_records_finds(organ: Organ, zhang: Staff) -> None:
    result = take(book(channels=[SITE], postings=[posting("1")]), organ, zhang)
    assert Entry.objects.count() == 1
    assert result.entry is not None
    assert result.entry.after["postings"]["added"] == 1
    assert list(entries.about(Posting.objects.get(), "jl-gxj")) == [result.entry]
    assert entries.verify() == []


def test_a_second_import_of_the_same_workbook_does_nothing(organ: Organ, zhang: Staff) -> None:
    data = book(channels=[SITE], postings=[posting("1")])
    take(data, organ, zhang)
    again = take(data, organ, zhang)
    assert (again.added, again.changed, again.unchanged, again.entry) == (0, 0, 2, None)
    assert (Posting.objects.count(), Entry.objects.count()) == (1, 1)


def test_a_changed_row_is_updated_and_the_entry_keeps_before_and_after(organ: Organ, zhang: Staff) -> None:
    take(book(channels=[SITE], postings=[posting("1"), posting("2")]), organ, zhang)
    kept = Posting.objects.get(number="1").pk
    result = take(book(postings=[posting("1", title="公告"), posting("2")]), organ, zhang)
    assert (result.added, result.changed, result.unchanged) == (0, 1, 1)
    assert (Posting.objects.get(number="1").title, Posting.objects.get(number="1").pk) == ("公告", kept)
    assert result.entry is not None
    assert result.entry.before == {"postings": {"values": {"1": {"title": "通知"}}}}
    assert result.entry.after["postings"]["values"] == {"1": {"title": "公告"}}


def test_a_dry_run_says_what_would_happen_and_changes_nothing(organ: Organ, zhang: Staff) -> None:
    result = take(book(channels=[SITE], postings=[posting("1")]), organ, zhang, dry_run=True)
    assert (result.added, result.entry) == (2, None)
    assert not Channel.objects.exists()
    assert not Entry.objects.exists()


HEADERS = ("登记号", "公开渠道", "信息名称", "发布日期", "数据来源")


@pytest.mark.parametrize(
    ("row", "place", "told"),
    [
        (("", "column", "通知", "2012-3-2"), "第 2 行 A 列“登记号”", "必填"),
        (("1", "column", None, "2012-3-2"), "第 2 行 C 列“信息名称”", "必填"),
        (("1", "column", "通知", "2012年2月30日"), "第 2 行 D 列“发布日期”", "不是日历上有的日期"),
        (("1", "column", "通知", "去年"), "第 2 行 D 列“发布日期”", "请写成 2012-03-02"),
        (("1", "column", "通知", 40970), "第 2 行 D 列“发布日期”", "不是日期"),
        (("1", "column", "通知", "未知"), "第 2 行 D 列“发布日期”", "请查实后填写"),
        (("1", "column", "通知", "2012-3-2", "自造"), "第 2 行 E 列“数据来源”", "可选：实际业务、据公布数重建"),
        (("1", "column", "字" * 301, "2012-3-2"), "第 2 行 C 列“信息名称”", "超过 300 个字"),
        (("1", "column", datetime(2012, 1, 2), "2012-3-2"), "第 2 行 C 列“信息名称”", "存成了日期"),
        (("1", "weibo", "通知", "2012-3-2"), "第 2 行 B 列“公开渠道”", "找不到登记号为“weibo”的公开渠道"),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_sheet_row_and_column(
    organ: Organ, zhang: Staff, row: Sequence[Any], place: str, told: str
) -> None:
    take(book(channels=[SITE]), organ, zhang)
    result = take(typed("渠道发布信息", HEADERS, row), organ, zhang)
    (sentence,) = result.sentences()
    assert sentence.startswith("表“渠道发布信息”" + place)
    assert told in sentence
    assert not Posting.objects.exists()


@pytest.mark.parametrize("day", ["2012-03-02", "2012/3/2", "2012年3月2日", "2012.3.2", datetime(2012, 3, 2, 15)])
def test_days_are_taken_in_the_ways_people_write_them(organ: Organ, zhang: Staff, day: object) -> None:
    take(book(channels=[SITE]), organ, zhang)
    assert take(typed("渠道发布信息", HEADERS, (1, "column", "通知", day)), organ, zhang).sentences() == []
    assert (Posting.objects.get().number, Posting.objects.get().posted_on) == ("1", date(2012, 3, 2))


def test_all_faults_are_told_at_once_and_good_rows_do_not_come_in(organ: Organ, zhang: Staff) -> None:
    rows = [("1", "column", "好", "2012-3-2"), ("2", "column", "", "昨天"), ("1", "column", "又", "2012-3-2")]
    take(book(channels=[SITE]), organ, zhang)
    result = take(typed("渠道发布信息", HEADERS, *rows), organ, zhang)
    assert [(fault.row, fault.column) for fault in result.faults] == [(3, "C"), (3, "D"), (4, "A")]
    assert "与第 2 行重复" in result.faults[-1].problem
    assert not Posting.objects.exists()


def test_a_fault_in_an_earlier_sheet_is_told_once_and_not_again_at_each_link(organ: Organ, zhang: Staff) -> None:
    bad = {**SITE, "opened_on": date(2012, 5, 1), "closed_on": date(2012, 4, 1)}
    result = take(book(channels=[bad], postings=[posting("1"), posting("2")]), organ, zhang)
    assert [fault.sheet for fault in result.faults] == ["公开渠道"]


def test_what_cannot_be_true_is_told_at_its_row(organ: Organ, zhang: Staff) -> None:
    issue = {"number": "1", "channel": "column", "issue_no": "第1期", "issued_on": date(2012, 1, 4)}
    result = take(book(channels=[SITE], issues=[issue]), organ, zhang)
    (sentence,) = result.sentences()
    assert sentence.startswith("表“公报刊物”第 2 行 B 列“刊物”")
    assert "不是刊物" in sentence


def test_what_the_database_refuses_is_told_at_its_row(organ: Organ, zhang: Staff) -> None:
    issues = [
        {"number": str(n), "channel": "gazette", "issue_no": "第1期", "issued_on": date(2012, 1, 4)} for n in (1, 2)
    ]
    for dry_run in (True, False):
        result = take(book(channels=[PAPER], issues=issues), organ, zhang, dry_run)
        assert [(fault.sheet, fault.row) for fault in result.faults] == [("公报刊物", 3)]
    assert not Issue.objects.exists()


@pytest.mark.parametrize(
    ("sheet", "headers", "told"),
    [
        ("Sheet1", HEADERS, "表名不是登记簿"),
        ("渠道发布信息", ("登记号", "公开渠道", "信息名称"), "缺少必填的列：发布日期"),
        ("渠道发布信息", (*HEADERS[:4], "备考"), "“备考”：没有这一列"),
        ("渠道发布信息", (*HEADERS[:4], None), "没有这一列"),
        ("渠道发布信息", (*HEADERS[:4], "信息名称"), "出现了两次"),
    ],
)
def test_a_wrong_sheet_or_header_is_told(
    organ: Organ, zhang: Staff, sheet: str, headers: Sequence[str], told: str
) -> None:
    take(book(channels=[SITE]), organ, zhang)
    result = take(typed(sheet, headers, ("1", "column", "通知", "2012-3-2", "x")), organ, zhang)
    assert any(told in sentence for sentence in result.sentences())
    assert not Posting.objects.exists()


def test_headers_and_choices_may_be_full_width_or_broken_over_lines(organ: Organ, zhang: Staff) -> None:
    headers = ("登记号", "渠道\n名称", " 渠道种类", "数据来源")
    assert take(typed("公开渠道", headers, ("wx", "微信", "政务 微信", "")), organ, zhang).added == 1


def test_without_a_required_column_no_row_is_tried_but_other_faults_are_told(organ: Organ, zhang: Staff) -> None:
    result = take(typed("公报刊物", ("登记号", "期号", "发放份数"), ("1", "第1期", "很多")), organ, zhang)
    assert [fault.row for fault in result.faults] == [1, 2]
    assert "缺少必填的列：刊物、出刊日期" in result.sentences()[0]


def test_a_file_that_is_no_workbook_is_refused(organ: Organ, zhang: Staff) -> None:
    with pytest.raises(Refused, match="xlsx"):
        take(b"hello", organ, zhang)


def test_of_many_faults_a_part_is_printed_and_the_rest_counted(organ: Organ, zhang: Staff) -> None:
    rows = [(str(n), "column", "", "") for n in range(400)]
    result = take(typed("渠道发布信息", HEADERS, *rows), organ, zhang)
    assert (len(result.faults), result.more_faults) == (500, 300)
    assert result.sentences(20)[-1] == "此外还有 780 处；请先改正以上各处"


def test_an_interrupted_import_leaves_nothing(organ: Organ, zhang: Staff) -> None:
    def interrupt(done: int, total: int, sheet: str) -> None:
        if sheet == "渠道发布信息":
            raise KeyboardInterrupt

    data = book(channels=[SITE], postings=[posting("1")])
    with pytest.raises(KeyboardInterrupt):
        import_workbook(data, organ=organ, ledgers=LEDGERS, by=zhang, at=AT, progress=interrupt)
    assert not Channel.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_import_the_same_at_once_one_adds_and_the_other_finds_it_done(organ: Organ, zhang: Staff) -> None:
    data, together = book(channels=[SITE], postings=[posting(str(n)) for n in range(50)]), Barrier(2)

    def run(_: int) -> tuple[int, int, int]:
        together.wait()
        try:
            result = take(data, organ, zhang)
        finally:
            connection.close()
        return result.added, result.changed, result.unchanged

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(run, range(2))) == [(0, 0, 51), (51, 0, 0)]
    assert Entry.objects.count() == 1


def test_progress_counts_rows_up_to_all(organ: Organ, zhang: Staff) -> None:
    told: list[tuple[int, int, str]] = []
    data = book(channels=[SITE], postings=[posting(str(n)) for n in range(1500)])
    import_workbook(data, organ=organ, ledgers=LEDGERS, by=zhang, at=AT, progress=lambda *step: told.append(step))
    assert told == [(1, 1501, "公开渠道"), (1001, 1501, "渠道发布信息"), (1501, 1501, "渠道发布信息")]


def test_two_organs_may_use_the_same_numbers_and_never_touch_each_other(organ: Organ, zhang: Staff) -> None:
    other = Organ.objects.create(code="jl-fgw", kind="department", region_path="吉林省/吉林市")
    take(book(channels=[SITE]), organ, zhang)
    assert take(book(channels=[{**SITE, "name": "专栏"}]), other, zhang).added == 1
    assert Channel.objects.get(organ=organ).name == "政府信息公开专栏"
    assert not take(book(postings=[posting("1")]), organ, zhang).faults
    assert [row.organ for row in Posting.objects.seen_by(zhang)] == [organ]


def test_a_column_left_out_keeps_what_the_record_has(organ: Organ, zhang: Staff) -> None:
    take(book(channels=[{**SITE, "address": "http://gxj.example", "provenance": "invented"}]), organ, zhang)
    result = take(
        typed("公开渠道", ("登记号", "渠道名称", "渠道种类"), ("column", "专栏", "政府信息公开专栏")), organ, zhang
    )
    assert (result.changed, result.sentences()) == (1, [])
    channel = Channel.objects.get()
    assert (channel.name, channel.address, channel.provenance) == ("专栏", "http://gxj.example", "invented")


def test_what_is_exported_comes_back_without_a_change(organ: Organ, zhang: Staff) -> None:
    conference = {
        "number": "007", "held_on": date(2012, 5, 8), "topic": "=1+1", "principal": "yes", "items_released": 3
    }  # fmt: skip
    take(book(channels=[SITE], postings=[posting("1")], press_conferences=[conference]), organ, zhang)
    for ledger in LEDGERS:
        again = take(export(ledger, organ), organ, zhang)
        assert (again.added, again.changed, again.faults) == (0, 0, [])
    assert PressConference.objects.get().number == "007"


def test_an_empty_template_brings_nothing_and_no_fault(organ: Organ, zhang: Staff) -> None:
    for data in (template_all(LEDGERS), *(template(ledger) for ledger in LEDGERS)):
        result = take(data, organ, zhang)
        assert (result.added, result.sentences()) == (0, [])


def test_a_template_offers_the_vocabulary_as_a_list(organ: Organ) -> None:
    made = openpyxl.load_workbook(io.BytesIO(template(LEDGERS[0])))
    lists = [rule.formula1 for rule in made["公开渠道"].data_validations.dataValidation if rule.type == "list"]
    assert any("政府信息公开专栏" in formula for formula in lists)
