"""Comments of the public at the desk: of one's own organ only, dealt with in order; what was typed is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate, now

from gongkai.comments import actions
from gongkai.comments.models import Comment
from gongkai.organs.models import Staff
from gongkai.records.models import Entry
from gongkai.workbench.tests.conftest import SignedIn, make_staff


def text(page: Any) -> str:
    return str(page.content.decode())


@pytest.fixture
def comment(zhang: Staff) -> Comment:
    return actions.receive(zhang.organ, 2024, text="原因是什么？", contact="13812345678", address="10.0.0.1", at=now())


@pytest.fixture
def zhao(zhang: Staff) -> Staff:
    """赵六: head of the bureau's office."""
    return make_staff(zhang.organ, "zhao", "赵六", "office_lead")


def test_a_comment_is_dealt_with_by_two(comment: Comment, zhang: Staff, zhao: Staff, as_staff: SignedIn) -> None:
    clerk, lead, place = as_staff(zhang), as_staff(zhao), f"/desk/comments/{comment.pk}/"
    assert 'value="show"' not in text(clerk.get(place))
    due = (localdate() + timedelta(days=3)).isoformat()
    lead.post(place, {"act": "show", "owner": str(zhang.pk), "due_on": due})
    assert 'value="reply"' in text(clerk.get(place))
    clerk.post(place, {"act": "reply", "answer": "合并了科室。"})
    lead.post(place, {"act": "release"})
    comment.refresh_from_db()
    assert (comment.state, comment.answer, comment.owner) == ("answered", "合并了科室。", zhang)
    assert "公开答复" in text(clerk.get(place))


@pytest.mark.parametrize(
    ("given", "said", "kept"),
    [
        ({"act": "show", "owner": "", "due_on": "下周"}, "没有选择承办人", 'value="下周"'),
        ({"act": "show", "owner": "ZHANG", "due_on": "下周"}, "不是日期", 'value="下周"'),
        ({"act": "show", "owner": "ZHANG", "due_on": "2001-01-01"}, "已过", 'value="2001-01-01"'),
        ({"act": "withhold", "reason": " "}, "须写明理由", 'name="reason"'),
        ({"act": "read_contact", "read_reason": ""}, "事由", "13*******78"),
    ],
)
def test_a_refused_act_keeps_what_was_typed(
    given: dict[str, str], said: str, kept: str, comment: Comment, zhang: Staff, zhao: Staff, as_staff: SignedIn
) -> None:
    given = {name: value.replace("ZHANG", str(zhang.pk)) for name, value in given.items()}
    answer = as_staff(zhao).post(f"/desk/comments/{comment.pk}/", given)
    assert answer.status_code == 422
    assert said in text(answer)
    assert kept in text(answer)
    assert Entry.objects.count() == 1


def test_a_contact_is_masked_until_it_is_asked_for_with_a_reason(
    comment: Comment, zhang: Staff, as_staff: SignedIn
) -> None:
    client, place = as_staff(zhang), f"/desk/comments/{comment.pk}/"
    for page in (client.get("/desk/comments/"), client.get(place)):
        assert "13*******78" in text(page)
        assert "13812345678" not in text(page)
    assert "13812345678" in text(client.post(place, {"act": "read_contact", "read_reason": "电话答复"}))
    assert Entry.objects.latest("seq").after["reason"] == "电话答复"
    assert "13812345678" not in text(client.get(place))


def test_the_comments_of_another_organ_are_not_there(comment: Comment, wang: Staff, as_staff: SignedIn) -> None:
    client = as_staff(wang)
    assert comment.number not in text(client.get("/desk/comments/"))
    assert client.get(f"/desk/comments/{comment.pk}/").status_code == 404
    assert client.post(f"/desk/comments/{comment.pk}/", {"act": "release"}).status_code == 404


def test_an_act_that_is_not_ones_own_is_refused(comment: Comment, zhang: Staff, as_staff: SignedIn) -> None:
    client, place = as_staff(zhang), f"/desk/comments/{comment.pk}/"
    due = localdate().isoformat()
    assert client.post(place, {"act": "show", "owner": str(zhang.pk), "due_on": due}).status_code == 403
    assert client.post(place, {"act": "erase_contact"}).status_code == 403
    assert client.post(place, {"act": "nonsense"}).status_code == 404


def test_comments_are_narrowed_by_state_and_ask_no_more_queries(
    comment: Comment, zhang: Staff, as_staff: SignedIn, django_assert_max_num_queries: Any
) -> None:
    client = as_staff(zhang)
    assert comment.number in text(client.get("/desk/comments/", {"state": "received"}))
    assert comment.number not in text(client.get("/desk/comments/", {"state": "answered"}))
    asked = []
    for more in (1, 20):
        for _ in range(more):
            actions.receive(zhang.organ, 2024, text="又一条", address="", at=now())
        with django_assert_max_num_queries(20) as queries:
            client.get("/desk/comments/")
        asked.append(len(queries))
    assert asked[0] == asked[1]
