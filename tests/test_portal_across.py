"""Reports of several organs at the public door: narrowed, followed over years, compared; comments taken and shown."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from gongkai.comments import actions
from gongkai.comments.models import Comment
from gongkai.law.refusal import Refused
from gongkai.law.values import number
from gongkai.organs.models import Organ, OrganName, Staff, StaffRole
from gongkai.reports import actions as reports
from gongkai.reports.across import public
from gongkai.reports.across.figures import named
from gongkai.reports.models import Report
from gongkai.reports.tests import cast
from gongkai.reports.tests.cast import AT

pytestmark = pytest.mark.xdist_group("across")  # one worker, so that the reports are published once
RECEIVED = "applications_received"
OWN = "national_2021:t2_1.rules.issued_this_year"


def bureau(code: str, name: str) -> Organ:
    organ = cast.bureau(code)
    OrganName.objects.filter(organ=organ).update(registered_name=name)
    cast.zhang(organ)
    return organ


def publish(organ: Organ, year: int, received: int | None = None) -> Report:
    """A published report; `received`: how many applications it tells of."""
    zhang = organ.staff.get(name="张三")
    report = reports.create(organ, year, by=zhang, at=AT)
    reports.compile(report, by=zhang, at=AT)
    if received is not None:
        (ref,) = named(RECEIVED).cells[report.form_id]
        reports.enter_figure(report, ref, number(received), "试", source="试", by=zhang, at=AT)
    return cast.published(report, zhang, accepting="试发布")


@pytest.fixture(scope="module")
def published(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What `three` gives: published once for all tests of this file, undone at their end."""
    with django_db_blocker.unblock(), transaction.atomic():
        organs = [bureau("a", "松江市民政局"), bureau("b", "松江市教育局"), bureau("c", "临江市教育局")]
        for organ, received in zip(organs, (5, 30, 12), strict=True):
            publish(organ, 2022, received)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def three(published: None, db: None) -> list[Organ]:
    """Three bureaus with a report for 2022 each, of 5, 30 and 12 applications."""
    return list(Organ.objects.filter(code__in="abc").order_by("code"))


def text(page: Any) -> str:
    return str(page.content.decode())


# ── The list ──


def test_reports_are_found_by_organ_and_year(client: Client, three: list[Organ]) -> None:
    publish(three[0], 2023)

    def found(**asked: str) -> list[str]:
        page = text(client.get("/reports/", asked))
        return [f"{code}{year}" for code in "abc" for year in (2022, 2023) if f"/reports/{code}/{year}/" in page]

    assert found() == ["a2022", "a2023", "b2022", "c2022"]
    assert found(organ="教育局") == ["b2022", "c2022"]
    assert found(organ="松江 教育") == ["b2022"]
    assert found(organ="B") == ["b2022"]
    assert found(year="2023") == ["a2023"]
    assert found(organ="教育局", year="2023") == []
    assert "没有符合条件的年报" in text(client.get("/reports/", {"organ": "没有这个机关"}))


def test_an_organ_is_found_by_a_name_that_it_bore(client: Client, three: list[Organ]) -> None:
    OrganName.objects.filter(organ=three[0]).update(until_on=date(2022, 12, 31))
    OrganName.objects.create(organ=three[0], registered_name="松江市社会事务局", from_on=date(2023, 1, 1))
    for name in ("民政", "社会事务"):
        assert "/reports/a/2022/" in text(client.get("/reports/", {"organ": name}))


def test_a_long_list_comes_in_pages(client: Client, three: list[Organ], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.portal.views.across.PER_PAGE", 2)
    first, second = (text(client.get("/reports/", {"page": page})) for page in ("1", "2"))
    assert "/reports/a/2022/" in first
    assert "/reports/c/2022/" not in first
    assert "/reports/c/2022/" in second
    assert 'href="?page=2" rel="next"' in first
    assert client.get("/reports/", {"page": "9" * 5000}).status_code == 200


# ── One figure over the years ──


def test_one_figure_can_be_followed_alone(client: Client, three: list[Organ]) -> None:
    publish(three[0], 2023, 8)
    page = text(client.get("/reports/a/series/", {"figure": RECEIVED}))
    assert page.count('class="series-chart"') == 1
    assert ">5</text>" in page
    assert ">8</text>" in page


def test_a_cell_of_one_form_can_be_followed_too(client: Client, three: list[Organ]) -> None:
    page = text(client.get("/reports/a/series/", {"figure": OWN}))
    assert page.count('class="series-chart"') == 1
    assert named(OWN).title in page


def test_a_cell_that_carries_a_concept_is_that_concept() -> None:
    assert named("national_2021:t3.new_received.total").id == RECEIVED


@pytest.mark.parametrize(
    "figure", ["nonsense", "national_2021:no.such.cell", "no_form:t2_1.rules.in_force", ":", "a:b:c"]
)
def test_a_figure_that_is_none_is_not_found(figure: str, client: Client, three: list[Organ]) -> None:
    with pytest.raises(Refused):
        named(figure)
    assert client.get("/reports/a/series/", {"figure": figure}).status_code == 404
    assert client.get("/compare/", {"figure": figure}).status_code == 404


# ── One year over the organs ──


def test_organs_are_compared_the_largest_first(client: Client, three: list[Organ]) -> None:
    compared = public.compared(2022, RECEIVED)
    assert [(place.report.organ_code, str(place.value)) for place in compared.places] == [
        ("b", "30"), ("c", "12"), ("a", "5"),
    ]  # fmt: skip
    page = text(client.get("/compare/", {"year": "2022", "figure": RECEIVED}))
    assert page.index("松江市教育局") < page.index("临江市教育局") < page.index("松江市民政局")
    assert 'width="512.0"' in page
    assert "口径可能不同" not in page


def test_reports_on_other_forms_are_compared_with_a_warning(client: Client, three: list[Organ]) -> None:
    zhang = three[0].staff.get(name="张三")
    other = reports.create(three[0], 2022, "national_2019_2020", by=zhang, at=AT)
    reports.compile(other, by=zhang, at=AT)
    cast.published(other, zhang, accepting="试发布")
    assert "口径可能不同" in text(client.get("/compare/", {"year": "2022", "figure": RECEIVED}))


def test_a_figure_that_only_some_forms_have_leaves_the_others_out(three: list[Organ]) -> None:
    assert len(public.compared(2022, OWN).places) == 3
    assert public.compared(2022, "applications_online").places == []


def test_the_comparison_can_be_had_as_csv_and_computes_nothing(client: Client, three: list[Organ]) -> None:
    OrganName.objects.filter(organ=three[1]).update(registered_name="=HYPERLINK(0)")
    answer = client.get("/compare/figures.csv", {"year": "2022", "figure": RECEIVED})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    head, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert head[:3] == ["机关代码", "机关", "年度"]
    assert [row[5] for row in rows] == ["30", "12", "5"]
    assert rows[0][1] == "'=HYPERLINK(0)"


def test_a_year_without_reports_is_not_found(client: Client, three: list[Organ]) -> None:
    assert client.get("/compare/", {"year": "2011"}).status_code == 404


def test_the_number_of_queries_does_not_grow_with_organs_and_comments(
    client: Client, three: list[Organ], django_assert_max_num_queries: Any
) -> None:
    places = ("/reports/", "/reports/?organ=局", "/compare/", "/compare/figures.csv", "/reports/a/2022/", "/")
    asked: dict[str, list[int]] = {place: [] for place in places}
    for more in (1, 4):
        for n in range(more):
            publish(bureau(f"m{more}{n}", f"第{more}{n}局"), 2022, n)
            comment(three[0], f"第{n}条")
        for place, counts in asked.items():
            with django_assert_max_num_queries(20) as queries:
                assert client.get(place).status_code == 200
            counts.append(len(queries))
    assert all(first == second for first, second in asked.values()), asked


# ── Comments ──

FORM = "/reports/a/2022/comments/add/"


def comment(organ: Organ, said: str) -> Comment:
    """A comment that is shown."""
    zhang = organ.staff.get(name="张三")
    StaffRole.objects.get_or_create(staff=zhang, role="office_lead", from_on=date(2005, 1, 1))
    at = datetime(2023, 2, 1, 2, tzinfo=UTC)
    made = actions.receive(organ, 2022, text=said, address="", at=at)
    actions.show(made, owner=zhang, due_on=date(2023, 3, 1), by=Staff.objects.get(pk=zhang.pk), at=at)
    return made


def test_a_comment_is_taken_without_sign_in_and_shown_once_it_was_looked_at(client: Client, three: list[Organ]) -> None:
    answer = client.post(FORM, {"text": "为什么这么多？", "contact": "a@example.cn"}, REMOTE_ADDR="10.0.0.1")
    assert answer["Location"] == "/reports/a/2022/comments/thanks/"
    made = Comment.objects.get()
    assert made.number in text(client.get(answer["Location"]))
    assert "为什么这么多" not in text(client.get("/reports/a/2022/"))
    shown = comment(three[0], "第二条留言")
    for place in ("/reports/a/2022/", "/reports/a/2022/comments/"):
        page = text(client.get(place))
        assert shown.text in page
        assert "example.cn" not in page
    assert shown.text not in text(client.get("/reports/b/2022/"))


def test_a_refused_comment_keeps_what_was_typed(client: Client, three: list[Organ]) -> None:
    answer = client.post(FORM, {"text": " ", "contact": "13812345678"})
    page = text(answer)
    assert answer.status_code == 422
    assert "留言是空的" in page
    assert 'value="13812345678"' in page
    assert not Comment.objects.exists()


def test_a_program_that_fills_in_everything_is_refused(client: Client, three: list[Organ]) -> None:
    answer = client.post(FORM, {"text": "广告", "website": "http://example.com"})
    assert answer.status_code == 422
    assert "隐藏的栏目" in text(answer)
    assert not Comment.objects.exists()


def test_one_address_may_not_flood_a_report(client: Client, three: list[Organ]) -> None:
    for n in range(actions.MOST_AN_HOUR):
        assert client.post(FORM, {"text": f"第{n}条"}, REMOTE_ADDR="10.0.0.9").status_code == 302
    answer = client.post(FORM, {"text": "再来一条"}, REMOTE_ADDR="10.0.0.9")
    assert answer.status_code == 422
    assert "再来一条</textarea>" in text(answer)
    assert client.post(FORM, {"text": "别人的一条"}, REMOTE_ADDR="10.0.0.10").status_code == 302


def test_a_comment_needs_the_token_of_its_form(three: list[Organ]) -> None:
    assert Client(enforce_csrf_checks=True).post(FORM, {"text": "留言"}).status_code == 403


def test_a_comment_needs_a_published_report(client: Client, three: list[Organ]) -> None:
    for place in ("/reports/a/2011/comments/", "/reports/a/2011/comments/add/", "/reports/zz/2022/comments/add/"):
        assert client.get(place).status_code == 404
    assert client.post("/reports/a/2011/comments/add/", {"text": "留言"}).status_code == 404


def test_what_the_public_writes_is_escaped(client: Client, three: list[Organ]) -> None:
    comment(three[0], "<script>alert(1)</script>")
    page = text(client.get("/reports/a/2022/"))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_the_page_of_a_report_sets_no_cookie(client: Client, three: list[Organ]) -> None:
    assert not client.get("/reports/a/2022/").cookies
