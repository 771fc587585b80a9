"""The cast of the reports' tests: a bureau in 吉林市, 张三 who keeps and publishes its report, and a few registers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.contrib.auth import get_user_model

from gongkai.applications.models import Application
from gongkai.channels.models import Channel, Posting
from gongkai.disclosures.models import Disclosure, Placement
from gongkai.disputes.models import Dispute
from gongkai.organs.models import DisclosurePost, Organ, OrganName, Staff, StaffRole, Training
from gongkai.reports import actions as reports
from gongkai.reports.models import Report

# The forms that reports are compiled, drafted and published on; others in the book are only read.
FOUR = ("jilin_city_2012", "national_2014_2018", "national_2019_2020", "national_2021")
AT = datetime(2013, 3, 20, 2, 30, tzinfo=UTC)


def bureau(code: str = "gxj", region_path: str = "吉林省/吉林市", kind: str = "department") -> Organ:
    """A bureau with a name in force since 2001."""
    organ = Organ.objects.create(code=code, kind=kind, region_path=region_path, phone="0432-12345678")
    OrganName.objects.create(organ=organ, registered_name="吉林市测试局", from_on=date(2001, 1, 1))
    return organ


def zhang(organ: Organ, *roles: str) -> Staff:
    """张三 of that organ: clerk and publisher unless told otherwise."""
    user = get_user_model().objects.create_user(username=f"zhang-{organ.code}")
    staff = Staff.objects.create(user=user, organ=organ, name="张三")
    for role in roles or ("clerk", "publisher"):
        StaffRole.objects.create(staff=staff, role=role, from_on=date(2005, 1, 1))
    return staff


def li(organ: Organ) -> Staff:
    """李四 of that organ: reviewer."""
    user, _ = get_user_model().objects.get_or_create(username=f"li-{organ.code}")
    staff, fresh = Staff.objects.get_or_create(user=user, organ=organ, name="李四")
    if fresh:
        StaffRole.objects.create(staff=staff, role="reviewer", from_on=date(2005, 1, 1))
    return staff


def approved(report: Report, clerk: Staff, at: datetime = AT, accepting: str = "演示") -> Report:
    """Submitted by the clerk and approved by 李四."""
    reports.submit(report, by=clerk, at=at, accepting=accepting)
    return reports.approve(report, by=li(report.organ), at=at)


def published(report: Report, zhang: Staff, at: datetime = AT, accepting: str = "演示") -> Report:
    """Submitted by 张三, approved by 李四, published by 张三."""
    return reports.publish(approved(report, zhang, at, accepting), by=zhang, at=at)


def disclosures(organ: Organ, year: int, **classes: int) -> list[Disclosure]:
    """So many published items of each information class, one a day from 2 January on."""
    made = [
        Disclosure(
            organ=organ, number=f"{year}-{name}-{place:04}", title=f"第{place}号", information_class=name,
            made_on=date(year, 1, 1), published_on=date(year, 1, 2) + timedelta(days=place % 300),
        )
        for name, count in classes.items()
        for place in range(count)
    ]  # fmt: skip
    return list(Disclosure.objects.bulk_create(made))


def place(organ: Organ, items: list[Disclosure], kind: str = "own_site") -> None:
    """Put items on one carrier, on the day they were published."""
    channel, _ = Channel.objects.get_or_create(organ=organ, number=kind, defaults={"name": kind, "kind": kind})
    for item in items:
        assert item.published_on is not None
        number = f"{kind}-{item.number}"
        posting = Posting.objects.create(
            organ=organ, number=number, channel=channel, title=item.title, posted_on=item.published_on
        )
        Placement.objects.create(organ=organ, number=number, disclosure=item, posting=posting)


def application(organ: Organ, number: str, received_on: date, **more: object) -> Application:
    """One application by a natural person, open unless `outcome` and `concluded_on` are given."""
    given = {"channel": "online", "applicant_type": "natural_person", "subject": "预算", **more}
    if "outcome" in given:
        given.setdefault("timeliness", "on_time")
    return Application.objects.create(organ=organ, number=number, received_on=received_on, **given)


def registers(organ: Organ, year: int = 2012) -> None:
    """A little of everything that the forms of 2012 and 2021 count."""
    place(organ, disclosures(organ, year, normative_documents=2, plans_and_progress=3, other=5)[:7])
    DisclosurePost.objects.create(
        organ=organ, number=f"post-{year}", person_name="李四", engagement="part_time", from_on=date(2008, 1, 1)
    )
    Training.objects.create(
        organ=organ, number=f"t-{year}", held_on=date(year, 3, 1), title="培训", organised_by="own", attendances=12
    )
    application(
        organ, f"{year - 1}-1", date(year - 1, 12, 20), outcome="granted_provided", concluded_on=date(year, 1, 5)
    )
    application(organ, f"{year}-1", date(year, 2, 1), outcome="partially_granted", concluded_on=date(year, 2, 9))
    application(organ, f"{year}-2", date(year, 12, 30), applicant_type="research_institution", channel="by_letter")
    Dispute.objects.create(
        organ=organ, number=f"d-{year}", kind="reconsideration", filed_on=date(year, 5, 1), accepted_on=date(year, 5, 3)
    )
