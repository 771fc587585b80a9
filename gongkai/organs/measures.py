"""What can be counted of organs: staff, training, meetings, units and money for disclosure work."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from gongkai.organs.models import DedicatedUnit, DisclosurePost, Meeting, SpecialBudget, Training, in_force
from gongkai.records.measures import Measure, Scope, rows_of


def _posts(scope: Scope) -> QuerySet[Any]:
    return DisclosurePost.objects.filter(in_force(scope.last), organ_id__in=scope.organs)


def _units(scope: Scope) -> QuerySet[Any]:
    return DedicatedUnit.objects.filter(in_force(scope.last), organ_id__in=scope.organs)


def _trainings(scope: Scope) -> QuerySet[Any]:
    return rows_of(Training, scope, "held_on")


_TRAINING_COLUMNS = (
    ("number", "登记号"),
    ("held_on", "培训日期"),
    ("title", "培训名称"),
    ("organised_by", "举办方"),
    ("organiser_name", "举办单位"),
    ("attendances", "参加人次"),
)

MEASURES: tuple[Measure, ...] = (
    Measure(
        "organs.staff",
        "期末日在岗的信息公开工作人员：上岗日期不晚于期末日，且未离岗或离岗日期不早于期末日；一人登记一行，按专职、兼职分",
        _posts,
        by={"engagement": "engagement", "assignment": "assignment"},
        kind="stock",
        unit="人",
        columns=(
            ("number", "登记号"),
            ("person_name", "姓名"),
            ("post", "岗位"),
            ("engagement", "专职或兼职"),
            ("assignment", "工作内容"),
            ("from_on", "上岗日期"),
            ("until_on", "离岗日期"),
        ),
    ),
    Measure(
        "organs.trainings",
        "培训日期在期内的信息公开培训场次；“本机关举办”与参加其他单位举办的分开计，同一场计 1 次",
        _trainings,
        by={"organised_by": "organised_by"},
        unit="次",
        columns=_TRAINING_COLUMNS,
    ),
    Measure(
        "organs.training_attendances",
        "培训日期在期内的各场信息公开培训，本机关参加（接受）培训的人次之和；同一人参加两场计 2 人次",
        _trainings,
        by={"organised_by": "organised_by"},
        amount="attendances",
        unit="人次",
        columns=_TRAINING_COLUMNS,
    ),
    Measure(
        "organs.meetings",
        "会议日期在期内的信息公开工作会议或专题会议次数",
        lambda scope: rows_of(Meeting, scope, "held_on"),
        unit="次",
        columns=(("number", "登记号"), ("held_on", "会议日期"), ("title", "会议名称"), ("chair", "主持人")),
    ),
    Measure(
        "organs.dedicated_units",
        "期末日存在的信息公开工作专门机构数",
        _units,
        kind="stock",
        unit="个",
        columns=(("number", "登记号"), ("name", "机构名称"), ("from_on", "设立日期"), ("until_on", "撤销日期")),
    ),
    Measure(
        "organs.special_budget",
        "安排日期在期内的信息公开专项经费之和；不含政府公报编辑管理、政府网站建设维护经费",
        lambda scope: rows_of(SpecialBudget, scope, "granted_on"),
        amount="amount",
        unit="元",
        columns=(("number", "登记号"), ("granted_on", "安排日期"), ("purpose", "用途"), ("amount", "金额(元)")),
    ),
)
