"""Published reports at the public door, over HTTP: what is shown, what is not, and what machines find on the page."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views.defaults import server_error

from gongkai.law.values import number
from gongkai.organs.models import Organ
from gongkai.portal import meta
from gongkai.reports import actions as reports
from gongkai.reports.models import Report
from gongkai.reports.tests import cast
from gongkai.reports.tests.cast import AT

PAGE = "/reports/gxj/2012/"


@pytest.fixture
def organ(db: None) -> Organ:
    """A bureau with a little of everything in its registers."""
    made = cast.bureau()
    cast.registers(made)
    return made


@pytest.fixture
def published(organ: Organ) -> Report:
    """Its report for 2012, published with a reason."""
    return publish(organ, 2012)


def publish(organ: Organ, year: int) -> Report:
    zhang = organ.staff.filter(name="张三").first() or cast.zhang(organ)
    report = reports.create(organ, year, by=zhang, at=AT)
    reports.compile(report, by=zhang, at=AT)
    return cast.published(report, zhang, accepting="试发布")


def tags(page: Any) -> dict[str, str]:
    """The meta tags of a page by name."""
    found = re.findall(r'<meta name="(\w+)" content="([^"]*)">', page.content.decode())
    return {name: unescape(content) for name, content in found}


def test_a_published_report_is_on_the_front_page_and_in_the_list(client: Client, published: Report) -> None:
    for place in ("/", "/reports/"):
        page = client.get(place).content.decode()
        assert f'href="{PAGE}"' in page
        assert "2013-03-20" in page


def test_a_report_that_is_not_published_is_nowhere(client: Client, organ: Organ) -> None:
    reports.create(organ, 2012, by=cast.zhang(organ), at=AT)
    assert client.get(PAGE).status_code == 404
    assert client.get(f"{PAGE}report.pdf").status_code == 404
    assert PAGE not in client.get("/reports/").content.decode()
    assert client.get("/reports/gxj/series/").status_code == 404


def test_without_reports_there_is_nothing_to_compare(client: Client, db: None) -> None:
    assert "还没有发布的年报" in client.get("/compare/").content.decode()
    assert client.get("/compare/figures.csv").status_code == 404


def test_the_page_shows_the_frozen_report_its_checks_and_its_reason(client: Client, published: Report) -> None:
    page = client.get(PAGE).content.decode()
    fragment = bytes(published.files.get(format="fragment").content).decode()
    assert fragment in page
    assert "试发布" in page
    assert published.digest in page


@pytest.mark.parametrize("kind", ["html", "docx", "pdf", "xlsx", "json"])
def test_a_file_comes_byte_for_byte_as_published(client: Client, published: Report, kind: str) -> None:
    kept = published.files.get(format=kind)
    answer = client.get(f"{PAGE}report.{kind}")
    assert answer.content == bytes(kept.content)
    assert answer["ETag"] == f'"{kept.sha256}"'
    again = client.get(f"{PAGE}report.{kind}", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_the_fragment_and_unknown_formats_are_no_downloads(client: Client, published: Report) -> None:
    for kind in ("fragment", "exe"):
        assert client.get(f"{PAGE}report.{kind}").status_code == 404


def test_a_content_page_carries_the_tags_of_the_state_councils_rules(
    client: Client, published: Report, settings: Any
) -> None:
    settings.SITE_NAME, settings.SITE_ID_CODE = "吉林市人民政府", "2202000001"
    found = tags(client.get(PAGE))
    assert found["SiteName"] == "吉林市人民政府"
    assert found["SiteDomain"] == "testserver"
    assert found["SiteIDCode"] == "2202000001"
    assert found["ColumnName"] == "政府信息公开年报"
    assert found["ArticleTitle"] == "吉林市测试局2012年政府信息公开工作年度报告"
    assert found["PubDate"] == "2013-03-20 10:30"
    assert found["ContentSource"] == "吉林市测试局"
    assert all(found.values())


def test_a_tag_without_a_value_is_left_out(rf: RequestFactory, settings: Any) -> None:
    settings.SITE_ID_CODE = ""
    assert "SiteIDCode" not in dict(meta.home_tags(rf.get("/")))


def test_two_reports_of_a_year_have_addresses_of_their_own(client: Client, published: Report, organ: Organ) -> None:
    zhang = organ.staff.get(name="张三")
    other = reports.create(organ, 2012, "national_2014_2018", by=zhang, at=AT)
    reports.compile(other, by=zhang, at=AT)
    cast.published(other, zhang, accepting="试发布")
    listed = client.get("/reports/").content.decode()
    for report in (published, other):
        address = f"{PAGE}?form={report.form_id}"
        assert address in listed
        assert report.digest in client.get(address).content.decode()


def test_the_number_of_queries_does_not_grow_with_the_reports(
    client: Client, organ: Organ, django_assert_max_num_queries: Any
) -> None:
    asked: dict[str, list[int]] = {"/": [], "/reports/": [], "/reports/gxj/series/": []}
    for years in ((2012,), (2014, 2015, 2016, 2019)):
        for year in years:
            publish(organ, year)
        for place, counts in asked.items():
            with django_assert_max_num_queries(12) as queries:
                assert client.get(place).status_code == 200
            counts.append(len(queries))
    assert all(first == second for first, second in asked.values())


def test_the_series_marks_breaks_between_forms_and_says_kinds_of_nothing(client: Client, organ: Organ) -> None:
    publish(organ, 2012)
    publish(organ, 2019)
    page = client.get("/reports/gxj/series/").content.decode()
    assert 'class="gap"' in page
    assert "2012 与 2019 年之间" in page
    assert "空格" in page


def test_a_fault_of_the_program_is_told_in_the_same_dress_without_its_inside(rf: RequestFactory) -> None:
    answer = server_error(rf.get("/"))
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "系统出了故障" in page
    assert "gongkai.css" in page
    assert "Traceback" not in page


def test_a_page_that_is_not_there_is_told_in_the_same_dress(client: Client) -> None:
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert "没有这一页" in answer.content.decode()


def test_a_forged_form_is_told_in_the_same_dress() -> None:
    answer = Client(enforce_csrf_checks=True).post("/desk/sign-in/", {"username": "x", "password": "y"})
    assert answer.status_code == 403
    assert "安全校验" in answer.content.decode()
    assert "安全校验" in render_to_string("403.html")


def test_whoever_follows_the_reports_hears_of_a_correction(client: Client, published: Report, organ: Organ) -> None:
    zhang, at = organ.staff.get(name="张三"), AT + timedelta(days=1)
    second = reports.correct(published, "漏计两条", by=zhang, at=at)
    reports.enter_figure(second, "annex.disclosed_total.year", number(9), "试", source="试", by=zhang, at=at)
    cast.published(second, zhang, at=at)
    for address in ("/reports/atom.xml", "/organs/gxj/reports/atom.xml"):
        feed = ElementTree.fromstring(client.get(address).content)
        entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
        told = [("".join(one.itertext()), one[2].attrib["href"]) for one in entries]
        assert [address.partition("?")[0].removeprefix("http://testserver") for _, address in told] == [
            "/reports/gxj/2012/v2/", "/reports/gxj/2012/v1/",
        ]  # fmt: skip
        assert "更正，第2版" in told[0][0]
        assert "漏计两条" in told[0][0]
        assert "更正" not in told[1][0]
        assert all(client.get(address).status_code == 200 for _, address in told)
    assert client.get("/organs/nobody/reports/atom.xml").status_code == 404
