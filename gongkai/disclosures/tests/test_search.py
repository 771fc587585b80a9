"""Search finds what is public, by the words that are public, from the moment it is until the moment it is not."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from gongkai.disclosures import actions as disclosures
from gongkai.disclosures import public_search
from gongkai.disclosures.tests.cast import AT, Cast, bureau, cast, drafted, published, ready, walked

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


@pytest.fixture
def people(db: None, settings: Any, tmp_path: Path) -> Cast:
    settings.HOME = tmp_path
    return cast()


def found(words: str, **more: Any) -> list[str]:
    return [item.item_number for item in public_search.search(words, at=LATER, filters={}, **more).items]


def test_an_item_is_found_from_its_publication_until_its_withdrawal(people: Cast) -> None:
    item = ready(people)
    assert found("工业企业") == []
    disclosures.publish(item, channels=[people.column], by=people.zhao, at=AT)
    assert found("工业企业") == found("用电") == found("电") == [item.number]
    disclosures.withdraw(item, reason="内容有误", by=people.zhao, at=LATER)
    assert found("工业企业") == []


def test_what_is_rolled_back_is_not_found(people: Cast) -> None:
    item = ready(people)
    found("用电")

    class Undone(Exception):
        """Something else in the transaction fails."""

    @transaction.atomic
    def publish_and_fail() -> None:
        disclosures.publish(item, channels=[people.column], by=people.zhao, at=AT)
        raise Undone

    with pytest.raises(Undone):
        publish_and_fail()
    assert found("用电") == []


def test_only_the_words_of_the_public_version_are_found(people: Cast) -> None:
    item = published(people)
    disclosures.revise(item, change_note="改", by=people.zhang, at=AT)
    disclosures.edit(item, values={"title": "关于采暖的通知"}, by=people.zhang, at=AT)
    assert (found("采暖"), found("用电")) == ([], [item.number])
    disclosures.publish(walked(people, item), channels=[], by=people.zhao, at=AT)
    assert (found("采暖"), found("关于工业企业")) == ([item.number], [])


def test_numbers_and_attachments_are_found(people: Cast) -> None:
    item = drafted(people)
    disclosures.attach(item, name="附表.txt", data="补偿标准 36元".encode(), by=people.zhang, at=AT)
    disclosures.publish(walked(people, item), channels=[people.column], by=people.zhao, at=AT)
    item.refresh_from_db()
    for words in ("吉市工信发[2012]17号", "〔2012〕第17号", item.index_number, "补偿标准36元", "附表.txt"):
        assert found(words) == [item.number], words


def test_filters_count_what_they_would_leave(people: Cast) -> None:
    one = published(people)
    two = published(people, AT + timedelta(hours=20), information_class="public_funds")
    drafted(people)
    answer = public_search.search("用电", at=LATER, filters={"information_class": ["public_funds", "无此类"]})
    assert [item.item_number for item in answer.items] == [two.number]
    told = {choice.code: (choice.count, choice.chosen) for choice in answer.choices["information_class"]}
    assert told == {"normative_documents": (1, False), "public_funds": (1, True)}
    assert [(choice.zh, choice.count) for choice in answer.choices["organ"]] == [("gxj 局", 1)]
    assert found("", first=date(2012, 11, 1), order="newest") == [two.number, one.number]
    assert found("", first=date(2012, 11, 2)) == [two.number]
    assert found("", first=date(2012, 11, 3)) == []


def test_a_repealed_item_is_found_and_marked(people: Cast) -> None:
    item = published(people)
    disclosures.repeal(item, on=AT.date(), basis="吉市发〔2012〕1号", by=people.zhao, at=AT)
    (told,) = public_search.search("用电", at=LATER, filters={}).items
    assert told.in_force == "repealed"


def test_rows_of_the_ledger_are_not_found(people: Cast) -> None:
    values = {
        "number": "1", "title": "历史用电", "information_class": "other", "made_on": date(2012, 1, 4),
        "published_on": date(2012, 1, 5),
    }  # fmt: skip
    disclosures.record(organ=bureau(), values=values, by="张三", at=AT)
    assert found("用电") == []


def test_the_number_of_queries_does_not_grow_with_what_is_found(people: Cast) -> None:
    published(people)
    found("用电")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            found("用电")
        return len(asked)

    few = queries()
    for place in range(3):
        published(people, AT + timedelta(minutes=place))
    found("用电")
    assert queries() == few
