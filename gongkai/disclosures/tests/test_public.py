"""The public sees what is published, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.channels.models import Channel, Posting
from gongkai.disclosures import actions as disclosures
from gongkai.disclosures import public
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.tests.cast import AT, bureau

pytestmark = pytest.mark.django_db


def recorded(number: str, published_on: date | None, **changes: str) -> Disclosure:
    values = {
        "number": number, "title": f"信息 {number}", "information_class": "other", "made_on": date(2012, 1, 4),
        "published_on": published_on, "provenance": "invented", **changes,
    }  # fmt: skip
    return disclosures.record(organ=bureau(), values=values, by="张三", at=AT)


def numbers(page: public.PublicPage) -> list[str]:
    return [item.number for item in page.items]


def test_the_list_has_the_newest_first_and_leaves_out_what_is_not_published() -> None:
    recorded("1", date(2012, 1, 5))
    recorded("2", date(2012, 1, 9))
    recorded("3", None)
    recorded("4", None, attribute="non_disclosure", ground="state_secret")
    page = public.published(organ_code="gxj")
    assert (page.total, numbers(page)) == (2, ["2", "1"])
    assert numbers(public.published(first=1, count=1)) == ["1"]
    assert public.one("gxj", "3") is None
    assert public.one("gxj", "4") is None


def test_a_list_is_narrowed_by_year_class_and_words() -> None:
    recorded("1", date(2012, 1, 5), document_number="吉市工信发〔2012〕1号")
    recorded("2", date(2013, 1, 5), information_class="public_funds")
    assert numbers(public.published(year=2012)) == ["1"]
    assert numbers(public.published(information_class="public_funds")) == ["2"]
    assert numbers(public.published(words="信息 〔2012〕1号")) == ["1"]
    assert numbers(public.published(words="无此词")) == []


def test_one_disclosure_shows_where_it_was_put_and_where_its_data_come_from() -> None:
    row = recorded("1", date(2012, 1, 5))
    channel = Channel.objects.create(organ=row.organ, number="c", name="专栏", kind="disclosure_column")
    posting = Posting.objects.create(
        organ=row.organ, number="P1", channel=channel, title=row.title, posted_on=date(2012, 1, 6)
    )
    disclosures.place(row, posting=posting, number="F1", by="张三", at=AT)
    shown = public.one("gxj", "1")
    assert shown is not None
    assert [(place.channel, place.posted_on) for place in shown.places] == [("专栏", date(2012, 1, 6))]
    assert (shown.organ_name, shown.provenance) == ("gxj 局", "invented")


@pytest.mark.parametrize("count", [1, 5])
def test_a_longer_list_takes_no_more_queries(count: int, django_assert_num_queries: object) -> None:
    for number in range(count):
        recorded(str(number), date(2012, 1, 5))
    with django_assert_num_queries(3):  # type: ignore[operator]
        public.published()
