"""Fees: the regimes over time, and what a number of applications or pages costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from gongkai.law import fees
from gongkai.law.refusal import Refused
from gongkai.portal import meta, rules


@dataclass(frozen=True, slots=True)
class Answer:
    """What the form was asked (as typed), and the charge or why there is none."""

    asked: dict[str, str]
    charge: fees.Charge | None = None
    fault: str = ""


def _answer(request: HttpRequest) -> Answer:
    asked = {key: request.GET.get(key, "").strip() for key in ("method", "quantity", "on")}
    if not asked["quantity"]:
        return Answer(asked | {"on": asked["on"] or localdate().isoformat()})
    try:
        quantity, day = int(asked["quantity"]), date.fromisoformat(asked["on"])
    except ValueError:
        return Answer(asked, fault="看不懂数量或日期；数量请写整数，日期请写成 2024-03-01 这样")
    by = fees.by_pages if asked["method"] == "by_page" else fees.by_items
    try:
        return Answer(asked, by(quantity, day))
    except Refused as refused:
        return Answer(asked, fault=refused.reason)


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
            "asked": answer.asked, "charge": answer.charge, "fault": answer.fault,
        },
    )  # fmt: skip
