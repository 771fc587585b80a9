"""The public sees what is published through the procedure, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.disclosures import actions as disclosures
from gongkai.disclosures import public
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.tests.cast import AT, Cast, bureau, cast, codes, drafted, published, ready, walked

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


def numbers(page: public.ItemList) -> list[str]:
    return [item.number for item in page.items]


def test_a_row_of_the_ledger_has_no_page_though_it_counts_as_published() -> None:
    values = {
        "number": "1", "title": "历史", "information_class": "other", "made_on": date(2012, 1, 4),
        "published_on": date(2012, 1, 5),
    }  # fmt: skip
    disclosures.record(organ=bureau(), values=values, by="张三", at=AT)
    assert public.item("gxj", "1", at=AT) is None
    assert (public.items(at=AT).total, public.feed(at=AT), public.total(), public.years()) == (0, (), 0, ())


def test_the_list_has_the_newest_first_and_leaves_out_what_is_not_public(people: Cast) -> None:
    first = published(people)
    second = published(people, AT + timedelta(minutes=1))
    drafted(people)
    ready(people)
    assert numbers(public.items(at=AT, organ_code="gxj")) == [second.number, first.number]
    assert numbers(public.items(at=AT, first=1, count=1)) == [first.number]
    assert public.items(at=AT, organ_code="fgw").total == 0


def test_a_list_is_narrowed_by_year_codes_validity_and_words(people: Cast) -> None:
    one = published(people)
    two = published(people, AT + timedelta(days=90), information_class="public_funds", effective_on=date(2030, 1, 1))
    then = AT + timedelta(days=91)
    assert numbers(public.items(at=then, year=2012)) == [one.number]
    assert numbers(public.items(at=then, codes={"information_class": "public_funds"})) == [two.number]
    assert numbers(public.items(at=then, validity="not_yet")) == [two.number]
    assert numbers(public.items(at=then, validity="in_force")) == [one.number]
    assert public.items(at=then, words="工业 〔2012〕17号").total == 2
    assert public.items(at=then, words="无此词").total == 0
    assert public.years("gxj") == (2013, 2012)


def test_counts_are_what_the_list_would_show(people: Cast) -> None:
    published(people)
    published(people, AT + timedelta(days=90), effective_on=date(2030, 1, 1))
    then = AT + timedelta(days=91)
    cases: tuple[dict[str, Any], ...] = ({}, {"year": 2012}, {"validity": "not_yet"}, {"words": "无此词"})
    for narrowed in cases:
        chosen = public.Chosen("gxj", **narrowed)
        found = public.listing(chosen, at=then)
        assert found.total == len(found.items)
        for name, counted in found.counts.items():
            for code, count in counted.items():
                value: Any = int(code) if name == "year" else code
                assert public.listing(replace(chosen, **{name: value}), at=then).total == count
    everything = public.listing(public.Chosen("gxj"), at=then)
    assert everything.counts["year"] == {"2012": 1, "2013": 1}
    assert everything.counts["validity"] == {"in_force": 1, "not_yet": 1}


def test_a_theme_takes_in_its_sub_classes(people: Cast) -> None:
    item = published(people)
    Disclosure.objects.filter(pk=item.pk).update(theme="0201")
    for theme in ("02", "0201"):
        found = public.listing(public.Chosen("gxj", theme=theme), at=AT)
        assert (found.total, found.counts["theme"]) == (1, {"02": 1, "0201": 1})
        assert len(public.feed(at=AT, theme=theme)) == 1
    assert public.listing(public.Chosen("gxj", theme="0202"), at=AT).total == 0
    assert public.feed(at=AT, theme="03") == ()


def test_what_was_withdrawn_keeps_its_tombstone_while_it_is_drafted_anew(people: Cast) -> None:
    item = published(people)
    disclosures.withdraw(item, reason="含有个人信息", by=people.zhao, at=AT)
    disclosures.restore(item, change_note="删去个人信息", by=people.zhang, at=AT)
    assert isinstance(public.item("gxj", item.number, at=AT), public.Tombstone)
    assert [(entry.withdrawn, entry.reason) for entry in public.feed(at=AT)] == [(True, "含有个人信息")]


def test_a_withdrawn_version_is_not_readable_beside_the_one_that_replaced_it(people: Cast) -> None:
    item = drafted(people)
    disclosures.attach(item, name="名单.txt", data="甲".encode(), by=people.zhang, at=AT)
    disclosures.publish(walked(people, item), channels=[people.column], by=people.zhao, at=AT)
    (file,) = item.public_version.attachments.all()  # type: ignore[union-attr]
    disclosures.withdraw(item, reason="含有个人信息", by=people.zhao, at=AT)
    disclosures.restore(item, change_note="删去个人信息", by=people.zhang, at=AT)
    disclosures.detach(item.versions.get(number=2).attachments.get(), by=people.zhang, at=AT)
    disclosures.publish(walked(people, item), by=people.zhao, at=AT)
    page = public.item("gxj", item.number, at=AT)
    assert isinstance(page, public.PublicItem)
    assert [(one.number, one.withdrawn, one.title == "") for one in page.versions] == [
        (2, False, False),
        (1, True, True),
    ]
    assert public.item("gxj", item.number, at=AT, version=1) is None
    assert public.attachment("gxj", item.number, file.position, at=AT, version=1) is None


def test_an_attachment_is_sent_from_the_version_that_is_public(people: Cast) -> None:
    item = drafted(people)
    disclosures.attach(item, name="附件.txt", data="甲".encode(), by=people.zhang, at=AT)
    assert public.attachment("gxj", item.number, 1, at=AT) is None
    disclosures.submit(item, by=people.zhang, at=AT)
    disclosures.pass_attribute(item, by=people.li, at=AT)
    disclosures.clear_secrecy(item, by=people.wang, at=AT)
    disclosures.catalogue(item, values=codes(), by=people.zhang, at=AT)
    assert public.attachment("gxj", item.number, 1, at=AT) is None
    disclosures.publish(item, channels=[people.column], by=people.zhao, at=AT)
    page = public.item("gxj", item.number, at=AT)
    assert isinstance(page, public.PublicItem)
    file = public.attachment("gxj", item.number, page.attachments[0].position, at=AT)
    assert file is not None
    assert (file.name, file.content.decode(), file.sha256) == ("附件.txt", "甲", page.attachments[0].sha256)


def test_of_a_state_secret_not_even_the_existence_is_told(people: Cast) -> None:
    for ground in ("state_secret", "process_information"):
        item = drafted(people)
        disclosures.submit(item, by=people.zhang, at=AT)
        disclosures.close(item, attribute="non_disclosure", ground=ground, by=people.li, at=AT)
    assert [notice.ground.code for notice in public.closed("gxj")] == ["process_information"]


@pytest.mark.parametrize("count", [1, 5])
def test_a_longer_list_takes_no_more_queries(people: Cast, count: int, django_assert_num_queries: object) -> None:
    for _ in range(count):
        published(people)
    with django_assert_num_queries(4):  # type: ignore[operator]
        public.items(at=AT)


@pytest.mark.parametrize("count", [1, 5])
def test_a_longer_list_with_counts_takes_no_more_queries(
    people: Cast, count: int, django_assert_num_queries: object
) -> None:
    for _ in range(count):
        published(people)
    with django_assert_num_queries(4):  # type: ignore[operator]
        public.listing(public.Chosen("gxj"), at=AT)
