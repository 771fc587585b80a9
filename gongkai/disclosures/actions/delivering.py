"""Hand a published item to reading places, and write down who received it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.channels.models import HoldingDelivery, ReadingPlace
from gongkai.disclosures import timing
from gongkai.disclosures.actions.permission import locked
from gongkai.disclosures.flow import CLERK
from gongkai.disclosures.models import Delivery, Disclosure
from gongkai.law.refusal import Refused
from gongkai.organs.models import Staff, in_force
from gongkai.organs.within import legal_day, require_role, require_said
from gongkai.records import entries

ARTICLE = "《政府信息公开条例》(2019)第二十五条"


@transaction.atomic
def deliver(
    item: Disclosure, *, reading_place: ReadingPlace, on: date, medium: str = "paper", by: Staff, at: datetime
) -> Delivery:  # fmt: skip
    """Say that a published item was handed to a reading place on a day; what the place holds is counted with it.

    The second clock stops when every reading place that is open has it: `delivered_on`, set once.
    """
    locked(item)
    require_role(item.organ, by, at, "报送查阅点", CLERK)
    _require_deliverable(item, reading_place, on, legal_day(at))
    number = f"{item.number}-{reading_place.number}"[:64]
    holding = HoldingDelivery.objects.create(
        organ=item.organ, number=number, reading_place=reading_place, delivered_on=on, medium=medium, quantity=1,
        provenance=item.provenance,
    )  # fmt: skip
    delivery = Delivery.objects.create(
        item=item, reading_place=reading_place, delivered_on=on, delivered_by=by, holding=holding
    )
    after = {"reading_place": reading_place.number, "delivered_on": on, **_stop_clock(item)}
    entries.write(organ_code=item.organ.code, by=by, at=at, act="deliver", subject=item, after=after)
    return delivery


def _require_deliverable(item: Disclosure, place: ReadingPlace, on: date, today: date) -> None:
    if item.public_version_id is None or item.published_on is None:
        raise Refused("not_public", f"信息 {item.number} 没有公开,不能报送查阅点", ARTICLE)
    if on < item.published_on or on > today:
        raise Refused("delivered_on", f"报送日期须在发布日期 {item.published_on} 与今日 {today} 之间;请核对")
    if (
        place.organ_id != item.organ_id
        or place.opened_on > on
        or (place.closed_on is not None and place.closed_on < on)
    ):
        raise Refused("reading_place", f"“{place}”在 {on} 不是本机关开放的公共查阅点;请另选")
    if item.deliveries.filter(reading_place=place).exists():
        raise Refused("delivered_already", f"信息 {item.number} 已经报送过“{place}”")


def _stop_clock(item: Disclosure) -> dict[str, object]:
    """The day on which the last of the open reading places got it, and whether that was in time."""
    had = dict(item.deliveries.values_list("reading_place_id", "delivered_on"))
    last = max(had.values())
    open_places = ReadingPlace.objects.filter(in_force(last, "opened_on", "closed_on"), organ=item.organ)
    if item.delivered_on is not None or set(open_places.values_list("pk", flat=True)) - set(had):
        return {}
    timed = timing.timed({**timing.facts_of(item), "delivered_on": last}, item.organ.jurisdictions)
    facts = {
        "delivered_on": last,
        "delivery_due_on": timed["delivery_due_on"],
        "delivery_timing": timed["delivery_timing"],
    }
    Disclosure.objects.filter(pk=item.pk).update(**facts)
    for name, value in facts.items():
        setattr(item, name, value)
    return facts


@transaction.atomic
def receive(delivery: Delivery, *, received_by: str, on: date, by: Staff, at: datetime) -> Delivery:
    """Write the receipt of a delivery down: who signed for it and when. Refused when there is one."""
    item = delivery.item
    require_role(item.organ, by, at, "登记签收", CLERK)
    name = require_said(received_by, "received_by", "请填写签收人姓名")[:60]
    if not delivery.delivered_on <= on <= legal_day(at):
        raise Refused("received_on", f"签收日期须在报送日期 {delivery.delivered_on} 与今日之间;请核对")
    open_one = Delivery.objects.filter(pk=delivery.pk, received_on__isnull=True)
    if not open_one.update(received_by=name, received_on=on):
        raise Refused("received_already", f"{delivery} 已有回执")
    delivery.received_by, delivery.received_on = name, on
    entries.write(
        organ_code=item.organ.code, by=by, at=at, act="receive_receipt", subject=item,
        after={"reading_place": delivery.reading_place.number, "received_by": name, "received_on": on},
    )  # fmt: skip
    return delivery
