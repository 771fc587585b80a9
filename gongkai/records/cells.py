"""One cell of a sheet read as the value of a field: what is accepted, and what is said of the rest."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from math import isfinite
from typing import Any

from django.db import models
from django.db.backends.base.operations import BaseDatabaseOperations

from gongkai.papers.sheets import Native
from gongkai.records.ledgers import LedgerColumn

Reader = Callable[[Native], Any]
"""From a cell to a value; Unfit when the cell cannot be read. A link is read as the number it holds."""

UNKNOWN = frozenset({"未知", "不详", "不清楚", "待定", "无", "—", "-", "/"})
_DAY = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?")
_WHOLE = re.compile(r"[+-]?(?:\d{1,18}|\d{1,3}(?:,\d{3}){1,5})")
_MONEY = re.compile(r"[+-]?(?:\d{1,18}|\d{1,3}(?:,\d{3}){1,5})(?:\.\d{1,18})?")
_YEARS = range(1900, 2201)
_CENT = Decimal("0.01")


class Unfit(Exception):
    """A cell does not fit its column. Its text says what is wrong and what to do."""


def like(text: str) -> str:
    """A header or a choice as compared: full-width and half-width forms are alike, spaces and breaks count not."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def reader_of(model: type[models.Model], column: LedgerColumn) -> Reader:
    """The reader of one column, with the limits of its model field (length, range, whether it may be null)."""
    field = model._meta.get_field(column.name)
    assert isinstance(field, models.Field)
    read, blank = _reader(column, field), blank_of(model, column.name)

    def cell(native: Native) -> Any:
        value = native.strip() if isinstance(native, str) else native
        if value is None or value == "":
            if column.required:
                raise Unfit("必填，却是空的；请补填")
            return blank
        if value in UNKNOWN and (column.required or column.kind != "text"):
            raise Unfit(_of_unknown(str(value), column.required))
        return read(value)

    return cell


def _of_unknown(text: str, required: bool) -> str:
    # What is not known stays empty: a word in its place would be counted as if it were known.
    return f"填了“{text}”；" + ("此列必填，请查实后填写" if required else "没有或不知道的，请留空")


def blank_of(model: type[models.Model], name: str) -> Any:
    """What an empty cell gives: None where the field may be null, else its default, else "" for a text."""
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)
    if field.null:
        return None
    if field.has_default():
        return field.get_default()
    return "" if isinstance(field, models.CharField | models.TextField) else None


def _reader(column: LedgerColumn, field: models.Field[Any, Any]) -> Reader:
    match column.kind:
        case "text" | "link":
            return _text(column.max_length or field.max_length or 0)
        case "date":
            return read_day
        case "integer":
            return _integer(field)
        case "amount":
            return _amount(field)
        case "flag":
            return _choice({True: "是", False: "否"})
        case "choice":
            return _choice(dict(column.choices))


def _text(longest: int) -> Reader:
    def read(value: Native) -> str:
        if isinstance(value, date):
            raise Unfit(f"应为文字，Excel 却存成了日期（{value.isoformat()}）；请把单元格格式改为“文本”后重新填写")
        if isinstance(value, bool):
            raise Unfit("应为文字，Excel 却存成了逻辑值；请把单元格格式改为“文本”后重新填写")
        text = _digits(value) if isinstance(value, float) else str(value)
        if longest and len(text) > longest:
            raise Unfit(f"有 {len(text)} 个字，超过 {longest} 个字的上限；请缩短")
        if "\x00" in text:
            raise Unfit("含有不可见的控制字符；请重新输入")
        return text

    return read


def _digits(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def read_day(value: Native) -> date:
    """A day as people write it: 2012-03-02, 2012/3/2, 2012年3月2日. Unfit when it is none."""
    if isinstance(value, date):
        day = value
    elif isinstance(value, str) and (found := _DAY.fullmatch(value)):
        try:
            day = date(*map(int, found.groups()))
        except ValueError:
            raise Unfit(f"“{value}”不是日历上有的日期；请核对") from None
    else:
        raise Unfit(f"“{_shown(value)}”不是日期；请写成 2012-03-02、2012/3/2 或 2012年3月2日")
    if day.year not in _YEARS:
        raise Unfit(f"{day.isoformat()} 的年份不合理；请核对")
    return day


def _integer(field: models.Field[Any, Any]) -> Reader:
    least, most = BaseDatabaseOperations.integer_field_ranges.get(field.get_internal_type(), (-(2**31), 2**31 - 1))

    def read(value: Native) -> int:
        if isinstance(value, float) and value.is_integer():
            whole = int(value)
        elif isinstance(value, str) and _WHOLE.fullmatch(value):
            whole = int(value.replace(",", ""))
        else:
            raise Unfit(f"“{_shown(value)}”不是整数；请只填数字，不写单位")
        if not least <= whole <= most:
            raise Unfit(f"{whole} 超出范围；" + ("不能小于 0，请核对" if least == 0 and whole < 0 else "请核对"))
        return whole

    return read


def _amount(field: models.Field[Any, Any]) -> Reader:
    digits = field.max_digits if isinstance(field, models.DecimalField) else None
    limit = Decimal(10) ** ((digits or 14) - 2)

    def read(value: Native) -> Decimal:
        if isinstance(value, float) and isfinite(value):
            # What a formula adds up may be off in the sixteenth digit; that is Excel's, not the writer's.
            money = Decimal(repr(round(value, 8)))
        elif isinstance(value, str) and _MONEY.fullmatch(value):
            money = Decimal(value.replace(",", ""))
        else:
            raise Unfit(f"“{_shown(value)}”不是金额；请只填数字，单位为元")
        if abs(money) >= limit:
            raise Unfit(f"{value} 超出范围；请核对，单位为元")
        if money != money.quantize(_CENT):
            raise Unfit(f"{money} 的小数超过两位；金额以元为单位，到分为止")
        return money.quantize(_CENT)

    return read


def _choice(choices: dict[Any, str]) -> Reader:
    codes = {like(label): code for code, label in choices.items()}
    allowed = "、".join(choices.values())

    def read(value: Native) -> Any:
        text = _shown(value)
        if like(text) not in codes:
            raise Unfit(f"“{text}”不在可选范围内；可选：{allowed}")
        return codes[like(text)]

    return read


def _shown(value: Native) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return _digits(value) if isinstance(value, float) else str(value)
