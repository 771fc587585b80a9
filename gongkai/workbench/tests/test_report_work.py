"""Working on a report at the desk: writing, waiving, comparing, promising, correcting, and what is left to do."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from gongkai.law.values import number
from gongkai.organs.models import Organ, Staff
from gongkai.reports import actions, deadlines
from gongkai.reports.models import Promise, Report, Waiver
from gongkai.reports.tests import cast
from gongkai.reports.tests.cast import AT
from gongkai.workbench import todo
from gongkai.workbench.tests.conftest import SignedIn, make_staff

TOTAL = "annex.disclosed_total.year"


@pytest.fixture
def organ(db: None) -> Organ:
    made = cast.bureau()
    cast.registers(made)
    return made


@pytest.fixture
def clerk(organ: Organ) -> Staff:
    return make_staff(organ, "clerk", "张三", "clerk")


@pytest.fixture
def reviewer(organ: Organ) -> Staff:
    return make_staff(organ, "reviewer", "李四", "reviewer")


@pytest.fixture
def publisher(organ: Organ) -> Staff:
    return make_staff(organ, "publisher", "赵六", "publisher")


@pytest.fixture
def report(organ: Organ, clerk: Staff) -> Report:
    made = actions.create(organ, 2012, by=clerk, at=AT)
    return actions.compile(made, by=clerk, at=AT)


@pytest.fixture
def published(report: Report, clerk: Staff, reviewer: Staff, publisher: Staff) -> Report:
    actions.submit(report, by=clerk, at=AT, accepting="试发布")
    actions.approve(report, by=reviewer, at=AT)
    return actions.publish(report, by=publisher, at=AT)


def text_of(answer: Any) -> str:
    return html.unescape(answer.content.decode())


# ── Writing ──


def test_text_is_written_as_references_and_read_as_numbers(report: Report, clerk: Staff, as_staff: SignedIn) -> None:
    client = as_staff(clerk)
    address = f"/desk/reports/{report.pk}/sections/二/"
    text = "全年公开{annex.disclosed_total.year}条。"
    seen = client.get(address).context["seen"]
    assert client.post(address, {"text": text, "seen": seen, "save": "1"}).status_code == 302
    assert re.search(r"全年公开<a [^>]+>10</a>条", text_of(client.get(f"/desk/reports/{report.pk}/")))
    assert text in text_of(client.get(address))
    assert "全年公开10条。" in text_of(client.get(f"/desk/reports/{report.pk}/sections/"))


def test_a_preview_shows_the_printed_part_and_saves_nothing(report: Report, clerk: Staff, as_staff: SignedIn) -> None:
    given = {"text": "全年公开{annex.disclosed_total.year}条。", "seen": 1, "preview": "1"}
    page = text_of(as_staff(clerk).post(f"/desk/reports/{report.pk}/sections/二/", given))
    assert re.search(r"<h2[^>]*>二、主动公开政府信息情况</h2>\s*<p[^>]*>全年公开<a [^>]+>10</a>条。</p>", page)
    assert "三、依申请公开" not in page.split('id="preview"')[1].split("可以引用的数字")[0]
    assert report.sections.get(no="二").text == ""


def test_figures_are_found_by_their_names_and_what_is_typed_stays(
    report: Report, clerk: Staff, as_staff: SignedIn
) -> None:
    given = {"text": "写了一半", "seen": 1, "words": "公开 总数", "find": "1"}
    answer = as_staff(clerk).post(f"/desk/reports/{report.pk}/sections/二/", given)
    refs = {one.ref for _, figures in answer.context["quotable"] for one in figures}
    assert TOTAL in refs
    assert len(refs) < 10
    assert ">写了一半</textarea>" in text_of(answer)


def test_a_refused_text_stays_in_the_form(report: Report, clerk: Staff, as_staff: SignedIn) -> None:
    given = {"text": "公开{annex.nothing.year}条。", "seen": 1}
    for button in ("save", "preview"):
        answer = as_staff(clerk).post(f"/desk/reports/{report.pk}/sections/二/", {**given, button: "1"})
        assert answer.status_code == 422
        assert "没有这个数字" in text_of(answer)
        assert ">公开{annex.nothing.year}条。</textarea>" in text_of(answer)


def test_of_two_who_write_the_second_sees_both_texts(report: Report, clerk: Staff, as_staff: SignedIn) -> None:
    client, address = as_staff(clerk), f"/desk/reports/{report.pk}/sections/六/"
    client.post(address, {"text": "甲写的。", "seen": 1, "save": "1"})
    second = client.post(address, {"text": "乙写的。", "seen": 1, "save": "1"})
    assert second.status_code == 409
    page = text_of(second)
    assert "甲写的。</textarea>" in page
    assert "乙写的。</textarea>" in page
    assert client.post(address, {"text": "合成的。", "seen": second.context["seen"], "save": "1"}).status_code == 302
    assert report.sections.get(no="六").text == "合成的。"


# ── Findings ──


@pytest.fixture
def faulty(report: Report, clerk: Staff) -> Report:
    actions.enter_figure(report, TOTAL, number(12), "核对", source="台账", by=clerk, at=AT)
    actions.check(report, by=clerk, at=AT)
    return report


def test_findings_stand_at_the_cells_that_they_speak_of(faulty: Report, clerk: Staff, as_staff: SignedIn) -> None:
    page = text_of(as_staff(clerk).get(f"/desk/reports/{faulty.pk}/"))
    cell = re.search(rf'<td[^>]*id="f-{re.escape(TOTAL)}"[^>]*>(.*?)</td>', page)
    assert cell is not None
    numbers = re.findall(r'href="#finding-(\d+)"', cell[1])
    assert numbers
    for place in numbers:
        assert f'id="finding-{place}"' in page


def test_a_finding_is_waived_with_a_reason_and_shown_as_waived(
    faulty: Report, clerk: Staff, reviewer: Staff, as_staff: SignedIn
) -> None:
    page = text_of(as_staff(reviewer).get(f"/desk/reports/{faulty.pk}/"))
    addresses = re.findall(rf'href="(/desk/reports/{faulty.pk}/waive/\w+/)"', page)
    assert addresses
    assert "/waive/" not in text_of(as_staff(clerk).get(f"/desk/reports/{faulty.pk}/"))
    day = (localdate() + timedelta(days=9)).isoformat()
    refused = as_staff(reviewer).post(addresses[0], {"reason": "", "expires_on": day})
    assert refused.status_code == 422
    assert f'value="{day}"' in text_of(refused)
    for bad in ("", "31/12/2026"):
        assert as_staff(reviewer).post(addresses[0], {"reason": "好", "expires_on": bad}).status_code == 422
    assert as_staff(reviewer).post(addresses[0], {"reason": "另案说明", "expires_on": day}).status_code == 302
    page = text_of(as_staff(clerk).get(f"/desk/reports/{faulty.pk}/"))
    assert "已豁免 1 项" in page
    assert "另案说明" in page
    waiver = Waiver.objects.get()
    taken = as_staff(reviewer).post(f"/desk/reports/{faulty.pk}/waivers/{waiver.pk}/")
    assert taken.status_code == 302
    assert "已撤销" in text_of(as_staff(clerk).get(f"/desk/reports/{faulty.pk}/waivers/"))


# ── Beside other reports ──


def test_last_years_figures_stand_beside_this_years(
    organ: Organ, report: Report, clerk: Staff, as_staff: SignedIn
) -> None:
    assert "没有上年同期" in text_of(as_staff(clerk).get(f"/desk/reports/{report.pk}/compare/"))
    before = actions.create(organ, 2011, "jilin_city_2012", by=clerk, at=AT)
    actions.compile(before, by=clerk, at=AT)
    actions.enter_figure(before, TOTAL, number(8), "核对", source="台账", by=clerk, at=AT)
    page = as_staff(clerk).get(f"/desk/reports/{report.pk}/compare/", {"threshold": "20"})
    line, over = next(pair for pair in page.context["lines"] if pair[0].ref == TOTAL)
    assert (line.shown_change, str(line.percent), over) == ("+2", "25.0", True)
    less = as_staff(clerk).get(f"/desk/reports/{report.pk}/compare/", {"threshold": "30", "only": "over"})
    assert TOTAL not in [line.ref for line, _ in less.context["lines"]]


def test_years_on_different_forms_are_compared_by_what_both_count(
    organ: Organ, clerk: Staff, as_staff: SignedIn
) -> None:
    for year, form in ((2018, "national_2014_2018"), (2019, "national_2019_2020")):
        made = actions.create(organ, year, form, by=clerk, at=AT)
        actions.compile(made, by=clerk, at=AT)
    page = as_staff(clerk).get(f"/desk/reports/{made.pk}/compare/")
    assert not page.context["comparison"].same_form
    assert any(line.note for line, _ in page.context["lines"])
    assert "两年的格式不同" in text_of(page)


def test_the_outline_says_what_is_missing(report: Report, clerk: Staff, as_staff: SignedIn) -> None:
    page = as_staff(clerk).get(f"/desk/reports/{report.pk}/")
    assert {part.no for part in page.context["lacking"]} >= {"一", "六"}
    assert "还没有正文" in text_of(page)


def test_a_part_that_leaves_out_what_it_must_speak_of_is_named(organ: Organ, clerk: Staff, as_staff: SignedIn) -> None:
    made = actions.create(organ, 2022, by=clerk, at=AT)
    actions.compile(made, by=clerk, at=AT)
    actions.write_section(made, "一", "主动公开稳步推进，依申请公开平稳。", by=clerk, at=AT)
    page = as_staff(clerk).get(f"/desk/reports/{made.pk}/")
    first = next(part for part in page.context["lacking"] if part.no == "一")
    assert "平台建设" in first.missing
    assert "主动公开" not in first.missing


# ── Promises ──


def test_a_promise_is_entered_settled_and_shown_beside_next_years_report(
    organ: Organ, report: Report, clerk: Staff, as_staff: SignedIn
) -> None:
    client, address = as_staff(clerk), f"/desk/reports/{report.pk}/promises/"
    refused = client.post(address, {"text": "充实目录", "owner": "", "due_on": "2013-06-30"})
    assert refused.status_code == 422
    assert ">充实目录</textarea>" in text_of(refused)
    assert client.post(address, {"text": "充实目录", "owner": "办公室", "due_on": "2013-06-30"}).status_code == 302
    made = Promise.objects.get()
    following = actions.create(organ, 2013, "jilin_city_2012", by=clerk, at=AT)
    page = f"/desk/reports/{following.pk}/promises/{made.pk}/"
    given = {"status": "kept", "evidence": "", "seen": made.revision, "settle": "1"}
    assert client.post(page, given).status_code == 422
    assert client.post(page, {**given, "evidence": "目录已公布"}).status_code == 302
    second = client.post(page, {**given, "status": "broken", "evidence": "没有"})
    assert second.status_code == 409
    assert "目录已公布" in text_of(second)
    shown = text_of(client.get(f"/desk/reports/{following.pk}/"))
    assert "上年提出的打算" in shown
    assert "已兑现" in shown


# ── Parts of the year, corrections ──


def test_a_quarter_is_begun_and_compiled_at_the_desk(organ: Organ, clerk: Staff, as_staff: SignedIn) -> None:
    client = as_staff(clerk)
    begun = client.post("/desk/reports/", {"year": "2012", "period": "q1"})
    assert begun.status_code == 302
    client.post(f"{begun.url}act/compile/")  # type: ignore[attr-defined]
    page = text_of(client.get(begun.url))  # type: ignore[attr-defined]
    assert "2012年第一季度发生数" in page
    assert "撰写正文" not in page
    assert client.get(f"{begun.url}promises/").status_code == 404  # type: ignore[attr-defined]


def test_a_correction_is_opened_from_the_published_report(published: Report, clerk: Staff, as_staff: SignedIn) -> None:
    client = as_staff(clerk)
    assert client.post(f"/desk/reports/{published.pk}/act/correct/", {"reason": " "}).status_code == 422
    opened = client.post(f"/desk/reports/{published.pk}/act/correct/", {"reason": "漏计"})
    second = Report.objects.get(version=2)
    assert opened.url == f"/desk/reports/{second.pk}/"  # type: ignore[attr-defined]
    assert "还没有任何差别" in text_of(client.get(f"{opened.url}differences/"))  # type: ignore[attr-defined]
    actions.enter_figure(second, TOTAL, number(12), "补", source="台账", by=clerk, at=AT)
    page = client.get(f"{opened.url}differences/")  # type: ignore[attr-defined]
    assert [one.ref for one in page.context["differences"].figures] == [TOTAL]
    assert "本版已有更正版" in text_of(client.get(f"/desk/reports/{published.pk}/"))
    assert client.get(f"/desk/reports/{published.pk}/differences/").status_code == 404


# ── To do ──


def kinds(staff: Staff, today: date) -> list[str]:
    return [task.kind for task in todo.tasks(staff, today)]


def test_the_report_is_due_from_new_year_until_it_is_published(
    organ: Organ, clerk: Staff, reviewer: Staff, publisher: Staff
) -> None:
    january = date(2013, 1, 2)
    (begin,) = todo.tasks(clerk, january)
    assert (begin.kind, begin.due, begin.overdue) == ("begin", date(2013, 3, 31), False)
    assert "第三十一条" in begin.cite
    assert todo.tasks(clerk, date(2013, 4, 1))[0].overdue
    report = actions.create(organ, 2012, by=clerk, at=AT)
    actions.compile(report, by=clerk, at=AT)
    assert kinds(clerk, january) == ["finish"]
    actions.check(report, by=clerk, at=AT)
    assert kinds(clerk, january) == ["findings", "finish"]
    actions.submit(report, by=clerk, at=AT, accepting="试发布")
    assert (kinds(clerk, january), kinds(reviewer, january)) == ([], ["approve"])
    actions.approve(report, by=reviewer, at=AT)
    assert (kinds(reviewer, january), kinds(publisher, january)) == ([], ["publish"])
    actions.publish(report, by=publisher, at=AT)
    assert kinds(clerk, january) == kinds(reviewer, january) == kinds(publisher, january) == []


def test_the_earlier_day_of_a_superior_organ_counts(organ: Organ, clerk: Staff, as_staff: SignedIn) -> None:
    year = localdate().year - 1
    given = {"for_year": year, "due_on": f"{year + 1}-01-20", "source": "市府办函〔2013〕1号"}
    assert as_staff(clerk).post("/desk/reports/earlier-day/", {**given, "source": ""}).status_code == 422
    assert as_staff(clerk).post("/desk/reports/earlier-day/", given).status_code == 302
    (task,) = todo.tasks(clerk, localdate())
    assert (task.due, task.cite) == (date(year + 1, 1, 20), "市府办函〔2013〕1号")
    assert "市府办函" in text_of(as_staff(clerk).get("/desk/"))


def test_of_two_who_set_the_earlier_day_the_second_sees_what_stands(
    organ: Organ, clerk: Staff, as_staff: SignedIn
) -> None:
    year, address = localdate().year - 1, "/desk/reports/earlier-day/"
    given = {"for_year": year, "due_on": f"{year + 1}-01-20", "source": "市府办函〔2013〕1号", "seen": ""}
    assert as_staff(clerk).post(address, given).status_code == 302
    second = given | {"due_on": f"{year + 1}-01-15", "source": "市府办函〔2013〕2号"}
    answer = as_staff(clerk).post(address, second)
    assert answer.status_code == 409
    page = text_of(answer)
    assert f"已登记为 {year + 1}-01-20 前报送（市府办函〔2013〕1号）" in page
    assert "市府办函〔2013〕2号" in page  # what was typed stays
    assert f'name="seen" value="{year + 1}-01-20"' in page
    assert deadlines.deadline(organ, year).due == date(year + 1, 1, 20)
    assert as_staff(clerk).post(address, second | {"seen": f"{year + 1}-01-20"}).status_code == 302
    assert deadlines.deadline(organ, year).due == date(year + 1, 1, 15)


def test_a_promise_comes_up_before_its_day(report: Report, clerk: Staff) -> None:
    actions.promise(report, "充实目录", owner="办公室", due_on=date(2014, 6, 30), by=clerk, at=AT)
    assert "settle" not in kinds(clerk, date(2014, 5, 1))
    assert "settle" in kinds(clerk, date(2014, 6, 1))
    late = next(task for task in todo.tasks(clerk, date(2014, 7, 1)) if task.kind == "settle")
    assert (late.overdue, late.subject) == (True, "充实目录")
    actions.settle_promise(Promise.objects.get(), "kept", "已公布", by=clerk, at=AT)
    assert "settle" not in kinds(clerk, date(2014, 7, 1))


def test_what_was_sent_back_says_why(report: Report, clerk: Staff, reviewer: Staff, as_staff: SignedIn) -> None:
    actions.submit(report, by=clerk, at=AT, accepting="试发布")
    actions.send_back(report, "第三部分不全", by=reviewer, at=AT)
    assert "第三部分不全" in text_of(as_staff(clerk).get("/desk/"))


def test_nothing_to_do_is_said_plainly(organ: Organ, publisher: Staff, as_staff: SignedIn) -> None:
    assert "没有待办的事" in text_of(as_staff(publisher).get("/desk/"))


# ── The weight of pages ──

PAGES: dict[str, Callable[[Report], str]] = {
    "home": lambda report: "/desk/",
    "reports": lambda report: "/desk/reports/",
    "report": lambda report: f"/desk/reports/{report.pk}/",
    "sections": lambda report: f"/desk/reports/{report.pk}/sections/",
    "section": lambda report: f"/desk/reports/{report.pk}/sections/二/",
    "compare": lambda report: f"/desk/reports/{report.pk}/compare/",
    "waivers": lambda report: f"/desk/reports/{report.pk}/waivers/",
    "promises": lambda report: f"/desk/reports/{report.pk}/promises/",
    "figure": lambda report: f"/desk/reports/{report.pk}/{TOTAL}/",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_at_most_twenty_queries_and_no_more_as_rows_grow(
    name: str, organ: Organ, faulty: Report, clerk: Staff, reviewer: Staff, as_staff: SignedIn,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    client, asked = as_staff(clerk), []
    for place in range(3):
        with django_assert_max_num_queries(40) as queries:
            assert client.get(PAGES[name](faulty)).status_code == 200
        asked.append(len(queries))
        for code in ("q1", "h1", "q2")[place : place + 1]:
            actions.create(organ, 2012, by=clerk, at=AT, period_code=code)
        actions.promise(faulty, f"第{place}条", owner="办公室", due_on=date(2013, 6, 30), by=clerk, at=AT)
        open_ones = faulty.findings.filter(verdict="fail", waiver__isnull=True).exclude(digest="")
        if finding := open_ones.first():
            actions.waive(faulty, finding.digest, "另案说明", localdate(), by=reviewer, at=AT)
        cast.disclosures(organ, 2012 + place, institution_and_personnel=5)
    assert asked[1] == asked[2]
    assert max(asked) <= 20


@pytest.mark.parametrize(
    "rest", ["compare/", "differences/", "waivers/", "promises/", "sections/", "sections/二/", "waive/0/"]
)
def test_other_organs_find_none_of_it(report: Report, wang: Staff, as_staff: SignedIn, rest: str) -> None:
    assert as_staff(wang).get(f"/desk/reports/{report.pk}/{rest}").status_code == 404
