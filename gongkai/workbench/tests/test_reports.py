"""Reports at the desk: a number and its list agree, acts are offered to whom they belong, refusals are kind."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from gongkai.organs.models import Organ, Staff, Training
from gongkai.papers.workbook import read_sheets
from gongkai.reports import actions
from gongkai.reports.models import Figure, Report
from gongkai.reports.tests import cast
from gongkai.reports.tests.cast import AT
from gongkai.workbench.tests.conftest import SignedIn, make_staff


@pytest.fixture
def organ(db: None) -> Organ:
    """A bureau with a little of everything in its registers."""
    made = cast.bureau()
    cast.registers(made)
    return made


@pytest.fixture
def clerk(organ: Organ) -> Staff:
    return make_staff(organ, "clerk", "李四", "clerk")


@pytest.fixture
def publisher(organ: Organ) -> Staff:
    return make_staff(organ, "publisher", "赵六", "publisher")


@pytest.fixture
def report(organ: Organ, clerk: Staff) -> Report:
    """Compiled for 2012."""
    made = actions.create(organ, 2012, by=clerk, at=AT)
    return actions.compile(made, by=clerk, at=AT)


@pytest.fixture
def reviewer(organ: Organ) -> Staff:
    return make_staff(organ, "reviewer", "周七", "reviewer")


@pytest.fixture
def approved(report: Report, clerk: Staff, reviewer: Staff) -> Report:
    actions.submit(report, by=clerk, at=AT, accepting="试发布")
    return actions.approve(report, by=reviewer, at=AT)


@pytest.fixture
def published(approved: Report, publisher: Staff) -> Report:
    return actions.publish(approved, by=publisher, at=AT)


def counted(report: Report) -> list[Figure]:
    """The figures that count rows of a register (not sums, stocks with balances, or cells that the form settles)."""
    return list(report.figures.filter(origin="counted", list_count__isnull=False))


def test_every_number_of_the_page_leads_to_its_list(published: Report, clerk: Staff, as_staff: SignedIn) -> None:
    client = as_staff(clerk)
    page = client.get(f"/desk/reports/{published.pk}/").content.decode()
    addresses = set(re.findall(rf'href="(/desk/reports/{published.pk}/[^"#]+\.[^"#]+/)"', page))
    assert len(addresses) >= 54
    for address in addresses:
        assert client.get(address).status_code == 200


def test_the_list_is_as_long_as_the_number_says(published: Report, clerk: Staff, as_staff: SignedIn) -> None:
    client = as_staff(clerk)
    for figure in counted(published):
        for as_of in ("published", "today"):
            page = client.get(f"/desk/reports/{published.pk}/{figure.ref}/", {"as": as_of})
            behind = page.context["behind"]
            assert behind.listing.count == figure.list_count
            assert behind.today == figure.printed
            assert len(page.context["rows"]) == min(figure.list_count or 0, 50)


def test_a_change_after_publication_shows_and_the_published_list_stays(
    organ: Organ, published: Report, clerk: Staff, as_staff: SignedIn
) -> None:
    cast.disclosures(organ, 2012, public_funds=1)
    address = f"/desk/reports/{published.pk}/annex.disclosed_total.year/"
    page = as_staff(clerk).get(address)
    assert page.context["behind"].differences.added == ("2012-public_funds-0000",)
    assert page.context["behind"].listing.count == 10
    assert as_staff(clerk).get(address, {"as": "today"}).context["behind"].listing.count == 11


def test_the_exported_list_holds_every_row(published: Report, clerk: Staff, as_staff: SignedIn) -> None:
    answer = as_staff(clerk).get(f"/desk/reports/{published.pk}/annex.disclosed_total.year/list.xlsx")
    rows = [row for sheet in read_sheets(answer.content) for row in sheet.rows]
    numbers = {str(cell) for _, cells in rows for cell in cells if re.fullmatch(r"2012-\w+-\d{4}", str(cell))}
    assert len(numbers) == 10


def test_a_cell_that_nothing_counts_says_why(published: Report, clerk: Staff, as_staff: SignedIn) -> None:
    page = as_staff(clerk).get(f"/desk/reports/{published.pk}/annex.website_hits.year/")
    assert page.context["behind"].listing is None
    assert "不予统计" in page.content.decode()
    answer = as_staff(clerk).get(f"/desk/reports/{published.pk}/annex.website_hits.year/list.xlsx")
    assert answer.status_code == 409


def test_an_unknown_figure_is_not_found(published: Report, clerk: Staff, as_staff: SignedIn) -> None:
    answer = as_staff(clerk).get(f"/desk/reports/{published.pk}/annex.nothing.year/")
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "<h1>没有这一页</h1>" in page
    assert "没有 annex.nothing.year 这个数字" in page
    assert "没有任何内容被改动" not in page  # nothing was to be


def test_other_organs_find_nothing(published: Report, wang: Staff, as_staff: SignedIn) -> None:
    client = as_staff(wang)
    for rest in ("", "sections/", "annex.disclosed_total.year/", "annex.disclosed_total.year/list.xlsx"):
        assert client.get(f"/desk/reports/{published.pk}/{rest}").status_code == 404
    for rest in ("act/compile/", "annex.disclosed_total.year/enter/", "annex.disclosed_total.year/restore/"):
        assert client.post(f"/desk/reports/{published.pk}/{rest}").status_code == 404


def buttons(client: Client, report: Report) -> set[str]:
    page = client.get(f"/desk/reports/{report.pk}/").content.decode()
    return set(re.findall(r"/act/(\w+)/", page))


def test_the_page_offers_exactly_the_acts_that_work(
    report: Report, clerk: Staff, reviewer: Staff, publisher: Staff, as_staff: SignedIn
) -> None:
    def offered() -> list[set[str]]:
        return [buttons(as_staff(person), report) for person in (clerk, reviewer, publisher)]

    assert offered() == [{"compile", "draft", "check", "submit"}, set(), set()]
    actions.submit(report, by=clerk, at=AT, accepting="试发布")
    assert offered() == [{"withdraw"}, {"approve", "send_back"}, set()]
    actions.approve(report, by=reviewer, at=AT)
    assert offered() == [set(), set(), {"publish", "send_back"}]
    actions.publish(report, by=publisher, at=AT)
    assert offered() == [{"correct"}, set(), set()]


def test_who_submitted_is_not_offered_to_approve(
    report: Report, clerk: Staff, reviewer: Staff, as_staff: SignedIn
) -> None:
    clerk.roles.create(role="reviewer", from_on=date(2000, 1, 1))
    actions.submit(report, by=clerk, at=AT, accepting="试发布")
    assert buttons(as_staff(clerk), report) == {"withdraw", "send_back"}


def test_an_act_by_somebody_without_the_role_is_refused_with_the_reason(
    report: Report, publisher: Staff, as_staff: SignedIn
) -> None:
    answer = as_staff(publisher).post(f"/desk/reports/{report.pk}/act/check/")
    assert answer.status_code == 403
    assert "须由本机关登记员办理" in answer.content.decode()
    assert not report.findings.exists()


def test_a_refused_act_comes_back_with_what_was_typed(
    report: Report, clerk: Staff, reviewer: Staff, as_staff: SignedIn
) -> None:
    answer = as_staff(clerk).post(f"/desk/reports/{report.pk}/act/submit/", {"accepting": " "})
    assert answer.status_code == 422
    assert "带问题送审的理由" in answer.content.decode()
    cast.disclosures(report.organ, 2012, public_funds=1)
    stale = as_staff(clerk).post(f"/desk/reports/{report.pk}/act/submit/", {"accepting": "已与上级说明"})
    assert "登记簿有变动" in stale.content.decode()
    assert ">已与上级说明</textarea>" in stale.content.decode()
    report.refresh_from_db()
    assert report.state == "compiled"


def test_from_the_clerk_to_the_public_by_buttons(
    report: Report, clerk: Staff, reviewer: Staff, publisher: Staff, as_staff: SignedIn
) -> None:
    for person, name, given in (
        (clerk, "submit", {"accepting": "试发布"}),
        (reviewer, "send_back", {"reason": "数字不符"}),
        (clerk, "submit", {"accepting": "试发布"}),
        (clerk, "withdraw", {}),
        (clerk, "submit", {"accepting": "试发布"}),
        (reviewer, "approve", {}),
        (publisher, "publish", {}),
    ):
        answer = as_staff(person).post(f"/desk/reports/{report.pk}/act/{name}/", given)
        assert answer.status_code == 302, name
    report.refresh_from_db()
    assert report.state == "published"


def test_a_refusal_never_leads_to_another_site(report: Report, publisher: Staff, as_staff: SignedIn) -> None:
    for elsewhere in ("https://elsewhere.example/desk/", "http://testserver.elsewhere.example/", "javascript:alert(1)"):
        address = f"/desk/reports/{report.pk}/annex.disclosed_total.year/restore/"
        answer = as_staff(publisher).post(address, headers={"Referer": elsewhere})
        assert answer.status_code == 403
        assert "elsewhere" not in answer.content.decode()
        assert "javascript" not in answer.content.decode()


def test_an_unknown_act_is_not_found(report: Report, clerk: Staff, as_staff: SignedIn) -> None:
    assert as_staff(clerk).post(f"/desk/reports/{report.pk}/act/destroy/").status_code == 404


@pytest.mark.parametrize("year", ["", "12", "二〇一二", "99999"])
def test_a_year_that_is_none_is_refused(year: str, clerk: Staff, as_staff: SignedIn) -> None:
    answer = as_staff(clerk).post("/desk/reports/", {"year": year})
    assert answer.status_code == 422
    assert not Report.objects.exists()


def test_a_form_can_be_named(clerk: Staff, as_staff: SignedIn) -> None:
    as_staff(clerk).post("/desk/reports/", {"year": "2012", "form": "national_2014_2018"})
    assert Report.objects.get().form_id == "national_2014_2018"


@pytest.mark.parametrize(("given", "shown"), [("12.5", "12.5"), ("0", "0"), ("", "空格")])
def test_a_value_entered_by_hand_is_printed_and_an_empty_one_is_blank(
    given: str, shown: str, report: Report, clerk: Staff, as_staff: SignedIn
) -> None:
    client = as_staff(clerk)
    address = f"/desk/reports/{report.pk}/annex.disclosed_total.year/"
    page = client.post(
        f"{address}enter/", {"value": given, "reason": "见会议纪要", "source": "纪要第3号"}, follow=True
    ).content.decode()
    first = re.search(r'<dd class="figure-value">(.*?)</dd>', page)
    assert first is not None
    assert re.sub(r"<.*?>", "", first[1]) == shown
    assert "见会议纪要" in page
    assert "纪要第3号" in page
    page = client.post(f"{address}restore/", follow=True).content.decode()
    assert "见会议纪要" not in page


def test_of_two_who_enter_a_figure_the_second_sees_both(report: Report, clerk: Staff, as_staff: SignedIn) -> None:
    address = f"/desk/reports/{report.pk}/annex.disclosed_total.year/"
    seen = as_staff(clerk).get(address).context["behind"].figure.revision
    given = {"value": "11", "reason": "甲的理由", "source": "甲的出处", "seen": seen}
    assert as_staff(clerk).post(f"{address}enter/", given).status_code == 302
    second = as_staff(clerk).post(
        f"{address}enter/", {"value": "12", "reason": "乙的理由", "source": "乙的出处", "seen": seen}
    )
    assert second.status_code == 409
    page = second.content.decode()
    for text in ("别人已经改过", "甲的理由", "乙的理由", 'value="12"'):
        assert text in page
    assert report.figures.get(row="disclosed_total", column="year").value == 11


@pytest.mark.parametrize("given", ["十二", "1e", "NaN", "Infinity", "1e30", "1,000", "0.0000001"])
def test_what_is_no_number_is_refused(given: str, report: Report, clerk: Staff, as_staff: SignedIn) -> None:
    address = f"/desk/reports/{report.pk}/annex.disclosed_total.year/enter/"
    assert as_staff(clerk).post(address, {"value": given, "reason": "试", "source": "试"}).status_code == 422


def test_the_number_of_queries_of_a_list_does_not_grow(
    organ: Organ, report: Report, clerk: Staff, as_staff: SignedIn, django_assert_max_num_queries: Any
) -> None:
    client = as_staff(clerk)
    address = f"/desk/reports/{report.pk}/annex.disclosed_total.year/"
    asked = []
    for name in ("public_funds", "institution_and_personnel"):
        with django_assert_max_num_queries(25) as queries:
            client.get(address)
        asked.append(len(queries))
        cast.disclosures(organ, 2012, **{name: 30})
    assert asked[0] == asked[1]


def test_a_record_shows_the_entries_that_made_it(organ: Organ, clerk: Staff, as_staff: SignedIn) -> None:
    training = Training.objects.get(organ=organ)
    page = as_staff(clerk).get(f"/desk/registers/trainings/{training.pk}/").content.decode()
    assert "t-2012" in page
    assert "没有相关的日志" in page
