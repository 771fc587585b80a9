"""Cells as people write them, and the value that each becomes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps.registry import Apps
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from gongkai.records.cells import Unfit, reader_of
from gongkai.records.ledgers import LedgerColumn, column_of


class Row(models.Model):
    """A field of every kind."""

    text = models.CharField("文字", max_length=10, blank=True)
    kind = models.CharField("种类", max_length=8, choices=[("a", "甲"), ("b", "乙"), ("c", "丁（一）")])
    day = models.DateField("日期", null=True, blank=True)
    count = models.PositiveIntegerField("数量", null=True, blank=True)
    money = models.DecimalField("金额", max_digits=12, decimal_places=2, default=Decimal(0))
    flag = models.BooleanField("是否", default=False)

    class Meta:
        app_label = "records"
        apps = Apps()

    def __str__(self) -> str:
        return self.text


def reads(name: str, **changes: Any) -> Callable[[Any], Any]:
    return reader_of(Row, column_of(Row, name, **changes))


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("text", " 007 ", "007"),
        ("text", 7.0, "7"), ("text", 1.5, "1.5"), ("text", None, ""), ("text", "未知", "未知"),
        ("kind", "乙", "b"), ("kind", "丁(一)", "c"),
        ("day", "2012-3-2", date(2012, 3, 2)), ("day", "2012年03月02日", date(2012, 3, 2)), ("day", " ", None),
        ("day", date(2012, 2, 29), date(2012, 2, 29)),
        ("count", 12.0, 12), ("count", "1,234", 1234), ("count", "0", 0), ("count", None, None),
        ("money", 19.1, Decimal("19.10")), ("money", "1,234.5", Decimal("1234.50")), ("money", None, Decimal(0)),
        ("money", 0.1 + 0.2, Decimal("0.30")),
        ("flag", "是", True), ("flag", "否", False), ("flag", None, False),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_it_is_meant(name: str, cell: Any, value: Any) -> None:
    read = reads(name)(cell)
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    ("name", "cell", "told"),
    [
        ("kind", None, "必填"), ("kind", "丙", "可选：甲、乙、丁"), ("kind", 1.0, "可选：甲、乙、丁"),
        ("day", "2012-13-01", "不是日历上有的日期"), ("day", "2011-2-29", "不是日历上有的日期"),
        ("day", "0099-1-1", "年份"),
        ("day", "未知", "留空"), ("day", True, "不是日期"),
        ("count", "12人", "不写单位"), ("count", 1.5, "不是整数"), ("count", -1.0, "不能小于 0"),
        ("count", 1e12, "超出范围"),
        ("count", "1,23", "不是整数"), ("count", "无", "留空"),
        ("count", "9" * 5000, "不是整数"), ("count", True, "不是整数"), ("count", date(2012, 1, 1), "整数"),
        ("money", "12元", "单位为元"), ("money", 1.234, "小数超过两位"),
        ("money", 1e11, "超出范围"), ("money", float("nan"), "不是金额"), ("money", "∞", "不是金额"),
        ("flag", True, "可选：是、否"),
        ("text", "字" * 11, "超过 10 个字"), ("text", date(2012, 1, 2), "存成了日期"), ("text", "a\x00", "控制字符"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_with_what_to_do(name: str, cell: Any, told: str) -> None:
    with pytest.raises(Unfit, match=told):
        reads(name)(cell)


def test_not_known_is_no_value_of_a_required_text() -> None:
    with pytest.raises(Unfit, match="请查实"):
        reads("text", required=True)("不详")


def test_a_limit_of_the_column_goes_before_that_of_the_field() -> None:
    with pytest.raises(Unfit, match="超过 3 个字"):
        reader_of(Row, LedgerColumn("text", "文字", max_length=3))("四个字呀")


@given(
    st.dates(date(1900, 1, 1), date(2200, 12, 31)),
    st.sampled_from(["{}-{}-{}", "{}/{}/{}", "{}年{}月{}日", "{}.{}.{}"]),
)
def test_every_day_is_read_back_in_every_way_of_writing(day: date, way: str) -> None:
    assert reads("day")(way.format(day.year, day.month, day.day)) == day


@given(st.decimals(0, 10**9, places=2))
def test_every_amount_is_exact_as_number_and_as_text(amount: Decimal) -> None:
    assert reads("money")(float(amount)) == reads("money")(str(amount)) == amount


@given(st.text() | st.floats() | st.dates() | st.booleans() | st.none())
def test_no_cell_makes_a_reader_fail_otherwise(cell: Any) -> None:
    for name in ("text", "kind", "day", "count", "money", "flag"):
        with suppress(Unfit):
            reads(name)(cell)
