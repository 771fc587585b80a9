"""Whose account a channel is, what was put on it, and what the register had before the procedure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils.timezone import get_current_timezone

from gongkai.channels import actions as channels
from gongkai.channels.ledgers import POSTINGS
from gongkai.channels.models import Channel, Posting
from gongkai.disclosures import actions as disclosures
from gongkai.disclosures import public
from gongkai.disclosures.actions.registering import amend, place, record
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.tests.cast import AT, Cast, cast, codes, hire, published, ready
from gongkai.law.refusal import Refused
from gongkai.organs import register
from gongkai.organs.models import Handover, Staff
from gongkai.records import entries

pytestmark = pytest.mark.django_db
TODAY = date(2012, 11, 1)


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


def another(people: Cast, name: str = "赵七") -> Staff:
    """One more publisher."""
    return hire(people.organ, name, "publisher")


def appointed(people: Cast, whom: Staff, **changes: Any) -> Any:
    """That person, administrator of the column."""
    given = {"staff": whom, "from_on": TODAY, "reason": "党组会议纪要", "by": people.lead, "at": AT, **changes}
    return channels.appoint_holder(people.column, **given)


# ── Whose account it is ──


def test_only_its_administrator_posts_on_an_account(people: Cast) -> None:
    holder = appointed(people, another(people))
    item = ready(people)
    with pytest.raises(Refused, match="赵七") as refused:
        disclosures.publish(item, channels=[people.column], by=people.zhao, at=AT)
    assert refused.value.code == "not_holder"
    disclosures.publish(item, channels=[people.column], by=holder.staff, at=AT)


def test_whoever_stands_in_for_the_administrator_posts_in_their_stead(people: Cast) -> None:
    absent = appointed(people, another(people)).staff
    Handover.objects.create(
        from_staff=absent, to_staff=people.zhao, role="publisher", from_on=TODAY, until_on=TODAY, reason="出差"
    )
    people.zhao.acting_for = absent
    item = ready(people)
    then = AT + timedelta(minutes=5)
    disclosures.schedule(item, channels=[people.column], publish_at=then, by=people.zhao, at=AT)
    assert disclosures.release_due(then) == 1


def test_an_account_is_free_again_after_its_administrators_last_day(people: Cast) -> None:
    holder = appointed(people, another(people), from_on=date(2012, 10, 1))
    with pytest.raises(Refused, match="昨日"):
        channels.end_holder(holder, until_on=date(2012, 10, 3), reason="调离", by=people.lead, at=AT)
    channels.end_holder(holder, until_on=date(2012, 10, 31), reason="调离", by=people.lead, at=AT)
    published(people)
    with pytest.raises(Refused, match="不需要"):
        channels.end_holder(holder, until_on=TODAY, reason="调离", by=people.lead, at=AT)
    told = [entry.act for entry in entries.about(holder, "gxj")]
    assert sorted(told) == ["appoint_holder", "end_holder"]


def test_an_administrator_is_a_publisher_of_the_organ_named_once_with_a_reason(people: Cast) -> None:
    for changes in ({"staff": people.li}, {"reason": " "}, {"by": people.zhang}):
        with pytest.raises(Refused):
            appointed(people, people.zhao, **changes)
    appointed(people, people.zhao)
    with pytest.raises(Refused, match="已经是"):
        appointed(people, people.zhao)


# ── What was put where ──


def test_a_posting_of_the_procedure_is_corrected_there_with_a_reason_and_not_in_the_register(people: Cast) -> None:
    item = published(people)
    posting = Posting.objects.get()
    for act in (
        lambda: register.amend(posting, POSTINGS, changes={"title": "改"}, by=people.zhang, at=AT),
        lambda: register.void(posting, POSTINGS, reason="绕过", by=people.zhang, at=AT),
    ):
        with pytest.raises(Refused, match="审核流程"):
            act()
    later = AT + timedelta(days=3)
    given: dict[str, Any] = {"posting": posting, "on": TODAY + timedelta(days=2), "at": later}
    for changes in ({"by": people.zhang}, {"reason": ""}, {"on": TODAY - timedelta(days=1)}, {"on": date(2012, 12, 1)}):
        with pytest.raises(Refused):
            disclosures.correct_posting(item, **{"reason": "误记", "by": people.zhao, **given, **changes})
    disclosures.correct_posting(item, reason="该期实际 11 月 3 日出刊", by=people.zhao, **given)
    posting.refresh_from_db()
    assert posting.posted_on == date(2012, 11, 3)
    assert Disclosure.objects.get().published_on == TODAY
    assert entries.about(item, "gxj").order_by("-seq")[0].act == "correct_posting"


def test_a_public_item_is_put_on_one_more_channel(people: Cast) -> None:
    item = published(people)
    paper = Channel.objects.create(organ=people.organ, number="paper", name="工业信息", kind="periodical")
    given: dict[str, Any] = {"channel": paper, "on": TODAY, "at": AT}
    disclosures.post(item, by=people.zhao, **given)
    with pytest.raises(Refused, match="已登记过"):
        disclosures.post(item, by=people.zhao, **given)
    with pytest.raises(Refused):
        disclosures.post(ready(people), by=people.zhao, **given)
    shown = public.item("gxj", item.number, at=AT)
    assert isinstance(shown, public.PublicItem)
    assert [one.channel for one in shown.places] == ["信息公开专栏", "工业信息"]


# ── From the register ──


def historic(people: Cast, **changes: Any) -> Disclosure:
    """A row of the register that was published in 2011, with its posting."""
    values = {
        "number": "2011-001", "title": "关于用电的通知", "attribute": "proactive", "information_class": "other",
        "made_on": date(2011, 3, 1), "published_on": date(2011, 3, 9), "is_document": "yes",
        "summary": "概述", **changes,
    }  # fmt: skip
    row = record(organ=people.organ, values=values, by=people.zhang, at=AT)
    posting = register.record(
        Posting, POSTINGS, organ=people.organ, by=people.zhang, at=AT,
        values={"number": "P1", "channel": people.column, "title": row.title, "posted_on": date(2011, 3, 9)},
    )  # fmt: skip
    place(row, posting=posting, number="L1", by=people.zhang, at=AT)
    return amend(row, changes={"note": "补登"}, by=people.zhang, at=AT)


def test_what_the_register_published_is_adopted_with_its_history_and_shown_after_every_gate(people: Cast) -> None:
    row = historic(people)
    disclosures.adopt(row, by=people.zhang, at=AT)
    assert public.items(at=AT).total == 0
    disclosures.edit(row, values={"body": "补录的正文"}, by=people.zhang, at=AT)
    disclosures.submit(row, by=people.zhang, at=AT)
    with pytest.raises(Refused):
        disclosures.close(row, attribute="non_disclosure", ground="trade_secret", by=people.li, at=AT)
    disclosures.pass_attribute(row, by=people.li, at=AT)
    disclosures.clear_secrecy(row, by=people.wang, at=AT)
    disclosures.catalogue(row, values=codes(), by=people.zhang, at=AT)
    disclosures.publish(row, by=people.zhao, at=AT)
    row.refresh_from_db()
    began = datetime(2011, 3, 9, tzinfo=get_current_timezone())
    assert (row.published_on, row.published_at, row.online_timing) == (date(2011, 3, 9), began, "within")
    assert row.index_number
    assert [one.posting.number for one in row.placements.all()] == ["P1"]
    assert [entry.act for entry in entries.about(row, "gxj").order_by("seq")][:3] == ["record", "amend", "adopt"]
    shown = public.item("gxj", "2011-001", at=AT)
    assert isinstance(shown, public.PublicItem)
    assert shown.body == "补录的正文"
    with pytest.raises(Refused, match="审核流程"):
        register.amend(row.placements.get().posting, POSTINGS, changes={"title": "改"}, by=people.zhang, at=AT)


def test_an_adopted_row_goes_back_to_the_register_until_it_is_shown(people: Cast) -> None:
    row = historic(people)
    disclosures.adopt(row, by=people.zhang, at=AT)
    with pytest.raises(Refused):
        disclosures.discard(row, reason="误转", by=people.zhang, at=AT)
    disclosures.unadopt(row, reason="误转", by=people.zhang, at=AT)
    assert (row.origin, row.state, row.published_at) == ("ledger", "registered", None)
    amend(row, changes={"note": "仍可更正"}, by=people.zhang, at=AT)
    disclosures.adopt(row, by=people.zhang, at=AT)
    assert row.versions.order_by("-number")[0].number == 2
    with pytest.raises(Refused, match="不能退回"):
        disclosures.unadopt(disclosures.draft(
            people.organ, values={"title": "新", "made_on": TODAY}, by=people.zhang, at=AT
        ), reason="误", by=people.zhang, at=AT)  # fmt: skip


def test_a_row_given_back_is_judged_by_the_facts_that_were_corrected_meanwhile(people: Cast) -> None:
    row = historic(people)
    disclosures.adopt(row, by=people.zhang, at=AT)
    with pytest.raises(Refused, match="晚于首次公开日期 2011-03-09"):
        disclosures.edit(row, values={"made_on": date(2011, 3, 10)}, by=people.zhang, at=AT)
    row.refresh_from_db()
    disclosures.edit(row, values={"made_on": date(2011, 1, 4)}, by=people.zhang, at=AT)
    disclosures.unadopt(row, reason="误转", by=people.zhang, at=AT)
    row.refresh_from_db()
    assert (row.made_on, row.online_timing) == (date(2011, 1, 4), "over")


def test_numbers_that_the_register_gave_or_voided_are_passed_over(people: Cast) -> None:
    row = historic(people)
    for number in ("2011-001-1", "2011-001-2"):
        posting = register.record(
            Posting, POSTINGS, organ=people.organ, by=people.zhang, at=AT,
            values={"number": number, "channel": people.column, "title": "别的", "posted_on": date(2011, 3, 9)},
        )  # fmt: skip
    register.void(posting, POSTINGS, reason="重复", by=people.zhang, at=AT)
    disclosures.adopt(row, by=people.zhang, at=AT)
    disclosures.edit(row, values={"body": "补录的正文"}, by=people.zhang, at=AT)
    disclosures.submit(row, by=people.zhang, at=AT)
    disclosures.pass_attribute(row, by=people.li, at=AT)
    disclosures.clear_secrecy(row, by=people.wang, at=AT)
    disclosures.catalogue(row, values=codes(), by=people.zhang, at=AT)
    disclosures.publish(row, channels=[people.column], by=people.zhao, at=AT)
    assert [one.posting.number for one in row.placements.order_by("pk")] == ["P1", "2011-001-3"]
