"""Items at the desk: four people lead one from draft to public; what is refused keeps what was typed."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now

from gongkai.channels.models import Channel
from gongkai.disclosures import actions, public
from gongkai.disclosures.models import ChainRule, Disclosure, Incident
from gongkai.disclosures.tests.cast import codes
from gongkai.organs.models import Organ, Staff
from gongkai.workbench.tests.conftest import SignedIn, make_staff

WORDS = {
    "title": "关于夏季用电的通知", "summary": "用电安排", "body": "正文。", "made_on": "2026-11-02",
    "attribute": "proactive", "information_class": "normative_documents", "instrument": "other", "is_document": "yes",
    "public_interest": "no",
}  # fmt: skip


def text(page: Any) -> str:
    return str(page.content.decode())


class Office:
    """Four people, each with a client of their own, and a column."""

    def __init__(self, organ: Organ, as_staff: SignedIn) -> None:
        self.organ = organ
        ChainRule.objects.create(organ=organ, index_prefix="01527918X")
        self.column = Channel.objects.create(organ=organ, number="c", name="信息公开专栏", kind="disclosure_column")
        roles = {"author": "clerk", "reviewer": "reviewer", "secrecy": "secrecy_reviewer", "publisher": "publisher"}
        roles["lead"] = "office_lead"
        self.staff = {name: make_staff(organ, name, name, role) for name, role in roles.items()}
        self.clients = {name: as_staff(person) for name, person in self.staff.items()}

    def __getitem__(self, name: str) -> Client:
        return self.clients[name]

    def draft(self, **words: str) -> Disclosure:
        answer = self["author"].post("/desk/items/new/", {**WORDS, **words})
        assert answer.status_code == 302, text(answer)
        return Disclosure.objects.latest("pk")


@pytest.fixture
def office(bureau: Organ, as_staff: SignedIn) -> Office:
    return Office(bureau, as_staff)


def test_four_people_lead_a_draft_to_the_public(office: Office) -> None:
    item = office.draft()
    place = f"/desk/items/{item.pk}/"
    steps: list[tuple[str, dict[str, Any]]] = [
        ("author", {"act": "submit"}), ("reviewer", {"act": "pass_attribute"}), ("secrecy", {"act": "clear_secrecy"}),
        ("author", {"act": "catalogue", **codes()}),
        ("publisher", {"act": "publish", "channels": [str(office.column.pk)]}),
    ]  # fmt: skip
    for name, given in steps:
        page = text(office[name].get(place))
        assert f'value="{given["act"]}"' in page, f"{name} sees no button for {given['act']}"
        assert "关于夏季用电的通知" in text(office[name].get("/desk/items/"))
        item.refresh_from_db()
        answer = office[name].post(place, {"seen": item.digest, **given})
        assert answer.status_code == 302, text(answer)
    shown = public.item("bureau", item.number, at=now())
    assert isinstance(shown, public.PublicItem)
    assert shown.card.index_number.startswith("01527918X/")
    public_page = f'href="/organs/bureau/items/{item.number}/"'
    assert public_page in text(office["author"].get(place))
    office["publisher"].post(place, {"act": "withdraw", "reason": "有误"})
    assert public_page not in text(office["author"].get(place))
    assert isinstance(public.item("bureau", item.number, at=now()), public.Tombstone)


def test_a_button_is_shown_to_whoever_may_press_it_only(office: Office) -> None:
    item = office.draft()
    place = f"/desk/items/{item.pk}/"
    office["author"].post(place, {"act": "submit"})
    for name in ("author", "secrecy", "publisher"):
        assert 'value="pass_attribute"' not in text(office[name].get(place))
        assert office[name].post(place, {"act": "pass_attribute"}).status_code == 403
    item.refresh_from_db()
    assert item.state == "attribute_review"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"act": "close", "attribute": "non_disclosure", "ground": "", "reason": "写了半天"}, "法定理由"),
        ({"act": "send_back", "reason": ""}, "退回须写明原因"),
        ({"act": "pass_attribute", "seen": "0" * 64, "reason": "写了半天"}, "改动过"),
    ],
)
def test_a_refused_act_says_why_and_keeps_what_was_typed(office: Office, given: dict[str, str], said: str) -> None:
    item = office.draft()
    place = f"/desk/items/{item.pk}/"
    office["author"].post(place, {"act": "submit"})
    answer = office["reviewer"].post(place, given)
    assert answer.status_code >= 400
    assert said in text(answer)
    assert given["reason"] in text(answer)


def test_more_text_than_is_taken_is_refused_in_a_sentence(office: Office) -> None:
    answer = office["author"].post("/desk/items/new/", {**WORDS, "body": "长" * 2_000_000})
    assert answer.status_code == 413
    assert "兆字节，没有保存" in text(answer)


@pytest.mark.parametrize("day", ["2099-01-01", "0001-01-01"])
def test_nothing_was_made_tomorrow_or_in_the_year_one(office: Office, day: str) -> None:
    answer = office["author"].post("/desk/items/new/", {**WORDS, "made_on": day})
    assert answer.status_code == 422
    assert day in text(answer)
    assert "id-made_on-fault" in text(answer)


def test_a_refused_draft_keeps_what_was_typed(office: Office) -> None:
    answer = office["author"].post("/desk/items/new/", {**WORDS, "made_on": "上周", "body": "写了半天的正文"})
    assert answer.status_code >= 400
    assert "写了半天的正文" in text(answer)
    assert "上周" in text(answer)
    assert not Disclosure.objects.exists()


def test_of_two_editors_the_second_is_told(office: Office) -> None:
    item = office.draft()
    place = f"/desk/items/{item.pk}/edit/"
    assert office["author"].post(place, {**WORDS, "body": "甲", "seen": "2"}).status_code >= 400
    seen = str(item.versions.get().revision)
    assert office["author"].post(place, {**WORDS, "body": "甲", "seen": seen}).status_code == 302
    answer = office["author"].post(place, {**WORDS, "body": "乙", "seen": seen})
    assert "别人已经改过" in text(answer)
    assert ">乙</textarea>" in text(answer)


def test_everything_wrong_with_a_draft_is_said_at_once_beside_its_fields(office: Office) -> None:
    typed = {"made_on": "昨天", "effective_on": "2012-13-01", "information_class": "", "document_number": "文" * 200}
    answer = office["author"].post("/desk/items/new/", typed)
    assert answer.status_code == 422
    page = text(answer)
    for name in ("title", "made_on", "effective_on", "information_class", "document_number"):
        assert f'<a href="#id-{name}">' in page, name
        assert f'id="id-{name}-fault"' in page, name


def test_the_second_of_two_editors_sees_what_the_first_saved_beside_each_field(office: Office) -> None:
    item = office.draft()
    seen = str(item.versions.get().revision)
    place = f"/desk/items/{item.pk}/edit/"
    office["author"].post(place, {**WORDS, "body": "先保存的正文", "seen": seen})
    page = text(office["author"].post(place, {**WORDS, "body": "后写的正文", "seen": seen}))
    assert "现在保存的是“先保存的正文”" in page
    assert ">后写的正文</textarea>" in page


def test_a_draft_says_what_it_lacks_before_it_is_submitted(office: Office) -> None:
    item = office.draft(summary="", body="")
    page = text(office["author"].get(f"/desk/items/{item.pk}/"))
    assert "提交审核前" in page
    assert "请填写内容概述" in page
    assert "没有正文，也没有附件" in page


def test_what_was_written_into_a_form_that_is_gone_is_shown_to_be_copied(office: Office) -> None:
    item = office.draft()
    office["author"].post(f"/desk/items/{item.pk}/", {"act": "submit"})
    given = {"act": "discard", "reason": "写了很长的一段作废理由"}
    page = text(office["author"].post(f"/desk/items/{item.pk}/", given))
    assert "写了很长的一段作废理由</textarea>" in page


def test_a_marked_file_opens_an_incident_that_the_secrecy_reviewer_closes(office: Office) -> None:
    item = office.draft()
    file = SimpleUploadedFile("报告.txt", "秘密★5年\n某事".encode())
    answer = office["author"].post(f"/desk/items/{item.pk}/attach/", {"file": file})
    assert "没有保存" in text(answer)
    incident = Incident.objects.get()
    assert 'name="incident"' not in text(office["author"].get("/desk/items/incidents/"))
    office["secrecy"].post("/desk/items/incidents/", {"incident": str(incident.pk), "reason": "已收回载体"})
    assert "已收回载体" in text(office["author"].get("/desk/items/incidents/"))


def test_a_file_is_attached_and_taken_out_again(office: Office) -> None:
    item = office.draft()
    place = f"/desk/items/{item.pk}/"
    office["author"].post(f"{place}attach/", {"file": SimpleUploadedFile("附件.txt", "附件内容".encode())})
    assert "附件.txt" in text(office["author"].get(place))
    attachment = item.versions.get().attachments.get()
    office["author"].post(place, {"act": "detach", "attachment": str(attachment.pk)})
    assert "附件.txt" not in text(office["author"].get(place))
    assert office["author"].post(f"{place}attach/", {}).status_code >= 400


def test_findings_stand_beside_the_text_and_are_judged_there(office: Office) -> None:
    item = office.draft(body="身份证号码:11010519491231002X")
    place = f"/desk/items/{item.pk}/"
    shown = text(office["author"].get(place))
    assert "内容筛查结果" in shown
    assert "公民身份号码 · 正文 第1行" in shown  # by its name, not by its code
    assert "resident_number" not in shown
    finding = item.findings.get()
    given = {"act": "judge", "finding": str(finding.pk), "judgement": "dismissed", "reason": ""}
    assert office["author"].post(place, given).status_code >= 400
    office["author"].post(place, {**given, "reason": "填写示例"})
    finding.refresh_from_db()
    assert finding.judgement == "dismissed"


def test_many_are_moved_at_once_and_each_refusal_is_told(office: Office) -> None:
    good, bad = office.draft(), office.draft(summary="")
    answer = office["author"].post("/desk/items/bulk/", {"act": "submit", "item": [str(good.pk), str(bad.pk)]})
    assert "已办理 1 条" in text(answer)
    assert f"{bad.number}：" in text(answer)
    good.refresh_from_db()
    assert good.state == "attribute_review"


def test_of_the_moves_on_many_only_those_of_ones_roles_are_offered(office: Office) -> None:
    office.draft()
    seen = {name: text(office[name].get("/desk/items/?list=all")) for name in ("author", "reviewer", "publisher")}
    assert 'value="submit"' in seen["author"]
    assert 'value="pass_attribute"' not in seen["author"]
    assert 'value="clear_secrecy"' not in seen["author"]
    assert 'value="submit"' not in seen["reviewer"]
    assert 'value="pass_attribute"' in seen["reviewer"]
    assert 'value="send_back"' in seen["publisher"]


def test_both_clocks_are_explained(office: Office) -> None:
    item = office.draft(made_on="2012-09-26")
    page = text(office["author"].get(f"/desk/items/{item.pk}/"))
    assert "2012-10-30" in page
    assert "2012-09-29" in page  # the Saturday that was worked
    assert "2012-11-13" in page


def test_the_rule_is_set_by_the_head_of_the_office(office: Office) -> None:
    given = {"sign_off": "all", "index_scheme": "national-2009", "index_prefix": "01527918X", "re_review_months": "6"}
    assert office["author"].post("/desk/items/rule/", given).status_code == 403
    assert office["lead"].post("/desk/items/rule/", {**given, "index_prefix": "短"}).status_code >= 400
    assert office["lead"].post("/desk/items/rule/", given).status_code == 302
    assert ChainRule.objects.get().re_review_months == 6
    assert office["lead"].post("/desk/items/rule/", {"since": "2001-01-01"}).status_code >= 400
    assert office["lead"].post("/desk/items/rule/", {"since": "2099-01-01"}).status_code == 302
    assert "2099-01-01" in text(office["author"].get("/desk/items/rule/"))


def test_of_two_who_set_the_rule_the_second_sees_what_stands_and_decides(office: Office) -> None:
    given = {"sign_off": "all", "index_scheme": "national-2009", "index_prefix": "01527918X", "re_review_months": "6"}
    seen = office["lead"].get("/desk/items/rule/").context["seen"]
    assert office["lead"].post("/desk/items/rule/", {**given, "seen": seen}).status_code == 302
    answer = office["lead"].post("/desk/items/rule/", {**given, "re_review_months": "9", "seen": seen})
    assert answer.status_code == 409
    assert "现在保存的是“6”" in text(answer)
    again = {**given, "re_review_months": "9", "seen": answer.context["seen"]}
    assert office["lead"].post("/desk/items/rule/", again).status_code == 302
    assert ChainRule.objects.get().re_review_months == 9


def test_items_of_another_organ_are_not_there(office: Office, wang: Staff, as_staff: SignedIn) -> None:
    item = office.draft()
    client = as_staff(wang)
    for place in (f"/desk/items/{item.pk}/", f"/desk/items/{item.pk}/edit/", f"/desk/items/{item.pk}/versions/1/"):
        assert client.get(place).status_code == 404
    assert item.number not in text(client.get("/desk/items/?list=all"))
    client.post("/desk/items/bulk/", {"act": "submit", "item": [str(item.pk)]})
    item.refresh_from_db()
    assert item.state == "draft"


@pytest.mark.parametrize("count", [1, 8])
def test_a_longer_list_takes_no_more_queries(office: Office, count: int, django_assert_max_num_queries: Any) -> None:
    values = {**WORDS, "made_on": now().date()}
    for _ in range(count):
        actions.draft(office.organ, values=values, by=office.staff["author"], at=now())
    with django_assert_max_num_queries(28):
        office["author"].get("/desk/items/?list=all")
