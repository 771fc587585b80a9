"""How the acts on items of the disclosure procedure are attempted, and how an item is brought into each state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from gongkai.channels import actions as channels
from gongkai.channels.models import Channel, Holder, HoldingDelivery, Posting
from gongkai.disclosures import actions as disclosures
from gongkai.disclosures.flow import STATES
from gongkai.disclosures.models import ChainRule, Delivery, Disclosure, Incident, ScreeningFinding, Version
from gongkai.organs.models import Staff
from gongkai.reports.tests.cast import AT

World = Any  # of tests.roles.world, which is made with what stands here
DAY = date(2013, 3, 20)
EVERY = tuple(code for code, _ in STATES)
WORDS: dict[str, Any] = {
    "title": "通知", "summary": "概述", "body": "正文", "made_on": date(2013, 3, 1), "attribute": "proactive",
    "information_class": "other",
}  # fmt: skip
Do = Callable[[Any, World, Staff], object]


def codes() -> dict[str, str]:
    """Codes for the catalogue."""
    themes = Disclosure._meta.get_field("theme").flatchoices
    return {"theme": str(themes[0][0]), "disclosure_item": "20-01"}


def set_sign_off(world: World, value: str) -> None:
    """The organ's rule, as a raw row."""
    ChainRule.objects.update_or_create(
        organ=world.bureau, defaults={"sign_off": value, "index_prefix": "01527918X"}
    )  # fmt: skip


def make(world: World, state: str) -> Disclosure:
    """An item of the bureau in a state; made by those who may."""
    if state == "registered":
        return Disclosure.objects.create(
            organ=world.bureau, number="台账", title="历史", information_class="other", made_on=date(2013, 3, 1)
        )
    people = {role: world.actor("own", role) for role in ("clerk", "reviewer", "secrecy_reviewer", "publisher")}
    set_sign_off(world, "all" if state == "signing" else "none")
    item = disclosures.draft(world.bureau, values=WORDS, by=people["clerk"], at=AT)
    for name, act in _steps(world, people):
        if item.state == state or (name == "reviewed" and state == "withheld"):
            break
        act(item)
    if state == "withheld":
        disclosures.close(item, attribute="non_disclosure", ground="trade_secret", by=people["reviewer"], at=AT)
    set_sign_off(world, "none")
    return item


def _steps(world: World, people: dict[str, Staff]) -> list[tuple[str, Callable[[Disclosure], object]]]:
    channel = world.rows["channels"]
    then = AT + timedelta(days=1)
    return [
        ("submitted", lambda item: disclosures.submit(item, by=people["clerk"], at=AT)),
        ("reviewed", lambda item: disclosures.pass_attribute(item, by=people["reviewer"], at=AT)),
        ("cleared", lambda item: disclosures.clear_secrecy(item, by=people["secrecy_reviewer"], at=AT)),
        ("catalogued", lambda item: disclosures.catalogue(item, values=codes(), by=people["clerk"], at=AT)),
        ("scheduled", lambda item: disclosures.schedule(
            item, channels=[channel], publish_at=then, by=people["publisher"], at=AT
        )),
        ("published", lambda item: disclosures.publish(item, by=people["publisher"], at=AT)),
        ("withdrawn", lambda item: disclosures.withdraw(item, reason="误发", by=people["publisher"], at=AT)),
    ]  # fmt: skip


def _made_public(item: Disclosure) -> None:
    """As if an earlier version were public while this one is under way."""
    if item.origin == "chain" and item.public_version is None and item.state not in ("withheld", "withdrawn"):
        old = item.versions.get()
        Disclosure.objects.filter(pk=item.pk).update(
            public_version=old, published_at=AT, published_on=DAY, index_number="01527918X/2013-00099"
        )


def _withdraw(item: Disclosure, world: World, by: Staff) -> None:
    _made_public(item)
    disclosures.withdraw(item, reason="误发", by=by, at=AT)


def _drop(item: Disclosure, world: World, by: Staff) -> None:
    if item.state == "draft":
        # A draft that revises something public: the public item of the world, with a raw new version.
        item, clerk = world.subject("disclosures", "published"), world.actor("own", "clerk")
        Disclosure.objects.filter(pk=item.pk).update(state="draft")
        Version.objects.create(item=item, number=2, title="通知", made_at=AT, made_by=clerk, digest="x")
    disclosures.drop_revision(item, reason="不改了", by=by, at=AT)


def _detach(item: Disclosure, world: World, by: Staff) -> None:
    clerk = world.actor("own", "clerk")
    if item.state != "draft":
        disclosures.attach(item, name="a.txt", data=b"a", by=by, at=AT)
        return
    disclosures.detach(disclosures.attach(item, name="a.txt", data=b"a", by=clerk, at=AT), by=by, at=AT)


def _mask(item: Disclosure, world: World, by: Staff) -> None:
    clerk = world.actor("own", "clerk")
    if item.state != "draft":
        disclosures.attach(item, name="c.txt", data=b"c", by=by, at=AT)
        return
    file = disclosures.attach(item, name="c.txt", data="号码13800000000".encode(), by=clerk, at=AT)
    item.findings.filter(place="c.txt").update(judgement="accepted", reason="属实", judged_at=AT)
    disclosures.mask(file, by=by, at=AT)


def _judge(item: Disclosure, world: World, by: Staff) -> None:
    if item.origin != "chain":
        disclosures.mark_urgent(item, reason="试", by=by, at=AT)
    version = item.versions.order_by("number")[0]
    finding = ScreeningFinding.objects.create(
        item=item, version=version, place="body", kind="personal", rule="r", text="x", severity="low", key="k"
    )
    disclosures.judge(finding, judgement="dismissed", reason="示例", by=by, at=AT)


def _receive(item: Disclosure, world: World, by: Staff) -> None:
    place = world.rows["reading_places"]
    holding = HoldingDelivery.objects.create(
        organ=world.bureau, number="送-1", reading_place=place, delivered_on=DAY, medium="paper", quantity=1
    )
    delivery = Delivery.objects.create(
        item=item, reading_place=place, delivered_on=DAY, delivered_by=world.actor("own", "clerk"), holding=holding
    )
    disclosures.receive(delivery, received_by="馆员", on=DAY, by=by, at=AT)


def _unadopt(item: Disclosure, world: World, by: Staff) -> None:
    if item.state == "draft":  # as if it had come from the register, published long ago
        then = {"made_on": date(2012, 1, 1), "published_on": date(2012, 2, 1), "published_at": AT}
        Disclosure.objects.filter(pk=item.pk).update(**then, online_timing="", attribute="proactive")
    disclosures.unadopt(item, reason="误转", by=by, at=AT)


def _post(item: Disclosure, world: World, by: Staff) -> None:
    channel = Channel.objects.create(organ=world.bureau, number="另", name="期刊", kind="periodical")
    disclosures.post(item, channel=channel, on=AT.date(), by=by, at=AT)


def _stray(world: World) -> Posting:
    """A posting that is of no item."""
    return Posting.objects.create(
        organ=world.bureau, number="无", channel=world.rows["channels"], title="无", posted_on=DAY
    )  # fmt: skip


def _correct_posting(item: Disclosure, world: World, by: Staff) -> None:
    place = item.placements.first()
    posting = place.posting if place is not None else _stray(world)
    disclosures.correct_posting(item, posting=posting, on=AT.date(), reason="误记", by=by, at=AT)


def appoint_holder(world: World, state: str, by: Staff) -> None:
    """Somebody named for an account."""
    publisher = world.actor("own", "publisher")
    channels.appoint_holder(
        world.rows["channels"], staff=publisher, from_on=AT.date(), reason="纪要", by=by, at=AT
    )  # fmt: skip


def end_holder(world: World, state: str, by: Staff) -> None:
    """Somebody named no longer."""
    holder = Holder.objects.create(
        organ=world.bureau, channel=world.rows["channels"], staff=world.actor("own", "publisher"), from_on=DAY,
        reason="纪要",
    )  # fmt: skip
    channels.end_holder(holder, until_on=AT.date(), reason="调离", by=by, at=AT)


def _to_sign(item: Disclosure, world: World, by: Staff) -> None:
    set_sign_off(world, "all")
    disclosures.catalogue(item, values=codes(), by=by, at=AT)


def _close_incident(world: World, state: str, by: Staff) -> None:
    incident = Incident.objects.create(
        organ=world.bureau, sha256="0" * 64, name="a", rule="r", person_named="某", at=AT
    )
    disclosures.close_incident(incident, reason="已收回", by=by, at=AT)


ON_ITEMS: dict[str, Do] = {
    "drafting.edit": lambda item, world, by: disclosures.edit(item, values={"body": "改"}, by=by, at=AT),
    "attaching.attach": lambda item, world, by: disclosures.attach(item, name="b.txt", data=b"b", by=by, at=AT),
    "attaching.detach": _detach,
    "attaching.mask": _mask,
    "drafting.adopt": lambda item, world, by: disclosures.adopt(item, by=by, at=AT),
    "drafting.unadopt": _unadopt,
    "posting.post": _post,
    "posting.correct_posting": _correct_posting,
    "drafting.revise": lambda item, world, by: disclosures.revise(item, change_note="改", by=by, at=AT),
    "drafting.restore": lambda item, world, by: disclosures.restore(item, change_note="改", by=by, at=AT),
    "drafting.drop_revision": _drop,
    "drafting.discard": lambda item, world, by: disclosures.discard(item, reason="重复", by=by, at=AT),
    "reviewing.submit": lambda item, world, by: disclosures.submit(item, by=by, at=AT),
    "reviewing.pass_attribute": lambda item, world, by: disclosures.pass_attribute(item, by=by, at=AT),
    "reviewing.close": lambda item, world, by: disclosures.close(
        item, attribute="on_application", ground="trade_secret", by=by, at=AT
    ),
    "reviewing.clear_secrecy": lambda item, world, by: disclosures.clear_secrecy(item, by=by, at=AT),
    "reviewing.close_secrecy": lambda item, world, by: disclosures.close_secrecy(
        item, ground="state_secret", by=by, at=AT
    ),
    "publishing.catalogue": lambda item, world, by: disclosures.catalogue(item, values=codes(), by=by, at=AT),
    "reviewing.sign": lambda item, world, by: disclosures.sign(item, by=by, at=AT),
    "reviewing.send_back": lambda item, world, by: disclosures.send_back(item, reason="不全", by=by, at=AT),
    "reviewing.keep_closed": lambda item, world, by: disclosures.keep_closed(item, reason="仍是", by=by, at=AT),
    "reviewing.reopen": lambda item, world, by: disclosures.reopen(
        item, why="re_review", reason="不再是", by=by, at=AT
    ),
    "publishing.publish": lambda item, world, by: disclosures.publish(
        item, channels=[world.rows["channels"]], by=by, at=AT
    ),
    "publishing.schedule": lambda item, world, by: disclosures.schedule(
        item, channels=[world.rows["channels"]], publish_at=AT + timedelta(days=1), by=by, at=AT
    ),
    "publishing.unschedule": lambda item, world, by: disclosures.unschedule(item, by=by, at=AT),
    "afterwards.withdraw": _withdraw,
    "afterwards.repeal": lambda item, world, by: disclosures.repeal(item, on=DAY, basis="文件", by=by, at=AT),
    "afterwards.set_validity": lambda item, world, by: disclosures.set_validity(
        item, effective_on=DAY, lapses_on=None, basis="文件", by=by, at=AT
    ),
    "afterwards.mark_urgent": lambda item, world, by: disclosures.mark_urgent(item, reason="急", by=by, at=AT),
    "judging.judge": _judge,
    "delivering.deliver": lambda item, world, by: disclosures.deliver(
        item, reading_place=world.rows["reading_places"], on=DAY, by=by, at=AT
    ),
    "delivering.receive": _receive,
}  # fmt: skip
"""Function -> how it is tried on an item of the bureau in every state."""
ALONE: dict[str, Callable[[World, str, Staff], object]] = {
    "drafting.draft": lambda world, state, by: disclosures.draft(world.bureau, values=WORDS, by=by, at=AT),
    "attaching.draft_from_file": lambda world, state, by: disclosures.draft_from_file(
        world.bureau, values=WORDS, name="d.txt", data=b"d", by=by, at=AT
    ),
    "judging.close_incident": _close_incident,
    "ruling.set_rule": lambda world, state, by: disclosures.set_rule(
        world.bureau, values={"re_review_months": 6}, by=by, at=AT
    ),
    "ruling.begin_procedure": lambda world, state, by: disclosures.begin_procedure(
        world.bureau, since=DAY, by=by, at=AT
    ),
}  # fmt: skip
"""Function -> how it is tried; its subject has no state."""
EXTRA: dict[str, Do] = {"publishing.catalogue": _to_sign}
"""Another way through a function."""
