"""Registers as pages and workbooks: one's own rows only, filtered, and with a constant number of queries."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from gongkai.disclosures.models import Disclosure
from gongkai.organs.models import Organ, Staff
from gongkai.papers.workbook import read_sheets
from gongkai.reports import actions
from gongkai.workbench import paging
from gongkai.workbench.ledgers import LEDGERS
from gongkai.workbench.tests.conftest import SignedIn


def disclose(organ: Organ, number: str, made_on: date, title: str = "工业运行情况") -> Disclosure:
    return Disclosure.objects.create(
        organ=organ, number=number, title=title, made_on=made_on, due_on=made_on, published_on=made_on,
        information_class="other", provenance="invented",
    )  # fmt: skip


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
def test_every_register_opens_in_both_languages(ledger: Any, zhang: Staff, as_staff: SignedIn) -> None:
    client = as_staff(zhang)
    assert ledger.title in client.get(f"/desk/registers/{ledger.name}/").content.decode()
    page = client.get(f"/desk/registers/{ledger.name}/", {"language": "en"}).content.decode()
    assert f"<h1>{ledger.title_en}</h1>" in page


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
def test_every_register_has_a_template_and_an_export(ledger: Any, zhang: Staff, as_staff: SignedIn) -> None:
    client = as_staff(zhang)
    for kind in ("template", "export"):
        answer = client.get(f"/desk/registers/{ledger.name}/{kind}.xlsx")
        assert read_sheets(answer.content)[0].title == ledger.title
        assert "attachment" in answer["Content-Disposition"]


def test_rows_of_other_organs_are_not_there(zhang: Staff, wang: Staff, as_staff: SignedIn) -> None:
    disclose(zhang.organ, "2012-001", date(2012, 3, 1), "本局的信息")
    disclose(wang.organ, "2012-002", date(2012, 3, 1), "别处的信息")
    page = as_staff(zhang).get("/desk/registers/disclosures/").content.decode()
    assert "本局的信息" in page
    assert "别处的信息" not in page


def test_a_register_is_narrowed_by_year_and_words(zhang: Staff, as_staff: SignedIn) -> None:
    disclose(zhang.organ, "2012-001", date(2012, 3, 1), "一季度运行情况")
    disclose(zhang.organ, "2013-001", date(2013, 3, 1), "一季度运行情况")
    disclose(zhang.organ, "2013-002", date(2013, 4, 1), "培训通知")
    client = as_staff(zhang)

    def numbers(**asked: str) -> list[str]:
        page = client.get("/desk/registers/disclosures/", asked).content.decode()
        return [number for number in ("2012-001", "2013-001", "2013-002") if number in page]

    assert numbers(year="2013") == ["2013-001", "2013-002"]
    assert numbers(words="季度 运行") == ["2012-001", "2013-001"]
    assert numbers(year="2013", words="培训") == ["2013-002"]
    assert numbers(words="没有这个词") == []
    assert numbers(year="x") == ["2012-001", "2013-001", "2013-002"]


def test_a_register_is_narrowed_by_every_choice_and_every_date(zhang: Staff, as_staff: SignedIn) -> None:
    early = disclose(zhang.organ, "2012-001", date(2012, 3, 1))
    late = disclose(zhang.organ, "2013-001", date(2013, 3, 1))
    Disclosure.objects.filter(pk=late.pk).update(information_class="public_funds", theme="A", published_on=None)
    client = as_staff(zhang)

    def numbers(**asked: str) -> list[str]:
        page = client.get("/desk/registers/disclosures/", asked).content.decode()
        return [one.number for one in (early, late) if f">{one.number}</a>" in page]

    assert numbers(information_class="public_funds") == ["2013-001"]
    assert numbers(provenance="invented") == ["2012-001", "2013-001"]
    assert numbers(theme="-") == ["2012-001"]  # those in which nothing is filled in
    assert numbers(theme="no such") == ["2012-001", "2013-001"]
    assert numbers(made_on_from="2012-06-01") == ["2013-001"]
    assert numbers(made_on_until="2012年12月31日") == ["2012-001"]
    assert numbers(published_on_from="2012-03-01", published_on_until="2012/3/1") == ["2012-001"]


def test_a_day_that_cannot_be_read_is_told_and_kept(zhang: Staff, as_staff: SignedIn) -> None:
    disclose(zhang.organ, "2012-001", date(2012, 3, 1))
    page = as_staff(zhang).get("/desk/registers/disclosures/", {"made_on_from": "去年"}).content.decode()
    assert 'value="去年"' in page
    assert "“去年”不是日期" in page
    assert ">2012-001</a>" in page


def test_a_register_is_ordered_by_a_column_both_ways(zhang: Staff, as_staff: SignedIn) -> None:
    disclose(zhang.organ, "B", date(2012, 3, 1))
    disclose(zhang.organ, "A", date(2013, 3, 1))
    client = as_staff(zhang)

    def numbers(sort: str) -> list[str]:
        page = client.get("/desk/registers/disclosures/", {"sort": sort}).content.decode()
        return sorted("AB", key=lambda number: page.index(f">{number}</a>"))

    assert numbers("made_on") == ["B", "A"]
    assert numbers("-made_on") == ["A", "B"]
    assert numbers("-number") == ["B", "A"]
    assert numbers("password") == ["A", "B"]
    page = client.get("/desk/registers/disclosures/", {"sort": "made_on"}).content.decode()
    assert 'aria-sort="ascending"><a href="?sort=-made_on">' in page


def test_what_is_shown_is_exported_in_its_order(zhang: Staff, wang: Staff, as_staff: SignedIn) -> None:
    for number, day in (("A", date(2012, 3, 1)), ("B", date(2013, 3, 1)), ("C", date(2013, 6, 1))):
        disclose(zhang.organ, number, day)
    disclose(wang.organ, "D", date(2013, 6, 1))
    client, asked = as_staff(zhang), {"year": "2013", "sort": "-made_on"}
    assert (
        "export.xlsx?year=2013&amp;sort=-made_on" in client.get("/desk/registers/disclosures/", asked).content.decode()
    )
    answer = client.get("/desk/registers/disclosures/export.xlsx", asked)
    (_, head), *rows = read_sheets(answer.content)[0].rows
    assert head[0] == "登记号"
    assert [cells[0] for _, cells in rows] == ["C", "B"]


def test_a_page_out_of_range_gives_the_nearest(zhang: Staff, as_staff: SignedIn) -> None:
    for n in range(60):
        disclose(zhang.organ, f"2013-{n:03}", date(2013, 1, 1))
    client = as_staff(zhang)
    for asked in ("3", "999999999999999999999", "9" * 5000):
        page = client.get("/desk/registers/disclosures/", {"page": asked}).content.decode()
        assert "2013-059" in page
        assert "共 60 条" in page
    for asked in ("0", "-1", "x"):
        assert "2013-000" in client.get("/desk/registers/disclosures/", {"page": asked}).content.decode()


def test_of_a_narrowed_register_no_more_rows_are_counted_than_need_be(
    zhang: Staff, as_staff: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "COUNTED_TO", 100)
    for n in range(130):
        disclose(zhang.organ, f"2013-{n:03}", date(2013, 1, 1))
    client = as_staff(zhang)
    assert "共 130 条" in client.get("/desk/registers/disclosures/").content.decode()
    page = client.get("/desk/registers/disclosures/", {"year": "2013"}).content.decode()
    assert "100 条以上" in page
    assert "?year=2013&amp;page=3" in page
    assert "2013-129" in client.get("/desk/registers/disclosures/", {"year": "2013", "page": "3"}).content.decode()


def test_a_long_register_comes_in_pages_that_keep_the_filter(zhang: Staff, as_staff: SignedIn) -> None:
    for n in range(120):
        disclose(zhang.organ, f"2013-{n:03}", date(2013, 1, 1))
    page = as_staff(zhang).get("/desk/registers/disclosures/", {"year": "2013", "page": "2"}).content.decode()
    assert "2013-050" in page
    assert "2013-049" not in page
    assert "?year=2013&amp;page=3" in page


def test_the_number_of_queries_does_not_grow_with_the_rows(
    zhang: Staff, as_staff: SignedIn, django_assert_max_num_queries: Any
) -> None:
    client = as_staff(zhang)
    client.get("/desk/registers/")  # the first page of a session notes that it began
    asked: list[int] = []
    for n in range(1, 41):
        disclose(zhang.organ, f"2013-{n:03}", date(2013, 1, 1))
        if n in (1, 40):
            with django_assert_max_num_queries(20) as queries:
                client.get("/desk/registers/disclosures/")
            asked.append(len(queries))
    assert asked[0] == asked[1]


@pytest.mark.parametrize("place", ["/desk/", "/desk/registers/", "/desk/entries/?verify=1", "/desk/reports/"])
def test_the_number_of_queries_of_a_desk_page_does_not_grow(
    place: str, zhang: Staff, as_staff: SignedIn, django_assert_max_num_queries: Any
) -> None:
    client = as_staff(zhang)
    client.get("/desk/registers/")  # the first page of a session notes that it began
    asked: list[int] = []
    for years in ((2020,), (2021, 2022, 2023, 2024)):
        for year in years:
            disclose(zhang.organ, f"{year}-001", date(year, 1, 1))
            actions.create(zhang.organ, year, by=zhang, at=datetime(2026, 1, 5, tzinfo=UTC))
        with django_assert_max_num_queries(20) as queries:
            assert client.get(place).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_browser_keeps_no_page_of_the_desk(zhang: Staff, as_staff: SignedIn) -> None:
    assert "no-store" in as_staff(zhang).get("/desk/")["Cache-Control"]
    refused = as_staff(zhang).post("/desk/", {"text": "写了很久的内容\x00"})  # its page repeats what was typed
    assert refused.status_code >= 400
    assert "no-store" in refused["Cache-Control"]


def test_an_unknown_register_is_not_found(zhang: Staff, as_staff: SignedIn) -> None:
    assert as_staff(zhang).get("/desk/registers/secrets/").status_code == 404
