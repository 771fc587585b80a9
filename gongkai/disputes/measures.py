"""What the desk of disputes can count."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from gongkai.disputes.models import Complaint, Dispute
from gongkai.records.measures import Measure, Scope, rows_of

LISTED = (
    ("number", "登记号"), ("kind", "争议种类"), ("body", "审理机关"), ("filed_on", "提起日期"),
    ("accepted_on", "受理日期"), ("concluded_on", "审结日期"), ("result", "审理结果"),
)  # fmt: skip


def _filed(scope: Scope) -> QuerySet[Any]:
    return rows_of(Dispute, scope, "filed_on")


def _accepted(scope: Scope) -> QuerySet[Any]:
    return rows_of(Dispute, scope, "accepted_on")


def _concluded(scope: Scope) -> QuerySet[Any]:
    return rows_of(Dispute, scope, "concluded_on")


def _in_year(scope: Scope) -> QuerySet[Any]:
    return Dispute.objects.filter(
        Q(concluded_on__isnull=True) | Q(concluded_on__gte=scope.first),
        organ_id__in=scope.organs, filed_on__lte=scope.last,
    )  # fmt: skip


def _standing(scope: Scope) -> Case:
    # As of the last day of the scope, whatever came later: an old report can be counted again.
    return Case(
        When(concluded_on__lte=scope.last, then=F("result")), default=Value("pending"), output_field=CharField()
    )


def _complaints(scope: Scope) -> QuerySet[Any]:
    return rows_of(Complaint, scope, "received_on")


MEASURES: tuple[Measure, ...] = (
    Measure(
        "disputes.filed",
        title="行政复议申请数、行政诉讼案件数:提起日期在统计期内的案件",
        rows=_filed,
        by={"kind": "kind"},
        unit="件",
        columns=LISTED,
    ),
    Measure(
        "disputes.accepted",
        title="受理的行政复议、行政诉讼案件数:受理日期在统计期内的案件",
        rows=_accepted,
        by={"kind": "kind"},
        unit="件",
        columns=LISTED,
    ),
    Measure(
        "disputes.concluded",
        title="审结的行政复议、行政诉讼案件数:审结日期在统计期内的案件",
        rows=_concluded,
        by={"kind": "kind", "result": "result"},
        unit="件",
        columns=LISTED,
    ),
    Measure(
        "disputes.in_year",
        title="统计期内在办的行政复议、行政诉讼案件数:统计期内提起或上期未审结的案件,结果以统计期末为准,未审结的计入尚未审结",
        rows=_in_year,
        by={"kind": "kind", "standing": _standing},
        unit="件",
        columns=LISTED,
    ),
    Measure(
        "disputes.complaints",
        title="举报投诉数:收到日期在统计期内的举报投诉",
        rows=_complaints,
        unit="件",
        columns=(
            ("number", "登记号"),
            ("subject", "反映事项"),
            ("received_on", "收到日期"),
            ("concluded_on", "办结日期"),
        ),
    ),
)
