"""A comment from arrival to its answer in public: who may do what, and nothing is shown that was not looked at."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from gongkai.comments import actions, public, queries
from gongkai.comments.flow import SHOWN
from gongkai.comments.models import Comment
from gongkai.comments.tests.conftest import AT, DUE
from gongkai.law.refusal import Refused
from gongkai.organs.models import Organ, Staff
from gongkai.organs.tests.cast import make_organ, make_staff
from gongkai.records import entries
from gongkai.records.models import Entry


def acts_of(comment: Comment) -> list[str]:
    return list(entries.about(comment, comment.organ.code).order_by("seq").values_list("act", flat=True))


def test_a_comment_goes_from_arrival_to_its_answer_in_public(comment: Comment, zhang: Staff, zhao: Staff) -> None:
    assert public.shown("gxj", 2024) == []
    actions.show(comment, owner=zhang, due_on=DUE, by=zhao, at=AT)
    (shown,) = public.shown("gxj", 2024)
    assert (shown.text, shown.answer) == (comment.text, "")
    actions.reply(comment, answer="合并了两个科室的数据。", by=zhang, at=AT)
    assert public.shown("gxj", 2024)[0].answer == ""
    actions.release(comment, by=zhao, at=AT)
    (shown,) = public.shown("gxj", 2024)
    assert (shown.answer, shown.answered_on) == ("合并了两个科室的数据。", date(2025, 3, 3))
    assert acts_of(comment) == ["receive_comment", "show_comment", "draft_reply", "release_reply"]
    assert entries.verify() == []


def test_what_is_withheld_is_shown_nowhere_and_needs_a_reason(comment: Comment, zhang: Staff, zhao: Staff) -> None:
    with pytest.raises(Refused, match="须写明理由"):
        actions.withhold(comment, reason=" ", by=zhao, at=AT)
    actions.withhold(comment, reason="含有他人个人信息", by=zhao, at=AT)
    assert public.shown_total("gxj", 2024) == 0
    actions.show(comment, owner=zhang, due_on=DUE, by=zhao, at=AT)  # on second thoughts
    assert public.shown_total("gxj", 2024) == 1
    actions.reply(comment, answer="好", by=zhang, at=AT)
    actions.release(comment, by=zhao, at=AT)
    actions.withhold(comment, reason="留言人请求撤下", by=zhao, at=AT)
    assert public.shown_total("gxj", 2024) == 0


def test_an_answer_sent_back_is_written_anew(comment: Comment, zhang: Staff, zhao: Staff) -> None:
    actions.show(comment, owner=zhang, due_on=DUE, by=zhao, at=AT)
    actions.reply(comment, answer="不知道", by=zhang, at=AT)
    actions.send_back(comment, by=zhao, at=AT)
    assert queries.waiting_for(zhang, date(2025, 3, 4)).get() == comment
    actions.reply(comment, answer="合并了两个科室的数据。", by=zhang, at=AT)
    assert queries.waiting_for(zhao, date(2025, 3, 4)).get().answer == "合并了两个科室的数据。"


@pytest.mark.parametrize("who", ["zhang", "wang"])
def test_only_the_head_of_the_own_office_decides_what_is_shown(
    who: str, comment: Comment, zhang: Staff, wang: Staff
) -> None:
    by = {"zhang": zhang, "wang": wang}[who]
    with pytest.raises(Refused) as refused:
        actions.show(comment, owner=zhang, due_on=DUE, by=by, at=AT)
    assert refused.value.code == "not_your_role"
    with pytest.raises(Refused):
        actions.withhold(comment, reason="x", by=by, at=AT)
    with pytest.raises(Refused):
        actions.erase_contact(comment, by=by, at=AT)
    assert acts_of(comment) == ["receive_comment"]


@pytest.mark.parametrize(("due_on", "code"), [(date(2025, 3, 2), "due_on"), (DUE, "owner")])
def test_a_task_needs_a_clerk_of_the_organ_and_a_day_to_come(
    due_on: date, code: str, comment: Comment, zhang: Staff, zhao: Staff, wang: Staff
) -> None:
    owner = zhang if code == "due_on" else wang
    with pytest.raises(Refused) as refused:
        actions.show(comment, owner=owner, due_on=due_on, by=zhao, at=AT)
    assert refused.value.code == code


def test_a_task_is_given_to_another(comment: Comment, zhang: Staff, zhao: Staff, bureau: Organ) -> None:
    li = make_staff(bureau, "李四", "clerk")
    actions.show(comment, owner=zhang, due_on=DUE, by=zhao, at=AT)
    actions.assign(comment, owner=li, due_on=DUE + timedelta(days=7), by=zhao, at=AT)
    today = date(2025, 3, 4)
    assert not queries.waiting_for(zhang, today).exists()
    assert queries.waiting_for(li, today).get() == comment
    assert not queries.waiting_for(zhao, today).exists()
    assert queries.waiting_for(zhao, date(2025, 4, 1)).get() == comment  # overdue
    assert acts_of(comment)[-1] == "assign_comment"


# ── Personal data ──


def test_a_contact_is_kept_encrypted_and_masked(comment: Comment) -> None:
    comment.refresh_from_db()
    assert "13812345678" not in comment.contact
    assert comment.contact_masked == "13*******78"
    told = "".join(str((entry.before, entry.after)) for entry in Entry.objects.all())
    assert "1381234" not in told
    assert "10.0.0.1" not in comment.source + told


def test_every_reading_of_a_contact_leaves_an_entry_with_its_reason(comment: Comment, zhang: Staff) -> None:
    with pytest.raises(Refused, match="事由"):
        actions.read_contact(comment, reason="", by=zhang, at=AT)
    assert acts_of(comment) == ["receive_comment"]
    assert actions.read_contact(comment, reason="电话答复", by=zhang, at=AT) == "13812345678"
    entry = Entry.objects.latest("seq")
    assert (entry.act, entry.by) == ("read_personal_data", "张三")
    assert entry.after == {"fields": ["contact"], "reason": "电话答复"}


def test_a_contact_is_not_for_others(comment: Comment, wang: Staff, bureau: Organ) -> None:
    for by in (wang, make_staff(bureau, "孙七", "publisher")):
        with pytest.raises(Refused) as refused:
            actions.read_contact(comment, reason="好奇", by=by, at=AT)
        assert refused.value.code == "not_your_role"


def test_a_contact_once_erased_is_gone(comment: Comment, zhang: Staff, zhao: Staff) -> None:
    actions.erase_contact(comment, by=zhao, at=AT)
    comment.refresh_from_db()
    assert comment.contact == comment.contact_masked == ""
    with pytest.raises(Refused, match="没有留下"):
        actions.read_contact(comment, reason="核对", by=zhang, at=AT)
    with pytest.raises(Refused):
        actions.erase_contact(comment, by=zhao, at=AT)


def test_another_secret_does_not_open_it_and_a_replaced_one_still_does(
    comment: Comment, zhang: Staff, settings: Any
) -> None:
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another secret altogether"
    with pytest.raises(Refused, match="密钥"):
        actions.read_contact(comment, reason="核对", by=zhang, at=AT)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert actions.read_contact(comment, reason="核对", by=zhang, at=AT) == "13812345678"


# ── Too many ──


def test_from_one_address_so_many_an_hour(bureau: Organ) -> None:
    def send(address: str, minutes: int = 0) -> None:
        actions.receive(bureau, 2024, text="一条", address=address, at=AT + timedelta(minutes=minutes))

    for minute in range(actions.MOST_AN_HOUR):
        send("10.0.0.1", minute)
    with pytest.raises(Refused) as refused:
        send("10.0.0.1", 6)
    assert refused.value.code == "too_many"
    send("10.0.0.2", 6)
    send("10.0.0.1", 61)  # the first is an hour past
    for _ in range(actions.MOST_AN_HOUR + 1):
        send("")  # an address that says nothing is not counted


def test_an_address_cannot_be_followed_from_one_day_to_the_next(bureau: Organ) -> None:
    made = [
        actions.receive(bureau, 2024, text="一条", address="10.0.0.1", at=AT + timedelta(days=day)) for day in (0, 0, 1)
    ]
    assert made[0].source == made[1].source != made[2].source


@pytest.mark.parametrize(
    ("text", "contact", "code"),
    [("  ", "", "text"), ("长" * 2001, "", "text"), ("好", "1" * 201, "contact"), ("不\x00可见", "", "text")],
)
def test_what_cannot_be_taken_is_refused_at_its_field(text: str, contact: str, code: str, bureau: Organ) -> None:
    with pytest.raises(Refused) as refused:
        actions.receive(bureau, 2024, text=text, contact=contact, address="10.0.0.1", at=AT)
    assert refused.value.code == code
    assert not Comment.objects.exists()


class NoWayRound(TestCase):
    """No sequence of acts shows a comment that the head of the office has not shown, or an answer not released."""

    @settings(max_examples=40, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(["show", "withhold", "reply", "send_back", "release"]), st.booleans())))
    def test_nothing_is_shown_that_was_not_looked_at(self, tried: list[tuple[str, bool]]) -> None:
        bureau = make_organ("way")
        clerk, lead = make_staff(bureau, "张三", "clerk"), make_staff(bureau, "赵六", "office_lead")
        comment = actions.receive(bureau, 2024, text="留言", address="", at=AT)
        more: dict[str, dict[str, Any]] = {
            "show": {"owner": clerk, "due_on": DUE}, "withhold": {"reason": "理由"}, "reply": {"answer": "答复"},
        }  # fmt: skip
        done = []
        for name, by_lead in tried:
            by = lead if by_lead else clerk
            try:
                getattr(actions, name)(comment, **more.get(name, {}), by=by, at=AT)
            except Refused:
                continue
            assert by_lead != (name == "reply")
            done.append(name)
        comment.refresh_from_db()
        decided = [name for name in done if name in ("show", "withhold")]
        assert (comment.state in SHOWN) == (decided[-1:] == ["show"])
        assert (public.shown("way", 2024) != []) == (comment.state in SHOWN)
        answered = comment.state in SHOWN and done[-1:] == ["release"]
        assert bool(public.shown("way", 2024) and public.shown("way", 2024)[0].answer) == answered
        assert entries.verify() == []
