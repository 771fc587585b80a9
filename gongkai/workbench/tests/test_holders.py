"""Administrators of accounts at the desk, the register's way into the procedure, and corrected postings."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils.timezone import localdate, now

from gongkai.channels.models import Channel, Holder, Posting
from gongkai.disclosures import actions
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.tests.cast import codes
from gongkai.workbench.tests.test_items import Office, office, text

__all__ = ["office"]  # the fixture
PLACE = "/desk/items/holders/"


@pytest.fixture(autouse=True)
def somewhere(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path


def test_the_head_of_the_office_names_and_ends_an_administrator(office: Office) -> None:
    publisher = office.staff["publisher"]
    given = {
        "channel": str(office.column.pk),
        "staff": str(publisher.pk),
        "from_on": str(localdate()),
        "reason": "纪要三号",
    }
    assert office["author"].post(PLACE, given).status_code == 403
    for wrong in ({"channel": "x"}, {"staff": str(office.staff["author"].pk)}, {"from_on": "明天"}, {"reason": ""}):
        answer = office["lead"].post(PLACE, {**given, **wrong})
        assert answer.status_code >= 400
        assert wrong.get("reason") == "" or "纪要三号" in text(answer)
    assert office["lead"].post(PLACE, given).status_code == 302
    assert "纪要三号" in text(office["author"].get(PLACE))
    holder = Holder.objects.get()
    end = {"holder": str(holder.pk), "until_on": str(localdate()), "reason": "调离"}
    assert office["lead"].post(PLACE, {**end, "reason": ""}).status_code == 422
    assert office["lead"].post(PLACE, end).status_code == 302
    assert "调离" in text(office["author"].get(PLACE))


def test_the_channels_are_offered_with_who_administers_them(office: Office) -> None:
    Holder.objects.create(
        organ=office.organ, channel=office.column, staff=office.staff["publisher"], from_on=localdate(), reason="纪要"
    )  # fmt: skip
    item = office.draft()
    place = f"/desk/items/{item.pk}/"
    for name, act in (("author", "submit"), ("reviewer", "pass_attribute"), ("secrecy", "clear_secrecy")):
        office[name].post(place, {"act": act})
    office["author"].post(place, {"act": "catalogue", **codes()})
    assert "账号管理员:publisher" in text(office["publisher"].get(place))


def test_a_posting_is_corrected_and_another_added_on_the_page_of_the_item(office: Office) -> None:
    item = office.draft()
    place = f"/desk/items/{item.pk}/"
    for name, act in (("author", "submit"), ("reviewer", "pass_attribute"), ("secrecy", "clear_secrecy")):
        office[name].post(place, {"act": act})
    office["author"].post(place, {"act": "catalogue", **codes()})
    office["publisher"].post(place, {"act": "publish", "channels": [str(office.column.pk)]})
    posting = Posting.objects.get()
    given = {"act": "correct_posting", "posting": str(posting.pk), "posted_on": str(localdate()), "reason": "误记"}
    assert "更正发布记录" in text(office["publisher"].get(place))
    assert "更正发布记录" not in text(office["author"].get(place))
    assert office["author"].post(place, given).status_code == 403
    assert office["publisher"].post(place, {**given, "reason": ""}).status_code == 422
    assert office["publisher"].post(place, given).status_code == 302
    paper = Channel.objects.create(organ=office.organ, number="p", name="工业信息", kind="periodical")
    office["publisher"].post(place, {"act": "post", "channel": str(paper.pk), "on": str(localdate())})
    assert Posting.objects.filter(channel=paper, by_procedure=True).count() == 1


def test_a_row_of_the_register_is_led_into_the_procedure_from_its_page(office: Office) -> None:
    values = {
        "number": "2011-001", "title": "历史", "attribute": "proactive", "information_class": "other",
        "made_on": date(2011, 3, 1), "published_on": date(2011, 3, 9),
    }  # fmt: skip
    row = actions.record(organ=office.organ, values=values, by=office.staff["author"], at=now())
    page = text(office["author"].get(f"/desk/registers/disclosures/{row.pk}/"))
    assert f"/desk/items/adopt/{row.pk}/" in page
    assert office["publisher"].post(f"/desk/items/adopt/{row.pk}/").status_code == 403
    answer: Any = office["author"].post(f"/desk/items/adopt/{row.pk}/")
    assert answer.url == f"/desk/items/{row.pk}/"
    assert 'value="unadopt"' in text(office["author"].get(answer.url))
    office["author"].post(answer.url, {"act": "unadopt", "reason": "误转"})
    assert Disclosure.objects.get().state == "registered"
