"""Records written in the browser: added, corrected, voided; what was typed is kept; of two who edit none is lost."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from gongkai.applications.models import Application
from gongkai.channels.models import Channel, Posting
from gongkai.disclosures.models import Disclosure
from gongkai.law.typesetting import typeset
from gongkai.organs.models import Meeting, Staff, StaffRole
from gongkai.records.importing import import_workbook
from gongkai.records.models import Entry, VoidedRecord
from gongkai.workbench.forms import blank
from gongkai.workbench.ledgers import LEDGERS
from gongkai.workbench.tests.conftest import SignedIn, make_staff

MEETING = {"number": "2024-001", "held_on": "2024-03-01", "title": "年报布置会", "chair": "张三", "provenance": ""}
MEETINGS = "/desk/registers/meetings/"


def text(page: Any) -> str:
    return str(page.content.decode())


def seen_in(page: Any) -> str:
    """The fingerprint in an opened form."""
    return text(page).partition('name="seen" value="')[2][:16]


@pytest.fixture
def meeting(zhang: Staff) -> Meeting:
    return Meeting.objects.create(organ=zhang.organ, number="2024-001", held_on=date(2024, 3, 1), title="年报布置会")


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
def test_every_register_has_a_form_with_all_its_columns(ledger: Any, zhang: Staff, as_staff: SignedIn) -> None:
    page = text(as_staff(zhang).get(f"/desk/registers/{ledger.name}/add/"))
    for column in ledger.all_columns:
        assert f'name="{column.name}"' in page
        assert typeset(column.header) in page


def test_a_record_is_added_with_one_entry(zhang: Staff, as_staff: SignedIn) -> None:
    answer = as_staff(zhang).post(f"{MEETINGS}add/", MEETING)
    made = Meeting.objects.get()
    assert answer["Location"] == f"{MEETINGS}{made.pk}/"
    assert (made.number, made.held_on, made.provenance) == ("2024-001", date(2024, 3, 1), "real")
    assert Entry.objects.get().act == "record"


def test_one_more_may_be_added_at_once(zhang: Staff, as_staff: SignedIn) -> None:
    client = as_staff(zhang)
    answer = client.post(f"{MEETINGS}add/", {**MEETING, "another": "1"})
    assert answer["Location"] == f"{MEETINGS}add/"
    assert "2024-001" in text(client.get(answer["Location"]))  # the latest number, as a help


def test_a_refused_form_keeps_what_was_typed_and_says_what_to_do(zhang: Staff, as_staff: SignedIn) -> None:
    typed = {**MEETING, "held_on": "三月一日", "title": "", "chair": "李四"}
    answer = as_staff(zhang).post(f"{MEETINGS}add/", typed)
    page = text(answer)
    assert answer.status_code == 422
    assert 'value="三月一日"' in page
    assert 'value="李四"' in page
    assert "不是日期；请写成 2012-03-02" in page
    assert "必填，却是空的；请补填" in page
    assert page.count('aria-invalid="true"') == 2
    assert not Meeting.objects.exists()


def test_what_the_ledger_refuses_stands_beside_its_column(zhang: Staff, as_staff: SignedIn) -> None:
    typed = {
        "number": "2024-1", "received_on": "2024-03-05", "channel": "online", "applicant_type": "natural_person",
        "subject": "资金分配", "concluded_on": "2024-03-01", "outcome": "granted_provided",
    }  # fmt: skip
    page = text(as_staff(zhang).post("/desk/registers/applications/add/", typed))
    assert "办结日期 2024-03-01 早于收到日期 2024-03-05" in page
    assert 'href="#id_concluded_on"' in page
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"number": "2024-001"}, "已在本登记簿中"),
        ({"number": ""}, "必填"),
        ({"provenance": "nonsense"}, "不在可选范围内"),
        ({"title": "长" * 201}, "超过 200 个字的上限"),
        ({"held_on": "2024-02-30"}, "不是日历上有的日期"),
    ],
)
def test_what_cannot_be_is_said_in_words(
    changed: dict[str, str], said: str, meeting: Meeting, zhang: Staff, as_staff: SignedIn
) -> None:
    answer = as_staff(zhang).post(f"{MEETINGS}add/", {**MEETING, "number": "2024-002", **changed})
    assert answer.status_code == 422
    assert said in text(answer)
    assert Meeting.objects.count() == 1


def test_a_linked_record_is_named_by_its_number_and_only_ones_own_is_found(
    zhang: Staff, wang: Staff, as_staff: SignedIn
) -> None:
    own = Channel.objects.create(organ=zhang.organ, number="WZ", name="本局网站", kind="own_site")
    Channel.objects.create(organ=wang.organ, number="TA", name="他局网站", kind="own_site")
    client, address = as_staff(zhang), "/desk/registers/postings/add/"
    typed = {"number": "F-1", "channel": "TA", "title": "通知", "posted_on": "2024-05-06"}
    assert "找不到登记号为“TA”的" in text(client.post(address, typed))
    assert "他局网站" not in text(client.get(address))
    client.post(address, {**typed, "channel": "WZ"})
    assert Posting.objects.get().channel == own


def test_a_correction_writes_what_changed_and_nothing_when_nothing_did(
    meeting: Meeting, zhang: Staff, as_staff: SignedIn
) -> None:
    client, address = as_staff(zhang), f"{MEETINGS}{meeting.pk}/amend/"
    seen = seen_in(client.get(address))
    client.post(address, {**MEETING, "provenance": "real", "chair": "", "seen": seen})
    assert not Entry.objects.exists()
    client.post(address, {**MEETING, "provenance": "real", "chair": "李四", "seen": seen})
    entry = Entry.objects.get()
    assert (entry.act, entry.before, entry.after) == ("amend", {"chair": ""}, {"chair": "李四"})


def test_the_number_of_a_record_cannot_be_changed(meeting: Meeting, zhang: Staff, as_staff: SignedIn) -> None:
    client, address = as_staff(zhang), f"{MEETINGS}{meeting.pk}/amend/"
    page = client.get(address)
    assert "readonly" in text(page)
    client.post(address, {**MEETING, "number": "2024-999", "provenance": "real", "seen": seen_in(page)})
    meeting.refresh_from_db()
    assert (meeting.number, meeting.chair) == ("2024-001", "张三")


def test_of_two_who_edit_at_once_the_second_sees_both_values_and_nothing_is_lost(
    meeting: Meeting, zhang: Staff, as_staff: SignedIn
) -> None:
    li = make_staff(zhang.organ, "li", "李四", "clerk")
    first, second, address = as_staff(zhang), as_staff(li), f"{MEETINGS}{meeting.pk}/amend/"
    seen_first, seen_second = seen_in(first.get(address)), seen_in(second.get(address))
    first.post(address, {**MEETING, "provenance": "real", "chair": "王局长", "seen": seen_first})
    typed = {**MEETING, "provenance": "real", "chair": "赵局长", "title": "年报部署会"}
    answer = second.post(address, {**typed, "seen": seen_second})
    page = text(answer)
    assert answer.status_code == 409
    for shown in ("王局长", 'value="赵局长"', 'value="年报部署会"', "年报布置会", "张三"):
        assert shown in page
    meeting.refresh_from_db()
    assert meeting.chair == "王局长"
    # Saving once more, having seen both, is a decision.
    second.post(address, {**typed, "seen": seen_in(answer)})
    meeting.refresh_from_db()
    assert (meeting.chair, meeting.title) == ("赵局长", "年报部署会")
    assert list(Entry.objects.values_list("by", flat=True)) == ["张三", "李四"]


def test_a_form_without_what_was_seen_saves_nothing(meeting: Meeting, zhang: Staff, as_staff: SignedIn) -> None:
    answer = as_staff(zhang).post(f"{MEETINGS}{meeting.pk}/amend/", {**MEETING, "seen": "0" * 16})
    assert answer.status_code == 409
    assert not Entry.objects.exists()


def test_the_history_tells_before_and_after_of_every_act(zhang: Staff, as_staff: SignedIn) -> None:
    client = as_staff(zhang)
    own = Channel.objects.create(organ=zhang.organ, number="WZ", name="本局网站", kind="own_site")
    Channel.objects.create(organ=zhang.organ, number="WX", name="本局微信", kind="wechat")
    typed = {"number": "F-1", "channel": "WZ", "title": "通知", "posted_on": "2024-05-06"}
    address = client.post("/desk/registers/postings/add/", typed)["Location"]
    seen = seen_in(client.get(f"{address}amend/"))
    client.post(f"{address}amend/", {**typed, "provenance": "real", "channel": "WX", "seen": seen})
    page = text(client.get(address))
    later = page.partition("更正登记")[2]
    assert str(own) in later
    assert "本局微信" in later
    assert "通知" not in later  # unchanged
    assert "通知" in page.partition("更正登记")[0]


def test_a_voided_record_is_kept_with_its_reason_and_counted_no_more(
    meeting: Meeting, zhang: Staff, as_staff: SignedIn
) -> None:
    client, address = as_staff(zhang), f"{MEETINGS}{meeting.pk}/void/"
    answer = client.post(address, {"reason": "  "})
    assert answer.status_code == 422
    assert "作废须写明理由" in text(answer)
    assert client.post(address, {"reason": "重复登记"})["Location"] == f"{MEETINGS}voided/"
    assert not Meeting.objects.exists()
    voided = VoidedRecord.objects.get()
    assert voided.values["title"] == "年报布置会"
    page = text(client.get(f"{MEETINGS}voided/{voided.pk}/"))
    assert "重复登记" in page
    assert "年报布置会" in page
    assert "2024-001" in text(client.get(f"{MEETINGS}voided/"))
    answer = client.post(f"{MEETINGS}add/", MEETING)
    assert "作废（重复登记），不能再用" in text(answer)


def test_an_old_workbook_does_not_bring_a_voided_record_back(
    meeting: Meeting, zhang: Staff, as_staff: SignedIn
) -> None:
    client = as_staff(zhang)
    book = client.get(f"{MEETINGS}export.xlsx").content
    client.post(f"{MEETINGS}{meeting.pk}/void/", {"reason": "重复登记"})
    at = datetime(2024, 4, 1, tzinfo=UTC)
    (fault,) = import_workbook(book, organ=zhang.organ, ledgers=LEDGERS, by=zhang, at=at).faults
    assert (fault.row, fault.column) == (2, "A")
    assert "作废（重复登记）" in fault.problem
    assert not Meeting.objects.exists()


def test_a_record_that_others_rest_on_is_not_voided_and_the_reason_stays_typed(
    zhang: Staff, as_staff: SignedIn
) -> None:
    site = Channel.objects.create(organ=zhang.organ, number="WZ", name="本局网站", kind="own_site")
    Posting.objects.create(organ=zhang.organ, number="F-1", channel=site, title="通知", posted_on=date(2024, 5, 6))
    answer = as_staff(zhang).post(f"/desk/registers/channels/{site.pk}/void/", {"reason": "停用"})
    assert "还被" in text(answer)
    assert "F-1" in text(answer)
    assert ">停用</textarea>" in text(answer)
    assert Channel.objects.filter(pk=site.pk).exists()
    assert not Entry.objects.exists()


def test_a_record_voided_by_another_while_it_is_edited_is_said_to_be_gone(
    meeting: Meeting, zhang: Staff, as_staff: SignedIn
) -> None:
    client = as_staff(zhang)
    seen = seen_in(client.get(f"{MEETINGS}{meeting.pk}/amend/"))
    client.post(f"{MEETINGS}{meeting.pk}/void/", {"reason": "重复"})
    assert client.post(f"{MEETINGS}{meeting.pk}/amend/", {**MEETING, "seen": seen}).status_code == 404


@pytest.mark.parametrize("act", ["amend/", "void/", ""])
def test_the_records_of_another_organ_are_not_there(
    act: str, meeting: Meeting, wang: Staff, as_staff: SignedIn
) -> None:
    client = as_staff(wang)
    assert client.get(f"{MEETINGS}{meeting.pk}/{act}").status_code == 404
    if act:
        assert client.post(f"{MEETINGS}{meeting.pk}/{act}", {**MEETING, "reason": "x"}).status_code == 404
    assert not Entry.objects.exists()


def test_who_is_no_clerk_reads_but_does_not_write(meeting: Meeting, zhang: Staff, as_staff: SignedIn) -> None:
    li = make_staff(zhang.organ, "li", "李四", "reviewer")
    client = as_staff(li)
    assert "add/" not in text(client.get(MEETINGS))
    assert "amend/" not in text(client.get(f"{MEETINGS}{meeting.pk}/"))
    for address in ("add/", f"{meeting.pk}/amend/", f"{meeting.pk}/void/"):
        assert client.get(f"{MEETINGS}{address}").status_code == 403
        assert client.post(f"{MEETINGS}{address}", {**MEETING, "reason": "x"}).status_code == 403
    assert not Entry.objects.exists()


def test_a_role_that_has_ended_writes_no_more(meeting: Meeting, zhang: Staff, as_staff: SignedIn) -> None:
    StaffRole.objects.filter(staff=zhang, role="clerk").update(until_on=date(2020, 1, 1))
    assert as_staff(zhang).post(f"{MEETINGS}add/", {**MEETING, "number": "2024-002"}).status_code == 403


def test_what_is_typed_is_escaped(zhang: Staff, as_staff: SignedIn) -> None:
    page = text(as_staff(zhang).post(f"{MEETINGS}add/", {**MEETING, "held_on": '"><script>alert(1)</script>'}))
    assert "<script>" not in page


def test_a_form_asks_no_more_queries_as_rows_grow(
    zhang: Staff, as_staff: SignedIn, django_assert_max_num_queries: Any
) -> None:
    client = as_staff(zhang)
    client.get("/desk/registers/")  # the first page of a session notes that it began
    asked = []
    for n in range(1, 41):
        site = Channel.objects.create(organ=zhang.organ, number=f"W{n}", name="站", kind="own_site")
        if n in (1, 40):
            with django_assert_max_num_queries(20) as queries:
                client.get("/desk/registers/postings/add/")
                client.get(f"/desk/registers/channels/{site.pk}/")
            asked.append(len(queries))
    assert asked[0] == asked[1]


def test_a_long_text_gets_several_lines(zhang: Staff) -> None:
    ledger = next(ledger for ledger in LEDGERS if ledger.model is Disclosure)
    kinds = {one.column.name: one.kind for one in blank(ledger, zhang.organ).inputs}
    assert kinds["summary"] == "long"
    assert kinds["document_number"] == "text"
    assert kinds["attribute"] == "choice"
