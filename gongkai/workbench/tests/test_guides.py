"""The guide at the desk and on the portal: written, looked at, approved by another, published, revised, read in old."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from gongkai.guides import actions
from gongkai.guides.models import Edition
from gongkai.guides.tests.conftest import TEXTS
from gongkai.organs import actions as organs
from gongkai.organs.models import Staff
from gongkai.workbench.tests.conftest import SignedIn, make_staff


def text(page: Any) -> str:
    return str(page.content.decode())


@pytest.fixture
def zhao(zhang: Staff) -> Staff:
    """赵六: head of the bureau's office."""
    return make_staff(zhang.organ, "zhao", "赵六", "office_lead")


@pytest.fixture
def qian(zhang: Staff) -> Staff:
    """钱二: publisher of the bureau."""
    return make_staff(zhang.organ, "qian", "钱二", "publisher")


@pytest.fixture
def guide(zhang: Staff, zhao: Staff, qian: Staff) -> Edition:
    """The bureau's guide, in force."""
    made = actions.create(zhang.organ, kind="guide", title="松江市经济局公开指南", by=zhang, at=now())
    actions.write(made, title=made.title, sections=TEXTS, by=zhang, at=now())
    actions.submit(made, by=zhang, at=now())
    actions.approve(made, by=zhao, at=now())
    actions.publish(made, by=qian, at=now())
    return made


def test_a_guide_goes_from_the_form_to_the_public_page(
    zhang: Staff, zhao: Staff, qian: Staff, as_staff: SignedIn
) -> None:
    clerk, lead, publisher = as_staff(zhang), as_staff(zhao), as_staff(qian)
    answer = clerk.post("/desk/guides/", {"kind": "guide", "title": "松江市经济局公开指南"}, follow=True)
    made = Edition.objects.get()
    assert "办公时间" in text(answer)
    preview = clerk.post(f"/desk/guides/{made.pk}/edit/", {"title": "指南", "preview": "1", "access": "看专栏"})
    assert text(preview).count("看专栏") == 2
    assert text(preview).count("缺少") > 5
    assert Edition.objects.get().sections == {}
    clerk.post(f"/desk/guides/{made.pk}/edit/", {"title": "指南", "save": "1", "seen": "0", **TEXTS})
    clerk.post(f"/desk/guides/{made.pk}/", {"act": "submit"})
    assert "指南或制度待审定" in text(lead.get("/desk/"))
    assert 'value="approve"' not in text(clerk.get(f"/desk/guides/{made.pk}/"))
    lead.post(f"/desk/guides/{made.pk}/", {"act": "approve"})
    assert Client().get("/organs/bureau/guide/").status_code == 404
    publisher.post(f"/desk/guides/{made.pk}/", {"act": "publish"})
    page = Client().get("/organs/bureau/guide/")
    assert "0432-12345678" in text(page)
    assert 'name="ColumnName" content="政府信息公开指南"' in text(page)
    assert "张三" not in text(page)


def test_a_changed_telephone_comes_before_the_clerk_and_the_old_edition_stays_readable(
    guide: Edition, zhang: Staff, zhao: Staff, qian: Staff, as_staff: SignedIn
) -> None:
    organs.set_contact(guide.organ, phone="0432-7", by="准备", at=now() - timedelta(days=1))
    clerk = as_staff(zhang)
    assert "与机关登记不符" in text(clerk.get(f"/desk/guides/{guide.pk}/"))
    clerk.post(f"/desk/guides/{guide.pk}/", {"act": "revise"})
    new = Edition.objects.get(version=2)
    given = {
        "title": guide.title,
        "change_note": "电话更换",
        "seen": "0",
        "save": "1",
        **TEXTS,
        "office_phone": "0432-7",
    }
    clerk.post(f"/desk/guides/{new.pk}/edit/", given)
    compared = text(clerk.get(f"/desk/guides/{new.pk}/compare/"))
    assert "0432-12345678" in compared
    assert "解放路" not in compared
    clerk.post(f"/desk/guides/{new.pk}/", {"act": "submit"})
    as_staff(zhao).post(f"/desk/guides/{new.pk}/", {"act": "approve"})
    as_staff(qian).post(f"/desk/guides/{new.pk}/", {"act": "publish"})
    assert "0432-7<" in text(Client().get("/organs/bureau/guide/"))
    old = text(Client().get("/organs/bureau/guide/v1/"))
    assert "0432-12345678" in old
    assert "这是旧版" in old


def test_what_was_typed_stays_when_it_is_refused(guide: Edition, zhang: Staff, as_staff: SignedIn) -> None:
    clerk = as_staff(zhang)
    answer = clerk.post("/desk/guides/", {"kind": "rule", "code": "有字", "title": "考核制度"})
    assert answer.status_code == 422
    assert 'value="考核制度"' in text(answer)
    new = actions.revise(guide, by=zhang, at=now())
    place = f"/desk/guides/{new.pk}/edit/"
    for given in ({"title": ""}, {"effective_on": "明天"}, {"seen": "7"}):
        typed = {"title": "指南", "seen": "0", "save": "1", "access": "我写的", **given}
        answer = clerk.post(place, typed)
        assert answer.status_code in (409, 422), given
        assert "我写的" in text(answer)
    assert "别人保存的内容" in text(answer)


def test_the_guides_of_another_organ_are_not_there(guide: Edition, wang: Staff, as_staff: SignedIn) -> None:
    client = as_staff(wang)
    for place in ("", "edit/", "compare/"):
        assert client.get(f"/desk/guides/{guide.pk}/{place}").status_code == 404
    assert client.post(f"/desk/guides/{guide.pk}/", {"act": "revise"}).status_code == 404
    assert guide.title not in text(client.get("/desk/guides/"))


def test_the_list_costs_the_same_however_many_rules(
    guide: Edition, zhang: Staff, as_staff: SignedIn, django_assert_max_num_queries: Any
) -> None:
    client, asked = as_staff(zhang), []
    for first in (0, 10):
        for place in range(first, first + 1 if first == 0 else first + 10):
            actions.create(zhang.organ, kind="rule", code=f"ZD-{place}", title="制度", by=zhang, at=now())
        with django_assert_max_num_queries(20) as queries:
            client.get("/desk/guides/")
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_rules_are_listed_for_the_public_with_those_repealed(zhang: Staff, zhao: Staff, qian: Staff) -> None:
    rule = actions.create(zhang.organ, kind="rule", code="ZD-1", title="保密审查制度", by=zhang, at=now())
    assert "保密审查制度" not in text(Client().get("/organs/bureau/rules/"))
    actions.write(rule, title=rule.title, sections={"scope": "全局"}, by=zhang, at=now())
    actions.submit(rule, by=zhang, at=now())
    actions.approve(rule, by=zhao, at=now())
    actions.publish(rule, by=qian, at=now())
    actions.repeal(rule, reason="由新制度代替", by=zhao, at=now())
    assert "已废止" in text(Client().get("/organs/bureau/rules/"))
    assert "由新制度代替" in text(Client().get("/organs/bureau/rules/ZD-1/"))
    assert Client().get("/organs/nowhere/rules/").status_code == 404
