"""Sessions: idle, too long, ended by oneself and by the security administrator."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from gongkai.organs.models import Organ, Staff
from gongkai.records.models import Entry
from gongkai.workbench.accounts import rules
from gongkai.workbench.accounts.models import DeskSession
from gongkai.workbench.accounts.tests.conftest import PASSWORD, sign_in
from gongkai.workbench.tests.conftest import SignedIn


def signed_in(username: str) -> Client:
    """A client that has come through the form."""
    client = Client()
    assert sign_in(client, username).status_code == 302
    return client


def age(client: Client, **keys: timedelta) -> None:
    """Let a session have begun or been seen earlier."""
    session = client.session
    for key, span in keys.items():
        session[key] = now().timestamp() - span.total_seconds()
    session.save()


def test_without_activity_the_session_ends_and_says_so(zhang: Staff) -> None:
    client = signed_in("zhang")
    age(client, seen=timedelta(minutes=29))
    assert client.get("/desk/reports/").status_code == 200
    age(client, seen=timedelta(minutes=30))
    answer = client.get("/desk/reports/", follow=True)
    assert answer.redirect_chain[0][0] == "/desk/sign-in/?next=%2Fdesk%2Freports%2F"
    assert "30 分钟没有操作" in answer.content.decode()
    assert Entry.objects.latest("pk").after == {"ending": "idle"}
    assert client.get("/desk/reports/").status_code == 302


def test_what_was_typed_is_there_again_after_signing_in_and_can_be_sent(zhang: Staff, li: Staff) -> None:
    client = signed_in("zhang")
    age(client, seen=timedelta(hours=1))
    answer = client.post("/desk/reports/", {"year": "2020", "form": ""})
    assert answer["Location"] == "/desk/sign-in/?next=%2Fdesk%2Fkept%2F"
    assert not Entry.objects.filter(act="create").exists()
    typed = {"username": "zhang", "password": PASSWORD, "next": "/desk/kept/"}
    page = client.post("/desk/sign-in/", typed, follow=True).content.decode()
    assert '<form method="post" action="/desk/reports/">' in page
    assert '<input type="hidden" name="year" value="2020">' in page
    assert "csrfmiddlewaretoken" not in str(client.session["kept"])
    assert client.post("/desk/reports/", {"year": "2020", "form": ""}).status_code == 302
    assert Entry.objects.filter(act="create").exists()


def test_what_was_typed_is_shown_to_nobody_else_and_passwords_are_not_kept(zhang: Staff, li: Staff) -> None:
    client = signed_in("zhang")
    age(client, seen=timedelta(hours=1))
    client.post("/desk/reports/", {"year": "2020"})
    sign_in(client, "li")
    assert client.get("/desk/kept/").status_code == 404
    other = signed_in("zhang")
    age(other, seen=timedelta(hours=1))
    other.post("/desk/account/password/", {"old_password": PASSWORD, "new_password1": "x", "new_password2": "x"})
    assert "kept" not in other.session


def test_activity_keeps_it_open_but_not_beyond_the_longest_time(zhang: Staff) -> None:
    client = signed_in("zhang")
    age(client, begun=timedelta(hours=11, minutes=59))
    assert client.get("/desk/reports/").status_code == 200
    age(client, begun=timedelta(hours=12))
    assert "已满 12 小时" in client.get("/desk/reports/", follow=True).content.decode()
    assert DeskSession.objects.get().ending == "too_long"


def test_the_rules_of_the_organ_hold_for_sessions_already_open(bureau: Organ, zhang: Staff) -> None:
    client = signed_in("zhang")
    age(client, seen=timedelta(minutes=10))
    rules.set_rules(bureau, values={"idle_minutes": 5}, by="安装", at=now())
    assert client.get("/desk/reports/").status_code == 302


def test_reading_writes_once_a_minute_at_most(zhang: Staff, django_assert_num_queries: Any) -> None:
    client = signed_in("zhang")
    client.get("/desk/account/")
    before = DeskSession.objects.get().seen_at
    client.get("/desk/account/")
    assert DeskSession.objects.get().seen_at == before
    age(client, seen=timedelta(minutes=2))
    client.get("/desk/account/")
    assert DeskSession.objects.get().seen_at > before


def test_one_sees_and_ends_ones_other_sessions(zhang: Staff) -> None:
    here, there = signed_in("zhang"), signed_in("zhang")
    page = here.get("/desk/account/sessions/").content.decode()
    assert "这一次" in page
    other = DeskSession.objects.exclude(key=here.session.session_key).get()
    assert other.key not in page, "a session's key is its owner's pass: it is never shown"
    here.post(f"/desk/account/sessions/{other.pk}/end/")
    assert there.get("/desk/").status_code == 302
    assert here.get("/desk/").status_code == 200


def test_all_others_at_once(zhang: Staff) -> None:
    here, one, two = signed_in("zhang"), signed_in("zhang"), signed_in("zhang")
    here.post("/desk/account/sessions/end-others/")
    assert [client.get("/desk/").status_code for client in (here, one, two)] == [200, 302, 302]


def test_nobody_ends_the_session_of_another_at_ones_own_page(zhang: Staff, li: Staff) -> None:
    victim, attacker = signed_in("zhang"), signed_in("li")
    pk = DeskSession.objects.get(user=zhang.user).pk
    assert attacker.post(f"/desk/account/sessions/{pk}/end/").status_code == 404
    assert victim.get("/desk/").status_code == 200


def test_the_security_administrator_ends_a_session_and_it_is_gone_at_once(
    zhang: Staff, zhou: Staff, wang: Staff, as_staff: SignedIn
) -> None:
    client, foreign = signed_in("zhang"), signed_in("wang")
    office = as_staff(zhou)
    session = DeskSession.objects.get(user=zhang.user)
    office.post(f"/desk/people/{zhang.pk}/end-session/", {"session": session.pk})
    assert client.get("/desk/").status_code == 302
    assert Entry.objects.filter(act="end_session").latest("seq").by == "周八"
    abroad = DeskSession.objects.get(user=wang.user)
    assert office.post(f"/desk/people/{zhang.pk}/end-session/", {"session": abroad.pk}).status_code == 404
    assert foreign.get("/desk/").status_code == 200


@pytest.mark.parametrize("path", ["/desk/account/", "/desk/account/sessions/"])
def test_the_number_of_queries_does_not_grow_with_sessions(
    path: str, zhang: Staff, django_assert_max_num_queries: Any
) -> None:
    here, asked = signed_in("zhang"), []
    here.get(path)
    for count in (0, 6):
        for _ in range(count):
            signed_in("zhang")
        with django_assert_max_num_queries(20) as queries:
            here.get(path)
        asked.append(len(queries))
    assert asked[0] == asked[1]
