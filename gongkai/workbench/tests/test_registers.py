"""Registers as pages and workbooks: one's own rows only, filtered, and with a constant number of queries."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from gongkai.disclosures.models import Disclosure
from gongkai.organs.models import Organ, Staff
from gongkai.papers.workbook import read_sheets
from gongkai.reports import actions
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
    asked: list[int] = []
    for years in ((2020,), (2021, 2022, 2023, 2024)):
        for year in years:
            disclose(zhang.organ, f"{year}-001", date(year, 1, 1))
            actions.create(zhang.organ, year, by=zhang, at=datetime(2026, 1, 5, tzinfo=UTC))
        with django_assert_max_num_queries(60) as queries:
            assert client.get(place).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_browser_keeps_no_page_of_the_desk(zhang: Staff, as_staff: SignedIn) -> None:
    assert "no-store" in as_staff(zhang).get("/desk/")["Cache-Control"]


def test_an_unknown_register_is_not_found(zhang: Staff, as_staff: SignedIn) -> None:
    assert as_staff(zhang).get("/desk/registers/secrets/").status_code == 404
