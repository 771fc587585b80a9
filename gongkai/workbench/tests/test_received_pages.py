"""Received reports at the desk: from the file handed in to the answer accepted, by a job or at once, and by whom."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now

from gongkai.organs.models import Organ, Staff
from gongkai.organs.tests.cast import make_staff
from gongkai.papers.workbook import read_sheets
from gongkai.received import queries
from gongkai.received.models import Question, Received
from gongkai.received.tests.conftest import CELL, NAME, failing, make_bureau
from gongkai.records import jobs
from gongkai.records.models import Job
from gongkai.reports.checking import public
from gongkai.reports.tests.checking import drawn
from gongkai.workbench import tasks
from gongkai.workbench.tests.conftest import SignedIn

BROKEN = drawn.page(drawn.broken(CELL, 3))


def text(page: Any) -> str:
    return str(page.content.decode())


@pytest.fixture
def county(db: None) -> Organ:
    return make_bureau("county", "松山县人民政府", None)


@pytest.fixture
def bureau(county: Organ) -> Organ:
    return make_bureau("edu", NAME, county)


@pytest.fixture
def qian(county: Organ) -> Staff:
    """钱八: supervisor of the county."""
    return make_staff(county, "钱八", "supervisor")


@pytest.fixture
def supervisor(qian: Staff, bureau: Organ, as_staff: SignedIn) -> Client:
    return as_staff(qian)


def hand_in(client: Client, *files: tuple[str, bytes]) -> Any:
    return client.post("/desk/received/add/", {"files": [SimpleUploadedFile(*one) for one in files]}, follow=True)


def test_from_the_file_to_the_accepted_answer(supervisor: Client, bureau: Organ, as_staff: SignedIn) -> None:
    page = text(hand_in(supervisor, ("教育局.html", BROKEN)))
    assert "可能的改法" in page
    received = Received.objects.get()
    place = f"/desk/received/{received.pk}/ask/"
    assert f'href="{place}"' in page
    digest = failing(received).digest
    assert f'value="{digest}" checked' in text(supervisor.get(place))
    refused = supervisor.post(place, {"finding": [digest], "due_on": "下周"})
    assert refused.status_code == 422
    assert 'value="下周"' in text(refused)
    assert f'value="{digest}" checked' in text(refused)
    supervisor.post(place, {"finding": [digest], "due_on": "2099-03-01"})
    question = Question.objects.get()

    clerk, place = as_staff(bureau.staff.get(name="张三")), f"/desk/received/questions/{question.pk}/"
    assert place in text(clerk.get("/desk/"))
    assert place in text(clerk.get("/desk/received/questions/"))
    assert clerk.post(place, {"answer": " ", "answered_as": "will_correct"}).status_code == 422
    refused = clerk.post(place, {"answer": "漏计三件"})
    assert refused.status_code == 422
    assert "漏计三件" in text(refused)
    clerk.post(place, {"answer": "漏计三件，已更正", "answered_as": "will_correct"})
    assert "将更正" in text(clerk.get(place))
    assert place in text(supervisor.get("/desk/"))
    refused = supervisor.post(f"{place}decide/", {"act": "reject", "remark": ""})
    assert refused.status_code == 422
    supervisor.post(f"{place}decide/", {"act": "accept", "remark": "请按期更正"})
    page = text(supervisor.get(f"/desk/received/{received.pk}/"))
    assert "漏计三件，已更正" in page
    assert "已认可" in page


def test_a_waiver_is_given_and_taken_back(supervisor: Client) -> None:
    hand_in(supervisor, ("教育局.html", BROKEN))
    received = Received.objects.get()
    place = f"/desk/received/{received.pk}/waive/{failing(received).digest}/"
    refused = supervisor.post(place, {"reason": "", "expires_on": "2099-12-31"})
    assert refused.status_code == 422
    assert 'value="2099-12-31"' in text(refused)
    page = text(supervisor.post(place, {"reason": "另有文件", "expires_on": "2099-12-31"}, follow=True))
    assert "另有文件" in page
    waived = json.loads(supervisor.get(f"/desk/received/{received.pk}/findings.json").content)["findings"]
    assert sum(one["waived"] for one in waived) >= 1
    supervisor.post(f"/desk/received/{received.pk}/check/")
    assert "另有文件" in text(supervisor.get(f"/desk/received/{received.pk}/"))
    waiver = received.waivers.get()
    page = text(supervisor.post(f"/desk/received/{received.pk}/waivers/{waiver.pk}/take-back/", follow=True))
    assert "已撤销" in page


def test_an_archive_of_many_reports_is_checked_by_a_job(supervisor: Client) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("各局/教育局.html", BROKEN)
        archive.writestr("各局/财政局.html", drawn.page(drawn.consistent(8, "松山县财政局")))
        archive.writestr("各局/扫描.pdf", b"%PDF-1.4 broken")
    assert "排队" in text(hand_in(supervisor, ("各局.zip", whole.getvalue())))
    while (job := jobs.claim("here:1", at=now())) is not None:
        jobs.perform(job.pk, tasks.KINDS, clock=now)
    assert "已收下并检查 3 份报告，其中 1 份不能读" in text(supervisor.get(f"/desk/jobs/{Job.objects.get().pk}/"))
    page = text(supervisor.get("/desk/received/"))
    assert "共 3 份报告" in page
    page = page.partition("<tbody>")[2]
    assert page.index("未读") < page.index("严重") < page.index("松山县财政局")
    answer = supervisor.get("/desk/received/all.xlsx")
    assert answer.content.startswith(b"PK")


def test_the_certificate_is_the_same_however_often_it_is_made_and_whatever_was_waived(supervisor: Client) -> None:
    hand_in(supervisor, ("教育局.html", BROKEN))
    received = Received.objects.get()
    place = f"/desk/received/{received.pk}/certificate"
    before = [supervisor.get(f"{place}.{kind}").content for kind in ("json", "pdf")]
    reason = {"reason": "另有文件", "expires_on": "2099-12-31"}
    supervisor.post(f"/desk/received/{received.pk}/waive/{failing(received).digest}/", reason)
    assert [supervisor.get(f"{place}.{kind}").content for kind in ("json", "pdf")] == before
    supervisor.post(f"/desk/received/{received.pk}/check/")
    assert before[0] == public.check([("别名.html", BROKEN)]).files[0].certificate
    assert [supervisor.get(f"{place}.{kind}").content for kind in ("json", "pdf")] == before


def test_what_another_organ_received_is_not_there(
    supervisor: Client, bureau: Organ, county: Organ, as_staff: SignedIn
) -> None:
    hand_in(supervisor, ("教育局.html", BROKEN))
    received = Received.objects.get()
    clerk = as_staff(bureau.staff.get(name="张三"))
    for place in ("", "file/", "findings.json", "findings.xlsx", "certificate.pdf", "ask/"):
        assert clerk.get(f"/desk/received/{received.pk}/{place}").status_code == 404
    assert "教育局.html" not in text(clerk.get("/desk/received/"))
    reader = as_staff(make_staff(county, "孙七", "reviewer"))
    assert reader.get("/desk/received/add/").status_code == 403
    assert reader.get(f"/desk/received/{received.pk}/").status_code == 200


def test_the_file_comes_back_as_it_came_and_is_not_shown(supervisor: Client) -> None:
    hand_in(supervisor, ("教育局.html", BROKEN))
    answer = supervisor.get(f"/desk/received/{Received.objects.get().pk}/file/")
    assert answer.content == BROKEN
    assert answer["Content-Type"] == "application/octet-stream"


def test_nothing_handed_in_is_refused_on_the_form(supervisor: Client) -> None:
    answer = hand_in(supervisor)
    assert answer.status_code == 422
    assert "没有选择文件" in text(answer)


def test_the_number_of_queries_does_not_grow_with_reports(
    supervisor: Client, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for number in range(3):
        hand_in(supervisor, (f"{number}.html", drawn.page(drawn.broken(CELL, 3 + number))))
        with django_assert_max_num_queries(20) as queries:
            assert supervisor.get("/desk/received/").status_code == 200
        with django_assert_max_num_queries(20) as more:
            assert supervisor.get("/desk/received/all.xlsx").status_code == 200
        counts.append((len(queries), len(more)))
    assert counts[1] == counts[2]


def test_the_number_of_queries_does_not_grow_with_findings_and_questions(
    supervisor: Client, bureau: Organ, as_staff: SignedIn, django_assert_max_num_queries: Any
) -> None:
    clerk = as_staff(bureau.staff.get(name="张三"))
    hand_in(supervisor, ("教育局.html", BROKEN))
    received = Received.objects.get()
    digests = list(received.findings.filter(verdict__in=("fail", "ask")).values_list("digest", flat=True))
    counts = []
    for digest in digests[:3]:
        supervisor.post(f"/desk/received/{received.pk}/ask/", {"finding": [digest], "due_on": "2099-03-01"})
        with django_assert_max_num_queries(20) as listed:
            assert clerk.get("/desk/received/questions/").status_code == 200
        with django_assert_max_num_queries(20) as shown:
            assert supervisor.get(f"/desk/received/{received.pk}/").status_code == 200
        counts.append((len(listed), len(shown)))
    assert counts[1] == counts[2]


def test_a_report_is_deleted_for_a_reason_and_leaves_a_tombstone(supervisor: Client, bureau: Organ) -> None:
    hand_in(supervisor, ("教育局.html", BROKEN))
    place = f"/desk/received/{Received.objects.get().pk}/"
    assert f'href="{place}remove/"' in text(supervisor.get(place))
    refused = supervisor.post(f"{place}remove/", {"reason": " "})
    assert refused.status_code == 422
    page = text(supervisor.post(f"{place}remove/", {"reason": "附有身份证号"}, follow=True))
    assert "附有身份证号" in page
    assert "可能的改法" not in page
    assert "附有身份证号" in text(supervisor.get("/desk/received/removed/"))
    assert place not in text(supervisor.get("/desk/received/"))
    for rest in ("file/", "findings.json", "findings.xlsx", "certificate.pdf", "held/", "remove/", "ask/"):
        assert supervisor.get(f"{place}{rest}").status_code == 404, rest


def test_how_often_a_rule_spoke_leads_to_what_it_said(supervisor: Client, bureau: Organ) -> None:
    assert "还没有检查过报告" in text(supervisor.get("/desk/received/rules/"))
    hand_in(supervisor, ("教育局.html", BROKEN))
    row = failing(Received.objects.get())
    place = f"/desk/received/{row.received_id}/"
    supervisor.post(f"{place}waive/{row.digest}/", {"reason": "另有文件", "expires_on": "2099-12-31"})
    page = text(supervisor.get("/desk/received/rules/"))
    behind = f"/desk/received/rules/{row.rule}/settled/"
    assert f'href="{behind}"' in page
    assert f"{place}#finding-{row.position}" in text(supervisor.get(behind))
    assert supervisor.get(f"/desk/received/rules/{row.rule}/guessed/").status_code == 404
    assert supervisor.get("/desk/received/rules/NONE/fired/").status_code == 404
    sheets = read_sheets(supervisor.get("/desk/received/rules.xlsx").content)
    said = json.dumps([[str(cell) for cell in line] for sheet in sheets for line in sheet.rows], ensure_ascii=False)
    assert all(word in said for word in (row.rule, "认定不是错误", "K-ITEM-01", "本软件维护者"))
    public_page = text(supervisor.get(f"/law/checks/{row.rule}/"))
    assert "认定不是错误" in public_page
    assert NAME not in public_page


def test_beside_many_reports_a_new_one_is_checked_by_a_job(
    supervisor: Client, bureau: Organ, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(supervisor, ("教育局.html", BROKEN))
    monkeypatch.setattr(queries, "MANY", 0)
    hand_in(supervisor, ("水利局.html", drawn.page(drawn.consistent(9, "松山县水利局"))))
    assert Received.objects.count() == 1
    while (job := jobs.claim("here:1", at=now())) is not None:
        jobs.perform(job.pk, tasks.KINDS, clock=now)
    assert Received.objects.count() == 2
