"""From draft to public page: who may do what, what each step asks for, and what an edit undoes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gongkai.channels.models import Posting
from gongkai.disclosures import actions as disclosures
from gongkai.disclosures import public, queries
from gongkai.disclosures.actions.permission import offered
from gongkai.disclosures.models import Disclosure, Placement, Review, SignOff
from gongkai.disclosures.tests.cast import AT, Cast, bureau, cast, codes, drafted, hire, published, ready, walked
from gongkai.law.refusal import Refused
from gongkai.organs.models import Handover, StaffRole
from gongkai.records import entries
from gongkai.records.models import VoidedRecord

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=3)


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


def shown(item: Disclosure, at: object = AT) -> object:
    return public.item(item.organ.code, item.number, at=at)  # type: ignore[arg-type]


def test_an_item_goes_through_four_hands_to_the_public(people: Cast) -> None:
    item = published(people)
    item.refresh_from_db()
    assert (item.state, item.index_number, item.published_on) == (
        "published",
        "01527918X/2012-00001",
        date(2012, 11, 1),
    )
    assert (item.due_on, item.delivery_due_on) == (date(2012, 10, 30), date(2012, 11, 13))
    assert item.online_timing == "over"
    page = shown(item)
    assert isinstance(page, public.PublicItem)
    assert (page.card.title, page.body, page.shown) == ("关于工业企业用电的通知", "第一段。\n第二段。", 1)
    assert [place.channel for place in page.places] == ["信息公开专栏"]
    acts = [entry.act for entry in entries.about(item, "gxj")]
    assert acts == ["draft", "submit", "pass_attribute", "clear_secrecy", "catalogue", "publish"]
    assert entries.verify() == []


def test_nothing_is_public_before_the_last_step(people: Cast) -> None:
    item = ready(people)
    assert shown(item) is None
    assert public.items(at=AT).total == 0


@pytest.mark.parametrize(("name", "code"), [("body", "body"), ("summary", "summary"), ("attribute", "attribute")])
def test_a_draft_without_text_summary_or_attribute_does_not_move(people: Cast, name: str, code: str) -> None:
    blank: dict[str, Any] = {name: ""}
    item = drafted(people, **blank)
    with pytest.raises(Refused) as refused:
        disclosures.submit(item, by=people.zhang, at=AT)
    assert refused.value.code == code


def test_information_is_closed_only_with_a_ground_and_is_seen_again_in_a_year(people: Cast) -> None:
    item = drafted(people)
    disclosures.submit(item, by=people.zhang, at=AT)
    with pytest.raises(Refused, match="法定理由"):
        disclosures.close(item, attribute="non_disclosure", ground="", by=people.li, at=AT)
    review = disclosures.close(item, attribute="non_disclosure", ground="trade_secret", by=people.li, at=AT)
    assert (item.state, item.re_review_on, item.due_on) == ("withheld", date(2013, 11, 1), None)
    assert "第十五条" in review.cite
    assert list(queries.to_re_review(people.organ, date(2013, 11, 1))) == [item]
    assert [notice.cite for notice in public.closed("gxj")] == [review.cite]


def test_what_was_closed_and_is_opened_has_a_new_clock_and_goes_through_the_gates(people: Cast) -> None:
    item = drafted(people)
    disclosures.submit(item, by=people.zhang, at=AT)
    disclosures.close(item, attribute="on_application", ground="trade_secret", by=people.li, at=AT)
    disclosures.reopen(item, why="asked_often", reason="今年已有三人申请", by=people.li, at=AT)
    assert (item.state, item.attribute, item.due_on) == ("draft", "proactive", date(2012, 11, 29))
    walked(people, item)
    disclosures.publish(item, channels=[people.column], by=people.zhao, at=AT)
    assert item.state == "published"
    told = [review.get_conclusion_display() for review in Review.objects.filter(item=item)]
    assert told == ["不主动公开", "改为主动公开", "通过", "通过", "通过"]


def test_nobody_passes_two_gates_of_one_item(people: Cast) -> None:
    for role in ("clerk", "reviewer", "secrecy_reviewer", "publisher"):
        for person in (people.zhang, people.li, people.wang, people.zhao):
            StaffRole.objects.get_or_create(staff=person, role=role, from_on=date(2000, 1, 1))
    item = drafted(people)
    disclosures.submit(item, by=people.zhang, at=AT)
    with pytest.raises(Refused) as refused:
        disclosures.pass_attribute(item, by=people.zhang, at=AT)
    assert refused.value.code == "same_person"
    disclosures.pass_attribute(item, by=people.li, at=AT)
    for person in (people.zhang, people.li):
        with pytest.raises(Refused):
            disclosures.clear_secrecy(item, by=person, at=AT)
    disclosures.clear_secrecy(item, by=people.wang, at=AT)
    disclosures.catalogue(item, values=codes(), by=people.zhang, at=AT)
    for person in (people.zhang, people.li, people.wang):
        assert "publish" not in offered(item, {"publisher"}, person)
        with pytest.raises(Refused):
            disclosures.publish(item, channels=[people.column], by=person, at=AT)
    assert "publish" in offered(item, {"publisher"}, people.zhao)


def test_whoever_changed_a_word_reviews_nothing_of_it(people: Cast) -> None:
    helper = hire(people.organ, "孙八", "clerk", "reviewer")
    item = drafted(people)
    disclosures.edit(item, values={"body": "改过。"}, by=helper, at=AT)
    disclosures.submit(item, by=people.zhang, at=AT)
    with pytest.raises(Refused) as refused:
        disclosures.pass_attribute(item, by=helper, at=AT)
    assert refused.value.code == "own_words"
    assert "pass_attribute" not in offered(item, {"reviewer"}, helper)


def test_standing_in_for_a_reviewer_does_not_let_the_author_review_his_own(people: Cast) -> None:
    Handover.objects.create(
        from_staff=people.li, to_staff=people.zhang, role="reviewer", from_on=date(2012, 11, 1),
        until_on=date(2012, 11, 30), reason="出差",
    )  # fmt: skip
    item = drafted(people)
    disclosures.submit(item, by=people.zhang, at=AT)
    people.zhang.acting_for = people.li
    with pytest.raises(Refused) as refused:
        disclosures.pass_attribute(item, by=people.zhang, at=AT)
    assert refused.value.code == "same_person"


@pytest.mark.parametrize("steps", range(1, 5))
def test_an_edit_sends_an_item_back_from_wherever_it_is_and_voids_its_reviews(people: Cast, steps: int) -> None:
    item = drafted(people)
    acts: list[Callable[[], object]] = [
        lambda: disclosures.submit(item, by=people.zhang, at=AT),
        lambda: disclosures.pass_attribute(item, by=people.li, at=AT),
        lambda: disclosures.clear_secrecy(item, by=people.wang, at=AT),
        lambda: disclosures.catalogue(item, values=codes(), by=people.zhang, at=AT),
    ]
    for act in acts[:steps]:
        act()
    before = item.digest
    disclosures.edit(item, values={"body": "又一段。"}, by=people.zhang, at=AT)
    item.refresh_from_db()
    assert (item.state, item.attribute_reviewer, item.secrecy_reviewer) == ("draft", None, None)
    assert item.digest != before
    assert not Review.objects.filter(voided_at__isnull=True).exists()


def test_a_review_of_another_text_than_was_read_is_refused(people: Cast) -> None:
    item = drafted(people)
    disclosures.submit(item, by=people.zhang, at=AT)
    seen = item.digest
    disclosures.edit(item, values={"body": "趁人不备。"}, by=people.zhang, at=AT)
    disclosures.submit(item, by=people.zhang, at=AT)
    with pytest.raises(Refused) as refused:
        disclosures.pass_attribute(item, by=people.li, at=AT, seen=seen)
    assert refused.value.code == "changed_meanwhile"


def test_a_text_changed_behind_the_procedure_is_not_published(people: Cast) -> None:
    item = ready(people)
    item.versions.update(body="数据库里改的。")
    with pytest.raises(Refused) as refused:
        disclosures.publish(item, channels=[people.column], by=people.zhao, at=AT)
    assert refused.value.code == "changed_meanwhile"


def test_the_database_itself_refuses_what_was_not_reviewed(people: Cast) -> None:
    item = drafted(people)
    version = item.versions.get()
    changes: dict[str, Any]
    for changes in (
        {"state": "published"}, {"public_version": version}, {"state": "published", "public_version": version},
        {"origin": "ledger"}, {"state": "registered"},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Disclosure.objects.filter(pk=item.pk).update(**changes)
    done = published(people)
    for changes in ({"secrecy_reviewer": people.zhang}, {"publisher": people.zhang}, {"index_number": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Disclosure.objects.filter(pk=done.pk).update(**changes)


def test_a_small_organ_is_told_what_it_lacks_and_may_combine_reviewing_with_publishing_only(people: Cast) -> None:
    assert queries.lacking(people.organ, date(2012, 11, 1)) == ""
    StaffRole.objects.filter(staff=people.zhao).delete()
    assert "发布员" in queries.lacking(people.organ, date(2012, 11, 1))
    StaffRole.objects.create(staff=people.li, role="publisher", from_on=date(2000, 1, 1))
    assert "不足四个" in queries.lacking(people.organ, date(2012, 11, 1))
    item = ready(people)
    with pytest.raises(Refused):
        disclosures.publish(item, channels=[people.column], by=people.li, at=AT)
    disclosures.set_rule(people.organ, values={"combined_reason": "全局编制六人"}, by=people.lead, at=AT)
    assert queries.lacking(people.organ, date(2012, 11, 1)) == ""
    assert list(queries.awaiting_me(people.li, date(2012, 11, 1))) == [item]
    disclosures.publish(item, channels=[people.column], by=people.li, at=AT)
    assert item.state == "published"
    StaffRole.objects.create(staff=people.wang, role="publisher", from_on=date(2000, 1, 1))
    other = ready(people)
    with pytest.raises(Refused):
        disclosures.publish(other, channels=[people.column], by=people.wang, at=AT)


def test_where_the_rule_says_so_the_person_in_charge_signs(people: Cast) -> None:
    disclosures.set_rule(people.organ, values={"sign_off": SignOff.NORMATIVE}, by=people.lead, at=AT)
    assert ready(people).state == "ready"
    item = ready(people, instrument="normative_document")
    assert (item.state, list(queries.awaiting(people.organ, "office_lead"))) == ("signing", [item])
    with pytest.raises(Refused):
        disclosures.publish(item, channels=[people.column], by=people.zhao, at=AT)
    disclosures.sign(item, by=people.lead, at=AT)
    disclosures.publish(item, channels=[people.column], by=people.zhao, at=AT)


def test_a_rule_made_after_the_catalogue_is_kept_at_publication(people: Cast) -> None:
    item = ready(people)
    disclosures.set_rule(people.organ, values={"sign_off": SignOff.ALL}, by=people.lead, at=AT)
    with pytest.raises(Refused, match="签发"):
        disclosures.publish(item, channels=[people.column], by=people.zhao, at=AT)


def test_sending_back_needs_a_reason_and_leads_to_the_author(people: Cast) -> None:
    item = ready(people)
    with pytest.raises(Refused) as refused:
        disclosures.send_back(item, reason=" ", by=people.zhao, at=AT)
    assert refused.value.code == "no_reason"
    disclosures.send_back(item, reason="附件缺一页", by=people.zhao, at=AT)
    assert (item.state, item.sent_back_reason) == ("draft", "附件缺一页")
    assert list(queries.awaiting_me(people.zhang, date(2012, 11, 1))) == [item]


def test_a_new_version_goes_through_the_gates_again_while_the_old_one_stays_public(people: Cast) -> None:
    item = published(people)
    disclosures.revise(item, change_note="改正电话", by=people.zhang, at=LATER)
    disclosures.edit(item, values={"body": "改正之后。"}, by=people.zhang, at=LATER)
    page = shown(item, LATER)
    assert isinstance(page, public.PublicItem)
    assert page.body == "第一段。\n第二段。"
    walked(people, item, LATER)
    disclosures.publish(item, by=people.zhao, at=LATER)
    page = shown(item, LATER)
    assert isinstance(page, public.PublicItem)
    assert (page.body, page.shown, page.card.published_at) == ("改正之后。", 2, AT)
    assert [(one.number, one.note, one.current) for one in page.versions] == [(2, "改正电话", True), (1, "", False)]
    earlier = public.item("gxj", item.number, at=LATER, version=1)
    assert isinstance(earlier, public.PublicItem)
    assert earlier.body == "第一段。\n第二段。"
    item.refresh_from_db()
    assert (item.index_number, item.published_on) == ("01527918X/2012-00001", date(2012, 11, 1))


def test_a_new_version_given_up_leaves_the_public_one_with_its_people(people: Cast) -> None:
    item = published(people)
    disclosures.revise(item, change_note="试改", by=people.zhang, at=LATER)
    disclosures.drop_revision(item, reason="不必改", by=people.zhang, at=LATER)
    item.refresh_from_db()
    assert (item.state, item.attribute_reviewer, item.publisher) == ("published", people.li, people.zhao)
    assert shown(item) is not None


def test_a_draft_never_published_cannot_be_given_up_into_publication(people: Cast) -> None:
    item = drafted(people)
    with pytest.raises(Refused):
        disclosures.drop_revision(item, reason="试", by=people.zhang, at=AT)
    disclosures.discard(item, reason="重复起草", by=people.zhang, at=AT)
    assert not Disclosure.objects.exists()
    assert VoidedRecord.objects.get().reason == "重复起草"


def test_what_is_withdrawn_leaves_a_tombstone_without_its_words(people: Cast) -> None:
    item = published(people)
    disclosures.withdraw(item, reason="含有第三方商业秘密", by=people.zhao, at=LATER)
    gone = shown(item, LATER)
    assert isinstance(gone, public.Tombstone)
    assert (gone.reason, gone.published_at, gone.index_number) == ("含有第三方商业秘密", AT, item.index_number)
    assert public.items(at=LATER).total == 0
    assert [(entry.withdrawn, entry.title) for entry in public.feed(at=LATER)] == [(True, "")]
    assert public.attachment("gxj", item.number, 1, at=LATER) is None
    disclosures.restore(item, change_note="隐去商业秘密", by=people.zhang, at=LATER)
    assert isinstance(shown(item, LATER), public.Tombstone)  # until the new version is public
    walked(people, item, LATER)
    disclosures.publish(item, by=people.zhao, at=LATER)
    assert not isinstance(shown(item, LATER), public.Tombstone)
    item.refresh_from_db()
    assert (item.published_at, item.index_number) == (AT, "01527918X/2012-00001")


def test_what_is_withdrawn_while_a_new_version_is_under_way_is_gone_at_once(people: Cast) -> None:
    item = published(people)
    disclosures.revise(item, change_note="改", by=people.zhang, at=LATER)
    disclosures.submit(item, by=people.zhang, at=LATER)
    disclosures.withdraw(item, reason="处罚决定已撤销", by=people.zhao, at=LATER)
    assert isinstance(shown(item, LATER), public.Tombstone)


def test_one_act_of_repeal_marks_page_list_and_feed(people: Cast) -> None:
    item = published(people)
    disclosures.repeal(item, on=date(2012, 12, 1), basis="吉市工信发〔2012〕30号", by=people.zhao, at=LATER)
    before, after = AT + timedelta(days=29), AT + timedelta(days=30)
    for at, code in ((before, "in_force"), (after, "repealed")):
        page = shown(item, at)
        assert isinstance(page, public.PublicItem)
        assert page.card.validity.code == code
        assert [card.validity.code for card in public.items(at=at).items] == [code]
        assert public.items(at=at, validity=code).total == 1
    assert public.feed(at=after)[0].updated_at == LATER


def test_a_scheduled_item_is_public_from_its_moment_though_no_worker_runs(people: Cast) -> None:
    item = ready(people)
    then = AT + timedelta(hours=5)
    disclosures.schedule(item, channels=[people.column], publish_at=then, by=people.zhao, at=AT)
    assert shown(item, then - timedelta(seconds=1)) is None
    page = shown(item, then + timedelta(hours=1))
    assert isinstance(page, public.PublicItem)
    assert page.card.published_at == then
    assert Placement.objects.get().posting.posted_on == date(2012, 11, 1)
    assert disclosures.release_due(then) == 0


def test_an_edit_cancels_a_scheduled_publication(people: Cast) -> None:
    item = ready(people)
    then = AT + timedelta(hours=5)
    disclosures.schedule(item, channels=[people.column], publish_at=then, by=people.zhao, at=AT)
    disclosures.edit(item, values={"summary": "改了"}, by=people.zhang, at=AT)
    assert disclosures.release_due(then) == 0
    assert shown(item, then) is None


def test_each_channel_has_a_posting_and_the_measures_count_them(people: Cast) -> None:
    published(people)
    assert Posting.objects.get().title == "关于工业企业用电的通知"
    assert Placement.objects.get().disclosure.published_on == Posting.objects.get().posted_on


def test_index_numbers_have_no_gaps_and_are_not_given_twice(people: Cast) -> None:
    first, second = published(people), published(people)
    disclosures.withdraw(second, reason="误发", by=people.zhao, at=AT)
    Disclosure.objects.create(
        organ=people.organ, number="L1", title="历史", information_class="other", made_on=date(2012, 1, 4),
        index_number="01527918X/2012-00003",
    )  # fmt: skip
    third = published(people)
    numbers = [item.index_number for item in (first, second, third)]
    assert numbers == ["01527918X/2012-00001", "01527918X/2012-00002", "01527918X/2012-00004"]


def test_an_urgent_item_stands_first_and_skips_no_gate(people: Cast) -> None:
    first, second = drafted(people, made_on=date(2012, 9, 20)), drafted(people)
    disclosures.mark_urgent(second, reason="供水事故", by=people.zhang, at=AT)
    assert list(queries.awaiting(people.organ, "clerk")) == [second, first]
    assert [one.pk for one in queries.overdue(people.organ, date(2012, 10, 31))] == [second.pk, first.pk]
    assert queries.overdue(bureau("hrb", "黑龙江省/哈尔滨市"), date(2012, 10, 31)).count() == 0


def test_bulk_moves_leave_one_record_each_and_one_refusal_stops_no_other(people: Cast) -> None:
    good, bad = drafted(people), drafted(people, summary="")
    answers = disclosures.each([bad, good], lambda item: disclosures.submit(item, by=people.zhang, at=AT))
    assert [answer.refused is None for answer in answers] == [False, True]
    assert [entry.act for entry in entries.about(good, "gxj")] == ["draft", "submit"]
    assert [entry.act for entry in entries.about(bad, "gxj")] == ["draft"]
