"""What duties can be counted by."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from gongkai.duties.models import Duty, DutyTask
from gongkai.organs.models import in_force
from gongkai.records.measures import Measure, Scope


def _standing(scope: Scope) -> QuerySet[Any]:
    return Duty.objects.filter(in_force(scope.last, "starts_on", "ends_on"), organ_id__in=scope.organs)


def _closed(scope: Scope) -> QuerySet[Any]:
    return DutyTask.objects.filter(organ_id__in=scope.organs, closed_on__range=(scope.first, scope.last))


MEASURES: tuple[Measure, ...] = (
    Measure(
        "duties.standing",
        title="目录责任数:统计期末仍有效、首期已经开始的按期公开责任",
        rows=_standing,
        by={"cycle": "cycle", "item": "disclosure_item"},
        kind="stock",
        unit="项",
        columns=(("number", "登记号"), ("title", "公开事项"), ("department", "责任部门"), ("cycle", "公开频次")),
    ),
    Measure(
        "duties.closed",
        title="已反馈的公开任务数:反馈日期在统计期内,按结果和是否超过期限划分",
        rows=_closed,
        by={"state": "state", "timing": "timing"},
        unit="项",
        columns=(
            ("number", "任务号"), ("duty__title", "公开事项"), ("duty__department", "责任部门"),
            ("due_on", "应公开日期"), ("closed_on", "反馈日期"), ("state", "状态"), ("timing", "及时性"),
        ),
    ),
)  # fmt: skip
