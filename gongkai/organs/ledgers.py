"""The ledgers of organs: who does disclosure work, who leads it, training, meetings, units and money."""

from __future__ import annotations

from typing import Any

from gongkai.law.refusal import Refused
from gongkai.organs.models import (
    DedicatedUnit,
    DisclosurePost,
    GroupMember,
    LeadingGroup,
    Meeting,
    SpecialBudget,
    Training,
)
from gongkai.organs.register import require_order
from gongkai.records.ledgers import Ledger, column_of


def in_order(values: dict[str, Any], organ: Any) -> dict[str, Any]:
    """Refused when the last day lies before the first."""
    require_order(values, ("from_on", "起始日期"), ("until_on", "截止日期"))
    return values


def completed_member(values: dict[str, Any], organ: Any) -> dict[str, Any]:
    """Refused when someone joins a group before it exists, or leaves before joining."""
    group = values["group"]
    if isinstance(group, LeadingGroup):
        require_order(
            {"begun": group.from_on, "from_on": values["from_on"]}, ("begun", "成立日期"), ("from_on", "任职日期")
        )
    return in_order(values, organ)


def completed_training(values: dict[str, Any], organ: Any) -> dict[str, Any]:
    """Training by another has the name of that body; one held by the organ itself needs none. Refused otherwise."""
    if values["organised_by"] == "other" and not values.get("organiser_name"):
        raise Refused("organiser_name", "举办方为其他单位，未填“举办单位”；请补填举办单位的名称")
    return values


def completed_budget(values: dict[str, Any], organ: Any) -> dict[str, Any]:
    """Refused for an amount below zero."""
    if values["amount"] < 0:
        raise Refused("amount", f"金额为 {values['amount']}，不能小于 0")
    return values


POSTS = Ledger(
    name="disclosure_posts",
    title="信息公开工作人员",
    title_en="Staff for disclosure work",
    model=DisclosurePost,
    columns=(
        column_of(DisclosurePost, "person_name", example="张三"),
        column_of(DisclosurePost, "post", example="办公室文秘"),
        column_of(DisclosurePost, "engagement"),
        column_of(DisclosurePost, "assignment", required=False),
        column_of(DisclosurePost, "from_on", example="2008-05-01"),
        column_of(DisclosurePost, "until_on"),
        column_of(DisclosurePost, "note"),
    ),
    complete=in_order,
)

GROUPS = Ledger(
    name="leading_groups",
    title="领导机构",
    title_en="Leading groups",
    model=LeadingGroup,
    columns=(
        column_of(LeadingGroup, "kind"),
        column_of(LeadingGroup, "name", example="政府信息公开工作领导小组"),
        column_of(LeadingGroup, "basis"),
        column_of(LeadingGroup, "from_on", example="2012-01-04"),
        column_of(LeadingGroup, "until_on"),
        column_of(LeadingGroup, "note"),
    ),
    complete=in_order,
)

MEMBERS = Ledger(
    name="group_members",
    title="领导机构成员",
    title_en="Members of leading groups",
    model=GroupMember,
    columns=(
        column_of(GroupMember, "group", example="2012-001"),
        column_of(GroupMember, "person_name", example="张三"),
        column_of(GroupMember, "post", example="局长"),
        column_of(GroupMember, "duty"),
        column_of(GroupMember, "from_on", example="2012-01-04"),
        column_of(GroupMember, "until_on"),
        column_of(GroupMember, "note"),
    ),
    complete=completed_member,
)

TRAININGS = Ledger(
    name="trainings",
    title="信息公开培训",
    title_en="Training",
    model=Training,
    columns=(
        column_of(Training, "held_on", example="2012-05-15"),
        column_of(Training, "title", example="政府信息公开业务培训"),
        column_of(Training, "organised_by"),
        column_of(Training, "organiser_name", example="吉林市人民政府"),
        column_of(Training, "attendances", example="2"),
        column_of(Training, "materials"),
        column_of(Training, "note"),
    ),
    complete=completed_training,
)

MEETINGS = Ledger(
    name="meetings",
    title="信息公开工作会议",
    title_en="Meetings",
    model=Meeting,
    columns=(
        column_of(Meeting, "held_on", example="2012-03-02"),
        column_of(Meeting, "title", example="政务公开工作会议"),
        column_of(Meeting, "chair"),
        column_of(Meeting, "note"),
    ),
)

UNITS = Ledger(
    name="dedicated_units",
    title="信息公开专门机构",
    title_en="Dedicated units",
    model=DedicatedUnit,
    columns=(
        column_of(DedicatedUnit, "name", example="政务公开办公室"),
        column_of(DedicatedUnit, "from_on", example="2008-05-01"),
        column_of(DedicatedUnit, "until_on"),
        column_of(DedicatedUnit, "note"),
    ),
    complete=in_order,
)

BUDGETS = Ledger(
    name="special_budgets",
    title="信息公开专项经费",
    title_en="Special budget",
    model=SpecialBudget,
    columns=(
        column_of(SpecialBudget, "granted_on", example="2012-01-04"),
        column_of(SpecialBudget, "purpose"),
        column_of(SpecialBudget, "amount", example="20000.00"),
        column_of(SpecialBudget, "note"),
    ),
    complete=completed_budget,
)

LEDGERS: tuple[Ledger, ...] = (POSTS, GROUPS, MEMBERS, TRAININGS, MEETINGS, UNITS, BUDGETS)
