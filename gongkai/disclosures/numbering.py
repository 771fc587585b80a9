"""Numbers of items and index numbers: given once, in order, without gaps, and never again."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.db.models import F

from gongkai.disclosures.models import ChainRule, Counter, Disclosure
from gongkai.law.refusal import Refused
from gongkai.law.vocabulary import Term, term
from gongkai.organs.models import Organ


def next_item_number(organ: Organ, year: int) -> str:
    """The next 登记号 of the procedure: `G2026-00017`. Numbers that a ledger took already are passed over."""
    while True:
        number = f"G{year}-{_next(organ, f'item {year}'):05d}"
        if not Disclosure.objects.filter(organ=organ, number=number).exists():
            return number


def next_index_number(rule: ChainRule, day: date) -> str:
    """The next 索引号 by the organ's scheme, on the day of first publication (国办秘函〔2009〕6号).

    Refused when the organ's scheme gives none by itself, or its code is not set. Numbers of history are passed over.
    """
    scheme = term("index_schemes", rule.index_scheme)
    template = scheme.extra.get("template")
    if template is None:
        raise Refused("index_number", f"索引号规则“{scheme.zh}”不能自动编号;请在编目时填写索引号")
    if not rule.index_prefix:
        raise Refused("index_prefix", "还没有设定本机关的索引号机关代码;请信息公开工作机构负责人在“公开审核规定”中填写")
    blank = template.format(prefix=rule.index_prefix, year=day.year, month=day.month, seq=0)
    scope = f"index {blank.rstrip('0')}"
    while True:
        seq = _next(rule.organ, scope)
        number: str = template.format(prefix=rule.index_prefix, year=day.year, month=day.month, seq=seq)
        if not Disclosure.objects.filter(index_number=number).exists():
            return number


def require_fitting(rule: ChainRule, number: str) -> None:
    """Refused for an index number by hand that does not follow the organ's scheme, or is taken."""
    scheme = term("index_schemes", rule.index_scheme)
    if re.match(scheme.extra["pattern"], number) is None:
        raise Refused("index_number", f"索引号“{number}”不符合本机关规则“{scheme.zh}”;请核对,或留空由系统编号")
    if Disclosure.objects.filter(index_number=number).exists():
        raise Refused("index_number", f"索引号“{number}”已经用过;索引号一经使用不再给别的信息,撤回后也是")


def require_prefix(scheme: Term, prefix: str) -> None:
    """Refused when the organ's code has not the form that the scheme asks for."""
    form: Any = scheme.extra.get("prefix")
    if prefix and form is not None and re.match(form, prefix) is None:
        raise Refused("index_prefix", f"“{prefix}”不是规则“{scheme.zh}”所要的机关代码;请核对位数和字母")


def _next(organ: Organ, scope: str) -> int:
    """The next number of a scope; the counter stays locked until the transaction ends, so that none is lost."""
    Counter.objects.bulk_create([Counter(organ=organ, scope=scope)], ignore_conflicts=True)
    counter = Counter.objects.select_for_update().get(organ=organ, scope=scope)
    Counter.objects.filter(pk=counter.pk).update(last=F("last") + 1)
    return counter.last + 1
