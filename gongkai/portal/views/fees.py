"""Fees: the regimes over time, and what a number of applications or pages costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from gongkai.law import fees
from gongkai.law.refusal import Refused, SeveralRefused
from gongkai.law.typesetting import typeset
from gongkai.portal import meta, rules

Read = TypeVar("Read")
HOW = {"quantity": "看不懂数量；请写整数，例如 35", "on": "看不懂日期；请写成 2024-03-01 这样"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the form was asked (as typed), and the charge or why there is none."""

    asked: dict[str, str]
    charge: fees.Charge | None = None
    refused: Refused | None = None


def _answer(request: HttpRequest) -> Answer:
    asked = {key: request.GET.get(key, "").strip() for key in ("method", "quantity", "on")}
    if not asked["quantity"]:
        return Answer(asked | {"on": asked["on"] or localdate().isoformat()})
    quantity, day = _read(int, asked["quantity"]), _read(date.fromisoformat, asked["on"])
    if quantity is None or day is None:
        unread = {name for name, value in (("quantity", quantity), ("on", day)) if value is None}
        return Answer(asked, refused=SeveralRefused({name: HOW[name] for name in HOW if name in unread}))
    by = fees.by_pages if asked["method"] == "by_page" else fees.by_items
    try:
        return Answer(asked, by(quantity, day))
    except Refused as refused:
        field = "quantity" if refused.code == "bad_quantity" else "on"
        return Answer(asked, refused=Refused(field, typeset(refused.reason), typeset(refused.cite)))


def _read(reader: Callable[[str], Read], text: str) -> Read | None:
    try:
        return reader(text)
    except ValueError:
        return None


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The fee regimes; ?method=by_item|by_page&quantity=N&on=DATE computes one charge tier by tier."""
    answer = _answer(request)
    regimes = [(regime, rules.mark_name(regime.mark)) for regime in fees.regimes()]
    return render(
        request,
        "portal/fees.html",
        {
            "here": "law", "tags": meta.home_tags(request), "regimes": regimes, "earliest": date.min,
            "asked": answer.asked, "charge": answer.charge, "refused": answer.refused,
        },
    )  # fmt: skip
