"""The life of a guide and of rules: prepared by one, approved by another, replaced, repealed, found still right."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.guides import actions, public, queries
from gongkai.guides.flow import FLOW
from gongkai.guides.models import Edition
from gongkai.guides.tests.conftest import AT, DAY, TEXTS, published
from gongkai.law.clocks import months_later
from gongkai.law.flow import Move
from gongkai.law.refusal import Refused
from gongkai.organs import actions as organs
from gongkai.organs.models import GroupMember, LeadingGroup, Organ, Staff
from gongkai.records import entries
from gongkai.records.models import Entry


def test_a_guide_is_prepared_by_one_and_approved_by_another(
    draft: Edition, zhang: Staff, zhao: Staff, qian: Staff
) -> None:
    with pytest.raises(Refused) as no:
        public.edition("gxj", "guide")
    assert no.value.code == "not_found"
    published(draft, zhang, zhao, qian, AT)
    shown = public.edition("gxj", "guide")
    assert [section.code for section in shown.sections] == list(TEXTS)
    assert (shown.version, shown.published_on, shown.is_in_force) == (1, DAY, True)
    assert [entry.act for entry in entries.about(draft, "gxj").order_by("seq")] == [
        "begin_edition", "write_edition", "submit", "approve", "publish",
    ]  # fmt: skip
    assert entries.verify() == []


def test_nobody_approves_what_they_have_prepared(draft: Edition, zhao: Staff) -> None:
    actions.submit(draft, by=zhao, at=AT)
    with pytest.raises(Refused) as no:
        actions.approve(draft, by=zhao, at=AT)
    assert no.value.code == "same_person"


def test_one_who_approved_once_may_prepare_it_anew_for_another(draft: Edition, zhang: Staff, zhao: Staff) -> None:
    actions.submit(draft, by=zhang, at=AT)
    actions.approve(draft, by=zhao, at=AT)
    actions.send_back(draft, reason="电话有误", by=zhao, at=AT)
    actions.submit(draft, by=zhao, at=AT)
    draft.refresh_from_db()
    assert (draft.state, draft.submitted_by, draft.approved_by) == ("submitted", zhao, None)


def test_what_is_submitted_is_not_changed(draft: Edition, zhang: Staff) -> None:
    actions.submit(draft, by=zhang, at=AT)
    with pytest.raises(Refused) as no:
        actions.write(draft, title="别的", sections={}, by=zhang, at=AT)
    assert no.value.code == "wrong_state"


def test_two_who_write_at_once_lose_nothing(draft: Edition, zhang: Staff, zhao: Staff) -> None:
    seen = draft.revision
    actions.write(draft, title=draft.title, sections={"other": "甲"}, seen=seen, by=zhang, at=AT)
    with pytest.raises(Refused) as no:
        actions.write(draft, title=draft.title, sections={"other": "乙"}, seen=seen, by=zhao, at=AT)
    assert no.value.code == "changed_meanwhile"
    draft.refresh_from_db()
    assert draft.sections["other"] == "甲"


def test_writing_what_stands_leaves_no_entry(draft: Edition, zhang: Staff) -> None:
    before = Entry.objects.count()
    actions.write(draft, title=draft.title, sections=TEXTS, by=zhang, at=AT)
    assert Entry.objects.count() == before


def test_a_new_edition_replaces_the_old_one_which_stays_to_be_read(
    guide: Edition, zhang: Staff, zhao: Staff, qian: Staff
) -> None:
    later = AT + timedelta(days=40)
    second = actions.revise(guide, by=zhang, at=later)
    with pytest.raises(Refused) as no:
        actions.revise(guide, by=zhang, at=later)
    assert no.value.code == "on_its_way"
    with pytest.raises(Refused) as no:
        actions.submit(second, by=zhang, at=later)
    assert no.value.code == "change_note"
    changed = {"office_phone": "0432-87654321"}
    second = actions.write(
        second, title=second.title, sections=changed, change_note="电话更换", by=zhang, at=later
    )  # fmt: skip
    published(second, zhang, zhao, qian, later)
    old, new = public.edition("gxj", "guide", 1), public.edition("gxj", "guide")
    assert (old.replaced_on, new.version) == (date(2025, 4, 12), 2)
    assert [section.text for section in old.sections if section.code == "office_phone"] == ["0432-12345678"]
    assert [edition.version for edition in public.editions("gxj", "guide")] == [2, 1]


def test_a_rule_is_repealed_with_a_reason_and_the_guide_never(
    bureau: Organ, guide: Edition, zhang: Staff, zhao: Staff, qian: Staff
) -> None:
    rule = actions.create(bureau, kind="rule", code="ZD-01", title="保密审查制度", by=zhang, at=AT)
    rule = actions.write(rule, title=rule.title, sections={"scope": "全局"}, by=zhang, at=AT)
    published(rule, zhang, zhao, qian, AT)
    with pytest.raises(Refused):
        actions.repeal(guide, reason="不要了", by=zhao, at=AT)
    with pytest.raises(Refused):
        actions.repeal(rule, reason=" ", by=zhao, at=AT)
    actions.repeal(rule, reason="由新制度代替", by=zhao, at=AT)
    (shown,) = public.in_force("gxj", "rule")
    assert (shown.repealed_on, shown.repeal_reason) == (DAY, "由新制度代替")


def test_a_document_is_begun_once(bureau: Organ, guide: Edition, zhang: Staff) -> None:
    with pytest.raises(Refused) as no:
        actions.create(bureau, kind="guide", title="又一个指南", by=zhang, at=AT)
    assert no.value.code == "code"
    for code in ("", "guide", "有字"):
        with pytest.raises(Refused):
            actions.create(bureau, kind="rule", code=code, title="制度", by=zhang, at=AT)


def test_an_item_that_the_law_asks_for_is_marked_while_it_is_missing(draft: Edition, zhang: Staff) -> None:
    facts = queries.facts_of(draft.organ, DAY)
    assert queries.marks(draft, facts, DAY) == ()
    draft = actions.write(draft, title=draft.title, sections={"office_hours": ""}, by=zhang, at=AT)
    (mark,) = queries.marks(draft, facts, DAY)
    assert (mark.fault, mark.item.zh, mark.item.cite) == ("missing", "办公时间", "《政府信息公开条例》(2019)第十二条")


def test_a_telephone_changed_in_the_organs_record_is_due_within_twenty_working_days(guide: Edition) -> None:
    assert queries.standing(guide, DAY).marks == ()
    changed = AT + timedelta(days=28)  # 2025-03-31
    organs.set_contact(guide.organ, phone="0432-99999999", by="准备", at=changed)
    guide.refresh_from_db()
    found = queries.standing(guide, date(2025, 4, 1))
    assert [(mark.fault, mark.item.code, mark.stands) for mark in found.marks] == [
        ("differs", "office_phone", "0432-99999999")
    ]
    assert (found.reason, found.due_on) == ("differs", date(2025, 4, 28))  # 4 April is free, Sunday the 27th worked
    assert found.is_overdue(date(2025, 4, 29))
    assert not found.is_overdue(date(2025, 4, 28))


def test_the_head_of_the_office_is_held_against_the_register_only_where_the_guide_names_one(
    guide: Edition, zhang: Staff
) -> None:
    group = LeadingGroup.objects.create(
        organ=guide.organ, number="1", kind="lead_office", name="办公室", from_on=date(2020, 1, 1)
    )
    GroupMember.objects.create(
        organ=guide.organ, number="1", group=group, person_name="孙一", duty="head", from_on=date(2020, 1, 1)
    )
    assert queries.standing(guide, DAY).marks == ()
    guide.sections["lead"] = "周二"
    (mark,) = queries.standing(guide, DAY).marks
    assert (mark.fault, mark.stands) == ("differs", "孙一")


def test_a_guide_not_looked_at_for_a_year_is_due_until_somebody_says_it_is_still_right(
    guide: Edition, zhao: Staff, zhang: Staff
) -> None:
    assert queries.standing(guide, DAY).due_on == date(2026, 3, 3)
    with pytest.raises(Refused):
        actions.confirm(guide, by=zhang, at=AT)
    actions.confirm(guide, by=zhao, at=AT + timedelta(days=364))
    guide.refresh_from_db()
    assert queries.standing(guide, DAY).due_on == date(2027, 3, 2)


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 12, 31), 2, date(2025, 2, 28)),
        (date(2024, 11, 30), 1, date(2024, 12, 30)),
        (date(2024, 12, 15), 12, date(2025, 12, 15)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_one(day: date, months: int, due: date) -> None:
    assert months_later(day, months) == due


def test_somebody_of_another_organ_can_do_nothing(draft: Edition, wang: Staff) -> None:
    with pytest.raises(Refused) as no:
        actions.write(draft, title="别的", sections={}, by=wang, at=AT)
    assert no.value.code == "not_your_role"
    with pytest.raises(Refused):
        actions.submit(draft, by=wang, at=AT)


ACTS = st.lists(
    st.tuples(st.sampled_from(FLOW.moves), st.sampled_from(["张三", "赵六", "钱二"])), min_size=3, max_size=15
)


@given(acts=ACTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_sequence_of_acts_publishes_what_one_person_prepared_and_approved(
    acts: list[tuple[Move, str]], draft: Edition, zhang: Staff, zhao: Staff, qian: Staff
) -> None:
    people = {"张三": zhang, "赵六": zhao, "钱二": qian}
    with transaction.atomic():
        edition = Edition.objects.get(pk=draft.pk)
        for move, who in acts:
            _try(edition, move, people[who])
        done = Edition.objects.get(pk=draft.pk)
        if done.state in ("published", "repealed"):
            assert done.submitted_by is not None
            assert done.approved_by is not None
            assert done.submitted_by.user_id != done.approved_by.user_id
            told = set(Entry.objects.filter(subject_key=draft.number).values_list("act", flat=True))
            assert told >= {"submit", "approve", "publish"}
        transaction.set_rollback(True)


def _try(edition: Edition, move: Move, by: Staff) -> None:
    verb = getattr(actions, {"return": "send_back"}.get(move.name, move.name))
    reason = {"reason": "试"} if move.name in ("send_back", "return", "repeal") else {}
    try:
        verb(edition, by=by, at=AT, **reason)
    except Refused:
        edition.refresh_from_db()


@pytest.mark.parametrize(
    ("text", "stands", "same"),
    [
        ("电话 0432 1234-5678 转 2", "0432-12345678", True),
        ("(0432)12345678", "0432-12345678", True),
        ("0432-123456789", "0432-12345678", False),
        ("解放路 1 号三楼", "解放路1号", True),
        ("解放路11号", "解放路1号", False),
        ("gk@example.invalid", "gk@example.invalid", True),
    ],
)
def test_a_number_is_the_same_however_it_is_spaced_and_another_when_it_is_longer(
    text: str, stands: str, same: bool
) -> None:
    assert queries._says(text, stands) is same
