"""What can be counted of the guide and the rules."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from gongkai.guides.models import Edition
from gongkai.records.measures import Measure, Scope


def _published(scope: Scope) -> QuerySet[Any]:
    return Edition.objects.filter(organ_id__in=scope.organs, published_at__date__range=(scope.first, scope.last))


MEASURES: tuple[Measure, ...] = (
    Measure(
        "guides.published",
        title="发布的指南和制度版本数:发布时间在统计期内,每发布一版计1",
        rows=_published,
        by={"kind": "kind"},
        key="code",
        unit="版",
        columns=(
            ("code", "文件编号"), ("title", "名称"), ("version", "版次"), ("published_at", "发布时间"),
            ("change_note", "修订说明"),
        ),
    ),
)  # fmt: skip
