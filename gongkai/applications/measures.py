"""What the desk of applications can count."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from gongkai.applications.models import Application
from gongkai.records.measures import Measure, Scope, rows_of

LISTED = (
    ("number", "登记号"), ("subject", "申请内容"), ("received_on", "收到日期"), ("channel", "申请方式"),
    ("applicant_type", "申请人类型"),
)  # fmt: skip


def _received(scope: Scope) -> QuerySet[Any]:
    return rows_of(Application, scope, "received_on")


def _concluded(scope: Scope) -> QuerySet[Any]:
    return rows_of(Application, scope, "concluded_on")


def _carried_over(scope: Scope) -> QuerySet[Any]:
    return Application.objects.filter(
        Q(concluded_on__isnull=True) | Q(concluded_on__gte=scope.first),
        organ_id__in=scope.organs, received_on__lt=scope.first,
    )  # fmt: skip


def _carried_forward(scope: Scope) -> QuerySet[Any]:
    return Application.objects.filter(
        Q(concluded_on__isnull=True) | Q(concluded_on__gt=scope.last),
        organ_id__in=scope.organs, received_on__lte=scope.last,
    )  # fmt: skip


MEASURES: tuple[Measure, ...] = (
    Measure(
        "applications.received",
        title="新收政府信息公开申请数:收到日期在统计期内的申请",
        rows=_received,
        by={"channel": "channel", "applicant_type": "applicant_type"},
        unit="件",
        columns=LISTED,
    ),
    Measure(
        "applications.concluded",
        title="办结的政府信息公开申请数:办结日期在统计期内的申请,每件只计一种办理结果",
        rows=_concluded,
        by={"outcome": "outcome", "applicant_type": "applicant_type", "timeliness": "timeliness", "ground": "ground"},
        unit="件",
        columns=(
            *LISTED, ("concluded_on", "办结日期"), ("outcome", "办理结果"), ("due_on", "答复期限"),
            ("timeliness", "及时性"),
        ),
    ),
    Measure(
        "applications.carried_over",
        title="上年结转申请数:统计期开始前收到,统计期开始时尚未办结的申请",
        rows=_carried_over,
        by={"applicant_type": "applicant_type"},
        kind="stock_start",
        unit="件",
        columns=(*LISTED, ("concluded_on", "办结日期")),
    ),
    Measure(
        "applications.carried_forward",
        title="结转下年度继续办理申请数:统计期末以前收到,统计期末尚未办结的申请",
        rows=_carried_forward,
        by={"applicant_type": "applicant_type"},
        kind="stock",
        unit="件",
        columns=(*LISTED, ("due_on", "答复期限"), ("concluded_on", "办结日期")),
    ),
)  # fmt: skip
