"""The cast of the desks' tests: two bureaus, one of them in 吉林市; 张三 keeps registers and drafts, others review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.contrib.auth import get_user_model

from gongkai.channels.models import Channel
from gongkai.disclosures import actions as disclosures
from gongkai.disclosures.models import ChainRule, Disclosure
from gongkai.organs.models import Organ, OrganName, Staff, StaffRole

AT = datetime(2012, 11, 1, 2, 30, tzinfo=UTC)


def bureau(code: str = "gxj", region_path: str = "吉林省/吉林市", kind: str = "department") -> Organ:
    """A bureau with a name in force since 2001."""
    organ, made = Organ.objects.get_or_create(code=code, defaults={"kind": kind, "region_path": region_path})
    if made:
        OrganName.objects.create(organ=organ, registered_name=f"{code} 局", from_on=date(2001, 1, 1))
    return organ


def hire(organ: Organ, name: str, *roles: str) -> Staff:
    """A member of staff with roles held always."""
    user = get_user_model().objects.create_user(username=f"{name}-{organ.code}")
    staff = Staff.objects.create(user=user, organ=organ, name=name)
    for role in roles:
        StaffRole.objects.create(staff=staff, role=role, from_on=date(2000, 1, 1))
    return staff


def zhang(organ: Organ) -> Staff:
    """张三 of that organ."""
    return hire(organ, "张三", "clerk")


@dataclass(frozen=True, slots=True)
class Cast:
    """An organ that can staff the procedure, and a column to publish in."""

    organ: Organ
    zhang: Staff
    li: Staff
    wang: Staff
    zhao: Staff
    lead: Staff
    column: Channel


def cast(organ: Organ | None = None) -> Cast:
    """张三 drafts, 李四 reviews the attribute, 王五 the secrecy, 赵六 publishes, 钱七 leads the office."""
    organ = organ or bureau()
    ChainRule.objects.create(organ=organ, index_prefix="01527918X")
    column = Channel.objects.create(organ=organ, number="column", name="信息公开专栏", kind="disclosure_column")
    people = (("张三", "clerk"), ("李四", "reviewer"), ("王五", "secrecy_reviewer"), ("赵六", "publisher"))
    zhang, li, wang, zhao, lead = (hire(organ, *person) for person in (*people, ("钱七", "office_lead")))
    return Cast(organ, zhang, li, wang, zhao, lead, column)


WORDS: dict[str, Any] = {
    "title": "关于工业企业用电的通知", "summary": "工业企业用电的安排", "body": "第一段。\n第二段。",
    "document_number": "吉市工信发〔2012〕17号", "made_on": date(2012, 9, 26), "attribute": "proactive",
    "information_class": "normative_documents", "is_document": "yes",
}  # fmt: skip
CODES = {"theme": "", "disclosure_item": "20-01", "genre": "G08"}


def drafted(people: Cast, at: datetime = AT, **changes: Any) -> Disclosure:
    """A draft of 张三."""
    return disclosures.draft(people.organ, values={**WORDS, **changes}, by=people.zhang, at=at)


def ready(people: Cast, at: datetime = AT, **changes: Any) -> Disclosure:
    """An item that has passed every gate but the last."""
    return walked(people, drafted(people, at, **changes), at)


def walked(people: Cast, item: Disclosure, at: datetime = AT) -> Disclosure:
    """A draft led through every gate but the last."""
    disclosures.submit(item, by=people.zhang, at=at)
    disclosures.pass_attribute(item, by=people.li, at=at)
    disclosures.clear_secrecy(item, by=people.wang, at=at)
    return disclosures.catalogue(item, values=codes(), by=people.zhang, at=at)


def published(people: Cast, at: datetime = AT, **changes: Any) -> Disclosure:
    """An item that is public."""
    return disclosures.publish(ready(people, at, **changes), channels=[people.column], by=people.zhao, at=at)


def codes() -> dict[str, str]:
    """Codes for the catalogue."""
    themes = Disclosure._meta.get_field("theme").flatchoices
    return {**CODES, "theme": str(themes[0][0])}
